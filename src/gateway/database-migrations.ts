import { ledgerMigrations } from '../ledger/migrations/index.js';
import { deskMigrations } from '../pvp/migrations/desk.js';
import { signerMigrations } from '../pvp/migrations/index.js';
import { positionMigration } from '../pvp/migrations/positions.js';
import { queueMigration } from '../pvp/migrations/queue.js';
import { quoteListMigration } from '../pvp/migrations/quote-list.js';
import { tariffMigration } from '../pvp/migrations/tariffs.js';
import { nonceMigrations } from './identity/nonces.pg.js';
import { participantMigrations } from './identity/participants.pg.js';
import { gatewayMigrations } from './migrations/index.js';
import type { DatabaseRole } from './platform/databases.js';
import type { Migration } from './platform/migrate.pg.js';

const GATEWAY = [
  ...gatewayMigrations,
  ...participantMigrations,
  ...nonceMigrations,
  ...deskMigrations,
  positionMigration,
  queueMigration,
  tariffMigration,
  quoteListMigration,
];
const LEDGER = [...ledgerMigrations, ...participantMigrations, ...nonceMigrations];

/** The migrations of a database, by what it is for. */
export function migrationsOf(role: DatabaseRole): readonly Migration[] {
  if (role === 'gateway') return GATEWAY;
  return role.startsWith('ledger-') ? LEDGER : signerMigrations;
}

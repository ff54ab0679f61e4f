/** Who takes part at a site, what of it may die, and what joins it. */
import type { DatabaseRole } from '../../../src/gateway/platform/databases.js';

export const PARTIES = ['gateway', 'KZ', 'CN'] as const;
export type Party = (typeof PARTIES)[number];
/** What is killed: a process, or the database server of a role. The gateway's server has a name of its own. */
export type Victim = Party | 'gateway-db' | Exclude<DatabaseRole, 'gateway'>;
export const VICTIMS: readonly Victim[] = [
  ...PARTIES,
  'gateway-db',
  'ledger-kz',
  'signer-kz',
  'ledger-cn',
  'signer-cn',
];

export const LINKS = ['bank', 'gateway-KZ', 'gateway-CN', 'KZ-CN', 'CN-KZ'] as const;
export type LinkName = (typeof LINKS)[number];

/** Deadlines of a site, milliseconds. */
export interface SiteTimes {
  readonly prepareMs: number;
  readonly voteMs: number;
  readonly lapseMs: number;
}

/** The database whose server a victim is; undefined for a process. */
export const roleOf = (victim: Victim): DatabaseRole | undefined =>
  victim === 'gateway-db' ? 'gateway' : PARTIES.includes(victim as Party) ? undefined : (victim as DatabaseRole);

/** The process that writes the database of a role. */
export const writerOf = (role: DatabaseRole): Party =>
  role === 'gateway' ? 'gateway' : role.endsWith('-kz') ? 'KZ' : 'CN';
/** The victim that a database's server is. */
export const serverVictim = (role: DatabaseRole): Victim => (role === 'gateway' ? 'gateway-db' : (role as Victim));

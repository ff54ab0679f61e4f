import type { Pool } from 'pg';
import type { HeaderId } from '../../iso20022/builders/header.js';
import type { RuleProfile } from '../../iso20022/rules/rule.js';
import type { CharacterProfileName } from '../../iso20022/translation/transliterate.js';
import type { Bic, LedgerCode } from '../../kernel/ids.js';
import { invariant } from '../../kernel/result.js';
import type { PublicKeyRecord } from '../../kernel/signature.js';
import type { SuiteName } from '../../kernel/suites.js';
import type { Participant, ParticipantRole, ParticipantStore, Profile } from './participants.js';

/** The same tables in the gateway's database and in each ledger's. Times are milliseconds. */
export const participantMigrations: readonly { id: number; name: string; sql: string }[] = [
  {
    id: 1000,
    name: 'participants and their keys',
    sql: `
      CREATE TABLE participant (
        bic text PRIMARY KEY,
        name text NOT NULL,
        role text NOT NULL,
        ledger text,
        profile text NOT NULL,
        pacs008_version text NOT NULL,
        with_header boolean NOT NULL
      );

      CREATE TABLE participant_key (
        key_id text PRIMARY KEY,
        owner text NOT NULL REFERENCES participant (bic),
        suite text NOT NULL,
        public_key bytea NOT NULL,
        valid_from bigint NOT NULL,
        valid_to bigint
      );
    `,
  },
  {
    id: 1001,
    name: 'usage rules of a participant',
    sql: `ALTER TABLE participant ADD COLUMN rules text NOT NULL DEFAULT 'base'`,
  },
  {
    id: 1002,
    name: 'header and characters of a participant',
    sql: `ALTER TABLE participant ADD COLUMN header_version text NOT NULL DEFAULT 'head.001.001.02',
                                  ADD COLUMN characters text NOT NULL DEFAULT 'all'`,
  },
];

/** Far above any corridor's participants; a register that outgrows it must not be cut in silence. */
const ROWS_MAX = 50_000;

interface ParticipantRow {
  readonly bic: string;
  readonly name: string;
  readonly role: string;
  readonly ledger: string | null;
  readonly profile: string;
  readonly pacs008_version: string;
  readonly with_header: boolean;
  readonly rules: string;
  readonly header_version: string;
  readonly characters: string;
}

interface KeyRow {
  readonly key_id: string;
  readonly owner: string;
  readonly suite: string;
  readonly public_key: Buffer;
  readonly valid_from: string;
  readonly valid_to: string | null;
}

const toParticipant = (row: ParticipantRow): Participant => ({
  bic: row.bic as Bic,
  name: row.name,
  role: row.role as ParticipantRole,
  ledger: row.ledger as LedgerCode | null,
  profile: row.profile as Profile,
  pacs008Version: row.pacs008_version,
  withHeader: row.with_header,
  rules: row.rules as RuleProfile,
  headerVersion: row.header_version as HeaderId,
  characters: row.characters as CharacterProfileName,
});

const toKey = (row: KeyRow): PublicKeyRecord => ({
  keyId: row.key_id,
  owner: row.owner,
  suite: row.suite as SuiteName,
  publicKey: row.public_key,
  validFrom: Number(row.valid_from),
  validTo: row.valid_to === null ? null : Number(row.valid_to),
});

/** The register's store in PostgreSQL. Needs {@link participantMigrations}. */
export function createPgParticipantStore(pool: Pool): ParticipantStore {
  return {
    load: async () => {
      const participants = await pool.query<ParticipantRow>({
        name: 'participant_load',
        text: `SELECT bic, name, role, ledger, profile, pacs008_version, with_header, rules,
                      header_version, characters
               FROM participant ORDER BY bic LIMIT $1`,
        values: [ROWS_MAX],
      });
      // Participants first: a key is never there before its owner.
      const keys = await pool.query<KeyRow>({
        name: 'participant_key_load',
        text: `SELECT key_id, owner, suite, public_key, valid_from, valid_to
               FROM participant_key ORDER BY key_id LIMIT $1`,
        values: [ROWS_MAX],
      });
      invariant(participants.rows.length < ROWS_MAX && keys.rows.length < ROWS_MAX, 'the register fits its bound');
      return { participants: participants.rows.map(toParticipant), keys: keys.rows.map(toKey) };
    },
    insertParticipant: async (p) => {
      const done = await pool.query({
        name: 'participant_insert',
        text: `INSERT INTO participant (bic, name, role, ledger, profile, pacs008_version, with_header, rules,
                                        header_version, characters)
               VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (bic) DO NOTHING`,
        values: [
          p.bic,
          p.name,
          p.role,
          p.ledger,
          p.profile,
          p.pacs008Version,
          p.withHeader,
          p.rules,
          p.headerVersion,
          p.characters,
        ],
      });
      return done.rowCount === 1;
    },
    insertKey: async (key) => {
      const done = await pool.query({
        name: 'participant_key_insert',
        text: `INSERT INTO participant_key (key_id, owner, suite, public_key, valid_from, valid_to)
               VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (key_id) DO NOTHING`,
        values: [key.keyId, key.owner, key.suite, Buffer.from(key.publicKey), key.validFrom, key.validTo],
      });
      return done.rowCount === 1;
    },
    revokeKey: async (keyId, at) => {
      const done = await pool.query({
        name: 'participant_key_revoke',
        text: `UPDATE participant_key SET valid_to = CASE WHEN valid_to < $2 THEN valid_to ELSE $2 END
               WHERE key_id = $1`,
        values: [keyId, at],
      });
      return done.rowCount === 1;
    },
  };
}

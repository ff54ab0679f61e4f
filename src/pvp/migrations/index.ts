import { haltOrderTable } from './halts.js';

/** Migrations of a co-signer's own database. Times are milliseconds. */
export const signerMigrations: readonly { readonly id: number; readonly name: string; readonly sql: string }[] = [
  {
    id: 3000,
    name: 'one-vote journal, quotes used, equivocations, epoch',
    sql: `
      -- One row a payment, never updated but for peer_votes, never deleted: the jurisdiction's decision.
      CREATE TABLE signer_journal (
        pvp_id uuid PRIMARY KEY,
        decision text NOT NULL CHECK (decision IN ('COMMIT', 'ABORT')),
        terms_hash bytea NOT NULL,
        reason text,
        decided_at bigint NOT NULL,
        key_id text NOT NULL,
        terms bytea NOT NULL,
        hold_id text NOT NULL,
        held_at bigint NOT NULL,
        token_ids bytea NOT NULL,
        receipts_hash bytea NOT NULL,
        receipts bytea NOT NULL,
        peer_votes bytea NOT NULL
      );
      CREATE INDEX signer_journal_decided ON signer_journal (decided_at, pvp_id);

      CREATE TABLE signer_quote (
        quote_id uuid PRIMARY KEY,
        pvp_id uuid NOT NULL
      );

      CREATE TABLE signer_equivocation (
        pvp_id uuid PRIMARY KEY,
        votes bytea NOT NULL,
        found_at bigint NOT NULL,
        closed_at bigint
      );

      CREATE TABLE signer_state (
        singleton boolean PRIMARY KEY CHECK (singleton),
        epoch bigint NOT NULL,
        reconciled_to bigint NOT NULL
      );
      INSERT INTO signer_state (singleton, epoch, reconciled_to) VALUES (true, 0, 0);
    `,
  },
  {
    id: 3001,
    name: 'order of the journal, and up to where a block of the ledger has its rows',
    sql: `
      ALTER TABLE signer_journal ADD COLUMN position bigint GENERATED ALWAYS AS IDENTITY;
      CREATE UNIQUE INDEX signer_journal_position ON signer_journal (position);
      DROP INDEX signer_journal_decided;
      ALTER TABLE signer_state DROP COLUMN reconciled_to;
      CREATE TABLE signer_checkpoint (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        position bigint NOT NULL,
        sequence bigint NOT NULL,
        hash bytea NOT NULL
      );
    `,
  },
  {
    id: 3002,
    name: 'halts of trading',
    sql: haltOrderTable,
  },
];

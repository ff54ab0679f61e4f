import { chargeMigration } from './charges.js';

/** Migrations of a ledger's database, applied in order, each in a transaction of its own. Released ones never change. */
export const ledgerMigrations: readonly { readonly id: number; readonly name: string; readonly sql: string }[] = [
  {
    id: 1,
    name: 'ledger core',
    sql: `
CREATE TABLE ledger_head (
  code text PRIMARY KEY,
  currency text NOT NULL,
  epoch bigint NOT NULL,
  sequence bigint NOT NULL,
  hash bytea NOT NULL,
  issued_minor bigint NOT NULL CHECK (issued_minor >= 0),
  redeemed_minor bigint NOT NULL CHECK (redeemed_minor >= 0)
);

CREATE TABLE block (
  sequence bigint PRIMARY KEY,
  previous_hash bytea NOT NULL,
  merkle_root bytea NOT NULL,
  block_time bigint NOT NULL,
  transaction_count integer NOT NULL,
  epoch bigint NOT NULL,
  hash bytea NOT NULL,
  signature bytea NOT NULL
);

CREATE TABLE wallet (
  wallet_id text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL,
  owner_bic text COLLATE "C" NOT NULL,
  status text NOT NULL,
  available_minor bigint NOT NULL CHECK (available_minor >= 0),
  held_minor bigint NOT NULL CHECK (held_minor >= 0),
  marked_minor bigint NOT NULL CHECK (marked_minor >= 0),
  token_count integer NOT NULL CHECK (token_count >= 0)
) WITH (fillfactor = 50);
CREATE INDEX wallet_owner ON wallet (owner_bic, wallet_id);
CREATE UNIQUE INDEX wallet_settlement ON wallet (owner_bic) WHERE kind = 'settlement';

CREATE TABLE account (
  agent_bic text COLLATE "C" NOT NULL,
  account_mac bytea NOT NULL,
  wallet_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (agent_bic, account_mac)
);

-- A token is addressed by where it was made, so that its key grows at the right end only. Its id starts with the id of
-- the transaction that made it; spent_in and spent_at are the place of the one that spent it.
CREATE TABLE token (
  made_in bigint NOT NULL,
  made_at integer NOT NULL,
  spent_at integer,
  spent_in bigint,
  amount_minor bigint NOT NULL CHECK (amount_minor > 0),
  mark_level integer,
  held boolean NOT NULL,
  token_id bytea NOT NULL,
  wallet_id text COLLATE "C" NOT NULL,
  mark_id text COLLATE "C",
  PRIMARY KEY (made_in, made_at)
) WITH (fillfactor = 60);
CREATE INDEX token_free ON token (wallet_id, amount_minor, made_in, made_at)
  WHERE spent_in IS NULL AND NOT held AND mark_id IS NULL;

-- Columns beside the body are those that an index or a statement reads. Data and evidence are the bytes that a hold's
-- transactions commit to by their hashes; they are written once, here.
CREATE TABLE ledger_transaction (
  block_sequence bigint NOT NULL,
  position integer NOT NULL,
  posted boolean NOT NULL,
  amount_minor bigint,
  transaction_id bytea NOT NULL,
  kind text NOT NULL,
  reference text COLLATE "C",
  debit_wallet text COLLATE "C",
  credit_wallet text COLLATE "C",
  body bytea NOT NULL,
  data bytea,
  evidence bytea,
  PRIMARY KEY (block_sequence, position)
);
CREATE INDEX transaction_by_id ON ledger_transaction USING hash (transaction_id);
CREATE UNIQUE INDEX transaction_by_reference ON ledger_transaction (reference) WHERE kind IN ('issue', 'transfer');
CREATE INDEX transaction_debit ON ledger_transaction (debit_wallet, block_sequence, position) WHERE posted;
CREATE INDEX transaction_credit ON ledger_transaction (credit_wallet, block_sequence, position) WHERE posted;

-- The row is narrow, because it is written twice: placed_in and placed_at are the place of the transaction that placed
-- the hold (with its data), ended_in and ended_by that of the one that ended it (with its evidence). token_at is the
-- held token's place in the block of the former. Pages have room for the second version of their rows: an update within
-- a page logs what changed, not the row.
CREATE TABLE hold (
  condition_ref text COLLATE "C" PRIMARY KEY,
  condition_kind text NOT NULL,
  state text NOT NULL,
  reason text,
  condition_hash bytea NOT NULL,
  hold_id uuid NOT NULL,
  debit_wallet text COLLATE "C",
  credit_wallet text COLLATE "C",
  mark_id text COLLATE "C",
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  held_at bigint NOT NULL,
  lapse_at bigint NOT NULL,
  ended_at bigint,
  placed_in bigint NOT NULL,
  ended_in bigint,
  placed_at integer NOT NULL,
  ended_by integer,
  token_at integer
) WITH (fillfactor = 50);
CREATE INDEX hold_open ON hold (condition_kind, held_at, condition_ref) WHERE state = 'HELD';
`,
  },
  {
    id: 2,
    name: 'marks and registry',
    sql: `
-- Free tokens under a mark are found like the unmarked ones, by wallet, mark and level.
CREATE INDEX token_marked ON token (wallet_id, mark_id, mark_level, amount_minor, made_in, made_at)
  WHERE spent_in IS NULL AND NOT held AND mark_id IS NOT NULL;

-- What the notary starts from, in the order that tokens were made: it grows at its right end, and spent ones leave it.
CREATE INDEX token_unspent ON token (made_in, made_at) INCLUDE (token_id) WHERE spent_in IS NULL;

DROP INDEX transaction_by_reference;
CREATE UNIQUE INDEX transaction_by_reference ON ledger_transaction (reference)
  WHERE kind IN ('issue', 'transfer', 'convert', 'mark', 'unmark', 'spend', 'withdraw', 'attribute', 'payInvoice', 'refundInvoice');

-- What a transaction spent: the way back from a token to where it was issued. It grows at the right end only.
CREATE INDEX token_spent ON token (spent_in, spent_at) WHERE spent_in IS NOT NULL;

-- What a transaction made: its tokens stand in their block from here to where those of the next transaction do.
ALTER TABLE ledger_transaction ADD COLUMN made_from integer;
UPDATE ledger_transaction SET made_from = earlier.tokens
  FROM (SELECT t.block_sequence, t.position, coalesce(sum(made.tokens) OVER (PARTITION BY t.block_sequence
      ORDER BY t.position ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS tokens
    FROM ledger_transaction t LEFT JOIN (
      SELECT made_in, substring(token_id FROM 1 FOR 32) AS made_by, count(*) AS tokens FROM token GROUP BY 1, 2
    ) made ON made.made_in = t.block_sequence AND made.made_by = t.transaction_id) AS earlier
  WHERE earlier.block_sequence = ledger_transaction.block_sequence AND earlier.position = ledger_transaction.position;
ALTER TABLE ledger_transaction ALTER COLUMN made_from SET NOT NULL;

CREATE INDEX wallet_provider ON wallet (owner_bic) WHERE kind = 'provider';

-- What the money of a PvP leg is under once it is the payee's; null for ordinary money.
ALTER TABLE hold ADD COLUMN credit_mark text COLLATE "C", ADD COLUMN credit_mark_level integer;

-- What was issued and redeemed up to a block, so that the supply is known at any.
ALTER TABLE block ADD COLUMN issued_minor bigint, ADD COLUMN redeemed_minor bigint;
-- The oracle's signature over the transactions of the block that rest on it, where there are any.
ALTER TABLE block ADD COLUMN confirmation bytea;
UPDATE block SET redeemed_minor = 0, issued_minor = supply.issued_minor
  FROM (SELECT b.sequence, coalesce(sum(sum(t.amount_minor)) OVER (ORDER BY b.sequence), 0) AS issued_minor
    FROM block b LEFT JOIN ledger_transaction t ON t.block_sequence = b.sequence AND t.kind = 'issue'
    GROUP BY b.sequence) AS supply
  WHERE supply.sequence = block.sequence;
ALTER TABLE block ALTER COLUMN issued_minor SET NOT NULL, ALTER COLUMN redeemed_minor SET NOT NULL;

-- What is in each pocket of marked money: the tokens of token_marked, summed.
CREATE TABLE pocket (
  wallet_id text COLLATE "C" NOT NULL,
  mark_id text COLLATE "C" NOT NULL,
  mark_level integer NOT NULL,
  amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
  token_count integer NOT NULL CHECK (token_count >= 0),
  PRIMARY KEY (wallet_id, mark_id, mark_level)
) WITH (fillfactor = 70);
CREATE INDEX pocket_of_mark ON pocket (mark_id, wallet_id, mark_level) WHERE amount_minor > 0;

-- What is registered: marks, agreements, invoices, attributes, providers, events, requests. due_at is when something
-- happens to an open entry by itself.
CREATE TABLE entry (
  kind text COLLATE "C" NOT NULL,
  entry_id text COLLATE "C" NOT NULL,
  owner_bic text COLLATE "C" NOT NULL,
  open boolean NOT NULL,
  due_at bigint,
  body bytea NOT NULL,
  state bytea,
  PRIMARY KEY (kind, entry_id)
) WITH (fillfactor = 70);
CREATE INDEX entry_of_owner ON entry (kind, owner_bic, entry_id);
CREATE INDEX entry_due ON entry (kind, due_at, entry_id) WHERE open AND due_at IS NOT NULL;

-- Which transactions concern an entry, or money under a mark.
CREATE TABLE topic (
  topic text COLLATE "C" NOT NULL,
  block_sequence bigint NOT NULL,
  position integer NOT NULL,
  PRIMARY KEY (topic, block_sequence, position)
);
`,
  },
  chargeMigration,
];

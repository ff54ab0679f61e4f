/** Limits of the desk, what counts against them, and proposals of anything that two officers decide on. */
export const limitsMigration = {
  id: 2003,
  name: 'limits, counters, lapsed quotes, proposals of any kind',
  sql: `
      -- The limits that stand. A bic of '' is for everybody who has none of its own; a count has the currency ''.
      CREATE TABLE fx_limit (
        scope text NOT NULL CHECK (scope IN ('bank', 'provider')),
        bic text NOT NULL,
        measure text NOT NULL,
        currency text NOT NULL,
        most numeric NOT NULL CHECK (most >= 0),
        set_at bigint NOT NULL,
        set_by text NOT NULL,
        approved_by text NOT NULL,
        PRIMARY KEY (scope, bic, measure, currency)
      );

      -- Sums that limits and wallets bound, in minor units or counts. A row is made before it is first counted on, and
      -- never deleted, so that whoever locks it is alone. A day, a currency or none: ''.
      CREATE TABLE fx_counter (
        scope text NOT NULL CHECK (scope IN ('bank', 'provider', 'wallet')),
        name text NOT NULL,
        day text NOT NULL,
        measure text NOT NULL,
        currency text NOT NULL,
        amount numeric NOT NULL,
        PRIMARY KEY (scope, name, day, measure, currency)
      ) WITH (fillfactor = 50);
      CREATE INDEX fx_counter_conduct ON fx_counter (day, name) WHERE measure IN ('lapsedQuotes', 'abortedPayments');

      -- Whether the quote counts in fx_counter, and when it was found to have ended unused.
      ALTER TABLE fx_quote ADD COLUMN charged boolean NOT NULL DEFAULT false, ADD COLUMN lapsed_at bigint;
      DROP INDEX fx_quote_open;
      CREATE INDEX fx_quote_open ON fx_quote (valid_until) WHERE bound_uetr IS NULL AND lapsed_at IS NULL;

      ALTER TABLE fx_rate_proposal RENAME TO fx_proposal;
      ALTER TABLE fx_proposal RENAME COLUMN cards TO content;
      ALTER TABLE fx_proposal ADD COLUMN kind text NOT NULL DEFAULT 'rates';
      ALTER TABLE fx_proposal ALTER COLUMN kind DROP DEFAULT;
      DROP INDEX fx_rate_proposal_open;
      DROP INDEX fx_rate_proposal_time;
      CREATE INDEX fx_proposal_time ON fx_proposal (kind, proposed_at, proposal_id);
    `,
};

/**
 * Trades of providers and what they come to. Payments that settled before are booked in the order of their ends; the gateway
 * makes positions of them when it starts (`takeUpTrades`).
 */
export const positionMigration = {
  id: 2004,
  name: 'trades, positions, low-water marks',
  sql: `
    -- What a settled quote moved: its provider got the source amount and gave the target amount, minor units. Of one
    -- provider the sequence is the order in which its positions took them.
    CREATE TABLE fx_trade (
      quote_id uuid PRIMARY KEY,
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      provider_bic text NOT NULL,
      source_currency text NOT NULL,
      source_minor numeric NOT NULL,
      target_currency text NOT NULL,
      target_minor numeric NOT NULL,
      residue_currency text NOT NULL,
      residue_gain numeric NOT NULL,
      booked_at bigint NOT NULL
    );
    CREATE UNIQUE INDEX fx_trade_order ON fx_trade (provider_bic, sequence);

    -- What the trades of a provider in two currencies come to, seen from one of them (pvp/positions.ts).
    CREATE TABLE fx_position (
      provider_bic text NOT NULL,
      currency text NOT NULL,
      against text NOT NULL,
      position_minor numeric NOT NULL DEFAULT 0,
      cost_minor numeric NOT NULL DEFAULT 0,
      realised_minor numeric NOT NULL DEFAULT 0,
      residue numeric NOT NULL DEFAULT 0,
      trade_count bigint NOT NULL DEFAULT 0,
      PRIMARY KEY (provider_bic, currency, against)
    );

    -- Below this a provider's funds in a currency are low; no row: nobody asked.
    CREATE TABLE fx_low_water (
      provider_bic text NOT NULL,
      currency text NOT NULL,
      low_minor numeric NOT NULL CHECK (low_minor > 0),
      set_by text NOT NULL,
      set_at bigint NOT NULL,
      PRIMARY KEY (provider_bic, currency)
    );

    INSERT INTO fx_trade (quote_id, provider_bic, source_currency, source_minor, target_currency, target_minor,
                          residue_currency, residue_gain, booked_at)
      SELECT q.quote_id, regexp_replace(q.provider_bic, '^(.{8})XXX$', '\\1'), p.facts->'legs'->(s.place - 1)::int->>'currency',
             (p.facts->'legs'->(s.place - 1)::int->>'amountMinor')::numeric, p.facts->'legs'->s.place::int->>'currency',
             (p.facts->'legs'->s.place::int->>'amountMinor')::numeric, q.residue_currency, q.residue_gain, p.closed_at
        FROM payment p
       CROSS JOIN LATERAL json_array_elements(coalesce(p.facts->'steps', json_build_array(p.facts)))
         WITH ORDINALITY AS s (step, place)
        JOIN fx_quote q ON q.quote_id = (s.step->>'quoteId')::uuid
       WHERE p.owns_uetr AND p.status IN ('ACSC', 'ACCC')
       ORDER BY p.closed_at, p.uetr, s.place;
    DROP TABLE fx_residue;
  `,
} as const;

import { haltOrderTable } from './halts.js';
import { limitsMigration } from './limits.js';

/** Migrations of the FX desk's tables; they live in the gateway's database. Times are milliseconds. */
export const deskMigrations: readonly { readonly id: number; readonly name: string; readonly sql: string }[] = [
  {
    id: 2000,
    name: 'FX rates, quotes, residues',
    sql: `
      -- Every rate ever set; the newest of a provider and pair is the current one.
      CREATE TABLE fx_rate (
        provider_bic text NOT NULL,
        source_currency text NOT NULL,
        target_currency text NOT NULL,
        sequence bigint GENERATED ALWAYS AS IDENTITY,
        rate numeric(21, 10) NOT NULL CHECK (rate > 0),
        set_at bigint NOT NULL,
        set_by text NOT NULL,
        PRIMARY KEY (provider_bic, source_currency, target_currency, sequence)
      );

      -- The canonical bytes hold the whole quote; columns are only what SQL has to decide or add up.
      CREATE TABLE fx_quote (
        quote_id uuid PRIMARY KEY,
        provider_bic text NOT NULL,
        quote bytea NOT NULL,
        signature bytea NOT NULL,
        valid_until bigint NOT NULL,
        residue_currency text NOT NULL,
        residue_gain numeric NOT NULL,
        bound_uetr uuid,
        bound_at bigint,
        CHECK ((bound_uetr IS NULL) = (bound_at IS NULL))
      );
      CREATE INDEX fx_quote_open ON fx_quote (provider_bic, valid_until) WHERE bound_uetr IS NULL;

      -- What a provider gained (or, negative, lost) by the rounding of settled quotes, in minor units.
      CREATE TABLE fx_residue (
        quote_id uuid PRIMARY KEY,
        provider_bic text NOT NULL,
        currency text NOT NULL,
        gain numeric NOT NULL,
        booked_at bigint NOT NULL
      );
    `,
  },
  {
    id: 2001,
    name: 'rate cards with history, imports, proposals, contests, halts',
    sql: `
      -- Every card ever set; of a provider and pair the newest that has begun stands.
      CREATE TABLE fx_rate_card (
        sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        provider_bic text NOT NULL,
        unit_currency text NOT NULL,
        quoted_currency text NOT NULL,
        valid_from bigint NOT NULL,
        as_of bigint NOT NULL,
        set_at bigint NOT NULL,
        set_by text NOT NULL,
        approved_by text,
        card json NOT NULL
      );
      CREATE INDEX fx_rate_card_standing ON fx_rate_card (provider_bic, unit_currency, quoted_currency, sequence);
      CREATE INDEX fx_rate_card_history ON fx_rate_card
        (least(unit_currency, quoted_currency), greatest(unit_currency, quoted_currency), sequence);

      -- For which pairs a provider ever had a card, so that the standing ones are found without the history.
      CREATE TABLE fx_rate_pair (
        provider_bic text NOT NULL,
        unit_currency text NOT NULL,
        quoted_currency text NOT NULL,
        PRIMARY KEY (provider_bic, unit_currency, quoted_currency)
      );

      INSERT INTO fx_rate_card (provider_bic, unit_currency, quoted_currency, valid_from, as_of, set_at, set_by, card)
        SELECT provider_bic, source_currency, target_currency, set_at, set_at, set_at, set_by,
               json_build_object('providerBic', provider_bic, 'unitCurrency', source_currency,
                 'quotedCurrency', target_currency, 'mid', NULL, 'vehicle', NULL, 'amountMax', NULL,
                 'validFrom', set_at, 'validTo', NULL, 'tiers', json_build_array(json_build_object('amountFrom', '0',
                 'banks', json_build_array(), 'bid', trim_scale(rate)::text, 'ask', NULL, 'spreadBps', NULL)))
          FROM fx_rate ORDER BY sequence;
      INSERT INTO fx_rate_pair SELECT DISTINCT provider_bic, source_currency, target_currency FROM fx_rate;
      DROP TABLE fx_rate;

      -- What was sent under which id, so that it counts once.
      CREATE TABLE fx_rate_import (
        caller text NOT NULL,
        import_id uuid NOT NULL,
        content_hash bytea NOT NULL,
        imported_at bigint NOT NULL,
        PRIMARY KEY (caller, import_id)
      );

      CREATE TABLE fx_rate_proposal (
        proposal_id uuid PRIMARY KEY,
        cards json NOT NULL,
        proposed_by text NOT NULL,
        proposed_at bigint NOT NULL,
        due_at bigint NOT NULL,
        decision text CHECK (decision IN ('approved', 'refused')),
        decided_by text,
        decided_at bigint,
        reason text,
        CHECK ((decision IS NULL) = (decided_by IS NULL) AND (decision IS NULL) = (decided_at IS NULL))
      );
      CREATE INDEX fx_rate_proposal_open ON fx_rate_proposal (due_at) WHERE decision IS NULL;
      CREATE INDEX fx_rate_proposal_time ON fx_rate_proposal (proposed_at, proposal_id);

      -- Of an offer's first quote: the offers that it won against. NULL where there were none.
      ALTER TABLE fx_quote ADD COLUMN contest json;

      ${haltOrderTable}
      -- Ledgers whose jurisdictions have the order.
      ALTER TABLE fx_halt_order ADD COLUMN delivered_to text[] NOT NULL DEFAULT '{}';
    `,
  },
  limitsMigration,
];

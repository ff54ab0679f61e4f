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
];

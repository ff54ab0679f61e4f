/** What payments of a corridor are charged. */
export const tariffMigration = {
  id: 2006,
  name: 'tariffs',
  sql: `
      -- The tariffs that stand. A bank of '' is every one that has none of its own.
      CREATE TABLE fx_tariff (
        corridor text NOT NULL,
        bank text NOT NULL,
        tariff json NOT NULL,
        set_at bigint NOT NULL,
        set_by text NOT NULL,
        approved_by text NOT NULL,
        PRIMARY KEY (corridor, bank)
      );
    `,
} as const;

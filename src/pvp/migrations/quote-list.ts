/** Quotes in the order in which they were stored, for who lists them, the newest first. */
export const quoteListMigration = {
  id: 2007,
  name: 'quotes in order',
  sql: `
    ALTER TABLE fx_quote ADD COLUMN sequence bigint GENERATED ALWAYS AS IDENTITY;
    CREATE UNIQUE INDEX fx_quote_sequence ON fx_quote (sequence);
  `,
} as const;

/** Payments that wait for liquidity, with what SQL has to decide on; the rest is in their own rows. */
export const queueMigration = {
  id: 2005,
  name: 'the queue for liquidity',
  sql: `
    CREATE TABLE fx_queue (
      uetr text PRIMARY KEY,
      priority text NOT NULL CHECK (priority IN ('HIGH', 'NORM')),
      -- Of providers, any of which would do, as they are named in fx_counter.
      wallets text[] NOT NULL
    );
  `,
} as const;

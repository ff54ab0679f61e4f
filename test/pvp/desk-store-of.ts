import type pg from 'pg';
import { inTransaction } from '../../src/gateway/platform/transaction.pg.js';
import { lapseQuotes, readCounters, setCovered } from '../../src/pvp/counter-store.pg.js';
import { bindQuotes, createPgDeskStore, endQuotes, insertBoundQuotes } from '../../src/pvp/desk-store.pg.js';
import { bookTrades } from '../../src/pvp/position-store.pg.js';
import type { StoreUnderTest } from './desk-store.contract.js';

/** The desk's store of a database, each call that belongs into a transaction in one of its own. */
export const deskStoreOf = (pool: pg.Pool): StoreUnderTest => ({
  ...createPgDeskStore(pool),
  bindQuotes: (items) => inTransaction(pool, (client) => bindQuotes(client, items)),
  insertBoundQuotes: (quotes, uetrs) => inTransaction(pool, (client) => insertBoundQuotes(client, quotes, uetrs)),
  endQuotes: (ended, dayOf) => inTransaction(pool, (client) => endQuotes(client, ended, dayOf)),
  bookTrades: (quotes, now) => inTransaction(pool, (client) => bookTrades(client, quotes, now)),
  lapseQuotes: (now, limit, dayOf) => inTransaction(pool, (client) => lapseQuotes(client, now, limit, dayOf)),
  counters: (keys) => readCounters(pool, keys),
  setCovered: (covered) => setCovered(pool, covered),
});

/** Empties what the desk's store keeps. */
export const emptied = async (pool: pg.Pool): Promise<StoreUnderTest> => {
  await pool.query('TRUNCATE fx_rate_card, fx_rate_pair, fx_quote, fx_trade, fx_position, fx_counter, fx_limit');
  return deskStoreOf(pool);
};

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createMemoryNonceStore, type NonceStore } from '../../../src/gateway/identity/nonces.js';
import { createPgNonceStore, nonceMigrations } from '../../../src/gateway/identity/nonces.pg.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';
import { NOW } from './fixtures.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase(nonceMigrations);
});
afterAll(async () => {
  await database.drop();
});

const STORES: readonly [string, () => Promise<NonceStore>][] = [
  ['memory', async () => createMemoryNonceStore()],
  [
    'PostgreSQL',
    async () => {
      await database.pool.query('TRUNCATE request_nonce');
      return createPgNonceStore(database.pool);
    },
  ],
];

describe.each(STORES)('nonces in %s', (_name, makeStore) => {
  test('count once per key', async () => {
    const nonces = await makeStore();
    expect(await nonces.use('k1', 'n1', NOW)).toBe(true);
    expect(await nonces.use('k1', 'n1', NOW + 1)).toBe(false);
    expect(await nonces.use('k2', 'n1', NOW)).toBe(true);
    expect(await nonces.use('k1', 'n2', NOW)).toBe(true);
  });

  test('used at once from many sides, each has one winner', async () => {
    const nonces = await makeStore();
    const uses = Array.from({ length: 300 }, (_, i) => nonces.use('k', `n${i % 20}`, NOW));
    const answers = await Promise.all(uses);
    expect(answers.filter((isFirst) => isFirst)).toHaveLength(20);
    expect(answers.slice(0, 20).every((isFirst) => isFirst)).toBe(true);
  });

  test('are forgotten after they expire, so many at a time', async () => {
    const nonces = await makeStore();
    for (let i = 0; i < 5; i++) await nonces.use('k', `n${i}`, NOW + i);
    expect(await nonces.prune(NOW + 3, 2)).toBe(2);
    expect(await nonces.prune(NOW + 3, 2)).toBe(1);
    expect(await nonces.prune(NOW + 3, 2)).toBe(0);
    expect(await nonces.use('k', 'n0', NOW + 9)).toBe(true);
    expect(await nonces.use('k', 'n3', NOW + 9)).toBe(false);
  });
});

test('two copies of the gateway never both take a nonce', async () => {
  await database.pool.query('TRUNCATE request_nonce');
  const copies = [createPgNonceStore(database.pool), createPgNonceStore(database.pool)];
  const names = Array.from({ length: 200 }, (_, i) => `n${i}`);
  const answers = await Promise.all(
    copies.map((copy, i) =>
      Promise.all((i === 0 ? names : [...names].reverse()).map((name) => copy.use('k', name, NOW))),
    ),
  );
  expect(answers.flat().filter((isFirst) => isFirst)).toHaveLength(names.length);
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Migration, MigrationError, migrate } from '../../../src/gateway/platform/migrate.pg.js';
import { createPool } from '../../../src/gateway/platform/pool.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

const first: Migration = { id: 1, name: 'wallet', sql: 'CREATE TABLE wallet (id text PRIMARY KEY, minor bigint);' };
const second: Migration = {
  id: 2,
  name: 'fill',
  sql: "INSERT INTO wallet VALUES ('a', 9007199254740993); ALTER TABLE wallet ADD COLUMN at date DEFAULT '2026-01-31';",
};

describe('migrate', () => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await testDatabase([]);
  });
  afterEach(() => db.drop());

  const applied = async (): Promise<number[]> =>
    (await db.pool.query<{ id: number }>('SELECT id FROM schema_migration ORDER BY id')).rows.map((row) => row.id);

  it('applies what is missing, in order, once', async () => {
    await migrate(db.pool, [first]);
    await migrate(db.pool, [first, second]);
    await migrate(db.pool, [first, second]);
    expect(await applied()).toEqual([1, 2]);
    const { rows } = await db.pool.query('SELECT count(*) FROM wallet');
    expect(rows).toEqual([{ count: 1n }]);
  });

  it('undoes a failed step whole and keeps those before it', async () => {
    const broken = { ...second, sql: `${second.sql} SELECT no_such_function();` };
    await expect(migrate(db.pool, [first, broken])).rejects.toMatchObject({ code: '42883' });
    expect(await applied()).toEqual([1]);
    expect((await db.pool.query('SELECT * FROM wallet')).rows).toEqual([]);
    await migrate(db.pool, [first, second]);
    expect(await applied()).toEqual([1, 2]);
  });

  it('lets one of several processes work at a time', async () => {
    const pools = Array.from({ length: 6 }, () => createPool(db.url, { max: 1 }));
    try {
      await Promise.all(pools.map((pool) => migrate(pool, [first, second])));
    } finally {
      await Promise.all(pools.map((pool) => pool.end()));
    }
    expect(await applied()).toEqual([1, 2]);
    expect((await db.pool.query('SELECT count(*) FROM wallet')).rows).toEqual([{ count: 1n }]);
  });

  const refusals: readonly (readonly [string, readonly Migration[], RegExp])[] = [
    [
      'an applied migration whose text changed',
      [{ ...first, sql: `${first.sql} ` }, second],
      /1 \(wallet\) was changed/,
    ],
    ['a database newer than the code', [first], /2 \(fill\), which this version doesn't know/],
    ['a number below an applied one', [first, { ...second, id: 3 }], /has migration 2/],
    ['numbers out of order', [second, first], /1 \(wallet\) does not follow 2/],
  ];
  it.each(refusals)('refuses %s and changes nothing', async (_what, migrations, message) => {
    await migrate(db.pool, [first, second]);
    const outcome = migrate(db.pool, migrations);
    await expect(outcome).rejects.toThrow(message);
    await expect(outcome).rejects.toBeInstanceOf(MigrationError);
    expect(await applied()).toEqual([1, 2]);
  });
});

describe('createPool', () => {
  it('reads int8 exactly, numeric and date as text, and survives its connections being ended', async () => {
    const db = await testDatabase([first, second]);
    try {
      const { rows } = await db.pool.query(
        'SELECT minor, at, 1.10::numeric AS rate, ARRAY[minor, NULL] AS all FROM wallet',
      );
      const minor = 9007199254740993n;
      expect(rows).toEqual([{ minor, at: '2026-01-31', rate: '1.10', all: [minor, null] }]);
      const held = await db.pool.connect();
      await db.pool.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
      );
      await expect(held.query('SELECT 1')).rejects.toThrow();
      held.release(true);
      expect((await db.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    } finally {
      await db.drop();
    }
  });

  it('gives each test its own copy of one template', async () => {
    const [a, b] = await Promise.all([testDatabase([first]), testDatabase([first])]);
    try {
      await a.pool.query("INSERT INTO wallet VALUES ('x', 1)");
      expect((await b.pool.query('SELECT * FROM wallet')).rows).toEqual([]);
      expect(a.url).not.toBe(b.url);
    } finally {
      await Promise.all([a.drop(), b.drop()]);
    }
  });
});

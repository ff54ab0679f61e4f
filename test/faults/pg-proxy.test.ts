import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPgProxy, type PgProxy, type PgUnit } from '../../bench/support/faults/pg-proxy.js';
import { addressOf, throughProxy } from '../../bench/support/faults/pg-url.js';
import { createPool } from '../../src/gateway/platform/databases.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

const MIGRATIONS = [{ id: 1, name: 'notes', sql: 'CREATE TABLE note (text text PRIMARY KEY)' }];

let database: TestDatabase;
let proxy: PgProxy;
beforeEach(async () => {
  database = await testDatabase(MIGRATIONS);
  proxy = await openPgProxy(addressOf(database.url));
});
afterEach(async () => {
  await proxy.close();
  await database.drop();
});

const open = () => createPool(throughProxy(database.url, proxy.port), { max: 2 });
const note = (text: string) => ({ name: 'note', text: 'INSERT INTO note VALUES ($1)', values: [text] });
const notes = async () => (await database.pool.query<{ text: string }>('SELECT text FROM note ORDER BY text')).rows;
const isNote = (unit: PgUnit) => unit.some(({ name }) => name === 'note');
const never = () => undefined;

describe('the PostgreSQL proxy', () => {
  it('passes on what nobody waits for', async () => {
    const pool = open();
    await pool.query(note('one'));
    expect((await pool.query('SELECT text FROM note')).rows).toEqual([{ text: 'one' }]);
    await pool.end();
  });

  it('stops a statement that the server has not seen, by name, parameter and number', async () => {
    const pool = open();
    const trap = proxy.arm((unit) => isNote(unit) && unit[0]?.values[0]?.toString() === 'two', 'before', 2);
    await pool.query(note('one'));
    await pool.query(note('two'));
    await pool.query('DELETE FROM note');
    const written = pool.query(note('two')).catch(never);
    const { item, release } = await trap.caught;
    expect(item.map(({ name }) => name)).toEqual(['note']);
    expect(await notes()).toEqual([]);
    release();
    expect(await written).toMatchObject({ rowCount: 1 });
    expect(await notes()).toEqual([{ text: 'two' }]);
    await pool.end();
  });

  it('stops a statement that is durable before its client knows', async () => {
    const pool = open();
    const trap = proxy.arm(isNote, 'after');
    let isTold = false;
    const written = pool.query(note('one')).then(() => {
      isTold = true;
    });
    const { failed, release } = await trap.caught;
    expect(failed).toBe(false);
    expect(await notes()).toEqual([{ text: 'one' }]);
    expect(isTold).toBe(false);
    release();
    await written;
    await pool.end();
  });

  it.each([
    ['before', []],
    ['after', [{ text: 'one' }, { text: 'two' }]],
  ] as const)('stops a transaction %s its COMMIT', async (moment, durable) => {
    const pool = open();
    const trap = proxy.arm(isNote, moment);
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(note('one'));
    await client.query(note('two'));
    const committed = client.query('COMMIT').catch(never);
    expect((await trap.caught).item.map(({ values }) => values[0]?.toString())).toEqual(['one', 'two']);
    expect(await notes()).toEqual(durable);
    trap.disarm();
    await committed;
    expect(await notes()).toEqual([{ text: 'one' }, { text: 'two' }]);
    client.release();
    await pool.end();
  });

  it.each([
    ['before', []],
    ['after', [{ text: 'one' }]],
  ] as const)('nobody sees what was held %s a write and dropped', async (moment, left) => {
    const pool = open();
    const trap = proxy.arm(isNote, moment);
    const written = pool.query(note('one')).catch((error: Error) => error);
    (await trap.caught).drop();
    expect(await written).toBeInstanceOf(Error);
    expect(await notes()).toEqual(left);
    await pool.end();
  });

  it('tells that the server refused what was held', async () => {
    const pool = open();
    await pool.query(note('one'));
    const trap = proxy.arm(isNote, 'after');
    const written = pool.query(note('one')).catch((error: { code?: string }) => error.code);
    const { failed, release } = await trap.caught;
    expect(failed).toBe(true);
    release();
    expect(await written).toBe('23505');
    await pool.end();
  });

  it('is no longer in the way when the server is gone', async () => {
    await proxy.close();
    const closed = await openPgProxy({ path: '/nowhere/.s.PGSQL.5432' });
    const pool = createPool(throughProxy(database.url, closed.port), { max: 1 });
    await expect(pool.query('SELECT 1')).rejects.toThrow();
    await pool.end();
    await closed.close();
    proxy = closed;
  });
});

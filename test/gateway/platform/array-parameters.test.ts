import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrayText } from '../../../src/gateway/platform/array-parameters.js';
import { type TestDatabase, testDatabase } from '../../support/postgres.js';

describe('arrayText', () => {
  it.each([
    [[], '{}'],
    [['a', ''], '{"a",""}'],
    [['NULL', null, undefined], '{"NULL",NULL,NULL}'],
    [['a"b', 'a\\b', '{,}'], '{"a\\"b","a\\\\b","{,}"}'],
    [[1, -2n, 0.5], '{1,-2,0.5}'],
    [[true, false], '{true,false}'],
  ])('case %#', (items, text) => {
    expect(arrayText(items)).toBe(text);
  });

  it.each([[[Buffer.from('a')]], [[['nested']]], [[{ a: 1 }]], [[new Date(0)]]])(
    'leaves case %# to the driver',
    (items) => {
      expect(arrayText(items)).toBeNull();
    },
  );
});

describe('arrays as parameters', () => {
  let database: TestDatabase;
  let pool: pg.Pool;
  beforeAll(async () => {
    database = await testDatabase([]);
    pool = database.pool;
  });
  afterAll(() => database.drop());

  const back = async (type: string, items: readonly unknown[]) =>
    (await pool.query({ name: `back-${type}`, text: `SELECT $1::${type}[] AS items`, values: [items] })).rows[0].items;

  it('come back from the server as they were', async () => {
    const text = fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0'));
    const texts = fc.array(fc.option(fc.oneof(text, fc.constantFrom('NULL', '\\', '"', '{}', ' ', '\n'))));
    await fc.assert(
      fc.asyncProperty(texts, async (items) => {
        expect(await back('text', items)).toEqual(items);
      }),
      { numRuns: 100 },
    );
    const numbers = fc.array(fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })));
    await fc.assert(
      fc.asyncProperty(numbers, async (items) => {
        expect(await back('bigint', items)).toEqual(items);
      }),
      { numRuns: 50 },
    );
  });

  it('may be anything that the driver writes', async () => {
    expect(await back('bytea', [Buffer.from([0, 255]), null])).toEqual([Buffer.from([0, 255]), null]);
    expect(await back('boolean', [true, null, false])).toEqual([true, null, false]);
    const { rows } = await pool.query('SELECT unnest($1::text[]) AS item', [['a"b', null]]);
    expect(rows).toEqual([{ item: 'a"b' }, { item: null }]);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { packed, packedColumns } from '../../src/kernel/packed.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase([]);
});
afterAll(() => database.drop());

it.each([
  ['some bytes', [Buffer.from('one'), Buffer.from([0, 255, 39, 92]), Buffer.from('three')]],
  ['empty and absent ones', [Buffer.alloc(0), null, Buffer.from('x'), null, Buffer.alloc(0)]],
  ['nothing', []],
  ['long ones', [Buffer.alloc(300_000, 7), Buffer.alloc(1, 8), Buffer.alloc(300_000, 9)]],
])('the server cuts %s as they were packed', async (_name, items) => {
  const { bytes, starts, lengths } = packed(items);
  const { rows } = await database.pool.query<{ part: Buffer | null }>(
    `SELECT substring($1::bytea FROM at FOR length) AS part
       FROM unnest($2::integer[], $3::integer[]) WITH ORDINALITY AS p (at, length, place) ORDER BY place`,
    [bytes, starts, lengths],
  );
  expect(rows.map((row) => row.part?.toString('hex') ?? null)).toEqual(
    items.map((item) => item?.toString('hex') ?? null),
  );
});

it('columns share one parameter and keep their own places', () => {
  const columns = [
    [Buffer.from('a'), null],
    [Buffer.from('bc'), Buffer.from('d')],
  ];
  expect(packedColumns(...columns)).toEqual({
    bytes: Buffer.from('abcd'),
    places: [
      [1, 2],
      [1, null],
      [2, 4],
      [2, 1],
    ],
  });
  expect(packedColumns([], [])).toEqual({ bytes: Buffer.alloc(0), places: [[], [], [], []] });
});

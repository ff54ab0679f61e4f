import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendar } from '../../src/gateway/config.js';

const instants = fc.array(fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2100, 0, 1) }), { maxLength: 20 });

test.each(['Asia/Almaty', 'Asia/Shanghai', 'UTC', 'Asia/Kathmandu'])(
  '%s: what a calendar remembers changes none of its dates',
  (timeZone) => {
    const date = calendar(timeZone);
    const near = (at: number) => [at - 60_000, at - 1, at, at + 1, at + 59_999, at + 60_000];
    fc.assert(
      fc.property(instants, (all) => {
        for (const at of all.flatMap(near)) expect(date(at)).toBe(calendar(timeZone)(at));
      }),
      { numRuns: 20, seed: 1 },
    );
  },
);

test('the date changes at the midnight of the time zone', () => {
  const date = calendar('Asia/Almaty');
  const midnight = Date.parse('2026-11-23T00:00:00+05:00');
  expect([date(midnight - 1), date(midnight), date(midnight - 1)]).toEqual(['2026-11-22', '2026-11-23', '2026-11-22']);
});

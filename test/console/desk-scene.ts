/** A day at the FX desk to look at in the console: rates that moved, quotes, a limit and proposals. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { CREDITOR_BANK, type World } from '../contract/support.js';

const PROVIDER = 'OTKLKZ20';
const STEP_MS = 17 * 60_000;
const MIDDLES = [
  ...[
    '73.32',
    '73.36',
    '73.35',
    '73.42',
    '73.47',
    '73.44',
    '73.51',
    '73.55',
    '73.49',
    '73.46',
    '73.5',
    '73.58',
    '73.54',
  ],
];

async function done(response: ReturnType<World['json']>): Promise<void> {
  const { body } = await response;
  expect(body.code).toBeUndefined();
}

const card = (mid: string, spreadBps: string) => ({
  ...{ provider: PROVIDER, unitCurrency: 'CNY', quotedCurrency: 'KZT', mid, tiers: [{ spreadBps }] },
});

/** Rates as they came in over some hours. */
async function makeHistory(world: World): Promise<void> {
  for (const mid of MIDDLES) {
    const path = `/v1/fx/rate-imports/${randomUUID()}`;
    await done(world.json('rate-feed', 'PUT', path, { asOf: '2999-01-01T00:00:00Z', rates: [card(mid, '40')] }));
  }
  // As if they had come one after the other, at this distance.
  await world.stack.databases.get('gateway')!.pool.query(
    `UPDATE fx_rate_card c SET set_at = c.set_at - back.ms, valid_from = c.valid_from - back.ms,
            card = jsonb_set(c.card::jsonb, '{validFrom}', to_jsonb(c.valid_from - back.ms))::json
       FROM (SELECT sequence, (max(sequence) OVER () - sequence) * $1::bigint AS ms FROM fx_rate_card) AS back
      WHERE back.sequence = c.sequence`,
    [STEP_MS],
  );
}

/** Everything that the desk's pages show, but a halt, which would stop the day. Answers the id of a quote. */
export async function makeDeskDay(world: World): Promise<string> {
  await makeHistory(world);
  const proposal = (kind: string) => `/v1/fx/${kind}-proposals/${randomUUID()}`;
  const limit = (changes: object) => ({
    limits: [{ scope: 'bank', bic: null, measure: 'dayAmount', currency: 'KZT', most: '900000000.00', ...changes }],
  });
  const standing = proposal('limit');
  await done(world.json('desk', 'PUT', standing, limit({})));
  await done(world.json('desk-2', 'POST', `${standing}/approve`, {}));
  await done(world.json('desk-2', 'PUT', proposal('limit'), limit({ bic: 'ALTNKZ20', most: '50000000.00' })));
  await done(world.json('desk-2', 'PUT', proposal('rate'), { rates: [card('73.54', '35')] }));
  const path = `/v1/fx/positions/${PROVIDER}/CNY/low-water`;
  await done(world.json('desk', 'PUT', path, { amount: '2000000000.00' }));
  const ask = async (amount: string): Promise<string> => {
    const asked = { sourceCurrency: 'CNY', targetCurrency: 'KZT', amount, fixedSide: 'source' };
    const { body } = await world.json(CREDITOR_BANK, 'POST', '/v1/fx/quotes', asked);
    expect(body.code).toBeUndefined();
    return body.quoteId;
  };
  for (const amount of ['1500.00', '84000.00']) await ask(amount);
  return ask('320.50');
}

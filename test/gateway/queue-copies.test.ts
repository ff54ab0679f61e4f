/**
 * Payments that wait for liquidity, with copies of the gateway that die or sleep at each step of what they do with one. Each
 * payment ends once, with its money moved once and its bank told once.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoConfig } from '../../src/gateway/demo.js';
import type { GatewayNode } from '../../src/gateway/gateway-node.js';
import { DEFAULT_TIMES } from '../../src/pvp/terms.js';
import {
  available,
  CREDITOR_BANK,
  CUSTOMER_08,
  chinaToKazakhstan,
  fresh,
  openWorld,
  setAmount,
  type World,
} from '../contract/support.js';
import { anotherCopy, gatewayPool } from '../support/another-copy.js';
import { oneProvider } from '../support/one-provider.js';
import { type How, stoppingCopy } from '../support/stopping-copy.js';

const config = { ...demoConfig, corridors: oneProvider({ queue: { waitMs: 600_000 } }) };
/** Whoever takes over may take its time: no deadline passes meanwhile. */
const change = { config, times: { ...DEFAULT_TIMES, prepareMs: 120_000, voteMs: 180_000 } };

type End = 'settles' | 'expires';

let world: World;
beforeAll(async () => {
  world = await openWorld({ config: { corridors: config.corridors } });
  await pay('CN-FX-PROVIDER', 'CN-LONGCN20-2', await available(world, 'CN-FX-PROVIDER'));
  // It takes messages, and looks after nothing that it has taken.
  await world.stack.otkel.gateway.stop();
  // What the desk remembers of the wallet is from before.
  await query(`UPDATE fx_counter SET amount = 0 WHERE measure = 'covered'`);
});
afterAll(() => world.close());

async function pay(debitWallet: string, creditWallet: string, amountMinor: bigint): Promise<void> {
  const { ledger } = world.stack.otkel.nodes.find(({ config: { code } }) => debitWallet.startsWith(code))!;
  const transfer = { kind: 'transfer', reference: randomUUID(), debitWallet, creditWallet, amountMinor } as never;
  expect((await ledger.submit(transfer)).ok).toBe(true);
}

const query = (text: string, ...values: unknown[]) => gatewayPool(world.stack).query(text, values);

/** A payment of the queue that the next copy to look lets run, or refuses. */
async function posted(end: End): Promise<string> {
  const { xml, uetr } = fresh(world, CUSTOMER_08, setAmount('10000.00'));
  expect((await world.post(xml, { waitSeconds: null })).lines[0]?.status).toBe('PDNG');
  if (end === 'settles') await pay('CN-LONGCN20-2', 'CN-FX-PROVIDER', 13_500n);
  else
    await query(`UPDATE payment SET facts = jsonb_set(facts::jsonb, '{queue,until}', '1')::json WHERE uetr = $1`, uetr);
  return uetr;
}

const WANTED: Readonly<Record<End, string>> = { settles: 'CLOSED ACCC', expires: 'CLOSED RJCT' };
const stateOf = async (uetr: string): Promise<string> => {
  const { rows } = await query('SELECT state, status FROM payment WHERE uetr = $1', uetr);
  return `${rows[0].state} ${rows[0].status}`;
};
const untilEnded = (heir: GatewayNode, uetr: string, end: End) =>
  vi.waitFor(
    async () => {
      // Whoever stopped is taken for dead, sleepers too.
      await query("UPDATE gateway_instance SET lease_until = 0 WHERE instance_id LIKE 'stops-%'");
      await heir.settlement.takeOver();
      expect(await stateOf(uetr)).toBe(WANTED[end]);
    },
    { timeout: 30_000, interval: 20 },
  );

const sums = async (): Promise<bigint[]> => {
  const all = await world.balances();
  return ['KZ-ALTNKZ20-1', 'KZ-FX-PROVIDER', 'CN-FX-PROVIDER', 'CN-LONGCN20-1'].flatMap((walletId) =>
    all[walletId]!.split(' ').slice(0, 2).map(BigInt),
  );
};
/** From when it was posted, its provider's new funds among it. */
const MOVED: Readonly<Record<End, string>> = {
  settles: '-1000000 0 1000000 0 0 0 13500 0',
  expires: '0 0 0 0 0 0 0 0',
};
const TOLD: Readonly<Record<End, string>> = {
  settles:
    'ALTNKZ20 camt.054.001.08, ALTNKZ20 pacs.002.001.10, LONGCN20 camt.054.001.08, LONGCN20 pacs.008.001.08, OTKLKZ20 camt.054.001.08',
  expires: 'ALTNKZ20 pacs.002.001.10',
};

/** Which steps of a copy are those with one payment, its own upkeep among them. */
async function stepsOf(end: End): Promise<{ readonly first: number; readonly last: number }> {
  const uetr = await posted(end);
  const at = Number.POSITIVE_INFINITY;
  const copy = await stoppingCopy(world.stack, { instanceId: `stops-${randomUUID()}`, at, how: 'dies', change });
  await copy.node.start();
  const first = copy.steps() + 1;
  await vi.waitFor(async () => expect(await stateOf(uetr)).toBe(WANTED[end]), { timeout: 10_000, interval: 10 });
  await copy.node.stop();
  return { first, last: copy.steps() };
}

async function stopsAt(at: number, how: How, end: End): Promise<void> {
  const before = await sums();
  const uetr = await posted(end);
  const copy = await stoppingCopy(world.stack, { instanceId: `stops-${randomUUID()}`, at, how, change });
  void copy.node.start();
  // It may come to the end without its last step, which was of its upkeep.
  await vi.waitFor(async () => expect(copy.isStopped() || (await stateOf(uetr)) === WANTED[end]).toBe(true), {
    timeout: 10_000,
    interval: 10,
  });
  const heir = await anotherCopy(world.stack, change);
  await heir.start();
  await untilEnded(heir, uetr, end);
  const once = async () => {
    expect(await stateOf(uetr)).toBe(WANTED[end]);
    expect((await sums()).map((minor, i) => minor - before[i]!).join(' ')).toBe(MOVED[end]);
    const { rows } = await query(
      `SELECT string_agg(recipient || ' ' || message_id, ', ' ORDER BY recipient, message_id) AS told FROM inbox WHERE uetr = $1`,
      uetr,
    );
    expect(rows[0].told).toBe(TOLD[end]);
    expect((await query('SELECT FROM fx_queue')).rowCount).toBe(0);
  };
  await once();
  copy.wake();
  const isAlive = how === 'sleeps' || !copy.isStopped();
  const awake = isAlive ? [copy.node, heir] : [heir];
  if (isAlive) await copy.node.stop();
  await vi.waitFor(
    () => expect(awake.map(({ settlement }) => settlement.openCount())).toEqual(awake.map(() => 0)),
    20_000,
  );
  await once();
  await heir.stop();
}

it.each<End>(['settles', 'expires'])(
  'a payment that %s does so once, wherever a copy stops',
  async (end) => {
    const { first, last } = await stepsOf(end);
    expect(last - first).toBeGreaterThan(3);
    for (let at = first; at <= last; at += 1)
      // Every second step is enough for sleepers, who are the slower ones to look at.
      for (const how of at % 2 === 0 ? (['dies', 'sleeps'] as const) : (['dies'] as const)) await stopsAt(at, how, end);
  },
  240_000,
);

it('the order is shown before it runs: payments of opposite directions, on the funds for one', async () => {
  await pay('KZ-FX-PROVIDER', 'KZ-ALTNKZ20-2', await available(world, 'KZ-FX-PROVIDER'));
  await query(`UPDATE fx_counter SET amount = 0 WHERE measure = 'covered'`);
  const back = fresh(world, CUSTOMER_08, ...chinaToKazakhstan('100.00'));
  expect((await world.post(back.xml, { key: CREDITOR_BANK })).lines[0]?.status).toBe('PDNG');
  const out = fresh(world, CUSTOMER_08, setAmount('10000.00'));
  expect((await world.post(out.xml)).lines[0]?.status).toBe('PDNG');
  await pay('CN-LONGCN20-2', 'CN-FX-PROVIDER', 13_500n);
  const money = (ledger: 'KZ' | 'CN', amount: string) => ({
    ...{ ledger, walletId: `${ledger}-FX-PROVIDER`, amount, currency: ledger === 'KZ' ? 'KZT' : 'CNY' },
  });
  const use = (ledger: 'KZ' | 'CN', available: string, gross: string, used: string) => {
    const { amount: _none, ...wallet } = money(ledger, '');
    return { ...wallet, available, gross, used };
  };
  const { body } = await world.call('desk', 'GET', '/v1/fx/queue');
  expect(body).toMatchObject({
    payments: [
      {
        ...{ uetr: out.uetr, lacks: [] },
        run: {
          ...{ place: 1, providers: ['OTKLKZ20'], isFunded: true },
          ...{ takes: [money('CN', '135.00')], brings: [money('KZ', '10000.00')] },
          after: [money('CN', '0.00'), money('KZ', '10000.00')],
        },
      },
      {
        ...{ uetr: back.uetr, lacks: [] },
        run: {
          ...{ place: 2, isFunded: false, takes: [money('KZ', '7320.00')], brings: [money('CN', '100.00')] },
          after: [money('KZ', '2680.00'), money('CN', '100.00')],
        },
      },
    ],
    liquidity: [use('CN', '135.00', '135.00', '135.00'), use('KZ', '0.00', '7320.00', '0.00')],
  });
  const copy = await anotherCopy(world.stack, change);
  await copy.start();
  for (const { uetr } of [out, back])
    await vi.waitFor(async () => expect(await stateOf(uetr)).toBe('CLOSED ACCC'), { timeout: 20_000, interval: 20 });
  const { rows } = await query('SELECT uetr FROM payment WHERE uetr = ANY ($1) ORDER BY decided_at', [
    out.uetr,
    back.uetr,
  ]);
  expect(rows.map(({ uetr }) => uetr)).toEqual([out.uetr, back.uetr]);
  await copy.stop();
});

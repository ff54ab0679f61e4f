/**
 * A payment of three legs whose processes die on the way: new ones, over the same databases, settle all three. And one
 * between processes of their own.
 */
import { afterEach, expect, it, vi } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import type { WalletId } from '../../src/kernel/ids.js';
import { invariant } from '../../src/kernel/result.js';
import { BANK, fresh, openWorld, setAmount, type World } from '../contract/support.js';
import { secondWallet, vehicleConfig, vehicleScene } from '../support/vehicle.js';
import { expectVerified } from '../support/verified.js';

const LEDGERS = ['KZ', 'US', 'CN'];
const POSTED = {
  ...{ 'KZ-ALTNKZ20-1': -125_000_000n, 'KZ-FX-PROVIDER': 125_000_000n },
  ...{ 'US-FX-PROVIDER': -241_250n, [secondWallet('US')]: 241_250n },
  ...{ [secondWallet('CN')]: -1_716_904n, 'CN-LONGCN20-1': 1_716_904n },
};
type Port = World['stack']['otkel']['nodes'][number]['jurisdiction'];
const CALLS = ['prepare', 'deliver', 'cancel', 'query'] as const satisfies readonly (keyof Port)[];

let world: World | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const portOf = ({ stack }: World, code: string): Port => {
  const node = stack.otkel.nodes.find(({ config }) => config.code === code);
  invariant(node, `${code} is open`);
  return node.jurisdiction;
};

/** From now on nobody gets an answer from it. */
function silence(port: Port, calls: readonly (typeof CALLS)[number][] = CALLS): void {
  for (const call of calls) Object.assign(port, { [call]: () => Promise.reject(new Error('the process is dead')) });
}

const amounts = async (
  nodes: World['stack']['otkel']['nodes'],
): Promise<Record<string, readonly (bigint | undefined)[]>> =>
  Object.fromEntries(
    await Promise.all(
      Object.keys(POSTED).map(async (walletId) => {
        const balance = await nodes
          .find(({ config }) => walletId.startsWith(config.code))
          ?.ledger.balance(walletId as WalletId);
        return [walletId, [balance?.availableMinor, balance?.heldMinor]] as const;
      }),
    ),
  );

/** The same with one payment settled. */
const posted = (before: Awaited<ReturnType<typeof amounts>>) =>
  Object.fromEntries(
    Object.entries(POSTED).map(([walletId, minor]) => [walletId, [(before[walletId]?.[0] ?? 0n) + minor, 0n]]),
  );

it.each([
  [
    'the first leg is held',
    'US',
    async (at: World) => {
      const payer = await at.stack.otkel.nodes
        .find(({ config }) => config.code === 'KZ')
        ?.ledger.balance('KZ-ALTNKZ20-1' as WalletId);
      expect(payer?.heldMinor).toBe(125_000_000n);
    },
  ],
  ['the last leg has voted', 'US after PREPARE', (at: World) => expect(portOf(at, 'CN').inDoubt()).toHaveLength(1)],
  [
    'the last two legs have voted',
    'KZ after PREPARE',
    (at: World) => expect(portOf(at, 'US').inDoubt()).toHaveLength(1),
  ],
])('when %s', async (_, silent, reached) => {
  world = await openWorld({ config: vehicleConfig(LEDGERS), scene: vehicleScene });
  const at = world;
  const { otkel } = at.stack;
  const before = await amounts(otkel.nodes);
  const [code = '', after] = silent.split(' after ');
  silence(portOf(at, code), after ? ['deliver', 'query', 'cancel'] : CALLS);
  const { xml, uetr } = fresh(at);
  const accepted = await at.post(xml, { waitSeconds: null });
  expect(accepted).toMatchObject({ http: 202, lines: [{ status: 'ACTC' }] });
  await vi.waitFor(async () => reached(at), { timeout: 20_000, interval: 20 });

  for (const { jurisdiction } of otkel.nodes) {
    silence(jurisdiction);
    await jurisdiction.stop();
  }
  await otkel.gateway.stop();
  const next = await at.stack.open();
  await next.start();
  try {
    await vi.waitFor(() => expect(next.gateway.settlement.openCount()).toBe(0), { timeout: 20_000, interval: 20 });
    const settled = await amounts(next.nodes);
    expect(settled).toEqual(posted(before));
    const { body } = await at.call(BANK, 'GET', `/v1/payments/${uetr}`);
    expect(body).toMatchObject({ status: 'ACCC', state: 'CLOSED' });
    const told = (await at.inbox(BANK, uetr)).map(({ message }) => message);
    expect(told.sort()).toEqual(['camt.054.001.08', 'pacs.002.001.10']);
  } finally {
    // What the dead processes still try is answered by the living.
    for (const [i, { jurisdiction }] of otkel.nodes.entries())
      for (const call of CALLS) Object.assign(jurisdiction, { [call]: next.nodes[i]?.jurisdiction[call] });
    await at.quiet();
    await next.stop();
  }
  const pools = new Map([...at.stack.databases].map(([role, { pool }]) => [role, pool]));
  await expectVerified(pools, (await readTrustedKeys(at.stack.keysFolder)).jurisdictions);
});

it('with HTTP between the gateway and the three jurisdictions: settled, or refused in the middle', async () => {
  world = await openWorld({ config: vehicleConfig(LEDGERS), scene: vehicleScene, arrangement: 'apart' });
  const { nodes } = world.stack.otkel;
  const before = await amounts(nodes);
  const settled = await world.post(fresh(world).xml);
  expect(settled.lines[0]).toMatchObject({ status: 'ACCC' });
  const refused = await world.post(fresh(world, undefined, setAmount('600000000.00')).xml);
  expect(refused.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AM04'] });
  await world.quiet();
  expect(await amounts(nodes)).toEqual(posted(before));
});

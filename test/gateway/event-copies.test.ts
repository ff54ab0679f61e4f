/**
 * Payments that wait for an event, with copies of the gateway that stop at each step of theirs: for ever, or until another
 * copy has ended what they began. Each payment ends once, with its money moved once and its bank told once.
 */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { eventPayments } from '../../src/gateway/event-payment.pg.js';
import type { GatewayNode } from '../../src/gateway/gateway-node.js';
import { DEFAULT_TIMES } from '../../src/pvp/terms.js';
import { openWorld, type World } from '../contract/support.js';
import { anotherCopy, gatewayPool } from '../support/another-copy.js';
import { type How, stoppingCopy } from '../support/stopping-copy.js';
import { waitingPayments } from '../support/waiting-payments.js';

/** Whoever takes over may take its time: no deadline passes meanwhile. */
const TIMES = { ...DEFAULT_TIMES, prepareMs: 120_000, voteMs: 180_000 };

type End = 'settles' | 'returns' | 'is held';

let world: World;
const { openProvider, registered, waiting, say } = waitingPayments(() => world);
beforeAll(async () => {
  world = await openWorld();
  await openProvider();
  // It takes messages, and looks after nothing that it has taken.
  await world.stack.otkel.gateway.stop();
});
afterAll(() => world.close());

const stopping = (instanceId: string, at: number, how: How) =>
  stoppingCopy(world.stack, { instanceId, at, how, change: { times: TIMES } });

type Posted = Awaited<ReturnType<typeof posted>>;

/** Payments, each where a copy is about to go on with it. */
async function posted(count: number, end: End) {
  const isHeld = end !== 'is held';
  const port = world.stack.otkel.nodes.find(({ config }) => config.code === 'KZ')!.events;
  const spy = isHeld ? null : vi.spyOn(port, 'holdForEvents').mockRejectedValue(new Error('gone'));
  const made = Array.from({ length: count }, async () => {
    const eventId = randomUUID();
    const hash = await registered(eventId);
    const { xml, uetr } = waiting(eventId, end === 'returns' ? 'RENEW/MIN/CNY999.00' : 'RENEW');
    const answer = await world.post(xml, { waitSeconds: null });
    expect(answer.lines[0]?.status).toBe(isHeld ? 'PDNG' : 'ACTC');
    if (isHeld) expect((await say(eventId, hash, 'happened')).status).toBe(200);
    return { uetr, eventId, hash };
  });
  const all = await Promise.all(made);
  spy?.mockRestore();
  return all;
}

const query = (text: string, ...values: unknown[]) => gatewayPool(world.stack).query(text, values);
const states = async (payments: Posted): Promise<string[]> => {
  const uetrs = payments.map(({ uetr }) => uetr);
  const { rows } = await query('SELECT state, status FROM payment WHERE uetr = ANY ($1)', uetrs);
  return rows.map(({ state, status }) => `${state} ${status}`);
};
const WANTED: Readonly<Record<End, string>> = {
  settles: 'CLOSED ACCC',
  returns: 'CLOSED RJCT',
  'is held': 'WAITING PDNG',
};
const untilAll = (payments: Posted, end: End) =>
  vi.waitFor(
    async () => {
      // Whoever stopped is taken for dead, sleepers too.
      await query("UPDATE gateway_instance SET lease_until = 0 WHERE instance_id LIKE 'stops-%'");
      expect([...new Set(await states(payments))]).toEqual([WANTED[end]]);
    },
    { timeout: 60_000, interval: 100 },
  );

const sums = async (): Promise<bigint[]> => {
  const all = await world.balances();
  return ['KZ-ALTNKZ20-1', 'KZ-FX-PROVIDER', 'CN-LONGCN20-1'].flatMap((walletId) =>
    all[walletId]!.split(' ').slice(0, 2).map(BigInt),
  );
};

/** What inboxes say of payments, the same of each. */
async function told(payments: Posted): Promise<string[]> {
  const uetrs = payments.map(({ uetr }) => uetr);
  const { rows } = await query(
    `SELECT string_agg(recipient || ' ' || message_id, ', ' ORDER BY recipient, message_id) AS told
       FROM unnest($1::text[]) AS n (uetr) LEFT JOIN inbox USING (uetr) GROUP BY n.uetr`,
    uetrs,
  );
  return [...new Set(rows.map((row) => String(row.told)))];
}
const TOLD: Readonly<Record<End, string>> = {
  settles:
    'ALTNKZ20 camt.054.001.08, ALTNKZ20 pacs.002.001.10, LONGCN20 camt.054.001.08, LONGCN20 pacs.008.001.08, OTKLKZ20 camt.054.001.08',
  returns: 'ALTNKZ20 pacs.002.001.10',
  'is held': 'null',
};
const MOVED: Readonly<Record<End, readonly bigint[]>> = {
  settles: [-1_000_000n, 0n, 1_000_000n, 0n, 13_500n, 0n],
  returns: [0n, 0n, 0n, 0n, 0n, 0n],
  'is held': [-1_000_000n, 1_000_000n, 0n, 0n, 0n, 0n],
};

/** How many steps a copy takes with one payment, its own upkeep among them. */
async function stepsOf(end: End): Promise<number> {
  const payments = await posted(1, end);
  const instanceId = `stops-${randomUUID()}`;
  const copy = await stopping(instanceId, Number.POSITIVE_INFINITY, 'dies');
  await give(payments[0]!.uetr, instanceId);
  await copy.node.start();
  await untilAll(payments, end);
  await copy.node.stop();
  return copy.steps();
}

/** Which copy looks after a payment; null where none does any more. */
const ownerOf = async (uetr: string): Promise<string | null> =>
  (await query('SELECT claimed_by FROM event_payment WHERE uetr = $1', uetr)).rows[0]?.claimed_by ?? null;

const give = async (uetr: string, instanceId: string): Promise<void> => {
  await query('INSERT INTO gateway_instance VALUES ($1, $2)', instanceId, Number.MAX_SAFE_INTEGER);
  for (const table of ['payment', 'event_payment'])
    await query(`UPDATE ${table} SET claimed_by = $2 WHERE uetr = $1`, uetr, instanceId);
};

it.each<End>(['is held', 'returns', 'settles'])(
  'a payment that %s does so once, wherever a copy stops',
  async (end) => {
    const count = await stepsOf(end);
    const stops = Array.from({ length: count }, (_, i) => i + 1).flatMap((at) =>
      (['dies', 'sleeps'] as const).map((how) => ({ at, how, instanceId: `stops-${randomUUID()}` })),
    );
    const before = await sums();
    const payments = await posted(stops.length, end);
    const copies = await Promise.all(stops.map(({ at, how, instanceId }) => stopping(instanceId, at, how)));
    for (const [i, { uetr }] of payments.entries()) await give(uetr, stops[i]!.instanceId);
    for (const { node } of copies) void node.start();
    // A copy may come to the end without its last step, which was of its upkeep.
    await vi.waitFor(
      async () => {
        const going = payments.filter((_, i) => !copies[i]!.isStopped());
        expect((await states(going)).filter((state) => state !== WANTED[end])).toEqual([]);
      },
      { timeout: 30_000, interval: 50 },
    );
    const heir: GatewayNode = await anotherCopy(world.stack, { times: TIMES });
    await heir.start();
    await untilAll(payments, end);
    const once = async () => {
      expect(await told(payments)).toEqual([TOLD[end]]);
      const each = (await sums()).map((minor, i) => minor - before[i]!);
      expect(each).toEqual(MOVED[end].map((minor) => minor * BigInt(payments.length)));
    };
    await once();
    for (const copy of copies) copy.wake();
    const sleepers = copies.filter((_, i) => stops[i]!.how === 'sleeps');
    await Promise.all(sleepers.map(({ node }) => node.stop()));
    await vi.waitFor(() => {
      const open = [heir, ...sleepers.map(({ node }) => node)].map(({ settlement }) => settlement.openCount());
      expect(Math.max(...open)).toBe(0);
    }, 20_000);
    expect([...new Set(await states(payments))]).toEqual([WANTED[end]]);
    await once();
    await heir.stop();
  },
);

it('a copy that is behind does not refuse what another one has brought to terms', async () => {
  const [payment] = await posted(1, 'settles');
  const { uetr } = payment!;
  const copy = await anotherCopy(world.stack);
  const records = await eventPayments(gatewayPool(world.stack), (await ownerOf(uetr))!, '', 500);
  const record = records.find((one) => one.uetr === uetr);
  await query("UPDATE payment SET state = 'PREPARING' WHERE uetr = $1", uetr);
  await copy.settlement.refuse(record!, { code: 'RATE_WORSE' });
  expect(await states([payment!])).toEqual(['PREPARING PDNG']);
  await query("UPDATE payment SET state = 'WAITING' WHERE uetr = $1", uetr);
  await copy.settlement.refuse(record!, { code: 'RATE_WORSE' });
  expect(await states([payment!])).toEqual(['CLOSED RJCT']);
  await query('INSERT INTO gateway_instance VALUES ($1, 0) ON CONFLICT DO NOTHING', await ownerOf(uetr));
  await query('UPDATE gateway_instance SET lease_until = 0');
  await copy.start();
  await vi.waitFor(async () => expect(await ownerOf(uetr)).toBeNull(), 10_000);
  await copy.stop();
});

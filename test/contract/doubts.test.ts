/** A payment in doubt, seen by its bank and by operators; contradictory evidence, seen and dealt with. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { jurisdictionMetrics } from '../../src/gateway/metrics.js';
import { systemClock } from '../../src/gateway/platform/runtime.js';
import { encodeAttestations } from '../../src/pvp/attestation.js';
import { ALARM_CODES } from '../../src/pvp/jurisdiction-port.js';
import { BANK, expectProblem, fresh, openWorld, type World } from './support.js';

let world: World;
const told: (readonly [string, readonly string[] | null])[] = [];
beforeAll(async () => {
  world = await openWorld({ onDoubt: (uetr, waitingFor) => void told.push([uetr, waitingFor]) });
});
afterAll(() => world.close());

const get = async (key: string, path: string) => JSON.parse((await world.call(key, 'GET', path)).text);
/** What the processes of all jurisdictions together count, by ledger and another label. */
const counted = (name: string, ledger: string, label: string): number => {
  const metrics = jurisdictionMetrics(world.stack.otkel.nodes, systemClock.now());
  const found = metrics
    .find((one) => one.name === name)
    ?.samples.find(({ labels }) => labels.ledger === ledger && Object.values(labels).includes(label));
  return found?.value ?? Number.NaN;
};
const metric = async (line: string): Promise<number> => {
  const { text } = await world.call('operator', 'GET', '/metrics');
  return Number(
    text
      .split('\n')
      .find((one) => one.startsWith(`${line} `))
      ?.slice(line.length + 1) ?? Number.NaN,
  );
};
const within = <T>(look: () => Promise<T>) => vi.waitFor(look, { timeout: 15_000, interval: 50 });

/** Nobody reaches a jurisdiction until the answer is called. */
function cutOff(code: string): () => void {
  const { jurisdiction } = world.stack.otkel.nodes.find(({ config }) => config.code === code)!;
  const gone = async () => Promise.reject(new Error('cut off'));
  const spies = (['deliver', 'cancel', 'query'] as const).map((name) =>
    vi.spyOn(jurisdiction, name).mockImplementation(gone),
  );
  return () => {
    for (const spy of spies) spy.mockRestore();
  };
}

describe('a payment in doubt', () => {
  it('is PDNG with its cause, since when and who must act, until the other side answers', {
    timeout: 60_000,
  }, async () => {
    const { xml, uetr } = fresh(world);
    const reconnect = cutOff('KZ');
    try {
      const posted = world.post(xml);
      const shown = await within(async () => {
        const found = await get(BANK, `/v1/payments/${uetr}`);
        expect(found.status).toBe('PDNG');
        return found;
      });
      expect(shown.inDoubt).toMatchObject({
        waitingFor: ['KZ'],
        cause: 'VOTE_UNKNOWN',
        whoMustAct: ['operator of jurisdiction KZ'],
      });
      const { payments } = await get('operator', '/v1/doubts');
      expect(payments).toEqual([
        expect.objectContaining({ uetr, sender: 'ALTNKZ20', inDoubt: expect.objectContaining({ waitingFor: ['KZ'] }) }),
      ]);
      const { legs } = await get('operator', '/v1/ledgers/CN/doubts');
      expect(legs).toEqual([{ uetr, inDoubt: expect.objectContaining({ waitingFor: ['KZ'], cause: 'VOTE_UNKNOWN' }) }]);
      expect(await metric('otkel_payments_in_doubt')).toBe(1);
      await within(async () => expect(counted('otkel_alarms_total', 'CN', 'IN_DOUBT')).toBe(1));
      await within(async () => expect(counted('otkel_in_doubt', 'CN', 'alarm')).toBe(1));
      reconnect();
      await posted;
    } finally {
      reconnect();
    }
    await world.quiet();
    expect(await get(BANK, `/v1/payments/${uetr}`)).toMatchObject({ state: 'CLOSED', inDoubt: null });
    expect(await get('operator', '/v1/doubts')).toEqual({ payments: [] });
    await within(async () => expect(await get('operator', '/v1/ledgers/CN/doubts')).toEqual({ legs: [] }));
    expect(await metric('otkel_payments_in_doubt')).toBe(0);
    expect(told).toEqual([
      [uetr, ['KZ']],
      [uetr, null],
    ]);
  });

  it('is listed for operators only', async () => {
    for (const path of ['/v1/doubts', '/v1/ledgers/KZ/doubts', '/v1/ledgers/KZ/equivocations'])
      expectProblem(await world.call(BANK, 'GET', path), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await world.call(BANK, 'POST', '/v1/ledgers/KZ/unfreeze'), 403, 'FORBIDDEN', 'AGNT');
  });
});

it('every alarm has its counter from the start', () => {
  for (const code of ALARM_CODES.filter((one) => one !== 'LEDGER_LOST'))
    expect(counted('otkel_alarms_total', 'KZ', code)).toBe(0);
});

it('a frozen corridor shows its evidence and takes payments again when an operator has said so', async () => {
  const { otkel, databases } = world.stack;
  const { jurisdiction } = otkel.nodes.find(({ config }) => config.code === 'KZ')!;
  const pvpId = randomUUID();
  await databases.get('signer-kz')!.pool.query(
    // As where the funds of a leg were gone: without votes.
    'INSERT INTO signer_equivocation (pvp_id, votes, found_at) VALUES ($1, $2, 1)',
    [pvpId, encodeAttestations([])],
  );
  // It may be looking at its ledger again by itself just then.
  await within(() => jurisdiction.recover());
  const stored = await get('operator', '/v1/ledgers/KZ/equivocations');
  expect(stored).toMatchObject({ frozen: true, evidence: [{ uetr: pvpId, closedAt: null }] });
  const [refused, accepted] = [fresh(world), fresh(world)];
  expect((await world.post(refused.xml)).lines).toMatchObject([{ status: 'RJCT' }]);
  const { status, text } = await world.call('operator', 'POST', '/v1/ledgers/KZ/unfreeze');
  expect(status).toBe(200);
  expect(JSON.parse(text)).toMatchObject({ frozen: false, evidence: [{ uetr: pvpId, closedAt: expect.any(String) }] });
  expect((await world.post(accepted.xml)).lines).toMatchObject([{ status: 'ACCC' }]);
});

import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import type { DatabaseRole } from '../../src/gateway/platform/databases.js';
import type { PvpKeyRecord } from '../../src/pvp/verify.js';
import { available, CUSTOMER_08, fresh, openWorld, setAmount, type World } from '../contract/support.js';
import { oneProvider } from '../support/one-provider.js';
import { findingsOf } from '../support/verified.js';

let world: World;
let pools: Map<DatabaseRole, pg.Pool>;
let keys: readonly PvpKeyRecord[];
let uetr: string;
beforeAll(async () => {
  world = await openWorld({
    config: { corridors: oneProvider({ queue: { waitMs: 3_600_000 } }) },
    allowed: ['PAYMENT_OPEN'],
  });
  pools = new Map([...world.stack.databases].map(([role, { pool }]) => [role, pool]));
  keys = (await readTrustedKeys(world.stack.keysFolder)).jurisdictions;
  // Nobody mends what is broken here.
  await world.stack.otkel.gateway.stop();
  const cn = world.stack.otkel.nodes.find(({ config }) => config.code === 'CN')!;
  const [debitWallet, creditWallet] = ['CN-FX-PROVIDER', 'CN-LONGCN20-2'];
  const amountMinor = await available(world, debitWallet);
  const drain = { kind: 'transfer', reference: 'drain', debitWallet, creditWallet, amountMinor } as never;
  expect((await cn.ledger.submit(drain)).ok).toBe(true);
  await pools.get('gateway')!.query(`UPDATE fx_counter SET amount = 0 WHERE measure = 'covered'`);
  const posted = fresh(world, CUSTOMER_08, setAmount('10000.00'));
  uetr = posted.uetr;
  expect((await world.post(posted.xml)).lines[0]?.status).toBe('PDNG');
});
afterAll(() => world.close());

/** What the audit says once `sql` was done, which is then undone. */
async function toldAfter(sql: string, undo: string): Promise<string[]> {
  const gateway = pools.get('gateway')!;
  await gateway.query(sql);
  const findings = await findingsOf(pools, keys);
  await gateway.query(undo);
  return findings.map(({ code, table, key, detail }) => `${code} ${table} ${key}: ${detail}`);
}

it('a payment that waits is not over, and is late when its time is up', async () => {
  const [finding, ...others] = await findingsOf(pools, keys);
  const { rows } = await pools.get('gateway')!.query(`SELECT facts->'queue'->>'until' AS until FROM payment`);
  expect(others).toEqual([]);
  expect(finding).toMatchObject({
    ...{ code: 'PAYMENT_OPEN', table: 'payment', key: uetr, detail: 'it waits for liquidity' },
    openSince: Number(rows[0].until),
  });
});

it('one that stands in no queue is told, and a place in the queue of a payment that does not wait', async () => {
  const name = (from: string, to: string) => `UPDATE fx_queue SET uetr = '${to}' WHERE uetr = '${from}'`;
  expect(await toldAfter(name(uetr, 'gone'), name('gone', uetr))).toEqual([
    'PAYMENT_OPEN fx_queue gone: it stands in the queue for liquidity and does not wait',
    `EVENT_MONEY payment ${uetr}: it waits and nobody looks after it`,
  ]);
});

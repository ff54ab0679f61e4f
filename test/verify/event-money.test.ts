import type pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import type { DatabaseRole } from '../../src/gateway/platform/databases.js';
import type { PvpKeyRecord } from '../../src/pvp/verify.js';
import { openWorld, type World } from '../contract/support.js';
import { findingsOf } from '../support/verified.js';
import { waitingPayments } from '../support/waiting-payments.js';

let world: World;
let pools: Map<DatabaseRole, pg.Pool>;
let keys: readonly PvpKeyRecord[];
let uetr: string;
const { openProvider, registered, waiting } = waitingPayments(() => world);
beforeAll(async () => {
  world = await openWorld();
  pools = new Map([...world.stack.databases].map(([role, { pool }]) => [role, pool]));
  keys = (await readTrustedKeys(world.stack.keysFolder)).jurisdictions;
  await openProvider();
  await registered('v-1');
  const posted = waiting('v-1', 'RENEW');
  uetr = posted.uetr;
  expect((await world.post(posted.xml)).lines[0]?.status).toBe('PDNG');
  // Nobody mends what is broken here.
  await world.stack.otkel.gateway.stop();
});
afterAll(() => world.close());

/** What the audit says about events once `sql` was done, which is then undone. */
async function toldAfter(sql: string, undo: string): Promise<string[]> {
  const gateway = pools.get('gateway')!;
  await gateway.query(sql);
  const findings = await findingsOf(pools, keys);
  await gateway.query(undo);
  return findings.filter(({ code }) => code === 'EVENT_MONEY').map(({ database, detail }) => `${database}: ${detail}`);
}

it('money that waits with its payment is in order', async () => {
  expect(await findingsOf(pools, keys)).toEqual([]);
});

it('held money whose payment is not there, or has ended with nobody to give it back, is told', async () => {
  const rename = (from: string, to: string) => `UPDATE payment SET uetr = '${to}' WHERE uetr = '${from}'`;
  const gone = await toldAfter(rename(uetr, 'gone'), rename('gone', uetr));
  expect(gone).toContain(`ledger-kz: it is held for ${uetr}, which the gateway has not`);
  const move = (from: string, to: string) => `UPDATE event_payment SET uetr = '${to}' WHERE uetr = '${from}'`;
  const closed = `UPDATE payment SET state = 'CLOSED', status = 'RJCT', closed_at = 1 WHERE uetr = '${uetr}'`;
  const open = `UPDATE payment SET state = 'WAITING', status = 'PDNG', closed_at = NULL WHERE uetr = '${uetr}'`;
  const ended = await toldAfter(`${move(uetr, 'gone')}; ${closed}`, `${move('gone', uetr)}; ${open}`);
  expect(ended).toEqual([`ledger-kz: it is held for ${uetr}, which has ended`]);
});

it('a payment that waits without anybody, or for money that is not held, is told', async () => {
  const move = (from: string, to: string) => `UPDATE event_payment SET uetr = '${to}' WHERE uetr = '${from}'`;
  const alone = await toldAfter(move(uetr, 'gone'), move('gone', uetr));
  expect(alone).toEqual(['gateway: it waits and nobody looks after it']);
  const name = (from: string, to: string) =>
    `UPDATE payment SET facts = replace(facts::text, '"${from}"', '"${to}"')::json WHERE uetr = '${uetr}'`;
  const empty = await toldAfter(name('v-1', 'v-2'), name('v-2', 'v-1'));
  expect(empty).toEqual(['gateway: it waits for v-2 and KZ holds nothing for it']);
});

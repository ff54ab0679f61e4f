/** Two copies of the gateway over one database: what one began the other may finish, once. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { demoConfig } from '../../src/gateway/demo.js';
import { type GatewayNode, openGateway } from '../../src/gateway/gateway-node.js';
import { readPublicKeyFile } from '../../src/gateway/identity/key-file.js';
import { systemClock, systemRandomness, systemTimers } from '../../src/gateway/platform/runtime.js';
import { BATCH_LIMITS } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { invariant } from '../../src/kernel/result.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';
import { DEFAULT_TIMES } from '../../src/pvp/terms.js';
import { createVerifier, type PvpKeyRecord } from '../../src/pvp/verify.js';
import { type Answer, BANK, CREDITOR_BANK, fresh, openWorld, type World } from '../contract/support.js';

let world: World;
let copy: GatewayNode;
beforeAll(async () => {
  world = await openWorld();
  copy = await anotherCopy();
});
afterAll(() => world.close());

const gatewayPool = () => {
  const database = world.stack.databases.get('gateway');
  invariant(database, 'the gateway has its database');
  return database.pool;
};

async function anotherCopy(): Promise<GatewayNode> {
  const { otkel, keysFolder } = world.stack;
  const keys = new Map<string, PvpKeyRecord>();
  for (const { config } of otkel.nodes) {
    for (const role of ['ledger', 'cosigner'] as const) {
      const keyId = `${role}-${config.code.toLowerCase()}`;
      const { suite, publicKey } = await readPublicKeyFile(join(keysFolder, `${keyId}.json`));
      keys.set(keyId, { keyId, owner: config.code, suite, publicKey, role, validFrom: 0, validTo: null });
    }
  }
  const provider = await world.stack.signer('provider');
  return openGateway({
    config: demoConfig,
    pool: gatewayPool(),
    instanceId: randomUUID(),
    jurisdictions: new Map(otkel.nodes.map(({ config, jurisdiction }) => [config.code, jurisdiction])),
    evidence: new Map(otkel.nodes.map(({ config, evidence }) => [config.code, evidence])),
    events: new Map(otkel.nodes.map(({ config, events }) => [config.code, events])),
    halts: new Map(otkel.nodes.map(({ config, halts }) => [config.code, halts])),
    trustedKeys: [...keys.values()],
    coSignerKeyId: (code) => `cosigner-${code.toLowerCase()}`,
    quoteSigner: () => createLocalQuoteSigner(provider),
    verifier: createVerifier({ key: (keyId) => keys.get(keyId) }),
    reader: createMessageReader({ limits: BATCH_LIMITS }),
    times: DEFAULT_TIMES,
    ...{ clock: systemClock, timers: systemTimers, random: systemRandomness, onFailure: () => undefined },
    onDoubt: () => undefined,
  });
}

it('a copy that takes over while the other is still alive: every payment ends once, every inbox item is there once', async () => {
  const posted: { readonly uetr: string; readonly answer: Promise<Answer> }[] = [];
  let taken = 0;
  // Payments are posted until one is taken while the copy that accepted it drives it too.
  await vi.waitFor(
    async () => {
      const { xml, uetr } = fresh(world);
      posted.push({ uetr, answer: world.post(xml, { waitSeconds: null }) });
      await gatewayPool().query('UPDATE gateway_instance SET lease_until = 0');
      taken += await copy.settlement.takeOver();
      expect(taken).toBeGreaterThan(0);
    },
    { timeout: 20_000, interval: 5 },
  );
  for (const { answer } of posted) expect([200, 202]).toContain((await answer).http);
  await world.quiet();
  await vi.waitFor(() => expect(copy.settlement.openCount()).toBe(0), 20_000);
  for (const { uetr } of posted) {
    const payment = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
    expect(payment.body).toMatchObject({ status: 'ACCC', state: 'CLOSED' });
    const told = await Promise.all([BANK, CREDITOR_BANK, 'provider'].map((key) => world.inbox(key, uetr)));
    expect(told.map((items) => items.map(({ message }) => message).sort())).toEqual([
      ['camt.054.001.08', 'pacs.002.001.10'],
      ['camt.054.001.08', 'pacs.008.001.08'],
      ['camt.054.001.08'],
    ]);
  }
});

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type pg from 'pg';
import { demoConfig } from '../../src/gateway/demo.js';
import { type GatewayNode, type GatewayNodeOptions, openGateway } from '../../src/gateway/gateway-node.js';
import { readPublicKeyFile } from '../../src/gateway/identity/key-file.js';
import { systemClock, systemRandomness, systemTimers } from '../../src/gateway/platform/runtime.js';
import { BATCH_LIMITS } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { invariant } from '../../src/kernel/result.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';
import { DEFAULT_TIMES } from '../../src/pvp/terms.js';
import { createVerifier, type PvpKeyRecord } from '../../src/pvp/verify.js';
import type { Stack } from './stack.js';

export function gatewayPool({ databases }: Stack): pg.Pool {
  const database = databases.get('gateway');
  invariant(database, 'the gateway has its database');
  return database.pool;
}

/** Another copy of the gateway of a stack, over its database, not started. */
export async function anotherCopy(stack: Stack, change: Partial<GatewayNodeOptions> = {}): Promise<GatewayNode> {
  const { otkel, keysFolder } = stack;
  const keys = new Map<string, PvpKeyRecord>();
  for (const { config } of otkel.nodes) {
    for (const role of ['ledger', 'cosigner'] as const) {
      const keyId = `${role}-${config.code.toLowerCase()}`;
      const { suite, publicKey } = await readPublicKeyFile(join(keysFolder, `${keyId}.json`));
      keys.set(keyId, { keyId, owner: config.code, suite, publicKey, role, validFrom: 0, validTo: null });
    }
  }
  const provider = await stack.signer('provider');
  return openGateway({
    config: demoConfig,
    pool: gatewayPool(stack),
    instanceId: randomUUID(),
    jurisdictions: new Map(otkel.nodes.map(({ config, jurisdiction }) => [config.code, jurisdiction])),
    evidence: new Map(otkel.nodes.map(({ config, evidence }) => [config.code, evidence])),
    events: new Map(otkel.nodes.map(({ config, events }) => [config.code, events])),
    halts: new Map(otkel.nodes.map(({ config, halts }) => [config.code, halts])),
    balances: new Map(otkel.nodes.map(({ config, balances }) => [config.code, balances])),
    trustedKeys: [...keys.values()],
    coSignerKeyId: (code) => `cosigner-${code.toLowerCase()}`,
    quoteSigner: () => createLocalQuoteSigner(provider),
    verifier: createVerifier({ key: (keyId) => keys.get(keyId) }),
    reader: createMessageReader({ limits: BATCH_LIMITS }),
    times: DEFAULT_TIMES,
    ...{ clock: systemClock, timers: systemTimers, random: systemRandomness, onFailure: () => undefined },
    onDoubt: () => undefined,
    onFunds: () => undefined,
    ...change,
  });
}

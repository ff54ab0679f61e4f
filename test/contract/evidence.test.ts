/** `GET /v1/payments/{uetr}/evidence`: jurisdictions prove their legs in process and over HTTP alike. */
import { expect, it } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import { verifyEvidence } from '../../src/gateway/evidence.js';
import { readEvidence } from '../../src/gateway/evidence-json.js';
import { createReader } from '../../src/gateway/readers.js';
import { BANK, expectProblem, fresh, openWorld } from './support.js';

it('answers what verifies with trusted keys alone, and 503 while a jurisdiction is away', async () => {
  const world = await openWorld();
  try {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    await world.quiet();
    const { status, text } = await world.call(BANK, 'GET', `/v1/payments/${uetr}/evidence`);
    expect(status).toBe(200);
    const keys = await readTrustedKeys(world.stack.keysFolder);
    expect((await verifyEvidence(readEvidence(text), keys, createReader())).faults).toEqual([]);
    const { evidence } = world.stack.otkel.nodes[1]!;
    evidence.evidence = async () => [];
    expectProblem(await world.call(BANK, 'GET', `/v1/payments/${uetr}/evidence`), 503, 'UNAVAILABLE', null);
  } finally {
    await world.close();
  }
});

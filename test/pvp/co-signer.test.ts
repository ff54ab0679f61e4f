import { describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../src/kernel/errors.js';
import type { LedgerCode, Uetr } from '../../src/kernel/ids.js';
import { createSigner, generateKeyPair } from '../../src/kernel/suites.js';
import { createCoSigner } from '../../src/pvp/co-signer.js';
import type { SignerRequest } from '../../src/pvp/signer.js';
import { EpochFencedError } from '../../src/pvp/signer-store.js';
import { createMemorySignerStore } from '../../src/pvp/signer-store.memory.js';
import { bytes, T0, uuid } from './world.js';

const abort = (): SignerRequest => ({
  ...{ vote: 'ABORT', pvpId: uuid() as Uetr, termsHash: new Uint8Array(0), peerVotes: [] },
  reason: 'CANCELLED' satisfies ErrorCode,
});

const open = (queueMax?: number) => {
  const store = createMemorySignerStore();
  const signers = [createSigner('KZ-1', 'ed25519', generateKeyPair('ed25519', bytes).secretKey)];
  const rules = { clock: { now: () => T0 }, clockErrorMs: 500, clockIsTrusted: () => true, queueMax };
  return { store, coSigner: createCoSigner({ ledger: 'KZ' as LedgerCode, store, signers, ...rules }) };
};

describe('co-signer', () => {
  it('fences the requests of an older epoch that share a batch with newer ones, and only them', async () => {
    const { store, coSigner } = open();
    const older = await store.raiseEpoch();
    const newer = await store.raiseEpoch();
    const [stale, fresh] = [abort(), abort()];
    const outcomes = await Promise.allSettled([coSigner.vote(older, [stale]), coSigner.vote(newer, [fresh])]);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: expect.any(EpochFencedError) });
    expect(outcomes[1]).toMatchObject({ status: 'fulfilled', value: [{ refused: null }] });
    expect(coSigner.counts.batches).toBe(1);
    expect([...(await store.entries([stale.pvpId, fresh.pvpId])).keys()]).toEqual([fresh.pvpId]);
    await expect(coSigner.vote(older, [stale])).rejects.toThrow(EpochFencedError);
  });

  it('refuses without voting when its queue is full', async () => {
    const { store, coSigner } = open(1);
    const epoch = await store.raiseEpoch();
    const requests = [abort(), abort()];
    const cast = await coSigner.vote(epoch, requests);
    expect(cast.map((item) => item.refused?.code ?? item.entry?.decision)).toEqual(['ABORT', 'QUEUE_FULL']);
    expect((await store.entries(requests.map((request) => request.pvpId))).size).toBe(1);
  });
});

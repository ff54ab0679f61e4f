import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LedgerCode, Uetr } from '../../src/kernel/ids.js';
import { createSigner, generateKeyPair } from '../../src/kernel/suites.js';
import {
  type Attestation,
  appliedLeaf,
  attest,
  decodeAttestations,
  encodeAttestations,
  readApplied,
  readReceipt,
  readVote,
  receiptLeaf,
  voteLeaf,
} from '../../src/pvp/attestation.js';
import { createVerifier, type PvpKeyRecord } from '../../src/pvp/verify.js';
import { bytes, T0, uuid } from './world.js';

const pair = generateKeyPair('ed25519', bytes);
const signer = createSigner('KZ-1', 'ed25519', pair.secretKey);
const key = {
  keyId: 'KZ-1',
  owner: 'KZ',
  suite: signer.suite,
  publicKey: signer.publicKey,
  validFrom: T0,
  validTo: T0 + 10,
};
const verifierFor = (role: PvpKeyRecord['role']) =>
  createVerifier({ key: (id) => (id === 'KZ-1' ? { ...key, role } : undefined) });

const receipt = (heldAt = T0) => ({
  ledger: 'KZ' as LedgerCode,
  pvpId: uuid() as Uetr,
  termsHash: bytes(32),
  holdId: 'h',
  heldAt,
});
const batch = (count: number): Attestation[] =>
  attest(
    'receipt',
    Array.from({ length: count }, () => receiptLeaf(receipt())),
    signer,
  );

/** As they arrive from another process: no object of {@link batch} is among them. */
const carried = (items: readonly Attestation[]) => decodeAttestations(Buffer.from(encodeAttestations(items)));

describe('attestations', () => {
  it('verify alone and together, for every size of batch, with one public-key operation', () => {
    for (let count = 1; count <= 33; count += 1) {
      const made = batch(count);
      for (const items of [made, carried(made)]) {
        const shared = verifierFor('ledger');
        for (const item of items) {
          expect(shared.receipt(item).ok).toBe(true);
          expect(verifierFor('ledger').receipt(item).ok).toBe(true);
        }
        expect(shared.counts.publicKeyOperations).toBe(1);
      }
    }
  });

  it('a cached batch refuses just what a fresh verifier refuses', () => {
    const items = carried(batch(21));
    const shared = verifierFor('ledger');
    for (const item of items) shared.receipt(item);
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.nat(20),
        fc.nat(20),
        fc.nat(31),
        fc.integer({ min: 0, max: 255 }),
        (i, j, index, at, flip) => {
          const item = items[i]!;
          const path = items[j]!.path.map((hash) => Uint8Array.from(hash));
          if (path[0]) path[at % path.length]![at] = path[at % path.length]![at]! ^ flip;
          const changed = { ...item, index, path };
          expect(shared.receipt(changed).ok).toBe(verifierFor('ledger').receipt(changed).ok);
        },
      ),
      { numRuns: 300 },
    );
    for (const item of items) expect(shared.receipt({ ...item, path: [...item.path, bytes(32)] }).ok).toBe(false);
    for (const item of items) expect(shared.receipt({ ...item, path: item.path.slice(0, -1) }).ok).toBe(false);
  });

  it('are refused by type, role, owner, key and time', () => {
    const item = batch(1)[0]!;
    const code = (result: { ok: boolean; error?: { code: string } }) => (result.ok ? 'ok' : result.error?.code);
    expect(code(verifierFor('cosigner').receipt(item) as never)).toBe('KEY_UNKNOWN');
    expect(code(verifierFor('cosigner').vote(item) as never)).toBe('CERTIFICATE_INVALID');
    expect(code(verifierFor('cosigner').vote({ ...item, type: 'vote' }) as never)).toBe('CERTIFICATE_INVALID');
    expect(code(verifierFor('ledger').receipt({ ...item, keyId: 'KZ-2' }) as never)).toBe('KEY_UNKNOWN');
    for (const heldAt of [T0 - 1, T0 + 10]) {
      const late = attest('receipt', [receiptLeaf(receipt(heldAt))], signer)[0]!;
      expect(code(verifierFor('ledger').receipt(late) as never)).toBe('KEY_UNKNOWN');
    }
    const foreign = attest('receipt', [receiptLeaf({ ...receipt(), ledger: 'CN' as LedgerCode })], signer)[0]!;
    expect(code(verifierFor('ledger').receipt(foreign) as never)).toBe('KEY_UNKNOWN');
  });

  it('leaves and lists read back as they were written, and nothing else reads', () => {
    const common = { ledger: 'KZ' as LedgerCode, pvpId: uuid() as Uetr, termsHash: Buffer.from(bytes(32)) };
    const held = { ...common, holdId: 'h', heldAt: T0 };
    const commit = {
      ...common,
      decision: 'COMMIT' as const,
      reason: null,
      decidedAt: T0,
      receiptsHash: Buffer.from(bytes(32)),
    };
    const abort = { ...commit, decision: 'ABORT' as const, reason: 'CANCELLED' as const, termsHash: Buffer.alloc(0) };
    const applied = { ...common, state: 'SETTLED' as const, blockSequence: 7n, endedAt: T0 };
    expect(readReceipt(receiptLeaf(held))).toEqual({ ok: true, value: held });
    expect(readVote(voteLeaf(commit))).toEqual({ ok: true, value: commit });
    expect(readVote(voteLeaf(abort))).toEqual({ ok: true, value: abort });
    const ofTomorrow = voteLeaf({ ...abort, reason: 'SANCTIONED' as never });
    expect(readVote(ofTomorrow)).toEqual({ ok: true, value: { ...abort, reason: 'PEER_ABORTED' } });
    expect(readApplied(appliedLeaf(applied))).toEqual({ ok: true, value: applied });
    for (const leaf of [
      voteLeaf({ ...commit, termsHash: new Uint8Array(0) }),
      voteLeaf({ ...abort, reason: null }),
      voteLeaf({ ...abort, reason: 'not a code' as never }),
      receiptLeaf(held),
    ]) {
      expect(readVote(leaf).ok).toBe(false);
    }
    const list = batch(3);
    expect(decodeAttestations(encodeAttestations(list)).map((item) => Buffer.from(item.leaf))).toEqual(
      list.map((item) => item.leaf),
    );
    expect(decodeAttestations(encodeAttestations([]))).toEqual([]);
    expect(() => decodeAttestations(encodeAttestations(list).subarray(0, -1))).toThrow(RangeError);
  });
});

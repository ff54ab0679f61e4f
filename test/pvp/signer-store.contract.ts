import { beforeEach, describe, expect, it } from 'vitest';
import type { LedgerCode, QuoteId, Uetr } from '../../src/kernel/ids.js';
import { createSigner, generateKeyPair } from '../../src/kernel/suites.js';
import { type Attestation, attest, voteLeaf } from '../../src/pvp/attestation.js';
import { createCoSigner } from '../../src/pvp/co-signer.js';
import type { SignerContext, SignerRequest } from '../../src/pvp/signer.js';
import { type Checkpoint, EpochFencedError, type SignerStore } from '../../src/pvp/signer-store.js';
import { createVerifier } from '../../src/pvp/verify.js';
import { bytes, T0, uuid } from './world.js';

const pair = generateKeyPair('ed25519', bytes);
const signer = createSigner('KZ-cosigner', 'ed25519', pair.secretKey);
const context: SignerContext = { now: T0, clockErrorMs: 500, clockIsTrusted: true, keyIds: [signer.keyId] };

type Commit = Extract<SignerRequest, { vote: 'COMMIT' }>;
const commit = (change: Partial<Commit> = {}): Commit => ({
  ...{
    vote: 'COMMIT',
    pvpId: uuid() as Uetr,
    termsHash: bytes(32),
    termsBytes: bytes(20),
    voteBy: T0,
    keyId: signer.keyId,
  },
  ...{ quoteIds: [uuid() as QuoteId], holdId: 'hold-1', heldAt: T0 - 1, tokenIds: [bytes(32), bytes(32)] },
  ...{ receiptsHash: bytes(32), receipts: [], peerVotes: [] },
  ...change,
});
const abort = (pvpId: Uetr, change: object = {}): SignerRequest => ({
  ...{ vote: 'ABORT', pvpId, termsHash: new Uint8Array(0), reason: 'CANCELLED', peerVotes: [] },
  ...change,
});
const peerVote = (ledger: string, pvpId: Uetr, decision: 'COMMIT' | 'ABORT'): Attestation => {
  const reason = decision === 'ABORT' ? ('CANCELLED' as const) : null;
  const vote = { ledger: ledger as LedgerCode, pvpId, termsHash: bytes(32), decision, reason, decidedAt: T0 };
  return attest('vote', [voteLeaf({ ...vote, receiptsHash: bytes(32) })], signer)[0]!;
};
const checkpoint = (position: bigint): Checkpoint => ({
  position,
  block: { sequence: position + 1n, hash: new Uint8Array(32).fill(Number(position)) },
});
const text = (point: Checkpoint | undefined) => ({
  ...{ position: `${point?.position}`, sequence: `${point?.block.sequence}`, hash: point?.block.hash },
});
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, v) => {
      // A Buffer comes here as its own JSON.
      const bytes = v?.type === 'Buffer' ? v.data : v;
      return v instanceof Uint8Array || v?.type === 'Buffer' ? Buffer.from(bytes).toString('hex') : v;
    }),
  );

/** What every signer's journal promises, whatever it is stored in. */
export function signerStoreContract(name: string, open: () => Promise<SignerStore>): void {
  describe(`signer journal, ${name}`, () => {
    let store: SignerStore;
    let epoch: bigint;
    beforeEach(async () => {
      store = await open();
      epoch = await store.raiseEpoch();
    });
    const ask = async (request: SignerRequest, change: Partial<SignerContext> = {}) =>
      (await store.vote(epoch, [request], { ...context, ...change }))[0]!;

    it('stores what it was shown and gives it back', async () => {
      const pvpId = uuid() as Uetr;
      const peerVotes = [peerVote('CN', pvpId, 'COMMIT')];
      const receipts = [{ ...peerVotes[0]!, type: 'receipt' as const }];
      const request = commit({ pvpId, peerVotes, receipts });
      const { entry } = await ask(request);
      const { vote, quoteIds, voteBy, ...shown } = request;
      expect([vote, quoteIds.length, voteBy]).toEqual(['COMMIT', 1, T0]);
      const expected = { ...shown, decision: 'COMMIT', reason: null, decidedAt: T0 };
      expect(plain(entry)).toEqual(plain(expected));
      expect(plain((await store.entries([pvpId])).get(pvpId))).toEqual(plain(expected));
      expect((await store.entries([uuid() as Uetr])).size).toBe(0);
    });

    it('votes once: the same again is repeated, the other and other terms are refused', async () => {
      const request = commit();
      const first = await ask(request);
      const again = await ask(request, { now: T0 + 60_000 });
      expect(again).toMatchObject({ refused: null, entry: { decision: 'COMMIT', decidedAt: T0 } });
      expect(plain(again.entry)).toEqual(plain(first.entry));
      const other = await ask(abort(request.pvpId));
      expect(other).toMatchObject({ refused: { code: 'HOLD_STATE' }, entry: { decision: 'COMMIT' } });
      const otherTerms = await ask({ ...request, termsHash: bytes(32) });
      expect(otherTerms).toMatchObject({ refused: { code: 'TERMS_CONFLICT' }, entry: { decision: 'COMMIT' } });
      const refused = commit();
      await ask(abort(refused.pvpId));
      expect(await ask(refused)).toMatchObject({ refused: { code: 'HOLD_STATE' }, entry: { decision: 'ABORT' } });
    });

    it('never commits after voteBy and the clock error, nor with a clock that is not proved', async () => {
      expect(await ask(commit(), { now: T0 + 500 })).toMatchObject({ entry: { decision: 'COMMIT' } });
      const late = await ask(commit(), { now: T0 + 501 });
      expect(late).toMatchObject({
        refused: { code: 'HOLD_STATE' },
        entry: { decision: 'ABORT', reason: 'VOTE_TOO_LATE' },
      });
      const request = commit();
      expect(await ask(request, { clockIsTrusted: false })).toMatchObject({
        entry: null,
        refused: { code: 'CLOCK_UNTRUSTED' },
      });
      expect(await ask(request)).toMatchObject({ entry: { decision: 'COMMIT' } });
      expect(await ask(request, { clockIsTrusted: false })).toMatchObject({
        entry: { decision: 'COMMIT' },
        refused: null,
      });
    });

    it('aborts for a key that it has not, and for a quote of another payment', async () => {
      expect(await ask(commit({ keyId: 'other' }))).toMatchObject({
        entry: { decision: 'ABORT', reason: 'KEY_UNKNOWN' },
      });
      const first = commit();
      await ask(first);
      const second = await ask(commit({ quoteIds: first.quoteIds }));
      expect(second).toMatchObject({ entry: { decision: 'ABORT', reason: 'QUOTE_USED' } });
    });

    it('answers a batch item by item, also with one payment twice in it', async () => {
      const first = commit();
      const requests = [first, abort(uuid() as Uetr), first, abort(first.pvpId), commit({ quoteIds: first.quoteIds })];
      const answers = await store.vote(epoch, requests, context);
      expect(answers.map((answer) => answer.entry?.decision)).toEqual(['COMMIT', 'ABORT', 'COMMIT', 'COMMIT', 'ABORT']);
      expect(answers.map((answer) => answer.refused?.code)).toEqual([
        undefined,
        undefined,
        undefined,
        'HOLD_STATE',
        'HOLD_STATE',
      ]);
    });

    it('answers new payments beside known ones, contradictions and used quotes of one batch', async () => {
      const [known, aborted, used] = [commit(), commit(), commit()];
      await store.vote(epoch, [known, abort(aborted.pvpId), used], context);
      const [first, second] = [commit(), commit()];
      const late = commit({ quoteIds: [uuid() as QuoteId, ...used.quoteIds] });
      const requests = [first, known, aborted, late, abort(uuid() as Uetr), second];
      const answers = await store.vote(epoch, requests, { ...context, now: T0 + 1 });
      expect(answers.map(({ entry, refused }) => [entry?.decision, entry?.decidedAt, refused?.code])).toEqual([
        ['COMMIT', T0 + 1, undefined],
        ['COMMIT', T0, undefined],
        ['ABORT', T0, 'HOLD_STATE'],
        ['ABORT', T0 + 1, 'HOLD_STATE'],
        ['ABORT', T0 + 1, undefined],
        ['COMMIT', T0 + 1, undefined],
      ]);
      expect(answers[3]!.entry!.reason).toBe('QUOTE_USED');
      const stored = await store.entries(requests.map((request) => request.pvpId));
      expect(requests.map(({ pvpId }) => plain(stored.get(pvpId)))).toEqual(answers.map(({ entry }) => plain(entry)));
    });

    it('journals one vote of two that contradict each other at the same moment', async () => {
      const requests = Array.from({ length: 8 }, () => commit());
      const [commits, aborts] = await Promise.all([
        store.vote(epoch, requests, context),
        store.vote(
          epoch,
          requests.map(({ pvpId }) => abort(pvpId)),
          context,
        ),
      ]);
      for (const [i, { entry }] of commits.entries()) {
        expect(plain(entry)).toEqual(plain(aborts[i]!.entry));
        expect([commits[i]!.refused, aborts[i]!.refused].filter((refused) => refused === null)).toHaveLength(1);
      }
    });

    it('serves one epoch at a time', async () => {
      const newer = await store.raiseEpoch();
      const request = commit();
      await expect(store.vote(epoch, [request], context)).rejects.toThrow(EpochFencedError);
      await expect(store.recordPeerVotes(epoch, [])).rejects.toThrow(EpochFencedError);
      await expect(store.keepCheckpoint(epoch, checkpoint(1n))).rejects.toThrow(EpochFencedError);
      expect((await store.entries([request.pvpId])).size).toBe(0);
      expect((await store.vote(newer, [request], context))[0]).toMatchObject({ refused: null });
    });

    it("counts a peer's first vote and never replaces it", async () => {
      const request = commit();
      const first = peerVote('CN', request.pvpId, 'COMMIT');
      await ask({ ...request, peerVotes: [first, peerVote('CN', request.pvpId, 'ABORT')] });
      const us = peerVote('US', request.pvpId, 'ABORT');
      const unknown = uuid() as Uetr;
      const entries = await store.recordPeerVotes(epoch, [
        { pvpId: request.pvpId, peerVotes: [peerVote('CN', request.pvpId, 'ABORT'), us] },
        { pvpId: unknown, peerVotes: [us] },
      ]);
      expect([...entries.keys()]).toEqual([request.pvpId]);
      for (const found of [entries, await store.entries([request.pvpId])]) {
        const leaves = found.get(request.pvpId)!.peerVotes.map((vote) => Buffer.from(vote.leaf));
        expect(leaves).toEqual([first.leaf, us.leaf]);
      }
    });

    it('lists entries as they were journalled, whatever the clock said, in pages', async () => {
      const start = await store.lastPosition();
      const requests = [3, -600_000, 1, 2, 2].map((plus) => ({ plus, request: commit({ voteBy: T0 + 10 }) }));
      for (const { plus, request } of requests) await ask(request, { now: T0 + plus });
      const first = await store.entriesAfter(start, 2);
      const rest = await store.entriesAfter(first.at(-1)!.position, 10);
      const found = [...first, ...rest];
      expect(first).toHaveLength(2);
      expect(found.map(({ entry }) => entry.pvpId)).toEqual(requests.map(({ request }) => request.pvpId));
      expect(found.at(-1)!.position).toBe(await store.lastPosition());
      expect(await store.entriesAfter(found.at(-1)!.position, 10)).toEqual([]);
    });

    it('keeps checkpoints, the newest first', async () => {
      const before = await store.checkpoints();
      await store.keepCheckpoint(epoch, checkpoint(7n));
      await store.keepCheckpoint(epoch, checkpoint(9n));
      const [newest, older, ...rest] = await store.checkpoints();
      expect(plain([newest, older].map(text))).toEqual(plain([checkpoint(9n), checkpoint(7n)].map(text)));
      expect(rest).toHaveLength(before.length);
    });

    it('keeps evidence until an operator has seen it', async () => {
      const pvpId = uuid() as Uetr;
      const votes = [peerVote('CN', pvpId, 'COMMIT'), peerVote('CN', pvpId, 'ABORT')];
      await store.keepEquivocations([{ pvpId, votes, foundAt: T0 }]);
      await store.keepEquivocations([{ pvpId, votes: [], foundAt: T0 + 1 }]);
      expect(plain(await store.openEquivocations())).toMatchObject(plain([{ pvpId, votes, foundAt: T0 }]) as object[]);
      await store.closeEquivocations(T0);
      expect(await store.openEquivocations()).toEqual([]);
    });

    it('a co-signer signs a batch once, and every vote verifies on its own', async () => {
      const clock = { now: () => T0 };
      const coSigner = createCoSigner({
        ...{
          ledger: 'KZ' as LedgerCode,
          store,
          signers: [signer],
          clock,
          clockErrorMs: 500,
          clockIsTrusted: () => true,
        },
      });
      const requests = Array.from({ length: 20 }, (_, i) => (i % 5 === 0 ? abort(uuid() as Uetr) : commit()));
      const cast = await coSigner.vote(epoch, requests);
      expect(coSigner.counts).toEqual({ batches: 1, signatures: 1 });
      const record = { ...{ keyId: signer.keyId, owner: 'KZ', suite: signer.suite, publicKey: signer.publicKey } };
      const key = { ...record, validFrom: 0, validTo: null, role: 'cosigner' as const };
      const verifier = createVerifier({ key: () => key });
      for (const [i, { attestation }] of cast.entries()) {
        const vote = verifier.vote(attestation!);
        expect(vote).toMatchObject({
          ok: true,
          value: { value: { pvpId: requests[i]!.pvpId, decision: requests[i]!.vote } },
        });
        const moved = { ...attestation!, index: (attestation!.index + 1) % 20 };
        expect(verifier.vote(moved)).toMatchObject({ ok: false, error: { code: 'CERTIFICATE_INVALID' } });
      }
    });
  });
}

import { createBatcher, QueueFullError } from '../kernel/batcher.js';
import type { Clock } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import type { LedgerCode } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import type { Signer } from '../kernel/signature.js';
import { type Attestation, attest, voteLeaf } from './attestation.js';
import type { SignerContext, SignerEntry, SignerRequest } from './signer.js';
import { EpochFencedError, type SignerStore } from './signer-store.js';

/**
 * The vote that stands after a request, with its proof; both null when the signer refused without voting, the proof
 * alone when the vote is by a key that it doesn't have.
 */
export interface CastVote {
  readonly entry: SignerEntry | null;
  readonly attestation: Attestation | null;
  /** Why it is not the vote that was asked for. */
  readonly refused: Refusal | null;
}

/**
 * S_X: the co-signer of one jurisdiction. A vote is durable in the journal before the key is used; a batch costs one
 * journal transaction and one signature.
 */
export interface CoSigner {
  readonly ledger: LedgerCode;
  readonly store: SignerStore;
  readonly keyIds: readonly string[];
  /** Journals and signs: one outcome per request, in order. Throws when the journal's outcome is unknown, or fenced. */
  vote(epoch: bigint, requests: readonly SignerRequest[]): Promise<CastVote[]>;
  /** Signs again what is journalled already; null where the vote is by a key that this signer doesn't have. */
  repeat(entries: readonly SignerEntry[]): (Attestation | null)[];
  readonly counts: { batches: number; signatures: number };
}

export interface CoSignerOptions {
  readonly ledger: LedgerCode;
  readonly store: SignerStore;
  /** The key in use first, then retired keys that may still have to repeat votes of theirs. */
  readonly signers: readonly Signer[];
  readonly clock: Clock;
  readonly clockErrorMs: number;
  /** False while the clock can't be proved against its reference. */
  readonly clockIsTrusted: () => boolean;
  readonly batchMax?: number;
  readonly queueMax?: number;
}

interface Asked {
  readonly epoch: bigint;
  readonly request: SignerRequest;
}

export function createCoSigner(options: CoSignerOptions): CoSigner {
  const { ledger, store, signers, clock } = options;
  const keyIds = signers.map((signer) => signer.keyId);
  const counts = { batches: 0, signatures: 0 };
  invariant(signers.length > 0, 'a co-signer has a key');

  const context = (): SignerContext => ({
    now: clock.now(),
    clockErrorMs: options.clockErrorMs,
    clockIsTrusted: options.clockIsTrusted(),
    keyIds,
  });

  /** One tree and one signature per key: one altogether, unless a retired key must repeat itself. */
  const repeat = (entries: readonly SignerEntry[]): (Attestation | null)[] => {
    const attestations: (Attestation | null)[] = new Array(entries.length).fill(null);
    for (const signer of signers) {
      const mine = [...entries.keys()].filter((i) => entries[i]!.keyId === signer.keyId);
      if (mine.length === 0) continue;
      counts.signatures += 1;
      const signed = attest(
        'vote',
        mine.map((i) => leafOf(ledger, entries[i]!)),
        signer,
      );
      for (const [at, i] of mine.entries()) attestations[i] = signed[at]!;
    }
    return attestations;
  };

  const flush = async (items: readonly Asked[]): Promise<(CastVote | EpochFencedError)[]> => {
    counts.batches += 1;
    // After a raise, one batch may hold requests of two epochs: the older ones are fenced, and they alone.
    const epoch = items.reduce((newest, item) => (item.epoch > newest ? item.epoch : newest), items[0]!.epoch);
    const current = items.filter((item) => item.epoch === epoch).map((item) => item.request);
    const stored = await store.vote(epoch, current, context());
    const signed = repeat(stored.flatMap((item) => (item.entry ? [item.entry] : [])));
    let at = 0;
    const cast = stored.map((item) => ({ attestation: item.entry ? signed[at++]! : null, ...item })).values();
    const fenced = () => new EpochFencedError(`an epoch older than ${epoch} is over`);
    return items.map((item) => (item.epoch === epoch ? cast.next().value! : fenced()));
  };
  const batcher = createBatcher(flush, { batchMax: options.batchMax ?? 512, queueMax: options.queueMax ?? 100_000 });

  const submit = async (asked: Asked): Promise<CastVote> => {
    try {
      const cast = await batcher.submit(asked);
      if (cast instanceof EpochFencedError) throw cast;
      return cast;
    } catch (error) {
      if (!(error instanceof QueueFullError)) throw error;
      return { entry: null, attestation: null, refused: refusal('QUEUE_FULL') };
    }
  };

  return {
    ledger,
    store,
    keyIds,
    counts,
    repeat,
    vote: (epoch, requests) => Promise.all(requests.map((request) => submit({ epoch, request }))),
  };
}

function leafOf(ledger: LedgerCode, entry: SignerEntry): Buffer {
  const { pvpId, termsHash, decision, reason, decidedAt, receiptsHash } = entry;
  return voteLeaf({ ledger, pvpId, termsHash, decision, reason, decidedAt, receiptsHash });
}

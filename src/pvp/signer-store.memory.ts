import type { QuoteId, Uetr } from '../kernel/ids.js';
import { answerOf, firstPerPeer, proposeEntry, type SignerEntry } from './signer.js';
import {
  CHECKPOINTS_KEPT,
  type Checkpoint,
  EpochFencedError,
  type Equivocation,
  type SignerStore,
  type StoredVote,
} from './signer-store.js';

/** A signer's journal in memory, for tests and simulation; it keeps its content across rebuilt jurisdictions. */
export function createMemorySignerStore(): SignerStore {
  const journal = new Map<Uetr, SignerEntry>();
  const quotes = new Map<QuoteId, Uetr>();
  const equivocations = new Map<string, Equivocation & { open: boolean }>();
  let current = 0n;
  const checkpoints: Checkpoint[] = [];

  const fence = (epoch: bigint): void => {
    if (epoch !== current) throw new EpochFencedError(`epoch ${epoch} is not ${current}`);
  };

  return {
    raiseEpoch: async () => {
      current += 1n;
      return current;
    },
    async vote(epoch, requests, context) {
      fence(epoch);
      return requests.map((request): StoredVote => {
        const quoteIds = request.vote === 'COMMIT' ? request.quoteIds : [];
        for (const quoteId of quoteIds) if (!quotes.has(quoteId)) quotes.set(quoteId, request.pvpId);
        const stored = journal.get(request.pvpId);
        if (stored) return { entry: stored, refused: answerOf(stored, request) };
        const taken = quoteIds.some((quoteId) => quotes.get(quoteId) !== request.pvpId);
        const proposal = proposeEntry(request, context, taken);
        if ('refused' in proposal) return { entry: null, refused: proposal.refused };
        journal.set(request.pvpId, proposal.entry);
        return { entry: proposal.entry, refused: answerOf(proposal.entry, request) };
      });
    },
    async recordPeerVotes(epoch, items) {
      fence(epoch);
      const entries = new Map<Uetr, SignerEntry>();
      for (const { pvpId, peerVotes } of items) {
        const stored = journal.get(pvpId);
        if (!stored) continue;
        const entry = { ...stored, peerVotes: firstPerPeer(stored.peerVotes, peerVotes) };
        journal.set(pvpId, entry);
        entries.set(pvpId, entry);
      }
      return entries;
    },
    async entries(pvpIds) {
      return new Map(pvpIds.flatMap((pvpId) => (journal.has(pvpId) ? [[pvpId, journal.get(pvpId)!] as const] : [])));
    },
    lastPosition: async () => BigInt(journal.size),
    async entriesAfter(position, limit) {
      // A map has its entries in the order in which they came, and none ever leaves.
      const entries = [...journal.values()].slice(Number(position), Number(position) + limit);
      return entries.map((entry, i) => ({ position: position + BigInt(i) + 1n, entry }));
    },
    checkpoints: async () => [...checkpoints],
    async keepCheckpoint(epoch, checkpoint) {
      fence(epoch);
      checkpoints.unshift(checkpoint);
      checkpoints.splice(CHECKPOINTS_KEPT);
    },
    async keepEquivocations(items) {
      for (const item of items) {
        if (!equivocations.has(item.pvpId)) equivocations.set(item.pvpId, { ...item, open: true });
      }
    },
    openEquivocations: async () => [...equivocations.values()].filter((item) => item.open),
    async closeEquivocations(at) {
      for (const item of equivocations.values()) if (item.foundAt <= at) item.open = false;
    },
  };
}

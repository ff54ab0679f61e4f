import { type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes } from '../kernel/hash.js';
import { isUuidV4, type LedgerCode, type Uetr } from '../kernel/ids.js';
import type { Hold } from '../ledger/types.js';
import { type Attestation, decodeAttestations, type Receipt, type Vote } from './attestation.js';
import { type LegEvent, type LegView, legState } from './leg.js';
import type { SignerEntry } from './signer.js';
import { type PvpTerms, type ReadTerms, readTerms } from './terms.js';
import { readVoter, type Verified, type Verifier } from './verify.js';

/** One payment on its way through the shell. */
export interface Work {
  readonly pvpId: Uetr;
  event: LegEvent;
  readonly receipts: Verified<Receipt>[];
  readonly votes: Verified<Vote>[];
  terms: PvpTerms | null;
  termsBytes: Uint8Array;
  hold: Hold | null;
  /** What ended the hold, as its row has it. */
  evidence: readonly Attestation[];
  entry: SignerEntry | null;
  /** Why the item could not be done, or why a shown statement was not believed. */
  refused: Refusal | null;
  /** Nothing more is tried for it in this call. */
  stalled: boolean;
  /** Why its trade is halted; null when it is not. */
  halted: Refusal | null;
}

const NOTHING = new Uint8Array(0);

export function newWork(pvpId: Uetr, event: LegEvent): Work {
  // Another spelling of an id would miss the row and the journal entry of the payment that it names.
  const isId = isUuidV4(pvpId);
  return {
    pvpId,
    event,
    receipts: [],
    votes: [],
    terms: null,
    termsBytes: NOTHING,
    hold: null,
    evidence: [],
    entry: null,
    refused: isId ? null : refusal('TERMS_INVALID', 'pvpId'),
    stalled: !isId,
    halted: null,
  };
}

/** Terms by their bytes, remembered by their hash for the rows that will name it. */
export interface TermsMemory {
  read(bytes: Uint8Array): ReadTerms;
  /** Terms that a row or an entry stores with their hash; each load brings the same bytes in new buffers. */
  stored(bytes: Uint8Array, hash: Uint8Array): ReadTerms | null;
}

const TERMS_MAX = 20_000;
/** Longer terms come from nobody who means to pay. */
const TERMS_BYTES_MAX = 16_384;

export function createTermsMemory(): TermsMemory {
  const byHash = new Map<string, ReadTerms>();
  const read: TermsMemory['read'] = (bytes) => {
    const found = readTerms(bytes);
    if (found.terms === null || bytes.length > TERMS_BYTES_MAX) return found;
    byHash.set(found.termsHash.toString('latin1'), found);
    if (byHash.size > TERMS_MAX) byHash.delete(byHash.keys().next().value as string);
    return found;
  };
  return {
    read,
    stored(bytes, hash) {
      const known = byHash.get(Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString('latin1'));
      if (known) return known;
      const found = read(bytes);
      return found.terms !== null && equalBytes(found.termsHash, hash) ? found : null;
    },
  };
}

const takeTerms = (work: Work, read: ReadTerms | null): void => {
  if (!read) return;
  work.terms = read.terms;
  work.termsBytes = read.bytes;
};

/**
 * Takes over the row. It decides which terms are in force; without a row the journal does. Throws `RangeError` when its
 * evidence can't be read.
 */
export function setHold(work: Work, hold: Hold | null, memory: TermsMemory): void {
  work.hold = hold;
  work.evidence = [];
  if (!hold) return;
  if (hold.data.length > 0) takeTerms(work, memory.stored(hold.data, hold.conditionHash));
  work.evidence = decodeAttestations(hold.evidence);
}

/**
 * Takes over the journal's entry. Where its statements can't be read, the vote itself still stands, can be repeated, and
 * `RangeError` is thrown.
 */
export function setEntry(work: Work, entry: SignerEntry, memory: TermsMemory): void {
  work.entry = bare(entry);
  const { receipts, peerVotes, tokenIds } = entry;
  if (receipts && peerVotes && tokenIds) work.entry = entry;
  const isInForce = work.hold === null || (work.terms === null && equalBytes(work.hold.conditionHash, entry.termsHash));
  if (entry.decision === 'COMMIT' && isInForce) takeTerms(work, memory.stored(entry.termsBytes, entry.termsHash));
}

/** Field by field: the statements are read when they are looked at. */
const bare = (entry: SignerEntry): SignerEntry => ({
  pvpId: entry.pvpId,
  decision: entry.decision,
  termsHash: entry.termsHash,
  reason: entry.reason,
  decidedAt: entry.decidedAt,
  keyId: entry.keyId,
  termsBytes: entry.termsBytes,
  holdId: entry.holdId,
  heldAt: entry.heldAt,
  receiptsHash: entry.receiptsHash,
  tokenIds: [],
  receipts: [],
  peerVotes: [],
});

/** A leg that must go on and whose terms neither row nor journal can tell. */
export const lacksTerms = ({ terms, hold, entry }: Work): boolean =>
  terms === null && (hold === null ? entry?.decision === 'COMMIT' : hold.state === 'HELD');

/** What the state machine looks at. */
export const viewOf = ({ hold, entry, terms }: Work): LegView => ({
  hold: hold && { state: hold.state, lapseAt: hold.lapseAt, termsHash: hold.conditionHash },
  entry,
  terms,
});

/** The state of the leg as the shell sees it. */
export const stateOf = (work: Work): ReturnType<typeof legState> => legState(viewOf(work));

/** Votes of peers that ended the leg, read from the row's evidence. */
export const storedPeerVotes = (work: Work, own: LedgerCode, verifier: Verifier): Verified<Vote>[] =>
  work.evidence.flatMap((attestation) => {
    const vote = readVoter(attestation) === own ? null : verifier.vote(attestation);
    return vote?.ok ? [vote.value] : [];
  });

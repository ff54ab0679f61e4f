import { equalBytes } from '../kernel/hash.js';
import type { Uetr } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import type { Hold, Ledger, LedgerCommand } from '../ledger/types.js';
import { encodeAttestations, type Receipt, receiptLeaf } from './attestation.js';
import type { LegAction } from './leg.js';
import type { LegShellOptions } from './leg-shell.js';
import type { Work } from './leg-work.js';
import type { SignerEntry, SignerRequest } from './signer.js';
import { chargeOfLeg, heldMinorOf, lapseAtOf, type PvpTerms, readTerms } from './terms.js';
import { receiptsHash, type Verified } from './verify.js';

const NOTHING = new Uint8Array(0);

/** The leaf of the own receipt, from the row: every repetition has the same bytes. */
export function ownReceiptLeaf(ledger: Ledger, hold: Hold): Buffer {
  const known = ownLeaves.get(hold);
  if (known) return known;
  const { conditionRef, conditionHash, holdId, heldAt } = hold;
  const receipt = { ledger: ledger.code, pvpId: conditionRef as Uetr, termsHash: conditionHash, holdId, heldAt };
  const leaf = receiptLeaf(receipt);
  ownLeaves.set(hold, leaf);
  return leaf;
}
const ownLeaves = new WeakMap<Hold, Buffer>();

/** What the ledger is asked to do for an action; null when it is the signer's, or nothing. */
export function commandOf(work: Work, action: LegAction, options: LegShellOptions): LedgerCommand | null {
  const { pvpId, hold } = work;
  const shared = { conditionKind: 'pvp', conditionRef: pvpId } as const;
  switch (action.do) {
    case 'placeHold': {
      invariant(work.event.kind === 'prepare' && work.event.terms, 'only a PREPARE places a hold');
      const { terms, termsHash: hash } = work.event;
      // A receipt of our own for these terms, and no hold: the ledger lost it. It comes back as the receipt has it.
      const lost = work.receipts.find(
        ({ value }) => value.ledger === options.ledger.code && equalBytes(value.termsHash, hash),
      );
      const heldAt = lost?.value.heldAt;
      return { kind: 'placeHold', heldAt, ...shared, ...reservation(work, terms, hash, options) };
    }
    case 'rebuild': {
      const { entry } = work;
      invariant(entry, 'a rebuild has an entry');
      const { terms, termsHash: hash } = readEntryTerms(entry);
      const rebuilt = { ...work, termsBytes: entry.termsBytes };
      const rebuild = { heldAt: entry.heldAt, suspenseWallet: options.suspenseWallet };
      return { kind: 'placeHold', ...shared, ...reservation(rebuilt, terms, hash, options), rebuild };
    }
    case 'tombstone': {
      const hash = work.event.kind === 'prepare' ? work.event.termsHash : (work.entry?.termsHash ?? NOTHING);
      const evidence = encodeAttestations(work.entry?.peerVotes ?? []);
      return { kind: 'tombstoneHold', ...shared, conditionHash: hash, reason: action.reason, evidence, data: NOTHING };
    }
    case 'settle': {
      invariant(hold, 'a settled leg has a hold');
      const evidence = encodeAttestations(action.certificate);
      return { kind: 'settleHold', conditionRef: pvpId, conditionHash: hold.conditionHash, evidence };
    }
    case 'release': {
      invariant(hold, 'a released leg has a hold');
      const evidence = encodeAttestations(action.evidence);
      const { reason } = action;
      return { kind: 'releaseHold', conditionRef: pvpId, conditionHash: hold.conditionHash, reason, evidence };
    }
    case 'vote':
    case 'recordPeerVotes':
    case 'nothing':
      return null;
  }
}

function readEntryTerms(entry: SignerEntry): { terms: PvpTerms; termsHash: Uint8Array } {
  const { terms, termsHash } = readTerms(entry.termsBytes);
  invariant(terms && equalBytes(termsHash, entry.termsHash), 'the journal has the terms of its COMMIT');
  return { terms, termsHash };
}

function reservation(work: Work, terms: PvpTerms, hash: Uint8Array, options: LegShellOptions) {
  const leg = terms.legs.find((item) => item.ledger === options.ledger.code);
  invariant(leg, 'the terms have a leg here');
  const { debitWallet, creditWallet, mark } = leg;
  const lapseAt = lapseAtOf(terms, options.times);
  const reserved = {
    conditionHash: hash,
    debitWallet,
    creditWallet,
    amountMinor: heldMinorOf(terms, leg),
    mark,
    charge: chargeOfLeg(terms, leg),
    lapseAt,
    data: work.termsBytes,
  };
  const { eventId, sourceMessageHash } = terms;
  if (eventId === undefined || leg !== terms.legs[0]) return reserved;
  return { ...reserved, event: { eventId, messageHash: sourceMessageHash } };
}

/** What the signer is asked to journal. */
export function requestOf(
  work: Work,
  action: Extract<LegAction, { do: 'vote' }>,
  options: LegShellOptions,
): SignerRequest {
  const { pvpId, hold, terms } = work;
  const own = options.ledger.code;
  const peerVotes = work.votes.filter((vote) => vote.value.ledger !== own).map((vote) => vote.attestation);
  if (action.vote === 'ABORT') {
    const hash = hold?.conditionHash ?? (work.event.kind === 'prepare' ? work.event.termsHash : NOTHING);
    return { vote: 'ABORT', pvpId, termsHash: hash, reason: action.reason, peerVotes };
  }
  invariant(hold && terms, 'a COMMIT has a hold and terms');
  const received = terms.legs.map((leg) => {
    if (leg.ledger === own) return null;
    const mine = ({ value }: Verified<Receipt>): boolean =>
      value.ledger === leg.ledger && equalBytes(value.termsHash, hold.conditionHash);
    return work.receipts.find(mine)?.attestation ?? null;
  });
  const leaves = received.map((receipt) => receipt?.leaf ?? ownReceiptLeaf(options.ledger, hold));
  return {
    vote: 'COMMIT',
    pvpId,
    termsHash: hold.conditionHash,
    termsBytes: work.termsBytes,
    voteBy: terms.voteBy,
    keyId: terms.coSignerKeyIds[terms.legs.findIndex((leg) => leg.ledger === own)]!,
    quoteIds: terms.quotes.map((quote) => quote.quoteId),
    holdId: hold.holdId,
    heldAt: hold.heldAt,
    tokenIds: hold.tokenIds,
    receiptsHash: receiptsHash(leaves),
    receipts: received.flatMap((receipt) => (receipt ? [receipt] : [])),
    peerVotes,
  };
}

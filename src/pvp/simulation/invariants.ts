import { equalBytes } from '../../kernel/hash.js';
import type { LedgerCode, QuoteId, Uetr } from '../../kernel/ids.js';
import type { BlockMutations } from '../../ledger/model.js';
import type { BlockCommit } from '../../ledger/store.js';
import type { Hold } from '../../ledger/types.js';
import { type Attestation, decodeAttestations, readReceipt, type Vote } from '../attestation.js';
import type { Decision } from '../coordinator.js';
import type { LegReport } from '../jurisdiction-port.js';
import type { SignerRequest } from '../signer.js';
import type { StoredVote } from '../signer-store.js';
import { DEFAULT_TIMES, type PvpTerms, readTerms } from '../terms.js';
import { certificateOf, createVerifier, type KeyRegister, type Verified, voteOf } from '../verify.js';
import type { LoggedPayment } from './gateway-log.js';
import { verifySimulated } from './keys.js';
import { BANK, isSameMark, type Order } from './orders.js';

/** A broken promise: which, and what was seen. */
export interface Violation {
  readonly invariant: string;
  readonly detail: string;
  readonly pvpId: Uetr | null;
}

/** What the parties of one ledger made durable, as the watcher saw it. */
interface Seen {
  readonly journal: Map<Uetr, { readonly decision: Vote['decision']; readonly termsHash: string }>;
  /** pvpId/termsHash of every hold that was ever durable. */
  readonly held: Set<string>;
  readonly ended: Map<Uetr, Hold['state']>;
  readonly quotes: Map<QuoteId, Uetr>;
}

/**
 * Watches every durable write and every statement that leaves a jurisdiction, and compares them with the protocol's
 * invariants. It knows what was ordered and what was quoted; it believes nobody.
 */
export interface Watcher {
  voted(code: LedgerCode, requests: readonly SignerRequest[], outcomes: readonly StoredVote[]): void;
  committed(code: LedgerCode, commit: BlockCommit): void;
  answered(code: LedgerCode, reports: readonly LegReport[]): void;
  finalised(row: LoggedPayment, decision: Decision | null): void;
  /** After a recovery: no COMMIT of the journal is without its row. */
  opened(code: LedgerCode, holds: ReadonlyMap<string, Hold>): void;
  /**
   * A failover lost rows of this ledger. With a liar among the peers a leg whose end was lost may end the other way: the
   * first voter's journal has no peer's COMMIT.
   */
  lost(code: LedgerCode): void;
  readonly journalled: (code: LedgerCode) => Uetr[];
  readonly violations: Violation[];
  readonly ledgers: ReadonlyMap<LedgerCode, Seen>;
  fail(invariant: string, detail: string, pvpId?: Uetr | null): void;
}

export interface WatcherOptions {
  readonly ledgers: readonly LedgerCode[];
  /** The jurisdiction whose co-signer lies: it is promised nothing. */
  readonly liar: LedgerCode | null;
  readonly keys: KeyRegister;
  readonly orders: ReadonlyMap<Uetr, readonly Order[]>;
  /** Hashes of all quotes that the provider signed, as `latin1` text. */
  readonly quoted: ReadonlySet<string>;
  /** What a gateway without rules writes into its log binds nobody. */
  readonly logIsTrusted: (row: LoggedPayment) => boolean;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');

export function createWatcher(options: WatcherOptions): Watcher {
  const { liar, orders } = options;
  const violations: Violation[] = [];
  const verifier = createVerifier(options.keys, 256, verifySimulated);
  const ledgers = new Map<LedgerCode, Seen>(
    options.ledgers.map((code) => [code, { journal: new Map(), held: new Set(), ended: new Map(), quotes: new Map() }]),
  );
  const fail: Watcher['fail'] = (invariant, detail, pvpId = null) => {
    if (violations.length < 20) violations.push({ invariant, detail, pvpId });
  };
  const votesIn = (bytes: Uint8Array): Verified<Vote>[] =>
    decodeAttestations(bytes).flatMap((item) => {
      const vote = verifier.vote(item);
      return vote.ok ? [vote.value] : [];
    });

  const ended = (code: LedgerCode, seen: Seen, hold: Hold): void => {
    const pvpId = hold.conditionRef as Uetr;
    const before = seen.ended.get(pvpId);
    if (before && before !== hold.state) fail('1 one end', `${code}: ${before}, then ${hold.state}`, pvpId);
    seen.ended.set(pvpId, hold.state);
    for (const [other, { ended: there }] of ledgers) {
      const state = there.get(pvpId);
      if (other !== liar && liar === null && state && state !== hold.state)
        fail('1 atomicity', `${code} ${hold.state}, ${other} ${state}`, pvpId);
    }
  };

  const settled = (code: LedgerCode, seen: Seen, hold: Hold): void => {
    const pvpId = hold.conditionRef as Uetr;
    const { terms, termsHash } = readTerms(hold.data);
    const votes = votesIn(hold.evidence);
    const isProven = terms && equalBytes(termsHash, hold.conditionHash) && certificateOf(terms, termsHash, votes);
    if (!isProven) fail('3 certificate', `${code} settled without one`, pvpId);
    if (!terms || !isOrdered(terms, orders.get(pvpId) ?? []))
      fail('authorisation', `${code} settled what nobody ordered`, pvpId);
    const leg = terms?.legs.find((item) => item.ledger === code);
    if (leg?.amountMinor !== hold.amountMinor || leg.creditWallet !== hold.creditWallet)
      fail('3 certificate', `${code} posted another leg`, pvpId);
    for (const quote of terms?.quotes ?? []) {
      const user = seen.quotes.get(quote.quoteId) ?? pvpId;
      if (user !== pvpId) fail('6 quote used once', `${code}: by ${user} too`, pvpId);
      seen.quotes.set(quote.quoteId, pvpId);
    }
    ended(code, seen, hold);
  };

  const released = (code: LedgerCode, seen: Seen, hold: Hold): void => {
    const pvpId = hold.conditionRef as Uetr;
    const vote = seen.journal.get(pvpId);
    if (!vote) fail('4 release', `${code} released before its journal said ABORT`, pvpId);
    const isAgainst = ({ value }: Verified<Vote>): boolean =>
      value.pvpId === pvpId &&
      value.ledger !== code &&
      (value.decision === 'ABORT' || hex(value.termsHash) !== vote?.termsHash);
    if (vote?.decision === 'COMMIT' && !votesIn(hold.evidence).some(isAgainst))
      fail('4 release', `${code} released after its COMMIT without a peer's ABORT`, pvpId);
    ended(code, seen, hold);
  };

  const held = (code: LedgerCode, seen: Seen, hold: Hold): void => {
    const pvpId = hold.conditionRef as Uetr;
    seen.held.add(pvpId + hex(hold.conditionHash));
    const { terms } = readTerms(hold.data);
    // The payer's side sees the order; every other one goes by what the provider signed.
    const isPayers = terms?.legs[0]?.ledger === code;
    if (!terms || (isPayers && !isOrdered(terms, orders.get(pvpId) ?? [])))
      fail('authorisation', `${code} held without an order`, pvpId);
    if (!terms?.quotes.every((quote) => options.quoted.has(hex(quote.quoteHash))))
      fail('authorisation', `${code} held without a quote`, pvpId);
  };

  const changed = (code: LedgerCode, { holdsPlaced, holdsReplaced, holdsEnded }: BlockMutations): void => {
    const seen = ledgers.get(code)!;
    for (const { hold } of [...holdsPlaced, ...holdsReplaced, ...holdsEnded]) {
      if (hold.conditionKind !== 'pvp') continue;
      if (hold.data.length > 0) held(code, seen, hold);
      if (hold.state === 'SETTLED') settled(code, seen, hold);
      if (hold.state === 'RELEASED') released(code, seen, hold);
    }
  };

  const voted: Watcher['voted'] = (code, requests, outcomes) => {
    const { journal, held: heldHere } = ledgers.get(code)!;
    for (const [i, { entry }] of outcomes.entries()) {
      if (!entry || code === liar) continue;
      const { pvpId, decision } = entry;
      const known = journal.get(pvpId);
      const termsHash = hex(entry.termsHash);
      if (known) {
        const isSame = known.decision === decision && (decision === 'ABORT' || known.termsHash === termsHash);
        if (!isSame) fail('2 one vote', `${code}: ${known.decision}, then ${decision}`, pvpId);
        continue;
      }
      journal.set(pvpId, { decision, termsHash });
      const request = requests[i]!;
      if (decision === 'ABORT' || request.vote === 'ABORT') continue;
      if (entry.decidedAt > request.voteBy + DEFAULT_TIMES.clockErrorMs)
        fail('7 late COMMIT', `${code} ${entry.decidedAt - request.voteBy} ms after voteBy`, pvpId);
      if (!heldHere.has(pvpId + termsHash)) fail('COMMIT without a hold', `${code} has no durable hold`, pvpId);
    }
  };

  const said = (code: LedgerCode, attestation: Attestation): void => {
    const vote = voteOf(attestation);
    if (vote && vote.ledger !== code) return;
    const seen = ledgers.get(code)!;
    if (vote) {
      const entry = seen.journal.get(vote.pvpId);
      const isJournalled = entry?.decision === vote.decision && entry.termsHash === hex(vote.termsHash);
      if (!isJournalled) fail('2 one vote', `${code} said ${vote.decision}, journal ${entry?.decision}`, vote.pvpId);
      return;
    }
    const receipt = attestation.type === 'receipt' ? readReceipt(attestation.leaf) : null;
    if (receipt?.ok && !seen.held.has(receipt.value.pvpId + hex(receipt.value.termsHash)))
      fail('receipt without a hold', code, receipt.value.pvpId);
  };

  return {
    violations,
    ledgers,
    fail,
    voted,
    lost(code) {
      if (liar !== null) ledgers.get(code)!.ended.clear();
    },
    journalled: (code) => [...ledgers.get(code)!.journal.keys()],
    committed(code, { mutations }) {
      if (code !== liar) changed(code, mutations);
    },
    answered(code, reports) {
      if (code === liar || !Array.isArray(reports)) return;
      for (const report of reports) {
        if (report?.vote) said(code, report.vote);
        if (report?.receipt) said(code, report.receipt);
      }
    },
    finalised(row, decision) {
      if (liar !== null || !decision || !options.logIsTrusted(row)) return;
      const { bytes, signature } = row.order;
      const isSigned = verifySimulated(BANK.suite, BANK.publicKey, bytes, signature);
      if (row.reason === 'AUTHORISATION_INVALID' && isSigned)
        fail('refusal', 'a signed order was refused as unauthorised', row.uetr);
      const votes = options.ledgers.flatMap((code) => ledgers.get(code)!.journal.get(row.uetr) ?? []);
      const commits = votes.filter((vote) => vote.decision === 'COMMIT');
      if (row.status === 'ACSC' && commits.length < (row.payment?.terms.legs.length ?? 0))
        fail('12 status', 'ACSC without every COMMIT', row.uetr);
      if (row.status === 'RJCT' && commits.length === votes.length)
        fail('12 status', 'RJCT without an ABORT', row.uetr);
      if (row.status === 'ACSC' && decision.decision === 'ABORT') fail('12 status', 'ACSC, then ABORT', row.uetr);
      if (row.status === 'RJCT' && decision.decision === 'COMMIT') fail('12 status', 'RJCT, then COMMIT', row.uetr);
    },
    opened(code, holds) {
      if (code === liar) return;
      for (const [pvpId, { decision, termsHash }] of ledgers.get(code)!.journal) {
        const hold = holds.get(pvpId);
        if (decision === 'COMMIT' && (!hold || hex(hold.conditionHash) !== termsHash))
          fail('recovery', `${code} opened without the row of its COMMIT`, pvpId);
      }
    },
  };
}

const isOrdered = ({ legs }: PvpTerms, orders: readonly Order[]): boolean =>
  orders.some(
    (order) =>
      legs[0]!.debitWallet === order.debitWallet &&
      legs[0]!.amountMinor === order.amountMinor &&
      isSameMark(legs[0]!.mark, order.payerMark) &&
      isSameMark(legs.at(-1)!.mark, order.payeeMark) &&
      legs.at(-1)!.creditWallet === order.creditWallet,
  );

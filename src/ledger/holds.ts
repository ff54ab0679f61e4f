import { ByteWriter } from '../kernel/bytes.js';
import { refusal } from '../kernel/errors.js';
import { equalBytes, sha256 } from '../kernel/hash.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { holdIdOf } from './canonical.js';
import { crossing } from './domestic/crossing.js';
import { type CommandRefusal, type Entry, type Pocket, pocketKey, type Token, type TokenDraft } from './model.js';
import { type Applied, change, freeToken, payingPocket, unmarked, walletFault } from './movement.js';
import type { Hold, LedgerCommand, LegCharge, MarkPlace } from './types.js';
import type { TransactionDraft, WorkingState } from './working.js';

/**
 * Holds: reserved funds under a condition reference. A hold ends settled or released, once. Every change is a
 * compare-and-set on reference, hash and state; a repetition answers the hold as it is.
 */
type Of<K extends LedgerCommand['kind']> = Extract<LedgerCommand, { kind: K }>;

const NOTHING = new Uint8Array(0);
const NO_ENTRIES: readonly Entry[] = [];
const conflict = (hold: Hold): Applied => err({ ...refusal('TERMS_CONFLICT', hold.conditionRef), hold });
const asItIs = (hold: Hold): Applied => ok({ blockSequence: hold.blockSequence, transactionId: null, hold });

/** Money of the payer that is held already: for an event whose entry is left so. */
export interface HeldAlready {
  readonly hold: Hold;
  readonly entry: Entry;
}

/**
 * Reserves the amount: the held token has exactly it, the change goes back to the payer. What is held already, in this
 * amount, is taken over.
 */
export function placeHold(state: WorkingState, command: Of<'placeHold'>, from?: HeldAlready): Applied {
  const known = state.hold(command.conditionRef);
  if (known) {
    if (equalBytes(known.conditionHash, command.conditionHash)) return asItIs(known);
    if (!command.rebuild || known.state === 'SETTLED') return conflict(known);
  }
  const source = fundedPocket(state, command, from?.hold ?? known);
  if (!source.ok) return source;
  const { pocket, creditMark } = source.value;
  // Only a rebuild comes here with a row of other terms: its money must be free before the row is replaced.
  if (known?.state === 'HELD') giveBack(state, known, 'TERMS_CONFLICT', NOTHING, NO_ENTRIES);
  const {
    conditionRef,
    conditionKind,
    conditionHash,
    creditWallet,
    amountMinor,
    lapseAt,
    data,
    charge = null,
  } = command;
  const heldAt = command.rebuild?.heldAt ?? command.heldAt ?? state.now;
  const held = {
    conditionRef,
    conditionKind,
    conditionHash,
    debitWallet: pocket.walletId,
    creditWallet,
    amountMinor,
    markId: pocket.markId,
    creditMark,
    charge,
    heldAt,
    lapseAt,
    data,
  };
  return from ? takeOver(state, held, from) : reserve(state, held, pocket, NO_ENTRIES);
}

/** Where a leg's money is reserved, and what it is under once it is the payee's. */
interface Source {
  readonly pocket: Pocket;
  readonly creditMark: MarkPlace | null;
}

/** The pocket whose money is reserved, or why there is none. */
function fundedPocket(
  state: WorkingState,
  command: Of<'placeHold'>,
  replaced: Hold | undefined,
): Result<Source, CommandRefusal> {
  const { debitWallet, creditWallet, amountMinor, mark, charge, rebuild } = command;
  if (debitWallet === creditWallet) return err(refusal('BAD_REQUEST', 'creditWallet'));
  const walletIds = [debitWallet, creditWallet, ...(charge ? [charge.walletId] : [])];
  const unknown = walletIds.find((walletId) => !state.wallet(walletId));
  if (unknown !== undefined) return err(refusal('WALLET_UNKNOWN', unknown));
  for (const walletId of rebuild ? [] : walletIds) {
    const fault = walletFault(state.wallet(walletId), walletId);
    if (fault) return err(fault);
  }
  const route = crossing(state, command);
  if (!route.ok && !rebuild) return route;
  const covers = (pocket: Pocket): boolean =>
    state.inPocket(pocket) + comingBack(state, replaced, pocket) >= amountMinor;
  const pocket = payingPocket(debitWallet, mark);
  // What the rule allowed once it allows for ever: where it does not now, the ledger lost the mark and what was under it.
  const arriving = route.ok ? route.value : null;
  if ((route.ok || mark?.side === 'credit') && covers(pocket)) return ok({ pocket, creditMark: arriving });
  if (!rebuild) return err(refusal('FUNDS_INSUFFICIENT'));
  const suspense = unmarked(rebuild.suspenseWallet);
  if (!state.wallet(suspense.walletId)) return err(refusal('WALLET_UNKNOWN', suspense.walletId));
  if (!covers(suspense)) return err(refusal('FUNDS_INSUFFICIENT'));
  return ok({ pocket: suspense, creditMark: mark?.side === 'credit' ? arriving : null });
}

/** What a hold that is about to be replaced gives back to a pocket. */
function comingBack(state: WorkingState, replaced: Hold | undefined, pocket: Pocket): bigint {
  if (replaced?.state !== 'HELD') return 0n;
  const isBack = tokensOf(state, replaced).every((token) => pocketKey(token) === pocketKey(pocket));
  return isBack ? replaced.amountMinor : 0n;
}

/** What a hold says of itself, whatever became of it. */
type HeldTerms = Pick<
  Hold,
  'conditionRef' | 'conditionKind' | 'conditionHash' | 'debitWallet' | 'creditWallet' | 'amountMinor' | 'markId'
> &
  Pick<Hold, 'creditMark' | 'charge' | 'heldAt' | 'lapseAt' | 'data'>;

/** Takes the amount out of a pocket, which must have it, and holds it there, under the mark that it has. */
export function reserve(state: WorkingState, terms: HeldTerms, pocket: Pocket, entries: readonly Entry[]): Applied {
  const { amountMinor, conditionRef } = terms;
  const inputs = state.take(pocket, amountMinor);
  const { walletId, markId, markLevel } = pocket;
  const outputs = [{ walletId, amountMinor, markId, markLevel, conditionRef }, ...change(inputs, pocket, amountMinor)];
  return standOn(state, terms, { kind: 'hold', amountMinor, posted: false, evidence: null, inputs, outputs, entries });
}

/** Ends one hold by another, which has its token from then on: at no moment it is free. */
function takeOver(state: WorkingState, terms: HeldTerms, { hold, entry }: HeldAlready): Applied {
  const inputs = tokensOf(state, hold);
  const { amountMinor, conditionRef } = terms;
  const outputs = inputs.map((token) => ({ ...freed(token, token.walletId), conditionRef }));
  const draft = {
    kind: 'hold',
    amountMinor,
    posted: false,
    evidence: null,
    inputs,
    outputs,
    entries: [entry],
  } as const;
  return standOn(state, terms, draft, endedHold(state, hold, { state: 'SETTLED', evidence: NOTHING, reason: null }));
}

type Standing = Pick<TransactionDraft, 'amountMinor' | 'posted' | 'evidence' | 'inputs' | 'outputs' | 'entries'> & {
  /** `draw` pays out a part of what is held, and the hold moves on to the rest. */
  readonly kind: 'hold' | 'draw';
};

/**
 * Posts a transaction and lets the hold stand on its first output, which is all that it holds: stores rely on it. `ended`
 * is a hold that the transaction ends by that.
 */
export function standOn(state: WorkingState, terms: HeldTerms, draft: Standing, ended?: Hold): Applied {
  const { conditionRef, conditionKind, conditionHash, debitWallet, creditWallet, creditMark, charge } = terms;
  const { heldAt, lapseAt, data } = terms;
  const { kind, amountMinor, posted, evidence, inputs, outputs, entries = NO_ENTRIES } = draft;
  const holdId = holdIdOf(state.ledger, conditionRef, conditionHash);
  const detail = new ByteWriter()
    .text(conditionKind)
    .bytes(conditionHash)
    .text(holdId)
    .integer(heldAt)
    .integer(lapseAt)
    .bytes(sha256(data));
  if (evidence) detail.bytes(sha256(evidence));
  if (creditMark) detail.text(creditMark.markId).integer(creditMark.markLevel);
  if (charge) writeCharge(detail, charge);
  const { transaction, made } = state.post({
    kind,
    reference: conditionRef,
    debitWallet,
    creditWallet,
    amountMinor,
    posted,
    detail: detail.finish(),
    data,
    evidence,
    inputs,
    outputs,
    entries,
    creditMark,
  });
  const token = made[0]!;
  const hold: Hold = {
    conditionRef,
    conditionKind,
    conditionHash,
    holdId,
    debitWallet,
    creditWallet,
    amountMinor: terms.amountMinor,
    markId: terms.markId,
    creditMark,
    charge,
    state: 'HELD',
    heldAt,
    lapseAt,
    data,
    evidence: NOTHING,
    reason: null,
    endedAt: null,
    blockSequence: state.sequence,
    tokenIds: [token.tokenId],
  };
  state.placeHold(hold, token, transaction.position);
  if (ended) state.endHold(ended, transaction.position);
  return ok({ blockSequence: state.sequence, transactionId: transaction.transactionId, hold });
}

/** Posts the hold: its money becomes the payee's, under what was said when it was held. Wallet states do not matter any more. */
export function settleHold(state: WorkingState, command: Of<'settleHold'>): Applied {
  const known = state.hold(command.conditionRef);
  if (!known) return err(refusal('HOLD_UNKNOWN', command.conditionRef));
  if (!equalBytes(known.conditionHash, command.conditionHash)) return conflict(known);
  if (known.state === 'SETTLED') return asItIs(known);
  if (known.state === 'RELEASED') return err({ ...refusal('HOLD_STATE', known.state), hold: known });
  const { amountMinor, creditWallet, creditMark, charge } = known;
  invariant(creditWallet, 'a hold of money has a payee');
  const inputs = tokensOf(state, known);
  const paid = (minor: bigint): TokenDraft => ({
    walletId: creditWallet,
    amountMinor: minor,
    markId: creditMark?.markId ?? null,
    markLevel: creditMark?.markLevel ?? null,
    conditionRef: null,
  });
  const { evidence } = command;
  if (charge === null) {
    const outputs = inputs.map((token) => paid(token.amountMinor));
    return payOut(state, known, { amountMinor, evidence, inputs, outputs });
  }
  const outputs = [paid(amountMinor - charge.amountMinor), freeToken(charge.walletId, charge.amountMinor)];
  // It pays two: each finds it among what it received.
  return payOut(state, known, { amountMinor, evidence, inputs, outputs, creditWallet: null });
}

/** How a hold's bytes name its charge; no mark has an empty id, which tells it from what stands there else. */
const writeCharge = (writer: ByteWriter, { walletId, amountMinor }: LegCharge): ByteWriter =>
  writer.text('').text(walletId).integer(amountMinor);

/** Ends the hold with its money paid out. */
export function payOut(
  state: WorkingState,
  known: Hold,
  paid: Pick<TransactionDraft, 'amountMinor' | 'inputs' | 'outputs' | 'entries'> & {
    readonly evidence: Uint8Array;
    /** Null where it pays several; absent: who the hold is for. */
    readonly creditWallet?: null;
  },
): Applied {
  const { conditionRef, debitWallet } = known;
  const { amountMinor, evidence, inputs, outputs, entries = NO_ENTRIES, creditWallet = known.creditWallet } = paid;
  const detail = new ByteWriter().bytes(known.conditionHash).bytes(sha256(evidence)).finish();
  const { transaction } = state.post({
    kind: 'settle',
    reference: conditionRef,
    debitWallet,
    creditWallet,
    amountMinor,
    posted: true,
    detail,
    data: null,
    evidence,
    inputs,
    outputs,
    entries,
  });
  const hold = endedHold(state, known, { state: 'SETTLED', evidence, reason: null });
  state.endHold(hold, transaction.position);
  return ok({ blockSequence: state.sequence, transactionId: transaction.transactionId, hold });
}

/** Gives the money back to the payer, under the mark it had. */
export function releaseHold(state: WorkingState, command: Of<'releaseHold'>): Applied {
  const known = state.hold(command.conditionRef);
  if (!known) return err(refusal('HOLD_UNKNOWN', command.conditionRef));
  if (!equalBytes(known.conditionHash, command.conditionHash)) return conflict(known);
  if (known.state === 'RELEASED') return asItIs(known);
  if (known.state === 'SETTLED') return err({ ...refusal('HOLD_STATE', known.state), hold: known });
  return giveBack(state, known, command.reason, command.evidence, NO_ENTRIES);
}

/** Ends the hold with its money where it came from, under the mark that it had. */
export function giveBack(
  state: WorkingState,
  known: Hold,
  reason: NonNullable<Hold['reason']>,
  evidence: Uint8Array,
  entries: readonly Entry[],
): Applied {
  const { conditionRef, debitWallet, amountMinor, creditMark } = known;
  const inputs = tokensOf(state, known);
  const outputs = inputs.map((token) => freed(token, token.walletId));
  const detail = new ByteWriter().bytes(known.conditionHash).text(reason).bytes(sha256(evidence));
  if (creditMark) detail.text(creditMark.markId).integer(creditMark.markLevel);
  const { transaction } = state.post({
    kind: 'release',
    reference: conditionRef,
    debitWallet,
    creditWallet: debitWallet,
    amountMinor,
    posted: false,
    detail: detail.finish(),
    data: null,
    evidence,
    inputs,
    outputs,
    entries,
    creditMark,
  });
  const hold = endedHold(state, known, { state: 'RELEASED', evidence, reason });
  state.endHold(hold, transaction.position);
  return ok({ blockSequence: state.sequence, transactionId: transaction.transactionId, hold });
}

/** The hold as its end leaves it. One literal: spreading two objects costs as much as posting a token. */
const endedHold = (state: WorkingState, known: Hold, end: Pick<Hold, 'state' | 'evidence' | 'reason'>): Hold => ({
  conditionRef: known.conditionRef,
  conditionKind: known.conditionKind,
  conditionHash: known.conditionHash,
  holdId: known.holdId,
  debitWallet: known.debitWallet,
  creditWallet: known.creditWallet,
  amountMinor: known.amountMinor,
  markId: known.markId,
  creditMark: known.creditMark,
  charge: known.charge,
  state: end.state,
  heldAt: known.heldAt,
  lapseAt: known.lapseAt,
  data: known.data,
  evidence: end.evidence,
  reason: end.reason,
  endedAt: state.now,
  blockSequence: state.sequence,
  tokenIds: known.tokenIds,
});

/** Held money in a wallet again, under the mark it had. */
export const freed = (token: Token, walletId: Token['walletId']): TokenDraft => ({
  walletId,
  amountMinor: token.amountMinor,
  markId: token.markId,
  markLevel: token.markLevel,
  conditionRef: null,
});

export function tokensOf(state: WorkingState, hold: Hold): readonly Token[] {
  const tokens = state.heldTokens(hold.conditionRef);
  const sum = tokens.reduce((total, token) => total + token.amountMinor, 0n);
  invariant(sum === hold.amountMinor && sum > 0n, 'the held tokens have the amount of their hold');
  return tokens;
}

/** Makes it a durable fact that nothing was reserved under this reference. */
export function tombstoneHold(state: WorkingState, command: Of<'tombstoneHold'>): Applied {
  const known = state.hold(command.conditionRef);
  if (known) return asItIs(known);
  const { conditionRef, conditionKind, conditionHash, reason, evidence, data } = command;
  const detail = new ByteWriter()
    .text(conditionKind)
    .bytes(conditionHash)
    .text(reason)
    .bytes(sha256(evidence))
    .bytes(sha256(data))
    .finish();
  const wallets = { debitWallet: null, creditWallet: null } as const;
  const fields = { kind: 'tombstone', reference: conditionRef, amountMinor: 0n, posted: false } as const;
  const { transaction } = state.post({ ...fields, ...wallets, detail, data, evidence, inputs: [], outputs: [] });
  const hold: Hold = {
    conditionRef,
    conditionKind,
    conditionHash,
    ...wallets,
    amountMinor: 0n,
    state: 'RELEASED',
    markId: null,
    creditMark: null,
    charge: null,
    holdId: holdIdOf(state.ledger, conditionRef, conditionHash),
    heldAt: state.now,
    lapseAt: state.now,
    endedAt: state.now,
    data,
    evidence,
    reason,
    blockSequence: state.sequence,
    tokenIds: [],
  };
  state.placeHold(hold, null, transaction.position);
  return ok({ blockSequence: state.sequence, transactionId: transaction.transactionId, hold });
}

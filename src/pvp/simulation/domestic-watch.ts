import type { LedgerCode, WalletId } from '../../kernel/ids.js';
import { verifySignature } from '../../kernel/suites.js';
import { type DecodedTransaction, decodeTransaction } from '../../ledger/canonical.js';
import { verifyConfirmation } from '../../ledger/confirmation.js';
import {
  type EventTerms,
  isHoldOfEvent,
  readStatements,
  type SignedStatement,
  shareOut,
  statementBytes,
  stateOf,
} from '../../ledger/domestic/event.js';
import { type BlockMutations, type Pocket, pocketKey, type TransactionToken } from '../../ledger/model.js';
import { unmarked } from '../../ledger/movement.js';
import type { BlockCommit } from '../../ledger/store.js';
import { type PvpLeg, readTerms } from '../terms.js';
import { ARRIVALS, ROUTE } from './deeds.js';
import { identityOf, MARK, PROVIDERS, walletOf } from './domestic.js';
import type { Watcher } from './invariants.js';
import { createSimulatedSigner, verifySimulated } from './keys.js';
import { oracleKeyId } from './oracle-machine.js';

/**
 * Watches what blocks do to marked money and to money that waits for an event, and compares it with the rules as the
 * simulation laid them down. It goes by what transactions state, and believes no state of the ledger's.
 */
export interface DomesticWatch {
  committed(code: LedgerCode, commit: BlockCommit): void;
  /** A failover left these blocks of a ledger and no others. */
  lost(code: LedgerCode, left: readonly BlockCommit[]): void;
  /** What domestic transactions brought to the pockets of a ledger; below zero is what they took. */
  readonly pockets: (code: LedgerCode) => ReadonlyMap<string, bigint>;
  /** Events that money is held for. */
  readonly held: (code: LedgerCode) => ReadonlyMap<string, HeldMoney>;
}

export interface DomesticWatchOptions {
  readonly ledgers: readonly LedgerCode[];
  /** Registered terms of an event of the plan by its hold's reference. */
  readonly events: ReadonlyMap<string, EventTerms>;
  /** Bytes of every statement that a provider signed, as `latin1` text. */
  readonly said: ReadonlySet<string>;
  /** How far a block's time is from the right one, milliseconds; null while the oracle's own clock is wrong. */
  readonly clockError: (code: LedgerCode, time: number) => number | null;
  readonly fail: Watcher['fail'];
}

interface HeldMoney {
  readonly leftMinor: bigint;
  /** Decisions so far. */
  readonly decisions: number;
}

/** One ledger, as its blocks so far make it. */
interface Seen {
  readonly pockets: Map<string, bigint>;
  readonly held: Map<string, HeldMoney>;
}

/** What a transaction brings to each place of money, a pocket or a hold of it. */
type Flows = Map<string, bigint>;

/** The oracle believes a block's time within 30 s of its own clock; the rest is for a block that is long under way. */
const CLOCK_ERROR_MS_MAX = 45_000;

const heldIn = (pocket: Pocket, reference: string): string => `${pocketKey(pocket)}\n@${reference}`;
const placeOf = (token: TransactionToken): string =>
  token.conditionRef === null ? pocketKey(token) : heldIn(token, token.conditionRef);

function add(flows: Flows, place: string, minor: bigint): void {
  const after = (flows.get(place) ?? 0n) + minor;
  if (after === 0n) flows.delete(place);
  else flows.set(place, after);
}

export function createDomesticWatch({ ledgers, events, said, clockError, fail }: DomesticWatchOptions): DomesticWatch {
  const seen = new Map<LedgerCode, Seen>();
  const start = (code: LedgerCode): Seen => {
    const fresh = { pockets: new Map(), held: new Map() };
    seen.set(code, fresh);
    return fresh;
  };
  ledgers.forEach(start);

  const confirmed = (code: LedgerCode, { block }: BlockCommit, bodies: readonly Uint8Array[]): void => {
    const keys = [createSimulatedSigner(oracleKeyId(code))];
    const fault = verifyConfirmation(identityOf(code), block, bodies, keys, verifySimulated);
    if (fault) fail('9 confirmation', `${code} block ${block.header.sequence}: ${fault}`);
    const error = block.confirmation ? clockError(code, block.header.time) : null;
    if (error !== null && Math.abs(error) > CLOCK_ERROR_MS_MAX)
      fail('9 clock', `${code} block ${block.header.sequence} is confirmed ${error} ms from the right time`);
  };

  const apply = (code: LedgerCode, { block, mutations }: BlockCommit, tell: Watcher['fail']): Uint8Array[] => {
    const known = seen.get(code)!;
    const positions = [...new Set(mutations.topics.map(({ position }) => position))].sort((a, b) => a - b);
    return positions.map((position) => {
      const { body, evidence } = mutations.transactions[position]!;
      const transaction = decodeTransaction(body);
      const about = { terms: events.get(transaction.reference ?? ''), leg: legOf(code, mutations, transaction) };
      const ended = { evidence: evidence ?? NONE, time: block.header.time, said };
      const faults = [
        ...(about.terms ? eventFaults(transaction, about.terms, known, ended) : []),
        ...moved(transaction, about, known),
      ];
      for (const [invariant, detail] of faults)
        tell(invariant, `${code} block ${block.header.sequence}, ${transaction.kind}: ${detail}`);
      return body;
    });
  };

  return {
    committed(code, commit) {
      const isDomestic = commit.mutations.topics.length > 0 || commit.block.confirmation !== null;
      if (isDomestic) confirmed(code, commit, apply(code, commit, fail));
    },
    lost(code, left) {
      start(code);
      for (const commit of left) apply(code, commit, () => undefined);
    },
    pockets: (code) => seen.get(code)!.pockets,
    held: (code) => seen.get(code)!.held,
  };
}

const NONE = new Uint8Array(0);
type Fault = readonly [invariant: string, detail: string];

/** The event that a transaction is about, or the leg of a payment to another ledger. */
interface About {
  readonly terms: EventTerms | undefined;
  readonly leg: PvpLeg | undefined;
}

function legOf(code: LedgerCode, changed: BlockMutations, { reference }: DecodedTransaction): PvpLeg | undefined {
  const rows = [...changed.holdsPlaced, ...changed.holdsReplaced, ...changed.holdsEnded];
  const row = rows.find(({ hold }) => hold.conditionKind === 'pvp' && hold.conditionRef === reference);
  return row && readTerms(row.hold.data).terms?.legs.find(({ ledger }) => ledger === code);
}

/** Takes over what a transaction does to money, and compares it with what its kind may do. */
function moved(transaction: DecodedTransaction, about: About, known: Seen): Fault[] {
  const flows: Flows = new Map();
  for (const token of transaction.inputs) add(flows, placeOf(token), -token.amountMinor);
  for (const token of transaction.outputs) add(flows, placeOf(token), token.amountMinor);
  const due = dueFlows(transaction, about, known);
  // What legs of payments to other ledgers do to unmarked money is known of their holds.
  const isOwn = (place: string): boolean => !place.includes('\n@') && (!about.leg || place.includes('\n'));
  for (const [place, minor] of flows) if (isOwn(place)) add(known.pockets, place, minor);
  if (about.terms) follow(transaction, about.terms, known);
  if (due === null) return [['8 marks', 'it may not be']];
  const isSame = due.size === flows.size && [...due].every(([place, minor]) => flows.get(place) === minor);
  if (!isSame) return [['8 marks', `${printed(flows)} instead of ${printed(due)}`]];
  return entryFaults(transaction, known);
}

const printed = (flows: Flows): string =>
  [...flows].map(([place, minor]) => `${minor} to ${place.replaceAll('\n', ' ')}`).join(', ') || 'nothing';

/** What a transaction has to do by what it says of itself; null where there may be no such transaction. */
function dueFlows(transaction: DecodedTransaction, { terms, leg }: About, known: Seen): Flows | null {
  const { kind, debitWallet, creditWallet, amountMinor, inputs } = transaction;
  const move = (from: string, ...to: (readonly [string, bigint])[]): Flows => {
    const flows: Flows = new Map();
    for (const [place, minor] of to) {
      add(flows, from, -minor);
      add(flows, place, minor);
    }
    return flows;
  };
  const [first] = inputs;
  switch (kind) {
    case 'register':
    case 'consolidate':
      return new Map();
    case 'mark':
      return move(pocketKey(unmarked(debitWallet!)), [
        pocketKey({ walletId: debitWallet!, markId: MARK, markLevel: 0 }),
        amountMinor,
      ]);
    case 'unmark':
      return first?.markId === MARK && first.walletId === debitWallet
        ? move(pocketKey(first), [pocketKey(unmarked(debitWallet)), amountMinor])
        : null;
    case 'spend': {
      if (first?.markId !== MARK || first.walletId !== debitWallet) return null;
      const to = routedTo(transaction.ledger.code, first, creditWallet!);
      return to && move(pocketKey(first), [pocketKey(to), amountMinor]);
    }
    default:
      if (terms) return dueOfEvent(transaction, terms, known, move);
      return leg ? dueOfLeg(transaction, leg, move) : null;
  }
}

type Move = (from: string, ...to: (readonly [string, bigint])[]) => Flows;

function dueOfEvent(
  { kind, ledger, reference, amountMinor }: DecodedTransaction,
  terms: EventTerms,
  known: Seen,
  move: Move,
): Flows | null {
  const own = { walletId: terms.debitWallet, markId: terms.markId, markLevel: terms.markLevel };
  const held = heldIn(own, reference!);
  const left = known.held.get(reference!)?.leftMinor ?? null;
  if (kind === 'hold') return left === null ? move(pocketKey(own), [held, terms.amountMinor]) : null;
  if (left === null) return null;
  if (kind === 'release') return move(held, [pocketKey(own), left]);
  if (kind !== 'settle' && kind !== 'draw') return null;
  const parts = shareOut(
    amountMinor,
    terms.receivers.map((receiver) => receiver.parts),
  );
  const to: (readonly [string, bigint])[] = [];
  for (const [i, { walletId }] of terms.receivers.entries()) {
    const pocket = routedTo(ledger.code, own, walletId);
    if (pocket === null) return null;
    to.push([pocketKey(pocket), parts[i]!]);
  }
  if (kind === 'settle') to.push([pocketKey(own), left - amountMinor]);
  return move(held, ...to);
}

/** A leg's money is held where it is, is the payee's under the mark that it comes to, or is back where it was. */
function dueOfLeg(
  { kind, ledger, reference, amountMinor, inputs, debitWallet, creditWallet }: DecodedTransaction,
  { mark }: PvpLeg,
  move: Move,
): Flows | null {
  const [first] = inputs;
  if (!first || first.walletId !== debitWallet) return null;
  const own = { walletId: debitWallet, markId: first.markId, markLevel: first.markLevel };
  const held = heldIn(own, reference!);
  // Where the ledger lost what the payer had, the suspense wallet pays with ordinary money.
  const isPaying = first.markId === null || (mark?.side === 'debit' && mark.markLevel === first.markLevel);
  if (!isPaying) return null;
  if (kind === 'hold') return move(pocketKey(own), [held, amountMinor]);
  if (kind === 'release') return move(held, [pocketKey(own), amountMinor]);
  const to =
    mark?.side === 'credit' ? arrivedAt(ledger.code, creditWallet!) : routedTo(ledger.code, own, creditWallet!);
  return kind === 'settle' && to ? move(held, [pocketKey(to), amountMinor]) : null;
}

function arrivedAt(code: LedgerCode, walletId: WalletId): Pocket | null {
  const arrival = ARRIVALS.find(([person]) => walletOf(code, person) === walletId);
  return arrival ? { walletId, markId: MARK, markLevel: arrival[1] } : null;
}

/** Where money of a pocket is once it is the payee's; null where the mark's route does not lead there. */
function routedTo(code: LedgerCode, { markId, markLevel }: Pocket, walletId: WalletId): Pocket | null {
  if (markId === null || markLevel === null || markLevel >= ROUTE.length) return unmarked(walletId);
  const isOnRoute = ROUTE[markLevel]!.some((person) => walletOf(code, person) === walletId);
  return isOnRoute ? { walletId, markId, markLevel: markLevel + 1 } : null;
}

function follow({ kind, reference, amountMinor }: DecodedTransaction, terms: EventTerms, { held }: Seen): void {
  const before = held.get(reference!);
  if (kind === 'hold') held.set(reference!, { leftMinor: terms.amountMinor, decisions: 0 });
  else if (kind === 'draw' && before)
    held.set(reference!, { leftMinor: before.leftMinor - amountMinor, decisions: before.decisions + 1 });
  else if (kind === 'settle' || kind === 'release') held.delete(reference!);
}

/** What the registry says of an event is what its hold is. */
function entryFaults({ reference, entries }: DecodedTransaction, { held }: Seen): Fault[] {
  if (reference === null || !isHoldOfEvent(reference)) return [];
  const left = held.get(reference)?.leftMinor ?? 0n;
  return entries.flatMap((entry): Fault[] => {
    if (entry.kind !== 'event') return [];
    const { phase, remainingMinor } = stateOf(entry);
    const isSame = remainingMinor === left && (phase === 'held') === held.has(reference);
    return isSame ? [] : [['9 events', `${reference} is ${phase} with ${remainingMinor}, held are ${left}`]];
  });
}

interface Ended {
  readonly evidence: Uint8Array;
  /** Of the block. */
  readonly time: number;
  readonly said: DomesticWatchOptions['said'];
}

/** Held money is paid out by signed statements before the expiry, and goes back by them, or by itself from then on. */
function eventFaults(transaction: DecodedTransaction, terms: EventTerms, known: Seen, ended: Ended): Fault[] {
  const { kind, reference } = transaction;
  const before = known.held.get(reference!);
  if (kind === 'hold')
    return ended.time < terms.expiresAt ? [] : [['9 events', `${reference} is held after its expiry`]];
  if (!before) return [['9 events', `${reference} ends once more`]];
  const isOver = ended.time >= terms.expiresAt;
  if (kind === 'release' && ended.evidence.length === 0)
    return isOver ? [] : [['9 events', `${reference} expired ${terms.expiresAt - ended.time} ms before its time`]];
  if (isOver) return [['9 events', `${reference} was decided after its expiry`]];
  const wanted = kind === 'release' ? 'refused' : 'happened';
  const amountMinor = kind === 'release' ? 0n : transaction.amountMinor;
  const decided = readStatements(ended.evidence).filter(
    (statement) =>
      statement.kind === wanted &&
      statement.amountMinor === amountMinor &&
      statement.sequence === before.decisions + 1 &&
      isSaid(transaction, terms, statement, ended.said),
  );
  const providers = new Set(decided.map(({ providerId }) => providerId));
  return providers.size >= terms.threshold ? [] : [['9 events', `${reference} was decided without its providers`]];
}

function isSaid(
  { ledger }: DecodedTransaction,
  terms: EventTerms,
  statement: SignedStatement,
  said: ReadonlySet<string>,
): boolean {
  const key = PROVIDERS.find(({ providerId }) => providerId === statement.providerId);
  const bytes = statementBytes(ledger, terms, statement);
  const isSigned = key !== undefined && verifySignature(key.suite, key.publicKey, bytes, statement.signature);
  return isSigned && said.has(bytes.toString('latin1'));
}

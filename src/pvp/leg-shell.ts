import type { Clock } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes } from '../kernel/hash.js';
import { isUuidV4, type LedgerCode, type Uetr, type WalletId } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import type { Signer } from '../kernel/signature.js';
import type { CommandResult, Hold, Ledger, LedgerCommand } from '../ledger/types.js';
import {
  type Attestation,
  decodeAttestations,
  encodeAttestations,
  type Receipt,
  receiptLeaf,
  type Vote,
} from './attestation.js';
import type { CoSigner } from './co-signer.js';
import type { Alarm } from './jurisdiction-port.js';
import { contradictions, decideLeg, firstVotes, type LegAction, type LegEvent, legState } from './leg.js';
import type { SignerEntry, SignerRequest } from './signer.js';
import { lapseAtOf, type PvpTerms, type PvpTimes, type ReadTerms, readTerms } from './terms.js';
import { readVoter, receiptsHash, type Verified, type Verifier } from './verify.js';

/** One payment on its way through the shell. */
export interface Work {
  readonly pvpId: Uetr;
  event: LegEvent;
  readonly receipts: Verified<Receipt>[];
  readonly votes: Verified<Vote>[];
  terms: PvpTerms | null;
  termsBytes: Uint8Array;
  hold: Hold | null;
  entry: SignerEntry | null;
  /** Why the item could not be done, or why a shown statement was not believed. */
  refused: Refusal | null;
  /** Nothing more is tried for it in this call. */
  stalled: boolean;
}

export interface LegShellOptions {
  readonly ledger: Ledger;
  readonly coSigner: CoSigner;
  readonly ledgerSigner: Signer;
  readonly verifier: Verifier;
  readonly suspenseWallet: WalletId;
  readonly clock: Clock;
  readonly times: PvpTimes;
  readonly alarm: Alarm;
  /** The leg's state machine. */
  readonly decide?: typeof decideLeg;
}

interface LedgerStep {
  readonly work: Work;
  readonly action: LegAction;
  readonly command: LedgerCommand;
}
interface SignerStep {
  readonly work: Work;
  readonly action: LegAction;
}

/** Does what {@link decideLeg} says, durably and in batches. */
export interface LegShell {
  readonly options: LegShellOptions;
  /** Ledger epoch under which the co-signer serves this shell. */
  epoch: bigint;
  /** True once a peer's contradictory votes, or lost funds, were found: no new holds. */
  frozen: boolean;
  work(pvpId: Uetr, event: LegEvent, shown?: { receipts: readonly Attestation[]; votes: readonly Attestation[] }): Work;
  show(work: Work, shown: { receipts: readonly Attestation[]; votes: readonly Attestation[] }): void;
  /** Terms by their bytes, remembered by their hash for the rows that will name it. */
  readTerms(bytes: Uint8Array): ReadTerms;
  /** Reads rows and, where asked for or where there is no row, journal entries. */
  load(works: readonly Work[], entries: boolean): Promise<void>;
  /**
   * Acts until there is nothing to do. One ledger batch and one signer batch per round. `epoch` is the one in which
   * the works were loaded: the signer takes no vote on what was read before a recovery.
   */
  run(works: readonly Work[], epoch: bigint): Promise<void>;
}

const ROUNDS_MAX = 20;
const TERMS_CACHE_MAX = 20_000;
const NOTHING = new Uint8Array(0);

export function createLegShell(options: LegShellOptions): LegShell {
  const { ledger, coSigner, verifier, clock, decide: nextAction = decideLeg } = options;
  const termsByHash = new Map<string, ReadTerms>();
  const config = { ledger: ledger.code };

  const remembered = (bytes: Uint8Array): ReadTerms => {
    const read = readTerms(bytes);
    termsByHash.set(read.termsHash.toString('latin1'), read);
    if (termsByHash.size > TERMS_CACHE_MAX) termsByHash.delete(termsByHash.keys().next().value as string);
    return read;
  };
  /** Terms that a row or an entry of our own stores with their hash; each load brings the same bytes in new buffers. */
  const storedTerms = (bytes: Uint8Array, hash: Uint8Array): ReadTerms =>
    termsByHash.get(Buffer.from(hash.buffer, hash.byteOffset, hash.length).toString('latin1')) ?? remembered(bytes);

  const show: LegShell['show'] = (work, shown) => {
    for (const attestation of shown.receipts) {
      const receipt = verifier.receipt(attestation);
      if (receipt.ok && receipt.value.value.pvpId === work.pvpId) work.receipts.push(receipt.value);
      else work.refused ??= receipt.ok ? refusal('CERTIFICATE_INVALID', 'of another payment') : receipt.error;
    }
    for (const attestation of shown.votes) {
      const vote = verifier.vote(attestation);
      if (vote.ok && vote.value.value.pvpId === work.pvpId) work.votes.push(vote.value);
      else work.refused ??= vote.ok ? refusal('CERTIFICATE_INVALID', 'of another payment') : vote.error;
    }
  };

  /** The row decides which terms are in force; without a row the journal does. */
  const setHold = (work: Work, hold: Hold | null): void => {
    work.hold = hold;
    if (!hold || hold.data.length === 0) return;
    const { bytes, terms } = storedTerms(hold.data, hold.conditionHash);
    work.termsBytes = bytes;
    work.terms = terms;
  };
  const setEntry = (work: Work, entry: SignerEntry | null): void => {
    work.entry = entry;
    if (entry?.decision !== 'COMMIT' || work.hold) return;
    const { bytes, terms } = storedTerms(entry.termsBytes, entry.termsHash);
    work.termsBytes = bytes;
    work.terms = terms;
  };

  const shell: LegShell = {
    options,
    epoch: 0n,
    frozen: false,
    readTerms: remembered,
    show,
    work: (pvpId, event, shown) => {
      // Another spelling of an id would miss the row and the journal entry of the payment that it names.
      const isId = isUuidV4(pvpId);
      const fresh: Work = {
        pvpId,
        event,
        receipts: [],
        votes: [],
        terms: null,
        termsBytes: NOTHING,
        hold: null,
        entry: null,
        refused: isId ? null : refusal('TERMS_INVALID', 'pvpId'),
        stalled: !isId,
      };
      if (shown) show(fresh, shown);
      return fresh;
    },
    async load(given, entries) {
      const works = given.filter((work) => isUuidV4(work.pvpId));
      if (works.length === 0) return;
      const ids = works.map((work) => work.pvpId);
      const [holds, journal] = await Promise.all([
        ledger.holds(ids),
        entries ? coSigner.store.entries(ids) : new Map<Uetr, SignerEntry>(),
      ]);
      for (const work of works) setHold(work, holds.get(work.pvpId) ?? null);
      const rowless = entries ? [] : ids.filter((_, i) => works[i]!.hold === null);
      const more = rowless.length > 0 ? await coSigner.store.entries(rowless) : journal;
      for (const work of works) {
        const entry = journal.get(work.pvpId) ?? more.get(work.pvpId);
        if (entry) setEntry(work, entry);
      }
    },
    async run(works, epoch) {
      let active = works;
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        active = await act(active, epoch);
        if (active.length > 0) continue;
        await keepContradictions(works);
        return;
      }
      throw new Error('invariant broken: a leg comes to rest');
    },
  };

  /** One ledger batch, then one signer batch over what follows from it; answers the works that are not at rest yet. */
  const act = async (works: readonly Work[], epoch: bigint): Promise<Work[]> => {
    const ledgerSteps: LedgerStep[] = [];
    const signerSteps: SignerStep[] = [];
    const moved: Work[] = [];
    for (const work of works) {
      const action = decide(work);
      const command = commandOf(work, action, options);
      if (command) ledgerSteps.push({ work, action, command });
      else if (action.do !== 'nothing') signerSteps.push({ work, action });
    }
    await ledgerRound(ledgerSteps);
    for (const { work } of ledgerSteps) {
      const action = decide(work);
      if (action.do === 'nothing') continue;
      if (action.do === 'vote' || action.do === 'recordPeerVotes') signerSteps.push({ work, action });
      else moved.push(work);
    }
    await signerRound(signerSteps, epoch);
    for (const { work } of signerSteps) moved.push(work);
    return moved;
  };

  const decide = (work: Work): LegAction => {
    if (work.stalled) return { do: 'nothing', refused: null };
    const hold = work.hold && {
      ...{ state: work.hold.state, lapseAt: work.hold.lapseAt },
      termsHash: work.hold.conditionHash,
    };
    const view = { hold, entry: work.entry, terms: work.terms };
    const action = nextAction(view, work.event, work, clock.now(), config);
    if (action.do === 'nothing' && action.refused) work.refused ??= action.refused;
    return action;
  };

  const ledgerRound = async (todo: readonly LedgerStep[]): Promise<void> => {
    if (todo.length === 0) return;
    const results = await Promise.allSettled(todo.map(({ command }) => ledger.submit(command)));
    const frozenBy: Uetr[] = [];
    for (const [i, result] of results.entries()) {
      const { work, action } = todo[i]!;
      if (result.status === 'rejected') throw result.reason;
      if (applied(work, action, result.value)) frozenBy.push(work.pvpId);
    }
    if (frozenBy.length > 0) await freeze(frozenBy.map((pvpId) => ({ pvpId, votes: [] })));
  };

  /** Takes over what the ledger answered; true when the payer's funds were gone and suspense money holds the leg. */
  const applied = (work: Work, action: LegAction, result: CommandResult): boolean => {
    if (result.ok) {
      setHold(work, result.value.hold);
      if (action.do !== 'rebuild' || !work.hold || !work.terms) return false;
      const leg = work.terms.legs.find((item) => item.ledger === ledger.code);
      if (leg?.debitWallet === work.hold.debitWallet) return false;
      raise('page', 'FUNDS_GONE', work.pvpId, 'the suspense wallet holds the leg');
      return true;
    }
    const { hold, ...refused } = result.error;
    if (refused.code === 'QUEUE_FULL') {
      // Nothing was done and nothing is decided by it: whoever asked asks again.
      work.refused = refused;
      work.stalled = true;
      return false;
    }
    if (action.do === 'placeHold') {
      // A row of other terms is answered with; anything else refuses the leg, and the journal hears of it first.
      if (hold) setHold(work, hold);
      else if (work.event.kind === 'prepare') work.event = { ...work.event, refused };
      work.refused = refused;
      return false;
    }
    const code = action.do === 'rebuild' ? 'REBUILD_FAILED' : 'LEDGER_CONTRADICTS';
    raise('page', code, work.pvpId, `${action.do}: ${refused.code}`);
    if (hold) setHold(work, hold);
    work.refused = refused;
    work.stalled = true;
    return false;
  };

  const signerRound = async (todo: readonly SignerStep[], epoch: bigint): Promise<void> => {
    const asked: { work: Work; request: SignerRequest }[] = [];
    const heard: { work: Work; votes: readonly Attestation[] }[] = [];
    for (const { work, action } of todo) {
      if (action.do === 'vote') asked.push({ work, request: requestOf(work, action, options) });
      if (action.do === 'recordPeerVotes') heard.push({ work, votes: action.votes.map((vote) => vote.attestation) });
    }
    if (heard.length > 0) {
      const items = heard.map(({ work, votes }) => ({ pvpId: work.pvpId, peerVotes: votes }));
      const entries = await coSigner.store.recordPeerVotes(epoch, items);
      for (const { work } of heard) work.entry = entries.get(work.pvpId) ?? work.entry;
    }
    if (asked.length > 0) {
      const cast = await coSigner.vote(
        epoch,
        asked.map(({ request }) => request),
      );
      for (const [i, { work }] of asked.entries()) takeVote(work, cast[i]!);
    }
  };

  /** What counts is the vote that came back, not the one that was asked for. */
  const takeVote = (work: Work, cast: Awaited<ReturnType<CoSigner['vote']>>[number]): void => {
    if (!cast.entry || !cast.attestation) {
      work.refused = cast.refused;
      work.stalled = true;
      return;
    }
    setEntry(work, cast.entry);
    const { pvpId, termsHash: hash, decision, reason, decidedAt, receiptsHash: receipts } = cast.entry;
    const value: Vote = {
      ledger: ledger.code,
      pvpId,
      termsHash: hash,
      decision,
      reason,
      decidedAt,
      receiptsHash: receipts,
    };
    work.votes.push({ value, attestation: cast.attestation });
  };

  const keepContradictions = async (works: readonly Work[]): Promise<void> => {
    const found: { pvpId: Uetr; votes: readonly Attestation[] }[] = [];
    for (const work of works) {
      if (!work.votes.some((vote) => vote.value.ledger !== ledger.code)) continue;
      const stored = firstVotes(work.entry, { votes: storedPeerVotes(work, ledger.code, verifier) }, ledger.code);
      const peers = [...stored, ...work.votes].filter((vote) => vote.value.ledger !== ledger.code);
      const pair = contradictions(peers);
      if (pair.length === 0) continue;
      found.push({ pvpId: work.pvpId, votes: pair.map((vote) => vote.attestation) });
      raise('page', 'EQUIVOCATION', work.pvpId, `${pair[0]!.value.ledger} signed contradictory votes`);
    }
    if (found.length > 0) await freeze(found);
  };

  const freeze = async (items: readonly { pvpId: Uetr; votes: readonly Attestation[] }[]): Promise<void> => {
    shell.frozen = true;
    await coSigner.store.keepEquivocations(items.map((item) => ({ ...item, foundAt: clock.now() })));
  };

  const raise = (level: 'alarm' | 'page', code: Parameters<Alarm['raise']>[0]['code'], pvpId: Uetr, detail: string) =>
    options.alarm.raise({ level, code, ledger: ledger.code, pvpId, detail });

  return shell;
}

/** Votes of peers that ended the leg, read from the row's evidence. */
function storedPeerVotes(work: Work, own: LedgerCode, verifier: Verifier): Verified<Vote>[] {
  return evidenceOf(work).flatMap((attestation) => {
    const vote = readVoter(attestation) === own ? null : verifier.vote(attestation);
    return vote?.ok ? [vote.value] : [];
  });
}

export const evidenceOf = (work: Work): readonly Attestation[] =>
  work.hold ? decodeAttestations(work.hold.evidence) : [];

/** The state of the leg as the shell sees it. */
export const stateOf = (work: Work): ReturnType<typeof legState> =>
  legState({
    hold: work.hold && { state: work.hold.state, lapseAt: work.hold.lapseAt, termsHash: work.hold.conditionHash },
    entry: work.entry,
    terms: work.terms,
  });

/** The leaf of the own receipt, from the row: every repetition has the same bytes. */
export function ownReceiptLeaf(ledger: Ledger, hold: Hold): Buffer {
  const known = ownLeaves.get(hold);
  if (known) return known;
  const { conditionRef, conditionHash, holdId, heldAt } = hold;
  const named = { ledger: ledger.code, pvpId: conditionRef as Uetr, termsHash: conditionHash };
  const leaf = receiptLeaf({ ...named, holdId, heldAt });
  ownLeaves.set(hold, leaf);
  return leaf;
}
const ownLeaves = new WeakMap<Hold, Buffer>();

function commandOf(work: Work, action: LegAction, options: LegShellOptions): LedgerCommand | null {
  const { pvpId, hold } = work;
  const shared = { conditionKind: 'pvp', conditionRef: pvpId } as const;
  switch (action.do) {
    case 'placeHold': {
      invariant(work.event.kind === 'prepare' && work.event.terms, 'only a PREPARE places a hold');
      return { kind: 'placeHold', ...shared, ...reservation(work, work.event.terms, work.event.termsHash, options) };
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
  const { terms } = readTerms(entry.termsBytes);
  invariant(terms, 'journalled terms are valid');
  return { terms, termsHash: entry.termsHash };
}

function reservation(work: Work, terms: PvpTerms, hash: Uint8Array, options: LegShellOptions) {
  const leg = terms.legs.find((item) => item.ledger === options.ledger.code);
  invariant(leg, 'the terms have a leg here');
  const { debitWallet, creditWallet, amountMinor, markId } = leg;
  const lapseAt = lapseAtOf(terms, options.times);
  return { conditionHash: hash, debitWallet, creditWallet, amountMinor, markId, lapseAt, data: work.termsBytes };
}

function requestOf(work: Work, action: Extract<LegAction, { do: 'vote' }>, options: LegShellOptions): SignerRequest {
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
    ...{ vote: 'COMMIT', pvpId, termsHash: hold.conditionHash, termsBytes: work.termsBytes, voteBy: terms.voteBy },
    keyId: terms.coSignerKeyIds[terms.legs.findIndex((leg) => leg.ledger === own)]!,
    quoteIds: terms.quotes.map((quote) => quote.quoteId),
    ...{ holdId: hold.holdId, heldAt: hold.heldAt, tokenIds: hold.tokenIds },
    receiptsHash: receiptsHash(leaves),
    receipts: received.flatMap((receipt) => (receipt ? [receipt] : [])),
    peerVotes,
  };
}

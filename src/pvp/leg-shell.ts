import type { Clock } from '../kernel/clock.js';
import { refusal } from '../kernel/errors.js';
import { equalBytes } from '../kernel/hash.js';
import type { LedgerCode, Uetr, WalletId } from '../kernel/ids.js';
import { isUuidV4 } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import type { Signer } from '../kernel/signature.js';
import type { CommandResult, Hold, Ledger, LedgerCommand } from '../ledger/types.js';
import type { Attestation, Vote } from './attestation.js';
import type { ClockProof } from './clock-proof.js';
import type { CoSigner } from './co-signer.js';
import type { Alarm, PvpAlarm } from './jurisdiction-port.js';
import { contradictions, decideLeg, firstVotes, type LegAction, type LegEvent } from './leg.js';
import { commandOf, requestOf } from './leg-commands.js';
import {
  createTermsMemory,
  lacksTerms,
  newWork,
  setEntry,
  setHold,
  storedPeerVotes,
  viewOf,
  type Work,
} from './leg-work.js';
import type { SignerEntry, SignerRequest } from './signer.js';
import type { PvpTimes, ReadTerms } from './terms.js';
import { readVoter, type Verifier } from './verify.js';

export interface LegShellOptions {
  readonly ledger: Ledger;
  readonly coSigner: CoSigner;
  readonly ledgerSigner: Signer;
  readonly verifier: Verifier;
  readonly suspenseWallet: WalletId;
  readonly clock: Clock;
  /** Told the times in the statements of peers. */
  readonly clockProof?: ClockProof;
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
  /**
   * No new holds for payments with a leg on one of these: a peer whose contradictory votes were found, or this ledger
   * itself, whose funds were gone.
   */
  readonly frozen: Set<LedgerCode>;
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

const NOTHING_TO_DO: LegAction = { do: 'nothing', refused: null };
const ROUNDS_MAX = 20;
/** A page about a leg that stays as it is, is raised again no sooner. */
const PAGE_AGAIN_MS = 60_000;
const PAGES_KEPT = 10_000;

export function createLegShell(options: LegShellOptions): LegShell {
  const { ledger, coSigner, verifier, clock, decide: nextAction = decideLeg } = options;
  const memory = createTermsMemory();
  const config = { ledger: ledger.code };

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

  /** What can't be done for one leg, because its records are not what they must be, stops that leg and no other. */
  const isolated = <T>(work: Work, step: () => T): T | null => {
    try {
      return step();
    } catch (error) {
      work.stalled = true;
      work.refused = refusal('RECORD_CORRUPT');
      raise('RECORD_CORRUPT', work.pvpId, error instanceof Error ? error.message : String(error));
      return null;
    }
  };
  const takeHold = (work: Work, hold: Hold | null) => isolated(work, () => setHold(work, hold, memory));
  const takeEntry = (work: Work, entry: SignerEntry): void => {
    if (!coSigner.keyIds.includes(entry.keyId)) raise('KEY_MISSING', work.pvpId, entry.keyId);
    isolated(work, () => setEntry(work, entry, memory));
  };

  const shell: LegShell = {
    options,
    epoch: 0n,
    frozen: new Set(),
    readTerms: memory.read,
    show,
    work: (pvpId, event, shown) => {
      const fresh = newWork(pvpId, event);
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
      for (const work of works) takeHold(work, holds.get(work.pvpId) ?? null);
      const rowless = entries ? [] : ids.filter((_, i) => works[i]!.hold === null || lacksTerms(works[i]!));
      const more = rowless.length > 0 ? await coSigner.store.entries(rowless) : journal;
      for (const work of works) {
        const entry = journal.get(work.pvpId) ?? more.get(work.pvpId);
        if (entry) takeEntry(work, entry);
        isolated(work, () => invariant(!lacksTerms(work), 'row or journal has the terms of the leg'));
      }
    },
    async run(works, epoch) {
      works.forEach(hear);
      let active = works;
      for (let round = 0; round < ROUNDS_MAX; round += 1) {
        active = await act(active, epoch);
        if (active.length > 0) continue;
        await keepContradictions(works);
        return;
      }
      for (const work of active) isolated(work, () => invariant(false, 'a leg comes to rest'));
      await keepContradictions(works);
    },
  };

  /** What peers say of their clocks. A COMMIT follows the receipts of all other legs, ours too. */
  const hear = (work: Work): void => {
    if (!options.clockProof) return;
    for (const { value } of [...work.receipts, ...work.votes]) {
      if (value.ledger === ledger.code) continue;
      const { hold } = work;
      const isAfter = 'decision' in value && value.decision === 'COMMIT' && hold !== null;
      const notBefore = isAfter && equalBytes(hold.conditionHash, value.termsHash) ? hold.heldAt : null;
      const at = 'decidedAt' in value ? value.decidedAt : value.heldAt;
      options.clockProof.heard({ ledger: value.ledger, at, notBefore });
    }
  };

  /** One ledger batch, then one signer batch over what follows from it; answers the works that are not at rest yet. */
  const act = async (works: readonly Work[], epoch: bigint): Promise<Work[]> => {
    const ledgerSteps: LedgerStep[] = [];
    const signerSteps: SignerStep[] = [];
    const moved: Work[] = [];
    for (const work of works) {
      const action = decide(work);
      const command = isolated(work, () => commandOf(work, action, options));
      if (command) ledgerSteps.push({ work, action, command });
      else if (action.do !== 'nothing' && !work.stalled) signerSteps.push({ work, action });
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
    if (work.stalled) return NOTHING_TO_DO;
    const action =
      isolated(work, () => nextAction(viewOf(work), work.event, work, clock.now(), config)) ?? NOTHING_TO_DO;
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

  /** Takes over what the ledger answered; true when a leg came back without the payer's funds, or its payee's mark. */
  const applied = (work: Work, action: LegAction, result: CommandResult): boolean => {
    if (result.ok) {
      takeHold(work, result.value.hold);
      if (action.do !== 'rebuild' || !work.hold || !work.terms) return false;
      const leg = work.terms.legs.find((item) => item.ledger === ledger.code);
      const isPaid = leg?.debitWallet === work.hold.debitWallet;
      const isMarked = leg?.mark?.side !== 'credit' || work.hold.creditMark !== null;
      if (isPaid && isMarked) return false;
      const what = isPaid
        ? 'the mark of the leg is gone: its payee gets ordinary money'
        : 'the suspense wallet holds the leg';
      raise('FUNDS_GONE', work.pvpId, what);
      return true;
    }
    const { hold, ...refused } = result.error;
    if (refused.code === 'QUEUE_FULL' || refused.code === 'UNAVAILABLE') {
      // Nothing was done, for want of room or of the oracle, and nothing is decided by it: whoever asked asks again.
      work.refused = refused;
      work.stalled = true;
      return false;
    }
    if (action.do === 'placeHold') {
      // A row of other terms is answered with; anything else refuses the leg, and the journal hears of it first.
      if (hold) takeHold(work, hold);
      else if (work.event.kind === 'prepare') work.event = { ...work.event, refused };
      work.refused = refused;
      return false;
    }
    const code = action.do === 'rebuild' ? 'REBUILD_FAILED' : 'LEDGER_CONTRADICTS';
    raise(code, work.pvpId, `${action.do}: ${refused.code}`);
    if (hold) takeHold(work, hold);
    work.refused = refused;
    work.stalled = true;
    return false;
  };

  const signerRound = async (todo: readonly SignerStep[], epoch: bigint): Promise<void> => {
    const asked: { work: Work; request: SignerRequest }[] = [];
    const heard: { work: Work; votes: readonly Attestation[] }[] = [];
    for (const { work, action } of todo) {
      const request = action.do === 'vote' ? isolated(work, () => requestOf(work, action, options)) : null;
      if (request) asked.push({ work, request });
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
    if (cast.entry) takeEntry(work, cast.entry);
    if (!cast.entry || !cast.attestation) {
      work.refused = cast.entry ? refusal('KEY_UNKNOWN', cast.entry.keyId) : cast.refused;
      work.stalled = true;
      return;
    }
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
      raise('EQUIVOCATION', work.pvpId, `${pair[0]!.value.ledger} signed contradictory votes`);
    }
    if (found.length > 0) await freeze(found);
  };

  const freeze = async (items: readonly { pvpId: Uetr; votes: readonly Attestation[] }[]): Promise<void> => {
    for (const { votes } of items) shell.frozen.add(frozenLedger(votes, ledger.code));
    await coSigner.store.keepEquivocations(items.map((item) => ({ ...item, foundAt: clock.now() })));
  };

  const pages = new Map<string, number>();
  const raise = (code: PvpAlarm['code'], pvpId: Uetr, detail: string): void => {
    const now = clock.now();
    const name = `${code} ${pvpId}`;
    const before = pages.get(name);
    if (before !== undefined && Math.abs(now - before) < PAGE_AGAIN_MS) return;
    pages.delete(name);
    pages.set(name, now);
    if (pages.size > PAGES_KEPT) pages.delete(pages.keys().next().value as string);
    options.alarm.raise({ level: 'page', code, ledger: ledger.code, pvpId, detail });
  };

  return shell;
}

/** Whose contradictory votes these are; without any it is our own ledger that failed, and every payment touches it. */
export const frozenLedger = (votes: readonly Attestation[], own: LedgerCode): LedgerCode =>
  (votes[0] && readVoter(votes[0])) ?? own;

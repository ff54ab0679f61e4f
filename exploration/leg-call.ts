import type { Clock } from '../src/kernel/clock.js';
import { refusal } from '../src/kernel/errors.js';
import { sha256 } from '../src/kernel/hash.js';
import { type LedgerCode, type QuoteId, type Uetr, uuidFromBytes } from '../src/kernel/ids.js';
import { err, ok } from '../src/kernel/result.js';
import { createCoSigner } from '../src/pvp/co-signer.js';
import { createJurisdiction, type Jurisdiction } from '../src/pvp/jurisdiction.js';
import type {
  JurisdictionPort,
  LegCheck,
  LegReport,
  PeerPort,
  PvpAlarm,
  QueryItem,
} from '../src/pvp/jurisdiction-port.js';
import { decideLeg, legState } from '../src/pvp/leg.js';
import { recoverJurisdiction } from '../src/pvp/recovery.js';
import type { SignerEntry, SignerRequest } from '../src/pvp/signer.js';
import { EpochFencedError, type SignerStore } from '../src/pvp/signer-store.js';
import { createMemorySignerStore } from '../src/pvp/signer-store.memory.js';
import type { Mutant } from '../src/pvp/simulation/mutants.js';
import { DEFAULT_TIMES } from '../src/pvp/terms.js';
import { createGates, type Gates, type Slow } from './gates.js';
import { createLedgerCell, createRowCodec, type RowCode, type RowCodec, rowState, rowTerms } from './ledger-cell.js';
import { type Payment, T0, walletOf } from './statements.js';

/** What is durable at one jurisdiction. A journal entry is a code: `c0:c1.0` COMMIT on terms 0 with the votes shown. */
export interface Durable {
  /** Every version of the row: a failover goes back to an earlier one. */
  readonly rows: readonly RowCode[];
  readonly entry: string;
  /** Contradictory votes of a peer are kept, and the corridor is frozen. */
  readonly kept: boolean;
  /** Another payment has used the quote here. */
  readonly quoteUsed: boolean;
}

export type Call =
  | {
      readonly kind: 'prepare';
      readonly terms: number;
      readonly receipts: readonly string[];
      readonly refused: boolean;
    }
  | { readonly kind: 'deliver'; readonly receipts: readonly string[]; readonly votes: readonly string[] }
  | { readonly kind: 'cancel' }
  | {
      readonly kind: 'query';
      readonly known: boolean;
      readonly receipts: readonly string[];
      readonly votes: readonly string[];
    }
  | { readonly kind: 'sweep' }
  /** Restart; what each peer answers to the questions of a leg in doubt, null for no answer. */
  | { readonly kind: 'recover'; readonly answers: readonly (Answer | null)[] };

export interface Answer {
  readonly receipt: string | null;
  readonly votes: readonly string[];
}

/** A report in codes. */
export interface ReportCode {
  readonly state: LegReport['state'];
  /** -1 for none. */
  readonly terms: number;
  readonly receipt: string | null;
  readonly vote: string | null;
  readonly peerVotes: readonly string[];
  readonly isRefused: boolean;
}

export interface Outcome {
  /** What was durable before each further step, the last being the end. A crash leaves any of them. */
  readonly steps: readonly Durable[];
  readonly pauses: readonly { readonly slow: Slow; readonly durable: Durable }[];
  readonly report: ReportCode | null;
  /** What a recovery asked each peer, by leg. */
  readonly asked: readonly (Extract<Call, { kind: 'query' }> | null)[];
  /** Why it did not come to its end. */
  readonly threw: string | null;
  readonly isFenced: boolean;
  /** Broken rules of the transitions themselves. */
  readonly faults: readonly string[];
}

/** How often each answer of the state machine was given, by state and event: an action never taken proves nothing. */
export type Coverage = Map<string, number>;

export interface LegRunner {
  call(leg: number, durable: Durable, phase: number, call: Call): Promise<Outcome>;
  /** Goes on with a call that was overtaken; `stale` when a recovery has raised the epoch meanwhile. */
  resume(leg: number, durable: Durable, phase: number, slow: Slow, stale: boolean): Promise<Outcome>;
  readonly coverage: Coverage;
  /** The journal is lost with the ledger's last commits. */
  readonly losesJournal: boolean;
}

interface Instance {
  readonly jurisdiction: Jurisdiction;
  readonly port: JurisdictionPort;
  readonly gates: Gates;
  readonly asked: (Extract<Call, { kind: 'query' }> | null)[];
  readonly faults: string[];
  readonly steps: Durable[];
  finish(): void;
}

/** `liar`: the leg whose contradictory votes are kept where any are. */
export function createLegRunner(payment: Payment, mutant: Mutant | null, liar: number | null): LegRunner {
  const coverage: Coverage = new Map();
  const codecs = payment.codes.map((_, leg) => createRowCodec(payment, leg));
  const start = async (leg: number, durable: Durable, phase: number, call: Call, slow: Slow | null, stale: boolean) =>
    run(
      await open({ payment, mutant, liar, coverage, codec: codecs[leg]!, leg, durable, phase, call, slow, stale }),
      payment,
      call,
    );
  return {
    coverage,
    losesJournal: mutant?.journalWithLedger === true,
    call: (leg, durable, phase, call) => start(leg, durable, phase, call, null, false),
    resume: (leg, durable, phase, slow, stale) => start(leg, durable, phase, slow.call, slow, stale),
  };
}

async function run(instance: Instance, payment: Payment, call: Call): Promise<Outcome> {
  const { gates, faults, asked, steps } = instance;
  let report: ReportCode | null = null;
  let threw: string | null = null;
  let isFenced = false;
  try {
    report = await perform(instance, payment, call);
  } catch (error) {
    isFenced = error instanceof EpochFencedError;
    threw = error instanceof Error ? error.message : String(error);
    if (!isFenced) faults.push(`thrown: ${threw}`);
  }
  instance.finish();
  return { steps, pauses: gates.pauses(), report, asked, threw, isFenced, faults };
}

async function perform({ jurisdiction, port }: Instance, payment: Payment, call: Call): Promise<ReportCode | null> {
  const { pvpId, statement } = payment;
  const shown = 'receipts' in call ? call.receipts.map(statement) : [];
  switch (call.kind) {
    case 'prepare': {
      const { bytes } = payment.terms[call.terms]!;
      const item = { pvpId, termsBytes: bytes, receipts: shown, documentBytes: bytes, authorisation: null, quotes: [] };
      return reportCode(payment, (await port.prepare([item]))[0]!);
    }
    case 'deliver':
      return reportCode(
        payment,
        (await port.deliver([{ pvpId, receipts: shown, votes: call.votes.map(statement) }]))[0]!,
      );
    case 'cancel':
      return reportCode(payment, (await port.cancel([{ pvpId }]))[0]!);
    case 'query': {
      const prepareBy = call.known ? payment.prepareBy : null;
      const votes = call.votes.map(statement);
      return reportCode(payment, (await port.query([{ pvpId, prepareBy, receipts: shown, votes }]))[0]!);
    }
    case 'sweep':
      await jurisdiction.sweep();
      return null;
    case 'recover':
      await jurisdiction.recover();
      return null;
  }
}

const reportCode = (payment: Payment, report: LegReport): ReportCode => ({
  state: report.state,
  terms: payment.termsOf(report.termsHash),
  receipt: report.receipt && payment.codeOf(report.receipt),
  vote: report.vote && payment.codeOf(report.vote),
  peerVotes: report.peerVotes.map(payment.codeOf).sort(),
  isRefused: report.refusal !== null,
});

interface Opening {
  readonly payment: Payment;
  readonly mutant: Mutant | null;
  readonly liar: number | null;
  readonly coverage: Coverage;
  readonly codec: RowCodec;
  readonly leg: number;
  readonly durable: Durable;
  readonly phase: number;
  readonly call: Call;
  readonly slow: Slow | null;
  readonly stale: boolean;
}

/** The product's jurisdiction on what is durable: open, unless the call is what opens it. */
async function open(opening: Opening): Promise<Instance> {
  const { payment, mutant, coverage, codec, leg, durable, phase, call, slow } = opening;
  const ledgerCode = payment.codes[leg]!;
  const faults: string[] = [];
  const steps: Durable[] = [];
  const gates = createGates(call, phase, slow, () => steps.at(-1)!);
  const clock: Clock = { now: () => payment.phases[gates.phase()]! };
  const seen = { entry: durable.entry, kept: durable.kept };
  let recording = false;

  const record = (isEnd = false): void => {
    if (!recording) return;
    const before = steps.at(-1)!;
    // A ledger that answers too early makes durable what it answered before, when it is asked the next time.
    const isBehind = mutant?.answersUnsynced === true && !isEnd && cell.rows.length > before.rows.length;
    const rows = isBehind ? cell.rows.slice(0, -1) : cell.rows;
    const after: Durable = { rows, entry: seen.entry, kept: seen.kept, quoteUsed: durable.quoteUsed };
    if (after.rows.length === before.rows.length && after.entry === before.entry && after.kept === before.kept) return;
    faults.push(...brokenStep(before, after, slow !== null));
    steps.push(after);
  };
  const cell = createLedgerCell(codec, clock.now, record);
  const base = createMemorySignerStore();
  const store = (mutant?.signerStore ?? same)(
    observed(base, (entry) => {
      if (entry && seen.entry === '') faults.push(...wrongVote(payment, entry, durable));
      if (entry) seen.entry = entryCode(payment, entry);
      else seen.kept = true;
      record();
    }),
  );
  const gatedStore = gates.store(store);
  const coSigner = createCoSigner({
    ...{ ledger: ledgerCode, store: gatedStore, signers: [payment.coSigner(leg)], clock },
    ...{ clockErrorMs: DEFAULT_TIMES.clockErrorMs, clockIsTrusted: () => true },
  });
  const asked: Instance['asked'] = payment.codes.map(() => null);
  const isRefused = call.kind === 'prepare' && call.refused;
  const legCheck: LegCheck = {
    check: async (items) => items.map(() => (isRefused ? err(refusal('AUTHORISATION_INVALID')) : ok(true))),
  };
  const jurisdiction = createJurisdiction({
    ledger: gates.ledger((mutant?.ledger ?? same)(cell.ledger)),
    coSigner: gates.coSigner((mutant?.coSigner ?? same)(coSigner)),
    ...{ ledgerSigner: payment.ledgerSigner(leg), verifier: payment.verifier, clock },
    ...{ suspenseWallet: walletOf(ledgerCode, 'suspense'), times: DEFAULT_TIMES },
    legCheck: (mutant?.legCheck ?? same)(legCheck),
    timers: { after: () => () => {} },
    monotonic: { elapsedMs: clock.now },
    peers: peersOf(payment, leg, call, asked),
    alarm: { raise: (alarm) => faults.push(...wrongAlarm(alarm, slow !== null)) },
    verifyLedger: async () => {},
    decide: counting((mutant?.decide ?? same)(decideLeg), coverage),
    recover: (mutant?.recover ?? same)(recoverJurisdiction),
  });
  if (durable.kept) {
    const votes = ['c', 'a'].map((vote) => payment.statement(`${vote}${opening.liar ?? 0}.0`));
    await base.keepEquivocations([{ pvpId: payment.pvpId, votes, foundAt: T0 }]);
  }
  // An open jurisdiction has reconciled long ago, when there was nothing: what it does now depends on what it reads.
  if (call.kind === 'recover') await base.raiseEpoch();
  else await jurisdiction.recover();
  await preload(base, payment, leg, durable);
  if (opening.stale) await store.raiseEpoch();
  cell.rows = durable.rows;
  steps.push(durable);
  recording = true;
  gates.begin();
  const port = (mutant?.port ?? same)(jurisdiction);
  return { jurisdiction, port, gates, asked, faults, steps, finish: () => record(true) };
}

const same = <T>(part: T): T => part;

/** Tells of every entry that the journal answers, and (null) of contradictory votes that it keeps. */
function observed(base: SignerStore, tell: (entry: SignerEntry | null) => void): SignerStore {
  return {
    ...base,
    async vote(epoch, requests, context) {
      const stored = await base.vote(epoch, requests, context);
      for (const { entry } of stored) if (entry) tell(entry);
      return stored;
    },
    async recordPeerVotes(epoch, items) {
      const entries = await base.recordPeerVotes(epoch, items);
      for (const entry of entries.values()) tell(entry);
      return entries;
    },
    async keepEquivocations(items) {
      await base.keepEquivocations(items);
      // Lost funds freeze too; only contradictory votes are evidence.
      if (items.some((item) => item.votes.length > 0)) tell(null);
    },
  };
}

function entryCode(payment: Payment, entry: SignerEntry): string {
  const terms = entry.termsHash.length === 0 ? '-' : String(payment.termsOf(entry.termsHash));
  const votes = entry.peerVotes.map(payment.codeOf).sort();
  return `${entry.decision === 'COMMIT' ? 'c' : 'a'}${terms}:${votes.join(',')}`;
}

/** Brings the journal where the code says, by asking for the same vote again. */
async function preload(store: SignerStore, payment: Payment, leg: number, durable: Durable): Promise<void> {
  const keyId = payment.coSigner(leg).keyId;
  const context = { now: T0, clockErrorMs: 0, clockIsTrusted: true, keyIds: [keyId] };
  const quoteIds = payment.terms[0]!.terms!.quotes.map((quote) => quote.quoteId);
  const commit = (
    pvpId: Uetr,
    terms: number,
    peerVotes: readonly string[],
    quotes: readonly QuoteId[],
  ): SignerRequest => ({
    ...{ vote: 'COMMIT', pvpId, termsHash: payment.terms[terms]!.termsHash, termsBytes: payment.terms[terms]!.bytes },
    ...{ voteBy: T0, keyId, quoteIds: quotes, holdId: 'hold', heldAt: T0, tokenIds: [] },
    receiptsHash: sha256('receipts'),
    receipts: payment.codes.flatMap((_, i) => (i === leg ? [] : [payment.statement(`r${i}.${terms}`)])),
    peerVotes: peerVotes.map(payment.statement),
  });
  const requests: SignerRequest[] = [];
  // The other payment claims the quote; its own entry is not part of this exploration.
  if (durable.quoteUsed) {
    await store.vote(1n, [commit(OTHER_PAYMENT, 0, [], quoteIds)], { ...context, clockIsTrusted: false });
  }
  if (durable.entry !== '') {
    const [named = '-', votes = ''] = durable.entry.slice(1).split(':');
    const peerVotes = votes.split(',').filter(Boolean);
    const termsHash = named === '-' ? new Uint8Array(0) : payment.terms[Number(named)]!.termsHash;
    const shown = peerVotes.map(payment.statement);
    requests.push(
      durable.entry[0] === 'c'
        ? commit(payment.pvpId, Number(named), peerVotes, durable.quoteUsed ? [] : quoteIds)
        : { vote: 'ABORT', pvpId: payment.pvpId, termsHash, reason: 'CANCELLED', peerVotes: shown },
    );
  }
  if (requests.length > 0) await store.vote(1n, requests, context);
}
const OTHER_PAYMENT = uuidFromBytes(sha256('other payment')) as Uetr;

/** Peers that answer a recovery as the call says, and note what they were asked. */
function peersOf(payment: Payment, leg: number, call: Call, asked: Instance['asked']): Map<LedgerCode, PeerPort> {
  const peers = new Map<LedgerCode, PeerPort>();
  for (const [i, code] of payment.codes.entries()) {
    if (i === leg) continue;
    peers.set(code, {
      async query([item]: readonly QueryItem[]) {
        const codes = (items: QueryItem['votes']) => items.map(payment.codeOf).sort();
        asked[i] = {
          ...{ kind: 'query', known: item!.prepareBy !== null },
          ...{ receipts: codes(item!.receipts), votes: codes(item!.votes) },
        };
        const answer = call.kind === 'recover' ? call.answers[i] : null;
        if (!answer) throw new Error('out of reach');
        return [reportOf(payment, answer)];
      },
    });
  }
  return peers;
}

const reportOf = (payment: Payment, answer: Answer): LegReport => ({
  ...{
    pvpId: payment.pvpId,
    termsHash: null,
    state: 'NONE',
    applied: null,
    refusal: null,
    holdId: null,
    decidedAt: null,
  },
  receipt: answer.receipt === null ? null : payment.statement(answer.receipt),
  vote: null,
  peerVotes: answer.votes.map(payment.statement),
});

const counting =
  (decide: typeof decideLeg, coverage: Coverage): typeof decideLeg =>
  (view, event, facts, now, config) => {
    const action = decide(view, event, facts, now, config);
    const what = action.do === 'vote' ? action.vote : action.do === 'nothing' && action.refused ? 'refuse' : action.do;
    const key = `${legState(view)} ${event.kind}: ${what}`;
    coverage.set(key, (coverage.get(key) ?? 0) + 1);
    return action;
  };

/**
 * Money that is gone is a fault of the protocol, and so is a ledger that contradicts its journal; but a call that was
 * overtaken by a failover may well find another row than it read.
 */
function wrongAlarm({ code, detail }: PvpAlarm, isSlow: boolean): string[] {
  const isWrong = code === 'FUNDS_GONE' || code === 'REBUILD_FAILED' || (code === 'LEDGER_CONTRADICTS' && !isSlow);
  return isWrong ? [`5: ${code} ${detail}`] : [];
}

function wrongVote(payment: Payment, entry: SignerEntry, durable: Durable): string[] {
  if (entry.decision !== 'COMMIT') return [];
  const { voteBy } = payment.terms[payment.termsOf(entry.termsHash)]!.terms!;
  return [
    ...(entry.decidedAt > voteBy + DEFAULT_TIMES.clockErrorMs
      ? ['7: COMMIT cast after voteBy and the clock error']
      : []),
    ...(durable.quoteUsed ? ['6: COMMIT on a quote that another payment used'] : []),
  ];
}

/** Rules of one durable step. A call that was overtaken may have read its row before a failover lost it. */
function brokenStep(before: Durable, after: Durable, isSlow: boolean): string[] {
  const faults: string[] = [];
  const isNew = before.entry === '' && after.entry !== '';
  if (!isNew && before.entry.split(':')[0] !== after.entry.split(':')[0])
    faults.push('2: the journal changed its vote');
  const votes = new Set(votesOf(after.entry));
  if (votesOf(before.entry).some((vote) => !votes.has(vote))) faults.push("2: the journal lost a peer's vote");
  const row = after.rows.at(-1);
  if (isNew && after.entry[0] === 'c' && !isSlow) {
    const isHeld = rowState(row) === 'HELD' && after.entry[1] === String(rowTerms(row));
    if (!isHeld) faults.push('COMMIT journalled before its hold was durable');
  }
  if (after.rows.length <= before.rows.length) return faults;
  const last = before.rows.at(-1);
  if (rowState(last) === 'SETTLED') faults.push('6: a row after SETTLED');
  if (rowState(last) === 'NONE' || rowState(row) !== 'HELD') return faults;
  const isRebuilt =
    after.entry[0] === 'c' && after.entry[1] === String(rowTerms(row)) && rowTerms(last) !== rowTerms(row);
  return isRebuilt ? faults : [...faults, '6: held again'];
}

export const votesOf = (entry: string): string[] => entry.split(':')[1]?.split(',').filter(Boolean) ?? [];

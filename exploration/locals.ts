import { isCommitOf } from '../src/pvp/verify.js';
import { type Slow, slowKey } from './gates.js';
import { isSuspense, rowEvidence, rowState, rowTerms } from './ledger-cell.js';
import { type Call, type Durable, type LegRunner, type Outcome, votesOf } from './leg-call.js';
import { type Payment, PHASES } from './statements.js';

/** One jurisdiction as the exploration sees it. */
export interface Local extends Durable {
  readonly up: boolean;
  /** Phase of its own clock. */
  readonly phase: number;
  /** Bit per terms: a receipt was given out, and may be shown for ever. */
  readonly receipts: number;
  /** Place of the overtaken call in the table; 0 for none. */
  readonly slow: number;
  /** A recovery has raised the epoch since that call began. */
  readonly stale: boolean;
}

/** What may be shown of a jurisdiction: whatever it ever signed. */
export interface Known {
  readonly receipts: readonly string[];
  readonly votes: readonly string[];
}

export interface Step {
  /** What happened, for people. */
  readonly what: string;
  readonly next: number;
  readonly faults: readonly string[];
}

export interface LocalTable {
  readonly leg: number;
  id(local: Local): number;
  local(id: number): Local;
  readonly size: () => number;
  /** What an outsider may show of it. */
  known(id: number): Known;
  /** The same number for the same knowledge, below 64. */
  knownId(id: number): number;
  /** Broken rules of one jurisdiction's state. */
  broken(id: number): readonly string[];
  /** Every step that it can make when others have signed this; `slow`: a call may be overtaken. */
  steps(id: number, others: readonly Known[], profile: StepProfile): Promise<readonly Step[]>;
  call(
    id: number,
    call: Call,
  ): Promise<{ readonly next: number; readonly outcome: Outcome; readonly steps: readonly number[] }>;
  initial: number;
}

export interface StepProfile {
  /** Every subset of statements is shown, or only none and all. */
  readonly subsets: boolean;
  readonly slow: boolean;
  /** The ticks are the world's, not its own. */
  readonly sharedClock: boolean;
  /** Only what a gateway that follows the protocol may have sent: no CANCEL, no other terms. */
  readonly honest: boolean;
  readonly quoteUse: boolean;
}

const codeOf = (local: Local): string =>
  `${local.up ? 'up' : 'down'} ${local.phase} ${local.rows.join(' ')}|${local.entry}|${local.kept ? 'k' : ''}${local.quoteUsed ? 'q' : ''}|${local.receipts}|${local.slow}${local.stale ? 's' : ''}`;

export const sayLocal = (payment: Payment, leg: number, local: Local): string => {
  const row = local.rows.at(-1);
  const held = row === undefined ? 'no row' : `${rowState(row)}${rowTerms(row) > 0 ? ' (other terms)' : ''}`;
  const journal = local.entry === '' ? 'no vote' : local.entry[0] === 'c' ? 'COMMIT' : 'ABORT';
  return `${payment.codes[leg]}: ${local.up ? '' : 'down, '}${held}, ${journal}`;
};

export function createLocals(payment: Payment, leg: number, runner: LegRunner, liar: number | null): LocalTable {
  const ids = new Map<string, number>();
  const locals: Local[] = [];
  const knowns: Known[] = [];
  const knownIds: number[] = [];
  const knownCodes = new Map<string, number>();
  const brokens: (readonly string[])[] = [];
  const slows: Slow[] = [];
  const slowIds = new Map<string, number>();
  const calls = new Map<string, Outcome>();

  const id = (local: Local): number => {
    const code = codeOf(local);
    const found = ids.get(code);
    if (found !== undefined) return found;
    ids.set(code, locals.length);
    locals.push(local);
    knowns.push(knownOf(payment, leg, local));
    const knownCode = JSON.stringify(knowns.at(-1));
    if (!knownCodes.has(knownCode)) knownCodes.set(knownCode, knownCodes.size);
    knownIds.push(knownCodes.get(knownCode)!);
    brokens.push(brokenLocal(payment, leg, local, liar));
    return locals.length - 1;
  };
  const slowId = (slow: Slow): number => {
    const key = slowKey(slow);
    const found = slowIds.get(key);
    if (found !== undefined) return found;
    slows.push(slow);
    slowIds.set(key, slows.length);
    return slows.length;
  };
  /** The same call on the same durable state at the same phase has the same outcome. */
  const outcomeOf = async (local: Local, call: Call | null): Promise<Outcome> => {
    const { phase, rows, entry, kept, quoteUsed, slow, stale } = local;
    const what = call ? JSON.stringify(call) : `resume ${slow} ${stale}`;
    const key = `${phase} ${rows.join(' ')}|${entry}|${kept}${quoteUsed} ${what}`;
    const known = calls.get(key);
    if (known) return known;
    const durable: Durable = { rows, entry, kept, quoteUsed };
    const outcome = call
      ? await runner.call(leg, durable, phase, call)
      : await runner.resume(leg, durable, phase, slows[slow - 1]!, stale);
    calls.set(key, outcome);
    return outcome;
  };
  /** The local with what is durable now; a receipt exists from the moment that funds are held. */
  const after = (local: Local, steps: readonly Durable[], upTo: number, change: Partial<Local>): number => {
    let { receipts } = local;
    for (const step of steps.slice(0, upTo + 1)) {
      const row = step.rows.at(-1);
      if (rowState(row) === 'HELD') receipts |= 1 << rowTerms(row);
    }
    return id({ ...local, ...steps[upTo]!, receipts, ...change });
  };

  const table: LocalTable = {
    leg,
    id,
    local: (at) => locals[at]!,
    size: () => locals.length,
    known: (at) => knowns[at]!,
    knownId: (at) => knownIds[at]!,
    broken: (at) => brokens[at]!,
    initial: 0,
    async call(at, call) {
      const local = locals[at]!;
      const outcome = await outcomeOf(local, call);
      const isOpen = outcome.threw === null;
      const last = outcome.steps.length - 1;
      const change = { up: isOpen, ...(call.kind === 'recover' && local.slow ? { stale: true } : {}) };
      return {
        outcome,
        next: after(local, outcome.steps, last, change),
        steps: outcome.steps.slice(0, -1).map((_, i) => after(local, outcome.steps, i, { ...change, up: false })),
      };
    },
    async steps(at, others, profile) {
      const local = locals[at]!;
      const name = payment.codes[leg]!;
      const found = new Map<number, Step>();
      const add = (what: string, next: number, faults: readonly string[] = []): void => {
        if (next === at && faults.length === 0) return;
        const known = found.get(next);
        if (!known || (faults.length > 0 && known.faults.length === 0))
          found.set(next, { what: `${name} ${what}`, next, faults });
      };
      if (!profile.sharedClock && local.phase < PHASES - 1)
        add('clock goes on', id({ ...local, phase: local.phase + 1 }));
      if (local.up) add('dies', id({ ...local, up: false }));
      for (let kept = 0; kept < local.rows.length; kept += 1) {
        const lost = { rows: local.rows.slice(0, kept), up: false, ...(runner.losesJournal ? { entry: '' } : {}) };
        add(`ledger fails over and loses ${local.rows.length - kept} commit(s)`, id({ ...local, ...lost }));
      }
      if (profile.quoteUse && !local.quoteUsed && local.entry === '')
        add('another payment uses the quote', id({ ...local, quoteUsed: true }));
      for (const call of callsOf(payment, leg, local, knowns[at]!, others, profile)) {
        const { outcome, next, steps } = await table.call(at, call);
        const what = sayCall(call);
        for (const [i, crashed] of steps.entries()) add(`${what}; dies after ${i} durable step(s)`, crashed);
        add(outcome.threw ? `${what}; closes: ${outcome.threw}` : what, next, [
          ...outcome.faults,
          ...unkept(local, call, outcome),
          ...unjournalled(outcome),
          ...misheld(call, outcome),
        ]);
        if (!profile.slow || local.slow !== 0 || !isSlowable(call, others)) continue;
        for (const { slow, durable } of outcome.pauses) {
          add(`${what}; is overtaken`, after(local, [durable], 0, { slow: slowId(slow) }), []);
        }
      }
      if (local.slow !== 0) {
        const outcome = await outcomeOf(local, null);
        const last = outcome.steps.length - 1;
        add('the overtaken call goes on', after(local, outcome.steps, last, { slow: 0, stale: false }), outcome.faults);
        for (const { slow, durable } of outcome.pauses) {
          const upTo = outcome.steps.indexOf(durable);
          add(
            'the overtaken call makes a step',
            after(local, outcome.steps, upTo, { slow: slowId(slow) }),
            outcome.faults,
          );
        }
      }
      return [...found.values()];
    },
  };
  table.initial = id({
    ...{ up: true, phase: 0, rows: [], entry: '', kept: false, quoteUsed: false, receipts: 0, slow: 0, stale: false },
  });
  return table;
}

function knownOf(payment: Payment, leg: number, local: Local): Known {
  const receipts = payment.terms.flatMap((_, i) => ((local.receipts >> i) & 1 ? [`r${leg}.${i}`] : []));
  const votes = local.entry === '' ? [] : [`${local.entry[0]}${leg}.${local.entry[1]}`];
  return { receipts, votes };
}

/** A jurisdiction that signs whatever it likes. */
export function liarKnown(payment: Payment, leg: number): Known {
  const terms = payment.terms.map((_, i) => i);
  return {
    receipts: terms.map((i) => `r${leg}.${i}`),
    votes: [...terms.map((i) => `c${leg}.${i}`), `a${leg}.-`],
  };
}

function subsetsOf<T>(items: readonly T[]): T[][] {
  const all: T[][] = [[]];
  for (const item of items) for (const some of [...all]) all.push([...some, item]);
  return all;
}
const noneAndAll = <T>(items: readonly T[]): T[][] => (items.length === 0 ? [[]] : [[], [...items]]);

/** Every call that somebody without a key can make with what was ever signed. */
function* callsOf(
  payment: Payment,
  leg: number,
  local: Local,
  own: Known,
  others: readonly Known[],
  profile: StepProfile,
): Generator<Call> {
  const receiptsKnown = others.flatMap((other) => other.receipts);
  const votesKnown = [...others.flatMap((other) => other.votes), ...own.votes];
  const receiptSets = profile.subsets ? subsetsOf(receiptsKnown) : noneAndAll(receiptsKnown);
  const voteSets = profile.subsets ? subsetsOf(votesKnown) : noneAndAll(votesKnown);
  const peerVotes = others.flatMap((other) => other.votes);
  if (!local.up) {
    for (const answers of answersOf(payment, leg, others, peerVotes)) yield { kind: 'recover', answers };
    return;
  }
  const isEnded = rowState(local.rows.at(-1)) === 'SETTLED' || rowState(local.rows.at(-1)) === 'RELEASED';
  // A repeated PREPARE may show the own receipt, by which a hold that a failover lost gets back the time that it had.
  for (const receipts of [...receiptSets, ...(own.receipts.length > 0 ? [[...receiptsKnown, ...own.receipts]] : [])]) {
    for (const terms of payment.terms.keys()) yield { kind: 'prepare', terms, receipts, refused: false };
  }
  if (!isEnded) for (const terms of payment.terms.keys()) yield { kind: 'prepare', terms, receipts: [], refused: true };
  for (const votes of voteSets) {
    for (const receipts of isEnded ? [receiptsKnown] : receiptSets) yield { kind: 'deliver', receipts, votes };
    yield { kind: 'query', known: true, receipts: receiptsKnown, votes };
  }
  yield { kind: 'query', known: false, receipts: [], votes: [] };
  if (!profile.honest) yield { kind: 'cancel' };
  if (rowState(local.rows.at(-1)) === 'HELD') yield { kind: 'sweep' };
}

/** Nobody answers; all say all that was ever said; one at a time does. */
function* answersOf(
  payment: Payment,
  leg: number,
  others: readonly Known[],
  votes: readonly string[],
): Generator<readonly (Answer | null)[]> {
  const answer = (known: Known, at: number): Answer => ({ receipt: known.receipts[at] ?? null, votes });
  const peers = payment.codes.flatMap((_, i) => (i === leg ? [] : [i]));
  const place = (i: number): Known => others[peers.indexOf(i)]!;
  yield payment.codes.map(() => null);
  for (const at of payment.terms.keys()) {
    yield payment.codes.map((_, i) => (i === leg ? null : answer(place(i), at)));
    if (peers.length > 1)
      for (const one of peers) yield payment.codes.map((_, i) => (i === one ? answer(place(i), at) : null));
  }
}
type Answer = NonNullable<Extract<Call, { kind: 'recover' }>['answers'][number]>;

/** Of the calls that differ only in what they show, the fullest is the one that is overtaken. */
function isSlowable(call: Call, others: readonly Known[]): boolean {
  if (call.kind === 'cancel' || call.kind === 'sweep') return true;
  if (call.kind === 'prepare' && call.refused) return false;
  if (call.kind === 'recover' || call.kind === 'query') return false;
  const all = others.flatMap((other) => [...other.receipts, ...(call.kind === 'deliver' ? other.votes : [])]);
  const shown = [...call.receipts, ...(call.kind === 'deliver' ? call.votes : [])];
  return shown.length === all.length && all.every((code) => shown.includes(code));
}

export function sayCall(call: Call): string {
  const shown = 'votes' in call ? [...call.receipts, ...call.votes] : 'receipts' in call ? [...call.receipts] : [];
  const withShown = shown.length > 0 ? ` with ${shown.join(' ')}` : '';
  switch (call.kind) {
    case 'prepare':
      return `gets PREPARE${call.terms > 0 ? ' of other terms' : ''}${call.refused ? ' that its check refuses' : ''}${withShown}`;
    case 'deliver':
      return `is shown${shown.length > 0 ? ` ${shown.join(' ')}` : ' nothing'}`;
    case 'cancel':
      return 'gets CANCEL';
    case 'query':
      return `gets QUERY${call.known ? '' : ' of an unknown deadline'}${withShown}`;
    case 'sweep':
      return 'sweeps lapsed holds';
    case 'recover': {
      const heard = call.answers.flatMap((answer) =>
        answer ? [...(answer.receipt ? [answer.receipt] : []), ...answer.votes] : [],
      );
      return `recovers${heard.length > 0 ? ` and hears ${heard.join(' ')}` : ''}`;
    }
  }
}

/** A vote that is answered is in the journal: whoever hears it may act on it for ever. */
function unjournalled({ report, steps }: Outcome): string[] {
  const { entry } = steps.at(-1)!;
  return report?.vote && entry === '' ? ['2: a vote was answered that no journal has'] : [];
}

/** Funds are held for a PREPARE that the check passes, and a PREPARE of other terms than the row's is refused. */
function misheld(call: Call, { steps, report }: Outcome): string[] {
  const [before] = steps;
  if (call.kind !== 'prepare' || !before) return [];
  const row = before.rows.at(-1);
  const isHeld = row === undefined && before.entry === '' && rowState(steps.at(-1)!.rows.at(-1)) === 'HELD';
  if (call.refused && isHeld) return ["funds held without the payer's authorisation"];
  const isOther = rowTerms(row) >= 0 && rowTerms(row) !== call.terms;
  return isOther && report && !report.isRefused ? ['PREPARE answered as if the row had its terms'] : [];
}

/** Contradictory votes that a call was shown, or one that contradicts a stored one, are kept when it is done. */
function unkept(local: Local, call: Call, outcome: Outcome): string[] {
  const end = outcome.steps.at(-1)!;
  if (!('votes' in call) || outcome.threw !== null || end.kept) return [];
  const stored = [...votesOf(local.entry), ...rowEvidence(local.rows.at(-1))];
  const contradicts = (a: string, b: string): boolean =>
    a[1] === b[1] && a !== b && (a[0] !== b[0] || (a[0] === 'c' && a[3] !== b[3]));
  const found = call.votes.some((vote) => [...call.votes, ...stored].some((other) => contradicts(vote, other)));
  return found ? ['contradictory votes were shown and not kept'] : [];
}

function brokenLocal(payment: Payment, leg: number, local: Local, liar: number | null): string[] {
  const faults: string[] = [];
  const row = local.rows.at(-1);
  const state = rowState(row);
  const index = rowTerms(row);
  const own = `${leg}`;
  if (isSuspense(row)) faults.push('5: the suspense wallet pays for a leg');
  if (state === 'SETTLED') {
    const { terms, termsHash } = payment.terms[index]!;
    const votes = rowEvidence(row).flatMap((code) => {
      const vote = payment.verifier.vote(payment.statement(code));
      return vote.ok ? [vote.value] : [];
    });
    const isWhole = terms!.legs.every(({ ledger }, i) =>
      votes.some((vote) => isCommitOf(vote, ledger, terms!.coSignerKeyIds[i], termsHash)),
    );
    if (!isWhole) faults.push('3: SETTLED without a certificate');
    if (local.entry !== '' && local.entry.slice(0, 2) !== `c${index}`)
      faults.push('3: SETTLED against the own journal');
  }
  if (state === 'RELEASED') {
    const isOwn = local.entry[0] === 'a';
    const against = (code: string): boolean =>
      code[1] !== own && (code[0] === 'a' || (code[0] === 'c' && code[3] !== `${index}`));
    if (!isOwn && !rowEvidence(row).some(against)) {
      faults.push(
        local.entry === ''
          ? '4: RELEASED without a journalled ABORT'
          : "4: RELEASED after own COMMIT without a peer's vote against it",
      );
    }
  }
  const isBound = state === 'NONE' || (state === 'HELD' && local.entry[1] !== `${index}`);
  if (local.up && local.entry[0] === 'c' && isBound) faults.push('5: open with a COMMIT whose funds are not held');
  if (local.kept && liar === null) faults.push('an honest peer is said to have contradicted itself');
  return faults;
}

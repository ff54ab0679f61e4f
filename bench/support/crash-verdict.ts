/** The verdict of a crash test: what was sent against what is there. Pure. */
import { demoWallets } from '../../src/gateway/demo.js';
import { shortId } from '../../src/gateway/short-id.js';
import type { LedgerCode } from '../../src/kernel/ids.js';
import type { EndLedger, EndPayment, EndState } from './crash-end.pg.js';
import type { FinalReport } from './crash-inbox.js';
import { PROVIDERS, type SentMessage, type SentTransaction, SIDES } from './crash-messages.js';

/**
 * What is wrong: `split`, one ledger settled a payment that the other didn't, or the journals don't agree with the
 * ledgers; `stuck`, something isn't final; `lost`, money or a message is missing, or there twice, or false.
 */
export interface Problem {
  readonly kind: 'split' | 'lost' | 'stuck';
  readonly text: string;
}

export interface Verdict {
  readonly payments: number;
  readonly settled: number;
  readonly rejected: number;
  readonly problems: readonly Problem[];
}

export interface Findings {
  readonly sent: readonly SentMessage[];
  /** Messages that never got an answer. */
  readonly unansweredCount: number;
  readonly unexpected: readonly string[];
  /** Final reports in the inbox of each side. */
  readonly reports: readonly [readonly FinalReport[], readonly FinalReport[]];
  readonly end: EndState;
  /** What the audit of the databases found. */
  readonly faults?: readonly string[];
}

type Note = (kind: Problem['kind'], text: string) => void;

const SETTLED_STATUSES: ReadonlySet<string> = new Set(['ACCC', 'ACSC']);

export function judge(findings: Findings): Verdict {
  const problems: Problem[] = [];
  const note: Note = (kind, text) => problems.push({ kind, text });
  const { sent, end } = findings;
  const known = new Map(sent.flatMap(({ side, transactions }) => transactions.map((tx) => [tx.uetr, { side, tx }])));
  const settled = judgeLedgers(end, known, note);
  judgeGateway(findings, settled, note);
  judgeMessages(findings, settled, note);
  judgeNotices(end, settled, known, note);
  for (const ledger of end.ledgers) judgeBalances(ledger, settled, known, note);
  if (findings.unansweredCount > 0) note('stuck', `${findings.unansweredCount} messages got no answer`);
  for (const fault of findings.faults ?? []) note('lost', fault);
  for (const text of findings.unexpected) note('lost', `unexpected answer: ${text}`);
  const rejected = end.payments.filter((payment) => payment.status === 'RJCT').length;
  return { payments: end.payments.length, settled: settled.size, rejected, problems };
}

type Known = ReadonlyMap<string, { readonly side: 0 | 1; readonly tx: SentTransaction }>;

/** Both ledgers or neither, and the journals say the same. Answers what settled on both. */
function judgeLedgers(end: EndState, known: Known, note: Note): Set<string> {
  const settled = new Set<string>();
  const ids = new Set(end.ledgers.flatMap(({ holds, votes }) => [...holds.keys(), ...votes.keys()]));
  for (const id of ids) {
    const holds = end.ledgers.map((ledger) => ledger.holds.get(id));
    const votes = end.ledgers.map((ledger) => ledger.votes.get(id) ?? 'none');
    const states = holds.map((hold) => hold?.state ?? 'none');
    const all = (list: readonly string[], value: string) => list.every((one) => one === value);
    const seen = `${id}: ledgers ${states.join('/')}, journals ${votes.join('/')}`;
    if (states.includes('HELD')) note('stuck', seen);
    else if (states.includes('SETTLED') && !all(states, 'SETTLED')) note('split', seen);
    else if (all(states, 'SETTLED') !== all(votes, 'COMMIT')) note('split', seen);
    if (!all(states, 'SETTLED')) continue;
    settled.add(id);
    const sent = known.get(id);
    if (!sent) note('lost', `${id} settled and was never sent`);
    else if (sent.tx.refusable) note('lost', `${id} settled to an account that nobody has`);
  }
  return settled;
}

function judgeGateway({ end }: Findings, settled: ReadonlySet<string>, note: Note): void {
  const owned = new Set<string>();
  for (const payment of end.payments) {
    const { msgId, uetr, state, status } = payment;
    if (state !== 'CLOSED') note('stuck', `payment ${uetr} is ${state}`);
    if (payment.ownsUetr) owned.add(uetr);
    const expected = payment.ownsUetr && settled.has(uetr) ? 'settled' : 'RJCT';
    const told = SETTLED_STATUSES.has(status) ? 'settled' : status;
    if (state === 'CLOSED' && told !== expected)
      note('lost', `payment ${uetr} of ${msgId} is ${told}, not ${expected}`);
  }
  for (const uetr of settled) if (!owned.has(uetr)) note('lost', `${uetr} settled and the gateway has no payment`);
  for (const { msgId } of end.openMessages) note('stuck', `message ${msgId} has open transactions`);
}

/** Every accepted message has one final pacs.002, which says what the ledgers say. */
function judgeMessages({ sent, reports, end }: Findings, settled: ReadonlySet<string>, note: Note): void {
  const stored = new Map<string, EndPayment[]>();
  for (const payment of end.payments) {
    const key = `${payment.sender} ${payment.msgId}`;
    stored.set(key, [...(stored.get(key) ?? []), payment]);
  }
  const told = new Map<string, FinalReport[]>();
  SIDES.forEach(({ bic }, side) => {
    for (const report of reports[side as 0 | 1]) {
      const key = `${bic} ${report.msgId}`;
      told.set(key, [...(told.get(key) ?? []), report]);
    }
  });
  for (const { side, msgId, transactions, answers } of sent) {
    const key = `${SIDES[side].bic} ${msgId}`;
    const payments = stored.get(key);
    const finals = told.get(key) ?? [];
    const wasAccepted = answers.some((http) => http < 500);
    if (wasAccepted && !payments) note('lost', `${msgId} was answered ${answers.join()} and is not there`);
    if (!payments) continue;
    if (payments.length !== transactions.length) note('lost', `${msgId} has ${payments.length} payments`);
    if (finals.length === 0) note('stuck', `${msgId} has no final pacs.002`);
    if (finals.length > 1) note('lost', `${msgId} has ${finals.length} final pacs.002`);
    for (const payment of payments) {
      const { uetr } = payment;
      const status = finals[0]?.statuses.get(uetr) ?? 'missing';
      const isRight = payment.ownsUetr && settled.has(uetr) ? SETTLED_STATUSES.has(status) : status === 'RJCT';
      if (finals[0] && !isRight) note('lost', `${uetr} is ${status} in the final pacs.002 of ${msgId}`);
    }
  }
}

/** The creditor agent has the pacs.008, and the three camt.054 are there, once each, if and only if it settled. */
function judgeNotices(end: EndState, settled: ReadonlySet<string>, known: Known, note: Note): void {
  const due = new Set<string>();
  for (const uetr of settled) {
    const sent = known.get(uetr);
    if (!sent) continue;
    const { side, tx } = sent;
    const debtorAgent = SIDES[side].bic;
    const creditorAgent = SIDES[side === 0 ? 1 : 0].bic;
    for (const [recipient, kind] of [
      [creditorAgent, 'C'],
      [creditorAgent, 'N'],
      [debtorAgent, 'D'],
      [tx.provider, 'P'],
    ] as const) {
      const key = `${recipient} ${shortId(kind, uetr)}`;
      due.add(key);
      const times = end.notices.get(key) ?? 0;
      if (times !== 1) note('lost', `${uetr} settled and ${recipient} has its ${kind} message ${times} times`);
    }
  }
  for (const key of end.notices.keys()) if (!due.has(key)) note('lost', `inbox has ${key} and nothing settled`);
}

/** Every wallet holds what was issued and what the settled payments moved: recomputed from what was sent alone. */
function judgeBalances(ledger: EndLedger, settled: ReadonlySet<string>, known: Known, note: Note): void {
  const expected = new Map<string, bigint>();
  const move = (walletId: string, amount: bigint) => expected.set(walletId, (expected.get(walletId) ?? 0n) + amount);
  for (const { walletId, issueMinor } of demoWallets(ledger.code as LedgerCode)) move(walletId, issueMinor);
  for (const uetr of settled) {
    const sent = known.get(uetr);
    if (!sent) continue;
    const provider = `${ledger.code}-FX-${sent.tx.provider === PROVIDERS.usual ? 'PROVIDER' : sent.tx.provider}`;
    const isSource = SIDES[sent.side].ledger === ledger.code;
    const amount = isSource ? sent.tx.amountMinor : sent.tx.targetMinor;
    const [debit, credit] = isSource ? [sent.tx.debitWallet, provider] : [provider, sent.tx.creditWallet];
    move(debit, -amount);
    move(credit, amount);
    const hold = ledger.holds.get(uetr);
    const isTheSame = hold?.amountMinor === amount && hold.debitWallet === debit && hold.creditWallet === credit;
    if (!isTheSame) note('lost', `${ledger.code}: ${uetr} did not move ${amount} from ${debit} to ${credit}`);
  }
  for (const walletId of new Set([...expected.keys(), ...ledger.wallets.keys()])) {
    const { available, held, tokens } = ledger.wallets.get(walletId) ?? { available: 0n, held: 0n, tokens: 0n };
    const due = expected.get(walletId) ?? 0n;
    const isRight = available + held === due && tokens === due && available >= 0n && held >= 0n;
    if (!isRight) note('lost', `${walletId} has ${available} and ${held} held, tokens of ${tokens}, not ${due}`);
  }
}

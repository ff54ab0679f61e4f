import { describe, expect, it } from 'vitest';
import type { EndHold, EndLedger, EndState } from '../../bench/support/crash-end.pg.js';
import type { FinalReport } from '../../bench/support/crash-inbox.js';
import type { SentMessage } from '../../bench/support/crash-messages.js';
import { type Findings, judge } from '../../bench/support/crash-verdict.js';
import { demoWallets } from '../../src/gateway/demo.js';
import { shortId } from '../../src/gateway/short-id.js';
import type { LedgerCode } from '../../src/kernel/ids.js';

const SETTLED = '3f1b2c4d-0000-4000-8000-000000000001';
const REFUSED = '3f1b2c4d-0000-4000-8000-000000000002';
const MSG_ID = 'CRASH-1';

const message: SentMessage = {
  side: 0,
  msgId: MSG_ID,
  body: Buffer.alloc(0),
  answers: [202],
  transactions: [
    {
      uetr: SETTLED,
      amountMinor: 1_000_000n,
      targetMinor: 13_500n,
      provider: 'OTKLKZ20',
      debitWallet: 'KZ-ALTNKZ20-1',
      creditWallet: 'CN-LONGCN20-1',
      refusable: false,
    },
    {
      uetr: REFUSED,
      amountMinor: 20_000n,
      targetMinor: 270n,
      provider: 'OTKLKZ20',
      debitWallet: 'KZ-ALTNKZ20-1',
      creditWallet: 'CN-LONGCN20-1',
      refusable: true,
    },
  ],
};

function ledger(code: 'KZ' | 'CN', moved: Record<string, bigint>, hold: EndHold): EndLedger {
  return {
    code,
    holds: new Map([[SETTLED, hold]]),
    votes: new Map([[SETTLED, 'COMMIT']]),
    wallets: new Map(
      demoWallets(code as LedgerCode).map(({ walletId, issueMinor }) => {
        const tokens = issueMinor + (moved[walletId] ?? 0n);
        return [walletId as string, { available: tokens, held: 0n, tokens }];
      }),
    ),
  };
}

const KZ = ledger(
  'KZ',
  { 'KZ-ALTNKZ20-1': -1_000_000n, 'KZ-FX-PROVIDER': 1_000_000n },
  { state: 'SETTLED', amountMinor: 1_000_000n, debitWallet: 'KZ-ALTNKZ20-1', creditWallet: 'KZ-FX-PROVIDER' },
);
const CN = ledger(
  'CN',
  { 'CN-FX-PROVIDER': -13_500n, 'CN-LONGCN20-1': 13_500n },
  { state: 'SETTLED', amountMinor: 13_500n, debitWallet: 'CN-FX-PROVIDER', creditWallet: 'CN-LONGCN20-1' },
);
const payment = { sender: 'ALTNKZ20', msgId: MSG_ID, ownsUetr: true, state: 'CLOSED' };
const END: EndState = {
  ledgers: [KZ, CN],
  payments: [
    { ...payment, uetr: SETTLED, status: 'ACCC', reason: null },
    { ...payment, uetr: REFUSED, status: 'RJCT', reason: 'CREDITOR_ACCOUNT_UNKNOWN' },
  ],
  openMessages: [],
  notices: new Map(
    [
      `LONGCN20 ${shortId('C', SETTLED)}`,
      `LONGCN20 ${shortId('N', SETTLED)}`,
      `ALTNKZ20 ${shortId('D', SETTLED)}`,
      `OTKLKZ20 ${shortId('P', SETTLED)}`,
    ].map((key) => [key, 1]),
  ),
};
const REPORT: FinalReport = {
  msgId: MSG_ID,
  statuses: new Map([
    [SETTLED, 'ACCC'],
    [REFUSED, 'RJCT'],
  ]),
};
const GOOD: Findings = { sent: [message], unansweredCount: 0, unexpected: [], reports: [[REPORT], []], end: END };

const withEnd = (end: Partial<EndState>): Findings => ({ ...GOOD, end: { ...END, ...end } });
const withCn = (change: Partial<EndLedger>): Findings => withEnd({ ledgers: [KZ, { ...CN, ...change }] });
const cnHold = (change: Partial<EndHold>) =>
  withCn({ holds: new Map([[SETTLED, { ...CN.holds.get(SETTLED)!, ...change }]]) });
const cnWallet = (tokens: bigint) =>
  withCn({ wallets: new Map([...CN.wallets, ['CN-FX-PROVIDER', { available: tokens, held: 0n, tokens }]]) });

const kinds = (findings: Findings) => [...new Set(judge(findings).problems.map(({ kind }) => kind))];

describe('the verdict of a crash test', () => {
  it('counts what settled and what was rejected, and finds nothing wrong with it', () => {
    expect(judge(GOOD)).toEqual({ payments: 2, settled: 1, rejected: 1, problems: [] });
  });

  const wrong: [string, Findings, 'split' | 'lost' | 'stuck'][] = [
    ['one ledger released what the other settled', cnHold({ state: 'RELEASED' }), 'split'],
    ['one ledger knows nothing of it', withCn({ holds: new Map() }), 'split'],
    ['a journal says ABORT of what settled', withCn({ votes: new Map([[SETTLED, 'ABORT']]) }), 'split'],
    ['a hold is open', cnHold({ state: 'HELD' }), 'stuck'],
    ['another amount moved', cnHold({ amountMinor: 13_501n }), 'lost'],
    ['a wallet has a minor unit too many', cnWallet(1_000_000_000_00n - 13_499n), 'lost'],
    ['the chain does not verify', { ...GOOD, faults: ['BLOCK_HASH ledger-cn block 7'] }, 'lost'],
    ['a payment is open', withEnd({ payments: END.payments.map((p) => ({ ...p, state: 'DECIDED' })) }), 'stuck'],
    ['the message is not there', withEnd({ payments: [] }), 'lost'],
    ['a message has open transactions', withEnd({ openMessages: [{ sender: 'ALTNKZ20', msgId: MSG_ID }] }), 'stuck'],
    ['the creditor agent was not told', withEnd({ notices: new Map() }), 'lost'],
    [
      'the creditor agent was told of what did not settle',
      withEnd({ notices: new Map([...END.notices, [`LONGCN20 ${shortId('C', REFUSED)}`, 1]]) }),
      'lost',
    ],
    ['there is no final pacs.002', { ...GOOD, reports: [[], []] }, 'stuck'],
    ['there are two', { ...GOOD, reports: [[REPORT, REPORT], []] }, 'lost'],
    [
      'it says that a settled payment was rejected',
      { ...GOOD, reports: [[{ ...REPORT, statuses: new Map([...REPORT.statuses, [SETTLED, 'RJCT']]) }], []] },
      'lost',
    ],
    ['a bank never got an answer', { ...GOOD, unansweredCount: 1 }, 'stuck'],
    ['an answer was no answer', { ...GOOD, unexpected: ['HTTP 401'] }, 'lost'],
  ];
  it.each(wrong)('tells when %s', (_what, findings, kind) => {
    expect(kinds(findings)).toContain(kind);
  });
});

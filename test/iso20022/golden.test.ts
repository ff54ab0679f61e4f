import { describe, expect, test } from 'vitest';
import { buildHeader } from '../../src/iso20022/builders/header.js';
import { buildInstitutionTransfer } from '../../src/iso20022/builders/institution-transfer.js';
import { buildNotification, type NotificationEntry } from '../../src/iso20022/builders/notification.js';
import { buildReject } from '../../src/iso20022/builders/reject.js';
import {
  accountReportVersionFor,
  institutionTransferVersionFor,
  notificationVersionFor,
  statementVersionFor,
  statusVersionFor,
} from '../../src/iso20022/builders/releases.js';
import { buildAccountReport, buildStatement } from '../../src/iso20022/builders/statement.js';
import { buildStatusReport, groupStatus, type OriginalMessage } from '../../src/iso20022/builders/status-report.js';
import { cutText, splitText, xmlText } from '../../src/iso20022/builders/text.js';
import { CATALOGUE_MESSAGE_IDS } from '../../src/iso20022/catalogue/catalogue.js';
import { type TranslationOrder, translateCreditTransfer } from '../../src/iso20022/translate.js';
import { CHARACTER_PROFILES } from '../../src/iso20022/translation/transliterate.js';
import { CREDIT_TRANSFER_VERSIONS } from '../../src/iso20022/translation/version-steps.js';
import { child, text, texts } from '../../src/iso20022/tree.js';
import { writeDocument } from '../../src/iso20022/writer.js';
import { golden, proved } from './support/golden.js';
import { fixture, officialErrors, orderOf, QUOTE_ID } from './support/messages.js';

const UETR = 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0001';
const report = {
  msgId: 'OTKL-STS-0001',
  creDtTm: '2026-11-23T05:20:03.000Z',
  instructingAgent: 'OTKLKZ20',
  instructedAgent: 'ALTNKZ20',
};
const original = {
  msgId: 'ALTN-MSG-20261123-0001',
  messageId: 'pacs.008.001.08',
  creDtTm: '2026-11-23T10:15:30.125+05:00',
};
const line = { instrId: 'ALTN-000001', endToEndId: 'INV-LM-2026-000001', txId: 'ALTN20261123000001', uetr: UETR };
const settled = {
  ...line,
  status: 'ACCC' as const,
  acceptanceAt: '2026-11-23T05:20:00.000Z',
  effectiveSettlementDate: '2026-11-23',
  settlementAmount: { text: '1250000.00', currency: 'KZT' },
  settlementDate: '2026-11-23',
};
const rejected = {
  ...line,
  status: 'RJCT' as const,
  reasons: [{ code: 'AM04', texts: [`The funds do not cover the amount. ${'😀'.repeat(200)}`] }],
};

const entry = (direction: 'CRDT' | 'DBIT', amountText: string, currency: string): NotificationEntry => ({
  amount: { text: amountText, currency },
  direction,
  bookingDate: '2026-11-23',
  valueDate: '2026-11-23',
  servicerRef: 'kz-000000000042-3',
  msgId: 'OTKL-OUT-0001',
  instrId: 'ALTN-000001',
  endToEndId: 'INV-LM-2026-000001',
  txId: 'ALTN20261123000001',
  uetr: UETR,
  exchange: {
    sourceAmount: { text: '1250000.00', currency: 'KZT' },
    targetAmount: { text: '19125.00', currency: 'CNY' },
    rate: '0.0153',
    quoteId: QUOTE_ID,
  },
  debtorName: 'ТОО «Алтын Дала Құрылыс»',
  debtorAccount: 'KZ419010001000000001',
  creditorName: 'Longmen Machinery Trading Co., Ltd.',
  creditorAccount: '6222020000000000001',
  debtorAgent: 'ALTNKZ20',
  creditorAgent: 'LONGCN20',
});
const notice = { msgId: 'OTKL-NTF-0001', creDtTm: '2026-11-23T05:20:03.000Z' };
const on = (accountId: string, ownerBic: string, currency: string, one: NotificationEntry) => ({
  id: `${accountId}-1`,
  accountId,
  ownerBic,
  currency,
  entries: [one],
});

const versionsOf = <Base extends string>(base: Base) =>
  CATALOGUE_MESSAGE_IDS.filter((id): id is Extract<typeof id, `${Base}.${string}`> => id.startsWith(`${base}.`));
const STATUS_REPORTS = versionsOf('pacs.002');
const NOTIFICATIONS = versionsOf('camt.054');

describe('status report', () => {
  test.each(STATUS_REPORTS)(
    '%s: settled, rejected, a batch in part, a refused message and several messages',
    (messageId) => {
      const about = (...originals: readonly OriginalMessage[]) =>
        buildStatusReport({ ...report, messageId, originals });
      proved(`${messageId}-accc`, messageId, about({ ...original, transactions: [settled] }));
      proved(`${messageId}-rjct`, messageId, about({ ...original, transactions: [rejected] }));
      const part = [settled, rejected, { ...line, status: 'PDNG' as const }];
      proved(`${messageId}-part`, messageId, about({ ...original, transactions: part }));
      const whole = { ...original, transactions: [], groupStatus: 'RJCT' as const, groupReasons: [{ code: 'AM19' }] };
      proved(`${messageId}-group`, messageId, about(whole));
      const next = { msgId: 'ALTN-MSG-20261123-0002', messageId: 'pacs.008.001.13' };
      const some = { ...next, statuses: ['ACTC', 'RJCT', 'ACTC'] as const, transactions: [rejected] };
      proved(`${messageId}-several`, messageId, about({ ...original, transactions: [settled] }, some));
    },
  );

  test('reason texts are pieces of at most 105 characters and whole code points', () => {
    const root = buildStatusReport({
      ...report,
      messageId: 'pacs.002.001.10',
      originals: [{ ...original, transactions: [rejected] }],
    });
    const pieces = texts(child(root, 'TxInfAndSts', 'StsRsnInf'), 'AddtlInf');
    expect(pieces.map((piece) => [...piece].length)).toEqual([105, 105, 25]);
    expect(pieces.join('')).toBe(rejected.reasons[0]?.texts.join(''));
  });

  test.each([
    [['ACTC', 'ACTC'], 'ACTC'],
    [['ACSC', 'ACCC'], 'ACSC'],
    [['ACCC'], 'ACCC'],
    [['RJCT', 'RJCT'], 'RJCT'],
    [['ACCC', 'RJCT'], 'PART'],
    [['PDNG', 'ACSC'], 'PART'],
  ] as const)('the group of %j is %s', (statuses, expected) => expect(groupStatus(statuses)).toBe(expected));

  test.each([
    ['pacs.008.001.02', 'pacs.002.001.08'],
    ['pacs.008.001.06', 'pacs.002.001.08'],
    ['pacs.008.001.07', 'pacs.002.001.09'],
    ['pacs.008.001.08', 'pacs.002.001.10'],
    ['pacs.008.001.09', 'pacs.002.001.11'],
    ['pacs.008.001.10', 'pacs.002.001.12'],
    ['pacs.008.001.11', 'pacs.002.001.13'],
    ['pacs.008.001.12', 'pacs.002.001.14'],
    ['pacs.008.001.13', 'pacs.002.001.15'],
    ['pacs.008.001.14', 'pacs.002.001.16'],
    ['pacs.028.001.03', 'pacs.002.001.10'],
    ['pacs.028.001.04', 'pacs.002.001.11'],
    ['pacs.028.001.05', 'pacs.002.001.12'],
    ['pacs.028.001.06', 'pacs.002.001.14'],
    ['pacs.028.001.07', 'pacs.002.001.16'],
  ])('%s is answered with %s', (request, answer) => expect(statusVersionFor(request)).toBe(answer));
});

describe('notification', () => {
  test.each(NOTIFICATIONS)('%s: credit, debit and both ledgers of the provider', (id) => {
    const credit = on('6222020000000000001', 'LONGCN20', 'CNY', entry('CRDT', '19125.00', 'CNY'));
    const debit = on('KZ419010001000000001', 'ALTNKZ20', 'KZT', entry('DBIT', '1250000.00', 'KZT'));
    const build = (recipientBic: string, ...notifications: (typeof credit)[]) =>
      buildNotification({ ...notice, messageId: id, recipientBic, notifications });
    proved(`${id}-credit`, id, build('LONGCN20', credit));
    proved(`${id}-debit`, id, build('ALTNKZ20', debit));
    const bought = on('kz-w-provider', 'OTKLKZ20', 'KZT', entry('CRDT', '1250000.00', 'KZT'));
    const sold = on('cn-w-provider', 'OTKLKZ20', 'CNY', entry('DBIT', '19125.00', 'CNY'));
    proved(`${id}-provider`, id, build('OTKLKZ20', bought, sold));
  });
});

const issued = {
  amount: { text: '5000000.00', currency: 'KZT' },
  direction: 'CRDT' as const,
  bookingDate: '2026-11-23',
  valueDate: '2026-11-23',
  servicerRef: '41.0',
  proprietaryCode: 'issue',
};
const account = {
  id: 'OTKL-STM-0001-1',
  sequenceNumber: 17n,
  accountId: 'KZ419010001000000001',
  ownerBic: 'ALTNKZ20',
  currency: 'KZT',
  from: '2026-11-23T00:00:00+05:00',
  to: '2026-11-23T23:59:59.999+05:00',
  openingMinor: 10_000_050n,
  openingDate: '2026-11-23',
  closingDate: '2026-11-23',
  availableMinor: 300_000_000n,
  entries: [issued, entry('DBIT', '1250000.00', 'KZT')],
};
const heading = { ...notice, recipientBic: 'ALTNKZ20' };
const quiet = { ...account, id: 'OTKL-STM-0001-2', accountId: 'kz-w-quiet', availableMinor: null, entries: [] };

test.each(versionsOf('camt.053'))('%s: a day with entries and one without', (id) =>
  proved(id, id, buildStatement({ ...heading, statements: [account, quiet] })),
);
test.each(versionsOf('camt.052'))('%s: the day so far', (id) =>
  proved(id, id, buildAccountReport({ ...heading, reports: [{ ...account, to: '2026-11-23T10:20:00+05:00' }] })),
);

const payer = { msgId: 'OTKL-FIT-0001', creDtTm: notice.creDtTm, instructingAgent: 'OTKLKZ20' };
const liquidity = {
  instrId: 'OTKL-LIQ-01',
  endToEndId: 'LIQ-20261123-01',
  uetr: UETR,
  amount: { text: '90000000.00', currency: 'KZT' },
  settlementDate: '2026-11-23',
  debtor: 'OTKLKZ20',
  creditor: 'ALTNKZ20',
};
const throughAgents = {
  ...liquidity,
  instrId: 'OTKL-LIQ-02',
  endToEndId: 'LIQ-20261123-02',
  txId: 'OTKL20261123000002',
  uetr: UETR.replace('0001', '0002'),
  clearingSystemRef: 'kz-42.3',
  debtorAccount: 'kz-w-provider',
  debtorAgent: 'OTKOKZ20',
  intermediaryAgents: ['LONGCN20', 'JADECN20'],
  creditorAgent: 'DALAKZ20',
  creditorAccount: 'KZ419010001000000001',
  purpose: 'TREA',
  remittance: 'Өтімділік, liquidity '.repeat(10),
} as const;

test.each(versionsOf('pacs.009'))('%s: one transfer on an account, and two by a clearing system', (id) => {
  const agents = { ...payer, instructedAgent: 'ALTNKZ20' };
  const place = { settlementAccount: { method: 'INDA', id: 'kz-w-altyn' } } as const;
  proved(`${id}-account`, id, buildInstitutionTransfer({ ...agents, ...place, transfers: [liquidity] }));
  const transfers = [liquidity, throughAgents];
  proved(`${id}-clearing`, id, buildInstitutionTransfer({ ...agents, clearingSystem: 'OTKEL-KZ', transfers }));
});

test.each([
  ['pacs.008.001.02', 'camt.054.001.06', '08', 'pacs.009.001.08'],
  ['pacs.008.001.06', 'camt.054.001.06', '08', 'pacs.009.001.08'],
  ['pacs.008.001.07', 'camt.054.001.06', '08', 'pacs.009.001.08'],
  ['pacs.008.001.08', 'camt.054.001.08', '08', 'pacs.009.001.08'],
  ['pacs.008.001.09', 'camt.054.001.08', '08', 'pacs.009.001.09'],
  ['pacs.008.001.10', 'camt.054.001.08', '08', 'pacs.009.001.10'],
  ['pacs.008.001.11', 'camt.054.001.11', '08', 'pacs.009.001.10'],
  ['pacs.008.001.12', 'camt.054.001.12', '12', 'pacs.009.001.11'],
  ['pacs.008.001.13', 'camt.054.001.13', '13', 'pacs.009.001.12'],
  ['pacs.008.001.14', 'camt.054.001.13', '13', 'pacs.009.001.13'],
  ['admi.002.001.01', 'camt.054.001.08', '08', 'pacs.009.001.08'],
])('who speaks %s is told with %s, camt.052 and camt.053.001.%s, and paid with %s', (spoken, told, report, paid) => {
  expect(notificationVersionFor(spoken)).toBe(told);
  expect(statementVersionFor(spoken)).toBe(`camt.053.001.${report}`);
  expect(accountReportVersionFor(spoken)).toBe(`camt.052.001.${report}`);
  expect(institutionTransferVersionFor(spoken)).toBe(paid);
});

describe('reject and header', () => {
  test('admi.002.001.01', () => {
    const refusal = {
      relatedRef: 'ALTN-MSG-20261123-0001',
      reason: 'SCHEMA_INVALID',
      rejectedAt: '2026-11-23T05:20:03.000Z',
      errorLocation: '/Document/FIToFICstmrCdtTrf/GrpHdr/NbOfTxs',
      description: `The message does not satisfy its schema \u0001 ${'我'.repeat(400)}`,
    };
    proved('admi.002.001.01', 'admi.002.001.01', buildReject(refusal));
    const empty = buildReject({ relatedRef: '', reason: 'NOT_WELL_FORMED', rejectedAt: notice.creDtTm });
    expect(officialErrors('admi.002.001.01', writeDocument('admi.002.001.01', empty))).toEqual([]);
  });

  test('head.001.001.02 with the header that it answers', () => {
    const header = buildHeader({
      fromBic: 'OTKLKZ20',
      toBic: 'ALTNKZ20',
      businessMessageId: 'OTKL-STS-0001',
      messageId: 'pacs.002.001.10',
      createdAt: '2026-11-23T05:20:03.000Z',
      answers: fixture('pacs.008.001.08/with-header.xml'),
    });
    expect(text(header, 'Rltd', 'BizMsgIdr')).toBe('ALTN-MSG-20261123-0005');
    const document = writeDocument('head.001.001.02', header);
    expect(officialErrors('head.001.001.02', document)).toEqual([]);
    golden('head.001.001.02.xml', document);
  });
});

const WITH_HEADER: Partial<TranslationOrder> = {
  withHeader: true,
  headerId: 'head.001.001.04',
  settlementAccount: { method: 'INGA', id: 'CN-OTKLKZ20-1' },
};

test.each([
  ['pacs.008.001.08/customer-with-quote-mark.xml', 'pacs.008.001.08'],
  ['pacs.008.001.08/full-chain-of-agents.xml', 'pacs.008.001.13'],
  ['pacs.008.001.13/customer-with-agreed-rate.xml', 'pacs.008.001.08'],
  ...CREDIT_TRANSFER_VERSIONS.map((version) => ['pacs.008.001.08/customer-kzt-to-cny.xml', version] as const),
  ['pacs.008.001.08/customer-kzt-to-cny.xml', 'pacs.008.001.08', 'in-latin', { characters: CHARACTER_PROFILES.x }],
  [
    'pacs.008.001.08/customer-kzt-to-cny.xml',
    'pacs.008.001.14',
    'with-header',
    { ...WITH_HEADER, clearingSystem: null },
  ],
] as const)(
  'translation of %s to %s %s',
  (source, target, form: string | null = null, change: Partial<TranslationOrder> = {}) => {
    const result = translateCreditTransfer(fixture(source), 0, orderOf(target, change));
    if (!result.ok) throw new Error(result.error.detail);
    expect(officialErrors(target, writeDocument(target, result.value.root))).toEqual([]);
    const name = `${source.replace('/', '-').replace('.xml', '')}-to-${target}${form === null ? '' : `-${form}`}`;
    golden(`${name}.xml`, Buffer.from(result.value.bytes).toString('utf8'));
    golden(`${name}.differences.json`, JSON.stringify(result.value.differences, null, 2));
  },
);

test('text is cut between characters, never inside one', () => {
  expect(cutText('a😀b', 2)).toBe('a😀');
  expect(splitText('😀😀😀', 2)).toEqual(['😀😀', '😀']);
  expect(xmlText('a\u0000\uD83Db\uFFFF😀\n')).toBe('a\uFFFD\uFFFDb\uFFFD😀\n');
});

import { expect, test } from 'vitest';
import { type DocumentContext, finalReport } from '../../src/gateway/documents.js';
import type { BrokenRule, PaymentRecord } from '../../src/gateway/payment.js';
import { children, text, texts } from '../../src/iso20022/tree.js';
import type { Bic, Uetr } from '../../src/kernel/ids.js';
import { checked } from '../iso20022/support/messages.js';

const CONTEXT: DocumentContext = {
  operator: 'OTKOKZ20' as Bic,
  localDate: () => '2026-11-23',
  outbound: () => ({ messageId: 'pacs.008.001.08', withHeader: false, headerId: 'head.001.001.02' }),
};

const rejected = (violations: readonly BrokenRule[]): PaymentRecord => ({
  sender: 'ALTNKZ20' as Bic,
  msgId: 'ALTN-MSG-1',
  index: 0,
  uetr: 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0001' as Uetr,
  ownsUetr: true,
  state: 'CLOSED',
  status: 'RJCT',
  reason: violations.length > 0 ? 'RULE_BROKEN' : 'CERTIFICATE_INVALID',
  detail: null,
  facts: {
    messageId: 'pacs.008.001.08',
    headerId: null,
    instrId: null,
    endToEndId: 'E2E-1',
    txId: null,
    debtorAgent: null,
    creditorAgent: null,
    debtorAccount: null,
    creditorAccount: null,
    provider: null,
    quoteId: null,
    rate: null,
    legs: [],
    creditsCustomer: false,
    destinationMessageId: null,
    violations,
  },
  differences: [],
  terms: null,
  destination: null,
  acceptedAt: 0,
  decidedAt: null,
  closedAt: 0,
});

const reasonsIn = (violations: readonly BrokenRule[]) => {
  const report = checked(finalReport(CONTEXT, [rejected(violations)], 0).body).document.root;
  const [transaction] = children(report, 'TxInfAndSts');
  return children(transaction, 'StsRsnInf').map((one) => [text(one, 'Rsn', 'Cd'), texts(one, 'AddtlInf')]);
};

const rule = (ruleId: string, iso: string, path: string, line: number | null): BrokenRule => ({
  ruleId,
  iso,
  message: 'is wrong',
  path,
  line,
});

test('each reason once, with every rule and its place, in texts that pacs.002 can hold', () => {
  const deep = `/Document/${'Element/'.repeat(20)}End`;
  expect(
    reasonsIn([
      rule('a.one', 'CH16', '/Document/A', 7),
      rule('b.two', 'AM10', '/B', null),
      rule('c.three', 'CH16', deep, 9),
    ]),
  ).toEqual([
    [
      'CH16',
      [
        'a.one: is wrong',
        'line 7: /Document/A',
        'c.three: is wrong',
        `line 9: ${deep}`.slice(0, 105),
        `line 9: ${deep}`.slice(105),
      ],
    ],
    ['AM10', ['b.two: is wrong', '/B']],
  ]);
});

test('a reason of very many rules says how many more there are', () => {
  const many = Array.from({ length: 33 }, (_, i) => rule(`a.r${i}`, 'CH16', '/A', i));
  const [[, told] = []] = reasonsIn(many);
  expect(told).toHaveLength(41);
  expect(told?.at(-1)).toBe('and 13 more');
});

test('an error without a reason of its own is told as NARR', () => {
  expect(reasonsIn([])).toEqual([['NARR', ['CERTIFICATE_INVALID: The certificate does not verify']]]);
});

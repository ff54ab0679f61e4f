import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildHeader } from '../../../src/iso20022/builders/header.js';
import { buildInstitutionTransfer } from '../../../src/iso20022/builders/institution-transfer.js';
import { checkRules } from '../../../src/iso20022/rules/check.js';
import type { RuleProfile } from '../../../src/iso20022/rules/rule.js';
import { child, children, text, texts } from '../../../src/iso20022/tree.js';
import { writeDocument, writeEnvelope } from '../../../src/iso20022/writer.js';
import { CONTEXT, checked, officialErrors } from '../support/messages.js';
import { accounts, amountOf, bics, currencies, days, instants, maybe, textUpTo, versionsOf } from './bounds.js';

const transfers = currencies.chain((currency) =>
  fc.record({
    instrId: maybe(textUpTo(35)),
    endToEndId: textUpTo(35),
    txId: maybe(textUpTo(35)),
    uetr: fc.uuid({ version: 4 }),
    clearingSystemRef: maybe(textUpTo(35)),
    amount: amountOf(currency, 10n ** 18n - 1n),
    settlementDate: days,
    debtor: bics,
    debtorAccount: maybe(accounts),
    debtorAgent: maybe(bics),
    intermediaryAgents: fc.oneof(
      fc.constant([] as const),
      fc.tuple(bics),
      fc.tuple(bics, bics),
      fc.tuple(bics, bics, bics),
    ),
    creditorAgent: maybe(bics),
    creditor: bics,
    creditorAccount: maybe(accounts),
    purpose: maybe(fc.constantFrom('TREA', 'INTC')),
    remittance: maybe(textUpTo(400)),
  }),
);
const orders = fc.record({
  msgId: textUpTo(35),
  creDtTm: instants,
  instructingAgent: bics,
  instructedAgent: bics,
  clearingSystem: maybe(textUpTo(35)),
  settlementAccount: maybe(fc.record({ method: fc.constantFrom('INDA' as const, 'INGA' as const), id: textUpTo(34) })),
  transfers: fc.array(transfers, { minLength: 1, maxLength: 3 }),
});

test.each(versionsOf('pacs.009'))('any transfers within the bounds make a valid %s that says them all', (id) =>
  fc.assert(
    fc.property(orders, (order) => {
      const document = writeDocument(id, buildInstitutionTransfer(order));
      expect(officialErrors(id, document)).toEqual([]);
      const { root } = checked(document).document;
      expect(text(root, 'GrpHdr', 'NbOfTxs')).toBe(String(order.transfers.length));
      const said = children(root, 'CdtTrfTxInf').map((one) => ({
        uetr: text(one, 'PmtId', 'UETR'),
        amount: [text(one, 'IntrBkSttlmAmt', '#'), text(one, 'IntrBkSttlmAmt', '@Ccy')],
        chain: ['InstgAgt', 'InstdAgt', 'IntrmyAgt1', 'IntrmyAgt2', 'IntrmyAgt3', 'Dbtr', 'DbtrAgt', 'CdtrAgt', 'Cdtr']
          .map((name) => text(one, name, 'FinInstnId', 'BICFI'))
          .filter((bic) => bic !== undefined),
        remittance: texts(child(one, 'RmtInf'), 'Ustrd').join(''),
      }));
      expect(said).toEqual(
        order.transfers.map((one) => ({
          uetr: one.uetr,
          amount: [one.amount.text, one.amount.currency],
          chain: [
            order.instructingAgent,
            order.instructedAgent,
            ...one.intermediaryAgents,
            one.debtor,
            one.debtorAgent,
            one.creditorAgent,
            one.creditor,
          ].filter((bic) => bic !== null),
          remittance: one.remittance ?? '',
        })),
      );
    }),
    { numRuns: 30 },
  ),
);

describe('usage rules', () => {
  const order = {
    msgId: 'ALTN-MSG-20261123-0104',
    creDtTm: '2026-11-23T10:15:30+05:00',
    instructingAgent: 'ALTNKZ20',
    instructedAgent: 'OTKLKZ20',
    transfers: [
      {
        instrId: 'ALTN-000104',
        endToEndId: 'LIQ-20261123-01',
        uetr: 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0104',
        amount: { text: '90000000.00', currency: 'KZT' },
        settlementDate: '2026-11-23',
        debtor: 'ALTNKZ20',
        creditor: 'LONGCN20',
      },
    ],
  };
  const broken = (profile: RuleProfile, businessService: string, place: object) => {
    const messageId = 'pacs.009.001.08';
    const header = buildHeader({
      fromBic: 'ALTNKZ20',
      toBic: 'OTKLKZ20',
      businessMessageId: order.msgId,
      messageId,
      createdAt: '2026-11-23T10:15:31+05:00',
      businessService,
    });
    const root = buildInstitutionTransfer({ ...order, ...place });
    const message = checked(writeEnvelope({ messageId: 'head.001.001.02', root: header }, messageId, root));
    const violations = checkRules(message, { profiles: [profile], context: CONTEXT });
    return violations.filter(({ severity }) => severity === 'error');
  };

  test('CBPR+ and HVPS+ have nothing against a transfer', () => {
    const account = { settlementAccount: { method: 'INDA', id: 'kz-w-altyn' } };
    expect(broken('cbpr-plus', 'swift.cbprplus.03', account)).toEqual([]);
    expect(broken('hvps-plus', 'hvps.kz.01', { clearingSystem: 'OTKEL-KZ' })).toEqual([]);
  });
});

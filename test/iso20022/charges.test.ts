/** What a corridor charges, as the message that goes on and the notices tell of it. */
import { describe, expect, test } from 'vitest';
import { buildNotification, type NotificationEntry } from '../../src/iso20022/builders/notification.js';
import type { NotificationId } from '../../src/iso20022/builders/releases.js';
import { type ChargeOrder, translateCreditTransfer } from '../../src/iso20022/translate.js';
import { CREDIT_TRANSFER_VERSIONS } from '../../src/iso20022/translation/version-steps.js';
import { child, children, text } from '../../src/iso20022/tree.js';
import { writeEnvelope } from '../../src/iso20022/writer.js';
import { checked, fixture, fixtureText, officialErrors, orderOf } from './support/messages.js';

const CHARGE: ChargeOrder = { agentBic: 'OTKOKZ20', amountText: '1450.00', instructedText: '1250000.00' };
const OLD = 'pacs.008.001.08/customer-kzt-to-cny.xml';
const NEW = 'pacs.008.001.13/customer-without-quote.xml';

/** The onward transaction, from bytes that both schemas take, and the report. */
function onward(source: ReturnType<typeof fixture>, target: string, charge: ChargeOrder | null = CHARGE) {
  const result = translateCreditTransfer(source, 0, orderOf(target, { charge }));
  if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail}`);
  const xml = Buffer.from(result.value.bytes).toString();
  expect(officialErrors(target, xml)).toEqual([]);
  return { transaction: child(checked(xml).document.root, 'CdtTrfTxInf'), differences: result.value.differences };
}

describe('the message that goes on', () => {
  test.each(CREDIT_TRANSFER_VERSIONS.flatMap((version) => [OLD, NEW].map((from) => [version, from] as const)))(
    'says in %s, from %s, what was charged and by whom, in the source currency',
    (version, from) => {
      const { transaction, differences } = onward(fixture(from), version);
      const [charge, ...more] = children(transaction, 'ChrgsInf');
      expect(more).toEqual([]);
      expect(child(charge, 'Amt')).toEqual({ '#': '1450.00', '@Ccy': 'KZT' });
      const place = charge?.Agt ? 'Agt' : 'Pty';
      const bic = text(charge, place, 'FinInstnId', 'BICFI') ?? text(charge, place, 'FinInstnId', 'BIC');
      expect(bic).toBe('OTKOKZ20');
      expect(child(transaction, 'InstdAmt')).toEqual({ '#': '1250000.00', '@Ccy': 'KZT' });
      const [told] = differences.filter(({ to }) => to?.includes('ChrgsInf'));
      expect(told).toMatchObject({ kind: 'added', to: expect.stringContaining('ChrgsInf[1]') });
    },
  );

  test('has what was charged before first, and the same charge once', () => {
    const stated = (amount: string, bic: string) =>
      `<ChrgsInf><Amt Ccy="KZT">${amount}</Amt><Agt><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></Agt></ChrgsInf>`;
    const charges = (...given: readonly string[]) => {
      const xml = fixtureText(OLD).replace('</ChrgBr>', `</ChrgBr>${given.join('')}`);
      return children(onward(checked(xml), 'pacs.008.001.08').transaction, 'ChrgsInf').map((one) =>
        text(one, 'Agt', 'FinInstnId', 'BICFI'),
      );
    };
    expect(charges(stated('30', 'ALTNKZ20'))).toEqual(['ALTNKZ20', 'OTKOKZ20']);
    expect(charges(stated('1450', 'OTKOKZ20XXX'))).toEqual(['OTKOKZ20XXX']);
    expect(charges(stated('1450.01', 'OTKOKZ20'))).toEqual(['OTKOKZ20', 'OTKOKZ20']);
  });

  test('names the amount that was sent where the source leg does not, which a payer’s own charge is no part of', () => {
    const xml = fixtureText(OLD).replace(/<InstdAmt[^>]*>[^<]*<\/InstdAmt>/, '');
    const sent = { ...CHARGE, instructedText: '1248550.00' };
    expect(text(onward(checked(xml), 'pacs.008.001.08', sent).transaction, 'InstdAmt')).toBe('1248550.00');
    expect(text(onward(checked(xml), 'pacs.008.001.08', null).transaction, 'InstdAmt')).toBe('1250000.00');
  });

  test('without a charge is the same, to the byte, whether none is said or null', () => {
    const bytes = (change: object) => {
      const result = translateCreditTransfer(fixture(OLD), 0, orderOf('pacs.008.001.08', change));
      return result.ok && Buffer.from(result.value.bytes).toString();
    };
    expect(bytes({ charge: null })).toBe(bytes({}));
  });
});

test.each(['06', '08', '11', '12', '13'])('a notice of version .%s says what of its amount was charged', (version) => {
  const messageId = `camt.054.001.${version}` as NotificationId;
  const entry: NotificationEntry = {
    ...{ amount: { text: '1250000.00', currency: 'KZT' }, direction: 'DBIT', servicerRef: 'KZ-1' },
    ...{
      bookingDate: '2026-11-23',
      valueDate: '2026-11-23',
      msgId: 'M-1',
      uetr: 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0001',
    },
    charge: { amount: { text: '1450.00', currency: 'KZT' }, agentBic: 'OTKOKZ20' },
  };
  const root = buildNotification({
    ...{ messageId, msgId: 'N-1', creDtTm: '2026-11-23T05:20:00.000Z', recipientBic: 'ALTNKZ20' },
    notifications: [
      { id: 'N-1-1', accountId: 'KZ419010001000000001', ownerBic: 'ALTNKZ20', currency: 'KZT', entries: [entry] },
    ],
  });
  const xml = Buffer.from(writeEnvelope(null, messageId, root)).toString();
  expect(officialErrors(messageId, xml)).toEqual([]);
  checked(xml);
  expect(xml).toContain(
    '<Chrgs><TtlChrgsAndTaxAmt Ccy="KZT">1450.00</TtlChrgsAndTaxAmt><Rcrd><Amt Ccy="KZT">1450.00</Amt>' +
      '<CdtDbtInd>DBIT</CdtDbtInd><ChrgInclInd>true</ChrgInclInd><Agt><FinInstnId><BICFI>OTKOKZ20</BICFI></FinInstnId></Agt></Rcrd></Chrgs>',
  );
});

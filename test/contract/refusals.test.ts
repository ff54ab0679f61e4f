/** Usage rules above the schema, as a sender meets them: 422 with pacs.002 `RJCT` and the ISO reason of each rule. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureNames } from '../iso20022/support/messages.js';
import { BANK, CUSTOMER_08, type Edit, fresh, openWorld, setText, setWithin, swap, type World } from './support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Every refused fixture: the named error, its ISO reason, and what makes it a message of today. */
const REFUSED: Record<string, readonly [code: string, iso: string, ...edits: Edit[]]> = {
  'pacs.008.001.08/refused/settlement-method-cove.xml': ['SETTLEMENT_METHOD_REFUSED', 'NARR'],
  'pacs.008.001.08/refused/amount-zero.xml': ['AMOUNT_ZERO', 'AM01'],
  'pacs.008.001.08/refused/amount-decimals.xml': ['AMOUNT_DECIMALS', 'AM12'],
  'pacs.008.001.08/refused/amount-too-large.xml': ['AMOUNT_TOO_LARGE', 'AM02'],
  'pacs.008.001.08/refused/currency-of-another-leg.xml': ['CURRENCY_WRONG', 'AM03'],
  'pacs.008.001.08/refused/currency-unknown.xml': ['CURRENCY_WRONG', 'AM03'],
  'pacs.008.001.08/refused/rate-zero.xml': ['QUOTE_MISMATCH', 'AB04'],
  'pacs.008.001.08/refused/settlement-date-past.xml': [
    'SETTLEMENT_DATE_PAST',
    'DT01',
    setText('IntrBkSttlmDt', '2020-02-29'),
  ],
  'pacs.008.001.08/refused/settlement-date-future.xml': [
    'SETTLEMENT_DATE_FUTURE',
    'DT04',
    setText('IntrBkSttlmDt', '2099-12-31'),
  ],
  'pacs.008.001.13/refused/message-expired.xml': [
    'MESSAGE_EXPIRED',
    'TM01',
    setText('XpryDtTm', '2020-01-01T00:00:00+05:00'),
  ],
  'pacs.008.001.08/refused/debtor-agent-without-bic.xml': ['AGENT_UNKNOWN', 'RC03'],
  'pacs.008.001.08/refused/creditor-agent-without-bic.xml': ['CREDITOR_AGENT_UNKNOWN', 'RC04'],
  'pacs.008.001.08/refused/instructing-agent-without-bic.xml': ['AGENT_UNKNOWN', 'AGNT'],
  'pacs.008.001.08/refused/instructed-agent-foreign.xml': ['AGENT_UNKNOWN', 'AGNT'],
  'pacs.008.001.08/refused/bic-country-unknown.xml': ['RULE_BROKEN', 'RC01'],
  'pacs.008.001.08/refused/iban-check-digits.xml': ['RULE_BROKEN', 'AC01'],
  'pacs.008.001.08/refused/lei-check-digits.xml': ['RULE_BROKEN', 'CH16'],
  'pacs.008.001.08/refused/country-unknown.xml': ['RULE_BROKEN', 'BE09'],
  'pacs.008.001.08/refused/count-of-transactions.xml': ['RULE_BROKEN', 'AM19'],
  'pacs.008.001.08/refused/control-sum.xml': ['RULE_BROKEN', 'AM10'],
  'pacs.008.001.08/refused/total-amount.xml': ['RULE_BROKEN', 'AM10'],
  'pacs.008.001.08/refused/total-of-another-currency.xml': ['CURRENCY_WRONG', 'AM03'],
  'pacs.008.001.08/refused/two-quotes.xml': ['QUOTE_MISMATCH', 'AB04'],
  'pacs.008.001.08/refused/quote-not-a-uuid.xml': ['QUOTE_UNKNOWN', 'AB04'],
  'pacs.008.001.13/refused/agreed-rate-other-unit.xml': ['QUOTE_MISMATCH', 'AB04'],
  'pacs.008.001.08/refused/header-names-another-message.xml': ['RULE_BROKEN', 'CH16'],
  'pacs.008.001.08/refused/header-from-another-bank.xml': ['AGENT_UNKNOWN', 'AGNT'],
};
/** Only one of its two transactions is refused. */
const PARTLY_REFUSED = 'pacs.008.001.08/refused/uetr-twice.xml';

describe('a broken usage rule', () => {
  it.each(Object.entries(REFUSED))('%s: 422, RJCT', async (file, [code, iso, ...edits]) => {
    const before = await world.balances();
    const { xml, uetrs } = fresh(world, file, ...edits);
    const answer = await world.post(xml);
    expect(answer).toMatchObject({ http: 422, group: 'RJCT' });
    expect(answer.messageId).toBe(file.startsWith('pacs.008.001.13') ? 'pacs.002.001.15' : 'pacs.002.001.10');
    expect(answer.lines.map(({ uetr, status }) => [uetr, status])).toEqual(uetrs.map((uetr) => [uetr, 'RJCT']));
    for (const { reasons, texts } of answer.lines) {
      expect(reasons[0]).toBe(iso);
      expect(texts[0]).not.toBe('');
    }
    for (const uetr of uetrs)
      expect((await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).body).toMatchObject({ reason: { code } });
    expect(await world.balances()).toEqual(before);
  });

  it('every refused fixture is one of these', () => {
    const all = ['pacs.008.001.08', 'pacs.008.001.13'].flatMap((folder) =>
      fixtureNames(`${folder}/refused`).map((name) => `${folder}/refused/${name}`),
    );
    expect([...Object.keys(REFUSED), PARTLY_REFUSED].sort()).toEqual(all.sort());
  });

  it('one UETR twice in a message: the first is settled, the second RJCT AM05, the group PART', async () => {
    const uetr = randomUUID();
    const answer = await world.post(fresh(world, PARTLY_REFUSED, setText('UETR', uetr)).xml);
    expect(answer).toMatchObject({ http: 200, group: 'PART' });
    expect(answer.lines.map((line) => [line.uetr, line.status, line.reasons])).toEqual([
      [uetr, 'ACCC', []],
      [uetr, 'RJCT', ['AM05']],
    ]);
    expect((await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).body).toMatchObject({ status: 'ACCC' });
  });

  it('every violation at once with rule, place, line and reason: in the pacs.002, as JSON, and of the payment', async () => {
    const edits = [
      swap('<SttlmMtd>CLRG', '<SttlmMtd>COVE'),
      swap('<Ctry>CN', '<Ctry>QQ'),
      setText('NbOfTxs', '7'),
      swap('</Cdtr>', '<Id><OrgId><LEI>529900T8BM49AURSDO56</LEI></OrgId></Id></Cdtr>'),
    ];
    const message = fresh(world, CUSTOMER_08, ...edits);
    const [uetr] = message.uetrs;
    const answer = await world.post(message.xml);
    const lineOf = (part: string) => message.xml.split('\n').findIndex((line) => line.includes(part)) + 1;
    const BODY = '/Document/FIToFICstmrCdtTrf';
    const rows = [
      ['AM19', 'total.count', `${BODY}/GrpHdr/NbOfTxs`, lineOf('<NbOfTxs>')],
      ['NARR', 'settlement.method', `${BODY}/GrpHdr/SttlmInf/SttlmMtd`, lineOf('<SttlmMtd>')],
      ['CH16', 'party.lei', `${BODY}/CdtTrfTxInf[1]/Cdtr/Id/OrgId/LEI`, lineOf('<LEI>')],
      ['BE09', 'party.country', `${BODY}/CdtTrfTxInf[1]/Cdtr/PstlAdr/Ctry`, lineOf('<Ctry>QQ')],
    ] as const;
    expect(answer.lines[0]?.reasons).toEqual(rows.map(([iso]) => iso));
    for (const [i, [, rule, path, line]] of rows.entries()) {
      expect(answer.lines[0]?.texts[i]).toMatch(new RegExp(`^${rule}: `));
      expect(answer.lines[0]?.texts[i]?.endsWith(`line ${line}: ${path}`)).toBe(true);
    }
    const findings = rows.map(([isoReason, code, xpath, line]) => ({ code, isoReason, xpath, line }));
    const payment = (await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).body;
    expect(payment).toMatchObject({ violations: findings });
    const again = fresh(world, CUSTOMER_08, ...edits);
    const json = await world.call(BANK, 'POST', '/v1/messages', {
      body: again.xml,
      headers: { accept: 'application/problem+json' },
    });
    expect(json).toMatchObject({ status: 422, body: { code: 'RULE_BROKEN', findings } });
  });

  it('an intermediary agent that is not of this corridor: INTERMEDIARY_CONTRADICTS, RC11', async () => {
    const intermediary = '<IntrmyAgt1><FinInstnId><BICFI>CHASUS33</BICFI></FinInstnId></IntrmyAgt1>';
    const answer = await world.post(fresh(world, CUSTOMER_08, swap('<Dbtr>', `${intermediary}<Dbtr>`)).xml);
    expect(answer).toMatchObject({ http: 422 });
    expect(answer.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['RC11'] });
  });

  it('an intermediary agent that is the provider contradicts nothing', async () => {
    const intermediary = '<IntrmyAgt1><FinInstnId><BICFI>OTKLKZ20</BICFI></FinInstnId></IntrmyAgt1>';
    const answer = await world.post(fresh(world, CUSTOMER_08, swap('<Dbtr>', `${intermediary}<Dbtr>`)).xml);
    expect(answer.lines[0]).toMatchObject({ status: 'ACCC' });
  });

  it.each(['CLRG', 'INDA', 'INGA'])('settlement method %s is accepted', async (method) => {
    const { xml } = fresh(world, CUSTOMER_08, (text) => text.replace('<SttlmMtd>CLRG', `<SttlmMtd>${method}`));
    const answer = await world.post(xml);
    expect(answer.lines[0]).toMatchObject({ status: 'ACCC' });
  });

  it('BICs with a branch name the same institution', async () => {
    const edits = [setWithin('InstgAgt', 'BICFI', 'ALTNKZ20XXX'), setWithin('CdtrAgt', 'BICFI', 'LONGCN20XXX')];
    expect((await world.post(fresh(world, CUSTOMER_08, ...edits).xml)).lines[0]).toMatchObject({ status: 'ACCC' });
  });
});

describe('ordinary XML that real banks send', () => {
  it.each<[string, Edit]>([
    ['CDATA', swap(/<Nm>Longmen[^<]*/, '<Nm><![CDATA[Longmen Machinery & Co]]>')],
    ['character references', swap(/<Nm>Longmen[^<]*/, '<Nm>Longmen &#77;achinery &amp; Co')],
    ['comments', swap('<GrpHdr>', '<!-- from the core system --><GrpHdr>')],
    ['a prefix', (xml) => xml.replace(/<(\/?)([A-Z])/g, '<$1p:$2').replace('xmlns=', 'xmlns:p=')],
    ['no declaration', swap(/<\?xml[^>]*>\s*/, '')],
    ['a byte order mark', (xml) => `\ufeff${xml}`],
    ['Windows line ends', (xml) => xml.replaceAll('\n', '\r\n')],
  ])('%s settles', async (_, edit) => {
    expect((await world.post(fresh(world, CUSTOMER_08, edit).xml)).lines[0]).toMatchObject({ status: 'ACCC' });
  });

  it('text/xml is XML too', async () => {
    const answer = await world.post(fresh(world).xml, { headers: { 'content-type': 'text/xml; charset=utf-8' } });
    expect(answer.lines[0]).toMatchObject({ status: 'ACCC' });
  });
});

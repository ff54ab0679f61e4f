/** The inbox: what each party of a payment is told, that it is valid, and that it waits until it is acknowledged. */
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { child, children, text } from '../../src/iso20022/tree.js';
import type { CheckedMessage } from '../../src/iso20022/types.js';
import { hasOfficial, notRun } from '../iso20022/support/official.js';
import {
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  CUSTOMER_13,
  expectProblem,
  fresh,
  type InboxEntry,
  openWorld,
  readSent,
  setCreditorAccount,
  setDebtorAccount,
  setWithin,
  swap,
  type World,
} from './support.js';

let world: World;
beforeAll(async () => {
  if (!hasOfficial) notRun('messages in inboxes against the official schemas');
  world = await openWorld();
});
afterAll(() => world.close());

const itemOf = (key: string, id: string): Promise<Response> => world.call(key, 'GET', `/v1/inbox/${id}`);

/** The messages of one payment in somebody's inbox, read and valid. */
async function told(key: string, uetr: string): Promise<{ entry: InboxEntry; message: CheckedMessage; xml: string }[]> {
  const entries = await world.inbox(key, uetr);
  return Promise.all(
    entries.map(async (entry) => {
      const answer = await itemOf(key, entry.id);
      expect(answer.status).toBe(200);
      expect(answer.headers['content-type']).toContain('application/xml');
      expect(answer.headers['otkel-message']).toBe(entry.message);
      const message = readSent(answer.text);
      expect(message.document.messageId).toBe(entry.message);
      return { entry, message, xml: answer.text };
    }),
  );
}

const entryOf = (message: CheckedMessage, index = 0) => child(children(message.document.root, 'Ntfctn')[index], 'Ntry');

describe('the five documents of a settled payment', () => {
  it('to the debtor agent: the final pacs.002, and a camt.054 debit', async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    const found = await told(BANK, uetr);
    expect(found.map(({ entry }) => entry.message).sort()).toEqual(['camt.054.001.08', 'pacs.002.001.10']);
    const report = found.find(({ entry }) => entry.message === 'pacs.002.001.10')!;
    expect(text(child(report.message.document.root, 'TxInfAndSts'), 'TxSts')).toBe('ACCC');
    const debit = found.find(({ entry }) => entry.message === 'camt.054.001.08')!.message;
    expect(text(entryOf(debit), 'Amt')).toBe('1250000.00');
    expect(text(entryOf(debit), 'CdtDbtInd')).toBe('DBIT');
    expect(
      text(children(debit.document.root, 'Ntfctn')[0], 'Acct', 'Id', 'Othr', 'Id') ??
        text(children(debit.document.root, 'Ntfctn')[0], 'Acct', 'Id', 'IBAN'),
    ).toBe('KZ419010001000000001');
  });

  it('to the creditor agent: the pacs.008 and a camt.054 credit', async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    const found = await told(CREDITOR_BANK, uetr);
    expect(found.map(({ entry }) => entry.message)).toEqual(['pacs.008.001.08', 'camt.054.001.08']);
    const credit = found[1]!.message;
    expect(text(entryOf(credit), 'Amt')).toBe('16875.00');
    expect(text(entryOf(credit), 'CdtDbtInd')).toBe('CRDT');
  });

  it('to the provider: one camt.054 with both its wallets', async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    const [only, ...rest] = await told('provider', uetr);
    expect(rest).toEqual([]);
    const sides = [0, 1].map((i) => [
      text(entryOf(only!.message, i), 'Amt'),
      text(entryOf(only!.message, i), 'CdtDbtInd'),
    ]);
    expect(sides).toEqual([
      ['1250000.00', 'CRDT'],
      ['16875.00', 'DBIT'],
    ]);
  });

  it('everything carries the UETR of the payment', async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    for (const key of [BANK, CREDITOR_BANK, 'provider'])
      for (const { xml: sent } of await told(key, uetr)) expect(sent).toContain(uetr);
  });

  it('the pacs.008 onward: agents, amount and clearing of the destination leg, parties and remittance of the source', async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    const onward = (await told(CREDITOR_BANK, uetr))[0]!.message.document.root;
    const tx = child(onward, 'CdtTrfTxInf');
    const bic = (name: string) => text(tx, name, 'FinInstnId', 'BICFI');
    expect({
      instructing: bic('InstgAgt'),
      instructed: bic('InstdAgt'),
      previous: bic('PrvsInstgAgt1'),
      creditorAgent: bic('CdtrAgt'),
      amount: text(tx, 'IntrBkSttlmAmt'),
      endToEndId: text(tx, 'PmtId', 'EndToEndId'),
      debtor: text(tx, 'Dbtr', 'Nm') !== undefined,
      account: text(tx, 'CdtrAcct', 'Id', 'Othr', 'Id'),
    }).toEqual({
      instructing: 'OTKLKZ20',
      instructed: 'LONGCN20',
      previous: 'ALTNKZ20',
      creditorAgent: 'LONGCN20',
      amount: '16875.00',
      endToEndId: 'INV-LM-2026-000001',
      debtor: true,
      account: '6222020000000000001',
    });
  });

  it.each([
    [CUSTOMER_08, 'LONGCN20', '6222020000000000001', CREDITOR_BANK, 'pacs.008.001.08', true],
    [CUSTOMER_13, 'LONGCN20', '6222020000000000001', CREDITOR_BANK, 'pacs.008.001.08', true],
    [CUSTOMER_08, 'JADECN20', '6228480000000000001', 'bank-jadecn20', 'pacs.008.001.13', false],
    [CUSTOMER_13, 'JADECN20', '6228480000000000001', 'bank-jadecn20', 'pacs.008.001.13', false],
  ])(
    '%s to %s: in the version and with the header that its profile names',
    async (file, bic, account, key, version, withHeader) => {
      const edits = bic === 'LONGCN20' ? [] : [setWithin('CdtrAgt', 'BICFI', bic), setCreditorAccount(account)];
      const { xml, uetr } = fresh(world, file, ...edits);
      await world.post(xml);
      const [onward, notice] = await told(key, uetr);
      expect(onward!.entry.message).toBe(version);
      expect(notice!.entry.message).toBe(version === 'pacs.008.001.13' ? 'camt.054.001.13' : 'camt.054.001.08');
      for (const { message } of [onward!, notice!])
        expect(message.header?.messageId ?? null).toBe(withHeader ? 'head.001.001.02' : null);
    },
  );

  it('a bank that speaks .13 is told of its debit in camt.054.001.13', async () => {
    const edits = [swap(/ALTNKZ20/g, 'DALAKZ20'), swap('KZ419010001000000001', 'KZ249020001000000001')];
    const { xml, uetr } = fresh(world, CUSTOMER_13, ...edits);
    await world.post(xml, { key: 'bank-dalakz20' });
    const found = await told('bank-dalakz20', uetr);
    expect(found.map(({ entry }) => entry.message).sort()).toEqual(['camt.054.001.13', 'pacs.002.001.15']);
  });
});

describe('other ends', () => {
  it('a refused payment: its sender gets the pacs.002 RJCT, nobody else anything', async () => {
    const { xml, uetr } = fresh(world, CUSTOMER_08, setDebtorAccount('NOBODYS'));
    await world.post(xml);
    const found = await told(BANK, uetr);
    expect(found.map(({ entry }) => entry.message)).toEqual(['pacs.002.001.10']);
    expect(found[0]!.xml).toContain('<TxSts>RJCT</TxSts>');
    expect(await world.inbox(CREDITOR_BANK, uetr)).toEqual([]);
    expect(await world.inbox('provider', uetr)).toEqual([]);
  });

  it('a batch: one final pacs.002 for all, without a UETR of its own', async () => {
    const { xml, msgId, uetrs } = fresh(world, 'pacs.008.001.08/batch-of-three.xml');
    await world.post(xml);
    const { body } = await world.call(BANK, 'GET', '/v1/inbox?limit=500');
    const reports = (body as { items: InboxEntry[] }).items.filter(({ message }) => message === 'pacs.002.001.10');
    const texts = await Promise.all(reports.map(async ({ id }) => (await itemOf(BANK, id)).text));
    const mine = texts.filter((report) => report.includes(`<OrgnlMsgId>${msgId}<`));
    expect(mine).toHaveLength(1);
    for (const uetr of uetrs) expect(mine[0]).toContain(uetr);
    expect(reports[texts.indexOf(mine[0]!)]).toMatchObject({ uetr: null });
  });
});

describe('list, get, acknowledge', () => {
  it('an item stays until it is acknowledged, and can be read after it', async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    const [first, second] = await world.inbox(CREDITOR_BANK, uetr);
    expect((await itemOf(CREDITOR_BANK, first!.id)).status).toBe(200);
    expect(await world.inbox(CREDITOR_BANK, uetr)).toEqual([first, second]);
    const acknowledge = () => world.call(CREDITOR_BANK, 'POST', `/v1/inbox/${first!.id}/acknowledgement`);
    const acknowledged = await acknowledge();
    expect([acknowledged.status, acknowledged.text]).toEqual([204, '']);
    expect(await world.inbox(CREDITOR_BANK, uetr)).toEqual([second]);
    expect((await itemOf(CREDITOR_BANK, first!.id)).status).toBe(200);
    expect((await acknowledge()).status).toBe(204);
  });

  it('pages: limit, after, oldest first, every item once', async () => {
    for (let i = 0; i < 3; i++) await world.post(fresh(world).xml);
    const list = async (query: string) =>
      ((await world.call('provider', 'GET', `/v1/inbox${query}`)).body as { items: InboxEntry[] }).items;
    const all = await list('?limit=500');
    expect(all.length).toBeGreaterThanOrEqual(3);
    const paged: InboxEntry[] = [];
    for (let after = '0'; ; after = paged.at(-1)!.id) {
      const page = await list(`?limit=2&after=${after}`);
      if (page.length === 0) break;
      expect(page.length).toBeLessThanOrEqual(2);
      paged.push(...page);
    }
    expect(paged).toEqual(all);
    expect(all.map(({ id }) => BigInt(id))).toEqual(
      [...all.map(({ id }) => BigInt(id))].sort((a, b) => (a < b ? -1 : 1)),
    );
  });

  it.each(['?limit=0', '?limit=501', '?limit=x', '?after=-1', '?after=1&after=2'])(
    '%s is a bad request',
    async (query) => {
      expectProblem(await world.call(BANK, 'GET', `/v1/inbox${query}`), 400, 'BAD_REQUEST', null);
    },
  );

  it("other people's items and unknown ones are 404, to read and to acknowledge", async () => {
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    const [item] = await world.inbox(CREDITOR_BANK, uetr);
    for (const [key, id] of [
      [BANK, item!.id],
      ['operator', item!.id],
      [CREDITOR_BANK, '999999999'],
    ] as const) {
      expectProblem(await itemOf(key, id), 404, 'NOT_FOUND', null);
      expectProblem(await world.call(key, 'POST', `/v1/inbox/${id}/acknowledgement`), 404, 'NOT_FOUND', null);
    }
    expect(await world.inbox(CREDITOR_BANK, uetr)).toContainEqual(item);
  });

  it('an id that is no number is a bad request', async () => {
    expectProblem(await itemOf(BANK, 'first'), 400, 'BAD_REQUEST', null);
  });
});

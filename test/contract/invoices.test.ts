/** `/v1/ledgers/{code}/invoices…`: e-invoices and their VAT, each to whom it belongs. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { available, BANK, CREDITOR_BANK, expectProblem, openWorld, type World } from './support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  const vat = { markId: 'vat', rule: { by: 'vat', taxWallet: TAX } };
  expect((await world.json('treasury-kz', 'POST', `${KZ}/marks`, vat)).status).toBe(201);
});
afterAll(() => world.close());

const KZ = '/v1/ledgers/KZ';
const TAX = 'KZ-TAX';
/** The seller is a client of one bank, the buyer of the other. */
const SELLER = 'KZ-ALTNKZ20-1';
const BUYER = 'KZ-DALAKZ20-1';
const BUYERS_BANK = 'bank-dalakz20';
const ORACLE = 'oracle-kz';
type Body = Record<string, unknown>;
const once = (key: string = randomUUID()) => ({ 'idempotency-key': key });
const money = (amount: string) => ({ amount, currency: 'KZT' });

const register = (change: Body = {}, key = ORACLE): Promise<Response> =>
  world.json(key, 'POST', `${KZ}/invoices`, {
    ...{ invoiceId: `ESF-${randomUUID()}`, form: 'invoice', sellerWallet: SELLER, buyerWallet: BUYER },
    ...{ net: '100.00', vat: '12.00', currency: 'KZT', ...change },
  });
const registered = async (change: Body = {}): Promise<string> => (await register(change)).body.invoiceId;
const pay = (id: string, amount: string, key = BUYERS_BANK, headers = once()): Promise<Response> =>
  world.json(key, 'POST', `${KZ}/invoices/${id}/payments`, money(amount), headers);
const refund = (id: string, amount: string, key = BANK, headers = once()): Promise<Response> =>
  world.json(key, 'POST', `${KZ}/invoices/${id}/refunds`, money(amount), headers);
const read = (id: string, key = ORACLE, what = ''): Promise<Response> =>
  world.call(key, 'GET', `${KZ}/invoices/${id}${what}`);
const minors = ({ net, vat }: { net: { minor: string }; vat: { minor: string } }) => `${net.minor}+${vat.minor}`;
/** VAT-marked minor units of a wallet, as the treasury sees them. */
const vatIn = async (walletId: string): Promise<bigint> => {
  const { body } = await world.call('treasury-kz', 'GET', `${KZ}/marks/vat/pockets`);
  const pocket = body.pockets.find((one: { walletId: string }) => one.walletId === walletId);
  return BigInt(pocket?.minor ?? 0);
};

describe('an invoice', () => {
  it('is registered by the oracle, paid by the buyer in parts, and seen by both with its history', async () => {
    const { status, body: invoice } = await register();
    expect(status).toBe(201);
    expect(invoice).toMatchObject({
      ...{ ownerBic: 'ALTNKZ20', phase: 'open', contractId: null, corrects: null, correctedBy: null },
      ...{ total: { net: { amount: '100.00' }, vat: { amount: '12.00' } }, due: { vat: { minor: '1200' } } },
    });
    const [net, vat] = [await available(world, SELLER), await vatIn(SELLER)];
    expect((await pay(invoice.invoiceId, '56.00')).status).toBe(201);
    expect((await pay(invoice.invoiceId, '56.00')).status).toBe(201);
    expect([(await available(world, SELLER)) - net, (await vatIn(SELLER)) - vat]).toEqual([10_000n, 1_200n]);

    for (const key of [ORACLE, BANK, BUYERS_BANK]) {
      const { body } = await read(invoice.invoiceId, key);
      expect([minors(body.paid), minors(body.due), minors(body.refundable)]).toEqual([
        '10000+1200',
        '0+0',
        '10000+1200',
      ]);
      const history = (await read(invoice.invoiceId, key, '/history')).body;
      const told = history.entries.map((entry: Body & { paid: never }) => `${entry.kind} ${minors(entry.paid)}`);
      expect(told).toEqual(['register 0+0', 'payInvoice 5000+600', 'payInvoice 10000+1200']);
    }
    const first = (await read(invoice.invoiceId, BANK, '/history?limit=1')).body;
    const rest = (await read(invoice.invoiceId, BANK, `/history?after=${first.next}`)).body;
    expect([first.entries.length, rest.entries.length, rest.next]).toEqual([1, 2, null]);
  });

  it('the same Idempotency-Key pays once; more than is due is refused', async () => {
    const id = await registered();
    const headers = once();
    const [one, two] = [await pay(id, '100.00', BUYERS_BANK, headers), await pay(id, '100.00', BUYERS_BANK, headers)];
    expect(two.body.transactionId).toBe(one.body.transactionId);
    expectProblem(await pay(id, '99.00', BUYERS_BANK, headers), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    expectProblem(await pay(id, '12.01'), 422, 'INVOICE_OVERPAID', null);
    expect((await pay(id, '12.00')).status).toBe(201);
  });

  it('is refunded by the seller', async () => {
    const id = await registered();
    await pay(id, '112.00');
    const vat = await vatIn(SELLER);
    expect((await refund(id, '56.00')).status).toBe(201);
    expect((await vatIn(SELLER)) - vat).toBe(-600n);
    expect(minors((await read(id)).body.refunded)).toBe('5000+600');
    expectProblem(await refund(id, '56.01'), 422, 'REFUND_EXCESSIVE', null);
  });

  it('is corrected by another that takes its place', async () => {
    const id = await registered();
    await pay(id, '112.00');
    const by = `ESF-${randomUUID()}`;
    const total = { invoiceId: by, net: '50.00', vat: '6.00', currency: 'KZT' };
    const answer = await world.json(BANK, 'POST', `${KZ}/invoices/${id}/corrections`, total);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ invoiceId: by, corrects: id, phase: 'open' });
    expect(minors(answer.body.excess)).toBe('5000+600');
    expect((await read(id)).body).toMatchObject({ phase: 'corrected', correctedBy: by });
    expectProblem(await pay(id, '1.00'), 409, 'INVOICE_STATE', null);
    expect((await refund(by, '56.00')).status).toBe(201);
  });

  it('is cancelled; what was paid stays refundable', async () => {
    const id = await registered();
    await pay(id, '56.00');
    const cancel = () => world.json(BANK, 'POST', `${KZ}/invoices/${id}/cancellation`, {});
    expect((await cancel()).body).toMatchObject({ phase: 'cancelled' });
    expect((await cancel()).status).toBe(200);
    expectProblem(await pay(id, '1.00'), 409, 'INVOICE_STATE', null);
    expect((await refund(id, '56.00')).status).toBe(201);
  });

  it('takes over what was prepaid under its contract', async () => {
    const contractId = await registered({ form: 'contract', net: '1000.00', vat: '120.00' });
    await pay(contractId, '560.00');
    const { body } = await register({ contractId });
    expect([minors(body.paid), minors(body.due)]).toEqual(['10000+1200', '0+0']);
    const contract = (await read(contractId)).body;
    expect([minors(contract.matched), minors(contract.refundable)]).toEqual(['10000+1200', '40000+4800']);
  });
});

describe('VAT', () => {
  it('is paid to the tax authority by a spend like any other, and to nobody else', async () => {
    await pay(await registered(), '112.00');
    const [vat, tax] = [await vatIn(SELLER), await available(world, TAX)];
    const spend = (creditWallet: string) => {
      const body = { debitWallet: SELLER, creditWallet, markId: 'vat', markLevel: 0, ...money('12.00') };
      return world.json(BANK, 'POST', `${KZ}/spends`, body, once());
    };
    expect((await spend(TAX)).status).toBe(201);
    expect([(await vatIn(SELLER)) - vat, (await available(world, TAX)) - tax]).toEqual([-1_200n, 1_200n]);
    expectProblem(await spend(BUYER), 422, 'MARK_FORBIDS', 'AG01');
  });

  it('every movement of it is in the report of its mark', async () => {
    const { body } = await world.call('treasury-kz', 'GET', `${KZ}/marks/vat/report?limit=500`);
    const kinds = new Set(body.entries.map(({ kind }: { kind: string }) => kind));
    expect([...kinds].sort()).toEqual(['payInvoice', 'refundInvoice', 'register', 'spend']);
  });
});

describe('whose it is not', () => {
  const strangers = ['provider', 'desk', CREDITOR_BANK, 'events-kz', 'tax-kz'];

  it('does not register, correct, cancel, pay, refund or see it', async () => {
    const id = await registered();
    const denied = async (answer: Promise<Response>) => expectProblem(await answer, 403, 'FORBIDDEN', 'AGNT');
    const total = { invoiceId: 'X', net: '1.00', vat: '0.00', currency: 'KZT' };
    for (const key of [...strangers, BUYERS_BANK]) {
      await denied(register({}, key));
      await denied(world.json(key, 'POST', `${KZ}/invoices/${id}/corrections`, total));
      await denied(world.json(key, 'POST', `${KZ}/invoices/${id}/cancellation`, {}));
      await denied(refund(id, '1.00', key));
    }
    for (const key of [...strangers, BANK, ORACLE]) await denied(pay(id, '1.00', key));
    for (const key of strangers) {
      await denied(read(id, key));
      await denied(read(id, key, '/history'));
      await denied(world.call(key, 'GET', `${KZ}/invoices?owner=ALTNKZ20`));
    }
    await denied(read('ESF-none', BANK));
    await denied(world.call(BANK, 'GET', `${KZ}/invoices`));
  });

  it('the seller’s bank lists its own, the oracle all of them, page by page', async () => {
    const { body: own } = await world.call(BANK, 'GET', `${KZ}/invoices?owner=ALTNKZ20&limit=500`);
    const { body: all } = await world.call(ORACLE, 'GET', `${KZ}/invoices?limit=500`);
    expect(all).toEqual(own);
    const { body: first } = await world.call(BANK, 'GET', `${KZ}/invoices?owner=ALTNKZ20&limit=3`);
    const { body: rest } = await world.call(BANK, 'GET', `${KZ}/invoices?owner=ALTNKZ20&limit=500&after=${first.next}`);
    expect([...first.invoices, ...rest.invoices]).toEqual(own.invoices);
  });
});

describe('refusals', () => {
  it.each([
    ['an unknown contract', { contractId: 'none' }, 404, 'INVOICE_UNKNOWN', null],
    ['a buyer that is the seller', { buyerWallet: SELLER }, 422, 'INVOICE_PARTIES', null],
    ['the tax authority as buyer', { buyerWallet: TAX }, 422, 'INVOICE_PARTIES', null],
    ['an unknown buyer', { buyerWallet: 'KZ-NOBODY' }, 404, 'WALLET_UNKNOWN', null],
    ['nothing to pay', { net: '0', vat: '0' }, 422, 'AMOUNT_ZERO', 'AM01'],
    ['too many decimals', { vat: '12.001' }, 422, 'AMOUNT_DECIMALS', 'AM12'],
    ['another currency', { currency: 'CNY' }, 422, 'CURRENCY_WRONG', 'AM03'],
    ['no form that there is', { form: 'receipt' }, 400, 'BAD_REQUEST', null],
    ['a field too many', { gross: '112.00' }, 400, 'BAD_REQUEST', null],
  ])('%s', async (_what, change, http, code, iso) => {
    expectProblem(await register(change), http, code, iso);
  });

  it('another invoice under a known id, and an unknown one', async () => {
    const invoiceId = await registered();
    expectProblem(await register({ invoiceId, vat: '13.00' }), 409, 'ENTRY_EXISTS', null);
    expect((await register({ invoiceId })).status).toBe(201);
    expectProblem(await read('ESF-none'), 404, 'INVOICE_UNKNOWN', null);
  });

  it('a payment without an Idempotency-Key', async () => {
    const id = await registered();
    expectProblem(await pay(id, '1.00', BUYERS_BANK, {} as ReturnType<typeof once>), 400, 'BAD_REQUEST', null);
  });
});

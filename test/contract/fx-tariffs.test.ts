/** What payments are charged: tariffs under four eyes, in quotes, in the posting, and in everybody's messages. */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { child, children, text } from '../../src/iso20022/tree.js';
import type { XmlElement } from '../../src/iso20022/types.js';
import type { WalletId } from '../../src/kernel/ids.js';
import { invariant } from '../../src/kernel/result.js';
import { decodeQuote } from '../../src/pvp/quote.js';
import { waitingPayments } from '../support/waiting-payments.js';
import {
  available,
  BANK,
  CREDITOR_BANK,
  chinaToKazakhstan,
  type Edit,
  expectProblem,
  fresh,
  openWorld,
  readSent,
  swap,
  type World,
} from './support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const TARIFF = { corridor: 'KZ-CN', fixed: '200.00', proportionalBps: '10', least: '500.00', most: '25000.00' };
const FREE = { corridor: 'KZ-CN' };
const propose = (tariffs: readonly object[], id: string = randomUUID(), key = 'desk') =>
  world.json(key, 'PUT', `/v1/fx/tariff-proposals/${id}`, { tariffs });
const decide = (id: string, how: 'approve' | 'refuse', key: string) =>
  world.json(key, 'POST', `/v1/fx/tariff-proposals/${id}/${how}`, { reason: 'looked at' });

async function setTariffs(...tariffs: readonly object[]): Promise<void> {
  const id = randomUUID();
  expect((await propose(tariffs, id)).status).toBe(200);
  expect((await decide(id, 'approve', 'desk-2')).body).toMatchObject({ status: 'approved' });
}
afterEach(() => setTariffs(FREE, { ...FREE, bank: 'DALAKZ20' }));

const ASKED = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '1250000.00', fixedSide: 'source' };
const ask = (changes: object = {}, key = BANK) => world.json(key, 'POST', '/v1/fx/quotes', { ...ASKED, ...changes });
const standing = async (key: string) => (await world.call(key, 'GET', '/v1/fx/tariffs')).body.tariffs;

describe('tariffs', () => {
  it('stand when another officer approved them, at the next quote', async () => {
    const id = randomUUID();
    expect((await propose([TARIFF], id)).body).toMatchObject({
      ...{ status: 'proposed', proposedBy: 'desk' },
      tariffs: [{ ...TARIFF, bank: null, wallet: 'KZ-FEE' }],
    });
    expectProblem(await decide(id, 'approve', 'desk'), 403, 'OFFICER_SAME', null);
    expect((await ask()).body.charge).toBeNull();
    expect((await decide(id, 'approve', 'desk-2')).body).toMatchObject({ status: 'approved', decidedBy: 'desk-2' });
    expect((await ask()).body.charge).toEqual({ amount: '1450.00', bearer: 'creditor', wallet: 'KZ-FEE' });
    expectProblem(await decide(id, 'refuse', 'desk'), 409, 'PROPOSAL_STATE', null);
    expect((await world.call('operator', 'GET', '/v1/fx/tariff-proposals')).body.proposals[0]).toMatchObject({
      ...{ proposalId: id, status: 'approved' },
    });
  });

  it('of a bank come before that of all; it reads those that it is charged by', async () => {
    await setTariffs(TARIFF, { ...TARIFF, bank: 'DALAKZ20XXX', fixed: '0' });
    expect((await ask({}, 'bank-dalakz20')).body.charge.amount).toBe('1250.00');
    expect((await ask()).body.charge.amount).toBe('1450.00');
    expect(await standing('bank-dalakz20')).toMatchObject([{ bank: 'DALAKZ20', setBy: 'desk', approvedBy: 'desk-2' }]);
    expect(await standing(BANK)).toMatchObject([{ bank: null, fixed: '200.00' }]);
    expect(await standing('operator')).toHaveLength(2);
    expect(await standing('desk')).toEqual(await standing('operator'));
    for (const key of ['provider', 'rate-feed'])
      expectProblem(await world.call(key, 'GET', '/v1/fx/tariffs'), 403, 'FORBIDDEN', 'AGNT');
  });

  it('are the desk’s alone to set and to look after', async () => {
    for (const key of [BANK, 'operator', 'provider', 'rate-feed'])
      expectProblem(await propose([TARIFF], randomUUID(), key), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await world.call(BANK, 'GET', '/v1/fx/tariff-proposals'), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await decide(randomUUID(), 'approve', 'desk'), 404, 'NOT_FOUND', null);
    const id = randomUUID();
    await propose([TARIFF], id);
    expectProblem(await propose([FREE], id), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
    expect((await decide(id, 'refuse', 'desk')).body).toMatchObject({ status: 'refused' });
    expect((await ask()).body.charge).toBeNull();
  });

  it.each([
    ['no corridor', [{ corridor: 'KZ-US' }], 422, 'PAIR_NOT_TRADED', 'AM03'],
    ['no tariff', [], 400, 'BAD_REQUEST', null],
    ['a member too many', [{ ...TARIFF, wallet: 'KZ-ALTNKZ20-1' }], 400, 'BAD_REQUEST', null],
    ['no BIC', [{ ...TARIFF, bank: 'ALTYN' }], 400, 'BAD_REQUEST', null],
    ['a number', [{ ...TARIFF, fixed: 200 }], 400, 'BAD_REQUEST', null],
    ['three decimals', [{ ...TARIFF, fixed: '0.005' }], 422, 'TARIFF_INVALID', null],
    ['more than all', [{ ...TARIFF, proportionalBps: '10000' }], 422, 'TARIFF_INVALID', null],
    ['least above most', [{ ...TARIFF, most: '499.99' }], 422, 'TARIFF_INVALID', null],
    ['two of one bank', [TARIFF, { ...TARIFF, bank: null }], 422, 'TARIFF_INVALID', null],
  ])('with %s are refused', async (_, tariffs, status, code, iso) => {
    expectProblem(await propose(tariffs), status, code, iso);
  });
});

it('a tariff needs the wallet that its charges go to', async () => {
  const node = world.stack.otkel.nodes.find(({ config }) => config.code === 'KZ');
  invariant(node, 'KZ is open');
  const walletId = 'KZ-FEE' as WalletId;
  const set = (status: 'open' | 'blocked') => node.ledger.submit({ kind: 'setWalletStatus', walletId, status });
  expect((await set('blocked')).ok).toBe(true);
  expectProblem(await propose([TARIFF]), 422, 'TARIFF_INVALID', null);
  expect((await set('open')).ok).toBe(true);
});

describe('a quote', () => {
  it.each([
    // 200.00 and 10 basis points: 1,450.00; 1,248,550.00 × 0.0135 = 16,855.425.
    ['has the charge in what is given', {}, ['1250000.00', '16855.42', '1450.00', 'creditor']],
    ['so if the payee bears it', { chargeBearer: 'CRED' }, ['1250000.00', '16855.42', '1450.00', 'creditor']],
    ['and by service level', { chargeBearer: 'SLEV' }, ['1250000.00', '16855.42', '1450.00', 'creditor']],
    [
      'has it on top where the payer bears it',
      { chargeBearer: 'DEBT' },
      ['1251450.00', '16875.00', '1450.00', 'debtor'],
    ],
    [
      'that gives the payee an exact amount has it on top, whoever bears it',
      { fixedSide: 'target', amount: '16875.00' },
      ['1251450.00', '16875.00', '1450.00', 'creditor'],
    ],
    ['charges the least', { amount: '1000.00' }, ['1000.00', '6.75', '500.00', 'creditor']],
    [
      'and the most',
      { amount: '30000000.00', chargeBearer: 'DEBT' },
      ['30025000.00', '405000.00', '25000.00', 'debtor'],
    ],
  ])('%s', async (_, changes, [sourceAmount, targetAmount, amount, bearer]) => {
    await setTariffs(TARIFF);
    const { status, body } = await ask(changes);
    expect(status).toBe(201);
    expect(body).toMatchObject({ sourceAmount, targetAmount, rate: '0.0135', charge: { amount, bearer } });
    const read = await world.call(BANK, 'GET', `/v1/fx/quotes/${body.quoteId}`);
    expect(read.body).toEqual(body);
    expect(decodeQuote(Buffer.from(body.quote, 'base64')).charge).toMatchObject({ bearer, walletId: 'KZ-FEE' });
    const { won } = (await world.call('desk', 'GET', `/v1/fx/quotes/${body.quoteId}/offers`)).body;
    expect(won).toMatchObject({ sourceAmount, charge: { amount } });
  });

  it('of nothing but the charge is refused', async () => {
    await setTariffs(TARIFF);
    expectProblem(await ask({ amount: '500.00' }), 422, 'AMOUNT_ZERO', 'AM01');
    expectProblem(await ask({ chargeBearer: 'OURS' }), 400, 'BAD_REQUEST', null);
  });

  it('where nothing is charged is, to the byte, what it always was', async () => {
    await setTariffs(TARIFF);
    const inward = { sourceCurrency: 'CNY', targetCurrency: 'KZT', amount: '100.00' };
    for (const [changes, key] of [[inward, CREDITOR_BANK]] as const) {
      const { body } = await ask(changes, key);
      expect(body.charge).toBeNull();
      // A length, then the version.
      expect(Buffer.from(body.quote, 'base64').subarray(0, 2)).toEqual(Buffer.from([1, 0x31]));
    }
  });
});

const WALLETS = ['KZ-ALTNKZ20-1', 'KZ-FX-PROVIDER', 'KZ-FEE', 'CN-FX-PROVIDER', 'CN-LONGCN20-1'];
const money = async () => Promise.all(WALLETS.map((walletId) => available(world, walletId)));
/** What an act moved, minor units, in the order of {@link WALLETS}. */
async function moved(act: () => Promise<unknown>): Promise<bigint[]> {
  await world.quiet();
  const before = await money();
  await act();
  await world.quiet();
  const after = await money();
  return after.map((minor, i) => minor - before[i]!);
}

const bearer = (code: string): Edit => swap('<ChrgBr>SHAR', `<ChrgBr>${code}`);
const given = (amount: string): Edit => swap(/<IntrBkSttlmAmt Ccy="KZT">[^<]*/, `<IntrBkSttlmAmt Ccy="KZT">${amount}`);
const sent = async (key: string, uetr: string, message: string): Promise<XmlElement> => {
  const entry = (await world.inbox(key, uetr)).find((one) => one.message.startsWith(message));
  const answer = await world.call(key, 'GET', `/v1/inbox/${entry?.id}`);
  return readSent(answer.text).document.root;
};
const amountIn = (element: XmlElement | undefined, name: string) => {
  const found = child(element, name);
  return [found?.['#'], found?.['@Ccy']];
};
const entriesOf = (root: XmlElement) =>
  children(root, 'Ntfctn').flatMap((one) => children(one, 'Ntry').map((entry) => entry));

describe('a payment', () => {
  it('that names no quote is charged out of what it gives, in one posting; everybody is told their part', async () => {
    await setTariffs(TARIFF);
    const { xml, uetr } = fresh(world);
    const change = await moved(async () => expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'ACCC' }));
    expect(change).toEqual([-125_000_000n, 124_855_000n, 145_000n, -1_685_542n, 1_685_542n]);
    const { body } = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
    expect(body).toMatchObject({
      charge: { amount: '1450.00', currency: 'KZT', wallet: 'KZ-FEE' },
      legs: [{ amount: '1248550.00' }, { amount: '16855.42' }],
    });
    expect(body.changes).toContainEqual(expect.objectContaining({ to: expect.stringContaining('ChrgsInf[1]') }));
    const listed = await world.call(BANK, 'GET', '/v1/payments?currency=KZT&amountMin=1250000.00&limit=1');
    expect(listed.body.payments[0]).toMatchObject({ uetr, source: { amount: '1250000.00' } });

    const onward = child(await sent(CREDITOR_BANK, uetr, 'pacs.008'), 'CdtTrfTxInf');
    const [charge, ...others] = children(onward, 'ChrgsInf');
    expect(others).toEqual([]);
    expect(amountIn(charge, 'Amt')).toEqual(['1450.00', 'KZT']);
    expect(text(charge, 'Agt', 'FinInstnId', 'BICFI')).toBe('OTKOKZ20');
    expect([amountIn(onward, 'InstdAmt'), amountIn(onward, 'IntrBkSttlmAmt')]).toEqual([
      ['1250000.00', 'KZT'],
      ['16855.42', 'CNY'],
    ]);

    const [debit] = entriesOf(await sent(BANK, uetr, 'camt.054'));
    expect(amountIn(debit, 'Amt')).toEqual(['1250000.00', 'KZT']);
    const details = child(child(debit, 'NtryDtls'), 'TxDtls') ?? child(children(debit, 'NtryDtls')[0], 'TxDtls');
    const record = children(child(details, 'Chrgs') ?? child(children(details ?? {}, 'Chrgs')[0], 'Rcrd'), 'Rcrd')[0];
    expect(amountIn(record, 'Amt')).toEqual(['1450.00', 'KZT']);
    const [taken] = entriesOf(await sent('provider', uetr, 'camt.054'));
    expect(amountIn(taken, 'Amt')).toEqual(['1248550.00', 'KZT']);
    const [credit] = entriesOf(await sent(CREDITOR_BANK, uetr, 'camt.054'));
    expect(amountIn(credit, 'Amt')).toEqual(['16855.42', 'CNY']);
  });

  it('stands in the statements of the operator, the provider and the payer’s bank', async () => {
    await setTariffs(TARIFF);
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    await world.quiet();
    const newest = async (key: string, walletId: string) => {
      const { body } = await world.call(key, 'GET', `/v1/ledgers/KZ/wallets/${walletId}/statement?limit=1`);
      const [{ direction, amount, reference, transactionId }] = body.entries;
      const { status } = await world.call(key, 'GET', `/v1/ledgers/KZ/transactions/${transactionId}`);
      return [direction, amount, reference, status];
    };
    expect(await newest('operator', 'KZ-FEE')).toEqual(['credit', '1450.00', uetr, 200]);
    expect(await newest('provider', 'KZ-FX-PROVIDER')).toEqual(['credit', '1248550.00', uetr, 200]);
    expect(await newest(BANK, 'KZ-ALTNKZ20-1')).toEqual(['debit', '1250000.00', uetr, 200]);
  });

  it('whose payer bears the charge names a quote, and gives its total', async () => {
    await setTariffs(TARIFF);
    const quoted = async () => (await ask({ chargeBearer: 'DEBT' })).body.quoteId as string;
    const post = async (...edits: readonly Edit[]) => {
      const { xml, uetr } = fresh(world, undefined, ...edits);
      return { uetr, answer: await world.post(xml, { headers: { 'otkel-quote-id': await quoted() } }) };
    };
    const change = await moved(async () => {
      const { uetr, answer } = await post(given('1251450.00'), bearer('DEBT'));
      expect(answer.lines[0]).toMatchObject({ status: 'ACCC' });
      const onward = child(await sent(CREDITOR_BANK, uetr, 'pacs.008'), 'CdtTrfTxInf');
      expect([text(onward, 'ChrgBr'), amountIn(onward, 'InstdAmt'), amountIn(onward, 'IntrBkSttlmAmt')]).toEqual([
        ...['DEBT', ['1250000.00', 'KZT'], ['16875.00', 'CNY']],
      ]);
    });
    expect(change).toEqual([-125_145_000n, 125_000_000n, 145_000n, -1_687_500n, 1_687_500n]);
    expect((await post(given('1251450.00'))).answer.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['BE19'] });
    expect((await post(bearer('DEBT'))).answer.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AB04'] });
  });

  it('whose payer bears the charge and that names no quote gives its instructed amount and the charge', async () => {
    await setTariffs(TARIFF);
    const change = await moved(async () => {
      const { xml } = fresh(world, undefined, given('1251450.00'), bearer('DEBT'));
      expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'ACCC' });
    });
    expect(change).toEqual([-125_145_000n, 125_000_000n, 145_000n, -1_687_500n, 1_687_500n]);
    const [line] = (await world.post(fresh(world, undefined, bearer('DEBT')).xml)).lines;
    expect(line).toMatchObject({ status: 'RJCT', reasons: ['AM09'] });
    expect(line?.texts.join()).toContain('IntrBkSttlmAmt is to be 1251450.00, with the charge of 1450.00');
    const unstated = fresh(world, undefined, bearer('DEBT'), swap(/<InstdAmt[^>]*>[^<]*<\/InstdAmt>/, ''));
    expect((await world.post(unstated.xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AM09'] });
  });

  it('that states the charge already has it stated once', async () => {
    await setTariffs(TARIFF);
    const stated = (amount: string, bic: string) =>
      `<ChrgsInf><Amt Ccy="KZT">${amount}</Amt><Agt><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></Agt></ChrgsInf>`;
    const told = async (...charges: readonly string[]) => {
      const edit = swap('</ChrgBr>', `</ChrgBr>${charges.join('')}`);
      const { xml, uetr } = fresh(world, undefined, given('1251450.00'), bearer('DEBT'), edit);
      expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'ACCC' });
      const onward = child(await sent(CREDITOR_BANK, uetr, 'pacs.008'), 'CdtTrfTxInf');
      return children(onward, 'ChrgsInf').map((one) => [
        text(one, 'Agt', 'FinInstnId', 'BICFI'),
        ...amountIn(one, 'Amt'),
      ]);
    };
    const operators = ['OTKOKZ20', '1450.00', 'KZT'];
    expect(await told(stated('1450', 'OTKOKZ20'))).toEqual([['OTKOKZ20', '1450', 'KZT']]);
    expect(await told(stated('30.00', 'ALTNKZ20'))).toEqual([['ALTNKZ20', '30.00', 'KZT'], operators]);
  });

  it('of a bank without a tariff, and one that comes the other way, are charged nothing', async () => {
    await setTariffs({ ...TARIFF, bank: 'DALAKZ20' });
    const change = await moved(async () => {
      const { xml, uetr } = fresh(world);
      expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'ACCC' });
      expect((await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).body.charge).toBeNull();
      const back = fresh(world, undefined, ...chinaToKazakhstan('100.00'));
      expect((await world.post(back.xml, { key: CREDITOR_BANK })).lines[0]).toMatchObject({ status: 'ACCC' });
    });
    expect(change[2]).toBe(0n);
  });

  it('whose other leg can’t be held gets all back, and nothing is charged', async () => {
    await setTariffs(TARIFF);
    const node = world.stack.otkel.nodes.find(({ config }) => config.code === 'CN');
    invariant(node, 'CN is open');
    const walletId = 'CN-FX-PROVIDER' as WalletId;
    const set = (status: 'open' | 'blocked') => node.ledger.submit({ kind: 'setWalletStatus', walletId, status });
    expect((await set('blocked')).ok).toBe(true);
    const change = await moved(async () => {
      expect((await world.post(fresh(world).xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AC06'] });
    });
    expect((await set('open')).ok).toBe(true);
    expect(change).toEqual([0n, 0n, 0n, 0n, 0n]);
  });
});

describe('a payment that waits for an event', () => {
  const { openProvider, registered, waiting, say } = waitingPayments(() => world);
  it('is charged by what stands when it goes on, out of what was held', async () => {
    await setTariffs(TARIFF);
    await openProvider();
    const eventHash = await registered('customs-charged');
    const { xml, uetr } = waiting('customs-charged', 'RENEW');
    const change = await moved(async () => {
      const answer = await world.post(xml, { waitSeconds: 1 });
      expect(answer.lines[0]).toMatchObject({ status: 'PDNG' });
      expect((await say('customs-charged', eventHash, 'happened')).status).toBeLessThan(300);
      await expect
        .poll(async () => (await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).body.status, { timeout: 20_000 })
        .toBe('ACCC');
    });
    // 10,000.00 less 500.00, × 0.0135.
    expect(change).toEqual([-1_000_000n, 950_000n, 50_000n, -12_825n, 12_825n]);
  });
});

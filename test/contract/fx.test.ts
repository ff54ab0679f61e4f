/** FX: firm quotes, the ways to name one, what may not differ from it, and the rates of the desk. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { isUuidV4 } from '../../src/kernel/ids.js';
import { verifyQuote } from '../../src/pvp/quote-signature.js';
import { rateImport } from '../support/rates.js';
import {
  type Answer,
  available,
  BANK,
  CUSTOMER_08,
  CUSTOMER_13,
  chinaToKazakhstan,
  type Edit,
  expectProblem,
  type Fresh,
  fresh,
  openWorld,
  setAmount,
  setDebtorAccount,
  swap,
  type World,
} from './support.js';

let world: World;
/** How far this file's clock is ahead of the system's. */
let aheadMs = 0;
const clock = { now: () => Date.now() + aheadMs };
beforeAll(async () => {
  world = await openWorld({ clock });
});
afterAll(() => world.close());
beforeEach(async () => {
  await setRate('KZT-CNY', '0.0135');
  await setRate('CNY-KZT', '73.2');
});

async function setRate(pair: string, rate: string): Promise<void> {
  const { path, body } = rateImport(pair, rate);
  expect((await world.json('rate-feed', 'PUT', path, body)).status).toBe(200);
}

interface QuoteBody {
  readonly quoteId: string;
  readonly rate: string;
  readonly sourceAmount: string;
  readonly targetAmount: string;
  readonly provider: string;
  readonly issuedAt: string;
  readonly validUntil: string;
  readonly uetr: string | null;
  readonly quote: string;
  readonly signature: string;
}

const ASKED = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '1250000.00', fixedSide: 'source' };

async function quoteFor(changes: Partial<typeof ASKED> = {}, key = BANK): Promise<QuoteBody> {
  const answer = await world.json(key, 'POST', '/v1/fx/quotes', { ...ASKED, ...changes });
  expect(answer.status).toBe(201);
  return answer.body as QuoteBody;
}

/** A pacs.008.001.13 that names the quote in `AgrdRate/QtId`, and what else it says of the rate. */
const agreed = (quoteId: string, rate = '0.0135', exchangeRate: string | null = null): Edit =>
  swap(
    '<ChrgBr>',
    `${exchangeRate === null ? '' : `<XchgRate>${exchangeRate}</XchgRate>`}<AgrdRate><UnitCcy>KZT</UnitCcy>` +
      `<QtdCcy>CNY</QtdCcy><PreAgrdXchgRate>${rate}</PreAgrdXchgRate><QtId>${quoteId}</QtId></AgrdRate><ChrgBr>`,
  );
const marked = (quoteId: string): Edit =>
  swap('</AddtlRmtInf>', `</AddtlRmtInf><AddtlRmtInf>/QUOTE/${quoteId}</AddtlRmtInf>`);
const exchangeRate = (rate: string): Edit => swap('<ChrgBr>', `<XchgRate>${rate}</XchgRate><ChrgBr>`);

const inMessage13 = (quoteId: string, ...edits: readonly Edit[]) =>
  fresh(world, CUSTOMER_13, agreed(quoteId), ...edits);
const inMessage08 = (quoteId: string, ...edits: readonly Edit[]) =>
  fresh(world, CUSTOMER_08, marked(quoteId), ...edits);

async function expectSettledBy(quoteId: string, { uetr }: Fresh, answer: Answer): Promise<void> {
  expect(answer.lines).toEqual([{ uetr, status: 'ACCC', reasons: [], texts: [] }]);
  const payment = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
  expect(payment.body).toMatchObject({ quoteId });
  const quote = await world.call(BANK, 'GET', `/v1/fx/quotes/${quoteId}`);
  expect(quote.body).toMatchObject({ quoteId, uetr });
}

/** Refused as it came in: RJCT AB04 in the pacs.002, the named error in the payment, and no wallet moved. */
async function expectRefused(message: Fresh, code: string, iso = 'AB04', headers: Record<string, string> = {}) {
  await world.quiet();
  const before = await world.balances();
  const answer = await world.post(message.xml, { headers });
  expect(answer).toMatchObject({ http: 422, group: 'RJCT' });
  expect(answer.lines[0]?.reasons[0]).toBe(iso);
  const { body } = await world.call(BANK, 'GET', `/v1/payments/${message.uetr}`);
  expect(body).toMatchObject({ status: 'RJCT', reason: { code, isoReason: iso } });
  await world.quiet();
  expect(await world.balances()).toEqual(before);
}

describe('POST /v1/fx/quotes', () => {
  it('a firm quote: id (UUIDv4), rate, both amounts, provider, validUntil 600 s later, unbound', async () => {
    const quote = await quoteFor();
    expect(isUuidV4(quote.quoteId)).toBe(true);
    expect(quote).toMatchObject({
      rate: '0.0135',
      sourceAmount: '1250000.00',
      targetAmount: '16875.00',
      provider: 'OTKLKZ20',
      uetr: null,
    });
    expect(Date.parse(quote.validUntil) - Date.parse(quote.issuedAt)).toBe(600_000);
  });

  it("the provider's signature verifies offline over the canonical bytes", async () => {
    const quote = await quoteFor();
    const key = await world.stack.otkel.gateway.register.key('provider');
    const [bytes, signature] = [Buffer.from(quote.quote, 'base64'), Buffer.from(quote.signature, 'base64')];
    const verify = (signed: Buffer) => verifyQuote(signed, signature, () => key ?? undefined, clock.now());
    expect(verify(bytes)).toMatchObject({ ok: true, value: { quoteId: quote.quoteId, requesterBic: 'ALTNKZ20' } });
    const forged = Buffer.from(bytes.toString('latin1').replace('0.0135', '0.0235'), 'latin1');
    expect(verify(forged)).toMatchObject({ ok: false });
  });

  it('fixed source: the target is rounded once', async () => {
    // 98,000.50 × 0.0135 = 1,323.00675
    expect(await quoteFor({ amount: '98000.50' })).toMatchObject({ sourceAmount: '98000.50', targetAmount: '1323.01' });
  });

  it('fixed target: the source is rounded once', async () => {
    // 1,000.00 ÷ 0.0135 = 74,074.074…
    const quote = await quoteFor({ amount: '1000.00', fixedSide: 'target' });
    expect(quote).toMatchObject({ sourceAmount: '74074.07', targetAmount: '1000.00' });
  });

  it.each([
    ['more decimals than the currency has', { amount: '1.001' }, 422, 'AMOUNT_DECIMALS', 'AM12'],
    ['zero', { amount: '0.00' }, 422, 'AMOUNT_ZERO', 'AM01'],
    ['an amount that rounds to zero', { amount: '0.01' }, 422, 'AMOUNT_ZERO', 'AM01'],
    ['too many digits', { amount: '99999999999999999.00' }, 422, 'AMOUNT_TOO_LARGE', 'AM02'],
    ['a pair not traded', { targetCurrency: 'USD' }, 422, 'PAIR_NOT_TRADED', 'AM03'],
    ['a currency that is none', { targetCurrency: 'ZZZ' }, 422, 'PAIR_NOT_TRADED', 'AM03'],
    ['no amount', { amount: 'all' }, 400, 'BAD_REQUEST', null],
    ['neither side fixed', { fixedSide: 'both' }, 400, 'BAD_REQUEST', null],
    ['a member too many', { rate: '1' }, 400, 'BAD_REQUEST', null],
  ])('%s is refused', async (_, changes, status, code, iso) => {
    expectProblem(await world.json(BANK, 'POST', '/v1/fx/quotes', { ...ASKED, ...changes }), status, code, iso);
  });

  it.each(['desk', 'provider', 'operator'])('the %s may not ask for a quote', async (key) => {
    expectProblem(await world.json(key, 'POST', '/v1/fx/quotes', ASKED), 403, 'FORBIDDEN', 'AGNT');
  });

  it("GET answers the caller's own quote; somebody else's and unknown ones are 404", async () => {
    const { quoteId } = await quoteFor();
    expect((await world.call(BANK, 'GET', `/v1/fx/quotes/${quoteId}`)).body).toMatchObject({ quoteId, uetr: null });
    for (const [key, id] of [
      ['bank-dalakz20', quoteId],
      ['provider', quoteId],
      [BANK, randomUUID()],
      [BANK, 'no-uuid'],
    ] as const)
      expectProblem(await world.call(key, 'GET', `/v1/fx/quotes/${id}`), 404, 'NOT_FOUND', null);
  });
});

describe('a payment names its quote', () => {
  it('pacs.008.001.13 in AgrdRate/QtId: it settles at the quote, and the quote is bound to its UETR', async () => {
    const { quoteId } = await quoteFor();
    const message = inMessage13(quoteId);
    await expectSettledBy(quoteId, message, await world.post(message.xml));
  });

  it('pacs.008.001.08 in RmtInf/Strd/AddtlRmtInf as /QUOTE/<uuid>', async () => {
    const { quoteId } = await quoteFor();
    const message = inMessage08(quoteId);
    await expectSettledBy(quoteId, message, await world.post(message.xml));
  });

  it('a one-transaction message in the signed header otkel-quote-id', async () => {
    const { quoteId } = await quoteFor();
    const message = fresh(world);
    const answer = await world.post(message.xml, { headers: { 'otkel-quote-id': quoteId } });
    await expectSettledBy(quoteId, message, answer);
  });

  it('the header otkel-quote-id of a message with several transactions names nobody’s quote: RJCT AB04', async () => {
    const { quoteId } = await quoteFor();
    const message = fresh(world, 'pacs.008.001.08/batch-of-three.xml');
    await expectRefused(message, 'QUOTE_MISMATCH', 'AB04', { 'otkel-quote-id': quoteId });
  });

  it('two transactions of one message may name two quotes', async () => {
    const [first, second] = [await quoteFor(), await quoteFor({ amount: '98000.50' })];
    const marks = [first.quoteId, second.quoteId];
    const message = fresh(world, 'pacs.008.001.08/batch-of-three.xml', (xml) =>
      xml.replace(/<\/AddtlRmtInf>/g, (end) => {
        const quoteId = marks.shift();
        return quoteId === undefined ? end : `${end}<AddtlRmtInf>/QUOTE/${quoteId}</AddtlRmtInf>`;
      }),
    );
    expect((await world.post(message.xml)).lines.map(({ status }) => status)).toEqual(['ACCC', 'ACCC', 'ACCC']);
    for (const [i, { quoteId }] of [first, second].entries())
      expect((await world.call(BANK, 'GET', `/v1/fx/quotes/${quoteId}`)).body.uetr).toBe(message.uetrs[i]);
  });

  it('a quote keeps its rate when the desk sets another one', async () => {
    const { quoteId } = await quoteFor();
    await setRate('KZT-CNY', '0.0100');
    const before = await available(world, 'CN-LONGCN20-1');
    const message = inMessage13(quoteId);
    await expectSettledBy(quoteId, message, await world.post(message.xml));
    expect((await available(world, 'CN-LONGCN20-1')) - before).toBe(1_687_500n);
  });

  it('a fixed-target quote pays exactly the target amount', async () => {
    const quote = await quoteFor({ amount: '1000.00', fixedSide: 'target' });
    const before = await Promise.all(['KZ-ALTNKZ20-1', 'CN-LONGCN20-1'].map((wallet) => available(world, wallet)));
    const message = inMessage13(quote.quoteId, setAmount(quote.sourceAmount));
    await expectSettledBy(quote.quoteId, message, await world.post(message.xml));
    await world.quiet();
    const after = await Promise.all(['KZ-ALTNKZ20-1', 'CN-LONGCN20-1'].map((wallet) => available(world, wallet)));
    expect(after.map((minor, i) => minor - before[i]!)).toEqual([-7_407_407n, 100_000n]);
  });

  it('the other direction: a CNY→KZT quote', async () => {
    const asked = { sourceCurrency: 'CNY', targetCurrency: 'KZT', amount: '1000.00' };
    const { quoteId, targetAmount } = await quoteFor(asked, 'bank-longcn20');
    expect(targetAmount).toBe('73200.00');
    const message = fresh(world, CUSTOMER_08, ...chinaToKazakhstan('1000.00'), marked(quoteId));
    expect((await world.post(message.xml, { key: 'bank-longcn20' })).lines[0]).toMatchObject({ status: 'ACCC' });
  });
});

describe('a payment names no quote', () => {
  it("no XchgRate: the provider's current rate", async () => {
    await setRate('KZT-CNY', '0.0141');
    const { xml, uetr } = fresh(world);
    expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'ACCC' });
    const { body } = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
    expect(body).toMatchObject({ rate: '0.0141', legs: [{ amount: '1250000.00' }, { amount: '17625.00' }] });
    expect((await world.call(BANK, 'GET', `/v1/fx/quotes/${body.quoteId}`)).body).toMatchObject({ uetr });
  });

  it.each(['0.0135', '0.0134', '0.01350'])(
    'XchgRate %s, not better than the current 0.0135: it settles',
    async (rate) => {
      const { xml, uetr } = fresh(world, CUSTOMER_08, exchangeRate(rate));
      expect((await world.post(xml)).lines[0]).toMatchObject({ status: 'ACCC' });
      expect((await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).body).toMatchObject({ rate: '0.0135' });
    },
  );

  it('the current rate is worse for the payer than XchgRate: RATE_WORSE, AB04', async () => {
    await expectRefused(fresh(world, CUSTOMER_08, exchangeRate('0.0136')), 'RATE_WORSE');
  });
});

describe('a quote that does not fit', () => {
  it.each([
    ['AgrdRate/PreAgrdXchgRate', (id: string) => fresh(world, CUSTOMER_13, agreed(id, '0.0136'))],
    ['XchgRate', (id: string) => fresh(world, CUSTOMER_13, agreed(id, '0.0135', '0.0134'))],
    ['XchgRate of a pacs.008.001.08', (id: string) => inMessage08(id, exchangeRate('0.0136'))],
    ['the settlement amount', (id: string) => inMessage13(id, setAmount('1250000.01'))],
    [
      'InstdAmt in the target currency',
      (id: string) => inMessage13(id, swap(/<InstdAmt Ccy="KZT">[^<]*/, '<InstdAmt Ccy="CNY">16875.01')),
    ],
    ['the unit currency of AgrdRate', (id: string) => inMessage13(id, swap('<UnitCcy>KZT', '<UnitCcy>CNY'))],
  ])('rate or amount that differ from the quote: %s: QUOTE_MISMATCH, AB04', async (_, message) => {
    const { quoteId } = await quoteFor();
    await expectRefused(message(quoteId), 'QUOTE_MISMATCH');
    // A refusal uses nothing up.
    expect((await world.call(BANK, 'GET', `/v1/fx/quotes/${quoteId}`)).body).toMatchObject({ uetr: null });
  });

  it('InstdAmt in the target currency that is the quote’s settles', async () => {
    const { quoteId } = await quoteFor();
    const message = inMessage13(quoteId, swap(/<InstdAmt Ccy="KZT">[^<]*/, '<InstdAmt Ccy="CNY">16875.00'));
    await expectSettledBy(quoteId, message, await world.post(message.xml));
  });

  it('message and header name different quotes: QUOTE_MISMATCH, AB04', async () => {
    const [one, other] = [await quoteFor(), await quoteFor()];
    await expectRefused(inMessage13(one.quoteId), 'QUOTE_MISMATCH', 'AB04', { 'otkel-quote-id': other.quoteId });
  });

  it('used: QUOTE_USED, AB04, and it stays bound to the first UETR', async () => {
    const { quoteId } = await quoteFor();
    const first = inMessage13(quoteId);
    await expectSettledBy(quoteId, first, await world.post(first.xml));
    for (const again of [inMessage13(quoteId), inMessage08(quoteId)]) await expectRefused(again, 'QUOTE_USED');
    expect((await world.call(BANK, 'GET', `/v1/fx/quotes/${quoteId}`)).body).toMatchObject({ uetr: first.uetr });
  });

  it('a quote of a payment that was refused later stays bound to it', async () => {
    // The provider's money is there and the payer's is not: the jurisdiction refuses after the quote was bound.
    const walletId = `KZ-POOR-${randomUUID().slice(0, 8)}`;
    const wallet = { walletId, kind: 'customer', ownerBic: 'ALTNKZ20' };
    expect((await world.json('operator', 'POST', '/v1/ledgers/KZ/wallets', wallet)).status).toBe(201);
    const account = { agentBic: 'ALTNKZ20', accountId: walletId, walletId };
    expect((await world.json('operator', 'POST', '/v1/ledgers/KZ/accounts', account)).status).toBe(201);
    const { quoteId } = await quoteFor();
    const poor = inMessage13(quoteId, setDebtorAccount(walletId));
    expect((await world.post(poor.xml)).lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AM04'] });
    await expectRefused(inMessage13(quoteId), 'QUOTE_USED');
    expect((await world.call(BANK, 'GET', `/v1/fx/quotes/${quoteId}`)).body).toMatchObject({ uetr: poor.uetr });
  });

  it('two payments at once with one quote: one settles, the other is QUOTE_USED', async () => {
    const { quoteId } = await quoteFor();
    const messages = [inMessage13(quoteId), inMessage13(quoteId), inMessage08(quoteId)];
    const answers = await Promise.all(messages.map(({ xml }) => world.post(xml)));
    expect(answers.map(({ lines }) => lines[0]?.status).sort()).toEqual(['ACCC', 'RJCT', 'RJCT']);
    for (const { lines } of answers) if (lines[0]?.status === 'RJCT') expect(lines[0].reasons).toEqual(['AB04']);
  });

  it('unknown: QUOTE_UNKNOWN, AB04', async () => {
    await expectRefused(inMessage13(randomUUID()), 'QUOTE_UNKNOWN');
    await expectRefused(inMessage08(randomUUID()), 'QUOTE_UNKNOWN');
  });

  it.each([
    ['a UUID nobody gave', randomUUID()],
    ['no UUID', '12345'],
  ])('unknown, %s in the header: QUOTE_UNKNOWN, AB04', async (_, quoteId) => {
    await expectRefused(fresh(world), 'QUOTE_UNKNOWN', 'AB04', { 'otkel-quote-id': quoteId });
  });

  it("somebody else's: QUOTE_NOT_YOURS, AB04, and it stays theirs to use", async () => {
    const { quoteId } = await quoteFor({}, 'bank-dalakz20');
    await expectRefused(inMessage13(quoteId), 'QUOTE_NOT_YOURS');
    const edits = [swap(/ALTNKZ20/g, 'DALAKZ20'), swap('KZ419010001000000001', 'KZ249020001000000001')];
    const theirs = fresh(world, CUSTOMER_13, agreed(quoteId), ...edits);
    expect((await world.post(theirs.xml, { key: 'bank-dalakz20' })).lines[0]).toMatchObject({ status: 'ACCC' });
  });

  it('so near its end that no vote can follow: RJCT AB03 or AB04, and nothing moves', async () => {
    const { quoteId } = await quoteFor();
    await world.quiet();
    const before = await world.balances();
    aheadMs += 599_000;
    const answer = await world.post(inMessage13(quoteId).xml);
    expect(answer.lines[0]?.status).toBe('RJCT');
    expect(['AB03', 'AB04']).toContain(answer.lines[0]?.reasons[0]);
    await world.quiet();
    expect(await world.balances()).toEqual(before);
  });

  it('expired: QUOTE_EXPIRED, AB04', async () => {
    const { quoteId } = await quoteFor();
    aheadMs += 600_000;
    await expectRefused(inMessage13(quoteId), 'QUOTE_EXPIRED');
  });
});

describe('the life of a quote', () => {
  it('is settable', async () => {
    const other = await openWorld({ config: { quoteLifeMs: 30_000 } });
    try {
      const { body } = await other.json(BANK, 'POST', '/v1/fx/quotes', ASKED);
      expect(Date.parse(body.validUntil) - Date.parse(body.issuedAt)).toBe(30_000);
    } finally {
      await other.close();
    }
  });
});

describe('rates of the desk', () => {
  it('everybody reads the rate of a pair', async () => {
    await setRate('KZT-CNY', '0.01400');
    for (const key of [BANK, 'provider', 'operator'])
      expect((await world.call(key, 'GET', '/v1/fx/rates/KZT-CNY')).body).toMatchObject({ rate: '0.014' });
    const { body } = await world.call(BANK, 'GET', '/v1/fx/rates');
    expect(body.rates.map(({ pair }: { pair: string }) => pair)).toEqual(['KZT-CNY', 'CNY-KZT']);
  });

  it.each([BANK, 'desk', 'operator'])('%s imports none', async (key) => {
    const { path, body } = rateImport('KZT-CNY', '9');
    expectProblem(await world.json(key, 'PUT', path, body), 403, 'FORBIDDEN', 'AGNT');
    expect((await world.call(BANK, 'GET', '/v1/fx/rates/KZT-CNY')).body).toMatchObject({ rate: '0.0135' });
  });

  it.each(['0', '-1', '1e3', '123456789012', '0.00000000001', 'NaN'])('the rate %s: RATE_INVALID', async (rate) => {
    const { path, body } = rateImport('KZT-CNY', rate);
    expectProblem(await world.json('provider', 'PUT', path, body), 422, 'RATE_INVALID', null);
  });

  it('a pair that is not traded', async () => {
    const { path, body } = rateImport('EUR-USD', '1');
    expectProblem(await world.json('rate-feed', 'PUT', path, body), 422, 'PAIR_NOT_TRADED', 'AM03');
    expectProblem(await world.call(BANK, 'GET', '/v1/fx/rates/KZT-USD'), 404, 'NOT_FOUND', null);
  });
});

describe('residue', () => {
  const residue = async () => {
    const { body } = await world.call('desk', 'GET', '/v1/fx/positions');
    const own = body.positions.find(
      (one: { provider: string; currency: string }) => one.provider === 'OTKLKZ20' && one.currency === 'CNY',
    );
    return { gain: Number(own.residue), count: own.tradeCount as number };
  };

  it('is booked once when the payment settles', async () => {
    const before = await residue();
    const { quoteId } = await quoteFor({ amount: '98000.50' });
    expect(await residue()).toEqual(before);
    const message = inMessage13(quoteId, setAmount('98000.50'));
    await expectSettledBy(quoteId, message, await world.post(message.xml));
    await world.post(message.xml);
    // 1,323.00675 was paid as 1,323.01: the provider lost 0.325 of a minor unit.
    const { gain, count } = await residue();
    expect(gain - before.gain).toBeCloseTo(-0.00325, 11);
    expect(count - before.count).toBe(1);
  });

  it('a refused payment books none', async () => {
    const before = await residue();
    const { quoteId } = await quoteFor({ amount: '98000.50' });
    await expectRefused(inMessage13(quoteId), 'QUOTE_MISMATCH');
    expect(await residue()).toEqual(before);
  });
});

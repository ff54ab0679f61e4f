/** Payments through vehicle currencies, from the bank's pacs.008 to everybody's documents: all legs settle, or none. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import { verifyEvidence } from '../../src/gateway/evidence.js';
import { readEvidence } from '../../src/gateway/evidence-json.js';
import { createReader } from '../../src/gateway/readers.js';
import { child, children, text } from '../../src/iso20022/tree.js';
import { RefusalError, refusal } from '../../src/kernel/errors.js';
import type { LedgerCode, WalletId } from '../../src/kernel/ids.js';
import { formatMinor } from '../../src/kernel/money.js';
import { invariant } from '../../src/kernel/result.js';
import { decodeQuote } from '../../src/pvp/quote.js';
import { verifyQuote } from '../../src/pvp/quote-signature.js';
import {
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  CUSTOMER_13,
  chinaToKazakhstan,
  type Edit,
  expectProblem,
  type Fresh,
  fresh,
  openWorld,
  readSent,
  setAmount,
  setCreditorAccount,
  setWithin,
  swap,
  type World,
} from '../contract/support.js';
import { rateImport } from '../support/rates.js';
import {
  BANKS,
  callerKey,
  RATES,
  SECOND_PROVIDER,
  secondWallet,
  vehicleConfig,
  vehicleScene,
} from '../support/vehicle.js';
import { expectVerified } from '../support/verified.js';

let world: World;
let aheadMs = 0;
const clock = { now: () => Date.now() + aheadMs };
beforeAll(async () => {
  world = await openWorld({ config: vehicleConfig(), scene: vehicleScene, clock });
});
afterAll(() => world.close());

async function setRate(pair: string, rate: string): Promise<void> {
  const { path, body } = rateImport(pair, rate, pair === 'USD-CNY' ? SECOND_PROVIDER : undefined);
  expect((await world.json('rate-feed', 'PUT', path, body)).status).toBe(200);
}

const SECOND = callerKey(SECOND_PROVIDER);
const EXPONENTS: Record<string, number> = { KZT: 2, USD: 2, CNY: 2, JPY: 0, KWD: 3 };
const CURRENCIES: Record<string, string> = { KZ: 'KZT', US: 'USD', CN: 'CNY', JP: 'JPY', KW: 'KWD' };

/** What is in every wallet, and how much of it is held, by wallet. */
async function wallets(): Promise<Map<string, bigint>> {
  const found = new Map<string, bigint>();
  for (const [role, { pool }] of world.stack.databases) {
    if (!role.startsWith('ledger-')) continue;
    const { rows } = await pool.query<{ id: string; available: bigint; held: bigint }>(
      'SELECT wallet_id AS id, available_minor AS available, held_minor AS held FROM wallet',
    );
    for (const { id, available, held } of rows) {
      found.set(id, available);
      found.set(`${id} held`, held);
    }
  }
  return found;
}

function moved(before: ReadonlyMap<string, bigint>, after: ReadonlyMap<string, bigint>): Record<string, bigint> {
  const differences = [...after].map(([walletId, minor]) => [walletId, minor - (before.get(walletId) ?? 0n)] as const);
  return Object.fromEntries(differences.filter(([, minor]) => minor !== 0n));
}

const inQuiet = async <T>(act: () => Promise<T>): Promise<{ value: T; moved: Record<string, bigint> }> => {
  await world.quiet();
  const before = await wallets();
  const value = await act();
  await world.quiet();
  return { value, moved: moved(before, await wallets()) };
};

interface View {
  readonly status: string;
  readonly provider: string;
  readonly quoteId: string;
  readonly rate: string;
  readonly steps: readonly { readonly provider: string; readonly quoteId: string; readonly rate: string }[];
  readonly legs: readonly { readonly ledger: string; readonly amount: string; readonly currency: string }[];
}
const view = async (uetr: string, key = BANK): Promise<View> =>
  (await world.call(key, 'GET', `/v1/payments/${uetr}`)).body as View;

interface Step {
  readonly quoteId: string;
  readonly provider: string;
  readonly sourceAmount: string;
  readonly targetAmount: string;
  readonly rate: string;
  readonly validUntil: string;
  readonly quote: string;
  readonly signature: string;
}
type Offer = Step & { readonly uetr: string | null; readonly onward: readonly Step[] };

async function quoteFor(sourceCurrency: string, targetCurrency: string, amount: string, fixedSide: string, key = BANK) {
  const asked = { sourceCurrency, targetCurrency, amount, fixedSide };
  const answer = await world.json(key, 'POST', '/v1/fx/quotes', asked);
  expect(answer.status).toBe(201);
  return answer.body as Offer;
}

/** Half to even, exactly: what a conversion of minor units comes to. */
function converted(minor: bigint, rate: string, from: string, to: string, side: string): bigint {
  const [whole = '', fraction = ''] = rate.split('.');
  const [up, down] = [
    BigInt(whole + fraction) * 10n ** BigInt(EXPONENTS[to] ?? 0),
    10n ** BigInt(fraction.length + (EXPONENTS[from] ?? 0)),
  ];
  const [numerator, denominator] = side === 'source' ? [minor * up, down] : [minor * down, up];
  const floor = numerator / denominator;
  const twice = 2n * (numerator % denominator);
  const roundUp = twice > denominator || (twice === denominator && floor % 2n === 1n);
  return roundUp ? floor + 1n : floor;
}

/** What each leg of a route moves, when the amount of one end is given. */
function legAmounts(route: readonly string[], minor: bigint, side: string): bigint[] {
  const currencies = route.map((ledger) => CURRENCIES[ledger] ?? '');
  const amounts = [minor];
  const steps = currencies.slice(1).map((to, i) => [currencies[i] ?? '', to] as const);
  for (const [from, to] of side === 'source' ? steps : steps.reverse()) {
    const last = amounts.at(side === 'source' ? -1 : 0) ?? 0n;
    const next = converted(last, RATES[`${from}-${to}`] ?? '', from, to, side);
    if (side === 'source') amounts.push(next);
    else amounts.unshift(next);
  }
  return amounts;
}

const PAYEES: Record<string, { bic: string; account: string; walletId: string; key: string }> = {
  CN: { bic: 'LONGCN20', account: '6222020000000000001', walletId: 'CN-LONGCN20-1', key: CREDITOR_BANK },
  KZ: { bic: 'ALTNKZ20', account: 'KZ419010001000000001', walletId: 'KZ-ALTNKZ20-1', key: BANK },
  ...Object.fromEntries(BANKS.map((bank) => [bank.ledger, { ...bank, key: callerKey(bank.bic) }])),
};

/** A payment of the amount from the first ledger's customer to the last one's. */
function paymentOf(route: readonly string[], amount: string, ...edits: readonly Edit[]): Fresh {
  const payee = PAYEES[route.at(-1) ?? ''];
  invariant(payee, 'the route has a payee');
  const direction =
    route[0] === 'CN'
      ? chinaToKazakhstan(amount)
      : [
          setAmount(amount),
          ...(payee.bic === 'LONGCN20'
            ? []
            : [setWithin('CdtrAgt', 'BICFI', payee.bic), setCreditorAccount(payee.account)]),
        ];
  return fresh(world, CUSTOMER_08, ...direction, ...edits);
}

const VIA_US = ['KZ', 'US', 'CN'] as const;
const FIRST = { provider: 'OTKLKZ20', source: (ledger: string) => `${ledger}-FX-PROVIDER` };
const exchangeRate = (rate: string): Edit => swap('<ChrgBr>', `<XchgRate>${rate}</XchgRate><ChrgBr>`);

/** The postings of a route, by wallet: providers take turns, and each has one wallet a ledger. */
function postings(route: readonly string[], amounts: readonly bigint[]): Record<string, bigint> {
  const sums = new Map<string, bigint>();
  const add = (walletId: string, minor: bigint) => sums.set(walletId, (sums.get(walletId) ?? 0n) + minor);
  const providerWallet = (step: number, ledger: string) =>
    step % 2 === 0 ? FIRST.source(ledger) : secondWallet(ledger);
  route.forEach((ledger, i) => {
    const minor = amounts[i] ?? 0n;
    const isLast = i === route.length - 1;
    add(i === 0 ? (PAYEES[ledger]?.walletId ?? '') : providerWallet(i - 1, ledger), -minor);
    add(isLast ? (PAYEES[ledger]?.walletId ?? '') : providerWallet(i, ledger), minor);
  });
  return Object.fromEntries(sums);
}

describe('KZT → USD → CNY', () => {
  it('settles three legs: a pacs.008 to the payee’s bank, a pacs.002 to the payer’s, a camt.054 to each and to both providers', async () => {
    const payment = paymentOf(VIA_US, '1250000.00');
    const { value: answer, moved: change } = await inQuiet(() => world.post(payment.xml));
    expect(answer).toMatchObject({ http: 200, group: 'ACCC' });
    expect(answer.lines).toEqual([{ uetr: payment.uetr, status: 'ACCC', reasons: [], texts: [] }]);
    // 1,250,000.00 × 0.00193 = 2,412.50; 2,412.50 × 7.1167 = 17,169.03875.
    expect(change).toEqual({
      ...{ 'KZ-ALTNKZ20-1': -125_000_000n, 'KZ-FX-PROVIDER': 125_000_000n },
      ...{ 'US-FX-PROVIDER': -241_250n, [secondWallet('US')]: 241_250n },
      ...{ [secondWallet('CN')]: -1_716_904n, 'CN-LONGCN20-1': 1_716_904n },
    });
    const told = async (key: string) => (await world.inbox(key, payment.uetr)).map(({ message }) => message).sort();
    expect(await told(BANK)).toEqual(['camt.054.001.08', 'pacs.002.001.10']);
    expect(await told(CREDITOR_BANK)).toEqual(['camt.054.001.08', 'pacs.008.001.08']);
    expect(await told('provider')).toEqual(['camt.054.001.08']);
    expect(await told(SECOND)).toEqual(['camt.054.001.08']);
  });

  it('GET /v1/payments shows the legs and the steps with their quotes, also to the second provider', async () => {
    const payment = paymentOf(VIA_US, '1250000.00');
    await world.post(payment.xml);
    const shown = await view(payment.uetr);
    expect(shown.legs.map(({ ledger, amount, currency }) => [ledger, amount, currency])).toEqual([
      ['KZ', '1250000.00', 'KZT'],
      ['US', '2412.50', 'USD'],
      ['CN', '17169.04', 'CNY'],
    ]);
    expect(shown.steps.map(({ provider, rate }) => [provider, rate])).toEqual([
      ['OTKLKZ20', '0.00193'],
      [SECOND_PROVIDER, '7.1167'],
    ]);
    expect(shown).toMatchObject({ provider: 'OTKLKZ20', rate: '0.013735231', quoteId: shown.steps[0]?.quoteId });
    expect(await view(payment.uetr, SECOND)).toEqual(shown);
    expect((await world.call('bank-jadecn20', 'GET', `/v1/payments/${payment.uetr}`)).status).toBe(404);
  });

  const sent = async (key: string, uetr: string, message: string) => {
    const entry = (await world.inbox(key, uetr)).find((one) => one.message.startsWith(message));
    const answer = await world.call(key, 'GET', `/v1/inbox/${entry?.id}`);
    return readSent(answer.text).document.root;
  };

  it('the pacs.008 onward says the cross rate and comes from the last provider', async () => {
    const payment = paymentOf(VIA_US, '1250000.00');
    await world.post(payment.xml);
    const tx = child(await sent(CREDITOR_BANK, payment.uetr, 'pacs.008'), 'CdtTrfTxInf');
    expect({
      amount: text(tx, 'IntrBkSttlmAmt'),
      instructed: text(tx, 'InstdAmt'),
      rate: text(tx, 'XchgRate'),
      from: text(tx, 'InstgAgt', 'FinInstnId', 'BICFI'),
      charges: children(tx, 'ChrgsInf'),
    }).toEqual({
      amount: '17169.04',
      instructed: '1250000.00',
      rate: '0.013735231',
      from: SECOND_PROVIDER,
      charges: [],
    });
  });

  it.each([
    [BANK, [['1250000.00', 'DBIT', '0.013735231']]],
    [CREDITOR_BANK, [['17169.04', 'CRDT', '0.013735231']]],
    [
      'provider',
      [
        ['1250000.00', 'CRDT', '0.00193'],
        ['2412.50', 'DBIT', '0.00193'],
      ],
    ],
    [
      SECOND,
      [
        ['2412.50', 'CRDT', '7.1167'],
        ['17169.04', 'DBIT', '7.1167'],
      ],
    ],
  ])('the camt.054 to %s', async (key, entries) => {
    const payment = paymentOf(VIA_US, '1250000.00');
    await world.post(payment.xml);
    const notices = children(await sent(key, payment.uetr, 'camt.054'), 'Ntfctn').map((one) => child(one, 'Ntry'));
    const rateOf = (entry: ReturnType<typeof child>) =>
      text(child(child(entry, 'NtryDtls'), 'TxDtls'), 'AmtDtls', 'CntrValAmt', 'CcyXchg', 'XchgRate');
    expect(notices.map((entry) => [text(entry, 'Amt'), text(entry, 'CdtDbtInd'), rateOf(entry)])).toEqual(entries);
  });

  it('books what each step moved, and its rounding, to its own provider', async () => {
    const pool = world.stack.databases.get('gateway')?.pool;
    const payment = paymentOf(VIA_US, '1234.56');
    await world.post(payment.xml);
    const { steps } = await view(payment.uetr);
    const booked = await pool?.query(
      `SELECT provider_bic, residue_currency, residue_gain, source_currency, source_minor, target_currency, target_minor
         FROM fx_trade WHERE quote_id = ANY ($1)`,
      [steps.map(({ quoteId }) => quoteId)],
    );
    // 1,234.56 × 0.00193 = 2.3827008 → 2.38; 2.38 × 7.1167 = 16.937746 → 16.94: the first keeps, the second gives.
    const byProvider = new Map(booked?.rows.map(({ provider_bic, ...row }) => [provider_bic, Object.values(row)]));
    expect(byProvider.get('OTKLKZ20')).toEqual(['USD', '0.27008', 'KZT', '123456', 'USD', '238']);
    expect(byProvider.get(SECOND_PROVIDER)).toEqual(['CNY', '-0.2254', 'USD', '238', 'CNY', '1694']);
  });
});

describe('a firm offer', () => {
  it('one id, one rate, both amounts; each step is signed by its provider, and the first names the next', async () => {
    const offer = await quoteFor('KZT', 'CNY', '1250000.00', 'source');
    expect(offer).toMatchObject({
      sourceAmount: '1250000.00',
      targetAmount: '17169.04',
      rate: '0.013735231',
      uetr: null,
    });
    const [second, ...rest] = offer.onward;
    invariant(second && rest.length === 0, 'there are two steps');
    expect(second).toMatchObject({
      sourceAmount: '2412.50',
      targetAmount: '17169.04',
      rate: '7.1167',
      provider: SECOND_PROVIDER,
    });
    const keys = new Map((await world.stack.otkel.gateway.register.keys()).map((key) => [key.keyId, key]));
    const signed = [offer, second].map(({ quote, signature }) =>
      verifyQuote(
        Buffer.from(quote, 'base64'),
        Buffer.from(signature, 'base64'),
        (keyId) => keys.get(keyId),
        clock.now(),
      ),
    );
    expect(signed.map(({ ok }) => ok)).toEqual([true, true]);
    expect(decodeQuote(Buffer.from(offer.quote, 'base64'))).toMatchObject({
      onwardQuoteId: second.quoteId,
      targetAmountMinor: 241_250n,
    });
    expect((await world.call(BANK, 'GET', `/v1/fx/quotes/${offer.quoteId}`)).body).toEqual(offer);
  });

  it('the current rate of the pair is the cross rate of its steps', async () => {
    const { body } = await world.call(BANK, 'GET', '/v1/fx/rates/KZT-CNY');
    expect(body).toMatchObject({ pair: 'KZT-CNY', rate: '0.013735231' });
    await setRate('USD-CNY', '7');
    expect((await world.call(BANK, 'GET', '/v1/fx/rates/KZT-CNY')).body).toMatchObject({ rate: '0.01351' });
    await setRate('USD-CNY', RATES['USD-CNY'] ?? '');
    expectProblem(
      await world.json(BANK, 'POST', '/v1/fx/quotes', {
        sourceCurrency: 'KZT',
        targetCurrency: 'USD',
        amount: '1.00',
        fixedSide: 'source',
      }),
      ...([422, 'PAIR_NOT_TRADED', 'AM03'] as const),
    );
  });

  it.each([
    ['source', '1250000.00', VIA_US],
    ['target', '20000.00', VIA_US],
    ['source', '500000.00', ['KZ', 'JP', 'KW']],
    ['target', '312.345', ['KZ', 'JP', 'KW']],
    ['source', '123456.78', ['KZ', 'KW', 'JP']],
    ['target', '99999', ['KZ', 'KW', 'JP']],
    ['source', '8888.88', ['CN', 'US', 'JP', 'KZ']],
    ['target', '555555.55', ['CN', 'US', 'JP', 'KZ']],
  ] as const)(
    'fixed %s %s on %j: each step rounded once, to the minor unit on every ledger',
    async (side, amount, route) => {
      const [from, to] = [CURRENCIES[route[0]] ?? '', CURRENCIES[route.at(-1) ?? ''] ?? ''];
      const fixed = side === 'source' ? from : to;
      const minor = BigInt(amount.replace('.', ''));
      const amounts = legAmounts(route, minor, side);
      const bank = PAYEES[route[0]]?.key ?? '';
      const offer = await quoteFor(from, to, amount, side, bank);
      expect(formatMinor(minor, fixed)).toBe(amount);
      expect([offer.sourceAmount, offer.targetAmount]).toEqual([
        formatMinor(amounts[0] ?? 0n, from),
        formatMinor(amounts.at(-1) ?? 0n, to),
      ]);
      const payment = paymentOf(route, offer.sourceAmount);
      const { value: answer, moved: change } = await inQuiet(() =>
        world.post(payment.xml, { key: bank, headers: { 'otkel-quote-id': offer.quoteId } }),
      );
      expect(answer.lines[0]).toMatchObject({ status: 'ACCC' });
      expect(change).toEqual(postings(route, amounts));
      expect((await world.call(bank, 'GET', `/v1/fx/quotes/${offer.quoteId}`)).body).toMatchObject({
        uetr: payment.uetr,
      });
    },
  );

  it('is named in AgrdRate with the cross rate', async () => {
    const offer = await quoteFor('KZT', 'CNY', '1250000.00', 'source');
    const agreed = (rate: string) =>
      fresh(
        world,
        CUSTOMER_13,
        setAmount('1250000.00'),
        swap(
          '<ChrgBr>',
          `<XchgRate>${rate}</XchgRate><AgrdRate><UnitCcy>KZT</UnitCcy><QtdCcy>CNY</QtdCcy><PreAgrdXchgRate>${rate}` +
            `</PreAgrdXchgRate><QtId>${offer.quoteId}</QtId></AgrdRate><ChrgBr>`,
        ),
      );
    const wrong = await world.post(agreed('0.01373523').xml);
    expect(wrong.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AB04'] });
    const right = await world.post(agreed(offer.rate).xml);
    expect(right.lines[0]).toMatchObject({ status: 'ACCC' });
  });
});

describe('a charge on KZT → USD → CNY', () => {
  const TARIFF = { corridor: 'KZ-CN', fixed: '200.00', proportionalBps: '10' };
  async function setTariff(tariff: object): Promise<void> {
    const path = `/v1/fx/tariff-proposals/${randomUUID()}`;
    expect((await world.json('desk', 'PUT', path, { tariffs: [tariff] })).status).toBe(200);
    expect((await world.json('desk-2', 'POST', `${path}/approve`, {})).status).toBe(200);
  }
  beforeAll(() => setTariff(TARIFF));
  afterAll(() => setTariff({ corridor: 'KZ-CN' }));

  it('is taken once, with the first leg; the evidence proves it', async () => {
    const payment = paymentOf(VIA_US, '1250000.00');
    const { value: answer, moved: change } = await inQuiet(() => world.post(payment.xml));
    expect(answer.lines[0]).toMatchObject({ status: 'ACCC' });
    // 1,248,550.00 × 0.00193 = 2,409.7015; 2,409.70 × 7.1167 = 17,149.11199.
    expect(change).toEqual({
      ...{ 'KZ-ALTNKZ20-1': -125_000_000n, 'KZ-FX-PROVIDER': 124_855_000n, 'KZ-FEE': 145_000n },
      ...{ 'US-FX-PROVIDER': -240_970n, [secondWallet('US')]: 240_970n },
      ...{ [secondWallet('CN')]: -1_714_911n, 'CN-LONGCN20-1': 1_714_911n },
    });
    const { text: evidence } = await world.call(BANK, 'GET', `/v1/payments/${payment.uetr}/evidence`);
    const keys = await readTrustedKeys(world.stack.keysFolder);
    const found = await verifyEvidence(readEvidence(evidence), keys, createReader());
    expect(found.faults).toEqual([]);
    expect(found.proven.map(({ what }) => what).join()).toContain('charge 1450.00');
  });

  it('is in the offer: of what is fixed, and on top of what an exact amount costs', async () => {
    const source = await quoteFor('KZT', 'CNY', '1250000.00', 'source');
    expect(source).toMatchObject({
      sourceAmount: '1250000.00',
      targetAmount: '17149.11',
      charge: { amount: '1450.00' },
    });
    expect(source.onward[0]).not.toHaveProperty('charge');
    const target = await quoteFor('KZT', 'CNY', '17149.11', 'target');
    expect(target).toMatchObject({ targetAmount: '17149.11', charge: { bearer: 'creditor' } });
    const { charge, sourceAmountMinor } = decodeQuote(Buffer.from(target.quote, 'base64'));
    expect(formatMinor(sourceAmountMinor + (charge?.amountMinor ?? 0n), 'KZT')).toBe(target.sourceAmount);
  });
});

describe('none of the legs', () => {
  const named = (quoteId: string) => ({ headers: { 'otkel-quote-id': quoteId } });
  const node = (code: string) => {
    const found = world.stack.otkel.nodes.find(({ config }) => config.code === (code as LedgerCode));
    invariant(found, `${code} is open`);
    return found;
  };
  const setStatus = (walletId: string, status: 'open' | 'blocked') =>
    node(walletId.slice(0, 2)).ledger.submit({ kind: 'setWalletStatus', walletId: walletId as WalletId, status });

  async function expectNothingMoves(payment: Fresh, code: string, iso: string, options = {}): Promise<void> {
    const { value: answer, moved: change } = await inQuiet(() => world.post(payment.xml, options));
    expect(answer).toMatchObject({ group: 'RJCT', lines: [{ status: 'RJCT', reasons: [iso] }] });
    expect(await view(payment.uetr)).toMatchObject({ status: 'RJCT', reason: { code } });
    expect(change).toEqual({});
    const reports = (await world.inbox(BANK, payment.uetr)).map(({ message }) => message);
    expect(reports).toEqual(['pacs.002.001.10']);
    for (const key of [CREDITOR_BANK, 'provider', SECOND]) expect(await world.inbox(key, payment.uetr)).toEqual([]);
  }

  it('when the first provider lacks the vehicle currency', () =>
    expectNothingMoves(paymentOf(VIA_US, '600000000.00'), 'LIQUIDITY_INSUFFICIENT', 'AM04'));

  it.each([
    ['the second provider’s wallet in the middle', secondWallet('US')],
    ['the first provider’s wallet in the middle', 'US-FX-PROVIDER'],
    ['the second provider’s wallet at the end', secondWallet('CN')],
  ])('when %s is blocked', async (_, walletId) => {
    await setStatus(walletId, 'blocked');
    try {
      await expectNothingMoves(paymentOf(VIA_US, '1000.00'), 'WALLET_BLOCKED', 'AC06');
    } finally {
      await setStatus(walletId, 'open');
    }
  });

  it('when the offer expired, was used, or is of another amount; a refused payment binds none of its quotes', async () => {
    const bound = async (offer: Offer) =>
      (
        await world.stack.databases
          .get('gateway')
          ?.pool.query<{ uetr: string | null }>('SELECT bound_uetr AS uetr FROM fx_quote WHERE quote_id = ANY ($1)', [
            [offer, ...offer.onward].map(({ quoteId }) => quoteId),
          ])
      )?.rows.map(({ uetr }) => uetr);
    const offer = await quoteFor('KZT', 'CNY', '1000.00', 'source');
    await expectNothingMoves(paymentOf(VIA_US, '1000.01'), 'QUOTE_MISMATCH', 'AB04', named(offer.quoteId));
    expect(await bound(offer)).toEqual([null, null]);
    const first = paymentOf(VIA_US, '1000.00');
    expect((await world.post(first.xml, named(offer.quoteId))).lines[0]?.status).toBe('ACCC');
    expect(await bound(offer)).toEqual([first.uetr, first.uetr]);
    await expectNothingMoves(paymentOf(VIA_US, '1000.00'), 'QUOTE_USED', 'AB04', named(offer.quoteId));
    const late = await quoteFor('KZT', 'CNY', '1000.00', 'source');
    aheadMs = 600_000;
    try {
      await expectNothingMoves(paymentOf(VIA_US, '1000.00'), 'QUOTE_EXPIRED', 'AB04', named(late.quoteId));
    } finally {
      aheadMs = 0;
    }
    expect(await bound(late)).toEqual([null, null]);
  });

  it('when a later quote alone is named: it is no offer of this corridor', async () => {
    const offer = await quoteFor('KZT', 'CNY', '1000.00', 'source');
    const onward = offer.onward[0]?.quoteId ?? '';
    await expectNothingMoves(paymentOf(VIA_US, '1000.00'), 'QUOTE_MISMATCH', 'AB04', named(onward));
  });

  it('when the rates of the steps together are worse than the XchgRate; not when they are as good', async () => {
    await expectNothingMoves(paymentOf(VIA_US, '1000.00', exchangeRate('0.0137352311')), 'RATE_WORSE', 'AB04');
    const asGood = await world.post(paymentOf(VIA_US, '1000.00', exchangeRate('0.013735231')).xml);
    expect(asGood.lines[0]?.status).toBe('ACCC');
  });

  it('when an intermediary agent is none of its providers; both may be named', async () => {
    const through = (bic: string): Edit =>
      swap('<Dbtr>', `<IntrmyAgt1><FinInstnId><BICFI>${bic}</BICFI></FinInstnId></IntrmyAgt1><Dbtr>`);
    await expectNothingMoves(paymentOf(VIA_US, '1000.00', through('JADECN20')), 'INTERMEDIARY_CONTRADICTS', 'RC11');
    for (const bic of ['OTKLKZ20', SECOND_PROVIDER])
      expect((await world.post(paymentOf(VIA_US, '1000.00', through(bic)).xml)).lines[0]?.status).toBe('ACCC');
  });
});

describe('any rates and amounts', () => {
  const rate = fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 0, max: 6 })).map(([digits, scale]) =>
    `${digits}e-${scale}`.replace(/^(\d+)e-(\d+)$/, (_, d: string, s: string) => {
      const padded = d.padStart(Number(s) + 1, '0');
      return s === '0' ? d : `${padded.slice(0, -Number(s))}.${padded.slice(-Number(s))}`;
    }),
  );

  /** Gives the providers of both steps back what earlier payments took: 1,000,000.00 each. */
  async function fund(): Promise<void> {
    const found = await wallets();
    const paying = [['US', 'US-FX-PROVIDER'] as const, ['CN', secondWallet('CN')] as const];
    for (const [code, walletId] of paying) {
      const node = world.stack.otkel.nodes.find(({ config }) => config.code === code);
      invariant(node, `${code} is there`);
      const amountMinor = 100_000_000n - (found.get(walletId) ?? 0n);
      const issue = {
        kind: 'issue',
        reference: randomUUID(),
        creditWallet: walletId as WalletId,
        amountMinor,
      } as const;
      if (amountMinor > 0n) expect((await node.ledger.submit(issue)).ok).toBe(true);
    }
  }

  afterAll(async () => {
    for (const pair of ['KZT-USD', 'USD-CNY']) await setRate(pair, RATES[pair] ?? '');
    await world.quiet();
    await fund();
  });

  it('each ledger keeps its sum, the payer pays what its message says, and the payee gets what the steps give', async () => {
    await fc.assert(
      fc.asyncProperty(
        rate,
        rate,
        fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 4, maxLength: 8 }),
        async (first, second, amounts) => {
          await setRate('KZT-USD', first);
          await setRate('USD-CNY', second);
          await world.quiet();
          await fund();
          const { moved: change, value } = await inQuiet(async () => {
            const payments = amounts.map((minor) => ({
              minor: BigInt(minor),
              ...paymentOf(VIA_US, formatMinor(BigInt(minor), 'KZT')),
            }));
            const answers = await Promise.all(payments.map(({ xml }) => world.post(xml)));
            return payments.map((payment, i) => ({ ...payment, ...answers[i]?.lines[0] }));
          });
          const sums = new Map<string, bigint>();
          for (const [walletId, minor] of Object.entries(change))
            sums.set(walletId.slice(0, 2), (sums.get(walletId.slice(0, 2)) ?? 0n) + minor);
          expect([...sums.values()].every((sum) => sum === 0n)).toBe(true);
          const settled = value.filter(({ status }) => status === 'ACCC').map(({ minor }) => minor);
          const expected = settled.map((minor) => {
            const usd = converted(minor, first, 'KZT', 'USD', 'source');
            return [minor, usd, converted(usd, second, 'USD', 'CNY', 'source')] as const;
          });
          const total = (leg: 0 | 1 | 2) => expected.reduce((sum, legs) => sum + legs[leg], 0n);
          expect([
            change['KZ-ALTNKZ20-1'] ?? 0n,
            change['US-FX-PROVIDER'] ?? 0n,
            change['CN-LONGCN20-1'] ?? 0n,
          ]).toEqual([-total(0), -total(1), total(2)]);
          // On a slow machine some of them may miss the protocol's deadlines.
          for (const { minor, status, reasons } of value)
            if (status !== 'ACCC' && reasons?.[0] !== 'AB03') {
              const usd = converted(minor, first, 'KZT', 'USD', 'source');
              const cny = converted(usd, second, 'USD', 'CNY', 'source');
              // Refused because a step rounds to nothing, or a provider has too little.
              expect(usd === 0n || cny === 0n || usd + total(1) > 50_000_000n || cny + total(2) > 50_000_000n).toBe(
                true,
              );
            }
        },
      ),
      { numRuns: 8 },
    );
  });
});

describe('a jurisdiction whose register does not answer', () => {
  const toKuwait = (): Fresh => {
    const kuwait = BANKS[1];
    return fresh(
      world,
      CUSTOMER_08,
      setAmount('5000.00'),
      swap(/LONGCN20(?:XXX)?/g, kuwait.bic),
      setCreditorAccount(kuwait.account),
    );
  };

  it.each([
    ['is away', () => Promise.reject(new RefusalError(refusal('UNAVAILABLE')))],
    ['is silent', () => new Promise<never>(() => undefined)],
  ])('and %s stops the messages that need it, and no other that is posted at the same time', async (_, answer) => {
    const node = world.stack.otkel.nodes.find(({ config }) => config.code === 'KW');
    invariant(node, 'KW is there');
    const { resolveAccounts } = node.jurisdiction;
    node.jurisdiction.resolveAccounts = answer;
    try {
      // While the first is asked for, the others gather in one batch.
      const posted = [toKuwait(), fresh(world), toKuwait(), fresh(world)].map(({ xml: body }) =>
        world.stack.send(BANK, 'POST', '/v1/messages', { body, headers: { prefer: 'wait=30' } }),
      );
      expect((await Promise.all(posted)).map(({ status }) => status)).toEqual([503, 200, 503, 200]);
    } finally {
      node.jurisdiction.resolveAccounts = resolveAccounts;
    }
  });
});

it('the audit of all eleven databases finds nothing wrong', async () => {
  await world.quiet();
  const pools = new Map([...world.stack.databases].map(([role, { pool }]) => [role, pool]));
  await expectVerified(pools, (await readTrustedKeys(world.stack.keysFolder)).jurisdictions);
});

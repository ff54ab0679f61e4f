/** What a gateway that lies can't get past the three jurisdictions of a payment through a vehicle currency. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import { verifyEvidence } from '../../src/gateway/evidence.js';
import { readEvidence } from '../../src/gateway/evidence-json.js';
import { createLegCheck } from '../../src/gateway/leg-check.js';
import { BATCH_LIMITS } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { messageHash } from '../../src/kernel/hash.js';
import type { Bic, QuoteId, WalletId } from '../../src/kernel/ids.js';
import { invariant } from '../../src/kernel/result.js';
import type { Signer } from '../../src/kernel/signature.js';
import type { PrepareItem } from '../../src/pvp/jurisdiction-port.js';
import { decodeQuote, encodeQuote, type Quote, quoteHash } from '../../src/pvp/quote.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';
import { encodeTerms, type PvpLeg, type PvpTerms, readTerms } from '../../src/pvp/terms.js';
import { BANK, fresh, openWorld, setAmount, type World } from '../contract/support.js';
import { rateImport } from '../support/rates.js';
import { callerKey, SECOND_PROVIDER, secondWallet, vehicleConfig, vehicleScene } from '../support/vehicle.js';

const LEDGERS = ['KZ', 'US', 'CN'] as const;
let world: World;
/** What each jurisdiction was shown of a payment, in leg order. */
const shown = new Map<string, PrepareItem[]>();
let own: Payment;
let other: Payment;
const signers = new Map<string, Signer>();

beforeAll(async () => {
  world = await openWorld({ config: vehicleConfig(LEDGERS), scene: vehicleScene });
  for (const { jurisdiction } of world.stack.otkel.nodes) {
    const prepare = jurisdiction.prepare;
    jurisdiction.prepare = (items) => {
      for (const item of items) shown.set(item.pvpId, [...(shown.get(item.pvpId) ?? []), item]);
      return prepare(items);
    };
  }
  for (const key of ['provider', callerKey(SECOND_PROVIDER)]) signers.set(key, await world.stack.signer(key));
  own = await settled();
  const { path, body } = rateImport('USD-CNY', '7', SECOND_PROVIDER);
  await world.json('rate-feed', 'PUT', path, body);
  other = await settled();
});
afterAll(() => world.close());

/** What a gateway has of a payment. */
interface Payment {
  readonly terms: PvpTerms;
  readonly quotes: readonly Uint8Array[];
  readonly source: PrepareItem;
  readonly destination: Uint8Array;
}

/** A payment that names its offer, as the gateway showed it. */
async function settled(): Promise<Payment> {
  const asked = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '1250000.00', fixedSide: 'source' };
  const { quoteId } = (await world.json(BANK, 'POST', '/v1/fx/quotes', asked)).body as { quoteId: string };
  const { xml, uetr } = fresh(world, undefined, setAmount('1250000.00'));
  const answer = await world.post(xml, { headers: { 'otkel-quote-id': quoteId } });
  expect(answer.lines[0]?.status).toBe('ACCC');
  const [source, ...others] = shown.get(uetr) ?? [];
  invariant(source && others[0], 'each jurisdiction was shown the payment');
  const { terms } = readTerms(source.termsBytes);
  invariant(terms, 'the terms are valid');
  return { terms, quotes: source.quotes, source, destination: others[0].documentBytes };
}

/** What each jurisdiction answers when it is shown this. */
async function judged({ terms, quotes, source, destination }: Payment): Promise<string[]> {
  const reader = createMessageReader({ limits: BATCH_LIMITS });
  const answers = terms.legs.map(async ({ ledger }, legIndex) => {
    const node = world.stack.otkel.nodes.find(({ config }) => config.code === ledger);
    invariant(node, `${ledger} is open`);
    const check = createLegCheck({ ledger: node.ledger, register: node.register, reader, clock: { now: Date.now } });
    const { record } = source.authorisation as { record: Uint8Array };
    const [answer] = await check.check([
      {
        ...{ terms, termsBytes: encodeTerms(terms), legIndex, quotes },
        ...(legIndex === 0
          ? { documentBytes: source.documentBytes, authorisation: { record, destination } }
          : { documentBytes: destination, authorisation: null }),
      },
    ]);
    return answer?.ok ? 'held' : (answer?.error.code ?? '');
  });
  return Promise.all(answers);
}

const withTerms = (payment: Payment, changes: Partial<PvpTerms>): Payment => ({
  ...payment,
  terms: { ...payment.terms, ...changes },
});
const withLeg = (payment: Payment, index: number, changes: Partial<PvpLeg>): Payment =>
  withTerms(payment, { legs: payment.terms.legs.map((leg, i) => (i === index ? { ...leg, ...changes } : leg)) });

/** The message that goes on says this amount. */
function paying(payment: Payment, amount: string): Payment {
  const text = Buffer.from(payment.destination)
    .toString()
    .replace(/(<IntrBkSttlmAmt Ccy="CNY">)[^<]*/, `$1${amount}`);
  const destination = Buffer.from(text);
  return { ...withTerms(payment, { destinationMessageHash: messageHash(destination) }), destination };
}

/** Another quote in this place, signed. */
async function withQuote(payment: Payment, index: number, changes: Partial<Quote>, key?: string): Promise<Payment> {
  const bytes = payment.quotes[index];
  invariant(bytes, 'there is such a quote');
  const quote = { ...decodeQuote(bytes), ...changes };
  const encoded = encodeQuote(quote);
  const signer = signers.get(key ?? (index === 0 ? 'provider' : callerKey(SECOND_PROVIDER)));
  invariant(signer, 'the signer is known');
  const [providerSignature] = await createLocalQuoteSigner(signer).sign([quoteHash(encoded)]);
  invariant(providerSignature, 'the quote is signed');
  const named = { quoteId: quote.quoteId, quoteHash: quoteHash(encoded), providerSignature };
  return {
    ...withTerms(payment, { quotes: payment.terms.quotes.map((one, i) => (i === index ? named : one)) }),
    quotes: payment.quotes.map((one, i) => (i === index ? encoded : one)),
  };
}

/** The first quote of this payment with the second one of the other, for the same amount in the middle. */
function mixed(): Payment {
  const amountMinor = other.terms.legs[2]?.amountMinor ?? 0n;
  const pair = <T>(of: (payment: Payment) => readonly T[]) => [of(own)[0], of(other)[1]] as T[];
  const quoted = withTerms(own, { quotes: pair(({ terms }) => terms.quotes) });
  return paying({ ...withLeg(quoted, 2, { amountMinor }), quotes: pair(({ quotes }) => quotes) }, '16887.50');
}

const ALL_QUOTE_MISMATCH = ['QUOTE_MISMATCH', 'QUOTE_MISMATCH', 'QUOTE_MISMATCH'];
type Lie = readonly [what: string, lie: () => Payment | Promise<Payment>, answers: readonly string[]];

describe('KZ, US and CN, asked to hold their legs', () => {
  it.each<Lie>([
    ['what was agreed', () => own, ['held', 'held', 'held']],
    ['another amount in the middle', () => withLeg(own, 1, { amountMinor: 241_251n }), ALL_QUOTE_MISMATCH],
    [
      'a middle that pays a wallet of somebody else',
      () => withLeg(own, 1, { creditWallet: 'US-SUSPENSE' as WalletId }),
      ALL_QUOTE_MISMATCH,
    ],
    [
      'a middle that debits a wallet of somebody else',
      () => withLeg(own, 1, { debitWallet: 'US-SUSPENSE' as WalletId }),
      ALL_QUOTE_MISMATCH,
    ],
    [
      'less for the payee than the onward message says',
      () => withLeg(own, 2, { amountMinor: 1_716_903n }),
      ['QUOTE_MISMATCH', 'AUTHORISATION_INVALID', 'AUTHORISATION_INVALID'],
    ],
    [
      'less for the payee, in the onward message too',
      () => paying(withLeg(own, 2, { amountMinor: 1_716_903n }), '17169.03'),
      ALL_QUOTE_MISMATCH,
    ],
    ['the quotes of another payment', () => ({ ...own, quotes: other.quotes }), ALL_QUOTE_MISMATCH],
    ['one quote of each of two payments', mixed, ALL_QUOTE_MISMATCH],
    [
      'the quotes in the other order',
      () => withTerms({ ...own, quotes: [...own.quotes].reverse() }, { quotes: [...own.terms.quotes].reverse() }),
      ALL_QUOTE_MISMATCH,
    ],
    [
      'a whole offer that the payer did not name',
      () =>
        paying(
          { ...withTerms(own, { legs: other.terms.legs, quotes: other.terms.quotes }), quotes: other.quotes },
          '16887.50',
        ),
      ['QUOTE_MISMATCH', 'held', 'held'],
    ],
    [
      'no second quote',
      () => ({ ...own, quotes: own.quotes.slice(0, 1) }),
      ['QUOTE_SIGNATURE_INVALID', 'QUOTE_SIGNATURE_INVALID', 'QUOTE_SIGNATURE_INVALID'],
    ],
    [
      'a second quote signed by the first provider',
      () => withQuote(own, 1, {}, 'provider'),
      ['QUOTE_SIGNATURE_INVALID', 'QUOTE_SIGNATURE_INVALID', 'QUOTE_SIGNATURE_INVALID'],
    ],
    [
      'a second quote under another id',
      () => withQuote(own, 1, { quoteId: randomUUID() as QuoteId }),
      ALL_QUOTE_MISMATCH,
    ],
    [
      'a second quote for another bank',
      () => withQuote(own, 1, { requesterBic: 'DALAKZ20' as Bic }),
      ALL_QUOTE_MISMATCH,
    ],
    [
      'a second quote that ends before the vote has',
      () => withQuote(own, 1, { validUntil: own.terms.voteBy + 999 }),
      ['QUOTE_EXPIRED', 'QUOTE_EXPIRED', 'QUOTE_EXPIRED'],
    ],
    [
      'a first quote that names none to go on with',
      () => withQuote(own, 0, { onwardQuoteId: undefined }),
      ALL_QUOTE_MISMATCH,
    ],
    [
      'the first step alone, though its provider signed for more',
      () =>
        withTerms(
          { ...own, quotes: own.quotes.slice(0, 1) },
          {
            legs: own.terms.legs.slice(0, 2),
            quotes: own.terms.quotes.slice(0, 1),
            coSignerKeyIds: own.terms.coSignerKeyIds.slice(0, 2),
          },
        ),
      ['QUOTE_MISMATCH', 'AUTHORISATION_INVALID'],
    ],
    [
      'a quote over a wallet that is not its provider’s',
      async () => {
        const wallet = 'US-SUSPENSE' as WalletId;
        return withQuote(withLeg(own, 1, { creditWallet: wallet }), 1, { sourceProviderWallet: wallet });
      },
      ['held', 'QUOTE_MISMATCH', 'held'],
    ],
    [
      'an onward message of another payment',
      () => ({ ...own, destination: other.destination }),
      ['TERMS_INVALID', 'TERMS_INVALID', 'TERMS_INVALID'],
    ],
  ])('%s', async (_, lie, answers) => {
    expect(await judged(await lie())).toEqual(answers);
  });

  it('the evidence of the payment verifies with its three legs and both quotes; a mixture of two offers does not', async () => {
    const answer = await world.call(BANK, 'GET', `/v1/payments/${own.terms.pvpId}/evidence`);
    const bundle = readEvidence(answer.text);
    expect([bundle.legs.length, bundle.quotes.length]).toEqual([3, 2]);
    const keys = await readTrustedKeys(world.stack.keysFolder);
    const reader = createMessageReader({ limits: BATCH_LIMITS });
    expect((await verifyEvidence(bundle, keys, reader)).faults).toEqual([]);
    const { terms, quotes } = mixed();
    const signed = quotes.map((bytes, i) => ({ bytes, signature: terms.quotes[i]?.providerSignature ?? bytes }));
    const forged = await verifyEvidence({ ...bundle, terms: encodeTerms(terms), quotes: signed }, keys, reader);
    expect(forged.faults.filter((fault) => fault.startsWith('quotes'))).toEqual([
      'quotes: they do not follow upon each other',
    ]);
  });

  it('the wallets that the postings used are those of both providers', () => {
    expect(own.terms.legs.map(({ debitWallet, creditWallet }) => [debitWallet, creditWallet])).toEqual([
      ['KZ-ALTNKZ20-1', 'KZ-FX-PROVIDER'],
      ['US-FX-PROVIDER', secondWallet('US')],
      [secondWallet('CN'), 'CN-LONGCN20-1'],
    ]);
  });
});

/** FX quotes and rates. */
import type { ErrorCode } from '../../kernel/errors.js';
import { listQuotes } from './fx-quotes.js';
import { inPath, json, jsonBody, listOf, orNull, type PathDrafts, partial, ref, type Schema, strict } from './model.js';

const fixedSide: Schema = { type: 'string', enum: ['source', 'target'], description: 'Which amount is given' };
const amount: Schema = { type: 'string', pattern: '^\\d{1,18}(?:\\.\\d{1,5})?$', description: 'Of the fixed side' };

/** Why a provider came to no offer. */
const OFFER_ERRORS: readonly ErrorCode[] = [
  ...(['RATE_MISSING', 'RATE_STALE', 'TRADING_HALTED', 'PROVIDER_LIMIT', 'PROVIDER_UNAVAILABLE'] as const),
  ...(['LIQUIDITY_INSUFFICIENT', 'OPEN_QUOTES_LIMIT', 'PAYMENT_LIMIT', 'DAY_LIMIT', 'POSITION_LIMIT'] as const),
  ...(['AMOUNT_ZERO', 'AMOUNT_TOO_LARGE'] as const),
];

const step: Readonly<Record<string, Schema>> = {
  quoteId: ref('QuoteId'),
  sourceCurrency: ref('Currency'),
  sourceAmount: ref('Decimal'),
  targetCurrency: ref('Currency'),
  targetAmount: ref('Decimal'),
  rate: ref('Rate'),
  provider: ref('Bic'),
  validUntil: ref('Time'),
  quote: { ...ref('Base64'), description: 'Canonical bytes that the provider signed' },
  signature: ref('Base64'),
  keyId: { type: 'string', description: 'Key of the provider' },
};

const charge: Schema = {
  ...orNull(
    strict({
      amount: { ...ref('Decimal'), description: 'Of the source currency' },
      bearer: { type: 'string', enum: ['debtor', 'creditor'] },
      wallet: { ...ref('WalletId'), description: 'Where it goes, on the source ledger' },
    }),
  ),
  description: 'What of the source amount is charged; the rest is converted. Null: nothing',
};

export const fxSchemas: Readonly<Record<string, Schema>> = {
  QuoteRequest: partial(
    {
      sourceCurrency: ref('Currency'),
      targetCurrency: ref('Currency'),
      amount,
      fixedSide,
      chargeBearer: {
        type: 'string',
        enum: ['DEBT', 'CRED', 'SHAR', 'SLEV'],
        default: 'SHAR',
        description:
          '`ChrgBr` of the payment. With `DEBT` what is charged comes on top of a fixed source amount, else it is taken ' +
          'out of it',
      },
    },
    ['sourceCurrency', 'targetCurrency', 'amount', 'fixedSide'],
  ),
  QuoteStep: strict(step, 'A step of an offer, signed by its provider'),
  Quote: strict(
    {
      ...step,
      sourceAmount: { ...ref('Decimal'), description: 'All that the payer gives: `IntrBkSttlmAmt`' },
      charge,
      fixedSide,
      issuedAt: ref('Time'),
      uetr: { ...orNull(ref('Uetr')), description: 'The payment that it is bound to' },
      onward: {
        ...listOf(ref('QuoteStep')),
        description:
          'The further steps of a pair that is traded through vehicle currencies: amounts, rate and `validUntil` above ' +
          'are of the whole, `provider`, `quote` and `signature` of the first step, which names the next one',
      },
    },
    'A firm offer: signed, for one payment, until `validUntil`',
  ),
  CurrentRate: strict(
    {
      pair: { type: 'string', pattern: '^[A-Z]{3}-[A-Z]{3}$' },
      sourceCurrency: ref('Currency'),
      targetCurrency: ref('Currency'),
      rate: ref('Rate'),
      provider: ref('Bic'),
      setAt: ref('Time'),
    },
    'A current rate',
  ),
  Rates: strict({ rates: listOf(ref('CurrentRate')) }),
  Offers: strict({
    quoteId: ref('QuoteId'),
    requester: ref('Bic'),
    fixedSide,
    issuedAt: ref('Time'),
    uetr: orNull(ref('Uetr')),
    won: strict({
      providers: listOf(ref('Bic')),
      sourceCurrency: ref('Currency'),
      sourceAmount: ref('Decimal'),
      targetCurrency: ref('Currency'),
      targetAmount: ref('Decimal'),
      rate: ref('Rate'),
      charge,
    }),
    lost: listOf(ref('LosingOffer')),
  }),
  LosingOffer: strict({
    providers: { ...listOf(ref('Bic')), description: 'One for each step' },
    reason: {
      type: 'string',
      enum: ['WORSE', 'EQUAL', ...OFFER_ERRORS],
      description: '`EQUAL`: as good, of a provider that the corridor names later. An error: why there was no offer',
    },
    detail: orNull({ type: 'string' }),
    rate: orNull(ref('Rate')),
    sourceAmount: orNull(ref('Decimal')),
    targetAmount: orNull(ref('Decimal')),
  }),
};

export const PAIR = inPath('pair', 'SOURCE-TARGET', { type: 'string', examples: ['KZT-CNY'] });

export const fxPaths: PathDrafts = {
  '/v1/fx/quotes': {
    get: listQuotes,
    post: {
      id: 'createQuote',
      summary: 'Ask for a firm quote',
      description: 'For banks. The quote binds to the first payment that names it.',
      tag: 'FX',
      body: jsonBody(ref('QuoteRequest'), {
        sourceCurrency: 'KZT',
        targetCurrency: 'CNY',
        amount: '10000.00',
        fixedSide: 'source',
      }),
      answers: {
        201: json('The quote', ref('Quote'), {
          headers: { Location: { description: 'Of the quote', schema: { type: 'string' } } },
        }),
      },
      errors: [
        'FORBIDDEN',
        'UNSUPPORTED_MEDIA_TYPE',
        ...OFFER_ERRORS,
        'AMOUNT_DECIMALS',
        'PAIR_NOT_TRADED',
        'CONDUCT_LIMIT',
        'QUEUE_FULL',
      ],
    },
  },
  '/v1/fx/quotes/{id}': {
    get: {
      id: 'getQuote',
      summary: 'A quote of the caller',
      tag: 'FX',
      parameters: [inPath('id', 'Of the quote', ref('QuoteId'))],
      answers: { 200: json('The quote', ref('Quote')) },
      errors: ['NOT_FOUND'],
    },
  },
  '/v1/fx/quotes/{id}/offers': {
    get: {
      id: 'getOffers',
      summary: 'What a quote was chosen against',
      description: 'For the FX desk and the operator: the record of best execution.',
      tag: 'FX',
      parameters: [inPath('id', 'Of the quote', ref('QuoteId'))],
      answers: { 200: json('The offer that was given, and those that were not', ref('Offers')) },
      errors: ['FORBIDDEN', 'NOT_FOUND'],
    },
  },
  '/v1/fx/rates': {
    get: {
      id: 'listRates',
      summary: 'Current rates',
      description: 'Of each pair the best rate that the caller gets for the least amounts.',
      tag: 'FX',
      answers: { 200: json('The rates of all pairs that have one', ref('Rates')) },
    },
  },
  '/v1/fx/rates/{pair}': {
    get: {
      id: 'getRate',
      summary: 'The current rate of a pair',
      tag: 'FX',
      parameters: [PAIR],
      answers: { 200: json('The rate', ref('CurrentRate')) },
      errors: ['NOT_FOUND'],
    },
  },
};

/** The list of FX quotes. */
import { PAYMENT_STATUSES } from '../payment-search.js';
import { QUOTE_STATES, QUOTES_MAX } from '../quote-search.js';
import { inQuery, json, listOf, type OperationDraft, orNull, ref, type Schema, strict } from './model.js';

const money = strict({ amount: ref('Decimal'), currency: ref('Currency') });

export const fxQuoteSchemas: Readonly<Record<string, Schema>> = {
  ListedQuote: strict({
    quoteId: ref('QuoteId'),
    status: {
      type: 'string',
      enum: QUOTE_STATES,
      description: '`open`: it may be used; `used`: a payment has it; `lapsed`: its time went by',
    },
    bank: { ...ref('Bic'), description: 'Who asked' },
    provider: ref('Bic'),
    source: { ...money, description: 'What is converted' },
    charge: { ...orNull(money), description: 'What the payer is charged besides; null: nothing' },
    target: money,
    rate: ref('Rate'),
    fixedSide: { type: 'string', enum: ['source', 'target'] },
    onwardQuoteId: { ...orNull(ref('QuoteId')), description: 'Of a step through a vehicle currency: the next one' },
    issuedAt: ref('Time'),
    validUntil: ref('Time'),
    usedAt: orNull(ref('Time')),
    uetr: { ...orNull(ref('Uetr')), description: 'The payment that has it' },
    paymentStatus: orNull({ type: 'string', enum: PAYMENT_STATUSES }),
  }),
  QuotePage: strict({
    quotes: listOf(ref('ListedQuote')),
    next: { ...orNull({ type: 'string' }), description: 'Give it as `after` to go on; null: that is all' },
  }),
};

export const listQuotes: OperationDraft = {
  id: 'listQuotes',
  summary: 'Quotes, the newest first',
  description:
    'The FX desk and the operator list all, a provider those that it gave, a bank those that it asked for. A page may ' +
    'have fewer than asked for, or none, and yet be followed by another: `next` says so.',
  tag: 'FX',
  parameters: [
    inQuery('quoteId', 'One or more, with commas', { type: 'string' }),
    inQuery('uetr', 'Of the payments that have them: one or more, with commas', { type: 'string' }),
    inQuery('provider', 'Who gave it', ref('Bic')),
    inQuery('bank', 'Who asked', ref('Bic')),
    inQuery('pair', 'SOURCE-TARGET', { type: 'string', examples: ['KZT-CNY'] }),
    inQuery('status', `One or more of ${QUOTE_STATES.join(', ')}, with commas`, { type: 'string' }),
    inQuery('limit', 'At most so many', { type: 'integer', minimum: 1, maximum: QUOTES_MAX, default: 100 }),
    inQuery('after', '`next` of the page before', { type: 'string' }),
  ],
  answers: { 200: json('A page of quotes', ref('QuotePage')) },
  errors: ['FORBIDDEN'],
};

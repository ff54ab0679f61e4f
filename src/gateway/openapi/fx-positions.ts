/** What providers have and what trading brought them. */
import { inPath, inQuery, json, jsonBody, listOf, orNull, type PathDrafts, ref, type Schema, strict } from './model.js';

const exact: Schema = { type: 'string', pattern: '^-?\\d{1,18}(?:\\.\\d{1,25})?$' };
const amountOrNull = (description: string): Schema => ({ ...orNull(ref('Decimal')), description });

export const fxPositionSchemas: Readonly<Record<string, Schema>> = {
  Position: strict(
    {
      provider: ref('Bic'),
      currency: ref('Currency'),
      wallets: listOf(
        strict({
          ledger: ref('LedgerCode'),
          walletId: ref('WalletId'),
          available: amountOrNull('Null while the jurisdiction does not answer'),
          held: amountOrNull('For payments under way'),
          reserved: { ...ref('Decimal'), description: 'For open quotes, and payments that have not ended' },
        }),
      ),
      position: { ...ref('Decimal'), description: 'All that settled payments brought, less what they took' },
      residue: { ...exact, description: 'What rounding brought, exactly' },
      tradeCount: { type: 'integer', minimum: 0 },
      results: listOf(ref('PositionResult')),
      lowWater: orNull(strict({ amount: ref('Decimal'), setBy: { type: 'string' }, setAt: ref('Time') })),
      isLow: {
        type: ['boolean', 'null'],
        description: 'Whether what is available is below the mark; null without one, or while that is not known',
      },
    },
    'A provider in one currency',
  ),
  PositionResult: strict(
    {
      against: ref('Currency'),
      position: ref('Decimal'),
      averageRate: {
        ...orNull(ref('Rate')),
        description: 'What a unit of the open position cost, of the other currency; null where none is open',
      },
      middleRate: { ...orNull(ref('Rate')), description: 'The middle of the provider’s own price now' },
      middleAsOf: { ...orNull(ref('Time')), description: 'Since when it has that price' },
      realised: { ...ref('Decimal'), description: 'Result of what was closed, of the other currency' },
      unrealised: amountOrNull('What closing at `middleRate` would bring besides, of the other currency'),
    },
    'Of the trades against one other currency, whose row shows the same result in this one',
  ),
  Positions: strict({ at: ref('Time'), positions: listOf(ref('Position')) }),
  Trade: strict(
    {
      sequence: ref('Sequence'),
      quoteId: ref('QuoteId'),
      uetr: orNull(ref('Uetr')),
      bookedAt: ref('Time'),
      got: strict({ amount: ref('Decimal'), currency: ref('Currency') }),
      gave: strict({ amount: ref('Decimal'), currency: ref('Currency') }),
      residue: strict({ amount: exact, currency: ref('Currency') }),
      equalsQuote: { type: 'boolean', description: 'It is what the provider signed, to the minor unit' },
    },
    'What a settled payment moved',
  ),
  TradePage: strict({
    trades: listOf(ref('Trade')),
    next: { ...orNull({ type: 'string' }), description: 'Give it as `after` to go on' },
  }),
  SetLowWater: strict({ amount: { ...orNull(ref('Decimal')), description: 'Null takes the mark away' } }),
};

const PROVIDER = inPath('provider', 'Its BIC', ref('Bic'));

export const fxPositionPaths: PathDrafts = {
  '/v1/fx/positions': {
    get: {
      id: 'listPositions',
      summary: 'What providers have, and what trading brought them',
      description: 'For the FX desk and the operator; a provider sees its own.',
      tag: 'FX',
      answers: { 200: json('Each provider in each currency that it trades', ref('Positions')) },
      errors: ['FORBIDDEN'],
    },
  },
  '/v1/fx/positions/{provider}/trades': {
    get: {
      id: 'listTrades',
      summary: 'What each settled payment moved, the newest first',
      description: 'For the FX desk and the operator; a provider sees its own.',
      tag: 'FX',
      parameters: [
        PROVIDER,
        inQuery('limit', 'At most so many', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
        inQuery('after', '`next` of the page before', { type: 'string' }),
      ],
      answers: { 200: json('A page of trades', ref('TradePage')) },
      errors: ['FORBIDDEN', 'NOT_FOUND'],
    },
  },
  '/v1/fx/positions/{provider}/{currency}/low-water': {
    put: {
      id: 'setLowWater',
      summary: 'Say below what a provider’s funds are low',
      description: 'For an officer of the FX desk. It only warns: in the list, the metrics and the log.',
      tag: 'FX',
      parameters: [PROVIDER, inPath('currency', 'Of the funds', ref('Currency'))],
      body: jsonBody(ref('SetLowWater'), { amount: '1000000.00' }),
      answers: { 200: json('The provider in this currency', ref('Position')) },
      errors: ['FORBIDDEN', 'NOT_FOUND', 'UNSUPPORTED_MEDIA_TYPE'],
    },
  },
};

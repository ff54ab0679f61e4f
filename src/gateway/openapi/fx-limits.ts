/** Limits of banks and providers, what providers have promised, how banks behave. */
import type { ErrorCode } from '../../kernel/errors.js';
import { LIMIT_MEASURES, LIMIT_SCOPES } from '../../pvp/limits.js';
import {
  inQuery,
  json,
  jsonBody,
  listOf,
  orNull,
  type PathDrafts,
  partial,
  ref,
  type Schema,
  strict,
} from './model.js';
import { OFFICER_KEY, proposalPaths, proposalSchema } from './proposals.js';

const most: Schema = { ...ref('Decimal'), description: 'An amount of the currency, or a count' };
const day: Schema = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };

const limit = {
  scope: { type: 'string', enum: LIMIT_SCOPES },
  bic: { ...orNull(ref('Bic')), description: 'Null: for each that has no limit of its own' },
  measure: { type: 'string', enum: Object.keys(LIMIT_MEASURES) },
  currency: { ...orNull(ref('Currency')), description: 'Null: a count has none' },
} satisfies Record<string, Schema>;

const change = { ...limit, most: { ...orNull(most), description: 'As of a limit; null takes the limit away' } };

export const fxLimitSchemas: Readonly<Record<string, Schema>> = {
  SetLimit: {
    ...partial(change, ['scope', 'measure', 'most']),
    description: 'Of a bank what it gives is counted, of a provider what that gives',
  },
  LimitChange: strict(change),
  LimitProposal: partial({ limits: listOf(ref('SetLimit')) }, ['limits']),
  ProposedLimits: proposalSchema({ limits: listOf(ref('LimitChange')) }),
  LimitProposals: strict({ proposals: listOf(ref('ProposedLimits')) }),
  Limit: strict({
    ...limit,
    most,
    used: { ...orNull(ref('Decimal')), description: 'Of it now; null of a limit for many, or for one payment' },
    setAt: ref('Time'),
    setBy: OFFICER_KEY,
    approvedBy: OFFICER_KEY,
  }),
  Reserve: strict(
    {
      provider: ref('Bic'),
      ledger: ref('LedgerCode'),
      walletId: ref('WalletId'),
      currency: ref('Currency'),
      reserved: { ...ref('Decimal'), description: 'Promised by open quotes, and by payments that have not ended' },
      free: { ...orNull(ref('Decimal')), description: 'Left for quotes; null where the wallet was not looked at yet' },
    },
    'What a provider has promised of a wallet',
  ),
  Limits: strict({ limits: listOf(ref('Limit')), reserves: listOf(ref('Reserve')) }),
  Conduct: strict({
    conduct: listOf(
      strict({
        bank: ref('Bic'),
        day,
        lapsedQuotes: { type: 'integer', minimum: 0, description: 'Asked for, and used by no payment' },
        abortedPayments: {
          type: 'integer',
          minimum: 0,
          description: 'Aborted after a provider’s money had been held',
        },
      }),
    ),
  }),
};

const ERRORS: readonly ErrorCode[] = ['FORBIDDEN', 'UNSUPPORTED_MEDIA_TYPE', 'LIMIT_INVALID', 'IDEMPOTENCY_CONFLICT'];
const EXAMPLE = [
  { scope: 'bank', bic: 'ALTNKZ20', measure: 'dayAmount', currency: 'KZT', most: '500000000.00' },
  { scope: 'bank', bic: null, measure: 'openQuotes', currency: null, most: '20' },
];

export const fxLimitPaths: PathDrafts = {
  '/v1/fx/limits': {
    get: {
      id: 'listLimits',
      summary: 'Limits, what is used of them, and what providers have promised',
      description: 'For the FX desk and the operator; a bank and a provider see what is about themselves.',
      tag: 'FX',
      answers: { 200: json('The limits that stand', ref('Limits')) },
      errors: ['FORBIDDEN'],
    },
  },
  ...proposalPaths({
    path: '/v1/fx/limit-proposals',
    what: 'limits',
    listId: 'listLimitProposals',
    schemas: { one: 'ProposedLimits', list: 'LimitProposals' },
    propose: {
      summary: 'Propose limits',
      description: 'For an officer of the FX desk; they stand when another officer approves.',
      body: jsonBody(ref('LimitProposal'), { limits: EXAMPLE }),
      errors: ERRORS,
    },
    approved: 'They count from the next quote on.',
    reason: 'agreed with the bank',
  }),
  '/v1/fx/conduct': {
    get: {
      id: 'listConduct',
      summary: 'Quotes that banks let lapse, and payments that they let abort, by day',
      description: 'The newest day first. For the FX desk and the operator; a bank sees itself.',
      tag: 'FX',
      parameters: [inQuery('days', 'Of so many days', { type: 'integer', minimum: 1, maximum: 90, default: 7 })],
      answers: { 200: json('Days on which there was any', ref('Conduct')) },
      errors: ['FORBIDDEN'],
    },
  },
};

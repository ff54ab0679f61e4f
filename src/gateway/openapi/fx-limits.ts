/** Limits of banks and providers, what providers have promised, how banks behave. */
import type { ErrorCode } from '../../kernel/errors.js';
import { LIMIT_MEASURES, LIMIT_SCOPES } from '../../pvp/limits.js';
import {
  inPath,
  inQuery,
  json,
  jsonBody,
  listOf,
  type OperationDraft,
  orNull,
  type PathDrafts,
  partial,
  ref,
  type Schema,
  strict,
} from './model.js';

const keyId: Schema = { type: 'string', description: 'Id of the key of the officer' };
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
  ProposedLimits: strict({
    proposalId: ref('QuoteId'),
    status: { type: 'string', enum: ['proposed', 'approved', 'refused', 'expired'] },
    limits: listOf(ref('LimitChange')),
    proposedBy: keyId,
    proposedAt: ref('Time'),
    dueAt: { ...ref('Time'), description: 'Until then another officer decides' },
    decidedBy: orNull(keyId),
    decidedAt: orNull(ref('Time')),
    reason: orNull({ type: 'string', maxLength: 400 }),
  }),
  LimitProposals: strict({ proposals: listOf(ref('ProposedLimits')) }),
  Limit: strict({
    ...limit,
    most,
    used: { ...orNull(ref('Decimal')), description: 'Of it now; null of a limit for many, or for one payment' },
    setAt: ref('Time'),
    setBy: keyId,
    approvedBy: keyId,
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
          ...{ type: 'integer', minimum: 0 },
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

const decision = (id: string, summary: string, description: string): { readonly post: OperationDraft } => ({
  post: {
    ...{ id, summary, description, tag: 'FX' },
    parameters: [inPath('id', 'Of the proposal', ref('QuoteId'))],
    body: jsonBody(ref('ProposalDecision'), { reason: 'agreed with the bank' }),
    answers: { 200: json('The proposal as it is now', ref('ProposedLimits')) },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'UNSUPPORTED_MEDIA_TYPE', 'OFFICER_SAME', 'PROPOSAL_STATE'],
  },
});

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
  '/v1/fx/limit-proposals': {
    get: {
      id: 'listLimitProposals',
      summary: 'The newest 100 proposals of limits',
      description: 'For the FX desk and the operator.',
      tag: 'FX',
      answers: { 200: json('The proposals', ref('LimitProposals')) },
      errors: ['FORBIDDEN'],
    },
  },
  '/v1/fx/limit-proposals/{id}': {
    put: {
      id: 'proposeLimits',
      summary: 'Propose limits',
      description: 'For an officer of the FX desk; they stand when another officer approves.',
      tag: 'FX',
      parameters: [
        inPath('id', 'A lower-case UUIDv4 that the caller chooses: the same request again is the same', ref('QuoteId')),
      ],
      body: jsonBody(ref('LimitProposal'), { limits: EXAMPLE }),
      answers: { 200: json('The proposal', ref('ProposedLimits')) },
      errors: ERRORS,
    },
  },
  '/v1/fx/limit-proposals/{id}/approve': decision(
    'approveLimits',
    'Approve proposed limits',
    'For another officer of the FX desk, by another key. They count from the next quote on.',
  ),
  '/v1/fx/limit-proposals/{id}/refuse': decision(
    'refuseLimits',
    'Refuse proposed limits',
    'For an officer of the FX desk, also who proposed them.',
  ),
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

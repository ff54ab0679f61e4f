/** How rates come to the desk, each provider's, their history, and halts. */
import type { ErrorCode } from '../../kernel/errors.js';
import { HALT_SCOPES } from '../../pvp/halts.js';
import { PAIR } from './fx.js';
import {
  inPath,
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
import { CHOSEN_ID, proposalPaths, proposalSchema, REMARK } from './proposals.js';

const keyId: Schema = { type: 'string', description: 'Id of the key of the officer, or of the sender' };

const tier = {
  amountFrom: { ...ref('Decimal'), description: 'Of the unit currency; the tier is for amounts from here on' },
  banks: { ...listOf(ref('Bic')), description: 'For whom it is; empty: for all that no other tier names' },
  bid: { ...orNull(ref('Rate')), description: 'What the provider gives for one unit' },
  ask: { ...orNull(ref('Rate')), description: 'What it wants for one unit' },
  spreadBps: {
    ...orNull({ type: 'string', pattern: '^\\d{1,5}(?:\\.\\d{1,4})?$' }),
    description: 'Instead of both: their distance in basis points of the middle',
  },
} satisfies Record<string, Schema>;

const card = {
  provider: ref('Bic'),
  unitCurrency: ref('Currency'),
  quotedCurrency: ref('Currency'),
  mid: { ...orNull(ref('Rate')), description: 'The middle, quoted per unit, that tiers have a spread over' },
  vehicle: { ...orNull(ref('Currency')), description: 'The middle is the cross rate through this currency' },
  amountMax: { ...orNull(ref('Decimal')), description: 'Greatest amount at once, of the unit currency' },
  validFrom: { ...orNull(ref('Time')), description: 'Null: from when it is set' },
  validTo: { ...orNull(ref('Time')), description: 'Null: until another follows' },
} satisfies Record<string, Schema>;

const shownCard = { ...card, tiers: listOf(ref('RateTier')) };

export const fxDeskSchemas: Readonly<Record<string, Schema>> = {
  SetTier: partial(tier, []),
  RateTier: strict(tier),
  SetRateCard: {
    ...partial({ ...card, tiers: listOf(ref('SetTier')) }, ['unitCurrency', 'quotedCurrency', 'tiers']),
    description: 'What a provider asks for a pair; a provider that sends its own may leave its name out',
  },
  RateCard: strict(shownCard),
  RateImport: strict({
    asOf: { ...ref('Time'), description: 'When these were the prices: from then on they get older' },
    rates: listOf(ref('SetRateCard')),
  }),
  ImportedRates: strict({
    importId: ref('QuoteId'),
    importedAt: ref('Time'),
    rateCount: { type: 'integer', minimum: 1 },
  }),
  RateProposal: partial({ rates: listOf(ref('SetRateCard')) }, ['rates']),
  ProposalDecision: partial({ reason: REMARK }, []),
  Proposal: proposalSchema({ rates: listOf(ref('RateCard')) }),
  Proposals: strict({ proposals: listOf(ref('Proposal')) }),
  StoredRate: strict({
    ...shownCard,
    sequence: ref('Sequence'),
    asOf: ref('Time'),
    setAt: ref('Time'),
    setBy: keyId,
    approvedBy: { ...orNull(keyId), description: 'The second officer, of a rate set by hand' },
  }),
  RateHistory: strict({
    rates: listOf(ref('StoredRate')),
    next: { ...orNull({ type: 'string' }), description: 'Give it as `after` to go on' },
  }),
  ProviderRates: strict({
    pair: { type: 'string', pattern: '^[A-Z]{3}-[A-Z]{3}$' },
    providers: listOf(
      strict({
        provider: ref('Bic'),
        rate: { ...orNull(ref('Rate')), description: 'For the least amounts, to any bank' },
        reason: { ...orNull(ref('ErrorCode')), description: 'Why it makes no quote now' },
        cards: listOf(ref('StoredRate')),
      }),
    ),
  }),
  SetHalt: strict({
    scope: { type: 'string', enum: HALT_SCOPES },
    name: {
      type: 'string',
      description: 'A pair like `KZT-CNY`, both directions; a BIC; or a corridor like `KZ-CN`, that direction',
    },
    reason: { ...REMARK, minLength: 1 },
  }),
  LiftHalt: strict({ reason: { ...REMARK, minLength: 1 } }),
  Halt: strict({
    haltId: ref('QuoteId'),
    scope: { type: 'string', enum: HALT_SCOPES },
    name: { type: 'string' },
    reason: REMARK,
    setBy: keyId,
    setAt: ref('Time'),
    liftedBy: { ...listOf(keyId), description: 'Officers that lift it, each once' },
    stands: { type: 'boolean' },
    liftsNeeded: { type: 'integer', const: 2 },
    awaited: {
      ...listOf(ref('LedgerCode')),
      description: 'Jurisdictions that did not confirm yet; they are asked again',
    },
  }),
  Halts: strict({ halts: listOf(ref('Halt')) }),
};

const SET_ERRORS: readonly ErrorCode[] = [
  ...(['FORBIDDEN', 'UNSUPPORTED_MEDIA_TYPE', 'PAIR_NOT_TRADED', 'RATE_INVALID', 'IDEMPOTENCY_CONFLICT'] as const),
];
const EXAMPLE = {
  provider: 'OTKLKZ20',
  unitCurrency: 'CNY',
  quotedCurrency: 'KZT',
  mid: '73.2',
  tiers: [{ spreadBps: '60' }, { amountFrom: '100000.00', spreadBps: '40' }],
};

export const fxDeskPaths: PathDrafts = {
  '/v1/fx/rates/{pair}/providers': {
    get: {
      id: 'listProviderRates',
      summary: 'What each provider asks for a pair now',
      description: 'For the FX desk and the operator; a provider sees itself.',
      tag: 'FX',
      parameters: [PAIR],
      answers: { 200: json('The providers of the pair', ref('ProviderRates')) },
      errors: ['FORBIDDEN', 'NOT_FOUND'],
    },
  },
  '/v1/fx/rates/{pair}/history': {
    get: {
      id: 'rateHistory',
      summary: 'Every rate of a pair, the newest first',
      description: 'Cards of either way round. For the FX desk and the operator; a provider sees its own.',
      tag: 'FX',
      parameters: [
        PAIR,
        inQuery('limit', 'At most so many', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
        inQuery('after', '`next` of the page before', { type: 'string' }),
      ],
      answers: { 200: json('A page of rates', ref('RateHistory')) },
      errors: ['FORBIDDEN', 'NOT_FOUND'],
    },
  },
  '/v1/fx/rate-imports/{id}': {
    put: {
      id: 'importRates',
      summary: 'Set rates at once, from a machine',
      description: 'For a provider, its own rates, and for the desk’s feed (role `rateFeed`), every provider’s.',
      tag: 'FX',
      parameters: [CHOSEN_ID],
      body: jsonBody(ref('RateImport'), { asOf: '2026-11-22T09:00:00Z', rates: [EXAMPLE] }),
      answers: { 200: json('They are set', ref('ImportedRates')) },
      errors: [...SET_ERRORS, 'RATE_STALE'],
    },
  },
  ...proposalPaths({
    path: '/v1/fx/rate-proposals',
    what: 'rates',
    listId: 'listProposals',
    schemas: { one: 'Proposal', list: 'Proposals' },
    propose: {
      summary: 'Propose rates by hand',
      description: 'For an officer of the FX desk; they are set when another officer approves.',
      body: jsonBody(ref('RateProposal'), { rates: [EXAMPLE] }),
      errors: SET_ERRORS,
    },
    approved: 'The rates are set, as old as the approval.',
    reason: 'checked against two sources',
  }),
  '/v1/fx/halts': {
    get: {
      id: 'listHalts',
      summary: 'Halts of trading that stand',
      description: 'For the FX desk and the operator.',
      tag: 'FX',
      parameters: [inQuery('lifted', '`true`: the lifted ones too', { type: 'string', enum: ['true', 'false'] })],
      answers: { 200: json('The halts', ref('Halts')) },
      errors: ['FORBIDDEN'],
    },
  },
  '/v1/fx/halts/{id}': {
    put: {
      id: 'setHalt',
      summary: 'Halt a pair, a provider or a corridor',
      description:
        'For one officer of the FX desk, at once: no quote is made any more, and no jurisdiction gives such a payment a ' +
        'COMMIT. The signed request itself goes to the jurisdictions, which check it by their own registers.',
      tag: 'FX',
      parameters: [CHOSEN_ID],
      body: jsonBody(ref('SetHalt'), { scope: 'pair', name: 'KZT-CNY', reason: 'the feed is wrong' }),
      answers: { 200: json('The halt', ref('Halt')) },
      errors: ['FORBIDDEN', 'UNSUPPORTED_MEDIA_TYPE', 'IDEMPOTENCY_CONFLICT'],
    },
  },
  '/v1/fx/halts/{id}/lift': {
    post: {
      id: 'liftHalt',
      summary: 'Lift a halt',
      description: 'For the FX desk: it stands until two officers, by different keys, lifted it.',
      tag: 'FX',
      parameters: [inPath('id', 'Of the halt', ref('QuoteId'))],
      body: jsonBody(ref('LiftHalt'), { reason: 'the feed is right again' }),
      answers: { 200: json('The halt as it is now', ref('Halt')) },
      errors: ['FORBIDDEN', 'NOT_FOUND', 'UNSUPPORTED_MEDIA_TYPE'],
    },
  },
};

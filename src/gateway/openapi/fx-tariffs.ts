/** What the operator charges, and how it is set. */
import { inPath, json, jsonBody, listOf, orNull, type PathDrafts, partial, ref, type Schema, strict } from './model.js';

const keyId: Schema = { type: 'string', description: 'Id of the key of the officer' };

const tariff = {
  corridor: { type: 'string', pattern: '^[A-Z]{2,8}-[A-Z]{2,8}$', examples: ['KZ-CN'] },
  bank: { ...orNull(ref('Bic')), description: 'Null: every bank that has no tariff of its own' },
  fixed: { ...ref('Decimal'), description: 'Of the source currency, each payment' },
  proportionalBps: {
    type: 'string',
    pattern: '^\\d{1,4}(?:\\.\\d{1,4})?$',
    description: 'Besides, in basis points of the amount; the sum is rounded once, half to even',
  },
  least: { ...orNull(ref('Decimal')), description: 'The charge is at least that' },
  most: { ...orNull(ref('Decimal')), description: 'and at most that' },
} satisfies Record<string, Schema>;

const shown = { ...tariff, wallet: { ...ref('WalletId'), description: 'Where charges go, on the source ledger' } };

export const fxTariffSchemas: Readonly<Record<string, Schema>> = {
  SetTariff: partial(tariff, ['corridor']),
  Tariff: strict(shown),
  StandingTariff: strict({ ...shown, setAt: ref('Time'), setBy: keyId, approvedBy: keyId }),
  StandingTariffs: strict({ tariffs: listOf(ref('StandingTariff')) }),
  TariffProposal: partial({ tariffs: listOf(ref('SetTariff')) }, ['tariffs']),
  ProposedTariffs: strict({
    proposalId: ref('QuoteId'),
    status: { type: 'string', enum: ['proposed', 'approved', 'refused', 'expired'] },
    tariffs: listOf(ref('Tariff')),
    proposedBy: keyId,
    proposedAt: ref('Time'),
    dueAt: { ...ref('Time'), description: 'Until then another officer decides' },
    decidedBy: orNull(keyId),
    decidedAt: orNull(ref('Time')),
    reason: orNull({ type: 'string', maxLength: 400 }),
  }),
  TariffProposals: strict({ proposals: listOf(ref('ProposedTariffs')) }),
};

const OF_PROPOSAL = inPath('id', 'Of the proposal', ref('QuoteId'));

const decision = (id: string, summary: string, description: string): PathDrafts[string] => ({
  post: {
    ...{ id, summary, description, tag: 'FX' },
    parameters: [OF_PROPOSAL],
    body: jsonBody(ref('ProposalDecision'), { reason: 'as agreed with the banks' }),
    answers: { 200: json('The proposal as it is now', ref('ProposedTariffs')) },
    errors: ['FORBIDDEN', 'NOT_FOUND', 'UNSUPPORTED_MEDIA_TYPE', 'OFFICER_SAME', 'PROPOSAL_STATE'],
  },
});

export const fxTariffPaths: PathDrafts = {
  '/v1/fx/tariffs': {
    get: {
      id: 'listTariffs',
      summary: 'What payments are charged',
      description: 'All tariffs for the FX desk and the operator; for a bank those that it is charged by.',
      tag: 'FX',
      answers: { 200: json('The tariffs that stand', ref('StandingTariffs')) },
      errors: ['FORBIDDEN'],
    },
  },
  '/v1/fx/tariff-proposals': {
    get: {
      id: 'listTariffProposals',
      summary: 'The newest 100 proposals of tariffs',
      description: 'For the FX desk and the operator.',
      tag: 'FX',
      answers: { 200: json('The proposals', ref('TariffProposals')) },
      errors: ['FORBIDDEN'],
    },
  },
  '/v1/fx/tariff-proposals/{id}': {
    put: {
      id: 'proposeTariffs',
      summary: 'Propose tariffs',
      description:
        'For an officer of the FX desk; they stand from when another officer approves, for quotes that are made from then on. ' +
        'One that charges nothing ends another.',
      tag: 'FX',
      parameters: [
        inPath('id', 'A lower-case UUIDv4 that the caller chooses: the same request again is the same', ref('QuoteId')),
      ],
      body: jsonBody(ref('TariffProposal'), {
        tariffs: [{ corridor: 'KZ-CN', fixed: '200.00', proportionalBps: '10', least: '500.00', most: '25000.00' }],
      }),
      answers: { 200: json('The proposal', ref('ProposedTariffs')) },
      errors: [
        'FORBIDDEN',
        'UNSUPPORTED_MEDIA_TYPE',
        'PAIR_NOT_TRADED',
        'TARIFF_INVALID',
        'IDEMPOTENCY_CONFLICT',
        'UNAVAILABLE',
      ],
    },
  },
  '/v1/fx/tariff-proposals/{id}/approve': decision(
    'approveTariffs',
    'Approve proposed tariffs',
    'For another officer of the FX desk, by another key. They stand at the next quote.',
  ),
  '/v1/fx/tariff-proposals/{id}/refuse': decision(
    'refuseTariffs',
    'Refuse proposed tariffs',
    'For an officer of the FX desk, also who proposed them.',
  ),
};

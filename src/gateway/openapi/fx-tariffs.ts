/** What the operator charges, and how it is set. */
import { json, jsonBody, listOf, orNull, type PathDrafts, partial, ref, type Schema, strict } from './model.js';
import { OFFICER_KEY, proposalPaths, proposalSchema } from './proposals.js';

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
  StandingTariff: strict({ ...shown, setAt: ref('Time'), setBy: OFFICER_KEY, approvedBy: OFFICER_KEY }),
  StandingTariffs: strict({ tariffs: listOf(ref('StandingTariff')) }),
  TariffProposal: partial({ tariffs: listOf(ref('SetTariff')) }, ['tariffs']),
  ProposedTariffs: proposalSchema({ tariffs: listOf(ref('Tariff')) }),
  TariffProposals: strict({ proposals: listOf(ref('ProposedTariffs')) }),
};

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
  ...proposalPaths({
    path: '/v1/fx/tariff-proposals',
    what: 'tariffs',
    listId: 'listTariffProposals',
    schemas: { one: 'ProposedTariffs', list: 'TariffProposals' },
    propose: {
      summary: 'Propose tariffs',
      description:
        'For an officer of the FX desk; they stand from when another officer approves, for quotes that are made from then on. ' +
        'One that charges nothing ends another.',
      body: jsonBody(ref('TariffProposal'), {
        tariffs: [{ corridor: 'KZ-CN', fixed: '200.00', proportionalBps: '10', least: '500.00', most: '25000.00' }],
      }),
      errors: [
        ...(['FORBIDDEN', 'UNSUPPORTED_MEDIA_TYPE', 'PAIR_NOT_TRADED', 'TARIFF_INVALID'] as const),
        ...(['IDEMPOTENCY_CONFLICT', 'UNAVAILABLE'] as const),
      ],
    },
    approved: 'They stand at the next quote.',
    reason: 'as agreed with the banks',
  }),
};

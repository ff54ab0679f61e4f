/** Marks, agreements and the reference registry. */
import type { ErrorCode } from '../../kernel/errors.js';
import { ENTRY_KINDS, TRANSACTION_KINDS } from '../../ledger/model.js';
import {
  COMMAND_ERRORS,
  count,
  KEY,
  LIMIT,
  MONEY_ERRORS,
  money,
  moneyIn,
  next,
  outcome,
  READ_ERRORS,
  route,
  text,
} from './ledger-parts.js';
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

const pocket = { markId: ref('EntryId'), markLevel: count, ...money };

const said = { value: orNull(text), validFrom: ref('Time'), validTo: orNull(ref('Time')) };

export const markSchemas: Readonly<Record<string, Schema>> = {
  EntryId: { type: 'string', pattern: '^[\\x21-\\x7e]{1,200}$', description: 'Id in the registry' },
  Criterion: {
    ...partial({ name: text, oneOf: listOf(text) }, ['name']),
    description: 'An attribute that the payee must have, with one of these values; without `oneOf` with any',
  },
  MarkRule: {
    oneOf: [
      strict(
        { by: { const: 'addresses' }, levels: listOf(listOf(ref('WalletId'))) },
        'Money at level k may go to `levels[k]`, where it has level k + 1; who has it at the last level spends it freely, and that clears the mark',
      ),
      strict({ by: { const: 'agreement' } }, 'Every payment names a registered agreement'),
      strict({ by: { const: 'vat' }, taxWallet: ref('WalletId') }, 'VAT of e-invoices'),
      {
        ...partial(
          {
            by: { const: 'criteria' },
            levels: listOf(listOf(ref('Criterion'))),
            purposes: listOf(text),
            validFrom: ref('Time'),
            validTo: ref('Time'),
            returnWallet: ref('WalletId'),
          },
          ['by', 'levels', 'validFrom', 'validTo', 'returnWallet'],
        ),
        description:
          'Money at level k may go to who meets all of `levels[k]`; a payment at the last level names one of `purposes` and clears the mark; from `validTo` on the money goes back to `returnWallet`',
      },
    ],
  },
  Arrival: {
    ...strict({ walletId: ref('WalletId'), markLevel: count }),
    description: 'A wallet where money from another ledger comes to be under the mark, if its payment asks for it',
  },
  RegisterMark: partial(
    {
      markId: ref('EntryId'),
      rule: ref('MarkRule'),
      crossBorder: { type: 'boolean' },
      arrivals: listOf(ref('Arrival')),
    },
    ['markId', 'rule'],
  ),
  Mark: strict({
    markId: ref('EntryId'),
    ownerBic: ref('Bic'),
    crossBorder: { type: 'boolean' },
    arrivals: listOf(ref('Arrival')),
    rule: ref('MarkRule'),
    expired: { type: 'boolean' },
  }),
  Marks: strict({ marks: listOf(ref('Mark')), next }),
  MarkMoney: strict({ walletId: ref('WalletId'), ...moneyIn }),
  UnmarkMoney: strict({ walletId: ref('WalletId'), markLevel: count, ...moneyIn }),
  Spend: partial(
    {
      debitWallet: ref('WalletId'),
      creditWallet: ref('WalletId'),
      markId: ref('EntryId'),
      markLevel: count,
      ...moneyIn,
      agreementId: { ...ref('EntryId'), description: 'Of a mark by agreement' },
      purpose: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,35}$', description: 'What vouchers are spent for' },
    },
    ['debitWallet', 'creditWallet', 'markId', 'markLevel', 'amount', 'currency'],
  ),
  Pocket: strict(pocket),
  MarkPockets: strict({
    markId: ref('EntryId'),
    pockets: listOf(strict({ walletId: ref('WalletId'), ...pocket })),
    next,
  }),
  ReportEntry: strict({
    time: ref('Time'),
    transactionId: ref('Hash'),
    blockSequence: ref('Sequence'),
    position: count,
    kind: { type: 'string', enum: TRANSACTION_KINDS },
    debitWallet: orNull(ref('WalletId')),
    creditWallet: orNull(ref('WalletId')),
    ...money,
    markId: { ...orNull(ref('EntryId')), description: 'Of the marked money it took, else of what it made' },
    markLevel: orNull(count),
    agreementId: orNull(ref('EntryId')),
    purpose: orNull(text),
    entries: {
      ...listOf(strict({ kind: { type: 'string', enum: ENTRY_KINDS }, entryId: text })),
      description: 'What of the registry it wrote: the agreement paid under, the invoice paid, the event held for',
    },
  }),
  MarkReport: strict({ markId: ref('EntryId'), entries: listOf(ref('ReportEntry')), next }),
  RegisterAgreement: strict({
    agreementId: ref('EntryId'),
    markId: ref('EntryId'),
    payer: ref('WalletId'),
    payee: ref('WalletId'),
    transferMax: ref('Decimal'),
    withdrawalMax: ref('Decimal'),
    currency: ref('Currency'),
    expiresAt: ref('Time'),
  }),
  Agreement: strict(
    {
      agreementId: ref('EntryId'),
      ownerBic: ref('Bic'),
      markId: ref('EntryId'),
      payer: ref('WalletId'),
      payee: ref('WalletId'),
      expiresAt: ref('Time'),
      transferMax: ref('Money'),
      transferred: ref('Money'),
      transferredVat: ref('Money'),
      held: ref('Money'),
      transferLeft: ref('Money'),
      withdrawalMax: ref('Money'),
      withdrawn: ref('Money'),
      withdrawalLeft: ref('Money'),
    },
    '`transferLeft` is without what is held for events and what was paid as VAT; `withdrawalLeft` is of `transferred`',
  ),
  MarkAgreements: strict({ markId: ref('EntryId'), agreements: listOf(ref('Agreement')), next }),
  AgreementHistory: strict({ agreementId: ref('EntryId'), entries: listOf(ref('ReportEntry')), next }),
  Withdrawal: strict(moneyIn),
  SetAttribute: {
    ...partial(
      {
        walletId: ref('WalletId'),
        ownerBic: ref('Bic'),
        name: text,
        value: orNull(text),
        validFrom: ref('Time'),
        validTo: ref('Time'),
      },
      ['name', 'value'],
    ),
    description: 'Of a wallet or of all wallets of an owner; `value` null withdraws it',
  },
  Attribute: strict({
    subject: text,
    name: text,
    ...said,
    history: listOf(strict({ time: ref('Time'), transactionId: ref('Hash'), ...said })),
    next,
  }),
};

const MARK = inPath('id', 'Of the mark', ref('EntryId'));
const AGREEMENT = inPath('id', 'Of the agreement', ref('EntryId'));
const CURSOR = inQuery('after', 'As `next` of the page before', text);
const TOPIC_CURSOR = inQuery('after', 'As `next` of the page before', {
  type: 'string',
  pattern: '^\\d{1,18}\\.\\d{1,9}$',
});

const MARKED_ERRORS: readonly ErrorCode[] = [...MONEY_ERRORS, 'MARK_UNKNOWN', 'FUNDS_INSUFFICIENT'];
const RULE_ERRORS: readonly ErrorCode[] = ['MARK_FORBIDS', 'MARK_EXPIRED'];
const AGREEMENT_ERRORS: readonly ErrorCode[] = [
  ...(['AGREEMENT_UNKNOWN', 'AGREEMENT_FORBIDS', 'AGREEMENT_EXPIRED', 'AGREEMENT_EXHAUSTED'] as const),
];

const marks: PathDrafts = {
  '/v1/ledgers/{code}/marks': {
    get: route({
      id: 'listMarks',
      summary: 'Marks of an initiator',
      description: 'For the initiator; the oracle sees all.',
      parameters: [inQuery('owner', 'BIC of the initiator', ref('Bic')), CURSOR, LIMIT],
      answers: { 200: json('A page', ref('Marks')) },
      errors: READ_ERRORS,
    }),
    post: route({
      id: 'registerMark',
      summary: 'Say where money of a purpose may go',
      description: 'For the treasury and the issuer. A mark never changes; the same one again changes nothing.',
      body: jsonBody(ref('RegisterMark'), {
        markId: 'road-2027',
        rule: { by: 'addresses', levels: [['KZ-MINISTRY'], ['KZ-BUILDER']] },
      }),
      answers: { 201: json('The mark', ref('Mark')) },
      errors: [...COMMAND_ERRORS, 'ENTRY_EXISTS', 'WALLET_UNKNOWN', 'MARK_EXPIRED'],
    }),
  },
  '/v1/ledgers/{code}/marks/{id}': {
    get: route({
      id: 'getMark',
      summary: 'A mark',
      description: 'For its initiator and the oracle.',
      parameters: [MARK],
      answers: { 200: json('The mark', ref('Mark')) },
      errors: [...READ_ERRORS, 'MARK_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/marks/{id}/mark': {
    post: route({
      id: 'markMoney',
      summary: 'Mark money of a wallet',
      description: 'For the mark’s initiator, in a wallet of its own.',
      parameters: [MARK, KEY],
      body: jsonBody(ref('MarkMoney'), { walletId: 'KZ-TREASURY', amount: '1000.00', currency: 'KZT' }),
      answers: outcome(201),
      errors: [...MARKED_ERRORS, ...RULE_ERRORS],
    }),
  },
  '/v1/ledgers/{code}/marks/{id}/unmark': {
    post: route({
      id: 'unmarkMoney',
      summary: 'Give marked money its freedom where it is',
      description: 'For the mark’s initiator, in any wallet.',
      parameters: [MARK, KEY],
      body: jsonBody(ref('UnmarkMoney'), {
        walletId: 'KZ-BUILDER',
        markLevel: 1,
        amount: '100.00',
        currency: 'KZT',
      }),
      answers: outcome(201),
      errors: [...MARKED_ERRORS, 'MARK_FORBIDS'],
    }),
  },
  '/v1/ledgers/{code}/marks/{id}/report': {
    get: route({
      id: 'getMarkReport',
      summary: 'Every movement of money under a mark, oldest first',
      description: 'For its initiator and the oracle.',
      parameters: [MARK, TOPIC_CURSOR, LIMIT],
      answers: { 200: json('A page', ref('MarkReport')) },
      errors: [...READ_ERRORS, 'MARK_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/marks/{id}/agreements': {
    get: route({
      id: 'listMarkAgreements',
      summary: 'Agreements under a mark, each with what is left of it, in the order of their registration',
      description: 'For the mark’s initiator and the oracle.',
      parameters: [MARK, TOPIC_CURSOR, LIMIT],
      answers: { 200: json('A page', ref('MarkAgreements')) },
      errors: [...READ_ERRORS, 'MARK_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/marks/{id}/pockets': {
    get: route({
      id: 'listMarkPockets',
      summary: 'Where money under a mark is',
      description: 'For its initiator and the oracle.',
      parameters: [MARK, CURSOR, LIMIT],
      answers: { 200: json('A page', ref('MarkPockets')) },
      errors: [...READ_ERRORS, 'MARK_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/spends': {
    post: route({
      id: 'spendMarked',
      summary: 'Pay with marked money',
      description: 'For the owner of the debited wallet. A forbidden payment leaves the money where it is.',
      parameters: [KEY],
      body: jsonBody(ref('Spend'), {
        debitWallet: 'KZ-TREASURY',
        creditWallet: 'KZ-MINISTRY',
        markId: 'road-2027',
        markLevel: 0,
        amount: '500.00',
        currency: 'KZT',
      }),
      answers: outcome(201),
      errors: [...MARKED_ERRORS, ...RULE_ERRORS, ...AGREEMENT_ERRORS],
    }),
  },
};

const registry: PathDrafts = {
  '/v1/ledgers/{code}/agreements': {
    post: route({
      id: 'registerAgreement',
      summary: 'Register an agreement under a mark',
      description: 'For the oracle and the mark’s initiator. An agreement never changes.',
      body: jsonBody(ref('RegisterAgreement'), {
        agreementId: '2026/17-A',
        markId: 'school-12',
        payer: 'KZ-TREASURY',
        payee: 'KZ-BUILDER',
        transferMax: '700.00',
        withdrawalMax: '100.00',
        currency: 'KZT',
        expiresAt: '2027-12-31T19:00:00Z',
      }),
      answers: { 201: json('The agreement', ref('Agreement')) },
      errors: [
        ...COMMAND_ERRORS,
        ...(['AMOUNT_ZERO', 'AMOUNT_DECIMALS', 'AMOUNT_TOO_LARGE', 'CURRENCY_WRONG', 'WALLET_UNKNOWN'] as const),
        ...(['MARK_UNKNOWN', 'MARK_FORBIDS', 'AGREEMENT_EXPIRED', 'ENTRY_EXISTS'] as const),
      ],
    }),
  },
  '/v1/ledgers/{code}/agreements/{id}': {
    get: route({
      id: 'getAgreement',
      summary: 'An agreement with what is left of it',
      description: 'For its parties, the mark’s initiator and the oracle.',
      parameters: [AGREEMENT],
      answers: { 200: json('The agreement', ref('Agreement')) },
      errors: [...READ_ERRORS, 'AGREEMENT_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/agreements/{id}/history': {
    get: route({
      id: 'getAgreementHistory',
      summary: 'What happened under an agreement, oldest first',
      description: 'For its parties, the mark’s initiator and the oracle.',
      parameters: [AGREEMENT, TOPIC_CURSOR, LIMIT],
      answers: { 200: json('A page', ref('AgreementHistory')) },
      errors: [...READ_ERRORS, 'AGREEMENT_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/agreements/{id}/withdrawals': {
    post: route({
      id: 'withdrawUnderAgreement',
      summary: 'Take money out of the mark',
      description: 'For the owner of the payee’s wallet: what it got under the agreement becomes ordinary money there.',
      parameters: [AGREEMENT, KEY],
      body: jsonBody(ref('Withdrawal'), { amount: '40.00', currency: 'KZT' }),
      answers: outcome(201),
      errors: [...MONEY_ERRORS, 'FUNDS_INSUFFICIENT', ...AGREEMENT_ERRORS],
    }),
  },
  '/v1/ledgers/{code}/attributes': {
    get: route({
      id: 'getAttribute',
      summary: 'An attribute of the reference registry, with its history',
      description: 'For the oracle.',
      parameters: [
        inQuery('walletId', 'Of this wallet', ref('WalletId')),
        inQuery('ownerBic', 'Or of the wallets of this owner', ref('Bic')),
        inQuery('name', 'Of the attribute', text, true),
        TOPIC_CURSOR,
        LIMIT,
      ],
      answers: { 200: json('The attribute', ref('Attribute')) },
      errors: READ_ERRORS,
    }),
    post: route({
      id: 'setAttribute',
      summary: 'Register, replace or withdraw an attribute',
      description: 'For the oracle.',
      parameters: [KEY],
      body: jsonBody(ref('SetAttribute'), { walletId: 'KZ-DEALER', name: 'region', value: 'KZ-AKM' }),
      answers: outcome(201),
      errors: [...COMMAND_ERRORS, 'IDEMPOTENCY_CONFLICT'],
    }),
  },
};

export const markPaths: PathDrafts = { ...marks, ...registry };

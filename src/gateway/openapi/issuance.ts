/** Issuance, redemption and conversion. */
import { COMMAND_ERRORS, KEY, LIMIT, MONEY_ERRORS, outcome, READ_ERRORS, route, text } from './ledger-parts.js';
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

export const issuanceSchemas: Readonly<Record<string, Schema>> = {
  AskForMoney: partial(
    {
      walletId: { ...ref('WalletId'), description: "The bank's own wallet" },
      amount: ref('Decimal'),
      currency: ref('Currency'),
      expiresInSeconds: { type: 'integer', minimum: 1, maximum: 2_592_000, default: 86_400 },
    },
    ['walletId', 'amount', 'currency'],
  ),
  MoneyRequest: strict({
    requestId: ref('RequestId'),
    direction: { type: 'string', enum: ['issuance', 'redemption'] },
    ownerBic: ref('Bic'),
    walletId: ref('WalletId'),
    amount: ref('Decimal'),
    currency: ref('Currency'),
    minor: ref('Minor'),
    expiresAt: ref('Time'),
    status: { type: 'string', enum: ['requested', 'approved', 'refused', 'expired'] },
    approvedBy: { ...listOf(text), description: 'Keys of the officers, in order' },
    refusedBy: orNull(text),
    reason: orNull(text),
  }),
  MoneyRequests: strict({ requests: listOf(ref('MoneyRequest')), next: orNull(ref('RequestId')) }),
  RequestId: { type: 'string', description: 'Of a request for money', pattern: '^[\\x21-\\x7e]{1,200}$' },
  Nothing: strict({}),
  RefusalOfRequest: strict({ reason: { type: 'string', minLength: 1, maxLength: 140 } }),
  Conversion: strict({
    direction: { type: 'string', enum: ['toDigital', 'toNonCash'] },
    bankWallet: { ...ref('WalletId'), description: "The bank's own wallet" },
    clientWallet: { ...ref('WalletId'), description: "Its client's" },
    amount: ref('Decimal'),
    currency: ref('Currency'),
    nonCashEntry: {
      type: 'string',
      pattern: '^[\\x21-\\x7e]{1,128}$',
      description: "Names the entry in the bank's own books, which is converted once",
    },
  }),
};

const ID = inPath('id', 'Of the request', ref('RequestId'));
const REQUEST = json('The request', ref('MoneyRequest'));
const ASK_ERRORS = [...MONEY_ERRORS, 'WALLET_KIND'] as const;

const asking = (id: string, summary: string, description: string) => ({
  post: route({
    id,
    summary,
    description,
    parameters: [KEY],
    body: jsonBody(ref('AskForMoney'), { walletId: 'KZ-NOVAKZK0-SETTLEMENT', amount: '1000.00', currency: 'KZT' }),
    answers: { 201: REQUEST },
    errors: ASK_ERRORS,
  }),
});

export const issuancePaths: PathDrafts = {
  '/v1/ledgers/{code}/issuance': asking(
    'requestIssuance',
    'Ask for money to be issued',
    'For a bank, into its own wallet. It is issued when two officers of the issuer have approved, each with a key of its own.',
  ),
  '/v1/ledgers/{code}/redemption': asking(
    'requestRedemption',
    'Ask for money to be redeemed',
    'For a bank, out of its own wallet. Nothing is reserved: the second approval burns the money, or is refused where it is gone.',
  ),
  '/v1/ledgers/{code}/requests': {
    get: route({
      id: 'listRequests',
      summary: 'Requests for issuance and redemption',
      description: 'For the issuer; for a bank its own, where it names itself as owner.',
      parameters: [
        inQuery('owner', 'BIC of the bank', ref('Bic')),
        inQuery('after', 'Requests after this one', ref('RequestId')),
        LIMIT,
      ],
      answers: { 200: json('A page', ref('MoneyRequests')) },
      errors: READ_ERRORS,
    }),
  },
  '/v1/ledgers/{code}/requests/{id}': {
    get: route({
      id: 'getRequest',
      summary: 'A request for issuance or redemption',
      description: 'For the bank that made it and the issuer.',
      parameters: [ID],
      answers: { 200: REQUEST },
      errors: [...READ_ERRORS, 'REQUEST_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/requests/{id}/approval': {
    post: route({
      id: 'approveRequest',
      summary: 'Approve a request',
      description:
        'For an officer of the issuer. The key that signed counts once; the second key issues or redeems at once.',
      parameters: [ID],
      body: jsonBody(ref('Nothing'), {}),
      answers: { 200: REQUEST },
      errors: [
        ...COMMAND_ERRORS,
        ...(['REQUEST_UNKNOWN', 'REQUEST_STATE', 'FUNDS_INSUFFICIENT', 'AMOUNT_TOO_LARGE'] as const),
        ...(['WALLET_BLOCKED', 'WALLET_CLOSED'] as const),
      ],
    }),
  },
  '/v1/ledgers/{code}/requests/{id}/refusal': {
    post: route({
      id: 'refuseRequest',
      summary: 'Refuse a request',
      description: 'For an officer of the issuer; one is enough.',
      parameters: [ID],
      body: jsonBody(ref('RefusalOfRequest'), { reason: 'Collateral is missing' }),
      answers: { 200: REQUEST },
      errors: [...COMMAND_ERRORS, 'REQUEST_UNKNOWN', 'REQUEST_STATE'],
    }),
  },
  '/v1/ledgers/{code}/conversions': {
    post: route({
      id: 'convert',
      summary: "Convert a client's money, non-cash to digital or back",
      description:
        "For a bank: digital money moves between its own wallet and its client's, against an entry in its books.",
      parameters: [KEY],
      body: jsonBody(ref('Conversion'), {
        direction: 'toDigital',
        bankWallet: 'KZ-NOVAKZK0-SETTLEMENT',
        clientWallet: 'KZ-NOVAKZK0-1',
        amount: '100.00',
        currency: 'KZT',
        nonCashEntry: 'GL-2026-000117',
      }),
      answers: outcome(201),
      errors: [...MONEY_ERRORS, 'FUNDS_INSUFFICIENT', 'WALLET_KIND', 'ENTRY_EXISTS'],
    }),
  },
};

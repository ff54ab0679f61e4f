/** Payment messages, payments and the inbox. */
import type { ErrorCode } from '../../kernel/errors.js';
import { PACS_002_EXAMPLE, PACS_008_EVENT_EXAMPLE, PACS_008_EXAMPLE, PACS_028_EXAMPLE } from './examples.js';
import { inHeader, inPath, inQuery, json, listOf, orNull, type PathDrafts, ref, type Schema, strict } from './model.js';

const xml = (examples: Readonly<Record<string, string>> = {}) => ({
  'application/xml': {
    examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
  },
});

/** What makes a whole message unreadable: answered with an admi.002, or a problem document for who accepts no XML. */
const READING: readonly ErrorCode[] = [
  'NOT_UTF8',
  'DOCTYPE_FORBIDDEN',
  'PROCESSING_INSTRUCTION_FORBIDDEN',
  'CHARACTER_FORBIDDEN',
  'TOO_DEEP',
  'TOO_MANY_ELEMENTS',
  'TOO_COMPLEX',
  'NOT_WELL_FORMED',
  'ENVELOPE_INVALID',
  'NAMESPACE_UNKNOWN',
  'MESSAGE_UNSUPPORTED',
  'SCHEMA_INVALID',
];

/** What refuses a transaction as it comes in: answered with a pacs.002 `RJCT` that holds the ISO reason. */
const TRANSACTION: readonly ErrorCode[] = [
  'UETR_DUPLICATE',
  'RULE_BROKEN',
  'AGENT_UNKNOWN',
  'SENDER_NOT_INSTRUCTING_AGENT',
  'DEBIT_NOT_OWNED',
  'CREDITOR_AGENT_UNKNOWN',
  'INTERMEDIARY_CONTRADICTS',
  'SETTLEMENT_METHOD_REFUSED',
  'DEBTOR_ACCOUNT_UNKNOWN',
  'CREDITOR_ACCOUNT_UNKNOWN',
  'WALLET_CLOSED',
  'WALLET_BLOCKED',
  'AMOUNT_ZERO',
  'AMOUNT_TOO_LARGE',
  'AMOUNT_DECIMALS',
  'CURRENCY_WRONG',
  'PAIR_NOT_TRADED',
  'SETTLEMENT_DATE_PAST',
  'SETTLEMENT_DATE_FUTURE',
  'MESSAGE_EXPIRED',
  'RATE_MISSING',
  'QUOTE_UNKNOWN',
  'QUOTE_EXPIRED',
  'QUOTE_USED',
  'QUOTE_NOT_YOURS',
  'QUOTE_MISMATCH',
  'RATE_WORSE',
  'QUOTE_SIGNATURE_INVALID',
  'TERMS_INVALID',
  'CONDITION_INVALID',
  'EVENT_UNKNOWN',
  'EVENT_MISMATCH',
  'EVENT_USAGE',
  'EVENT_USED',
  'EVENT_EXPIRED',
  'MARK_UNKNOWN',
  'MARK_FORBIDS',
];

const WAIT = 'RFC 7240 `wait=N`: answer when the payment is final, or after N seconds (at most 60)';
const APPLIED = {
  'Preference-Applied': { description: 'The `wait` that was honoured', schema: { type: 'string' } },
};

const status: Schema = {
  type: 'string',
  enum: ['ACTC', 'PDNG', 'ACSC', 'ACCC', 'RJCT'],
  description: 'ISO 20022 ExternalPaymentTransactionStatus1Code; the last three are final',
};

export const messageSchemas: Readonly<Record<string, Schema>> = {
  PaymentLeg: strict({
    ledger: ref('LedgerCode'),
    debitWallet: ref('WalletId'),
    creditWallet: ref('WalletId'),
    amount: ref('Decimal'),
    currency: ref('Currency'),
  }),
  PaymentStep: strict({ provider: ref('Bic'), quoteId: ref('QuoteId'), rate: ref('Rate') }),
  Payment: strict({
    uetr: ref('Uetr'),
    msgId: { type: 'string' },
    endToEndId: { type: 'string' },
    status,
    state: {
      type: 'string',
      enum: ['WAITING', 'PREPARING', 'DECIDED', 'CLOSED'],
      description:
        '`DECIDED`: every co-signer said COMMIT or one said ABORT; `CLOSED`: the sender has the final pacs.002',
    },
    reason: orNull(strict({ code: ref('ErrorCode'), isoReason: orNull(ref('IsoReason')), detail: { type: 'string' } })),
    violations: { ...listOf(ref('Finding')), description: 'Usage rules that it broke' },
    debtorAgent: orNull(ref('Bic')),
    creditorAgent: orNull(ref('Bic')),
    provider: { ...orNull(ref('Bic')), description: 'Of the first step' },
    quoteId: orNull(ref('QuoteId')),
    rate: { ...orNull(ref('Rate')), description: 'From the payer’s currency to the payee’s' },
    steps: {
      ...listOf(ref('PaymentStep')),
      description: 'One conversion, or several through vehicle currencies: step i is from leg i to leg i + 1',
    },
    legs: {
      ...listOf(ref('PaymentLeg')),
      description: 'The payer’s leg first, the payee’s last; empty when refused before terms',
    },
    waitsFor: {
      anyOf: [ref('AwaitedEvent'), ref('AwaitedLiquidity'), { type: 'null' }],
      description: 'Where `PDNG` is because of an event (the money is held), or because its provider lacks funds',
    },
    charge: {
      ...orNull(strict({ amount: ref('Decimal'), currency: ref('Currency'), wallet: ref('WalletId') })),
      description: 'What leaves the payer’s wallet besides the first leg’s amount, and where it goes; null: nothing',
    },
    inDoubt: { ...orNull(ref('InDoubt')), description: 'Where `PDNG` is because somebody does not answer' },
    acceptedAt: ref('Time'),
    decidedAt: orNull(ref('Time')),
    closedAt: orNull(ref('Time')),
    changes: {
      ...listOf(ref('Difference')),
      description: 'What the creditor agent is sent otherwise than it came in: converted, moved, set for its leg',
    },
    losses: {
      ...listOf(ref('Difference')),
      description: 'What the creditor agent can’t know: cut, shortened or transliterated; empty when nothing was lost',
    },
  }),
  AwaitedEvent: strict({
    cause: { type: 'string', enum: ['EVENT_AWAITED'] },
    ledger: ref('LedgerCode'),
    eventId: { type: 'string' },
    since: { ...ref('Time'), description: 'When the money was held' },
    until: { ...orNull(ref('Time')), description: 'When it returns by itself' },
    whoMustAct: listOf({ type: 'string' }),
  }),
  AwaitedLiquidity: strict({
    cause: { type: 'string', enum: ['LIQUIDITY_AWAITED'] },
    priority: { type: 'string', enum: ['HIGH', 'NORM'] },
    since: ref('Time'),
    until: { ...ref('Time'), description: 'When it is refused' },
    whoMustAct: listOf({ type: 'string' }),
  }),
  ListedPayment: strict({
    uetr: ref('Uetr'),
    sender: ref('Bic'),
    msgId: { type: 'string' },
    status,
    state: { type: 'string', enum: ['WAITING', 'PREPARING', 'DECIDED', 'CLOSED'] },
    reason: orNull(ref('ErrorCode')),
    debtorAgent: orNull(ref('Bic')),
    creditorAgent: orNull(ref('Bic')),
    provider: orNull(ref('Bic')),
    source: { ...orNull(ref('Money')), description: 'Of the payer’s leg; null when refused before terms' },
    target: { ...orNull(ref('Money')), description: 'Of the payee’s leg' },
    acceptedAt: ref('Time'),
    closedAt: orNull(ref('Time')),
  }),
  ListedPayments: strict({
    payments: listOf(ref('ListedPayment')),
    next: { ...orNull({ type: 'string' }), description: 'Give it as `after` to go on; null at the end' },
  }),
  InDoubt: strict({
    since: ref('Time'),
    waitingFor: { ...listOf(ref('LedgerCode')), description: 'Jurisdictions whose answer is missing' },
    cause: {
      type: 'string',
      enum: ['VOTE_UNKNOWN', 'LEG_NOT_APPLIED'],
      description:
        '`VOTE_UNKNOWN`: a co-signer’s vote can’t be read, so nothing may be settled or released; `LEG_NOT_APPLIED`: ' +
        'every co-signer said COMMIT, and a ledger has not confirmed its leg',
    },
    whoMustAct: { ...listOf({ type: 'string' }), description: 'Who must bring back what does not answer' },
  }),
  Doubts: strict({
    payments: listOf(
      strict({
        uetr: ref('Uetr'),
        sender: ref('Bic'),
        msgId: { type: 'string' },
        acceptedAt: ref('Time'),
        inDoubt: orNull(ref('InDoubt')),
      }),
    ),
  }),
  SignedStatement: strict({
    type: { type: 'string', enum: ['receipt', 'vote', 'applied'] },
    leaf: ref('Base64'),
    index: { type: 'integer', minimum: 0 },
    count: { type: 'integer', minimum: 1 },
    path: listOf(ref('Base64')),
    keyId: { type: 'string' },
    signature: ref('Base64'),
  }),
  TransactionProof: strict({
    block: strict({
      sequence: ref('Sequence'),
      previousHash: ref('Base64'),
      merkleRoot: ref('Base64'),
      time: { type: 'integer', description: 'Milliseconds since 1970' },
      transactionCount: { type: 'integer', minimum: 1 },
      epoch: { type: 'string' },
      hash: ref('Base64'),
      signature: ref('Base64'),
    }),
    transaction: ref('Base64'),
    position: { type: 'integer', minimum: 0 },
    path: listOf(ref('Base64')),
    data: ref('Base64'),
    evidence: ref('Base64'),
  }),
  EvidenceMessage: strict({ sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' }, bytes: ref('Base64') }),
  EvidenceLeg: strict({
    ledger: ref('LedgerCode'),
    currency: ref('Currency'),
    receipt: orNull(ref('SignedStatement')),
    receipts: listOf(ref('SignedStatement')),
    vote: orNull(ref('SignedStatement')),
    peerVotes: listOf(ref('SignedStatement')),
    applied: orNull(ref('SignedStatement')),
    hold: orNull(strict({ placed: ref('TransactionProof'), ended: orNull(ref('TransactionProof')) })),
  }),
  Evidence: strict({
    format: { type: 'string', enum: ['otkel/evidence/v1'] },
    uetr: ref('Uetr'),
    sender: ref('Bic'),
    status,
    messages: strict({
      source: ref('EvidenceMessage'),
      onward: orNull(ref('EvidenceMessage')),
      report: orNull(ref('EvidenceMessage')),
    }),
    authorisation: ref('Base64'),
    terms: orNull(ref('Base64')),
    quotes: listOf(strict({ bytes: ref('Base64'), signature: ref('Base64') })),
    legs: listOf(ref('EvidenceLeg')),
    keys: listOf(
      strict({
        keyId: { type: 'string' },
        owner: { type: 'string', description: 'BIC, or code of the ledger' },
        role: { type: 'string', enum: ['ledger', 'cosigner', 'participant'] },
        suite: { type: 'string' },
        publicKey: ref('Base64'),
        validFrom: { type: 'integer' },
        validTo: orNull({ type: 'integer' }),
      }),
    ),
  }),
  Base64: { type: 'string', contentEncoding: 'base64', description: 'RFC 4648 section 4, padded' },
  Difference: strict({
    kind: { type: 'string', enum: ['changed', 'moved', 'added', 'cut', 'shortened', 'transliterated'] },
    from: orNull({ type: 'string', description: 'XPath in the message that came in' }),
    to: orNull({ type: 'string', description: 'XPath in the message that went on' }),
    before: orNull({ type: 'string', description: 'Text, or JSON of an element with children' }),
    after: orNull({ type: 'string' }),
  }),
  InboxItem: strict({
    id: ref('Sequence'),
    message: { type: 'string', description: 'Message definition, for example `pacs.002.001.15`' },
    msgId: { type: 'string' },
    uetr: orNull(ref('Uetr')),
    createdAt: ref('Time'),
    acknowledgedAt: orNull(ref('Time')),
  }),
  Inbox: strict({ items: listOf(ref('InboxItem')) }),
};

const UETR = inPath('uetr', 'Of the payment', ref('Uetr'));
const ITEM = inPath('id', 'Position in the inbox', ref('Sequence'));

export const messagePaths: PathDrafts = {
  '/v1/messages': {
    post: {
      id: 'postMessage',
      summary: 'Post an ISO 20022 message',
      description:
        'Takes pacs.008.001.02, .06 to .14 and pacs.028.001.03 to .07, alone or with a head.001.001.01 to .04 in an ' +
        'envelope: one message in UTF-8, at most 8 MiB. Other messages under `/docs/messages` are checked and then ' +
        'refused by name. ' +
        'A credit transfer is answered with a pacs.002, one `TxInfAndSts` per transaction; what can not be read with ' +
        'an admi.002; or, if `Accept` prefers it, what is refused with a problem document that names every finding. The same message again: its current status. A pacs.028 may ask about payments of several ' +
        'messages, of at most 10,000 transactions in all: one pacs.002 answers, with an `OrgnlGrpInfAndSts` for each ' +
        'message; 404 when one of them is unknown. The sender is the instructing agent.',
      tag: 'Messages',
      parameters: [
        inHeader('Prefer', WAIT, { type: 'string', examples: ['wait=10'] }),
        inHeader(
          'otkel-quote-id',
          'Names the firm quote of a one-transaction message that has no place for it; covered by the signature',
          ref('QuoteId'),
        ),
      ],
      body: xml({
        'pacs.008': PACS_008_EXAMPLE,
        'pacs.008 that waits for an event': PACS_008_EVENT_EXAMPLE,
        'pacs.028': PACS_028_EXAMPLE,
      }),
      answers: {
        200: {
          description: 'Final: pacs.002 `ACSC`, `ACCC` or `RJCT`; or the status asked for by a pacs.028',
          headers: APPLIED,
          content: xml({ 'pacs.002': PACS_002_EXAMPLE }),
        },
        202: {
          description: 'Durable and in progress: pacs.002 `ACTC` or `PDNG`',
          headers: APPLIED,
          content: xml(),
        },
      },
      errors: [
        'UNSUPPORTED_MEDIA_TYPE',
        'FORBIDDEN',
        'NOT_FOUND',
        'MESSAGE_ID_REUSED',
        'QUEUE_FULL',
        'CORRIDOR_FROZEN',
        ...READING,
        ...TRANSACTION,
      ],
      refusalContent: xml(),
    },
  },
  '/v1/payments': {
    get: {
      id: 'listPayments',
      summary: 'Payments, newest first',
      description:
        'The operator and the desk list all, a bank those that it sent or gets, a provider those that it converts. ' +
        'Every condition given must hold. A page may have fewer payments than `limit` and yet a `next`: it looks at a ' +
        'bounded number of payments.',
      tag: 'Payments',
      parameters: [
        inQuery('uetr', 'Of the payment; also of refusals that named somebody else’s', ref('Uetr')),
        inQuery('msgId', 'Of the message that brought it', { type: 'string', minLength: 1, maxLength: 35 }),
        inQuery('bank', 'Sender, debtor agent or creditor agent', ref('Bic')),
        inQuery('status', 'One or several, separated by commas', {
          type: 'string',
          pattern: '^(?:ACTC|PDNG|ACSC|ACCC|RJCT)(?:,(?:ACTC|PDNG|ACSC|ACCC|RJCT))*$',
        }),
        inQuery('currency', 'Of the first or the last leg', ref('Currency')),
        inQuery('amountMin', 'At least so much in `currency`, which must be given', ref('Decimal')),
        inQuery('amountMax', 'At most so much in `currency`', ref('Decimal')),
        inQuery('after', 'As `next` of the page before', { type: 'string', maxLength: 512 }),
        inQuery('limit', 'At most so many', { type: 'integer', minimum: 1, maximum: 500, default: 100 }),
      ],
      answers: { 200: json('A page', ref('ListedPayments')) },
      errors: ['FORBIDDEN'],
    },
  },
  '/v1/payments/{uetr}': {
    get: {
      id: 'getPayment',
      summary: 'A payment and its status',
      description: 'For its sender, agents, providers, the desk and the operator; hidden from others.',
      tag: 'Payments',
      parameters: [UETR],
      answers: { 200: json('The payment', ref('Payment')) },
      errors: ['NOT_FOUND'],
    },
  },
  '/v1/doubts': {
    get: {
      id: 'listDoubts',
      summary: 'Payments in doubt',
      description: 'For the operator: at most 500, the oldest doubt first.',
      tag: 'Payments',
      parameters: [],
      answers: { 200: json('The payments', ref('Doubts')) },
      errors: ['FORBIDDEN'],
    },
  },
  '/v1/payments/{uetr}/evidence': {
    get: {
      id: 'getPaymentEvidence',
      summary: 'Everything that proves what became of a payment',
      description:
        'Messages, the sender’s signature, terms, quotes, receipts, votes, certificate, blocks and keys: `otkel verify ' +
        '--evidence FILE` checks it without access to any server. For the payment’s banks and the operator; hidden from ' +
        'others. 503 while a jurisdiction of the payment can’t be reached.',
      tag: 'Payments',
      parameters: [UETR],
      answers: { 200: json('The evidence', ref('Evidence')) },
      errors: ['NOT_FOUND', 'UNAVAILABLE'],
    },
  },
  '/v1/inbox': {
    get: {
      id: 'listInbox',
      summary: 'Messages that wait for the caller',
      description:
        'Those not acknowledged yet, by id. An item may appear after one of a higher id: ask without `after` for what is ' +
        'new, and use `after` for the next page only.',
      tag: 'Inbox',
      parameters: [
        inQuery('after', 'Items after this id', ref('Sequence')),
        inQuery('limit', 'At most so many', { type: 'integer', minimum: 1, maximum: 500, default: 50 }),
      ],
      answers: { 200: json('The items', ref('Inbox')) },
    },
  },
  '/v1/inbox/{id}': {
    get: {
      id: 'getInboxItem',
      summary: 'The message itself',
      tag: 'Inbox',
      parameters: [ITEM],
      answers: {
        200: {
          description: 'pacs.002, pacs.008 or camt.054, as the caller’s profile wants it',
          headers: { 'otkel-message': { description: 'Message definition', schema: { type: 'string' } } },
          content: xml(),
        },
      },
      errors: ['NOT_FOUND'],
    },
  },
  '/v1/inbox/{id}/acknowledgement': {
    post: {
      id: 'acknowledgeInboxItem',
      summary: 'Acknowledge a message',
      description: 'It is not listed any more. Doing it again changes nothing.',
      tag: 'Inbox',
      parameters: [ITEM],
      answers: { 204: { description: 'Acknowledged' } },
      errors: ['NOT_FOUND'],
    },
  },
};

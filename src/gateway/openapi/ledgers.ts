/** The ledgers' own routes. */

import { TRANSACTION_KINDS } from '../../ledger/model.js';
import { eventPaths, eventSchemas } from './events.js';
import { invoicePaths, invoiceSchemas } from './invoices.js';
import { issuancePaths, issuanceSchemas } from './issuance.js';
import {
  COMMAND_ERRORS,
  count,
  KEY,
  LIMIT,
  MONEY_ERRORS,
  money,
  outcome,
  READ_ERRORS,
  route,
  text,
  WALLET,
} from './ledger-parts.js';
import { markPaths, markSchemas } from './marks.js';
import { inPath, inQuery, json, jsonBody, listOf, orNull, type PathDrafts, ref, type Schema, strict } from './model.js';
import { treePaths, treeSchemas } from './tree.js';

const wallet = {
  walletId: ref('WalletId'),
  kind: {
    type: 'string',
    enum: ['customer', 'settlement', 'provider', 'treasury', 'issuer', 'suspense', 'residue', 'fee'],
  },
  ownerBic: ref('Bic'),
  status: { type: 'string', enum: ['open', 'blocked', 'closed'] },
} satisfies Record<string, Schema>;

const kind: Schema = {
  type: 'string',
  enum: TRANSACTION_KINDS,
};

const transaction = {
  transactionId: ref('Hash'),
  blockSequence: ref('Sequence'),
  position: count,
  kind,
  reference: orNull(text),
  debitWallet: orNull(ref('WalletId')),
  creditWallet: orNull(ref('WalletId')),
  ...money,
} satisfies Record<string, Schema>;

const block = {
  sequence: ref('Sequence'),
  previousHash: ref('Hash'),
  merkleRoot: ref('Hash'),
  time: ref('Time'),
  transactionCount: count,
  epoch: ref('Sequence'),
  hash: ref('Hash'),
  signature: ref('Hex'),
} satisfies Record<string, Schema>;

export const ledgerSchemas: Readonly<Record<string, Schema>> = {
  Ledger: strict({ code: ref('LedgerCode'), currency: ref('Currency'), timeZone: text }),
  Ledgers: strict({ ledgers: listOf(ref('Ledger')) }),
  WalletBalance: strict({ ...wallet, available: ref('Money'), held: ref('Money'), marked: ref('Money') }),
  WalletPockets: strict({
    ...wallet,
    available: ref('Money'),
    held: ref('Money'),
    marked: ref('Money'),
    pockets: listOf(ref('Pocket')),
    next: { ...orNull(text), description: 'Give it as `after` to go on with the pockets' },
  }),
  WalletBalances: strict({ wallets: listOf(ref('WalletBalance')), next: orNull(ref('WalletId')) }),
  StatementEntry: strict({
    time: ref('Time'),
    transactionId: ref('Hash'),
    kind,
    direction: { type: 'string', enum: ['debit', 'credit'] },
    counterparty: orNull(ref('WalletId')),
    ...money,
    reference: orNull(text),
    blockSequence: ref('Sequence'),
    position: count,
  }),
  Statement: strict({
    walletId: ref('WalletId'),
    entries: listOf(ref('StatementEntry')),
    next: { ...orNull(text), description: 'Give it as `before` to go on' },
  }),
  Supply: strict({
    issued: ref('Money'),
    redeemed: ref('Money'),
    supply: ref('Money'),
    blockSequence: ref('Sequence'),
  }),
  Block: strict(block),
  BlockWithIds: strict({ ...block, transactionIds: listOf(ref('Hash')) }),
  Token: strict({
    tokenId: ref('Hex'),
    walletId: ref('WalletId'),
    ...money,
    markId: orNull(text),
    markLevel: orNull({ type: 'integer' }),
    conditionRef: orNull(text),
  }),
  LedgerTransaction: strict(
    {
      ...transaction,
      inputs: listOf(ref('Token')),
      outputs: listOf(ref('Token')),
      body: ref('Hex'),
      block: ref('Block'),
      merklePath: listOf(ref('Hash')),
    },
    '`transactionId` is the leaf hash of `body`, SHA-256(0x00, body), from which `merklePath` leads to the root in the signed block (RFC 9162); a token id is the id of its transaction and its index there',
  ),
  LegDoubts: strict({ legs: listOf(strict({ uetr: ref('Uetr'), inDoubt: ref('InDoubt') })) }),
  Equivocations: strict({
    frozen: { type: 'boolean', description: 'True while no new holds are allowed' },
    evidence: listOf(
      strict({
        uetr: ref('Uetr'),
        cause: { type: 'string', enum: ['EQUIVOCATION', 'FUNDS_GONE'] },
        foundAt: ref('Time'),
        closedAt: { ...orNull(ref('Time')), description: 'When an operator had dealt with it' },
        votes: listOf(ref('SignedStatement')),
      }),
    ),
  }),
  ...issuanceSchemas,
  ...eventSchemas,
  ...invoiceSchemas,
  ...markSchemas,
  ...treeSchemas,
  LedgerOutcome: strict({ blockSequence: ref('Sequence'), transactionId: orNull(ref('Hash')) }),
  OpenWallet: strict({ walletId: ref('WalletId'), kind: wallet.kind, ownerBic: ref('Bic') }),
  WalletStatus: strict({ status: wallet.status }),
  Account: strict({
    agentBic: ref('Bic'),
    accountId: { type: 'string', minLength: 1, maxLength: 256 },
    walletId: ref('WalletId'),
  }),
  Transfer: strict({
    debitWallet: ref('WalletId'),
    creditWallet: ref('WalletId'),
    amount: ref('Decimal'),
    currency: ref('Currency'),
  }),
};

const BLOCK_NAME: Schema = { type: 'string', pattern: '^(?:[1-9]\\d{0,17}|latest)$' };

const reads: PathDrafts = {
  '/v1/ledgers': {
    get: {
      id: 'listLedgers',
      summary: 'The ledgers that this gateway joins',
      tag: 'Ledgers',
      answers: { 200: json('The ledgers', ref('Ledgers')) },
    },
  },
  '/v1/ledgers/{code}/wallets/{id}/balance': {
    get: route({
      id: 'getBalance',
      summary: 'Balance of a wallet',
      description: 'For its owner and the operator.',
      parameters: [WALLET, inQuery('after', 'Pockets after this one, as `next` of the page before', text), LIMIT],
      answers: { 200: json('Available money, held, and marked by mark and level', ref('WalletPockets')) },
      errors: [...READ_ERRORS, 'WALLET_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/wallets/{id}/statement': {
    get: route({
      id: 'getStatement',
      summary: 'Postings of a wallet, newest first',
      description: 'For its owner and the operator.',
      parameters: [
        WALLET,
        inQuery('before', 'As `next` of the page before', { type: 'string', pattern: '^\\d{1,18}\\.\\d{1,9}$' }),
        LIMIT,
      ],
      answers: { 200: json('A page', ref('Statement')) },
      errors: [...READ_ERRORS, 'WALLET_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/supply': {
    get: route({
      id: 'getSupply',
      summary: 'Money issued, redeemed and out',
      parameters: [inQuery('block', 'As of this block, `latest` where absent', BLOCK_NAME)],
      answers: { 200: json('The sums', ref('Supply')) },
      errors: ['NOT_FOUND'],
    }),
  },
  '/v1/ledgers/{code}/blocks/{sequence}': {
    get: route({
      id: 'getBlock',
      summary: 'A block, signed by the ledger’s notary',
      parameters: [inPath('sequence', 'Number of the block, or `latest`', BLOCK_NAME)],
      answers: { 200: json('The block', ref('BlockWithIds')) },
      errors: ['NOT_FOUND'],
    }),
  },
  '/v1/ledgers/{code}/transactions/{id}': {
    get: route({
      id: 'getTransaction',
      summary: 'A transaction with its proof',
      description: 'For the owners of its wallets and the operator.',
      parameters: [inPath('id', 'Of the transaction', ref('Hash'))],
      answers: { 200: json('The transaction', ref('LedgerTransaction')) },
      errors: READ_ERRORS,
    }),
  },
};

const commands: PathDrafts = {
  '/v1/ledgers/{code}/wallets': {
    get: route({
      id: 'listWallets',
      summary: 'Wallets of an owner',
      description: 'For the owner and the operator.',
      parameters: [
        inQuery('owner', 'BIC of the owner', ref('Bic'), true),
        inQuery('after', 'Wallets after this one', ref('WalletId')),
        LIMIT,
      ],
      answers: { 200: json('A page', ref('WalletBalances')) },
      errors: READ_ERRORS,
    }),
    post: route({
      id: 'openWallet',
      summary: 'Open a wallet',
      description:
        'Banks open wallets for their clients and one of their own, treasuries for state bodies, a provider its one wallet; the operator opens any.',
      body: jsonBody(ref('OpenWallet'), { walletId: 'KZ-NOVAKZK0-1', kind: 'customer', ownerBic: 'NOVAKZK0' }),
      answers: { 201: json('The wallet', ref('WalletBalance')) },
      errors: [...COMMAND_ERRORS, 'WALLET_EXISTS'],
    }),
  },
  '/v1/ledgers/{code}/wallets/{id}/status': {
    post: route({
      id: 'setWalletStatus',
      summary: 'Block, close or open a wallet',
      description:
        'The issuer blocks and unblocks; the owner and the operator close, and open again what was closed while a payment was under way into it. A wallet that holds money is not closed, nor one that is blocked or awaits held money.',
      parameters: [WALLET],
      body: jsonBody(ref('WalletStatus'), { status: 'blocked' }),
      answers: outcome(200),
      errors: [
        ...COMMAND_ERRORS,
        ...([
          'WALLET_UNKNOWN',
          'WALLET_CLOSED',
          'WALLET_BLOCKED',
          'WALLET_STATE',
          'WALLET_NOT_EMPTY',
          'WALLET_AWAITED',
        ] as const),
      ],
    }),
  },
  '/v1/ledgers/{code}/accounts': {
    post: route({
      id: 'registerAccount',
      summary: 'Say which wallet stands for an account',
      description:
        'For the bank whose account and wallet it is, and the operator. The ledger keeps a keyed hash of the account, not the account.',
      body: jsonBody(ref('Account'), {
        agentBic: 'NOVAKZK0',
        accountId: 'KZ419010001000000001',
        walletId: 'KZ-NOVAKZK0-1',
      }),
      answers: outcome(201),
      errors: [...COMMAND_ERRORS, 'WALLET_UNKNOWN', 'WALLET_CLOSED', 'ACCOUNT_TAKEN'],
    }),
  },
  '/v1/ledgers/{code}/transfers': {
    post: route({
      id: 'transfer',
      summary: 'Pay from one wallet to another of the same ledger',
      description: 'For the owner of the debited wallet.',
      parameters: [KEY],
      body: jsonBody(ref('Transfer'), {
        debitWallet: 'KZ-NOVAKZK0-1',
        creditWallet: 'KZ-NOVAKZK0-2',
        amount: '10.00',
        currency: 'KZT',
      }),
      answers: outcome(201),
      errors: [...MONEY_ERRORS, 'FUNDS_INSUFFICIENT'],
    }),
  },
};

const STORED = json('What is stored', ref('Equivocations'));
const corridor: PathDrafts = {
  '/v1/ledgers/{code}/doubts': {
    get: route({
      id: 'listLegsInDoubt',
      summary: 'Legs that voted COMMIT and wait for a peer',
      description: 'For the operator, the oldest first.',
      answers: { 200: json('The legs', ref('LegDoubts')) },
      errors: ['FORBIDDEN'],
    }),
  },
  '/v1/ledgers/{code}/equivocations': {
    get: route({
      id: 'listEquivocations',
      summary: 'Contradictory signed votes of peers, kept as evidence',
      description: 'For the operator: at most 100, those that freeze the corridor first.',
      answers: { 200: STORED },
      errors: ['FORBIDDEN'],
    }),
  },
  '/v1/ledgers/{code}/unfreeze': {
    post: route({
      id: 'unfreeze',
      summary: 'Say that the evidence has been dealt with: new holds are allowed again',
      description: 'For the operator, whose signature it needs. The evidence stays. Doing it again changes nothing.',
      answers: { 200: STORED },
      errors: ['FORBIDDEN'],
    }),
  },
};

export const ledgerPaths: PathDrafts = {
  ...reads,
  ...commands,
  ...corridor,
  ...issuancePaths,
  ...invoicePaths,
  ...markPaths,
  ...treePaths,
  ...eventPaths,
};

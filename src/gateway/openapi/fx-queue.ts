/** Payments that wait for the liquidity of their providers. */
import { QUEUE_PRIORITIES } from '../../pvp/liquidity-queue.js';
import { json, listOf, orNull, type PathDrafts, ref, type Schema, strict } from './model.js';

export const fxQueueSchemas: Readonly<Record<string, Schema>> = {
  QueuedPayment: strict({
    uetr: ref('Uetr'),
    sender: ref('Bic'),
    msgId: { type: 'string' },
    priority: { type: 'string', enum: [...QUEUE_PRIORITIES] },
    source: ref('LedgerCode'),
    destination: ref('LedgerCode'),
    amount: { ...ref('Decimal'), description: 'What it pays' },
    currency: ref('Currency'),
    since: ref('Time'),
    until: { ...ref('Time'), description: 'When it is refused' },
    run: { ...orNull(ref('PlannedRun')), description: 'Null: it would not run now' },
    lacks: { ...listOf(ref('WalletMoney')), description: 'Of a payment that would not run: what is missing' },
  }),
  PlannedRun: strict({
    place: { type: 'integer', minimum: 1, description: 'Its place in the order' },
    providers: listOf(ref('Bic')),
    isFunded: {
      type: 'boolean',
      description: 'Its money is there. Otherwise payments that run before it bring it, and have to settle first',
    },
    takes: listOf(ref('WalletMoney')),
    brings: listOf(ref('WalletMoney')),
    after: { ...listOf(ref('WalletMoney')), description: 'What these wallets have afterwards' },
  }),
  WalletMoney: strict({
    ledger: ref('LedgerCode'),
    walletId: ref('WalletId'),
    amount: ref('Decimal'),
    currency: ref('Currency'),
  }),
  LiquidityUse: strict({
    ledger: ref('LedgerCode'),
    walletId: ref('WalletId'),
    currency: ref('Currency'),
    available: { ...ref('Decimal'), description: 'What is promised to nobody' },
    gross: { ...ref('Decimal'), description: 'What the payments take, one by one' },
    used: { ...ref('Decimal'), description: 'What they take of it in this order: the rest the others bring' },
  }),
  LiquidityQueue: strict({
    payments: { ...listOf(ref('QueuedPayment')), description: 'Those that run in their order, then the others' },
    liquidity: listOf(ref('LiquidityUse')),
  }),
};

export const fxQueuePaths: PathDrafts = {
  '/v1/fx/queue': {
    get: {
      id: 'getQueue',
      summary: 'Payments that wait for liquidity, in the order in which they would run now',
      description: 'For the FX desk and the operator.',
      tag: 'FX',
      answers: { 200: json('The queue and its plan', ref('LiquidityQueue')) },
      errors: ['FORBIDDEN'],
    },
  },
};

import type { ErrorCode } from '../../kernel/errors.js';
import { inHeader, inPath, inQuery, json, type OperationDraft, orNull, ref, type Schema } from './model.js';

/** What the routes of every ledger have in common. */

export const text: Schema = { type: 'string' };
export const count: Schema = { type: 'integer', minimum: 0 };
/** Of a page that another may follow. */
export const next: Schema = { ...orNull(text), description: 'Give it as `after` to go on' };
/** An amount as it is asked for, and as it is answered. */
export const moneyIn = { amount: ref('Decimal'), currency: ref('Currency') };
export const money = { ...moneyIn, minor: ref('Minor') };

const CODE = inPath('code', 'Of the ledger', ref('LedgerCode'));
export const WALLET = inPath('id', 'Of the wallet', ref('WalletId'));
export const KEY = inHeader(
  'Idempotency-Key',
  'The same key and content again: the first outcome. 1 to 128 visible ASCII characters',
  { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' },
  true,
);
export const LIMIT = inQuery('limit', 'At most so many', { type: 'integer', minimum: 1, maximum: 500, default: 100 });

export const READ_ERRORS: readonly ErrorCode[] = ['FORBIDDEN', 'NOT_FOUND'];
export const COMMAND_ERRORS: readonly ErrorCode[] = [
  ...READ_ERRORS,
  'UNSUPPORTED_MEDIA_TYPE',
  'QUEUE_FULL',
  'EPOCH_FENCED',
];
export const MONEY_ERRORS: readonly ErrorCode[] = [
  ...COMMAND_ERRORS,
  'IDEMPOTENCY_CONFLICT',
  'WALLET_UNKNOWN',
  'WALLET_CLOSED',
  'WALLET_BLOCKED',
  'AMOUNT_ZERO',
  'AMOUNT_DECIMALS',
  'AMOUNT_TOO_LARGE',
  'CURRENCY_WRONG',
];

/** A route of one ledger; `parameters` beside its code. */
export const route = (draft: Omit<OperationDraft, 'tag'>): OperationDraft => ({
  ...draft,
  tag: 'Ledgers',
  parameters: [CODE, ...(draft.parameters ?? [])],
});

export const outcome = (status: number) => ({ [status]: json('Done, in this block', ref('LedgerOutcome')) });

import { expect, it } from 'vitest';
import { endedQuotes } from '../../src/gateway/ended-quotes.js';
import type { PaymentRecord } from '../../src/gateway/payment.js';
import type { ErrorCode } from '../../src/kernel/errors.js';
import type { LedgerCode } from '../../src/kernel/ids.js';
import { quoteId, storedSample } from '../pvp/desk-fixture.js';

const CLOSED_AT = 1_800_000_000_000;
const quotes = [storedSample(), storedSample({ quoteId: quoteId(2) })].map(({ bytes }) => bytes);
const facts = { legs: ['KZ', 'US', 'CN'].map((ledger) => ({ ledger })) } as unknown as PaymentRecord['facts'];

it.each<[string, PaymentRecord['status'], string[], string | null, ErrorCode | null, boolean]>([
  ['settled', 'ACCC', ['KZ', 'US', 'CN'], null, null, false],
  ['rejected before anything was held', 'RJCT', [], 'KZ', 'FUNDS_INSUFFICIENT', false],
  ['rejected when only the payer’s money was held', 'RJCT', ['KZ'], 'US', 'FUNDS_INSUFFICIENT', false],
  ['aborted by the payer’s side when a provider’s was', 'RJCT', ['KZ', 'US', 'CN'], 'KZ', 'VOTE_TOO_LATE', true],
  ['of one of the providers', 'RJCT', ['KZ', 'US'], 'KZ', 'CANCELLED', true],
  ['aborted by another side', 'RJCT', ['KZ', 'US'], 'CN', 'WALLET_BLOCKED', false],
  ['halted', 'RJCT', ['KZ', 'US', 'CN'], 'KZ', 'TRADING_HALTED', false],
])('a payment that was %s', (_, status, heldBy, refusedBy, code, isCounted) => {
  const ended = endedQuotes({ status, closedAt: CLOSED_AT, facts }, quotes, {
    ...{ heldBy: heldBy as LedgerCode[], refusedBy: refusedBy as LedgerCode | null, refusal: code && { code } },
  });
  expect(ended.map(({ quote, isSettled, abortedAt }) => [quote.quoteId, isSettled, abortedAt])).toEqual([
    [quoteId(1), status !== 'RJCT', isCounted ? CLOSED_AT : null],
    [quoteId(2), status !== 'RJCT', null],
  ]);
});

/** What the end of a payment means for its quotes. */
import type { Decision } from '../pvp/coordinator.js';
import type { EndedQuote } from '../pvp/limits.js';
import { decodeQuote } from '../pvp/quote.js';
import type { PaymentRecord } from './payment.js';

/**
 * The quotes of a payment that has its final status, from their canonical bytes. Where its own side aborted it after a
 * provider's money had been held, its first quote says so; a halt of trading is nobody's conduct.
 */
export function endedQuotes(
  { status, closedAt, facts }: Pick<PaymentRecord, 'status' | 'closedAt' | 'facts'>,
  quotes: readonly Uint8Array[],
  { heldBy, refusedBy, refusal }: Pick<Decision, 'heldBy' | 'refusedBy' | 'refusal'>,
): EndedQuote[] {
  const isSettled = status !== 'RJCT';
  const [payers, ...providers] = facts.legs;
  const isHeldInVain = !isSettled && providers.some(({ ledger }) => heldBy.includes(ledger));
  const isOwn = refusedBy === payers?.ledger && refusal?.code !== 'TRADING_HALTED';
  return quotes.map((bytes, i) => ({
    quote: decodeQuote(bytes),
    isSettled,
    abortedAt: isHeldInVain && isOwn && i === 0 ? closedAt : null,
  }));
}

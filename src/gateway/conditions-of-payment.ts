/** What acceptance asks about the conditions of a transaction: the event that it waits for, the marks at its ends. */
import type { PaymentInstruction } from '../iso20022/instruction.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import type { LedgerCode } from '../kernel/ids.js';
import { parseAmount } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { MarkQuestion, Wallet } from '../ledger/types.js';
import { checkQuoteAgainstMessage, type Offer } from '../pvp/quote.js';
import type { JudgementContext, RoutedTransaction } from './judgement.js';
import type { PaymentEvent } from './payment.js';
import { quotedMessage } from './quoted-message.js';
import { markQuestionsOf } from './terms-of-payment.js';

/** Why marks of legs would refuse them; one answer per question, in order. Rejects when the ledger does not answer. */
export type MarkFaults = (
  ledger: LedgerCode,
  questions: readonly MarkQuestion[],
) => Promise<readonly (Refusal | null)[]>;

/** A transaction whose terms are formed once its event is confirmed. */
export interface Waiting {
  readonly waitsFor: PaymentEvent;
}
/** A payment that waits: nothing is bound or formed before its event is confirmed, but what can't work is refused now. */
export function waitingOne(
  context: JudgementContext,
  { instruction, amountMinor, quoteId, route: { corridor } }: RoutedTransaction,
  { eventId, quote }: NonNullable<PaymentInstruction['conditions']['event']>,
  offer: Offer | null,
): Result<Waiting, Refusal> {
  if (quote.rule === 'keep' && !offer)
    return err(refusal('CONDITION_INVALID', 'QUOTE/KEEP is for a payment that names its quote'));
  const { currency } = context.jurisdiction(corridor.destination);
  if (quote.rule === 'renew' && quote.least) {
    const least = parseAmount(quote.least.text, quote.least.currency);
    if (!least.ok || quote.least.currency !== currency)
      return err(refusal('CONDITION_INVALID', `MIN is no amount of ${currency}`));
  }
  const fits = offer ? checkQuoteAgainstMessage(offer, quotedMessage(instruction, amountMinor)) : ok(undefined);
  if (!fits.ok) return fits;
  const waitsFor = { ledger: corridor.source, eventId, quoteId, providerIds: [], expiresAt: null };
  return ok({ waitsFor });
}

/** What refuses the marks of each transaction that names some, by its place: asked before anything is held. */
export async function markFaultsOf<D>(
  ask: MarkFaults,
  routed: readonly { readonly draft: D; readonly judged: RoutedTransaction }[],
  credits: readonly Result<Wallet, Refusal>[],
  unanswered: Map<D, unknown>,
): Promise<ReadonlyMap<number, Refusal>> {
  const faults = new Map<number, Refusal>();
  const asked = routed.flatMap(({ judged: { instruction, route } }, i) => {
    const credit = credits[i];
    const questions = credit?.ok ? markQuestionsOf(instruction, route.corridor, credit.value) : [];
    return questions.map((question) => ({ i, ...question }));
  });
  for (const { i, ledger, ...question } of asked) {
    try {
      const [fault] = await ask(ledger, [question]);
      if (fault && !faults.has(i)) faults.set(i, fault);
    } catch (cause) {
      unanswered.set(routed[i]!.draft, cause);
    }
  }
  return faults;
}

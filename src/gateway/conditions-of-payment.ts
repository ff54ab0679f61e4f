/** What acceptance asks about the conditions of a transaction: the event that it waits for, the marks at its ends. */
import type { PaymentInstruction } from '../iso20022/instruction.js';
import { groupBy } from '../kernel/collections.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import type { LedgerCode } from '../kernel/ids.js';
import { parseAmount } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { MarkQuestion, Wallet } from '../ledger/types.js';
import { checkQuoteAgainstMessage, type Offer } from '../pvp/quote.js';
import type { JudgementContext, RoutedTransaction } from './judgement.js';
import type { PaymentFacts } from './payment.js';
import { chargedMark, quotedMessage } from './quoted-message.js';
import { type MarkAsked, markQuestionsOf } from './terms-of-payment.js';

/** Why marks of legs would refuse them; one answer per question, in order. Rejects when the ledger does not answer. */
export type MarkFaults = (
  ledger: LedgerCode,
  questions: readonly MarkQuestion[],
) => Promise<readonly (Refusal | null)[]>;

/** A transaction whose terms are formed once its event is confirmed, or its provider has funds. */
export interface Waiting {
  readonly waits: Pick<PaymentFacts, 'event' | 'queue'>;
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
  const charged = offer && chargedMark(instruction, offer);
  if (charged) return err(charged);
  return ok({ waits: { event: { ledger: corridor.source, eventId, quoteId, providerIds: [], expiresAt: null } } });
}

/** What refuses the marks of each transaction that names some, by its place: asked before anything is held, each ledger once. */
export async function markFaultsOf<D>(
  ask: MarkFaults,
  routed: readonly { readonly draft: D; readonly judged: RoutedTransaction }[],
  {
    credits,
    offers,
  }: { credits: readonly Result<Wallet, Refusal>[]; offers: readonly Result<Offer | null, Refusal>[] },
  unanswered: Map<D, unknown>,
): Promise<ReadonlyMap<number, Refusal>> {
  const marks = routed.flatMap(({ judged: { instruction, route } }, i) => {
    const [credit, offer] = [credits[i], offers[i]];
    if (!credit?.ok) return [];
    const asked = markQuestionsOf(instruction, route.corridor, credit.value, offer?.ok ? offer.value : null);
    return asked.map((choices) => ({ i, choices }));
  });
  const questions = marks.flatMap(({ i, choices }) => choices.map((asked) => ({ i, asked })));
  const answers = new Map<MarkAsked, Refusal | null>();
  await Promise.all(
    [...groupBy(questions, ({ asked }) => asked.ledger)].map(async ([ledger, some]) => {
      try {
        const found = await ask(
          ledger,
          some.map(({ asked: { mark, creditWallet } }) => ({ mark, creditWallet })),
        );
        some.forEach(({ asked }, at) => {
          answers.set(asked, found[at] ?? null);
        });
      } catch (cause) {
        for (const { i } of some) unanswered.set(routed[i]!.draft, cause);
      }
    }),
  );
  const faults = new Map<number, Refusal>();
  for (const { i, choices } of marks) {
    const refused = choices.flatMap((asked) => answers.get(asked) ?? []);
    const [fault] = refused;
    if (fault && refused.length === choices.length && !faults.has(i)) faults.set(i, fault);
  }
  return faults;
}

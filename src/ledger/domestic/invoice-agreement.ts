import type { Refusal } from '../../kernel/errors.js';
import { ok, type Result } from '../../kernel/result.js';
import type { Entry } from '../model.js';
import type { RuleView } from '../working.js';
import { refundedUnder, takenUnder } from './agreement.js';
import type { InvoiceTerms, Parts } from './invoice.js';

/**
 * An invoice that names an agreement, and what its payments and refunds leave of that: the net part is under the project's
 * mark with either side; VAT that the buyer did not bring VAT-marked is marked out of the project's money, and is under its
 * mark again when it is refunded.
 */
type Under = Pick<InvoiceTerms, 'agreement' | 'sellerWallet' | 'buyerWallet'>;

const NO_AGREEMENT: readonly Entry[] = [];

/** Payer, payee and mark of an invoice that names an agreement. */
export const invoiceParties = ({ sellerWallet, buyerWallet }: Under, markId: string) => ({
  markId,
  debitWallet: buyerWallet,
  creditWallet: sellerWallet,
});

/** A payment, of whose VAT the buyer brought so much: the agreement that it leaves, none without one, or why it refuses. */
export function paidOfInvoice(
  view: RuleView,
  terms: Under,
  { netMinor, vatMinor }: Parts,
  broughtMinor: bigint,
): Result<readonly Entry[], Refusal> {
  const { agreement } = terms;
  if (!agreement) return ok(NO_AGREEMENT);
  const taken = { transferredMinor: netMinor, vatMinor: vatMinor - broughtMinor };
  const left = takenUnder(view, agreement.agreementId, invoiceParties(terms, agreement.markId), taken);
  return left.ok ? ok([left.value]) : left;
}

/**
 * A refund, of whose VAT the buyer gets so much VAT-marked, and of whose net the seller puts so much back that it withdrew:
 * the agreement that it leaves, none without one; null where the agreement has not so much.
 */
export function refundedOfInvoice(
  view: Pick<RuleView, 'entry'>,
  { agreement }: Under,
  { netMinor, vatMinor }: Parts,
  { broughtBackMinor, putBackMinor }: { readonly broughtBackMinor: bigint; readonly putBackMinor: bigint },
): readonly Entry[] | null {
  if (!agreement) return NO_AGREEMENT;
  const refunded = { netMinor, putBackMinor, vatMinor: vatMinor - broughtBackMinor };
  const left = refundedUnder(view, agreement.agreementId, refunded);
  return left && [left];
}

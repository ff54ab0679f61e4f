import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import type { Bic, WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { AMOUNT_MINOR_LIMIT } from '../amount.js';
import type { Entry, Pocket } from '../model.js';
import { unmarked } from '../movement.js';
import { beginAddition, readAddition } from './addition.js';
import { FIRST_LEVEL } from './mark.js';

/**
 * An e-invoice: what it says, which never changes, and what became of it. All amounts are minor units, and every one of
 * them has a net and a VAT part, which are never mixed: money paid for the one is never counted for the other.
 */
export interface InvoiceTerms {
  readonly invoiceId: string;
  /** The seller's participant. */
  readonly ownerBic: Bic;
  /** `contract`: what is paid under it in advance is matched with invoices that name it. */
  readonly form: InvoiceForm;
  readonly sellerWallet: WalletId;
  readonly buyerWallet: WalletId;
  readonly total: Parts;
  /** The contract whose prepayments it takes over. */
  readonly contractId: string | null;
  /** The invoice in whose place it came. */
  readonly corrects: string | null;
  /** It is paid with the money of a project, under this agreement between buyer and seller; null: with ordinary money. */
  readonly agreement: AgreementOfProject | null;
}

/** An agreement, and the mark of the project that it belongs to. */
export interface AgreementOfProject {
  readonly agreementId: string;
  readonly markId: string;
}

/** What a wallet pays and receives under an invoice beside VAT-marked money: the project's money where it names an agreement. */
export const plainPocket = ({ agreement }: Pick<InvoiceTerms, 'agreement'>, walletId: WalletId): Pocket =>
  agreement ? { walletId, markId: agreement.markId, markLevel: FIRST_LEVEL } : unmarked(walletId);

export const INVOICE_FORMS = ['invoice', 'contract'] as const;
export type InvoiceForm = (typeof INVOICE_FORMS)[number];

export interface Parts {
  readonly netMinor: bigint;
  readonly vatMinor: bigint;
}

export const INVOICE_PHASES = ['open', 'corrected', 'cancelled'] as const;

export interface InvoiceState {
  /** Of a corrected one all the rest is as it was: its correction took it over. */
  readonly phase: (typeof INVOICE_PHASES)[number];
  /** Ever paid, prepayments that were matched with it included. */
  readonly paid: Parts;
  readonly refunded: Parts;
  /** Of a contract: prepayments that invoices took over. They can be refunded there, not here. */
  readonly matched: Parts;
  /** Of the VAT that is still with the seller ({@link kept}), what the buyer brought as VAT-marked money. */
  readonly broughtMinor: bigint;
  readonly correctedBy: string | null;
}

export const NOTHING: Parts = { netMinor: 0n, vatMinor: 0n };
export const UNPAID: InvoiceState = {
  phase: 'open',
  paid: NOTHING,
  refunded: NOTHING,
  matched: NOTHING,
  broughtMinor: 0n,
  correctedBy: null,
};

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const above = (a: bigint, b: bigint): bigint => (a > b ? a - b : 0n);
const both = (a: Parts, b: Parts, one: (a: bigint, b: bigint) => bigint): Parts => ({
  netMinor: one(a.netMinor, b.netMinor),
  vatMinor: one(a.vatMinor, b.vatMinor),
});
const plus = (a: Parts, b: Parts): Parts => both(a, b, (x, y) => x + y);
const minus = (a: Parts, b: Parts): Parts => both(a, b, (x, y) => x - y);
export const sumOf = ({ netMinor, vatMinor }: Parts): bigint => netMinor + vatMinor;

/** What can still be paid; of an invoice that is not open, nothing. */
export function due({ total }: Pick<InvoiceTerms, 'total'>, { phase, paid, refunded }: InvoiceState): Parts {
  return phase === 'open' ? both(total, minus(paid, refunded), above) : NOTHING;
}

/** What the seller has of the buyer's money under this invoice, and may refund; nothing once it is corrected. */
export const kept = ({ phase, paid, refunded, matched }: InvoiceState): Parts =>
  phase === 'corrected' ? NOTHING : minus(minus(paid, refunded), matched);

/** What is paid beyond what the invoice says: all of it once it is cancelled, the difference after a correction. */
export function excess({ total }: Pick<InvoiceTerms, 'total'>, state: InvoiceState): Parts {
  if (state.phase === 'cancelled') return kept(state);
  return both(kept(state), both(minus(state.paid, state.refunded), total, above), least);
}

/**
 * An amount as a share of both parts: VAT is rounded down to the minor unit and the net part takes the rest. Neither part
 * is ever exceeded, and the last amount takes what is left of both, so that shares add up to the whole exactly.
 */
function share(whole: Parts, amountMinor: bigint): Parts {
  if (amountMinor === 0n) return NOTHING;
  const vatMinor = (whole.vatMinor * amountMinor) / sumOf(whole);
  return { netMinor: amountMinor - vatMinor, vatMinor };
}

/** How a payment divides: like what is still due. */
export function paymentParts(
  terms: Pick<InvoiceTerms, 'total'>,
  state: InvoiceState,
  amountMinor: bigint,
): Result<Parts, Refusal> {
  const rest = due(terms, state);
  return amountMinor > sumOf(rest) ? err(refusal('INVOICE_OVERPAID')) : ok(share(rest, amountMinor));
}

/** How a refund divides: first what was paid in excess, then like what the seller has beside it. */
export function refundParts(
  terms: Pick<InvoiceTerms, 'total'>,
  state: InvoiceState,
  amountMinor: bigint,
): Result<Parts, Refusal> {
  const [all, first] = [kept(state), excess(terms, state)];
  if (amountMinor > sumOf(all)) return err(refusal('REFUND_EXCESSIVE'));
  const ofFirst = least(amountMinor, sumOf(first));
  return ok(plus(share(first, ofFirst), share(minus(all, first), amountMinor - ofFirst)));
}

/** After a payment for which the buyer brought so much VAT-marked money. */
export const afterPayment = (state: InvoiceState, parts: Parts, broughtMinor: bigint): InvoiceState => ({
  ...state,
  paid: plus(state.paid, parts),
  broughtMinor: state.broughtMinor + broughtMinor,
});

/**
 * VAT-marked money that a refund gives back. A payment takes the buyer's VAT-marked money first and marks ordinary money
 * last; a refund undoes that from its end, so what was ordinary before is ordinary again before anything comes back marked.
 */
export function broughtBack(state: InvoiceState, { vatMinor }: Parts): bigint {
  const marked = kept(state).vatMinor - state.broughtMinor;
  return above(vatMinor, marked);
}

export const afterRefund = (state: InvoiceState, parts: Parts): InvoiceState => ({
  ...state,
  refunded: plus(state.refunded, parts),
  broughtMinor: state.broughtMinor - broughtBack(state, parts),
});

/** An invoice takes over what was prepaid under its contract, as far as it goes: both as they are after it. */
export function match(terms: InvoiceTerms, contract: InvoiceState): { invoice: InvoiceState; contract: InvoiceState } {
  const taken = both(kept(contract), terms.total, least);
  const broughtMinor = least(contract.broughtMinor, taken.vatMinor);
  return {
    invoice: afterPayment(UNPAID, taken, broughtMinor),
    contract: {
      ...contract,
      matched: plus(contract.matched, taken),
      broughtMinor: contract.broughtMinor - broughtMinor,
    },
  };
}

/** Whether nothing can happen to it any more. */
export const isClosed = (state: InvoiceState): boolean =>
  state.phase === 'corrected' || (state.phase === 'cancelled' && sumOf(kept(state)) === 0n);

const isMinor = (minor: bigint): boolean => minor >= 0n && minor < AMOUNT_MINOR_LIMIT;

/** Why an invoice can't be of these amounts, or null. Net or VAT may be zero, not both. */
export function totalFault(total: Parts): Refusal | null {
  if (!isMinor(total.netMinor) || !isMinor(total.vatMinor)) return refusal('BAD_REQUEST', 'total');
  if (sumOf(total) === 0n) return refusal('AMOUNT_ZERO');
  return sumOf(total) < AMOUNT_MINOR_LIMIT ? null : refusal('AMOUNT_TOO_LARGE');
}

const writeParts = (writer: ByteWriter, { netMinor, vatMinor }: Parts): ByteWriter =>
  writer.integer(netMinor).integer(vatMinor);
const readParts = (reader: ByteReader): Parts => ({ netMinor: reader.bigint(), vatMinor: reader.bigint() });

function oneOf<T extends string>(text: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === text);
  if (found === undefined) throw new RangeError('an unknown word in an invoice');
  return found;
}

/** An invoice as an entry of the registry. */
export function invoiceEntry(terms: InvoiceTerms, state: InvoiceState): Entry {
  return {
    kind: 'invoice',
    entryId: terms.invoiceId,
    ownerBic: terms.ownerBic,
    body: encodeTerms(terms),
    state: encodeState(state),
    open: !isClosed(state),
    dueAt: null,
  };
}

function encodeTerms({
  form,
  sellerWallet,
  buyerWallet,
  total,
  contractId,
  corrects,
  agreement,
}: InvoiceTerms): Buffer {
  const writer = writeParts(new ByteWriter().text(form).text(sellerWallet).text(buyerWallet), total)
    .optional(contractId, (w, v) => w.text(v))
    .optional(corrects, (w, v) => w.text(v));
  if (agreement) beginAddition(writer).text(agreement.agreementId).text(agreement.markId);
  return writer.finish();
}

/** Reads the terms that {@link invoiceEntry} wrote. Throws `RangeError` on anything else. */
export function termsOfInvoice({
  entryId,
  ownerBic,
  body,
}: Pick<Entry, 'entryId' | 'ownerBic' | 'body'>): InvoiceTerms {
  const reader = new ByteReader(body);
  const terms = {
    invoiceId: entryId,
    ownerBic,
    form: oneOf(reader.text(), INVOICE_FORMS),
    sellerWallet: reader.text() as WalletId,
    buyerWallet: reader.text() as WalletId,
    total: readParts(reader),
    contractId: reader.optional((r) => r.text()),
    corrects: reader.optional((r) => r.text()),
    agreement: readAddition(reader, (r) => ({ agreementId: r.text(), markId: r.text() }), null),
  };
  reader.end();
  return terms;
}

function encodeState({ phase, paid, refunded, matched, broughtMinor, correctedBy }: InvoiceState): Buffer {
  const writer = new ByteWriter().text(phase);
  for (const parts of [paid, refunded, matched]) writeParts(writer, parts);
  return writer
    .integer(broughtMinor)
    .optional(correctedBy, (w, v) => w.text(v))
    .finish();
}

/** Reads the state that {@link invoiceEntry} wrote. Throws `RangeError` on anything else. */
export function stateOfInvoice({ state }: Pick<Entry, 'state'>): InvoiceState {
  const reader = new ByteReader(state);
  const read = {
    phase: oneOf(reader.text(), INVOICE_PHASES),
    paid: readParts(reader),
    refunded: readParts(reader),
    matched: readParts(reader),
    broughtMinor: reader.bigint(),
    correctedBy: reader.optional((r) => r.text()),
  };
  reader.end();
  return read;
}

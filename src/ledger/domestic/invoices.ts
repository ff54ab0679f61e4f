import { ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { amountFault } from '../amount.js';
import type { Pocket, Token, TokenDraft } from '../model.js';
import { type Applied, change, unmarked, walletFault } from '../movement.js';
import { movedOnce } from '../repeated.js';
import type { WorkingState } from '../working.js';
import { REFERENCE, register, write } from './entries.js';
import {
  afterPayment,
  afterRefund,
  broughtBack,
  INVOICE_FORMS,
  type InvoiceForm,
  type InvoiceState,
  type InvoiceTerms,
  invoiceEntry,
  match,
  type Parts,
  paymentParts,
  refundParts,
  stateOfInvoice,
  termsOfInvoice,
  totalFault,
  UNPAID,
} from './invoice.js';
import { FIRST_LEVEL, markOf, VAT_MARK } from './mark.js';
import type { Keys, Rules } from './module.js';

/**
 * E-invoices and the VAT in them. Net is paid in ordinary money; VAT reaches the seller as VAT-marked money, of which the
 * buyer's own goes first. VAT-marked money then pays the VAT of another invoice, or the tax authority by a `spend`.
 */
export type InvoiceCommand =
  | {
      readonly kind: 'registerInvoice';
      readonly invoiceId: string;
      readonly form: InvoiceForm;
      readonly sellerWallet: WalletId;
      readonly buyerWallet: WalletId;
      readonly total: Parts;
      /** The invoice takes over what was prepaid under this contract. */
      readonly contractId: string | null;
    }
  /** A new invoice comes in the place of one, and takes over what was paid and refunded under it. */
  | {
      readonly kind: 'correctInvoice';
      readonly invoiceId: string;
      readonly corrects: string;
      readonly total: Parts;
    }
  /** Nothing more can be paid; what was paid is to be refunded. */
  | { readonly kind: 'cancelInvoice'; readonly invoiceId: string }
  | (InvoiceMovement & { readonly kind: 'payInvoice' })
  | (InvoiceMovement & { readonly kind: 'refundInvoice' });

/** Net and VAT together; they divide as {@link paymentParts} and {@link refundParts} say. */
interface InvoiceMovement {
  readonly reference: string;
  readonly invoiceId: string;
  /** As the invoice has them. */
  readonly sellerWallet: WalletId;
  readonly buyerWallet: WalletId;
  readonly amountMinor: bigint;
}

type Of<K extends InvoiceCommand['kind']> = Extract<InvoiceCommand, { kind: K }>;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const id = (text: string, field: string): Refusal | null => shape(REFERENCE.test(text), field);

const movementFault = ({ reference, invoiceId, sellerWallet, buyerWallet, amountMinor }: InvoiceMovement) =>
  id(reference, 'reference') ??
  id(invoiceId, 'invoiceId') ??
  shape(isWalletId(sellerWallet), 'sellerWallet') ??
  shape(isWalletId(buyerWallet), 'buyerWallet') ??
  amountFault(amountMinor);

/** Who pays may spend of both its pockets. */
const movementKeys = (keys: Keys, { reference, invoiceId }: InvoiceMovement, from: WalletId, to: WalletId): void => {
  keys.reference(reference);
  keys.entry('invoice', invoiceId);
  keys.debit(unmarked(from));
  keys.debit(vatOf(from));
  keys.wallet(to);
};

export const invoiceRules: Rules<InvoiceCommand> = {
  registerInvoice: {
    fault: ({ invoiceId, form, sellerWallet, buyerWallet, total, contractId }) =>
      id(invoiceId, 'invoiceId') ??
      shape(INVOICE_FORMS.includes(form), 'form') ??
      shape(isWalletId(sellerWallet), 'sellerWallet') ??
      shape(isWalletId(buyerWallet), 'buyerWallet') ??
      totalFault(total) ??
      shape(contractId === null || (form === 'invoice' && REFERENCE.test(contractId)), 'contractId'),
    keys: ({ invoiceId, sellerWallet, buyerWallet, contractId }, keys) => {
      keys.entry('mark', VAT_MARK);
      keys.entry('invoice', invoiceId);
      if (contractId !== null) keys.entry('invoice', contractId);
      keys.wallet(sellerWallet);
      keys.wallet(buyerWallet);
    },
    apply: registerInvoice,
  },
  correctInvoice: {
    fault: ({ invoiceId, corrects, total }) =>
      id(invoiceId, 'invoiceId') ??
      id(corrects, 'corrects') ??
      shape(invoiceId !== corrects, 'invoiceId') ??
      totalFault(total),
    keys: ({ invoiceId, corrects }, keys) => {
      keys.entry('invoice', invoiceId);
      keys.entry('invoice', corrects);
    },
    apply: correctInvoice,
  },
  cancelInvoice: {
    fault: ({ invoiceId }) => id(invoiceId, 'invoiceId'),
    keys: ({ invoiceId }, keys) => keys.entry('invoice', invoiceId),
    apply: cancelInvoice,
  },
  payInvoice: {
    fault: movementFault,
    keys: (command, keys) => movementKeys(keys, command, command.buyerWallet, command.sellerWallet),
    apply: payInvoice,
  },
  refundInvoice: {
    fault: movementFault,
    keys: (command, keys) => movementKeys(keys, command, command.sellerWallet, command.buyerWallet),
    apply: refundInvoice,
  },
};

/** VAT-marked money of a wallet. */
const vatOf = (walletId: WalletId): Pocket => ({ walletId, markId: VAT_MARK, markLevel: FIRST_LEVEL });

interface Invoice {
  readonly terms: InvoiceTerms;
  readonly state: InvoiceState;
}

function knownInvoice(state: WorkingState, invoiceId: string): Result<Invoice, Refusal> {
  const entry = state.entry('invoice', invoiceId);
  return entry
    ? ok({ terms: termsOfInvoice(entry), state: stateOfInvoice(entry) })
    : err(refusal('INVOICE_UNKNOWN', invoiceId));
}

function openInvoice(state: WorkingState, invoiceId: string): Result<Invoice, Refusal> {
  const invoice = knownInvoice(state, invoiceId);
  return invoice.ok && invoice.value.state.phase !== 'open' ? err(refusal('INVOICE_STATE', invoiceId)) : invoice;
}

/** Seller and buyer are two, and the tax authority is neither: VAT would pass from it to itself. */
function partiesFault(state: WorkingState, sellerWallet: WalletId, buyerWallet: WalletId): Refusal | null {
  const mark = state.entry('mark', VAT_MARK);
  if (!mark) return refusal('MARK_UNKNOWN', VAT_MARK);
  const { rule } = markOf(mark);
  const isTaxed = rule.by === 'vat' && [sellerWallet, buyerWallet].includes(rule.taxWallet);
  if (sellerWallet === buyerWallet || isTaxed) return refusal('INVOICE_PARTIES');
  return walletFault(state.wallet(sellerWallet), sellerWallet) ?? walletFault(state.wallet(buyerWallet), buyerWallet);
}

function registerInvoice(state: WorkingState, { kind: _, ...said }: Of<'registerInvoice'>): Applied {
  const { invoiceId, sellerWallet, buyerWallet, contractId } = said;
  const ownerBic = state.wallet(sellerWallet)?.ownerBic;
  if (!ownerBic) return err(refusal('WALLET_UNKNOWN', sellerWallet));
  const terms: InvoiceTerms = { ...said, ownerBic, corrects: null };
  if (state.entry('invoice', invoiceId)) return register(state, invoiceEntry(terms, UNPAID));
  const fault = partiesFault(state, sellerWallet, buyerWallet);
  if (fault) return err(fault);
  if (contractId === null) return register(state, invoiceEntry(terms, UNPAID));
  const contract = openInvoice(state, contractId);
  if (!contract.ok) return contract;
  const { terms: under } = contract.value;
  const isTheirs =
    under.form === 'contract' && under.sellerWallet === sellerWallet && under.buyerWallet === buyerWallet;
  if (!isTheirs) return err(refusal('INVOICE_PARTIES', contractId));
  const after = match(terms, contract.value.state);
  return register(state, invoiceEntry(terms, after.invoice), invoiceEntry(under, after.contract));
}

function correctInvoice(state: WorkingState, { invoiceId, corrects, total }: Of<'correctInvoice'>): Applied {
  const first = knownInvoice(state, corrects);
  if (!first.ok) return first;
  const terms: InvoiceTerms = { ...first.value.terms, invoiceId, corrects, total };
  if (state.entry('invoice', invoiceId)) return register(state, invoiceEntry(terms, UNPAID));
  const before = openInvoice(state, corrects);
  if (!before.ok) return before;
  const corrected: InvoiceState = { ...before.value.state, phase: 'corrected', correctedBy: invoiceId };
  return register(state, invoiceEntry(terms, before.value.state), invoiceEntry(before.value.terms, corrected));
}

function cancelInvoice(state: WorkingState, { invoiceId }: Of<'cancelInvoice'>): Applied {
  const known = knownInvoice(state, invoiceId);
  if (known.ok && known.value.state.phase === 'cancelled')
    return ok({ blockSequence: state.sequence - 1n, transactionId: null, hold: null });
  const before = openInvoice(state, invoiceId);
  if (!before.ok) return before;
  return write(state, invoiceEntry(before.value.terms, { ...before.value.state, phase: 'cancelled' }));
}

function payInvoice(state: WorkingState, command: Of<'payInvoice'>): Applied {
  return move(state, command, command.buyerWallet, command.sellerWallet, ({ terms, state: before }) => {
    if (before.phase !== 'open') return err(refusal('INVOICE_STATE', command.invoiceId));
    const parts = paymentParts(terms, before, command.amountMinor);
    if (!parts.ok) return parts;
    const { vatMinor } = parts.value;
    const brought = atMost(state.inPocket(vatOf(command.buyerWallet)), vatMinor);
    return ok({ given: brought, taken: vatMinor, after: afterPayment(before, parts.value, brought) });
  });
}

function refundInvoice(state: WorkingState, command: Of<'refundInvoice'>): Applied {
  return move(state, command, command.sellerWallet, command.buyerWallet, ({ terms, state: before }) => {
    if (before.phase === 'corrected') return err(refusal('INVOICE_STATE', command.invoiceId));
    const parts = refundParts(terms, before, command.amountMinor);
    if (!parts.ok) return parts;
    const given = atMost(state.inPocket(vatOf(command.sellerWallet)), parts.value.vatMinor);
    return ok({ given, taken: broughtBack(before, parts.value), after: afterRefund(before, parts.value) });
  });
}

const atMost = (minor: bigint, limit: bigint): bigint => (minor < limit ? minor : limit);

/** What a movement does: the VAT-marked money that its payer gives and that its payee gets; all the rest is ordinary. */
interface Movement {
  readonly given: bigint;
  readonly taken: bigint;
  readonly after: InvoiceState;
}

function move(
  state: WorkingState,
  { kind, reference, invoiceId, sellerWallet, buyerWallet, amountMinor }: Of<'payInvoice' | 'refundInvoice'>,
  from: WalletId,
  to: WalletId,
  judge: (invoice: Invoice) => Result<Movement, Refusal>,
): Applied {
  const detail = new ByteWriter().text(invoiceId).finish();
  const said = { kind, reference, amountMinor, detail, debitWallet: from, creditWallet: to };
  const first = movedOnce(state, said);
  if (first) return first;
  const invoice = knownInvoice(state, invoiceId);
  if (!invoice.ok) return invoice;
  const { terms } = invoice.value;
  if (terms.sellerWallet !== sellerWallet || terms.buyerWallet !== buyerWallet)
    return err(refusal('INVOICE_PARTIES', invoiceId));
  const fault = walletFault(state.wallet(from), from) ?? walletFault(state.wallet(to), to);
  if (fault) return err(fault);
  const judged = judge(invoice.value);
  if (!judged.ok) return judged;
  const { given, taken, after } = judged.value;
  if (state.inPocket(unmarked(from)) < amountMinor - given) return err(refusal('FUNDS_INSUFFICIENT'));
  const ordinary = draw(state, unmarked(from), amountMinor - given);
  const vat = draw(state, vatOf(from), given);
  const paid = [
    { ...unmarked(to), amountMinor: amountMinor - taken, conditionRef: null },
    { ...vatOf(to), amountMinor: taken, conditionRef: null },
  ].filter((token) => token.amountMinor > 0n);
  const { transaction } = state.post({
    ...{ ...said, posted: true, data: null, evidence: null, entries: [invoiceEntry(terms, after)] },
    inputs: [...ordinary.inputs, ...vat.inputs],
    outputs: [...paid, ...ordinary.change, ...vat.change],
  });
  return ok({ blockSequence: transaction.blockSequence, transactionId: transaction.transactionId, hold: null });
}

/** Tokens of a pocket that cover an amount, which may be zero, and what comes back of them. */
function draw(state: WorkingState, pocket: Pocket, amountMinor: bigint): { inputs: Token[]; change: TokenDraft[] } {
  const inputs = amountMinor > 0n ? state.take(pocket, amountMinor) : [];
  return { inputs, change: change(inputs, pocket, amountMinor) };
}

import { ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, invariant, ok, type Result } from '../../kernel/result.js';
import { amountFault } from '../amount.js';
import type { Entry, Pocket, Token, TokenDraft } from '../model.js';
import { type Applied, change, unmarked, walletFault } from '../movement.js';
import { movedOnce } from '../repeated.js';
import type { WorkingState } from '../working.js';
import { agreedBetween, putBackLimits } from './agreement.js';
import { REFERENCE, register, write } from './entries.js';
import {
  type AgreementOfProject,
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
  plainPocket,
  refundParts,
  stateOfInvoice,
  termsOfInvoice,
  totalFault,
  UNPAID,
} from './invoice.js';
import { invoiceParties, paidOfInvoice, refundedOfInvoice } from './invoice-agreement.js';
import { FIRST_LEVEL, markOf, VAT_MARK } from './mark.js';
import type { Keys, Rules } from './module.js';

/**
 * E-invoices and the VAT in them. Net is paid in ordinary money, or under an agreement in that of its project; VAT reaches
 * the seller as VAT-marked money, of which the buyer's own goes first. VAT-marked money then pays the VAT of another
 * invoice, or the tax authority by a `spend`.
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
      /** It is paid under this agreement alone; with ordinary money where there is none. */
      readonly agreement?: AgreementOfProject | null;
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
  readonly agreement?: AgreementOfProject | null;
  readonly amountMinor: bigint;
}

type Of<K extends InvoiceCommand['kind']> = Extract<InvoiceCommand, { kind: K }>;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const id = (text: string, field: string): Refusal | null => shape(REFERENCE.test(text), field);

const agreementFault = (agreement: AgreementOfProject | null = null): Refusal | null =>
  agreement && (id(agreement.agreementId, 'agreementId') ?? id(agreement.markId, 'markId'));

const movementFault = ({ reference, invoiceId, sellerWallet, buyerWallet, agreement, amountMinor }: InvoiceMovement) =>
  id(reference, 'reference') ??
  agreementFault(agreement) ??
  id(invoiceId, 'invoiceId') ??
  shape(isWalletId(sellerWallet), 'sellerWallet') ??
  shape(isWalletId(buyerWallet), 'buyerWallet') ??
  amountFault(amountMinor);

/** Who pays may spend of its ordinary money, of its VAT-marked money, and of that of the project. */
const movementKeys = (keys: Keys, command: InvoiceMovement, from: WalletId, to: WalletId): void => {
  const { reference, invoiceId, agreement = null } = command;
  keys.reference(reference);
  keys.entry('invoice', invoiceId);
  keys.debit(unmarked(from));
  keys.debit(vatOf(from));
  if (agreement) {
    keys.debit(plainPocket({ agreement }, from));
    keys.entry('agreement', agreement.agreementId);
  }
  keys.wallet(to);
};

export const invoiceRules: Rules<InvoiceCommand> = {
  registerInvoice: {
    fault: ({ invoiceId, form, sellerWallet, buyerWallet, total, contractId, agreement }) =>
      id(invoiceId, 'invoiceId') ??
      agreementFault(agreement) ??
      shape(INVOICE_FORMS.includes(form), 'form') ??
      shape(isWalletId(sellerWallet), 'sellerWallet') ??
      shape(isWalletId(buyerWallet), 'buyerWallet') ??
      totalFault(total) ??
      shape(contractId === null || (form === 'invoice' && REFERENCE.test(contractId)), 'contractId'),
    keys: ({ invoiceId, sellerWallet, buyerWallet, contractId, agreement }, keys) => {
      keys.entry('mark', VAT_MARK);
      if (agreement) keys.entry('agreement', agreement.agreementId);
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
  const { invoiceId, sellerWallet, buyerWallet, contractId, agreement = null } = said;
  const ownerBic = state.wallet(sellerWallet)?.ownerBic;
  if (!ownerBic) return err(refusal('WALLET_UNKNOWN', sellerWallet));
  const terms: InvoiceTerms = { ...said, ownerBic, corrects: null, agreement };
  if (state.entry('invoice', invoiceId)) return register(state, invoiceEntry(terms, UNPAID));
  const fault = partiesFault(state, sellerWallet, buyerWallet);
  if (fault) return err(fault);
  const agreed = agreement && agreedBetween(state, agreement.agreementId, invoiceParties(terms, agreement.markId));
  if (agreed && !agreed.ok) return agreed;
  if (contractId === null) return register(state, invoiceEntry(terms, UNPAID));
  const contract = openInvoice(state, contractId);
  if (!contract.ok) return contract;
  const { terms: under } = contract.value;
  const isTheirs =
    under.form === 'contract' && under.sellerWallet === sellerWallet && under.buyerWallet === buyerWallet;
  if (!isTheirs) return err(refusal('INVOICE_PARTIES', contractId));
  // What was prepaid under the contract is money of its own agreement, and stays so.
  if (!isSameAgreement(agreement, under.agreement)) return err(refusal('AGREEMENT_FORBIDS', contractId));
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

const isSameAgreement = (a: AgreementOfProject | null, b: AgreementOfProject | null): boolean =>
  a?.agreementId === b?.agreementId && a?.markId === b?.markId;

function payInvoice(state: WorkingState, command: Of<'payInvoice'>): Applied {
  return move(state, command, command.buyerWallet, command.sellerWallet, ({ terms, state: before }) => {
    if (before.phase !== 'open') return err(refusal('INVOICE_STATE', command.invoiceId));
    const parts = paymentParts(terms, before, command.amountMinor);
    if (!parts.ok) return parts;
    const { vatMinor } = parts.value;
    const given = atMost(state.inPocket(vatOf(command.buyerWallet)), vatMinor);
    const agreed = paidOfInvoice(state, terms, parts.value, given);
    if (!agreed.ok) return agreed;
    const marked = terms.agreement ? command.amountMinor - given : 0n;
    return ok({
      given,
      taken: vatMinor,
      marked,
      after: afterPayment(before, parts.value, given),
      agreed: agreed.value,
    });
  });
}

function refundInvoice(state: WorkingState, command: Of<'refundInvoice'>): Applied {
  const { sellerWallet } = command;
  return move(state, command, sellerWallet, command.buyerWallet, ({ terms, state: before }) => {
    if (before.phase === 'corrected') return err(refusal('INVOICE_STATE', command.invoiceId));
    const parts = refundParts(terms, before, command.amountMinor);
    if (!parts.ok) return parts;
    const { netMinor, vatMinor } = parts.value;
    const given = atMost(state.inPocket(vatOf(sellerWallet)), vatMinor);
    const taken = broughtBack(before, parts.value);
    const putBack = putBackOf(state, terms, netMinor);
    if (!putBack.ok) return putBack;
    const back = { broughtBackMinor: taken, putBackMinor: putBack.value };
    const agreed = refundedOfInvoice(state, terms, parts.value, back);
    invariant(agreed, 'an agreement was paid what is refunded to it');
    const marked = terms.agreement ? netMinor - putBack.value : 0n;
    return ok({ given, taken, marked, after: afterRefund(before, parts.value), agreed });
  });
}

/**
 * What of a refund's net the seller puts back of what it withdrew from the project: where it has to, and else where it has
 * no money of the project any more.
 */
function putBackOf(state: WorkingState, terms: InvoiceTerms, netMinor: bigint): Result<bigint, Refusal> {
  const { agreement, sellerWallet } = terms;
  if (!agreement) return ok(0n);
  const { leastMinor, mostMinor } = putBackLimits(state, agreement.agreementId, netMinor);
  const putBack = netMinor - atMost(state.inPocket(plainPocket(terms, sellerWallet)), netMinor - leastMinor);
  return putBack > mostMinor ? err(refusal('FUNDS_INSUFFICIENT')) : ok(putBack);
}

const atMost = (minor: bigint, limit: bigint): bigint => (minor < limit ? minor : limit);

/** What a movement does; what its payer gives beside VAT-marked and project's money is ordinary. */
interface Movement {
  /** VAT-marked money that the payer gives, and that the payee gets. */
  readonly given: bigint;
  readonly taken: bigint;
  /** Money of the project that the payer gives. */
  readonly marked: bigint;
  readonly after: InvoiceState;
  /** The agreement as it leaves it. */
  readonly agreed: readonly Entry[];
}

function move(
  state: WorkingState,
  command: Of<'payInvoice' | 'refundInvoice'>,
  from: WalletId,
  to: WalletId,
  judge: (invoice: Invoice) => Result<Movement, Refusal>,
): Applied {
  const { kind, reference, invoiceId, sellerWallet, buyerWallet, agreement = null, amountMinor } = command;
  const detail = new ByteWriter().text(invoiceId).finish();
  const said = { kind, reference, amountMinor, detail, debitWallet: from, creditWallet: to };
  const first = movedOnce(state, said);
  if (first) return first;
  const invoice = knownInvoice(state, invoiceId);
  if (!invoice.ok) return invoice;
  const { terms } = invoice.value;
  const isTheirs = terms.sellerWallet === sellerWallet && terms.buyerWallet === buyerWallet;
  if (!isTheirs || !isSameAgreement(agreement, terms.agreement)) return err(refusal('INVOICE_PARTIES', invoiceId));
  const fault = walletFault(state.wallet(from), from) ?? walletFault(state.wallet(to), to);
  if (fault) return err(fault);
  const judged = judge(invoice.value);
  if (!judged.ok) return judged;
  const { given, taken, marked, after, agreed } = judged.value;
  const gives: readonly (readonly [Pocket, bigint])[] = [
    [unmarked(from), amountMinor - given - marked],
    [plainPocket(terms, from), marked],
    [vatOf(from), given],
  ];
  if (gives.some(([pocket, minor]) => state.inPocket(pocket) < minor)) return err(refusal('FUNDS_INSUFFICIENT'));
  const drawn = gives.map(([pocket, minor]) => draw(state, pocket, minor));
  const paid = [
    { ...plainPocket(terms, to), amountMinor: amountMinor - taken, conditionRef: null },
    { ...vatOf(to), amountMinor: taken, conditionRef: null },
  ].filter((token) => token.amountMinor > 0n);
  const { transaction } = state.post({
    ...said,
    posted: true,
    data: null,
    evidence: null,
    entries: [invoiceEntry(terms, after), ...agreed],
    inputs: drawn.flatMap(({ inputs }) => inputs),
    outputs: [...paid, ...drawn.flatMap(({ change: back }) => back)],
  });
  return ok({ blockSequence: transaction.blockSequence, transactionId: transaction.transactionId, hold: null });
}

/** Tokens of a pocket that cover an amount, which may be zero, and what comes back of them. */
function draw(state: WorkingState, pocket: Pocket, amountMinor: bigint): { inputs: Token[]; change: TokenDraft[] } {
  const inputs = amountMinor > 0n ? state.take(pocket, amountMinor) : [];
  return { inputs, change: change(inputs, pocket, amountMinor) };
}

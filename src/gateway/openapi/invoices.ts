/** E-invoices and the VAT in them. */
import type { ErrorCode } from '../../kernel/errors.js';
import { INVOICE_FORMS, INVOICE_PHASES } from '../../ledger/domestic/invoice.js';
import { TRANSACTION_KINDS } from '../../ledger/model.js';
import {
  COMMAND_ERRORS,
  KEY,
  LIMIT,
  MONEY_ERRORS,
  moneyIn,
  next,
  outcome,
  READ_ERRORS,
  route,
} from './ledger-parts.js';
import {
  inPath,
  inQuery,
  json,
  jsonBody,
  listOf,
  orNull,
  type PathDrafts,
  partial,
  ref,
  type Schema,
  strict,
} from './model.js';

const totalIn = { net: ref('Decimal'), vat: ref('Decimal'), currency: ref('Currency') };
const parts = (description: string): Schema => ({ ...ref('NetAndVat'), description });

/** How it stands with an invoice; its history shows the same after each transaction. */
const standing = {
  phase: { type: 'string', enum: INVOICE_PHASES },
  paid: parts('Ever paid, prepayments that were matched with it included'),
  refunded: parts('Of that, refunded'),
  matched: parts('Of a contract: prepayments that its invoices took over'),
  due: parts('What can still be paid'),
  refundable: parts('What the seller has of it and may refund'),
  excess: parts('Of that, what is paid beyond what the invoice says; it is refunded first'),
} satisfies Record<string, Schema>;

export const invoiceSchemas: Readonly<Record<string, Schema>> = {
  NetAndVat: strict({ net: ref('Money'), vat: ref('Money') }),
  RegisterInvoice: partial(
    {
      invoiceId: ref('EntryId'),
      form: { type: 'string', enum: INVOICE_FORMS, description: '`contract`: prepaid, then matched with invoices' },
      sellerWallet: ref('WalletId'),
      buyerWallet: ref('WalletId'),
      ...totalIn,
      contractId: { ...ref('EntryId'), description: 'The contract whose prepayments the invoice takes over' },
      agreementId: { ...ref('EntryId'), description: 'It is paid with the money of a project, under this agreement' },
    },
    ['invoiceId', 'form', 'sellerWallet', 'buyerWallet', 'net', 'vat', 'currency'],
  ),
  CorrectInvoice: strict({ invoiceId: { ...ref('EntryId'), description: 'Of the new invoice' }, ...totalIn }),
  CancelInvoice: strict({}),
  InvoiceMoney: strict(moneyIn, 'Net and VAT together'),
  Invoice: strict({
    invoiceId: ref('EntryId'),
    ownerBic: { ...ref('Bic'), description: 'Of the seller' },
    form: { type: 'string', enum: INVOICE_FORMS },
    sellerWallet: ref('WalletId'),
    buyerWallet: ref('WalletId'),
    contractId: orNull(ref('EntryId')),
    agreementId: { ...orNull(ref('EntryId')), description: 'The agreement that it is paid under' },
    markId: { ...orNull(ref('EntryId')), description: 'The mark of the money that pays it; null for ordinary money' },
    corrects: { ...orNull(ref('EntryId')), description: 'The invoice in whose place it came' },
    correctedBy: orNull(ref('EntryId')),
    total: ref('NetAndVat'),
    ...standing,
  }),
  Invoices: strict({ invoices: listOf(ref('Invoice')), next }),
  InvoiceHistory: strict({
    invoiceId: ref('EntryId'),
    entries: listOf(
      strict({
        time: ref('Time'),
        transactionId: ref('Hash'),
        kind: { type: 'string', enum: TRANSACTION_KINDS },
        ...moneyIn,
        minor: ref('Minor'),
        ...standing,
      }),
    ),
    next,
  }),
};

const INVOICE = inPath('id', 'Of the invoice', ref('EntryId'));
const ANSWER = json('The invoice', ref('Invoice'));
const REGISTRY_ERRORS: readonly ErrorCode[] = [
  ...COMMAND_ERRORS,
  ...(['INVOICE_UNKNOWN', 'INVOICE_STATE', 'ENTRY_EXISTS'] as const),
];
const TOTAL_ERRORS: readonly ErrorCode[] = [
  ...REGISTRY_ERRORS,
  ...(['AMOUNT_ZERO', 'AMOUNT_DECIMALS', 'AMOUNT_TOO_LARGE', 'CURRENCY_WRONG'] as const),
];

const moving = (draft: { id: string; summary: string; description: string; errors: readonly ErrorCode[] }) => ({
  post: route({
    id: draft.id,
    summary: draft.summary,
    description: draft.description,
    parameters: [INVOICE, KEY],
    body: jsonBody(ref('InvoiceMoney'), { amount: '112.00', currency: 'KZT' }),
    answers: outcome(201),
    errors: [...MONEY_ERRORS, 'FUNDS_INSUFFICIENT', 'INVOICE_UNKNOWN', 'INVOICE_STATE', ...draft.errors],
  }),
});

export const invoicePaths: PathDrafts = {
  '/v1/ledgers/{code}/invoices': {
    get: route({
      id: 'listInvoices',
      summary: 'Invoices of a seller’s participant',
      description: 'For that participant; the oracle sees all.',
      parameters: [
        inQuery('owner', 'BIC of the seller’s participant', ref('Bic')),
        inQuery('after', 'As `next` of the page before', ref('EntryId')),
        LIMIT,
      ],
      answers: { 200: json('A page', ref('Invoices')) },
      errors: READ_ERRORS,
    }),
    post: route({
      id: 'registerInvoice',
      summary: 'Register an e-invoice, or a contract that is paid in advance',
      description:
        'For the oracle and the seller’s participant. The same one again changes nothing. An invoice under a contract takes over what was prepaid, as far as it goes.',
      body: jsonBody(ref('RegisterInvoice'), {
        invoiceId: 'ESF-2027-000117',
        form: 'invoice',
        sellerWallet: 'KZ-NOVAKZK0-1',
        buyerWallet: 'KZ-NOVAKZK0-2',
        net: '100.00',
        vat: '12.00',
        currency: 'KZT',
      }),
      answers: { 201: ANSWER },
      errors: [
        ...TOTAL_ERRORS,
        ...(['MARK_UNKNOWN', 'WALLET_UNKNOWN', 'WALLET_BLOCKED', 'WALLET_CLOSED', 'INVOICE_PARTIES'] as const),
        ...(['AGREEMENT_UNKNOWN', 'AGREEMENT_FORBIDS', 'AGREEMENT_EXPIRED'] as const),
      ],
    }),
  },
  '/v1/ledgers/{code}/invoices/{id}': {
    get: route({
      id: 'getInvoice',
      summary: 'An invoice and how it stands',
      description: 'For both parties’ participants and the oracle.',
      parameters: [INVOICE],
      answers: { 200: ANSWER },
      errors: [...READ_ERRORS, 'INVOICE_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/invoices/{id}/history': {
    get: route({
      id: 'getInvoiceHistory',
      summary: 'Every transaction of an invoice, oldest first, and how it stood after each',
      description: 'For both parties’ participants and the oracle.',
      parameters: [
        INVOICE,
        inQuery('after', 'As `next` of the page before', { type: 'string', pattern: '^\\d{1,18}\\.\\d{1,9}$' }),
        LIMIT,
      ],
      answers: { 200: json('A page', ref('InvoiceHistory')) },
      errors: [...READ_ERRORS, 'INVOICE_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/invoices/{id}/payments': moving({
    id: 'payInvoice',
    summary: 'Pay an invoice, or a part of it',
    description:
      'For the owner of the buyer’s wallet. The buyer’s VAT-marked money pays VAT first; what is missing of it is marked out of ordinary money. A part divides like what is due, VAT rounded down.',
    errors: ['INVOICE_OVERPAID', 'AGREEMENT_EXPIRED', 'AGREEMENT_EXHAUSTED'],
  }),
  '/v1/ledgers/{code}/invoices/{id}/refunds': moving({
    id: 'refundInvoice',
    summary: 'Refund what was paid, or a part of it',
    description:
      'For the owner of the seller’s wallet. What is paid in excess goes back first. VAT that the buyer marked out of ordinary money comes back ordinary, before what it brought marked comes back marked. What was paid under an agreement is the project’s money again, and given back to the agreement.',
    errors: ['REFUND_EXCESSIVE'],
  }),
  '/v1/ledgers/{code}/invoices/{id}/corrections': {
    post: route({
      id: 'correctInvoice',
      summary: 'Put a new invoice in the place of one',
      description: 'For the oracle and the seller’s participant. What was paid and refunded counts for the new one.',
      parameters: [INVOICE],
      body: jsonBody(ref('CorrectInvoice'), {
        invoiceId: 'ESF-2027-000118',
        net: '90.00',
        vat: '10.80',
        currency: 'KZT',
      }),
      answers: { 201: ANSWER },
      errors: TOTAL_ERRORS,
    }),
  },
  '/v1/ledgers/{code}/invoices/{id}/cancellation': {
    post: route({
      id: 'cancelInvoice',
      summary: 'Cancel an invoice',
      description: 'For the oracle and the seller’s participant. What was paid stays refundable; nothing more is due.',
      parameters: [INVOICE],
      body: jsonBody(ref('CancelInvoice'), {}),
      answers: { 200: ANSWER },
      errors: REGISTRY_ERRORS,
    }),
  },
};

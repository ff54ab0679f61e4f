/** Commands on e-invoices, by their fewest words. */
import { bic, w } from '../support.js';

export const TREASURY = bic('TRSYKZ20');

export const registerVat = (taxWallet: string) =>
  ({
    ...({ kind: 'registerMark', by: TREASURY, markId: 'vat', crossBorder: false } as const),
    rule: { by: 'vat', taxWallet: w(taxWallet) },
  }) as const;

const bill =
  (form: 'invoice' | 'contract') =>
  (
    invoiceId: string,
    seller: string,
    buyer: string,
    netMinor: bigint,
    vatMinor: bigint,
    contractId: string | null = null,
  ) =>
    ({
      ...({ kind: 'registerInvoice', invoiceId, form, contractId } as const),
      ...{ sellerWallet: w(seller), buyerWallet: w(buyer), total: { netMinor, vatMinor } },
    }) as const;
export const invoice = bill('invoice');
export const contract = bill('contract');

export const correct = (invoiceId: string, corrects: string, netMinor: bigint, vatMinor: bigint) =>
  ({ kind: 'correctInvoice', invoiceId, corrects, total: { netMinor, vatMinor } }) as const;
export const cancel = (invoiceId: string) => ({ kind: 'cancelInvoice', invoiceId }) as const;

const movement =
  <K extends 'payInvoice' | 'refundInvoice'>(kind: K) =>
  (reference: string, invoiceId: string, seller: string, buyer: string, amountMinor: bigint) => ({
    ...{ kind, reference, invoiceId, sellerWallet: w(seller), buyerWallet: w(buyer), amountMinor },
  });
export const pay = movement('payInvoice');
export const refund = movement('refundInvoice');

/** VAT-marked money goes to the tax authority's wallet, `tax`. */
export const payTax = (reference: string, from: string, amountMinor: bigint) =>
  ({
    ...({ kind: 'spend', reference, debitWallet: w(from), creditWallet: w('tax'), markId: 'vat' } as const),
    ...{ markLevel: 0, amountMinor },
  }) as const;

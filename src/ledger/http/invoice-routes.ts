import type { Request, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic } from '../../kernel/ids.js';
import { decodeTransaction } from '../canonical.js';
import { agreementOf } from '../domestic/agreement.js';
import {
  type AgreementOfProject,
  due,
  excess,
  INVOICE_FORMS,
  type InvoiceTerms,
  kept,
  type Parts,
  stateOfInvoice,
  termsOfInvoice,
} from '../domestic/invoice.js';
import { type Entry, entryKey } from '../model.js';
import { amountOf, bodyOf, countOf, type Fields, idempotencyKeyOf, oneOf, textOf, walletIdOf } from './body.js';
import { amountJson, hex } from './json.js';
import { outcomeJson, type RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';
import { PAGE, PAGE_MAX, topicPage } from './topic.js';

/** E-invoices: their registry, and payments and refunds with their VAT. */
export function invoiceRoutes(router: Router, parts: RouteParts): void {
  registryRoutes(router, parts);
  moneyRoutes(router, parts);
  readRoutes(router, parts);
}

async function known({ reads }: RouteParts, invoiceId: string): Promise<Entry | undefined> {
  const [entry] = await reads.entries([{ kind: 'invoice', entryId: invoiceId }]);
  return entry;
}

const INVOICE_FIELDS = [
  ...['invoiceId', 'form', 'sellerWallet', 'buyerWallet', 'net', 'vat', 'currency', 'contractId', 'agreementId'],
];

/** The agreement that an invoice names, with the mark that the registry has for it. */
async function projectOf({ reads }: RouteParts, agreementId: string): Promise<AgreementOfProject> {
  const [entry] = await reads.entries([{ kind: 'agreement', entryId: agreementId }]);
  if (!entry) throw new RefusalError(refusal('AGREEMENT_UNKNOWN', agreementId));
  return { agreementId, markId: agreementOf(entry).markId };
}

function registryRoutes(router: Router, parts: RouteParts): void {
  const { ledger, authorise, submit } = parts;
  const { currency } = ledger;

  router.post(
    '/invoices',
    route(async (req, res) => {
      const body = bodyOf(req, INVOICE_FIELDS);
      const sellerWallet = walletIdOf(textOf(body, 'sellerWallet'), 'sellerWallet');
      authorise(req, 'registerInvoice', (await ledger.wallet(sellerWallet))?.ownerBic);
      const invoiceId = textOf(body, 'invoiceId');
      const said = {
        invoiceId,
        form: oneOf(body, 'form', INVOICE_FORMS),
        sellerWallet,
        buyerWallet: walletIdOf(textOf(body, 'buyerWallet'), 'buyerWallet'),
        contractId: body.contractId === undefined ? null : textOf(body, 'contractId'),
      };
      const agreement = body.agreementId === undefined ? null : await projectOf(parts, textOf(body, 'agreementId'));
      await submit({ kind: 'registerInvoice', ...said, agreement, total: totalOf(body, currency) });
      const entry = await known(parts, invoiceId);
      res.status(201).json(entry && invoiceJson(entry, currency));
    }),
  );

  router.post(
    '/invoices/:id/corrections',
    route(async (req, res) => {
      const corrects = String(req.params.id);
      authorise(req, 'correctInvoice', (await known(parts, corrects))?.ownerBic);
      const body = bodyOf(req, ['invoiceId', 'net', 'vat', 'currency']);
      const invoiceId = textOf(body, 'invoiceId');
      await submit({ kind: 'correctInvoice', invoiceId, corrects, total: totalOf(body, currency) });
      const entry = await known(parts, invoiceId);
      res.status(201).json(entry && invoiceJson(entry, currency));
    }),
  );

  router.post(
    '/invoices/:id/cancellation',
    route(async (req, res) => {
      const invoiceId = String(req.params.id);
      authorise(req, 'cancelInvoice', (await known(parts, invoiceId))?.ownerBic);
      bodyOf(req, []);
      await submit({ kind: 'cancelInvoice', invoiceId });
      const entry = await known(parts, invoiceId);
      res.json(entry && invoiceJson(entry, currency));
    }),
  );
}

function moneyRoutes(router: Router, parts: RouteParts): void {
  const { ledger, authorise, submit } = parts;
  const moved = (kind: 'payInvoice' | 'refundInvoice', payer: 'buyerWallet' | 'sellerWallet') =>
    route(async (req, res) => {
      const entry = await known(parts, String(req.params.id));
      const terms = entry && termsOfInvoice(entry);
      const wallet = terms && (await ledger.wallet(terms[payer]));
      authorise(req, kind, wallet?.ownerBic);
      if (!terms) throw new RefusalError(refusal('INVOICE_UNKNOWN'));
      const amountMinor = amountOf(bodyOf(req, ['amount', 'currency']), ledger.currency);
      const { invoiceId, sellerWallet, buyerWallet, agreement } = terms;
      const reference = `${terms[payer]}/${idempotencyKeyOf(req)}`;
      const outcome = await submit({ kind, reference, invoiceId, sellerWallet, buyerWallet, agreement, amountMinor });
      res.status(201).json(outcomeJson(outcome));
    });
  router.post('/invoices/:id/payments', moved('payInvoice', 'buyerWallet'));
  router.post('/invoices/:id/refunds', moved('refundInvoice', 'sellerWallet'));
}

function readRoutes(router: Router, parts: RouteParts): void {
  const { ledger, reads, authorise, callerOf } = parts;
  const { currency } = ledger;
  /** Whose the invoice is, as far as the caller goes: the seller's side, the buyer's, or neither. */
  const sideOf = async (req: Request, { sellerWallet, buyerWallet }: InvoiceTerms): Promise<Bic | undefined> => {
    const rows = await Promise.all([ledger.wallet(sellerWallet), ledger.wallet(buyerWallet)]);
    return rows.map((row) => row?.ownerBic).find((owner) => owner === bicKey(callerOf(req).bic));
  };
  const required = async (req: Request): Promise<Entry> => {
    const invoiceId = String(req.params.id);
    const entry = await known(parts, invoiceId);
    authorise(req, 'readInvoice', entry && (await sideOf(req, termsOfInvoice(entry))));
    if (!entry) throw new RefusalError(refusal('INVOICE_UNKNOWN', invoiceId));
    return entry;
  };

  router.get(
    '/invoices',
    route(async (req, res) => {
      const { owner, after } = req.query;
      if (owner !== undefined && (typeof owner !== 'string' || !isBic(owner))) return badRequest('owner');
      authorise(req, 'readInvoice', owner);
      if (after !== undefined && typeof after !== 'string') return badRequest('after');
      const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
      const entries = await reads.entriesOf('invoice', owner ? bicKey(owner) : null, after ?? null, limit);
      const last = entries.length === limit ? entries.at(-1) : undefined;
      res.json({ invoices: entries.map((entry) => invoiceJson(entry, currency)), next: last?.entryId ?? null });
    }),
  );

  router.get(
    '/invoices/:id',
    route(async (req, res) => {
      res.json(invoiceJson(await required(req), currency));
    }),
  );

  router.get(
    '/invoices/:id/history',
    route(async (req, res) => {
      const { entryId } = await required(req);
      const { entries, next } = await topicPage(req, reads, entryKey('invoice', entryId));
      const history = entries.map(({ time, transaction }) => {
        const written = decodeTransaction(transaction.body).entries.find((entry) => entry.entryId === entryId)!;
        const { transactionId, kind, amountMinor } = transaction;
        const what = { time: isoTime(time), transactionId: hex(transactionId), kind };
        return { ...what, ...amountJson(amountMinor, currency), ...standingJson(written, currency) };
      });
      res.json({ invoiceId: entryId, entries: history, next });
    }),
  );
}

/** `net` and `vat` of the body, in the ledger's currency. */
const totalOf = (body: Fields, currency: string): Parts => ({
  netMinor: amountOf({ ...body, amount: body.net }, currency),
  vatMinor: amountOf({ ...body, amount: body.vat }, currency),
});

const partsJson = ({ netMinor, vatMinor }: Parts, currency: string) => ({
  net: amountJson(netMinor, currency),
  vat: amountJson(vatMinor, currency),
});

function invoiceJson(entry: Entry, currency: string) {
  const { total, agreement, ...terms } = termsOfInvoice(entry);
  const { correctedBy } = stateOfInvoice(entry);
  const project = { agreementId: agreement?.agreementId ?? null, markId: agreement?.markId ?? null };
  return { ...terms, ...project, correctedBy, total: partsJson(total, currency), ...standingJson(entry, currency) };
}

/** How it stands with an invoice. */
function standingJson(entry: Entry, currency: string) {
  const [terms, state] = [termsOfInvoice(entry), stateOfInvoice(entry)];
  return {
    phase: state.phase,
    paid: partsJson(state.paid, currency),
    refunded: partsJson(state.refunded, currency),
    matched: partsJson(state.matched, currency),
    due: partsJson(due(terms, state), currency),
    refundable: partsJson(kept(state), currency),
    excess: partsJson(excess(terms, state), currency),
  };
}

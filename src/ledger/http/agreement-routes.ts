import type { Request, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { bicKey } from '../../kernel/ids.js';
import { decodeTransaction } from '../canonical.js';
import {
  type Agreement,
  agreementOf,
  agreementsTopic,
  transferLeft,
  useOf,
  withdrawalLeft,
} from '../domestic/agreement.js';
import { attributeEntry, attributeOf, ownerSubject, walletSubject } from '../domestic/attribute.js';
import { type Entry, entryKey } from '../model.js';
import { amountOf, bicOf, bodyOf, type Fields, idempotencyKeyOf, textOf, timeOf, walletIdOf } from './body.js';
import { amountJson, hex } from './json.js';
import { requiredMark } from './mark-routes.js';
import { outcomeJson, type RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';
import { reportJson, topicPage } from './topic.js';

/** The oracle's registry of agreements, and money that leaves a mark under one. */
export function agreementRoutes(router: Router, parts: RouteParts): void {
  const { ledger, reads, authorise, submit } = parts;
  const { currency } = ledger;
  router.post(
    '/agreements',
    route(async (req, res) => {
      const names = [
        'agreementId',
        'markId',
        'payer',
        'payee',
        'transferMax',
        'withdrawalMax',
        'currency',
        'expiresAt',
      ];
      const body = bodyOf(req, names);
      const markId = textOf(body, 'markId');
      const [mark] = await reads.entries([{ kind: 'mark', entryId: markId }]);
      const { bic: by } = authorise(req, 'registerAgreement', mark?.ownerBic);
      const agreementId = textOf(body, 'agreementId');
      const said = {
        payer: walletIdOf(textOf(body, 'payer'), 'payer'),
        payee: walletIdOf(textOf(body, 'payee'), 'payee'),
        transferMaxMinor: amountOf({ ...body, amount: body.transferMax }, currency),
        withdrawalMaxMinor: amountOf({ ...body, amount: body.withdrawalMax }, currency),
        expiresAt: timeOf(body, 'expiresAt'),
      };
      await submit({ kind: 'registerAgreement', by, agreementId, markId, ...said });
      const entry = await agreementEntry(parts, agreementId);
      res.status(201).json(entry && agreementJson(entry, currency));
    }),
  );

  router.get(
    '/agreements/:id',
    route(async (req, res) => {
      res.json(agreementJson(await requiredAgreement(req, parts), currency));
    }),
  );

  router.get(
    '/agreements/:id/history',
    route(async (req, res) => {
      const { entryId } = await requiredAgreement(req, parts);
      res.json({ agreementId: entryId, ...(await reportJson(req, reads, entryKey('agreement', entryId), currency)) });
    }),
  );

  router.get(
    '/marks/:id/agreements',
    route(async (req, res) => {
      const { entryId: markId } = await requiredMark(req, parts);
      const { entries, next } = await topicPage(req, reads, agreementsTopic(markId));
      const names = entries.flatMap(({ transaction }) => decodeTransaction(transaction.body).entries);
      const known = new Map((await reads.entries(names)).map((entry) => [entry.entryId, entry]));
      const agreements = names.map(({ entryId }) => agreementJson(known.get(entryId)!, currency));
      res.json({ markId, agreements, next });
    }),
  );

  router.post(
    '/agreements/:id/withdrawals',
    route(async (req, res) => {
      const agreementId = String(req.params.id);
      const entry = await agreementEntry(parts, agreementId);
      const agreement = entry && agreementOf(entry);
      authorise(req, 'withdrawUnderAgreement', agreement && (await ledger.wallet(agreement.payee))?.ownerBic);
      if (!agreement) throw new RefusalError(refusal('AGREEMENT_UNKNOWN', agreementId));
      const amountMinor = amountOf(bodyOf(req, ['amount', 'currency']), currency);
      const { payee: walletId, markId } = agreement;
      const reference = `${walletId}/${idempotencyKeyOf(req)}`;
      const outcome = await submit({ kind: 'withdraw', reference, agreementId, markId, walletId, amountMinor });
      res.status(201).json(outcomeJson(outcome));
    }),
  );
}

async function agreementEntry({ reads }: RouteParts, agreementId: string): Promise<Entry | undefined> {
  const [entry] = await reads.entries([{ kind: 'agreement', entryId: agreementId }]);
  return entry;
}

/** The agreement that the path names, to its parties, the initiator of its mark and the oracle. */
export async function requiredAgreement(req: Request, parts: RouteParts): Promise<Entry> {
  const agreementId = String(req.params.id);
  const entry = await agreementEntry(parts, agreementId);
  parts.authorise(req, 'readAgreement', entry && (await concerned(parts, req, agreementOf(entry))));
  if (!entry) throw new RefusalError(refusal('AGREEMENT_UNKNOWN', agreementId));
  return entry;
}

/** The caller, where it is a party of the agreement or the initiator of its mark; else null. */
async function concerned({ ledger, reads, callerOf }: RouteParts, req: Request, agreement: Agreement) {
  const { markId, payer, payee } = agreement;
  const [mark] = await reads.entries([{ kind: 'mark', entryId: markId }]);
  const wallets = await Promise.all([payer, payee].map((walletId) => ledger.wallet(walletId)));
  const { bic } = callerOf(req);
  return [mark, ...wallets].some((owned) => owned?.ownerBic === bicKey(bic)) ? bic : null;
}

function agreementJson(entry: Entry, currency: string) {
  const agreement = agreementOf(entry);
  const use = useOf(entry);
  const { agreementId, ownerBic, markId, payer, payee, expiresAt } = agreement;
  return {
    agreementId,
    ownerBic,
    markId,
    payer,
    payee,
    expiresAt: isoTime(expiresAt),
    transferMax: amountJson(agreement.transferMaxMinor, currency),
    transferred: amountJson(use.transferredMinor, currency),
    transferredVat: amountJson(use.vatMinor, currency),
    held: amountJson(use.heldMinor, currency),
    transferLeft: amountJson(transferLeft(agreement, use), currency),
    withdrawalMax: amountJson(agreement.withdrawalMaxMinor, currency),
    withdrawn: amountJson(use.withdrawnMinor, currency),
    withdrawalLeft: amountJson(withdrawalLeft(agreement, use), currency),
  };
}

/** The oracle's reference registry: attributes of wallets and of their owners. */
export function attributeRoutes(router: Router, { reads, authorise, submit }: RouteParts): void {
  router.post(
    '/attributes',
    route(async (req, res) => {
      const { bic: by } = authorise(req, 'registerAttribute', null);
      const body = bodyOf(req, ['walletId', 'ownerBic', 'name', 'value', 'validFrom', 'validTo']);
      const value = body.value === null ? null : textOf(body, 'value');
      const said = {
        subject: subjectOf(body),
        name: textOf(body, 'name'),
        value,
        validFrom: body.validFrom === undefined ? 0 : timeOf(body, 'validFrom'),
        validTo: body.validTo === undefined ? null : timeOf(body, 'validTo'),
        reference: `${bicKey(by)}/${idempotencyKeyOf(req)}`,
      };
      res.status(201).json(outcomeJson(await submit({ kind: 'setAttribute', by, ...said })));
    }),
  );

  router.get(
    '/attributes',
    route(async (req, res) => {
      authorise(req, 'readAttribute', null);
      const subject = subjectOf(req.query);
      const name = textOf(req.query, 'name');
      const entryId = attributeEntry(subject, name);
      const [entry] = await reads.entries([{ kind: 'attribute', entryId }]);
      if (!entry) throw new RefusalError(refusal('NOT_FOUND', 'attribute'));
      const { entries, next } = await topicPage(req, reads, entryKey('attribute', entryId));
      const history = entries.map(({ time, transaction }) => ({
        time: isoTime(time),
        transactionId: hex(transaction.transactionId),
        ...saidJson(decodeTransaction(transaction.body).entries[0]!),
      }));
      res.json({ subject, name, ...saidJson(entry), history, next });
    }),
  );
}

/** Whose attribute it is: a wallet's, or that of all wallets of an owner. */
function subjectOf(fields: Fields): string {
  if ((fields.walletId === undefined) === (fields.ownerBic === undefined)) return badRequest('walletId');
  if (fields.ownerBic !== undefined) return ownerSubject(bicKey(bicOf(fields, 'ownerBic')));
  return walletSubject(walletIdOf(textOf(fields, 'walletId'), 'walletId'));
}

function saidJson(entry: Pick<Entry, 'body' | 'state'>) {
  const { value, validFrom, validTo } = attributeOf(entry);
  return { value, validFrom: isoTime(validFrom), validTo: validTo === null ? null : isoTime(validTo) };
}

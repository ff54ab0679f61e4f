import type { Request, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { bicKey, isBic, type WalletId } from '../../kernel/ids.js';
import { attributesAsked, type CriteriaRule, type Criterion, isExpired } from '../domestic/criteria.js';
import { type Arrival, type Mark, type MarkRule, markOf } from '../domestic/mark.js';
import { type Entry, entryKey, type PocketRow } from '../model.js';
import {
  amountOf,
  bodyOf,
  countOf,
  type Fields,
  idempotencyKeyOf,
  listOf,
  objectOf,
  stringOf,
  textOf,
  timeOf,
  walletIdOf,
} from './body.js';
import { pocketJson } from './json.js';
import { outcomeJson, type RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';
import { PAGE, PAGE_MAX, reportJson } from './topic.js';

/** Marks, money under them, and what their initiators are told. */
export function markRoutes(router: Router, parts: RouteParts): void {
  registerRoutes(router, parts);
  moneyRoutes(router, parts);
  reportRoutes(router, parts);
}

async function markEntry({ reads }: RouteParts, markId: string): Promise<Entry | undefined> {
  const [entry] = await reads.entries([{ kind: 'mark', entryId: markId }]);
  return entry;
}

function registerRoutes(router: Router, parts: RouteParts): void {
  const { reads, authorise, submit } = parts;
  router.post(
    '/marks',
    route(async (req, res) => {
      const { bic: by } = authorise(req, 'registerMark', null);
      const body = bodyOf(req, ['markId', 'rule', 'crossBorder', 'arrivals']);
      const markId = textOf(body, 'markId');
      const crossBorder = body.crossBorder ?? false;
      if (typeof crossBorder !== 'boolean') return badRequest('crossBorder');
      const arrivals = listOf(body.arrivals ?? [], 'arrivals', arrivalOf);
      await submit({ kind: 'registerMark', by, markId, rule: ruleOf(body.rule), crossBorder, arrivals });
      const entry = await markEntry(parts, markId);
      res.status(201).json(entry && markJson(entry));
    }),
  );

  router.get(
    '/marks',
    route(async (req, res) => {
      const { owner, after } = req.query;
      if (owner !== undefined && (typeof owner !== 'string' || !isBic(owner))) return badRequest('owner');
      authorise(req, 'readMark', owner);
      if (after !== undefined && typeof after !== 'string') return badRequest('after');
      const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
      const entries = await reads.entriesOf('mark', owner ? bicKey(owner) : null, after ?? null, limit);
      const last = entries.length === limit ? entries.at(-1) : undefined;
      res.json({ marks: entries.map(markJson), next: last?.entryId ?? null });
    }),
  );
}

function moneyRoutes(router: Router, parts: RouteParts): void {
  const { ledger, reads, authorise, submit } = parts;
  const { currency } = ledger;
  router.post(
    '/marks/:id/mark',
    route(async (req, res) => {
      const body = bodyOf(req, ['walletId', 'amount', 'currency']);
      const walletId = walletIdOf(textOf(body, 'walletId'), 'walletId');
      const { bic: by } = authorise(req, 'mark', (await ledger.wallet(walletId))?.ownerBic);
      const reference = `${walletId}/${idempotencyKeyOf(req)}`;
      const said = { by, reference, walletId, markId: String(req.params.id), amountMinor: amountOf(body, currency) };
      res.status(201).json(outcomeJson(await submit({ kind: 'mark', ...said })));
    }),
  );

  router.post(
    '/marks/:id/unmark',
    route(async (req, res) => {
      const markId = String(req.params.id);
      const { bic: by } = authorise(req, 'unmark', (await markEntry(parts, markId))?.ownerBic);
      const body = bodyOf(req, ['walletId', 'markLevel', 'amount', 'currency']);
      const walletId = walletIdOf(textOf(body, 'walletId'), 'walletId');
      const reference = `${bicKey(by)}/${idempotencyKeyOf(req)}`;
      const said = { markLevel: levelOf(body), amountMinor: amountOf(body, currency) };
      res.status(201).json(outcomeJson(await submit({ kind: 'unmark', by, reference, walletId, markId, ...said })));
    }),
  );

  /** Ids of the attributes that a payee is judged by, where the rule of the mark asks for any. */
  const asked = async (markId: string, level: number, creditWallet: WalletId): Promise<string[]> => {
    const entry = await markEntry(parts, markId);
    const rule = entry && markOf(entry).rule;
    const payee = rule?.by === 'criteria' && (await reads.walletRow(creditWallet));
    return rule?.by === 'criteria' && payee ? attributesAsked(rule, level, payee) : [];
  };

  router.post(
    '/spends',
    route(async (req, res) => {
      const names = ['debitWallet', 'creditWallet', 'markId', 'markLevel', 'amount', 'currency'];
      const body = bodyOf(req, [...names, 'agreementId', 'purpose']);
      const debitWallet = walletIdOf(textOf(body, 'debitWallet'), 'debitWallet');
      const agreementId = body.agreementId === undefined ? undefined : textOf(body, 'agreementId');
      const operation = agreementId === undefined ? 'spend' : 'spendUnderAgreement';
      authorise(req, operation, (await ledger.wallet(debitWallet))?.ownerBic);
      const said = {
        ...({ kind: 'spend', reference: `${debitWallet}/${idempotencyKeyOf(req)}`, debitWallet } as const),
        creditWallet: walletIdOf(textOf(body, 'creditWallet'), 'creditWallet'),
        markId: textOf(body, 'markId'),
        markLevel: levelOf(body),
        amountMinor: amountOf(body, currency),
        agreementId,
        purpose: body.purpose === undefined ? undefined : textOf(body, 'purpose'),
      };
      const attributes = await asked(said.markId, said.markLevel, said.creditWallet);
      res.status(201).json(outcomeJson(await submit({ ...said, attributes })));
    }),
  );
}

/** The mark that the path names, to its initiator; to who may see any mark, that there is none. */
export async function requiredMark(req: Request, parts: RouteParts): Promise<Entry> {
  const markId = String(req.params.id);
  const entry = await markEntry(parts, markId);
  parts.authorise(req, 'readMark', entry?.ownerBic);
  if (!entry) throw new RefusalError(refusal('MARK_UNKNOWN', markId));
  return entry;
}

function reportRoutes(router: Router, parts: RouteParts): void {
  const { ledger, reads } = parts;
  const { currency } = ledger;

  router.get(
    '/marks/:id',
    route(async (req, res) => {
      res.json(markJson(await requiredMark(req, parts)));
    }),
  );

  router.get(
    '/marks/:id/report',
    route(async (req, res) => {
      const { entryId } = await requiredMark(req, parts);
      res.json({ markId: entryId, ...(await reportJson(req, reads, entryKey('mark', entryId), currency)) });
    }),
  );

  router.get(
    '/marks/:id/pockets',
    route(async (req, res) => {
      const { entryId } = await requiredMark(req, parts);
      const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
      const rows = await reads.pocketsOfMark(entryId, afterWalletOf(req), limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      const pockets = rows.map((row) => ({ walletId: row.walletId, ...pocketJson(row, currency) }));
      res.json({ markId: entryId, pockets, next: last ? `${last.markLevel}.${last.walletId}` : null });
    }),
  );
}

/** `after=<level>.<wallet>`, as the page before gave it in `next`. */
function afterWalletOf(req: Request): Pick<PocketRow, 'walletId' | 'markLevel'> | null {
  const { after } = req.query;
  if (after === undefined) return null;
  const match = typeof after === 'string' ? /^(\d{1,9})\.(.+)$/.exec(after) : null;
  return match ? { markLevel: Number(match[1]), walletId: walletIdOf(match[2]!, 'after') } : badRequest('after');
}

function arrivalOf(item: unknown): Arrival {
  const fields = objectOf(item, 'arrivals', ['walletId', 'markLevel']);
  return { walletId: walletIdOf(textOf(fields, 'walletId'), 'arrivals'), markLevel: levelOf(fields) };
}

function levelOf(body: Fields): number {
  const { markLevel } = body;
  return typeof markLevel === 'number' && Number.isSafeInteger(markLevel) && markLevel >= 0
    ? markLevel
    : badRequest('markLevel');
}

function ruleOf(value: unknown): MarkRule {
  const { by } = objectOf(value, 'rule', RULE_FIELDS);
  switch (by) {
    case 'addresses': {
      const { levels } = objectOf(value, 'rule', ['by', 'levels']);
      const wallet = (item: unknown) => walletIdOf(stringOf(item, 'levels'), 'levels');
      return { by, levels: listOf(levels, 'levels', (level) => listOf(level, 'levels', wallet)) };
    }
    case 'agreement':
      objectOf(value, 'rule', ['by']);
      return { by };
    case 'vat':
      return {
        by,
        taxWallet: walletIdOf(textOf(objectOf(value, 'rule', ['by', 'taxWallet']), 'taxWallet'), 'taxWallet'),
      };
    case 'criteria':
      return criteriaOf(objectOf(value, 'rule', CRITERIA_FIELDS));
    default:
      return badRequest('rule');
  }
}

const CRITERIA_FIELDS = ['by', 'levels', 'purposes', 'validFrom', 'validTo', 'returnWallet'];
const RULE_FIELDS = [...CRITERIA_FIELDS, 'taxWallet'];

function criteriaOf(fields: Fields): CriteriaRule {
  const criterion = (item: unknown): Criterion => {
    const { name, oneOf } = objectOf(item, 'levels', ['name', 'oneOf']);
    const values = oneOf === undefined ? null : listOf(oneOf, 'levels', (one) => stringOf(one, 'levels'));
    return { name: stringOf(name, 'levels'), oneOf: values };
  };
  return {
    by: 'criteria',
    levels: listOf(fields.levels, 'levels', (level) => listOf(level, 'levels', criterion)),
    purposes: listOf(fields.purposes ?? [], 'purposes', (purpose) => stringOf(purpose, 'purposes')),
    validFrom: timeOf(fields, 'validFrom'),
    validTo: timeOf(fields, 'validTo'),
    returnWallet: walletIdOf(textOf(fields, 'returnWallet'), 'returnWallet'),
  };
}

const markJson = (entry: Entry) => {
  const { markId, ownerBic, crossBorder, arrivals, rule } = markOf(entry);
  const expired = rule.by === 'criteria' && isExpired(entry);
  return { markId, ownerBic, crossBorder, arrivals, rule: ruleJson(rule), expired };
};

function ruleJson(rule: Mark['rule']) {
  if (rule.by !== 'criteria') return rule;
  const { levels, validFrom, validTo } = rule;
  const said = ({ name, oneOf }: Criterion) => (oneOf === null ? { name } : { name, oneOf });
  const times = { validFrom: isoTime(validFrom), validTo: isoTime(validTo) };
  return { ...rule, levels: levels.map((level) => level.map(said)), ...times };
}

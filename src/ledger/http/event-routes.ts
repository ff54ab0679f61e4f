import type { Request, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic } from '../../kernel/ids.js';
import { normaliseSignature } from '../../kernel/suites.js';
import {
  type EventTerms,
  eventHash,
  holdOfEvent,
  type Receiver,
  type SignedStatement,
  stateOf,
  termsOf,
} from '../domestic/event.js';
import { providerOf } from '../domestic/providers.js';
import { type Entry, entryKey } from '../model.js';
import type { Hold, Ledger } from '../types.js';
import {
  amountOf,
  bodyOf,
  type Fields,
  listOf,
  objectOf,
  oneOf,
  countOf as queryCount,
  stringOf,
  textOf,
  timeOf,
  walletIdOf,
} from './body.js';
import { amountJson, hex } from './json.js';
import type { RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';
import { PAGE, PAGE_MAX, reportJson } from './topic.js';

/** Events that money waits for: registering, holding, providers' statements, and what became of it. */
export function eventRoutes(router: Router, parts: RouteParts): void {
  const { ledger, reads, authorise, submit } = parts;
  const { currency } = ledger;

  router.post(
    '/events',
    route(async (req, res) => {
      const body = bodyOf(req, EVENT_FIELDS);
      const debitWallet = walletIdOf(textOf(body, 'debitWallet'), 'debitWallet');
      const { bic } = authorise(req, 'registerEvent', (await ledger.wallet(debitWallet))?.ownerBic);
      const terms = { ...readTerms(body, currency), debitWallet, ownerBic: bicKey(bic) };
      await submit({ kind: 'registerEvent', terms });
      res.status(201).json(await eventJson(parts, await required(parts, terms.eventId)));
    }),
  );

  router.get(
    '/events',
    route(async (req, res) => {
      const { owner, after } = req.query;
      if (owner !== undefined && (typeof owner !== 'string' || !isBic(owner))) return badRequest('owner');
      authorise(req, 'readEvent', owner);
      if (after !== undefined && typeof after !== 'string') return badRequest('after');
      const limit = queryCount(req, 'limit', PAGE, PAGE_MAX);
      const entries = await reads.entriesOf('event', owner ? bicKey(owner) : null, after ?? null, limit);
      const last = entries.length === limit ? entries.at(-1) : undefined;
      res.json({ events: await eventsJson(parts, entries), next: last?.entryId ?? null });
    }),
  );

  router.get(
    '/events/:id',
    route(async (req, res) => {
      res.json(await eventJson(parts, await readable(req, parts)));
    }),
  );

  router.get(
    '/events/:id/history',
    route(async (req, res) => {
      const { entryId } = await readable(req, parts);
      res.json({ eventId: entryId, ...(await reportJson(req, reads, entryKey('event', entryId), currency)) });
    }),
  );

  router.post(
    '/events/:id/hold',
    route(async (req, res) => {
      const eventId = String(req.params.id);
      const found = await entryOf(parts, eventId);
      const owner = found && (await ledger.wallet(termsOf(found).debitWallet))?.ownerBic;
      authorise(req, 'placeHold', owner);
      bodyOf(req, []);
      await submit({ kind: 'holdForEvent', terms: termsOf(await required(parts, eventId)) });
      res.status(201).json(await eventJson(parts, await required(parts, eventId)));
    }),
  );

  router.post(
    '/events/:id/statements',
    route(async (req, res) => {
      authorise(req, 'submitStatement', null);
      const eventId = String(req.params.id);
      const statement = await readStatement(parts, bodyOf(req, STATEMENT_FIELDS));
      await submit({ kind: 'stateEvent', terms: termsOf(await required(parts, eventId)), statement });
      res.json(await eventJson(parts, await required(parts, eventId)));
    }),
  );
}

async function entryOf({ reads }: RouteParts, eventId: string): Promise<Entry | undefined> {
  const [entry] = await reads.entries([{ kind: 'event', entryId: eventId }]);
  return entry;
}

async function required(parts: RouteParts, eventId: string): Promise<Entry> {
  const entry = await entryOf(parts, eventId);
  if (!entry) throw new RefusalError(refusal('EVENT_UNKNOWN', eventId));
  return entry;
}

/** The event, to whoever registered it, pays or is paid by it, or is asked whether it happened. */
async function readable(req: Request, parts: RouteParts): Promise<Entry> {
  const { authorise, callerOf, reads, ledger } = parts;
  const eventId = String(req.params.id);
  const entry = await entryOf(parts, eventId);
  const concerned: (Bic | undefined)[] = [];
  if (entry) {
    const { ownerBic, debitWallet, receivers, providerIds } = termsOf(entry);
    const wallets = [debitWallet, ...receivers.map(({ walletId }) => walletId)].map((id) => ledger.wallet(id));
    const providers = await reads.entries(providerIds.map((entryId) => ({ kind: 'provider', entryId })));
    concerned.push(ownerBic, ...providers.map((provider) => providerOf(provider).bic));
    concerned.push(...(await Promise.all(wallets)).map((wallet) => wallet?.ownerBic));
  }
  const own = bicKey(callerOf(req).bic);
  authorise(
    req,
    'readEvent',
    concerned.find((bic) => bic !== undefined && bicKey(bic) === own),
  );
  return required(parts, eventId);
}

const EVENT_FIELDS = [
  ...['eventId', 'providers', 'threshold', 'debitWallet', 'receivers', 'amount', 'currency'],
  ...['markId', 'markLevel', 'mode', 'expiresAt', 'usage'],
];

function readTerms(body: Fields, currency: string): Omit<EventTerms, 'debitWallet' | 'ownerBic'> {
  const { markId = null, markLevel = null, threshold } = body;
  const providerIds = listOf(body.providers, 'providers', (item) => stringOf(item, 'providers'));
  return {
    eventId: textOf(body, 'eventId'),
    providerIds,
    threshold: threshold === undefined ? providerIds.length : countOf(threshold, 'threshold'),
    ...readUsage(body, currency),
    amountMinor: amountOf(body, currency),
    markId: markId === null ? null : textOf(body, 'markId'),
    markLevel: markLevel === null ? null : countOf(markLevel, 'markLevel'),
    mode: body.mode === undefined ? 'single' : oneOf(body, 'mode', ['single', 'unlimited']),
    expiresAt: timeOf(body, 'expiresAt'),
  };
}

const countOf = (value: unknown, name: string): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : badRequest(name);

/** Whom the money is for, or that it goes into a payment to another ledger. */
function readUsage(body: Fields, currency: string): Pick<EventTerms, 'receivers' | 'shares'> {
  const usage = body.usage === undefined ? 'receivers' : oneOf(body, 'usage', ['receivers', 'payment']);
  if (usage === 'receivers') return readReceivers(body.receivers, currency);
  return body.receivers === undefined ? { receivers: [], shares: 'payment' } : badRequest('receivers');
}

const RECEIVER_FIELDS = ['walletId', 'amount', 'parts', 'agreementId'];

/** Receivers with an amount each, or all with parts of it. */
function readReceivers(value: unknown, currency: string): Pick<EventTerms, 'receivers' | 'shares'> {
  const read = listOf(value, 'receivers', (item) => objectOf(item, 'receivers', RECEIVER_FIELDS));
  const shares = read.every((one) => one.parts === undefined) ? 'amounts' : 'parts';
  const receivers = read.map((one): Receiver => {
    const walletId = walletIdOf(textOf(one, 'walletId'), 'receivers');
    const paid = { walletId, ...(one.agreementId === undefined ? {} : { agreementId: textOf(one, 'agreementId') }) };
    if (shares === 'amounts') return { ...paid, parts: amountOf({ ...one, currency }, currency) };
    if (one.amount !== undefined) return badRequest('receivers');
    return { ...paid, parts: BigInt(countOf(one.parts, 'receivers')) };
  });
  return { receivers, shares };
}

const STATEMENT_FIELDS = ['providerId', 'keyId', 'kind', 'sequence', 'amount', 'currency', 'reason', 'signature'];
const SIGNATURE = /^[0-9a-f]{128}$/;

async function readStatement({ ledger, reads }: RouteParts, body: Fields): Promise<SignedStatement> {
  const kind = oneOf(body, 'kind', ['happened', 'refused']);
  const [providerId, keyId] = [textOf(body, 'providerId'), textOf(body, 'keyId')];
  const signature = textOf(body, 'signature');
  if (!SIGNATURE.test(signature)) return badRequest('signature');
  const [entry] = await reads.entries([{ kind: 'provider', entryId: providerId }]);
  const key = entry && providerOf(entry).keys.find((one) => one.keyId === keyId);
  const given = Buffer.from(signature, 'hex');
  return {
    providerId,
    keyId,
    kind,
    sequence: countOf(body.sequence, 'sequence'),
    amountMinor: kind === 'happened' || body.amount !== undefined ? amountOf(body, ledger.currency) : 0n,
    reason: body.reason === undefined ? null : textOf(body, 'reason'),
    signature: key ? normaliseSignature(key.suite, given) : given,
  };
}

async function eventsJson({ ledger }: RouteParts, entries: readonly Entry[]) {
  const holds = await ledger.holds(entries.map(({ entryId }) => holdOfEvent(entryId)));
  return entries.map((entry) => asJson(ledger, entry, holds.get(holdOfEvent(entry.entryId))));
}

const eventJson = async (parts: RouteParts, entry: Entry) => (await eventsJson(parts, [entry]))[0];

function asJson(ledger: Ledger, entry: Entry, hold: Hold | undefined) {
  const { currency } = ledger;
  const terms = termsOf(entry);
  const now = stateOf(entry);
  const { eventId, ownerBic, providerIds, threshold, debitWallet, shares, markId, markLevel, mode } = terms;
  const statementJson = (statement: SignedStatement) => ({
    providerId: statement.providerId,
    keyId: statement.keyId,
    kind: statement.kind,
    sequence: statement.sequence,
    ...amountJson(statement.amountMinor, currency),
    reason: statement.reason,
    signature: hex(statement.signature),
  });
  return {
    eventId,
    eventHash: hex(eventHash(ledger, terms)),
    ownerBic,
    providers: providerIds,
    threshold,
    debitWallet,
    usage: shares === 'payment' ? shares : 'receivers',
    payment: now.payment?.uetr ?? null,
    receivers: terms.receivers.map(({ walletId, parts, agreementId }) => ({
      ...(shares === 'amounts' ? { walletId, amount: amountJson(parts, currency).amount } : { walletId }),
      ...(shares === 'parts' ? { parts: Number(parts) } : {}),
      ...(agreementId === undefined ? {} : { agreementId }),
    })),
    ...amountJson(terms.amountMinor, currency),
    markId,
    markLevel,
    mode,
    expiresAt: isoTime(terms.expiresAt),
    phase: now.phase,
    remaining: amountJson(now.remainingMinor, currency),
    sequence: now.sequence,
    collected: now.collected.map(statementJson),
    decided: now.decided.map(statementJson),
    kept: now.kept.map((statement) => ({ ...statementJson(statement), why: statement.why })),
    hold: hold
      ? {
          holdId: hold.holdId,
          state: hold.state,
          reason: hold.reason,
          heldAt: isoTime(hold.heldAt),
          endedAt: hold.endedAt === null ? null : isoTime(hold.endedAt),
        }
      : null,
  };
}

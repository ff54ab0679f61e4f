import type { Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { bicKey, isBic } from '../../kernel/ids.js';
import { CONVERSION_DIRECTIONS } from '../domestic/conversion.js';
import { type MoneyRequest, type RequestDirection, requestIdOf, requestOf } from '../domestic/request.js';
import { amountOf, bodyOf, countOf, type Fields, idempotencyKeyOf, oneOf, textOf, walletIdOf } from './body.js';
import { amountJson } from './json.js';
import { outcomeJson, type RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';

const DAY_SECONDS = 86_400;
const LIFE_SECONDS_MAX = 30 * DAY_SECONDS;
const PAGE_MAX = 500;
const PAGE = 100;

const requestJson = (request: MoneyRequest, currency: string) => ({
  requestId: request.requestId,
  direction: request.direction,
  ownerBic: request.ownerBic,
  walletId: request.walletId,
  ...amountJson(request.amountMinor, currency),
  expiresAt: isoTime(request.dueAt),
  ...request.decision,
});

/** How long a request may wait for its approvals, milliseconds; a day where the body doesn't say. */
function lifeMsOf(body: Fields): number {
  const seconds = body.expiresInSeconds ?? DAY_SECONDS;
  const fits = typeof seconds === 'number' && Number.isInteger(seconds) && seconds > 0 && seconds <= LIFE_SECONDS_MAX;
  return fits ? seconds * 1_000 : badRequest('expiresInSeconds');
}

/** Issuance and redemption: a bank asks, two officers of the issuer approve. Conversion for a bank's clients. */
export function issuanceRoutes(router: Router, parts: RouteParts): void {
  const { ledger, reads, authorise, submit } = parts;
  const { currency } = ledger;

  const known = async (requestId: string): Promise<MoneyRequest | null> => {
    const [entry] = await reads.entries([{ kind: 'request', entryId: requestId }]);
    return entry ? requestOf(entry) : null;
  };
  /** The request as it is now; where there is none, that is the answer. */
  const required = async (requestId: string): Promise<MoneyRequest> => {
    const request = await known(requestId);
    if (!request) throw new RefusalError(refusal('REQUEST_UNKNOWN'));
    return request;
  };
  const answered = async (requestId: string) => requestJson(await required(requestId), currency);

  const ask = (path: string, direction: RequestDirection): void => {
    const operation = direction === 'issuance' ? 'requestIssuance' : 'requestRedemption';
    router.post(
      path,
      route(async (req, res) => {
        const body = bodyOf(req, ['walletId', 'amount', 'currency', 'expiresInSeconds']);
        const walletId = walletIdOf(textOf(body, 'walletId'), 'walletId');
        const { bic: by } = authorise(req, operation, (await ledger.wallet(walletId))?.ownerBic);
        const requestId = requestIdOf(ledger.code, by, idempotencyKeyOf(req));
        const said = { amountMinor: amountOf(body, currency), lifeMs: lifeMsOf(body) };
        await submit({ kind: 'requestMoney', by, requestId, direction, walletId, ...said });
        res.status(201).json(await answered(requestId));
      }),
    );
  };
  ask('/issuance', 'issuance');
  ask('/redemption', 'redemption');

  router.get(
    '/requests',
    route(async (req, res) => {
      const { owner, after } = req.query;
      if (owner !== undefined && (typeof owner !== 'string' || !isBic(owner))) return badRequest('owner');
      authorise(req, 'readRequest', owner);
      if (after !== undefined && typeof after !== 'string') return badRequest('after');
      const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
      const entries = await reads.entriesOf('request', owner ? bicKey(owner) : null, after ?? null, limit);
      const last = entries.length === limit ? entries.at(-1) : undefined;
      res.json({
        requests: entries.map((entry) => requestJson(requestOf(entry), currency)),
        next: last?.entryId ?? null,
      });
    }),
  );

  router.get(
    '/requests/:id',
    route(async (req, res) => {
      const requestId = String(req.params.id);
      authorise(req, 'readRequest', (await known(requestId))?.ownerBic);
      res.json(await answered(requestId));
    }),
  );

  router.post(
    '/requests/:id/approval',
    route(async (req, res) => {
      const { keyId } = authorise(req, 'approveRequest', null);
      bodyOf(req, []);
      const { requestId, walletId } = await required(String(req.params.id));
      await submit({ kind: 'approveRequest', requestId, walletId, keyId });
      res.json(await answered(requestId));
    }),
  );

  router.post(
    '/requests/:id/refusal',
    route(async (req, res) => {
      const { keyId } = authorise(req, 'refuseRequest', null);
      const reason = textOf(bodyOf(req, ['reason']), 'reason');
      const requestId = String(req.params.id);
      await submit({ kind: 'refuseRequest', requestId, keyId, reason });
      res.json(await answered(requestId));
    }),
  );

  conversionRoute(router, parts);
}

function conversionRoute(router: Router, { ledger, authorise, submit }: RouteParts): void {
  router.post(
    '/conversions',
    route(async (req, res) => {
      const names = ['direction', 'bankWallet', 'clientWallet', 'amount', 'currency', 'nonCashEntry'];
      const body = bodyOf(req, names);
      const bankWallet = walletIdOf(textOf(body, 'bankWallet'), 'bankWallet');
      const clientWallet = walletIdOf(textOf(body, 'clientWallet'), 'clientWallet');
      const { bic: by } = authorise(req, 'convert', (await ledger.wallet(bankWallet))?.ownerBic);
      authorise(req, 'convert', (await ledger.wallet(clientWallet))?.ownerBic);
      const conversion = {
        direction: oneOf(body, 'direction', CONVERSION_DIRECTIONS),
        nonCashEntry: textOf(body, 'nonCashEntry'),
        amountMinor: amountOf(body, ledger.currency),
        reference: `${bicKey(by)}/${idempotencyKeyOf(req)}`,
      };
      res.status(201).json(outcomeJson(await submit({ kind: 'convert', by, bankWallet, clientWallet, ...conversion })));
    }),
  );
}

import type { Request, Router } from 'express';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { bicKey, isBic } from '../../kernel/ids.js';
import type { PocketRow, WalletRow } from '../model.js';
import type { StatementCursor } from '../store.js';
import { countOf, walletIdOf } from './body.js';
import { balanceJson, entryJson, pocketJson } from './json.js';
import type { RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';

const PAGE_MAX = 500;
const PAGE = 100;

/** Balance, statement and list of wallets. A wallet that isn't there looks like one that isn't the caller's. */
export function walletRoutes(router: Router, { ledger, reads, authorise }: RouteParts): void {
  const { currency } = ledger;
  const walletOf = async (req: Request): Promise<WalletRow> => {
    const walletId = walletIdOf(String(req.params.id), 'walletId');
    const row = await reads.walletRow(walletId);
    authorise(req, 'readWallet', row?.ownerBic);
    if (!row) throw new RefusalError(refusal('WALLET_UNKNOWN', walletId));
    return row;
  };

  router.get(
    '/wallets/:id/balance',
    route(async (req, res) => {
      const row = await walletOf(req);
      const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
      const pockets = await reads.pocketsOf(row.walletId, afterPocketOf(req), limit);
      const last = pockets.length === limit ? pockets.at(-1) : undefined;
      res.json({
        ...balanceJson(row, currency),
        pockets: pockets.map((pocket) => pocketJson(pocket, currency)),
        next: last ? `${last.markLevel}.${last.markId}` : null,
      });
    }),
  );

  router.get(
    '/wallets/:id/statement',
    route(async (req, res) => {
      const { walletId } = await walletOf(req);
      const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
      const entries = await reads.statement(walletId, cursorOf(req), limit);
      const last = entries.length === limit ? entries.at(-1) : undefined;
      res.json({
        walletId,
        entries: entries.map((entry) => entryJson(entry, currency)),
        next: last ? `${last.blockSequence}.${last.position}` : null,
      });
    }),
  );

  router.get(
    '/wallets',
    route(async (req, res) => {
      const { owner, after } = req.query;
      authorise(req, 'listWallets', typeof owner === 'string' && isBic(owner) ? owner : null);
      if (typeof owner !== 'string' || !isBic(owner)) return badRequest('owner');
      const from = typeof after === 'string' ? walletIdOf(after, 'after') : null;
      const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
      const rows = await reads.walletsOf(bicKey(owner), from, limit);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      res.json({ wallets: rows.map((row) => balanceJson(row, currency)), next: last?.walletId ?? null });
    }),
  );
}

/** `after=<level>.<mark>`, as the page before gave it in `next`. */
function afterPocketOf(req: Request): Pick<PocketRow, 'markId' | 'markLevel'> | null {
  const { after } = req.query;
  if (after === undefined) return null;
  const match = typeof after === 'string' ? /^(\d{1,9})\.([\x21-\x7e]{1,200})$/.exec(after) : null;
  return match ? { markLevel: Number(match[1]), markId: match[2]! } : badRequest('after');
}

/** `before=<block sequence>.<position>`, as the page before gave it in `next`. */
function cursorOf(req: Request): StatementCursor | null {
  const { before } = req.query;
  if (before === undefined) return null;
  const match = typeof before === 'string' ? /^(\d{1,18})\.(\d{1,9})$/.exec(before) : null;
  return match ? { blockSequence: BigInt(match[1]!), position: Number(match[2]) } : badRequest('before');
}

import type { Request, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { eventOfHold } from '../domestic/event.js';
import type { ConditionKind, Hold } from '../types.js';
import { countOf, walletIdOf } from './body.js';
import { amountJson } from './json.js';
import type { RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';
import { PAGE, PAGE_MAX } from './topic.js';

/** Money that is reserved now: for payments to other ledgers, and for events. */
export function holdRoutes(router: Router, { ledger, reads, authorise }: RouteParts): void {
  router.get(
    '/holds',
    route(async (req, res) => {
      const { wallet } = req.query;
      if (wallet !== undefined && typeof wallet !== 'string') return badRequest('wallet');
      const walletId = wallet === undefined ? null : walletIdOf(wallet, 'wallet');
      const row = walletId && (await reads.walletRow(walletId));
      authorise(req, 'readWallet', row?.ownerBic);
      if (walletId && !row) throw new RefusalError(refusal('WALLET_UNKNOWN', walletId));
      const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
      // A page is so many of the ledger's open holds, of which those of the wallet are shown: its cost has a bound.
      const found = await ledger.openHolds(kindOf(req), afterOf(req), limit);
      const last = found.length === limit ? found.at(-1) : undefined;
      res.json({
        holds: found
          .filter(({ debitWallet, creditWallet }) => !walletId || [debitWallet, creditWallet].includes(walletId))
          .map((hold) => holdJson(hold, ledger.currency)),
        next: last ? `${last.heldAt}.${last.conditionRef}` : null,
      });
    }),
  );
}

function kindOf(req: Request): ConditionKind {
  const { kind } = req.query;
  return kind === 'pvp' || kind === 'event' ? kind : badRequest('kind');
}

/** `after=<heldAt>.<reference>`, as the page before gave it in `next`. */
function afterOf(req: Request): { heldAt: number; conditionRef: string } | null {
  const { after } = req.query;
  if (after === undefined) return null;
  const match = typeof after === 'string' ? /^(\d{1,15})\.([\x21-\x7e]{1,200})$/.exec(after) : null;
  return match ? { heldAt: Number(match[1]), conditionRef: match[2]! } : badRequest('after');
}

const holdJson = (hold: Hold, currency: string) => ({
  holdId: hold.holdId,
  kind: hold.conditionKind,
  reference: eventOfHold(hold.conditionRef),
  debitWallet: hold.debitWallet,
  creditWallet: hold.creditWallet,
  ...amountJson(hold.amountMinor, currency),
  markId: hold.markId,
  heldAt: isoTime(hold.heldAt),
});

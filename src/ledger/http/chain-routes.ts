import type { Request, Router } from 'express';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { amountJson, blockJson, hex, tokenJson, transactionJson } from './json.js';
import { badRequest, orRefuse, route } from './refusal.js';
import type { LedgerRouterOptions } from './router.js';

/** Supply, blocks and transactions: what the ledger proves of itself. Blocks list ids only, so they are public. */
export function chainRoutes(router: Router, { ledger, reads, authorise }: LedgerRouterOptions): void {
  const { currency } = ledger;

  router.get(
    '/supply',
    route(async (req, res) => {
      orRefuse(authorise(req, { kind: 'public' }));
      const { issuedMinor, redeemedMinor, blockSequence } = await reads.supply();
      res.json({
        issued: amountJson(issuedMinor, currency),
        redeemed: amountJson(redeemedMinor, currency),
        supply: amountJson(issuedMinor - redeemedMinor, currency),
        blockSequence: blockSequence.toString(),
      });
    }),
  );

  router.get(
    '/blocks/:sequence',
    route(async (req, res) => {
      orRefuse(authorise(req, { kind: 'public' }));
      const block = await reads.block(sequenceOf(req));
      if (!block) throw new RefusalError(refusal('NOT_FOUND', 'block'));
      res.json({ ...blockJson(block), transactionIds: block.transactions.map((row) => hex(row.transactionId)) });
    }),
  );

  router.get(
    '/transactions/:id',
    route(async (req, res) => {
      const id = String(req.params.id);
      if (!/^[0-9a-f]{64}$/.test(id)) return badRequest('transactionId');
      const found = await reads.transaction(Buffer.from(id, 'hex'));
      const wallet = found && (await partyOf(req, [found.transaction.debitWallet, found.transaction.creditWallet]));
      if (!wallet) orRefuse(authorise(req, { kind: 'operator' }));
      if (!found) throw new RefusalError(refusal('NOT_FOUND', 'transaction'));
      res.json({
        ...transactionJson(found.transaction, currency),
        inputs: found.inputs.map((token) => tokenJson(token, currency)),
        outputs: found.outputs.map((token) => tokenJson(token, currency)),
        body: hex(found.transaction.body),
        block: blockJson(found.block),
        merklePath: found.path.map(hex),
      });
    }),
  );

  /** The first of the wallets that the caller may see. */
  const partyOf = async (req: Request, walletIds: readonly (Parameters<typeof ledger.wallet>[0] | null)[]) => {
    for (const walletId of walletIds) {
      const wallet = walletId && (await ledger.wallet(walletId));
      if (wallet && authorise(req, { kind: 'wallet', wallet }) === null) return wallet;
    }
    return null;
  };
}

function sequenceOf(req: Request): bigint | null {
  const text = String(req.params.sequence);
  if (text === 'latest') return null;
  return /^[1-9]\d{0,17}$/.test(text) ? BigInt(text) : badRequest('sequence');
}

import type { Request, Router } from 'express';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { bicKey, type WalletId } from '../../kernel/ids.js';
import { amountJson, blockJson, hex, tokenJson, transactionJson } from './json.js';
import type { RouteParts } from './parts.js';
import { badRequest, route } from './refusal.js';

/** Supply, blocks and transactions: what the ledger proves of itself. Blocks list ids only, so they are public. */
export function chainRoutes(router: Router, { ledger, reads, authorise, callerOf }: RouteParts): void {
  const { currency } = ledger;

  router.get(
    '/supply',
    route(async (req, res) => {
      authorise(req, 'readSupply', null);
      const supply = await reads.supply(req.query.block === undefined ? null : sequenceOf(req.query.block));
      if (!supply) throw new RefusalError(refusal('NOT_FOUND', 'block'));
      const { issuedMinor, redeemedMinor, blockSequence } = supply;
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
      authorise(req, 'readBlock', null);
      const block = await reads.block(sequenceOf(req.params.sequence));
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
      const { debitWallet = null, creditWallet = null } = found?.transaction ?? {};
      const paid = found?.outputs.map(({ walletId }) => walletId) ?? [];
      await authoriseParty(req, [debitWallet, creditWallet, ...paid]);
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

  /** Lets the owners of the wallets pass, and who may see every transaction. */
  const authoriseParty = async (req: Request, walletIds: readonly (WalletId | null)[]): Promise<void> => {
    const rows = await Promise.all(walletIds.filter((id) => id !== null).map((id) => ledger.wallet(id)));
    const owners = rows.flatMap((wallet) => wallet?.ownerBic ?? []);
    const { bic } = callerOf(req);
    authorise(req, 'readTransaction', owners.find((owner) => owner === bicKey(bic)) ?? null);
  };
}

/** A block's sequence; null for the latest. */
function sequenceOf(value: unknown): bigint | null {
  const text = String(value);
  if (text === 'latest') return null;
  return /^[1-9]\d{0,17}$/.test(text) ? BigInt(text) : badRequest('sequence');
}

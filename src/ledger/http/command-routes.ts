import type { Router } from 'express';
import { RefusalError, refusal } from '../../kernel/errors.js';
import { bicKey } from '../../kernel/ids.js';
import { mayOpen, type Operation } from '../domestic/roles.js';
import type { WalletKind, WalletStatus } from '../types.js';
import { amountOf, bicOf, bodyOf, idempotencyKeyOf, oneOf, textOf, walletIdOf } from './body.js';
import { balanceJson } from './json.js';
import { outcomeJson, type RouteParts } from './parts.js';
import { route } from './refusal.js';

const WALLET_KINDS: readonly WalletKind[] = [
  ...(['customer', 'settlement', 'provider', 'treasury', 'issuer', 'suspense', 'residue', 'fee'] as const),
];
const WALLET_STATUSES: readonly WalletStatus[] = ['open', 'blocked', 'closed'];

/** What it takes to bring a wallet from one status to another. Opening a closed one again is its opener's. */
function statusOperation(from: WalletStatus, to: WalletStatus): Operation {
  if (from === 'blocked') return 'unblockWallet';
  if (to === 'blocked') return 'blockWallet';
  return to === 'closed' ? 'closeWallet' : 'openWallet';
}

/** Wallets, accounts and transfers. */
export function commandRoutes(router: Router, { ledger, reads, authorise, submit }: RouteParts): void {
  router.post(
    '/wallets',
    route(async (req, res) => {
      const body = bodyOf(req, ['walletId', 'kind', 'ownerBic']);
      const ownerBic = bicOf(body, 'ownerBic');
      const { role } = authorise(req, 'openWallet', ownerBic);
      const walletId = walletIdOf(textOf(body, 'walletId'), 'walletId');
      const kind = oneOf(body, 'kind', WALLET_KINDS);
      if (!mayOpen(role, kind)) throw new RefusalError(refusal('FORBIDDEN', 'kind'));
      await submit({ kind: 'openWallet', wallet: { walletId, kind, ownerBic } });
      const row = await reads.walletRow(walletId);
      res.status(201).json(row && balanceJson(row, ledger.currency));
    }),
  );

  router.post(
    '/wallets/:id/status',
    route(async (req, res) => {
      const walletId = walletIdOf(String(req.params.id), 'walletId');
      const status = oneOf(bodyOf(req, ['status']), 'status', WALLET_STATUSES);
      const wallet = await ledger.wallet(walletId);
      const from = wallet?.status ?? 'open';
      authorise(req, statusOperation(from, status), wallet?.ownerBic);
      res.json(outcomeJson(await submit({ kind: 'setWalletStatus', walletId, status, from })));
    }),
  );

  router.post(
    '/accounts',
    route(async (req, res) => {
      const body = bodyOf(req, ['agentBic', 'accountId', 'walletId']);
      const agentBic = bicOf(body, 'agentBic');
      authorise(req, 'registerAccount', agentBic);
      const walletId = walletIdOf(textOf(body, 'walletId'), 'walletId');
      const wallet = await ledger.wallet(walletId);
      authorise(req, 'registerAccount', wallet?.ownerBic);
      const accountId = textOf(body, 'accountId');
      const outcome = await submit({ kind: 'registerAccount', agentBic: bicKey(agentBic), accountId, walletId });
      res.status(201).json(outcomeJson(outcome));
    }),
  );

  router.post(
    '/transfers',
    route(async (req, res) => {
      const body = bodyOf(req, ['debitWallet', 'creditWallet', 'amount', 'currency']);
      const debitWallet = walletIdOf(textOf(body, 'debitWallet'), 'debitWallet');
      const wallet = await ledger.wallet(debitWallet);
      authorise(req, 'transfer', wallet?.ownerBic);
      const creditWallet = walletIdOf(textOf(body, 'creditWallet'), 'creditWallet');
      const amountMinor = amountOf(body, ledger.currency);
      // References of different payers don't meet: each has the keys of its own wallet.
      const reference = `${debitWallet}/${idempotencyKeyOf(req)}`;
      const transfer = { kind: 'transfer', reference, debitWallet, creditWallet, amountMinor } as const;
      res.status(201).json(outcomeJson(await submit(transfer)));
    }),
  );
}

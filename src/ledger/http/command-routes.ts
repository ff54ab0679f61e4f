import type { Router } from 'express';
import { RefusalError, refusal } from '../../kernel/errors.js';
import type { LedgerCommand, LedgerOutcome, WalletKind, WalletStatus } from '../types.js';
import { amountOf, bicOf, bodyOf, idempotencyKeyOf, oneOf, textOf, walletIdOf } from './body.js';
import { balanceJson, hex } from './json.js';
import { orRefuse, route } from './refusal.js';
import type { LedgerRouterOptions } from './router.js';

const WALLET_KINDS: readonly WalletKind[] = [
  ...(['customer', 'settlement', 'provider', 'treasury', 'issuer', 'suspense', 'residue'] as const),
];
const WALLET_STATUSES: readonly WalletStatus[] = ['open', 'blocked', 'closed'];

const outcomeJson = (outcome: LedgerOutcome) => ({
  blockSequence: outcome.blockSequence.toString(),
  transactionId: outcome.transactionId && hex(outcome.transactionId),
});

/** Commands over HTTP: register and issuance for the operator, transfers also for the owner of the debited wallet. */
export function commandRoutes(router: Router, { ledger, reads, authorise }: LedgerRouterOptions): void {
  const submit = async (command: LedgerCommand): Promise<LedgerOutcome> => {
    const result = await ledger.submit(command);
    if (!result.ok) throw new RefusalError(result.error);
    return result.value;
  };

  router.post(
    '/wallets',
    route(async (req, res) => {
      orRefuse(authorise(req, { kind: 'operator' }));
      const body = bodyOf(req, ['walletId', 'kind', 'ownerBic']);
      const walletId = walletIdOf(textOf(body, 'walletId'), 'walletId');
      const wallet = { walletId, kind: oneOf(body, 'kind', WALLET_KINDS), ownerBic: bicOf(body, 'ownerBic') };
      await submit({ kind: 'openWallet', wallet });
      const row = await reads.walletRow(walletId);
      res.status(201).json(row && balanceJson(row, ledger.currency));
    }),
  );

  router.post(
    '/wallets/:id/status',
    route(async (req, res) => {
      orRefuse(authorise(req, { kind: 'operator' }));
      const walletId = walletIdOf(String(req.params.id), 'walletId');
      const status = oneOf(bodyOf(req, ['status']), 'status', WALLET_STATUSES);
      res.json(outcomeJson(await submit({ kind: 'setWalletStatus', walletId, status })));
    }),
  );

  router.post(
    '/accounts',
    route(async (req, res) => {
      orRefuse(authorise(req, { kind: 'operator' }));
      const body = bodyOf(req, ['agentBic', 'accountId', 'walletId']);
      const walletId = walletIdOf(textOf(body, 'walletId'), 'walletId');
      const account = { agentBic: bicOf(body, 'agentBic'), accountId: textOf(body, 'accountId'), walletId };
      res.status(201).json(outcomeJson(await submit({ kind: 'registerAccount', ...account })));
    }),
  );

  router.post(
    '/issuance',
    route(async (req, res) => {
      orRefuse(authorise(req, { kind: 'operator' }));
      const reference = idempotencyKeyOf(req);
      const body = bodyOf(req, ['creditWallet', 'amount', 'currency']);
      const creditWallet = walletIdOf(textOf(body, 'creditWallet'), 'creditWallet');
      const amountMinor = amountOf(body, ledger.currency);
      res.status(201).json(outcomeJson(await submit({ kind: 'issue', reference, creditWallet, amountMinor })));
    }),
  );

  router.post(
    '/transfers',
    route(async (req, res) => {
      const body = bodyOf(req, ['debitWallet', 'creditWallet', 'amount', 'currency']);
      const debitWallet = walletIdOf(textOf(body, 'debitWallet'), 'debitWallet');
      const wallet = await ledger.wallet(debitWallet);
      orRefuse(authorise(req, wallet ? { kind: 'wallet', wallet } : { kind: 'operator' }));
      if (!wallet) throw new RefusalError(refusal('WALLET_UNKNOWN', debitWallet));
      const creditWallet = walletIdOf(textOf(body, 'creditWallet'), 'creditWallet');
      const amountMinor = amountOf(body, ledger.currency);
      // References of different payers don't meet: each has the keys of its own wallet.
      const reference = `${debitWallet}/${idempotencyKeyOf(req)}`;
      const transfer = { kind: 'transfer', reference, debitWallet, creditWallet, amountMinor } as const;
      res.status(201).json(outcomeJson(await submit(transfer)));
    }),
  );
}

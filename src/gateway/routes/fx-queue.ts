import { type Response, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import type { LedgerCode } from '../../kernel/ids.js';
import { formatMinor } from '../../kernel/money.js';
import { callerOf } from '../identity/authenticator.js';
import { type LiquidityQueue, type ShownPayment, walletOfName } from '../liquidity-queue.js';
import { HttpProblem } from '../problem.js';

export interface FxQueueRouterOptions {
  readonly queue: Pick<LiquidityQueue, 'shown'>;
  readonly currency: (ledger: LedgerCode) => string;
}

function requireReader(response: Response): void {
  const { role } = callerOf(response).participant;
  if (role !== 'operator' && role !== 'desk') throw new HttpProblem(refusal('FORBIDDEN'));
}

/** `GET /v1/fx/queue`: who waits for liquidity, in which order they would run now, and on how much of it. */
export function createFxQueueRouter({ queue, currency }: FxQueueRouterOptions): Router {
  const moneyOf = (minor: bigint, ledger: LedgerCode) => ({
    amount: formatMinor(minor, currency(ledger)),
    currency: currency(ledger),
  });
  const inWallet = (name: string, minor: bigint) => {
    const { ledger, walletId } = walletOfName(name);
    return { ledger, walletId, ...moneyOf(minor, ledger) };
  };
  const paymentView = ({ record, queue: place, run, lacks }: ShownPayment, at: number) => ({
    uetr: record.uetr,
    sender: record.sender,
    msgId: record.msgId,
    priority: place.priority,
    source: place.source,
    destination: place.destination,
    ...moneyOf(BigInt(place.amountMinor), place.source),
    since: isoTime(place.since),
    until: isoTime(place.until),
    run: run && {
      place: at + 1,
      providers: run.way.providers,
      isFunded: run.isFunded,
      takes: run.way.takes.map(({ wallet, minor }) => inWallet(wallet, minor)),
      brings: run.way.brings.map(({ wallet, minor }) => inWallet(wallet, minor)),
      after: [...run.after].map(([wallet, minor]) => inWallet(wallet, minor)),
    },
    lacks: lacks.map(({ wallet, minor }) => inWallet(wallet, minor)),
  });
  const router = Router();
  router.get('/v1/fx/queue', async (_request, response) => {
    requireReader(response);
    const { payments, liquidity } = await queue.shown();
    response.json({
      payments: payments.map(paymentView),
      liquidity: liquidity.map(({ wallet, available, gross, used }) => {
        const { ledger, walletId } = walletOfName(wallet);
        const amount = (minor: bigint) => formatMinor(minor, currency(ledger));
        return {
          ledger,
          walletId,
          currency: currency(ledger),
          available: amount(available),
          gross: amount(gross),
          used: amount(used),
        };
      }),
    });
  });
  return router;
}

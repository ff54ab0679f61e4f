import BigDefault from 'big.js';
import { type Request, type Response, Router } from 'express';
import { type Clock, isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic } from '../../kernel/ids.js';
import { currencyExponent, formatMinor } from '../../kernel/money.js';
import { callerOf } from '../identity/authenticator.js';
import { jsonBody } from '../json-body.js';
import type { CheckedTrade, PositionDesk, ProviderPosition, ValuedPosition } from '../positions.js';
import { HttpProblem } from '../problem.js';
import { fieldsOf } from '../rate-json.js';
import { pageOf } from './fx-rates.js';

export interface FxPositionsRouterOptions {
  readonly desk: Pick<PositionDesk, 'positions' | 'trades' | 'setLowWater'>;
  readonly clock: Clock;
}

const sumOf = <T>(items: readonly T[], minorOf: (item: T) => bigint): bigint =>
  items.reduce((sum, item) => sum + minorOf(item), 0n);

/** What rounding brought, a decimal of the currency with as many decimals as it takes. */
const residueView = (minor: string, currency: string): string =>
  new BigDefault(minor).times(new BigDefault(10).pow(-(currencyExponent(currency) ?? 0))).toFixed();

const resultView = ({ position, averageRate, middle, unrealisedMinor }: ValuedPosition) => ({
  against: position.against,
  position: formatMinor(position.positionMinor, position.currency),
  averageRate,
  middleRate: middle?.rate ?? null,
  middleAsOf: middle && isoTime(middle.asOf),
  realised: formatMinor(position.realisedMinor, position.against),
  unrealised: unrealisedMinor === null ? null : formatMinor(unrealisedMinor, position.against),
});

const positionView = ({ provider, currency, wallets, results, lowWater, isLow }: ProviderPosition) => ({
  provider,
  currency,
  wallets: wallets.map(({ ledger, walletId, balance, reservedMinor }) => ({
    ledger,
    walletId,
    available: balance && formatMinor(balance.availableMinor, currency),
    held: balance && formatMinor(balance.heldMinor, currency),
    reserved: formatMinor(reservedMinor, currency),
  })),
  position: formatMinor(
    sumOf(results, ({ position }) => position.positionMinor),
    currency,
  ),
  residue: residueView(
    results.reduce((sum, { position }) => sum.plus(position.residue), new BigDefault(0)).toFixed(),
    currency,
  ),
  tradeCount: results.reduce((count, { position }) => count + position.tradeCount, 0),
  results: results.map(resultView),
  lowWater: lowWater && {
    amount: formatMinor(lowWater.lowMinor, currency),
    setBy: lowWater.setBy,
    setAt: isoTime(lowWater.setAt),
  },
  isLow,
});

const tradeView = (trade: CheckedTrade) => ({
  sequence: trade.sequence,
  quoteId: trade.quoteId,
  uetr: trade.uetr,
  bookedAt: isoTime(trade.bookedAt),
  got: { amount: formatMinor(trade.sourceMinor, trade.sourceCurrency), currency: trade.sourceCurrency },
  gave: { amount: formatMinor(trade.targetMinor, trade.targetCurrency), currency: trade.targetCurrency },
  residue: { amount: residueView(trade.residueGain, trade.residueCurrency), currency: trade.residueCurrency },
  equalsQuote: trade.equalsQuote,
});

/** Whose positions a caller sees: a provider its own, desk and operator all. */
function seenBy(response: Response): Bic | null {
  const { bic, role } = callerOf(response).participant;
  if (role === 'desk' || role === 'operator') return null;
  if (role === 'provider') return bicKey(bic);
  throw new HttpProblem(refusal('FORBIDDEN'));
}

function providerOf({ params }: Request): Bic {
  const provider = String(params.provider);
  if (!isBic(provider)) throw new HttpProblem(refusal('NOT_FOUND', 'a provider is named by its BIC'));
  return bicKey(provider);
}

/** What providers have and what trading brought them; marks below which their funds are low. */
export function createFxPositionsRouter({ desk, clock }: FxPositionsRouterOptions): Router {
  const router = Router();

  router.get('/v1/fx/positions', async (_request, response) => {
    const positions = await desk.positions(seenBy(response));
    response.json({ at: isoTime(clock.now()), positions: positions.map(positionView) });
  });

  router.get('/v1/fx/positions/:provider/trades', async (request, response) => {
    const [seen, provider] = [seenBy(response), providerOf(request)];
    if (seen !== null && seen !== provider) throw new HttpProblem(refusal('FORBIDDEN'));
    const { before, limit } = pageOf(request);
    const found = await desk.trades(provider, { before, limit });
    const last = found.length === limit ? found.at(-1) : undefined;
    response.json({ trades: found.map(tradeView), next: last?.sequence ?? null });
  });

  router.put('/v1/fx/positions/:provider/:currency/low-water', async (request, response) => {
    const { participant, keyId } = callerOf(response);
    if (participant.role !== 'desk') throw new HttpProblem(refusal('FORBIDDEN'));
    const [provider, currency] = [providerOf(request), String(request.params.currency)];
    const { amount } = fieldsOf(jsonBody(request), 'the body', ['amount']);
    if (amount !== null && typeof amount !== 'string')
      throw new HttpProblem(refusal('BAD_REQUEST', 'amount is a decimal, or null'));
    const set = await desk.setLowWater({ provider, currency, amount, setBy: keyId });
    if (!set.ok) throw new HttpProblem(set.error);
    response.json(positionView(set.value));
  });

  return router;
}

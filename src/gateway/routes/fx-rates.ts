import { Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import type { Bic } from '../../kernel/ids.js';
import type { Desk } from '../../pvp/desk.js';
import type { CurrencyPair, PairRate } from '../../pvp/desk-store.js';
import { callerOf } from '../identity/authenticator.js';
import { stringMembers } from '../json-body.js';
import { HttpProblem } from '../problem.js';

/** A current rate as the API shows it: target units per one source unit of the pair `SOURCE-TARGET`. */
export interface RateView {
  readonly pair: string;
  readonly sourceCurrency: string;
  readonly targetCurrency: string;
  readonly rate: string;
  readonly provider: Bic;
  readonly setAt: string;
}

const rateView = (rate: PairRate): RateView => ({
  pair: `${rate.sourceCurrency}-${rate.targetCurrency}`,
  sourceCurrency: rate.sourceCurrency,
  targetCurrency: rate.targetCurrency,
  rate: rate.rate,
  provider: rate.providerBic,
  setAt: isoTime(rate.setAt),
});

function pairOf(text: string): CurrencyPair {
  const match = /^([A-Z]{3})-([A-Z]{3})$/.exec(text);
  if (!match) throw new HttpProblem(refusal('NOT_FOUND', 'a pair is written like KZT-CNY'));
  return { sourceCurrency: match[1]!, targetCurrency: match[2]! };
}

/** Current rates: every caller reads them, the desk sets them by `PUT /v1/fx/rates/{pair}`. */
export function createFxRatesRouter(desk: Pick<Desk, 'setRate' | 'currentRate' | 'currentRates'>): Router {
  const router = Router();

  router.get('/v1/fx/rates', async (_request, response) => {
    callerOf(response);
    const rates = await desk.currentRates();
    response.json({ rates: rates.map(rateView) });
  });

  router.get('/v1/fx/rates/:pair', async (request, response) => {
    callerOf(response);
    const rate = await desk.currentRate(pairOf(request.params.pair));
    if (!rate.ok) throw new HttpProblem(refusal('NOT_FOUND', 'the pair has no current rate'));
    response.json(rateView(rate.value));
  });

  router.put('/v1/fx/rates/:pair', async (request, response) => {
    const { participant, keyId } = callerOf(response);
    if (participant.role !== 'desk') throw new HttpProblem(refusal('FORBIDDEN'));
    const pair = pairOf(request.params.pair);
    const { rate } = stringMembers(request, ['rate']);
    const set = await desk.setRate(pair, rate, keyId);
    if (!set.ok) throw new HttpProblem(set.error);
    response.json(rateView(set.value));
  });

  return router;
}

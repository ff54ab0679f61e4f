import { type Request, type Response, Router } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { refusal } from '../../kernel/errors.js';
import type { Bic } from '../../kernel/ids.js';
import type { Desk } from '../../pvp/desk.js';
import type { CurrencyPair, PairRate } from '../../pvp/desk-store.js';
import { callerOf } from '../identity/authenticator.js';
import { HttpProblem } from '../problem.js';
import type { RateDesk } from '../rate-desk.js';
import { storedRateView } from '../rate-json.js';

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

const LIMIT_MAX = 500;
const LIMIT = 100;

/** `limit` and `after` of a page, newest first by sequence. Throws {@link HttpProblem}. */
export function pageOf({ query }: Request): { readonly before: string | null; readonly limit: number } {
  const { limit = String(LIMIT), after = null } = query;
  const unknown = Object.keys(query).find((name) => name !== 'limit' && name !== 'after');
  const isCount = typeof limit === 'string' && /^[1-9]\d{0,2}$/.test(limit) && Number(limit) <= LIMIT_MAX;
  if (unknown !== undefined || !isCount) throw new HttpProblem(refusal('BAD_REQUEST', `limit is 1 to ${LIMIT_MAX}`));
  if (after !== null && !(typeof after === 'string' && /^\d{1,18}$/.test(after)))
    throw new HttpProblem(refusal('BAD_REQUEST', 'after is no sequence'));
  return { before: after as string | null, limit: Number(limit) };
}

/** Whose rates a caller may see in full: a provider its own, desk and operator all; tiers are between provider and bank. */
function seenBy(response: Response): Bic | null {
  const { bic, role } = callerOf(response).participant;
  if (role === 'desk' || role === 'operator') return null;
  if (role === 'provider') return bic;
  throw new HttpProblem(refusal('FORBIDDEN'));
}

/** Current rates, which every caller reads; each provider's and their history for who looks after them. */
export function createFxRatesRouter(
  desk: Pick<Desk, 'currentRate' | 'currentRates'>,
  rates: Pick<RateDesk, 'history' | 'states'>,
): Router {
  const router = Router();

  router.get('/v1/fx/rates', async (_request, response) => {
    const current = await desk.currentRates(callerOf(response).participant.bic);
    response.json({ rates: current.map(rateView) });
  });

  router.get('/v1/fx/rates/:pair', async (request, response) => {
    const rate = await desk.currentRate(pairOf(request.params.pair), callerOf(response).participant.bic);
    if (!rate.ok) throw new HttpProblem(refusal('NOT_FOUND', 'the pair has no current rate'));
    response.json(rateView(rate.value));
  });

  router.get('/v1/fx/rates/:pair/providers', async (request, response) => {
    const seen = seenBy(response);
    const states = await rates.states(pairOf(request.params.pair));
    response.json({
      pair: request.params.pair,
      providers: states
        .filter(({ provider }) => seen === null || provider === seen)
        .map(({ provider, rate, reason, cards }) => ({
          provider,
          rate,
          reason: reason?.code ?? null,
          cards: cards.map(storedRateView),
        })),
    });
  });

  router.get('/v1/fx/rates/:pair/history', async (request, response) => {
    const provider = seenBy(response);
    const pair = pairOf(request.params.pair);
    const { before, limit } = pageOf(request);
    const found = await rates.history(pair, { provider, before, limit });
    const last = found.length === limit ? found.at(-1) : undefined;
    response.json({ rates: found.map(storedRateView), next: last ? String(last.sequence) : null });
  });

  return router;
}

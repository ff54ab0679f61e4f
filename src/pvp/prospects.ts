/**
 * What payments that wait for liquidity would be offered now: every way at the rates of now, the best first, whether or not
 * there is money for it; and what there is. Nothing is promised by it.
 */
import { type Refusal, refusal } from '../kernel/errors.js';
import { err, ok, type Result } from '../kernel/result.js';
import { comparePriced, type DeskRoute, type PricedRoute, priceRoute, refusalOf } from './best-offer.js';
import { askedFor, checkWorstRate, type FirmOffersOptions, isFor, type RatedRequest, tariffOf } from './firm-offers.js';
import { coveredKey, keyOf, walletName } from './limits.js';
import type { Room, Way } from './liquidity-queue.js';
import { rateBook } from './rates.js';

export interface Prospects {
  /** One outcome a request, in order. Errors: those of an offer, but for lack of money. */
  readonly ways: readonly Result<readonly Way[], Refusal>[];
  /** Of the wallets that any of the ways takes from, what is promised to nobody. */
  readonly room: Room;
}

export async function prospectsOf(options: FirmOffersOptions, requests: readonly RatedRequest[]): Promise<Prospects> {
  const { clock, counting, rulesFor, store } = options;
  const wanted = requests.map((request) => options.routes.filter((route) => isFor(request, route)));
  const now = clock.now();
  const asked = askedFor(counting, requests, wanted.flat(), now);
  if (counting) await counting.refresh(asked.wallets);
  const providers = [...new Set(wanted.flat(2).map(({ providerBic }) => providerBic))];
  const market = await store.market(providers, now, asked);
  const book = rateBook(market.rates, now, 0);
  const ways = requests.map((request, i): Result<readonly Way[], Refusal> => {
    const tariff = tariffOf(market, wanted[i]!, request);
    const judged = wanted[i]!.map((route) =>
      priceRoute({ ...book, ageMaxMs: rulesFor(request).rateAgeMaxMs }, market.halts, route, request, tariff),
    );
    const priced = judged
      .flatMap((one) => (one.ok ? [one.value] : []))
      .sort((a, b) => comparePriced(b, a, request.fixedSide));
    if (priced.length === 0) return err(refusalOf(judged.flatMap((one) => (one.ok ? [] : [one.error]))));
    const taken = priced.filter(({ rate }) => checkWorstRate(request.worstRate ?? null, rate).ok);
    return taken.length > 0 ? ok(taken.map(wayOf)) : err(refusal('RATE_WORSE'));
  });
  const counters = new Map(market.counters.map((counter) => [keyOf(counter), counter.amount]));
  const room = new Map<string, bigint>();
  for (const { targetLedger, targetProviderWallet, targetCurrency: currency } of wanted.flat(2)) {
    const name = walletName(targetLedger, targetProviderWallet);
    const promised = keyOf({ scope: 'wallet', name, day: '', measure: 'promised', currency });
    room.set(name, (counters.get(coveredKey(name, currency)) ?? 0n) - (counters.get(promised) ?? 0n));
  }
  return { ways, room };
}

const wayOf = ({ route, prices }: PricedRoute): Way => ({
  providers: providersOf(route),
  takes: route.map(({ targetLedger, targetProviderWallet }, i) => ({
    wallet: walletName(targetLedger, targetProviderWallet),
    minor: prices[i]!.targetAmountMinor,
  })),
  brings: route.map(({ sourceLedger, sourceProviderWallet }, i) => ({
    wallet: walletName(sourceLedger, sourceProviderWallet),
    minor: prices[i]!.sourceAmountMinor,
  })),
});

const providersOf = (route: DeskRoute) => route.map(({ providerBic }) => providerBic);

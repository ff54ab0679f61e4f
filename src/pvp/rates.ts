/**
 * What a provider asks for a currency pair, and the rate that follows from it for one request: pure and exact. A card is
 * written the market's way, units of the quoted currency per one unit of the unit currency (ISO 20022 `UnitCcy`,
 * `QtdCcy`), and serves both directions: whoever gives the unit currency gets the bid, whoever gives the quoted currency
 * the inverse of the ask. Every rate that is computed is rounded against the payer, so that a payee never gets more than
 * the card says (beside the half minor unit of the conversion itself).
 */
import BigDefault, { type Big } from 'big.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey } from '../kernel/ids.js';
import { currencyExponent, parseAmount } from '../kernel/money.js';
import { oncePerObject } from '../kernel/once.js';
import { err, ok, type Result } from '../kernel/result.js';
import { type Conversion, compareRates, convert, type FixedSide, type Rate, roundedRate } from './conversion.js';

/** One provider's prices for one pair. Amounts are decimals of the unit currency, times milliseconds. */
export interface RateCard {
  readonly providerBic: Bic;
  readonly unitCurrency: string;
  readonly quotedCurrency: string;
  /** The middle that tiers have a spread over; null where they have sides of their own, or `vehicle` gives it. */
  readonly mid: Rate | null;
  /** The middle is computed through this currency, from the provider's cards for both its pairs. */
  readonly vehicle: string | null;
  readonly tiers: readonly RateTier[];
  /** Greatest amount that is traded at once; null: any. */
  readonly amountMax: string | null;
  /** It stands from then on, instead of the card before it, */
  readonly validFrom: number;
  /** and until then, if no other follows; null: until one does. */
  readonly validTo: number | null;
}

/** Prices from an amount on, for everybody or for some banks. */
export interface RateTier {
  readonly amountFrom: string;
  /** Empty: for every bank for which no other tier is. */
  readonly banks: readonly Bic[];
  /** What the provider gives, and wants, for a unit; one that has only one side trades only one direction. */
  readonly bid: Rate | null;
  readonly ask: Rate | null;
  /** Instead of sides: the distance between them in basis points of the middle. */
  readonly spreadBps: string | null;
}

/** A card with where it came from. `setBy` and `approvedBy` are ids of keys. */
export interface StoredRate {
  /** Grows with every card. */
  readonly sequence: number;
  readonly card: RateCard;
  /** When the provider had this price: from then on it gets older. */
  readonly asOf: number;
  readonly setAt: number;
  readonly setBy: string;
  /** The second officer, of a rate set by hand. */
  readonly approvedBy: string | null;
}

/** The cards that stand now, one a provider and pair. */
export interface RateBook {
  readonly find: (provider: Bic, unitCurrency: string, quotedCurrency: string) => StoredRate | undefined;
  readonly now: number;
  /** How old a price may be, milliseconds. */
  readonly ageMaxMs: number;
}

const TIERS_MAX = 50;
const BANKS_MAX = 500;
const BPS_LEXICAL = /^\d{1,5}(?:\.\d{1,4})?$/;
/** Half of the spread comes off the middle, and something must be left. */
const BPS_LIMIT = 20_000;

const Exact = BigDefault();
Exact.DP = 40;
Exact.RM = BigDefault.roundHalfEven;

/** Whether a card can be used as it is. Errors: `RATE_INVALID`, the detail says what is wrong. */
export function checkCard(card: RateCard): Result<RateCard, Refusal> {
  const fault = faultOf(card);
  return fault === null ? ok(card) : err(refusal('RATE_INVALID', fault));
}

function faultOf(card: RateCard): string | null {
  const { unitCurrency, quotedCurrency, vehicle, mid, tiers, amountMax, validFrom, validTo } = card;
  for (const currency of [unitCurrency, quotedCurrency, ...(vehicle === null ? [] : [vehicle])])
    if (currencyExponent(currency) === undefined) return `${currency} is no currency`;
  if (unitCurrency === quotedCurrency) return 'the two currencies are one';
  if (vehicle === unitCurrency || vehicle === quotedCurrency) return 'vehicle is one of the two currencies';
  if (mid !== null && vehicle !== null) return 'mid and vehicle are both given';
  if (tiers.length === 0 || tiers.length > TIERS_MAX) return `tiers are 1 to ${TIERS_MAX}`;
  if (validTo !== null && validTo <= validFrom) return 'validTo is not after validFrom';
  if (amountMax !== null && !isAmount(amountMax, unitCurrency)) return 'amountMax is no amount of the unit currency';
  const faults = tiers.flatMap((tier, i) => {
    const fault = faultOfTier(card, tier);
    return fault === null ? [] : [`tiers[${i}]: ${fault}`];
  });
  return faults[0] ?? overlap(tiers);
}

function faultOfTier({ unitCurrency, mid, vehicle }: RateCard, tier: RateTier): string | null {
  const { amountFrom, banks, bid, ask, spreadBps } = tier;
  if (!isAmount(amountFrom, unitCurrency)) return 'amountFrom is no amount of the unit currency';
  if (banks.length > BANKS_MAX) return `banks are at most ${BANKS_MAX}`;
  if (mid === null && vehicle === null) {
    if (spreadBps !== null) return 'a spread needs mid or vehicle';
    if (bid === null && ask === null) return 'bid or ask is missing';
    return bid !== null && ask !== null && compareRates(bid, ask) > 0 ? 'bid is above ask' : null;
  }
  if (bid !== null || ask !== null) return 'bid and ask do not go with mid or vehicle';
  if (spreadBps === null || !BPS_LEXICAL.test(spreadBps)) return 'spreadBps is missing or no number of basis points';
  return Number(spreadBps) < BPS_LIMIT ? null : `spreadBps is not below ${BPS_LIMIT}`;
}

/** Two prices for one bank from one amount on would be a matter of luck. */
function overlap(tiers: readonly RateTier[]): string | null {
  const names = tiers.flatMap(({ amountFrom, banks }) => {
    const from = new Exact(amountFrom).toFixed();
    return banks.length === 0 ? [`${from} all`] : banks.map((bank) => `${from} ${bicKey(bank)}`);
  });
  return new Set(names).size < names.length ? 'two tiers are for the same amount and bank' : null;
}

const isAmount = (text: string, currency: string): boolean => parseAmount(text, currency).ok;

/** Both sides of a tier over a middle: the bid rounded down, the ask up. A side that is no rate is missing. */
export function sidesOf(
  { bid, ask, spreadBps }: Pick<RateTier, 'bid' | 'ask' | 'spreadBps'>,
  mid: Big | null,
): { readonly bid: Rate | null; readonly ask: Rate | null } {
  if (spreadBps === null || mid === null) return { bid, ask };
  const half = new Exact(spreadBps).div(BPS_LIMIT);
  return {
    bid: roundedRate(mid.times(new Exact(1).minus(half)), 'down'),
    ask: roundedRate(mid.times(half.plus(1)), 'up'),
  };
}

/** What one unit of the quoted currency buys: 1 ÷ rate, rounded down. Null where that is no rate. */
export const inverseRate = (rate: Rate): Rate | null => roundedRate(new Exact(1).div(rate), 'down');

/** One request to one provider. */
export interface PriceRequest {
  readonly providerBic: Bic;
  readonly sourceCurrency: string;
  readonly targetCurrency: string;
  readonly requesterBic: Bic;
  readonly fixedSide: FixedSide;
  /** Of the fixed side, minor units. */
  readonly amountMinor: bigint;
}

export type Direction = Pick<PriceRequest, 'providerBic' | 'sourceCurrency' | 'targetCurrency' | 'requesterBic'>;

/** Both amounts and the rate that they follow from. */
export interface ProviderPrice extends Conversion {
  readonly rate: Rate;
}

/** A card as it serves one direction: `give` answers the rate of a tier, target units per one source unit. */
interface Serving {
  readonly stored: StoredRate;
  /** Whether the payer gives the unit currency. */
  readonly isDirect: boolean;
  readonly give: (tier: RateTier) => Rate | null;
  readonly asOf: number;
}

/**
 * The rate and both amounts. The tier is the one of the greatest `amountFrom` that the request's own amount reaches at
 * that tier's rate; tiers that name the bank come before those for everybody. Errors: `RATE_MISSING`, `RATE_STALE`,
 * `PROVIDER_LIMIT`, and those of {@link convert}.
 */
export function providerPrice(book: RateBook, request: PriceRequest): Result<ProviderPrice, Refusal> {
  const found = servingCard(book, request);
  if (!found.ok) return found;
  const { stored, isDirect } = found.value;
  const { unitCurrency, amountMax } = stored.card;
  let failed: Refusal = refusal('PROVIDER_LIMIT');
  for (const tier of tiersFor(stored.card, request.requesterBic)) {
    const rate = found.value.give(tier);
    if (rate === null) continue;
    const converted = convert({ rate, ...request });
    if (!converted.ok) {
      failed = converted.error;
      continue;
    }
    const { sourceAmountMinor, targetAmountMinor } = converted.value;
    const unitMinor = isDirect ? sourceAmountMinor : targetAmountMinor;
    if (unitMinor < minorOf(tier.amountFrom, unitCurrency)) continue;
    const isWithin = amountMax === null || unitMinor <= minorOf(amountMax, unitCurrency);
    return isWithin ? ok({ rate, ...converted.value }) : err(refusal('PROVIDER_LIMIT'));
  }
  return err(failed);
}

/** The rate for the least amounts, for showing. Errors: `RATE_MISSING`, `RATE_STALE`. */
export function shownRate(book: RateBook, direction: Direction): Result<StoredRate & { rate: Rate }, Refusal> {
  const found = servingCard(book, direction);
  if (!found.ok) return found;
  const rate = leastRate(found.value, direction.requesterBic);
  return rate ? ok({ ...found.value.stored, rate }) : err(refusal('RATE_MISSING'));
}

/** What a provider's price for a unit of a currency is in the middle, and since when it had it. */
export interface MiddleRate {
  readonly rate: Rate;
  readonly asOf: number;
}

/**
 * The middle of what a provider gives for a unit of a currency and what it wants for it now, for the least amounts, rounded
 * half to even, however old; of one that trades a single direction that side. Null where it has no price.
 */
export function middleRate(book: RateBook, providerBic: Bic, currency: string, against: string): MiddleRate | null {
  const ageless = { ...book, ageMaxMs: Number.POSITIVE_INFINITY };
  const serving = (sourceCurrency: string, targetCurrency: string): Serving | null => {
    const found = servingCard(ageless, { providerBic, sourceCurrency, targetCurrency, requesterBic: NOBODY });
    return found.ok ? found.value : null;
  };
  const [gives, wants] = [serving(currency, against), serving(against, currency)];
  const isOneCard = gives !== null && gives.stored === wants?.stored;
  const own = isOneCard ? middleOf(book, gives.stored) : null;
  const [given, wanted] = [gives && leastRate(gives, NOBODY), wants && leastRate(wants, NOBODY)];
  const middle = own
    ? turned(own.value, gives?.isDirect === true)
    : meanOf([...(given ? [new Exact(given)] : []), ...(wanted ? [turned(new Exact(wanted), false)] : [])]);
  const rate = middle && roundedRate(middle, 'nearest');
  return rate && { rate, asOf: Math.min(...[gives, wants].flatMap((side) => (side ? [side.asOf] : []))) };
}

const turned = (rate: Big, isDirect: boolean): Big => (isDirect ? rate : new Exact(1).div(rate));

const meanOf = (rates: readonly Big[]): Big | null =>
  rates.length === 0 ? null : rates.reduce((sum, rate) => sum.plus(rate), new Exact(0)).div(rates.length);

/** Asked for no bank in particular: no tier names it. */
const NOBODY = '' as Bic;

/** The rate for the least amounts; null where the card has none for this bank. */
function leastRate({ stored, give }: Serving, bank: Bic): Rate | null {
  const rates = tiersFor(stored.card, bank).flatMap((tier) => {
    const rate = give(tier);
    return rate === null ? [] : [{ rate, isForBank: tier.banks.length > 0 }];
  });
  const own = rates.filter(({ isForBank }) => isForBank);
  return (own.length > 0 ? own : rates).at(-1)?.rate ?? null;
}

/** The newest of the provider's two cards that has a price for this direction, if it is neither over nor too old. */
function servingCard(book: RateBook, direction: Direction): Result<Serving, Refusal> {
  const { providerBic, sourceCurrency, targetCurrency } = direction;
  const candidates = [true, false].flatMap((isDirect): Serving[] => {
    const [unit, quoted] = isDirect ? [sourceCurrency, targetCurrency] : [targetCurrency, sourceCurrency];
    const stored = book.find(providerBic, unit, quoted);
    if (!stored) return [];
    const serving = servingOf(book, stored, isDirect);
    return serving === null ? [] : [serving];
  });
  const [first, second] = candidates;
  const newest = second && first && second.stored.sequence > first.stored.sequence ? second : first;
  if (!newest || isOver(newest.stored.card, book.now)) return err(refusal('RATE_MISSING'));
  return book.now - newest.asOf > book.ageMaxMs ? err(refusal('RATE_STALE')) : ok(newest);
}

/** How a card serves a direction; null where it has no price for it. One that has no vehicle says so of itself alone. */
function servingOf(book: RateBook, stored: StoredRate, isDirect: boolean): Serving | null {
  if (stored.card.vehicle === null) return isDirect ? ownServings(stored).direct : ownServings(stored).inverse;
  const middle = middleOf(book, stored);
  return middle && formServing(stored, isDirect, middle);
}

const ownServings = oncePerObject((stored: StoredRate) => {
  const value = stored.card.mid === null ? null : new Exact(stored.card.mid);
  const middle = value && { value, asOf: stored.asOf };
  return { direct: formServing(stored, true, middle), inverse: formServing(stored, false, middle) };
});

function formServing(stored: StoredRate, isDirect: boolean, middle: Middle | null): Serving | null {
  const give = oncePerObject((tier: RateTier): { readonly rate: Rate | null } => {
    const { bid, ask } = sidesOf(tier, middle?.value ?? null);
    if (isDirect) return { rate: bid };
    return { rate: ask === null ? null : inverseRate(ask) };
  });
  const gives = stored.card.tiers.some((tier) => give(tier).rate !== null);
  return gives ? { stored, isDirect, give: (tier) => give(tier).rate, asOf: middle?.asOf ?? stored.asOf } : null;
}

interface Middle {
  readonly value: Big;
  readonly asOf: number;
}

/** The middle of a card; of a cross the product of two, as old as the older. Null where there is none now. */
function middleOf(book: RateBook, stored: StoredRate): Middle | null {
  const { card, asOf } = stored;
  const { providerBic, unitCurrency, quotedCurrency, vehicle } = card;
  if (vehicle === null) {
    const value = ownMiddle(card);
    return value && { value, asOf };
  }
  const first = middleBetween(book, providerBic, unitCurrency, vehicle);
  const second = middleBetween(book, providerBic, vehicle, quotedCurrency);
  return first && second && { value: first.value.times(second.value), asOf: Math.min(first.asOf, second.asOf) };
}

/** From a card that is no cross itself, whichever way round it is written; of both the newer. */
function middleBetween(book: RateBook, provider: Bic, from: string, to: string): Middle | null {
  const [direct, inverse] = [book.find(provider, from, to), book.find(provider, to, from)];
  const isDirect = direct !== undefined && (inverse === undefined || direct.sequence > inverse.sequence);
  const stored = isDirect ? direct : inverse;
  const value = stored && !isOver(stored.card, book.now) ? ownMiddle(stored.card) : null;
  if (!stored || value === null) return null;
  return { value: isDirect ? value : new Exact(1).div(value), asOf: stored.asOf };
}

/** The given middle, or that of the sides for the least amount and every bank. */
function ownMiddle({ mid, vehicle, tiers }: RateCard): Big | null {
  if (mid !== null) return new Exact(mid);
  if (vehicle !== null) return null;
  const base = byAmount(tiers.filter(({ banks }) => banks.length === 0)).at(-1);
  return base ? meanOf([base.bid, base.ask].flatMap((side) => (side === null ? [] : [new Exact(side)]))) : null;
}

/** In the order in which they are tried: the bank's own first, of each kind the greatest amount first. */
function tiersFor({ tiers }: RateCard, bank: Bic): readonly RateTier[] {
  if (tiers.length === 1 && tiers[0]?.banks.length === 0) return tiers;
  const own = tiers.filter(({ banks }) => banks.some((one) => bicKey(one) === bicKey(bank)));
  return [...byAmount(own), ...byAmount(tiers.filter(({ banks }) => banks.length === 0))];
}

const byAmount = (tiers: readonly RateTier[]): RateTier[] =>
  [...tiers].sort((a, b) => new Exact(b.amountFrom).cmp(a.amountFrom));

const isOver = ({ validTo }: RateCard, now: number): boolean => validTo !== null && now >= validTo;

function minorOf(amount: string, currency: string): bigint {
  const parsed = parseAmount(amount, currency);
  if (!parsed.ok) throw new RangeError('a stored card has amounts of its currency');
  return parsed.value.minor;
}

/** A card that gives exactly this rate for one direction, for any amount, and nothing for the other. */
export const flatCard = (
  { providerBic, sourceCurrency, targetCurrency }: Omit<Direction, 'requesterBic'>,
  rate: Rate,
  validFrom: number,
): RateCard => ({
  providerBic,
  unitCurrency: sourceCurrency,
  quotedCurrency: targetCurrency,
  mid: null,
  vehicle: null,
  tiers: [{ amountFrom: '0', banks: [], bid: rate, ask: null, spreadBps: null }],
  amountMax: null,
  validFrom,
  validTo: null,
});

/** A book over cards, of which the one with the greatest sequence stands for its provider and pair. */
export function rateBook(rates: readonly StoredRate[], now: number, ageMaxMs: number): RateBook {
  const nameOf = (provider: Bic, unit: string, quoted: string) => `${provider} ${unit} ${quoted}`;
  const byName = new Map<string, StoredRate>();
  for (const rate of rates) {
    const name = nameOf(rate.card.providerBic, rate.card.unitCurrency, rate.card.quotedCurrency);
    const known = byName.get(name);
    if (!known || known.sequence < rate.sequence) byName.set(name, rate);
  }
  return { find: (provider, unit, quoted) => byName.get(nameOf(provider, unit, quoted)), now, ageMaxMs };
}

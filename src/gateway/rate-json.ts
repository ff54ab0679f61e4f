/** Rate cards as the API takes and shows them: amounts and rates are decimals, times ISO 8601. */
import { isoTime } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, isBic } from '../kernel/ids.js';
import { parseRate, type Rate } from '../pvp/conversion.js';
import { checkCard, type RateCard, type RateTier, type StoredRate } from '../pvp/rates.js';
import { HttpProblem } from './problem.js';

/** A card that stands from when it is set, where it does not say from when. */
export type CardDraft = Omit<RateCard, 'validFrom'> & { readonly validFrom: number | null };

export const settled = (draft: CardDraft, now: number): RateCard => ({ ...draft, validFrom: draft.validFrom ?? now });

type Fields = Readonly<Record<string, unknown>>;

const CARDS_MAX = 200;
const CARD_FIELDS = [
  ...['provider', 'unitCurrency', 'quotedCurrency', 'mid', 'vehicle', 'tiers', 'amountMax', 'validFrom', 'validTo'],
];
const TIER_FIELDS = ['amountFrom', 'banks', 'bid', 'ask', 'spreadBps'];

const bad = (detail: string): HttpProblem => new HttpProblem(refusal('BAD_REQUEST', detail));

/** The members of a JSON object, of which only these may be there. Throws {@link HttpProblem}. */
export function fieldsOf(value: unknown, where: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw bad(`${where} is not a JSON object`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) throw bad(`${where} has the unknown member ${unknown.slice(0, 40)}`);
  return value as Fields;
}

/** A short text. Throws {@link HttpProblem}. */
export function textOf(value: unknown, where: string): string {
  if (typeof value !== 'string' || value.length > 64) throw bad(`${where} is missing or no text`);
  return value;
}

/** What is read, or null where there is nothing. */
export const optional = <T>(value: unknown, read: (value: unknown) => T): T | null =>
  value === undefined || value === null ? null : read(value);

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?(?:Z|[+-]\d{2}:\d{2})$/;

/** A time with its offset, as milliseconds. Throws {@link HttpProblem}. */
export function timeOf(value: unknown, where: string): number {
  const at = typeof value === 'string' && TIME.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at) || at < 0) throw bad(`${where} is no ISO 8601 time with an offset`);
  return at;
}

const orThrow = <T>(result: { ok: true; value: T } | { ok: false; error: Refusal }): T => {
  if (!result.ok) throw new HttpProblem(result.error);
  return result.value;
};

const rateOf = (value: unknown, where: string): Rate => orThrow(parseRate(textOf(value, where)));

/** A BIC in its one form. Throws {@link HttpProblem}. */
export function bicOf(value: unknown, where: string): Bic {
  const text = textOf(value, where);
  if (!isBic(text)) throw bad(`${where} is no BIC`);
  return bicKey(text);
}

/** Throws {@link HttpProblem}. */
export function listOf(value: unknown, where: string): readonly unknown[] {
  if (!Array.isArray(value)) throw bad(`${where} is no list`);
  return value;
}

function tierOf(value: unknown, where: string): RateTier {
  const { amountFrom = '0', banks = [], bid, ask, spreadBps } = fieldsOf(value, where, TIER_FIELDS);
  return {
    amountFrom: textOf(amountFrom, `${where}.amountFrom`),
    banks: listOf(banks, `${where}.banks`).map((bank, i) => bicOf(bank, `${where}.banks[${i}]`)),
    bid: optional(bid, (rate) => rateOf(rate, `${where}.bid`)),
    ask: optional(ask, (rate) => rateOf(rate, `${where}.ask`)),
    spreadBps: optional(spreadBps, (text) => textOf(text, `${where}.spreadBps`)),
  };
}

function cardOf(value: unknown, where: string, caller: Bic | null): CardDraft {
  const fields = fieldsOf(value, where, CARD_FIELDS);
  const { mid, vehicle, amountMax, validFrom, validTo } = fields;
  const card: CardDraft = {
    providerBic: bicOf(fields.provider ?? caller, `${where}.provider`),
    unitCurrency: textOf(fields.unitCurrency, `${where}.unitCurrency`),
    quotedCurrency: textOf(fields.quotedCurrency, `${where}.quotedCurrency`),
    mid: optional(mid, (rate) => rateOf(rate, `${where}.mid`)),
    vehicle: optional(vehicle, (text) => textOf(text, `${where}.vehicle`)),
    tiers: listOf(fields.tiers, `${where}.tiers`).map((tier, i) => tierOf(tier, `${where}.tiers[${i}]`)),
    amountMax: optional(amountMax, (text) => textOf(text, `${where}.amountMax`)),
    validFrom: optional(validFrom, (time) => timeOf(time, `${where}.validFrom`)),
    validTo: optional(validTo, (time) => timeOf(time, `${where}.validTo`)),
  };
  orThrow(checkCard(settled(card, 0)));
  return card;
}

/** The list of cards of a request; where one names no provider it is the caller's own. Throws {@link HttpProblem}. */
export function cardsOf(value: unknown, caller: Bic | null): readonly CardDraft[] {
  const cards = listOf(value, 'rates');
  if (cards.length === 0 || cards.length > CARDS_MAX) throw bad(`rates are 1 to ${CARDS_MAX}`);
  return cards.map((card, i) => cardOf(card, `rates[${i}]`, caller));
}

const timeView = (at: number | null): string | null => (at === null ? null : isoTime(at));

export const cardView = ({ providerBic, validFrom, validTo, tiers, ...card }: CardDraft) => ({
  provider: providerBic,
  unitCurrency: card.unitCurrency,
  quotedCurrency: card.quotedCurrency,
  mid: card.mid,
  vehicle: card.vehicle,
  amountMax: card.amountMax,
  tiers: tiers.map(({ amountFrom, banks, bid, ask, spreadBps }) => ({ amountFrom, banks, bid, ask, spreadBps })),
  validFrom: timeView(validFrom),
  validTo: timeView(validTo),
});

export const storedRateView = ({ sequence, card, asOf, setAt, setBy, approvedBy }: StoredRate) => ({
  sequence: String(sequence),
  ...cardView(card),
  asOf: isoTime(asOf),
  setAt: isoTime(setAt),
  setBy,
  approvedBy,
});

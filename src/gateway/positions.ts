/**
 * What providers have, what trading brought them, and whether their funds are low: positions from the gateway's database,
 * money from the jurisdictions, prices from the desk.
 */
import { isDeepStrictEqual } from 'node:util';
import type pg from 'pg';
import type { Clock, Timers } from '../kernel/clock.js';
import { groupBy } from '../kernel/collections.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, type LedgerCode, type WalletId } from '../kernel/ids.js';
import { parseAmount } from '../kernel/money.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { within } from '../kernel/time-limit.js';
import type { Balance } from '../ledger/types.js';
import type { DeskRoute } from '../pvp/best-offer.js';
import type { DeskStore } from '../pvp/desk-store.js';
import { walletName } from '../pvp/limits.js';
import { averageRate, type Position, tradeOf, unrealisedMinor } from '../pvp/positions.js';
import { decodeQuote } from '../pvp/quote.js';
import { type MiddleRate, middleRate, type RateBook, rateBook } from '../pvp/rates.js';
import type { BalancePort } from './balance-port.js';
import { type BookedTrade, type LowWater, lowWaterMarks, setLowWater, tradesOf } from './position-desk.pg.js';
import type { Reserve, Reserves } from './reserves.js';

export interface PositionDeskOptions {
  readonly pool: pg.Pool;
  readonly store: Pick<DeskStore, 'market' | 'positions'>;
  readonly balances: ReadonlyMap<LedgerCode, BalancePort>;
  readonly routes: readonly DeskRoute[];
  /** What quotes and payments under way have reserved of wallets. */
  readonly reserves: Reserves['reserves'];
  readonly clock: Clock;
  readonly timers: Timers;
  /** Told once when a provider's funds fall below their mark, and once when they no longer are. */
  readonly onFunds: (funds: FundsState) => void;
}

/** A provider's money in a currency, and where its mark stands. */
export interface FundsState {
  readonly provider: Bic;
  readonly currency: string;
  readonly isLow: boolean;
}

/** A wallet that a provider trades from. */
export interface ProviderWallet {
  readonly provider: Bic;
  readonly currency: string;
  readonly ledger: LedgerCode;
  readonly walletId: WalletId;
}

export interface ProviderPosition {
  readonly provider: Bic;
  readonly currency: string;
  readonly wallets: readonly (ProviderWallet & {
    /** Null while the jurisdiction does not answer. */
    readonly balance: Balance | null;
    /** For open quotes and payments that have not ended, minor units. */
    readonly reservedMinor: bigint;
  })[];
  readonly results: readonly ValuedPosition[];
  readonly lowWater: LowWater | null;
  /** Null without a mark, or while a jurisdiction does not answer. */
  readonly isLow: boolean | null;
}

/** A position against one other currency, valued at the provider's own price now. */
export interface ValuedPosition {
  readonly position: Position;
  readonly averageRate: string | null;
  readonly middle: MiddleRate | null;
  readonly unrealisedMinor: bigint | null;
}

export interface CheckedTrade extends BookedTrade {
  /** Whether it is, to the minor unit, what the provider signed. */
  readonly equalsQuote: boolean;
}

export interface PositionDesk {
  /** Of one provider, or of all: each currency that it trades or ever traded. */
  positions(provider: Bic | null): Promise<readonly ProviderPosition[]>;
  /** Of a provider, the newest first. */
  trades(provider: Bic, page: { readonly before: string | null; readonly limit: number }): Promise<CheckedTrade[]>;
  /**
   * Sets a mark, a decimal of the currency, or takes it away where it is null. Errors: `NOT_FOUND` where the provider does
   * not trade the currency, `BAD_REQUEST` for what is no positive amount.
   */
  setLowWater(
    mark: Pick<LowWater, 'provider' | 'currency' | 'setBy'> & { readonly amount: string | null },
  ): Promise<Result<ProviderPosition, Refusal>>;
  /** Looks whether funds crossed their marks. */
  watch(): Promise<void>;
  /** Of all marks, as of the last look. */
  readonly funds: () => readonly FundsState[];
}

/** A jurisdiction that does not answer holds up nobody longer, milliseconds. */
const ANSWER_MAX_MS = 2_000;

const nameOf = ({ provider, currency }: Pick<ProviderWallet, 'provider' | 'currency'>) => `${provider} ${currency}`;

export function createPositionDesk(options: PositionDeskOptions): PositionDesk {
  const { pool, store, clock } = options;
  const wallets = walletsOf(options.routes);
  const byName = groupBy(wallets, nameOf);
  let states: ReadonlyMap<string, FundsState> = new Map();

  const positions = async (provider: Bic | null): Promise<ProviderPosition[]> => {
    const own = wallets.filter((wallet) => provider === null || wallet.provider === provider);
    const providers = [...new Set(own.map((wallet) => wallet.provider))];
    const now = clock.now();
    const [held, stored, { rates }, marks, reserves] = await Promise.all([
      balancesOf(options, own),
      store.positions(provider),
      store.market(providers, now),
      lowWaterMarks(pool),
      options.reserves(),
    ]);
    const reserved = new Map(reserves.map((reserve) => [walletName(reserve.ledger, reserve.walletId), reserve]));
    return composed({ wallets: own, held, reserved, stored, book: rateBook(rates, now, 0), marks });
  };

  return {
    positions,
    async trades(provider, page) {
      const found = await tradesOf(pool, provider, page);
      return found.map((trade) => ({ ...trade, equalsQuote: isAsQuoted(trade) }));
    },
    async setLowWater({ amount, ...mark }) {
      if (!byName.has(nameOf(mark))) return err(refusal('NOT_FOUND', 'the provider does not trade the currency'));
      const parsed = amount === null ? null : parseAmount(amount, mark.currency);
      if (parsed && !(parsed.ok && parsed.value.minor > 0n))
        return err(refusal('BAD_REQUEST', 'amount is no positive decimal of the currency'));
      await setLowWater(pool, { ...mark, lowMinor: parsed?.ok ? parsed.value.minor : null, setAt: clock.now() });
      const found = (await positions(mark.provider)).find(({ currency }) => currency === mark.currency);
      invariant(found, 'a currency that is traded has a position');
      return ok(found);
    },
    async watch() {
      const marks = await lowWaterMarks(pool);
      const held = await balancesOf(
        options,
        marks.flatMap((mark) => byName.get(nameOf(mark)) ?? []),
      );
      const seen = new Map<string, FundsState>();
      for (const mark of marks) {
        const name = nameOf(mark);
        const low = isLow(mark, byName.get(name) ?? [], held) ?? states.get(name)?.isLow ?? false;
        seen.set(name, { provider: mark.provider, currency: mark.currency, isLow: low });
      }
      const before = states;
      states = seen;
      for (const [name, state] of seen) if (state.isLow !== (before.get(name)?.isLow ?? false)) options.onFunds(state);
      for (const [name, state] of before)
        if (state.isLow && !seen.has(name)) options.onFunds({ ...state, isLow: false });
    },
    funds: () => [...states.values()],
  };
}

/** The wallets that providers trade from, each once, in the order of the corridors. */
function walletsOf(routes: readonly DeskRoute[]): ProviderWallet[] {
  const all = routes.flat().flatMap((pair): ProviderWallet[] => {
    const provider = bicKey(pair.providerBic);
    return [
      {
        provider,
        currency: pair.sourceCurrency,
        ledger: pair.sourceLedger,
        walletId: pair.sourceProviderWallet,
      },
      {
        provider,
        currency: pair.targetCurrency,
        ledger: pair.targetLedger,
        walletId: pair.targetProviderWallet,
      },
    ];
  });
  return [...new Map(all.map((wallet) => [walletName(wallet.ledger, wallet.walletId), wallet])).values()];
}

type Held = ReadonlyMap<ProviderWallet, Balance | null>;

/** One question a ledger, all at once. */
async function balancesOf(
  { balances, timers }: Pick<PositionDeskOptions, 'balances' | 'timers'>,
  wallets: readonly ProviderWallet[],
): Promise<Held> {
  const held = new Map<ProviderWallet, Balance | null>();
  const asked = [...groupBy(wallets, ({ ledger }) => ledger)].map(async ([ledger, own]) => {
    const answer = balances.get(ledger)?.providerBalances(own.map(({ walletId }) => walletId));
    const found = answer ? await within(timers, ANSWER_MAX_MS, answer).catch(() => []) : [];
    own.forEach((wallet, i) => {
      held.set(wallet, found[i] ?? null);
    });
  });
  await Promise.all(asked);
  return held;
}

/** Whether what may be spent of all wallets is below the mark; null while that is not known. */
function isLow({ lowMinor }: LowWater, wallets: readonly ProviderWallet[], held: Held): boolean | null {
  let availableMinor = 0n;
  for (const wallet of wallets) {
    const balance = held.get(wallet);
    if (!balance) return null;
    availableMinor += balance.availableMinor;
  }
  return availableMinor < lowMinor;
}

interface Found {
  readonly wallets: readonly ProviderWallet[];
  readonly held: Held;
  readonly reserved: ReadonlyMap<string, Reserve>;
  readonly stored: readonly Position[];
  readonly book: RateBook;
  readonly marks: readonly LowWater[];
}

function composed({ wallets, held, reserved, stored, book, marks }: Found): ProviderPosition[] {
  const ofWallets = groupBy(wallets, nameOf);
  const ofPositions = groupBy(stored, (position) => nameOf({ ...position, provider: position.providerBic }));
  const lowWater = new Map(marks.map((mark) => [nameOf(mark), mark]));
  return [...new Set([...ofWallets.keys(), ...ofPositions.keys()])].map((name) => {
    const [own, positions] = [ofWallets.get(name) ?? [], ofPositions.get(name) ?? []];
    const mark = lowWater.get(name) ?? null;
    const [provider, currency] = name.split(' ') as [Bic, string];
    return {
      provider,
      currency,
      lowWater: mark,
      isLow: mark && isLow(mark, own, held),
      wallets: own.map((wallet) => ({
        ...wallet,
        balance: held.get(wallet) ?? null,
        reservedMinor: reserved.get(walletName(wallet.ledger, wallet.walletId))?.reservedMinor ?? 0n,
      })),
      results: positions.map((position) => valued(position, book)),
    };
  });
}

function valued(position: Position, book: RateBook): ValuedPosition {
  const middle = middleRate(book, position.providerBic, position.currency, position.against);
  return {
    position,
    averageRate: averageRate(position),
    middle,
    unrealisedMinor: middle && unrealisedMinor(position, middle.rate),
  };
}

function isAsQuoted({ sequence, bookedAt, quote, uetr, ...trade }: BookedTrade): boolean {
  return quote !== null && uetr !== null && isDeepStrictEqual(trade, tradeOf(decodeQuote(quote)));
}

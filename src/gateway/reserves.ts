/**
 * What providers' wallets have for firm quotes, remembered in the gateway's database and asked of the jurisdictions again
 * and again; and quotes whose time is up, which give back what they had reserved. What is remembered never promises money
 * that payments have taken (`pvp/limits.ts`); what else leaves a wallet is known after the next look, and a hold decides.
 */
import type pg from 'pg';
import type { Clock, Timers } from '../kernel/clock.js';
import { groupBy } from '../kernel/collections.js';
import type { LedgerCode, WalletId } from '../kernel/ids.js';
import { TimeLimitError, within } from '../kernel/time-limit.js';
import type { Balance } from '../ledger/types.js';
import type { DeskRoute } from '../pvp/best-offer.js';
import { isAnyOver, lapseQuotes, readCounters, setCovered } from '../pvp/counter-store.pg.js';
import type { Counting } from '../pvp/desk.js';
import { type CounterKey, type DayOf, keyOf, walletName } from '../pvp/limits.js';
import type { BalancePort } from './balance-port.js';
import { inTransaction } from './platform/transaction.pg.js';

export interface ReservesOptions {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly routes: readonly DeskRoute[];
  readonly balances: ReadonlyMap<LedgerCode, BalancePort>;
  readonly dayOf: DayOf;
  readonly onFailure: (what: string, error: unknown) => void;
}

/** A provider's wallet on a ledger where it pays. */
export interface ReserveWallet {
  readonly provider: string;
  readonly ledger: LedgerCode;
  readonly walletId: WalletId;
  readonly currency: string;
}

/** Minor units. */
export interface Reserve extends ReserveWallet {
  /** Of open quotes, and of payments that have not ended. */
  readonly reservedMinor: bigint;
  /** What is left for quotes; null where its jurisdiction has not told what it has yet. */
  readonly freeMinor: bigint | null;
}

export interface Reserves extends Counting {
  readonly wallets: readonly ReserveWallet[];
  /** Ends quotes whose time is up, and asks what all wallets have. */
  upkeep(): Promise<void>;
  /** As it is remembered, in the order of the routes. */
  reserves(): Promise<readonly Reserve[]>;
}

/** Everybody who asks for a quote meanwhile waits: no longer than this, milliseconds. */
const ANSWER_MAX_MS = 2_000;
const PAGE = 500;
/** Quotes that one look ends at most; the next one goes on. */
const PAGES_MAX = 20;

export function createReserves(options: ReservesOptions): Reserves {
  const { pool, clock, dayOf } = options;
  const wallets = walletsOf(options.routes);
  const silent = new Set<LedgerCode>();
  const away = new Set<LedgerCode>();

  const endLapsed = async (): Promise<void> => {
    for (let page = 0; page < PAGES_MAX && (await isAnyOver(pool, clock.now())); page += 1) {
      const count = await inTransaction(pool, (client) => lapseQuotes(client, clock.now(), PAGE, dayOf));
      if (count < PAGE) return;
    }
  };

  const ask = async (
    ledger: LedgerCode,
    asked: readonly ReserveWallet[],
  ): Promise<readonly (Balance | null)[] | null> => {
    const port = options.balances.get(ledger);
    if (!port || silent.has(ledger)) return null;
    const answer = port.providerBalances(asked.map(({ walletId }) => walletId));
    try {
      const balances = await within(options.timers, ANSWER_MAX_MS, answer);
      away.delete(ledger);
      return balances;
    } catch (error) {
      if (!away.has(ledger)) options.onFailure(`balances of ${ledger}`, error);
      away.add(ledger);
      if (!(error instanceof TimeLimitError)) return null;
      // One that still owes an answer is not asked again.
      silent.add(ledger);
      const answered = () => void silent.delete(ledger);
      answer.then(answered, answered);
      return null;
    }
  };

  const look = async (of: readonly ReserveWallet[]): Promise<void> => {
    // What was paid is read first: what is paid in between then counts as promised and no longer as there.
    const settled = amountsOf(await readCounters(pool, of.map(keyFor('settled'))));
    const found = await Promise.all(
      [...groupBy(of, ({ ledger }) => ledger)].map(async ([ledger, asked]) => {
        const balances = await ask(ledger, asked);
        return (balances ?? []).map((balance, i) => ({ wallet: asked[i]!, balance }));
      }),
    );
    // Held money is held for promises. Of a wallet that is not open nothing new is known: a hold refuses it by its reason.
    const covered = found.flat().flatMap(({ wallet, balance }) => {
      if (balance === null) return [];
      const paid = settled.get(keyOf(keyFor('settled')(wallet))) ?? 0n;
      return [{ ...keyFor('covered')(wallet), amount: balance.availableMinor + balance.heldMinor + paid }];
    });
    if (covered.length > 0) await setCovered(pool, covered);
  };

  return {
    wallets,
    dayOf,
    async refresh(names) {
      await endLapsed();
      await look(wallets.filter(({ ledger, walletId }) => names.includes(walletName(ledger, walletId))));
    },
    async upkeep() {
      await endLapsed();
      await look(wallets);
    },
    async reserves() {
      const measures = ['promised', 'settled', 'covered'] as const;
      const stand = amountsOf(
        await readCounters(
          pool,
          wallets.flatMap((wallet) => measures.map((measure) => keyFor(measure)(wallet))),
        ),
      );
      return wallets.map((wallet) => {
        const [promised = 0n, settled = 0n, covered] = measures.map((measure) =>
          stand.get(keyOf(keyFor(measure)(wallet))),
        );
        return {
          ...wallet,
          reservedMinor: promised - settled,
          freeMinor: covered === undefined ? null : covered - promised,
        };
      });
    },
  };
}

const keyFor =
  (measure: 'promised' | 'settled' | 'covered') =>
  ({ ledger, walletId, currency }: ReserveWallet): CounterKey => ({
    scope: 'wallet',
    name: walletName(ledger, walletId),
    day: '',
    measure,
    currency,
  });

const amountsOf = (counters: readonly (CounterKey & { readonly amount: bigint })[]): Map<string, bigint> =>
  new Map(counters.map((counter) => [keyOf(counter), counter.amount]));

function walletsOf(routes: readonly DeskRoute[]): ReserveWallet[] {
  const found = routes.flat().map((pair): ReserveWallet => {
    const { providerBic, targetLedger, targetProviderWallet, targetCurrency } = pair;
    return { provider: providerBic, ledger: targetLedger, walletId: targetProviderWallet, currency: targetCurrency };
  });
  return [...new Map(found.map((wallet) => [walletName(wallet.ledger, wallet.walletId), wallet])).values()];
}

/**
 * The queue of payments whose provider lacks funds. They are stored before their banks are told that they wait; when the
 * plan says that there is money for one, terms of now are formed and stored, and it goes on as any other. Any copy of the
 * gateway does the next step: whoever stores it first has done it.
 */
import type { Clock } from '../kernel/clock.js';
import { type ErrorCode, type Refusal, refusal } from '../kernel/errors.js';
import type { LedgerCode, Uetr, WalletId } from '../kernel/ids.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import type { Desk, PaymentQuoteRequest } from '../pvp/desk.js';
import {
  type LiquidityUse,
  type PlannedRun,
  type PlannedWait,
  planQueue,
  type QueuePlan,
} from '../pvp/liquidity-queue.js';
import { checkQuoteIsNotWorse, type Offer } from '../pvp/quote.js';
import type { JurisdictionConfig } from './config.js';
import type { RoutedTransaction } from './judgement.js';
import { formLate, type LateTermsOptions, type OfferOfNow, storeLate } from './late-terms.js';
import type { PaymentQueue, PaymentRecord } from './payment.js';
import { queuedPayments } from './queued-payment.pg.js';
import { quotedMessage } from './quoted-message.js';
import type { Settlement } from './settlement.js';

export interface LiquidityQueueOptions extends LateTermsOptions {
  readonly desk: Pick<Desk, 'quoteForPayments' | 'prospects'>;
  readonly jurisdiction: (code: LedgerCode) => JurisdictionConfig;
  readonly settlement: Pick<Settlement, 'goOn' | 'refuse' | 'doubtStored'>;
  /** Told of a payment that goes on waiting. */
  readonly onFailure: (uetr: Uetr, error: unknown) => void;
}

/** A payment of the queue as it is planned: in which order it runs, or what it lacks. */
export interface ShownPayment {
  readonly record: PaymentRecord;
  readonly queue: PaymentQueue;
  readonly run: PlannedRun | null;
  readonly lacks: PlannedWait['lacks'];
}

export interface ShownQueue {
  /** Those that run in their order, then those that wait for more. */
  readonly payments: readonly ShownPayment[];
  readonly liquidity: readonly LiquidityUse[];
}

export interface LiquidityQueue {
  /** Refuses what has waited as long as it may, and lets run what there is money for. */
  look(): Promise<void>;
  /** The queue as it would run now. */
  shown(): Promise<ShownQueue>;
}

/** Payments that one look lets run at most: the next look sees what they left. */
const RUNS_MAX = 100;

/** What a queued payment waits through; anything else refuses it, as it would have at its acceptance. */
const WAITS_FOR: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['LIQUIDITY_INSUFFICIENT', 'PROVIDER_UNAVAILABLE']);

export function createLiquidityQueue(options: LiquidityQueueOptions): LiquidityQueue {
  const { pool, clock, desk, settlement } = options;
  const planned = async (records: readonly PaymentRecord[]): Promise<{ plan: QueuePlan; refused: Refused[] }> => {
    const { ways, room } = await desk.prospects(records.map((record) => requestOf(options, record)));
    const payments = records.map(({ uetr, facts }, i) => {
      const found = ways[i];
      return { ...queueOf({ facts }), uetr, ways: found?.ok ? found.value : [] };
    });
    const refused = records.flatMap((record, i) => {
      const found = ways[i];
      return found && !found.ok && !WAITS_FOR.has(found.error.code) ? [{ record, why: found.error }] : [];
    });
    return { plan: planQueue(payments, room, clock.now()), refused };
  };
  const attempt = async (uetr: Uetr, act: () => Promise<void>): Promise<void> => {
    try {
      await act();
    } catch (error) {
      // What was stored before it broke off may be driven by nobody.
      settlement.doubtStored();
      options.onFailure(uetr, error);
    }
  };
  const refuseAll = async (refused: readonly Refused[]): Promise<void> => {
    for (const { record, why } of refused) await attempt(record.uetr, () => settlement.refuse(record, why));
  };
  return {
    async look() {
      const all = await queuedPayments(pool);
      const over = all.filter((record) => isOver(record, clock));
      await refuseAll(over.map((record) => ({ record, why: expiry(record) })));
      const waiting = all.filter((record) => !over.includes(record));
      if (waiting.length === 0) return;
      const { plan, refused } = await planned(waiting);
      await refuseAll(refused);
      const byUetr = new Map(waiting.map((record) => [record.uetr, record]));
      const going = plan.runs.flatMap(({ uetr, isFunded }) => (isFunded ? (byUetr.get(uetr) ?? []) : []));
      const first = going.slice(0, RUNS_MAX);
      if (first.length === 0) return;
      const offers = await desk.quoteForPayments(first.map((record) => requestOf(options, record)));
      for (const [i, record] of first.entries()) await attempt(record.uetr, () => run(options, record, offers[i]!));
    },
    async shown() {
      const waiting = await queuedPayments(pool);
      const { plan } = await planned(waiting);
      const byUetr = new Map(waiting.map((record) => [record.uetr, record]));
      const shownAs = (uetr: Uetr, run: PlannedRun | null, lacks: PlannedWait['lacks']): ShownPayment => {
        const record = byUetr.get(uetr);
        invariant(record, 'a plan is of payments that wait');
        return { record, queue: queueOf(record), run, lacks };
      };
      return {
        payments: [
          ...plan.runs.map((one) => shownAs(one.uetr, one, [])),
          ...plan.waits.map(({ uetr, lacks }) => shownAs(uetr, null, lacks)),
        ],
        liquidity: plan.liquidity,
      };
    },
  };
}

/** The wallet that a plan names, as the desk's counters do: `LEDGER/wallet`. */
export function walletOfName(name: string): { readonly ledger: LedgerCode; readonly walletId: WalletId } {
  const at = name.indexOf('/');
  return { ledger: name.slice(0, at) as LedgerCode, walletId: name.slice(at + 1) as WalletId };
}

interface Refused {
  readonly record: PaymentRecord;
  readonly why: Refusal;
}

const queueOf = ({ facts }: Pick<PaymentRecord, 'facts'>): PaymentQueue => {
  invariant(facts.queue, 'a payment of the queue says how it waits');
  return facts.queue;
};

const isOver = (record: PaymentRecord, clock: Clock): boolean => queueOf(record).until <= clock.now();

const expiry = (record: PaymentRecord): Refusal =>
  queueOf(record).endsBy === 'MESSAGE_EXPIRED'
    ? refusal('MESSAGE_EXPIRED', 'it expired while it waited for its provider’s funds')
    : refusal('QUEUE_EXPIRED');

function requestOf({ jurisdiction }: LiquidityQueueOptions, record: PaymentRecord): PaymentQuoteRequest {
  const { source, destination, amountMinor, exchangeRate, priority, ...charge } = queueOf(record);
  const { chargeBearer = 'creditor', instructedMinor = null, isMarked = false } = charge;
  return {
    requesterBic: record.sender,
    settlementAmountMinor: BigInt(amountMinor),
    exchangeRate,
    sourceCurrency: jurisdiction(source).currency,
    targetCurrency: jurisdiction(destination).currency,
    chargeBearer,
    isMarked,
    instructedMinor: instructedMinor === null ? null : BigInt(instructedMinor),
    queue: { priority, isQueued: true },
  };
}

/** There is money for it: it goes on by this offer, waits on where that is gone again, or is refused with the reason. */
async function run(
  options: LiquidityQueueOptions,
  record: PaymentRecord,
  offer: Result<Offer, Refusal>,
): Promise<void> {
  const formed = offer.ok ? await formLate(options, record, async (judged) => taken(judged, offer.value)) : offer;
  const going = formed.ok ? await storeLate(options, record, formed.value) : formed;
  if (!going.ok) {
    if (!WAITS_FOR.has(going.error.code)) await options.settlement.refuse(record, going.error);
    return;
  }
  if (going.value) await options.settlement.goOn([going.value]);
}

function taken({ instruction, amountMinor }: RoutedTransaction, offer: Offer): Result<OfferOfNow, Refusal> {
  const fits = checkQuoteIsNotWorse(offer, quotedMessage(instruction, amountMinor));
  return fits.ok ? ok({ offer, isNew: true }) : err(fits.error);
}

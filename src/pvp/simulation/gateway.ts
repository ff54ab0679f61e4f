import { type Refusal, refusal } from '../../kernel/errors.js';
import { sha256 } from '../../kernel/hash.js';
import type { LedgerCode, QuoteId, Uetr } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { createCoordinator, type PvpPayment } from '../coordinator.js';
import { createDesk, type Desk, type DeskRoute } from '../desk.js';
import type { DeskStore, QuoteBinding } from '../desk-store.js';
import type { JurisdictionPort } from '../jurisdiction-port.js';
import type { Offer } from '../quote.js';
import type { QuoteSigner } from '../quote-signature.js';
import { brokenTerm, deadlines, encodeTerms, PROTOCOL_VERSION, type PvpTerms } from '../terms.js';
import { createVerifier, type KeyRegister } from '../verify.js';
import type { Disk } from './disk.js';
import type { GatewayLog, LoggedPayment } from './gateway-log.js';
import { verifySimulated } from './keys.js';
import type { Network } from './network.js';
import { BANK_BIC, CURRENCY, decodeOrder, destinationOf, type Order, type SignedOrder } from './orders.js';
import type { Random } from './random.js';
import type { Life, MachineClock } from './time.js';

/** What every gateway of a simulation shares, and what is its own. */
export interface GatewayOptions {
  readonly name: string;
  readonly ledgers: readonly LedgerCode[];
  readonly clock: MachineClock;
  readonly random: Random;
  readonly network: Network;
  readonly disk: Disk;
  readonly log: GatewayLog;
  readonly desk: DeskStore & QuoteBinding;
  readonly routes: readonly DeskRoute[];
  readonly quoteSigner: QuoteSigner;
  readonly keys: KeyRegister;
  readonly coSignerKeyId: (code: LedgerCode) => string;
  /** A gateway that obeys no rule sends something else than its coordinator wants. */
  readonly tamper: (port: JurisdictionPort) => JurisdictionPort;
}

/** A gateway as a machine: it may crash, start again on the same log, or leave for ever. */
export interface GatewayMachine {
  readonly name: string;
  readonly clock: MachineClock;
  start(): void;
  crash(): void;
}

const UPKEEP_MS = 1_000;
const LEASE_MS = 5_000;
const QUOTE_LIFE_MS = 60_000;
const SHORT_QUOTE_LIFE_MS = 3_000;

/** A jurisdiction at the other end of the network. */
export function remotePort(network: Network, life: Life, from: string, code: LedgerCode): JurisdictionPort {
  const call =
    <I, O>(method: string) =>
    (items: readonly I[]): Promise<O[]> =>
      network.call<O[]>(life, from, code, method, items);
  return {
    ledger: code,
    resolveAccounts: call('resolveAccounts'),
    markFaults: call('markFaults'),
    prepare: call('prepare'),
    deliver: call('deliver'),
    cancel: call('cancel'),
    query: call('query'),
  };
}

export function createGateway(options: GatewayOptions): GatewayMachine {
  const { name, clock, network } = options;
  let life: Life = { isOver: true };
  return {
    name,
    clock,
    start() {
      if (!life.isOver) return;
      life = { isOver: false };
      const process = startProcess(options, life);
      network.listen(name, { life, serve: (_from, method, question) => process.serve(method, question) });
    },
    crash() {
      life.isOver = true;
      network.listen(name, null);
    },
  };
}

function startProcess(options: GatewayOptions, life: Life) {
  const { name, clock, disk, log, ledgers } = options;
  const timers = clock.timers(life);
  const write = <T>(what: string, change: () => T | Promise<T>): Promise<T> =>
    disk.write(life, `log ${what}`, async () => change());
  const coordinator = createCoordinator({
    jurisdictions: new Map(
      ledgers.map((code) => [code, options.tamper(remotePort(options.network, life, name, code))]),
    ),
    log: {
      preparing: (items) => write('preparing', () => log.preparing(items.map((item) => item.pvpId))),
      decided: (items) => write('decided', () => log.decided(items)),
      closed: (items) => write('closed', () => log.closed(items)),
    },
    verifier: createVerifier(options.keys, 256, verifySimulated),
    clock,
    timers,
  });
  const desks = createDesks(options, life);
  const broken = new Map<Uetr, PvpPayment>();
  const accepting = new Set<Uetr>();
  let isDoubted = true;

  const drive = (payment: PvpPayment): void => {
    coordinator.drive(payment).catch(() => broken.set(payment.pvpId, payment));
  };
  const accept = async (row: LoggedPayment): Promise<void> => {
    if (accepting.has(row.uetr)) return;
    accepting.add(row.uetr);
    try {
      const payment = await acceptOrder(options, desks, write, row);
      if (payment) drive(payment);
    } finally {
      accepting.delete(row.uetr);
    }
  };
  const goOn = async (row: LoggedPayment): Promise<void> => {
    if (row.payment) drive(row.payment);
    else await accept(row);
  };
  const upkeep = async (): Promise<void> => {
    const rows = await write('upkeep', () => {
      log.renewLease(name, LEASE_MS);
      const own = isDoubted ? log.open(name) : [];
      return [...own, ...log.claimAbandoned(name)];
    });
    isDoubted = false;
    const again = [...broken.values()];
    broken.clear();
    for (const payment of again) drive(payment);
    for (const row of rows) await goOn(row);
  };
  const round = (): void => {
    upkeep()
      .catch(() => {
        isDoubted = true;
      })
      .finally(() => timers.after(UPKEEP_MS, round));
  };
  round();

  const post = async (order: SignedOrder) => {
    const { uetr } = decodeOrder(order.bytes);
    // What breaks off here may be stored nevertheless: the upkeep looks for it.
    const doubt = (error: unknown): never => {
      isDoubted = true;
      throw error;
    };
    const row = await write('receive', () => log.receive(uetr, order, name)).catch(doubt);
    if (row?.state === 'RECEIVED' && row.claimedBy === name)
      accept(row)
        .catch(doubt)
        .catch(() => undefined);
    return row?.status ?? null;
  };
  return {
    serve(method: string, question: unknown): Promise<unknown> {
      return method === 'post' ? post(question as SignedOrder) : askQuote(desks, question as QuoteQuestion);
    },
  };
}

interface Desks {
  readonly long: Desk;
  readonly short: Desk;
}

function createDesks({ clock, random, disk, desk, routes, quoteSigner }: GatewayOptions, life: Life): Desks {
  const store: DeskStore = {
    addRates: (rates) => disk.write(life, 'desk rate', () => desk.addRates(rates)),
    market: (providers, now) => disk.read(life, 'desk rates', () => desk.market(providers, now)),
    openCounters: (keys) => disk.write(life, 'desk counters', () => desk.openCounters(keys)),
    insertQuotes: (quotes) => disk.write(life, 'desk quotes', () => desk.insertQuotes(quotes)),
    findQuote: (quoteId) => disk.read(life, 'desk quote', () => desk.findQuote(quoteId)),
    positions: (provider) => disk.read(life, 'desk positions', () => desk.positions(provider)),
  };
  const shared = { store, quoteSigner: () => quoteSigner, clock, random, routes };
  return {
    long: createDesk({ ...shared, quoteLifeMs: QUOTE_LIFE_MS }),
    short: createDesk({ ...shared, quoteLifeMs: SHORT_QUOTE_LIFE_MS }),
  };
}

/** What a bank asks for before it orders. */
export type QuoteQuestion = Pick<Order, 'route' | 'amountMinor' | 'shortQuote'>;

const pairOf = (route: readonly LedgerCode[]) => ({
  sourceCurrency: CURRENCY[route[0]!]!,
  targetCurrency: CURRENCY[route.at(-1)!]!,
  requesterBic: BANK_BIC,
});

async function askQuote(desks: Desks, { route, amountMinor, shortQuote }: QuoteQuestion): Promise<QuoteId | null> {
  const desk = shortQuote ? desks.short : desks.long;
  const offer = await desk.quote({ ...pairOf(route), fixedSide: 'source', amountMinor });
  return offer.ok ? offer.value.quoteId : null;
}

/** The offer that the order names, or one made for it. */
async function offerFor(desks: Desks, order: Order): Promise<Result<Offer, Refusal>> {
  const desk = order.shortQuote ? desks.short : desks.long;
  const { quoteId, route, amountMinor } = order;
  if (quoteId === null)
    return desk.quoteForPayment({ ...pairOf(route), settlementAmountMinor: amountMinor, exchangeRate: null });
  const found = await desk.findOffer(quoteId, BANK_BIC);
  if (!found) return err(refusal('QUOTE_UNKNOWN'));
  return found.offer.sourceAmountMinor === amountMinor ? ok(found.offer) : err(refusal('QUOTE_MISMATCH'));
}

/** Forms terms, binds the quotes and stores both in one transaction; null when the order was refused. */
async function acceptOrder(
  options: GatewayOptions,
  desks: Desks,
  write: <T>(what: string, change: () => T | Promise<T>) => Promise<T>,
  { uetr, order: signed }: LoggedPayment,
): Promise<PvpPayment | null> {
  const { log, desk, clock } = options;
  const order = decodeOrder(signed.bytes);
  const offer = await offerFor(desks, order);
  const formed = offer.ok ? formPayment(options, signed, order, offer.value) : offer;
  return write('accept', async () => {
    const row = log.rows.get(uetr);
    if (row?.state !== 'RECEIVED') return row?.payment ?? null;
    const bound = formed.ok && offer.ok ? await bind(desk, order, offer.value, clock.now()) : formed;
    if (!bound.ok || !formed.ok) {
      log.refuse(uetr, bound.ok ? 'TERMS_INVALID' : bound.error.code);
      return null;
    }
    log.accept(uetr, formed.value);
    return formed.value;
  });
}

async function bind(
  desk: QuoteBinding,
  { uetr, quoteId }: Order,
  { quotes }: Offer,
  now: number,
): Promise<Result<unknown, Refusal>> {
  if (quoteId === null) {
    await desk.insertBoundQuotes(
      quotes,
      quotes.map(() => uetr),
    );
    return ok(null);
  }
  const quoteIds = quotes.map(({ quote }) => quote.quoteId);
  const [outcome] = await desk.bindQuotes([{ quoteIds, uetr, requesterBic: BANK_BIC, now }]);
  return outcome!;
}

function formPayment(
  { clock, coSignerKeyId }: GatewayOptions,
  signed: SignedOrder,
  order: Order,
  { quotes, validUntil }: Offer,
): Result<PvpPayment, Refusal> {
  const { uetr, route } = order;
  const destination = destinationOf(order);
  const legs = route.map((ledger, i) => {
    const before = quotes[i - 1]?.quote;
    const after = quotes[i]?.quote;
    return {
      ledger,
      debitWallet: before?.targetProviderWallet ?? order.debitWallet,
      creditWallet: after?.sourceProviderWallet ?? order.creditWallet,
      amountMinor: before?.targetAmountMinor ?? order.amountMinor,
      currency: CURRENCY[ledger]!,
      mark: i === 0 ? order.payerMark : i === route.length - 1 ? order.payeeMark : null,
    };
  });
  const terms: PvpTerms = {
    protocolVersion: PROTOCOL_VERSION,
    pvpId: uetr,
    sourceMessageHash: sha256(signed.bytes),
    destinationMessageHash: sha256(destination),
    legs,
    quotes: quotes.map(({ quote, hash, signature }) => ({
      quoteId: quote.quoteId,
      quoteHash: hash,
      providerSignature: signature,
    })),
    ...deadlines(clock.now(), [validUntil]),
    coSignerKeyIds: route.map(coSignerKeyId),
  };
  const broken = brokenTerm(terms);
  if (broken !== null) return err(refusal('TERMS_INVALID', broken));
  const bytes = quotes.map((quote) => quote.bytes);
  const perLeg = route.map((_, i) => ({
    documentBytes: i === 0 ? signed.bytes : destination,
    authorisation: i === 0 ? signed.signature : null,
    quotes: bytes,
  }));
  return ok({ pvpId: uetr, terms, termsBytes: encodeTerms(terms), perLeg });
}

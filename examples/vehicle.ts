/**
 * `npm run example:vehicle`: cars are sold. The money is held until the vehicle registry has entered the new owner; then
 * the seller has the price and the treasury the fee, in one transaction. Of the other sales the registry refuses one, after
 * which a new contract follows, and nobody registers the last one in time.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { createEventProvider, type EventProvider, type StatedEvent } from './support/event-provider.js';
import {
  balanceOf,
  decimal,
  issueTo,
  type LedgerAddress,
  lastEntry,
  mustBe,
  openParty,
  type Party,
} from './support/ledger.js';
import { runAsCommand, type Setting } from './support/run.js';
import { createStory, type Story } from './support/story.js';

const LEDGER = { code: 'KZ', currency: 'KZT' } as const;
const { currency } = LEDGER;
const MONEY = decimal(40_000_000_00n);
const PRICE = decimal(12_000_000_00n);
const FEE = decimal(18_460_00n);
const TOTAL = decimal(12_018_460_00n);
const DAY_SECONDS = 86_400;
/** The 24 hours of the sale that nobody registers. */
const SHORT_DAY_SECONDS = 5;
/** More than the ledger takes to give back by itself what is due. */
const WAIT_SECONDS_MAX = 60;

/** An event as the API answers it. */
interface Sale extends StatedEvent {
  readonly phase: string;
  readonly remaining: { readonly amount: string };
  readonly hold: { readonly state: string; readonly reason: string | null } | null;
  readonly decided: readonly { readonly reason: string | null }[];
  readonly kept: readonly { readonly why: string }[];
}

/** Who takes part. The wallets, and the ids of this run, end in `run`. */
interface Scene {
  readonly story: Story;
  readonly run: string;
  readonly buyersBank: Party;
  readonly sellersBank: Party;
  readonly treasury: Party;
  readonly oracle: Party;
  readonly registry: Party;
  readonly statements: EventProvider;
  readonly buyer: string;
  readonly seller: string;
  readonly fees: string;
}

/** Tells the sales; throws where the ledger answers otherwise than the story goes. */
export async function vehicleSales({ url, keys, tell }: Setting): Promise<void> {
  const story = createStory(tell, currency);
  story.title(
    'Vehicle sales: money that waits for the registry',
    'The buyer pays when the car is his, and the seller gives it away when the money is there: the ledger holds the money ' +
      'until the vehicle registry has entered the new owner. Meanwhile nobody can spend it, nor take it back.',
  );
  const scene = await openScene(story, { url, keys, code: LEDGER.code });
  await balances(scene);
  await registered(scene);
  await refused(scene);
  await forgotten(scene);
}

async function openScene(story: Story, address: LedgerAddress): Promise<Scene> {
  const [buyersBank, sellersBank, treasury, oracle, registry] = await Promise.all([
    openParty(address, "Buyer's bank", 'bank-altnkz20'),
    openParty(address, "Seller's bank", 'bank-dalakz20'),
    openParty(address, 'Treasury', 'treasury-kz'),
    openParty(address, 'Oracle', 'oracle-kz'),
    openParty(address, 'Vehicle registry', 'events-kz'),
  ]);
  const run = randomBytes(3).toString('hex');
  const [buyer, seller, fees] = [`KZ-BUYER-${run}`, `KZ-SELLER-${run}`, `KZ-FEES-${run}`];
  const statements = createEventProvider(`vehicle-registry-${run}`, LEDGER);

  story.chapter('The parties');
  await buyersBank.asks('/wallets', { walletId: buyer, kind: 'customer', ownerBic: 'ALTNKZ20' });
  story.tells(buyersBank, `opens a wallet for the buyer, ${buyer}`);
  await sellersBank.asks('/wallets', { walletId: seller, kind: 'customer', ownerBic: 'DALAKZ20' });
  story.tells(sellersBank, `opens a wallet for the seller, ${seller}`);
  await treasury.asks('/wallets', { walletId: fees, kind: 'treasury', ownerBic: 'TRSYKZ20' });
  story.tells(treasury, `opens a wallet for fees, ${fees}`);
  const bankWallet = 'KZ-ALTNKZ20-SETTLEMENT';
  await issueTo(address, buyersBank, { walletId: bankWallet, amount: MONEY, currency });
  story.tells('Central bank', 'issues money to the bank; two officers approved it', MONEY);
  await buyersBank.asks('/conversions', {
    ...{ direction: 'toDigital', bankWallet, clientWallet: buyer, amount: MONEY, currency },
    nonCashEntry: `GL-${run}`,
  });
  story.tells(buyersBank, "turns the buyer's deposit into digital money", MONEY);
  const { providerId, key } = statements;
  await oracle.asks('/providers', { providerId, bic: 'EVNTKZ20', name: 'Vehicle registry', keys: [key] });
  story.tells(oracle, 'enters the vehicle registry as an event provider, with its public key');
  return { story, run, buyersBank, sellersBank, treasury, oracle, registry, statements, buyer, seller, fees };
}

/** The contract at the oracle: price, fee, both wallets, and how long it may wait for the registry. */
async function contract(scene: Scene, name: string, seconds: number): Promise<string> {
  const { story, oracle, run, statements, buyer, seller, fees } = scene;
  const eventId = `${name}-${run}`;
  await oracle.asks('/events', {
    ...{ eventId, providers: [statements.providerId], debitWallet: buyer, amount: TOTAL, currency },
    receivers: [
      { walletId: seller, amount: PRICE },
      { walletId: fees, amount: FEE },
    ],
    expiresAt: new Date(Date.now() + seconds * 1_000).toISOString(),
  });
  const time = seconds === DAY_SECONDS ? '24 hours' : `24 hours, which last ${seconds} seconds here`;
  story.tells(oracle, `registers the contract ${eventId}: to the seller`, PRICE);
  story.tells('', 'to the treasury, as its fee', FEE);
  story.tells('', `if the registry enters the new owner within ${time}`);
  return eventId;
}

async function confirmed({ story, buyersBank }: Scene, eventId: string): Promise<Sale> {
  const sale = await buyersBank.asks<Sale>(`/events/${eventId}/hold`, {});
  mustBe(sale.phase, 'held');
  story.tells(buyersBank, 'confirms: the amount is held', sale.remaining.amount);
  return sale;
}

async function registered(scene: Scene): Promise<void> {
  const { story, buyersBank, sellersBank, treasury, registry, statements, buyer, seller, fees } = scene;
  story.chapter('A sale that the registry enters');
  const eventId = await contract(scene, 'sale-1', DAY_SECONDS);
  story.refuses(
    sellersBank,
    'confirms in place of the buyer',
    await sellersBank.isRefused(`/events/${eventId}/hold`, {}),
  );
  const sale = await confirmed(scene, eventId);
  const elsewhere = { debitWallet: buyer, creditWallet: seller, amount: MONEY, currency };
  story.refuses(buyersBank, 'spends all that the buyer had', await buyersBank.isRefused('/transfers', elsewhere));
  await balances(scene);

  const statement = statements.states(sale, { happened: TOTAL });
  const settled = await registry.asks<Sale>(`/events/${eventId}/statements`, statement);
  mustBe(settled.phase, 'settled');
  story.tells('', '');
  story.tells(registry, 'enters the new owner and signs: OwnershipTransferred', TOTAL);
  const [price, fee] = [await lastEntry(sellersBank, seller), await lastEntry(treasury, fees)];
  mustBe(price.transactionId, fee.transactionId);
  story.tells("Seller's bank", 'sees the price come in', price.amount);
  story.tells('Treasury', 'sees the fee come in', fee.amount);
  story.tells('', `both in one transaction, ${price.transactionId.slice(0, 16)}...`);
  const again = await registry.asks<Sale>(`/events/${eventId}/statements`, statement);
  mustBe(again.phase, 'settled');
  story.tells(registry, 'sends the same statement again: it is answered, and nothing moves');
  await balances(scene);
}

async function refused(scene: Scene): Promise<void> {
  const { story, registry, statements, buyersBank } = scene;
  story.chapter('A sale that the registry refuses, and the contract that follows it');
  const eventId = await contract(scene, 'sale-2', DAY_SECONDS);
  const sale = await confirmed(scene, eventId);
  const statement = statements.states(sale, { refused: 'the car is pledged to a bank' });
  await registry.asks<Sale>(`/events/${eventId}/statements`, statement);
  story.tells(registry, 'signs a refusal: the car is pledged to a bank');
  const returned = await buyersBank.reads<Sale>(`/events/${eventId}`);
  mustBe(returned.phase, 'refused');
  mustBe(returned.hold?.state, 'RELEASED');
  story.tells(buyersBank, `has the money back (${returned.hold?.reason}); no fee is taken`, TOTAL);
  story.tells('', `on record: "${returned.decided[0]?.reason}"`);

  const next = await contract(scene, 'sale-3', DAY_SECONDS);
  const other = statements.states(sale, { happened: TOTAL });
  const held = await confirmed(scene, next);
  const replayed = await registry.isRefused(`/events/${next}/statements`, other);
  story.refuses(registry, 'sends a statement that it signed for the contract before', replayed);
  const settled = await registry.asks<Sale>(`/events/${next}/statements`, statements.states(held, { happened: TOTAL }));
  mustBe(settled.phase, 'settled');
  story.tells(registry, 'the pledge is paid off; signs: OwnershipTransferred', TOTAL);
  await balances(scene);
}

async function forgotten(scene: Scene): Promise<void> {
  const { story, registry, statements, buyersBank } = scene;
  story.chapter('A sale that nobody registers in time');
  const eventId = await contract(scene, 'sale-4', SHORT_DAY_SECONDS);
  const sale = await confirmed(scene, eventId);
  await balances(scene);
  const returned = await expired(buyersBank, eventId);
  story.tells('', '');
  story.tells(
    'Ledger',
    `the time is over (${returned.hold?.reason}): the money is back by itself, no fee taken`,
    TOTAL,
  );
  const late = await registry.asks<Sale>(`/events/${eventId}/statements`, statements.states(sale, { happened: TOTAL }));
  mustBe(late.phase, 'expired');
  story.tells(registry, `signs too late: kept as evidence (${late.kept[0]?.why}), and nothing moves`);
  await balances(scene);
}

/** The sale once the ledger has given the money back; fails when it does not. */
async function expired(bank: Party, eventId: string): Promise<Sale> {
  for (const end = Date.now() + WAIT_SECONDS_MAX * 1_000; ; await pause(200)) {
    const sale = await bank.reads<Sale>(`/events/${eventId}`);
    if (sale.phase === 'expired') return sale;
    if (Date.now() > end) throw new Error(`${eventId} is still ${sale.phase}`);
  }
}

async function balances({ story, buyersBank, sellersBank, treasury, buyer, seller, fees }: Scene): Promise<void> {
  story.balances([
    ['buyer', await balanceOf(buyersBank, buyer)],
    ['seller', await balanceOf(sellersBank, seller)],
    ["treasury's fees", await balanceOf(treasury, fees)],
  ]);
}

await runAsCommand(import.meta.url, 'vehicle', vehicleSales);

/**
 * `npm run example:budget`: a road is built with budget money. The treasury marks it for the project; it moves under
 * registered agreements alone, part by part; the builder withdraws within its limit, and what it withdraws for a bridge
 * waits for the signed act of the work done; then the e-invoice is paid in parts, and its VAT arrives as VAT-marked money.
 * At the end the treasury sees where every tenge went.
 *
 * Money under an agreement neither waits for an event nor pays an e-invoice: what does is the builder's withdrawn money.
 */
import { randomBytes } from 'node:crypto';
import { createEventProvider, type EventProvider, type StatedEvent } from './support/event-provider.js';
import {
  type Amount,
  balanceOf,
  decimal,
  type Entry,
  grouped,
  issueTo,
  type LedgerAddress,
  mustBe,
  openParty,
  type Party,
} from './support/ledger.js';
import { runAsCommand, type Setting } from './support/run.js';
import { createStory, type Story } from './support/story.js';

const LEDGER = { code: 'KZ', currency: 'KZT' } as const;
const { currency } = LEDGER;

const BUDGET = decimal(100_000_000_00n);
/** The contract with the builder: all that it may be paid, and what of it it may withdraw. */
const CONTRACT = decimal(90_000_000_00n);
const WITHDRAWAL = decimal(34_800_000_00n);
/** The treasury pays the contract in three parts. */
const ADVANCE = decimal(30_000_000_00n);
const SECOND = decimal(40_000_000_00n);
const LAST = decimal(20_000_000_00n);
/** The builder's own contract with a quarry, and what it pays under it. */
const STONE_MAX = decimal(20_000_000_00n);
const STONE = decimal(12_000_000_00n);
/** The bridge: net and 16 % VAT. Two acts, for three fifths and two fifths of the work. */
const BRIDGE_NET = decimal(30_000_000_00n);
const BRIDGE_VAT = decimal(4_800_000_00n);
/** What the builder may withdraw is for it. */
const BRIDGE = WITHDRAWAL;
const ACT_1 = decimal(20_880_000_00n);
const ACT_2 = decimal(13_920_000_00n);
const SPARE = decimal(10_000_000_00n);
/** One tiyn more than the contract has left after the advance, and than the bridge is due after its first act. */
const TOO_MUCH = decimal(60_000_000_01n);
const OVERPAID = decimal(13_920_000_01n);
const TIYN = decimal(1n);

const YEAR_SECONDS = 365 * 86_400;

/** An agreement as the API answers it. */
interface Agreement {
  readonly transferLeft: Amount;
  readonly withdrawalLeft: Amount;
}

interface Invoice {
  readonly due: { readonly net: Amount; readonly vat: Amount };
}

interface Work extends StatedEvent {
  readonly phase: string;
  readonly remaining: Amount;
}

/** Transactions, and tokens from the one that made them to the one that spent them. */
interface Tree {
  readonly nodes: readonly Entry[];
  readonly edges: readonly (Amount & {
    readonly from: string;
    readonly to: string | null;
    readonly walletId: string;
    readonly markId: string | null;
  })[];
}

/** Who takes part. */
interface Scene {
  readonly story: Story;
  readonly treasury: Party;
  readonly oracle: Party;
  readonly buildersBank: Party;
  readonly suppliersBank: Party;
  readonly taxAuthority: Party;
  readonly supervision: EventProvider;
  readonly wallets: Wallets;
  /** Ids of the mark, of both agreements, of the event and of the invoice. */
  readonly project: string;
  readonly contract: string;
  readonly stones: string;
  readonly act: string;
  readonly invoice: string;
}

interface Wallets {
  /** The treasury's for this road. */
  readonly fund: string;
  readonly builder: string;
  /** The builder's too: it pays e-invoices from it. */
  readonly invoices: string;
  readonly bridge: string;
  readonly quarry: string;
}

/** Tells how the road is paid; throws where the ledger answers otherwise than the story goes. */
export async function budgetRoad({ url, keys, tell }: Setting): Promise<void> {
  const story = createStory(tell, currency);
  story.title(
    'A road of budget money: contract, act, e-invoice, payment',
    'The money is marked for the project: it moves under agreements of the registry alone, and the treasury is told of ' +
      'every step. The builder is a state road company with a budget grant; what it buys has VAT.',
  );
  const scene = await openScene(story, { url, keys, code: LEDGER.code });
  await agreed(scene);
  await paid(scene);
  await withdrawn(scene);
  await invoiced(scene);
  await finished(scene);
  await reported(scene);
}

async function openScene(story: Story, address: LedgerAddress): Promise<Scene> {
  const [treasury, oracle, buildersBank, suppliersBank, taxAuthority] = await Promise.all([
    openParty(address, 'Treasury', 'treasury-kz'),
    openParty(address, 'Oracle', 'oracle-kz'),
    openParty(address, "Builder's bank", 'bank-altnkz20'),
    openParty(address, "Suppliers' bank", 'bank-dalakz20'),
    openParty(address, 'Tax authority', 'tax-kz'),
  ]);
  const run = randomBytes(3).toString('hex');
  const wallets: Wallets = {
    fund: `KZ-ROADFUND-${run}`,
    builder: `KZ-BUILDER-${run}`,
    invoices: `KZ-BUILDER-INVOICES-${run}`,
    bridge: `KZ-BRIDGEWORKS-${run}`,
    quarry: `KZ-QUARRY-${run}`,
  };
  story.chapter('The budget');
  await treasury.asks('/wallets', { walletId: wallets.fund, kind: 'treasury', ownerBic: 'TRSYKZ20' });
  for (const walletId of [wallets.builder, wallets.invoices])
    await buildersBank.asks('/wallets', { walletId, kind: 'customer', ownerBic: 'ALTNKZ20' });
  for (const walletId of [wallets.bridge, wallets.quarry])
    await suppliersBank.asks('/wallets', { walletId, kind: 'customer', ownerBic: 'DALAKZ20' });
  for (const [who, walletId] of Object.entries(wallets)) story.tells(WALLET_NAMES[who as keyof Wallets], walletId);

  const bankWallet = 'KZ-ALTNKZ20-SETTLEMENT';
  await issueTo(address, buildersBank, { walletId: bankWallet, amount: BUDGET, currency });
  story.tells('Central bank', 'issues money to the bank; two officers approved it', BUDGET);
  const taxes = { debitWallet: bankWallet, creditWallet: wallets.fund, amount: BUDGET, currency };
  await buildersBank.asks('/transfers', taxes);
  story.tells(buildersBank, 'passes taxes on to the budget', BUDGET);
  const project = `road-a17-${run}`;
  await treasury.asks('/marks', { markId: project, rule: { by: 'agreement' } });
  await treasury.asks(`/marks/${project}/mark`, { walletId: wallets.fund, amount: BUDGET, currency });
  story.tells(treasury, `marks the money for the project ${project}: by agreement`, BUDGET);
  await treasury.asks('/marks', { markId: 'vat', rule: { by: 'vat', taxWallet: 'KZ-TAX' } });
  story.tells(treasury, 'has the mark of VAT, which leads to the tax authority');

  const supervision = createEventProvider(`supervision-${run}`, LEDGER);
  const ids = {
    project,
    contract: `A17/2027-${run}`,
    stones: `A17/2027-S-${run}`,
    act: `act-${run}`,
    invoice: `ESF-${run}`,
  };
  const parties = { treasury, oracle, buildersBank, suppliersBank, taxAuthority, supervision };
  return { story, wallets, ...parties, ...ids };
}

const WALLET_NAMES: Readonly<Record<keyof Wallets, string>> = {
  fund: 'road fund (treasury)',
  builder: 'builder',
  invoices: "builder's invoices",
  bridge: 'bridge works',
  quarry: 'quarry',
};

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();
const agreementPath = (agreementId: string): string => `/agreements/${encodeURIComponent(agreementId)}`;

/** The contracts, as the oracle has them: who pays whom, how much in all, how much of it may leave the project. */
async function agreed({ story, oracle, project, contract, stones, supervision, wallets }: Scene): Promise<void> {
  story.chapter('The contracts');
  const shared = { markId: project, currency, expiresAt: inSeconds(YEAR_SECONDS) };
  await oracle.asks('/agreements', {
    ...{ ...shared, agreementId: contract, payer: wallets.fund, payee: wallets.builder },
    ...{ transferMax: CONTRACT, withdrawalMax: WITHDRAWAL },
  });
  story.tells(oracle, `registers ${contract}: the treasury pays the builder at most`, CONTRACT);
  story.tells('', 'of which the builder may withdraw at most', WITHDRAWAL);
  await oracle.asks('/agreements', {
    ...{ ...shared, agreementId: stones, payer: wallets.builder, payee: wallets.quarry },
    ...{ transferMax: STONE_MAX, withdrawalMax: STONE_MAX },
  });
  story.tells(oracle, `registers ${stones}: the builder pays the quarry at most`, STONE_MAX);
  const { providerId, key } = supervision;
  await oracle.asks('/providers', { providerId, bic: 'EVNTKZ20', name: 'Technical supervision', keys: [key] });
  story.tells(oracle, 'enters the technical supervision as an event provider, with its public key');
}

/** The treasury pays a part of the contract; what is left of it is less by that. */
async function payPart({ story, treasury, project, contract, wallets }: Scene, what: string, amount: string) {
  const money = { markId: project, markLevel: 0, agreementId: contract, amount, currency };
  await treasury.asks('/spends', { debitWallet: wallets.fund, creditWallet: wallets.builder, ...money });
  const { transferLeft } = await treasury.reads<Agreement>(agreementPath(contract));
  story.tells(treasury, what, amount);
  story.tells('', 'left of the contract', transferLeft.amount);
}

async function paid(scene: Scene): Promise<void> {
  const { story, treasury, buildersBank, project, contract, stones, wallets } = scene;
  story.chapter('Part payments, and what the mark forbids');
  await payPart(scene, 'pays the advance under the contract', ADVANCE);
  const marked = { markId: project, markLevel: 0, currency };
  const fromFund = { ...marked, debitWallet: wallets.fund, creditWallet: wallets.builder, agreementId: contract };
  const tooMuch = await treasury.isRefused('/spends', { ...fromFund, amount: TOO_MUCH });
  story.refuses(treasury, 'pays a tiyn more than is left', tooMuch);
  const fromBuilder = { ...marked, debitWallet: wallets.builder, amount: STONE };
  const elsewhere = { ...fromBuilder, creditWallet: wallets.bridge, agreementId: contract };
  story.refuses(
    buildersBank,
    'pays somebody who is not in the contract',
    await buildersBank.isRefused('/spends', elsewhere),
  );
  const { debitWallet, amount } = fromBuilder;
  const asOrdinary = { debitWallet, creditWallet: wallets.bridge, amount, currency };
  story.refuses(
    buildersBank,
    'pays with it as with ordinary money',
    await buildersBank.isRefused('/transfers', asOrdinary),
  );
  await buildersBank.asks('/spends', { ...fromBuilder, creditWallet: wallets.quarry, agreementId: stones });
  story.tells(buildersBank, `pays the quarry under ${stones}: it is the project's money still`, STONE);
  await payPart(scene, 'pays the second part', SECOND);
  await balances(scene);
}

/** Part of what the builder was paid becomes ordinary money, and waits for the act. */
async function withdrawn(scene: Scene): Promise<void> {
  const { story, buildersBank, contract, act, supervision, wallets } = scene;
  story.chapter('The bridge: money that waits for the act');
  const path = `${agreementPath(contract)}/withdrawals`;
  await buildersBank.asks(path, { amount: WITHDRAWAL, currency });
  const { withdrawalLeft } = await buildersBank.reads<Agreement>(agreementPath(contract));
  story.tells(buildersBank, 'withdraws: this much is ordinary money now', WITHDRAWAL);
  story.tells('', 'left to withdraw', withdrawalLeft.amount);
  const more = await buildersBank.isRefused(path, { amount: TIYN, currency });
  story.refuses(buildersBank, 'withdraws a tiyn more', more);
  await buildersBank.asks('/events', {
    ...{ eventId: act, providers: [supervision.providerId], debitWallet: wallets.builder, mode: 'unlimited' },
    receivers: [{ walletId: wallets.invoices, amount: BRIDGE }],
    ...{ amount: BRIDGE, currency, expiresAt: inSeconds(YEAR_SECONDS) },
  });
  const { phase, remaining } = await buildersBank.asks<Work>(`/events/${act}/hold`, {});
  mustBe(phase, 'held');
  story.tells(
    buildersBank,
    `has it held for ${act}: released as work is done, to the wallet that pays`,
    remaining.amount,
  );
  await balances(scene);
}

/** A signed act of work done: so much of what is held is released. */
async function done({ story, oracle, supervision, act }: Scene, what: string, amount: string): Promise<void> {
  const work = await oracle.reads<Work>(`/events/${act}`);
  const { remaining } = await oracle.asks<Work>(
    `/events/${act}/statements`,
    supervision.states(work, { happened: amount }),
  );
  story.tells('Supervision', what, amount);
  story.tells('', 'still held', remaining.amount);
}

async function payInvoice({ story, buildersBank, invoice }: Scene, amount: string): Promise<void> {
  await buildersBank.asks(`/invoices/${invoice}/payments`, { amount, currency });
  const { due } = await buildersBank.reads<Invoice>(`/invoices/${invoice}`);
  story.tells(buildersBank, `pays ${invoice}`, amount);
  story.tells('', 'due still, net', due.net.amount);
  story.tells('', 'due still, VAT', due.vat.amount);
}

async function invoiced(scene: Scene): Promise<void> {
  const { story, buildersBank, suppliersBank, taxAuthority, invoice, wallets } = scene;
  story.chapter('Act, e-invoice, payment: twice');
  await suppliersBank.asks('/invoices', {
    ...{ invoiceId: invoice, form: 'invoice', sellerWallet: wallets.bridge, buyerWallet: wallets.invoices },
    ...{ net: BRIDGE_NET, vat: BRIDGE_VAT, currency },
  });
  story.tells(suppliersBank, `registers the e-invoice ${invoice} of the bridge works: net`, BRIDGE_NET);
  story.tells('', 'VAT', BRIDGE_VAT);
  const payment = `/invoices/${invoice}/payments`;
  const early = await buildersBank.isRefused(payment, { amount: ACT_1, currency });
  story.refuses(buildersBank, 'pays before there is an act', early);

  await done(scene, 'signs act 1: three fifths of the bridge', ACT_1);
  await payInvoice(scene, ACT_1);
  await balances(scene);
  story.tells('', '');
  const vat = { debitWallet: wallets.bridge, markId: 'vat', markLevel: 0, currency };
  const misused = { ...vat, creditWallet: wallets.quarry, amount: TIYN };
  story.refuses(suppliersBank, 'buys stone with VAT', await suppliersBank.isRefused('/spends', misused));

  await done(scene, 'signs act 2: the bridge stands', ACT_2);
  const overpaid = await buildersBank.isRefused(payment, { amount: OVERPAID, currency });
  story.refuses(buildersBank, 'pays a tiyn more than is due', overpaid);
  await payInvoice(scene, ACT_2);
  const toTax = { ...vat, creditWallet: 'KZ-TAX', amount: BRIDGE_VAT };
  const { transactionId } = await suppliersBank.asks<{ transactionId: string }>('/spends', toTax);
  const { amount } = await taxAuthority.reads<Amount>(`/transactions/${transactionId}`);
  story.tells(suppliersBank, 'pays the VAT to the tax authority', BRIDGE_VAT);
  story.tells(taxAuthority, 'has it as ordinary money', amount);
  await balances(scene);
}

async function finished(scene: Scene): Promise<void> {
  const { story, treasury, project, wallets } = scene;
  story.chapter('The road is finished');
  await payPart(scene, 'pays the last part', LAST);
  const spare = { walletId: wallets.fund, markLevel: 0, amount: SPARE, currency };
  await treasury.asks(`/marks/${project}/unmark`, spare);
  story.tells(treasury, 'takes the mark off what the project did not need', SPARE);
  await balances(scene);
}

/** What the treasury, who marked the money, is told. */
async function reported({ story, treasury, project, contract, wallets }: Scene): Promise<void> {
  story.chapter('What the treasury sees');
  const names = new Map(
    Object.entries(wallets).map(([who, walletId]) => [walletId, WALLET_NAMES[who as keyof Wallets]]),
  );
  const nameOf = (walletId: string | null): string => names.get(walletId ?? '') ?? '';
  const { entries } = await treasury.reads<{ entries: Entry[] }>(`/marks/${project}/report`);
  const moved = entries.filter(({ kind }) => kind !== 'register');
  story.tells(treasury, `reads the report of ${project}: every movement of its money`);
  story.rows(moved.map((one) => [one.kind, nameOf(one.debitWallet), nameOf(one.creditWallet), grouped(one.amount)]));

  const tree = await treasury.reads<Tree>(`/marks/${project}/tree`);
  story.tells(
    treasury,
    'reads the tree of the project: which transaction spends the tokens of which, and what it makes',
  );
  story.rows(branches(tree, nameOf));

  const history = await treasury.reads<{ entries: Entry[] }>(`${agreementPath(contract)}/history`);
  const steps = history.entries.map(({ kind }) => kind).join(', ');
  story.tells(treasury, `reads the history of ${contract}: ${steps}`);

  const { pockets } = await treasury.reads<{ pockets: (Amount & { walletId: string })[] }>(`/marks/${project}/pockets`);
  story.tells(treasury, 'sees where money of the project is now');
  for (const { walletId, amount } of pockets) story.tells('', nameOf(walletId), amount);
  const of = (kind: string): bigint => sum(moved.filter((one) => one.kind === kind).map(({ amount }) => amount));
  const [inside, left, unmarked] = [sum(pockets.map(({ amount }) => amount)), of('withdraw'), of('unmark')];
  mustBe(inside + left + unmarked, of('mark'));
  story.tells('', 'withdrawn, all of it for the bridge', decimal(left));
  story.tells('', 'unmarked again', decimal(unmarked));
  story.tells('', 'in all, which is what was marked', decimal(inside + left + unmarked));
}

/** A transaction of the tree a row: its number, what it is, those whose tokens it spends, the project's tokens it makes. */
function branches({ nodes, edges }: Tree, nameOf: (walletId: string) => string): string[][] {
  const shown = nodes.filter(({ kind }) => kind !== 'register');
  const numbers = new Map(shown.map(({ transactionId }, at) => [transactionId, at + 1]));
  return shown.map(({ transactionId, kind }, at) => {
    const spent = edges.flatMap(({ from, to }) => (to === transactionId ? (numbers.get(from) ?? []) : []));
    const made = edges.filter(({ from, markId }) => from === transactionId && markId !== null);
    const tokens = made.map(({ walletId, amount }) => `${nameOf(walletId)} ${grouped(amount)}`);
    return [`${at + 1}`, kind, spent.length > 0 ? `of ${spent.join(', ')}` : '', tokens.join(', ')];
  });
}

const sum = (amounts: readonly string[]): bigint =>
  amounts.reduce((total, amount) => total + BigInt(amount.replace('.', '')), 0n);

async function balances({ story, treasury, buildersBank, suppliersBank, wallets }: Scene): Promise<void> {
  const owners: Readonly<Record<keyof Wallets, Party>> = {
    ...{ fund: treasury, builder: buildersBank, invoices: buildersBank },
    ...{ bridge: suppliersBank, quarry: suppliersBank },
  };
  const names = Object.keys(wallets) as (keyof Wallets)[];
  const rows = names.map(async (who) => [WALLET_NAMES[who], await balanceOf(owners[who], wallets[who])] as const);
  story.balances(await Promise.all(rows), true);
}

await runAsCommand(import.meta.url, 'budget', budgetRoad);

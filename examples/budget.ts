/**
 * `npm run example:budget`: a road is built with budget money. The treasury marks it for the project; it moves under
 * registered agreements alone, part by part. What the contract has for a bridge waits for the signed acts of the work done;
 * with each part the builder pays the e-invoice of the bridge works, whose VAT arrives as VAT-marked money and whose net is
 * the project's money still, until they withdraw it within their limit. At the end the treasury sees where every tenge went.
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
/** The contract with the builder: all that it may be paid, of which it may withdraw nothing. */
const CONTRACT = decimal(90_000_000_00n);
const NOTHING = decimal(0n);
/** The treasury pays the contract in three parts; the second one, for the bridge, waits for acts. */
const ADVANCE = decimal(30_000_000_00n);
const LAST = decimal(25_200_000_00n);
/** The builder's own contract with a quarry, and what it pays under it. */
const STONE_MAX = decimal(20_000_000_00n);
const STONE = decimal(12_000_000_00n);
/** The bridge: net and 16 % VAT, which is what its contract is for. Two acts, for three fifths and two fifths of the work. */
const BRIDGE = decimal(34_800_000_00n);
const BRIDGE_NET = decimal(30_000_000_00n);
const BRIDGE_VAT = decimal(4_800_000_00n);
const ACT_1 = decimal(20_880_000_00n);
const ACT_2 = decimal(13_920_000_00n);
const SPARE = decimal(10_000_000_00n);
/** One tiyn more than the contract has left after the advance; after what is held for the bridge; and than the bridge is due. */
const TOO_MUCH = decimal(60_000_000_01n);
const BESIDE_HELD = decimal(25_200_000_01n);
const OVERPAID = decimal(13_920_000_01n);
const TIYN = decimal(1n);

const YEAR_SECONDS = 365 * 86_400;

/** An agreement as the API answers it. */
interface Agreement {
  readonly transferLeft: Amount;
  readonly transferredVat: Amount;
  readonly held: Amount;
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
  /** Ids of the mark, of the agreements, of the event and of the invoice. */
  readonly project: string;
  readonly contract: string;
  readonly stones: string;
  readonly works: string;
  readonly act: string;
  readonly invoice: string;
}

interface Wallets {
  /** The treasury's for this road. */
  readonly fund: string;
  readonly builder: string;
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
  await held(scene);
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
    bridge: `KZ-BRIDGEWORKS-${run}`,
    quarry: `KZ-QUARRY-${run}`,
  };
  story.chapter('The budget');
  await treasury.asks('/wallets', { walletId: wallets.fund, kind: 'treasury', ownerBic: 'TRSYKZ20' });
  await buildersBank.asks('/wallets', { walletId: wallets.builder, kind: 'customer', ownerBic: 'ALTNKZ20' });
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
    works: `A17/2027-B-${run}`,
    act: `act-${run}`,
    invoice: `ESF-${run}`,
  };
  const parties = { treasury, oracle, buildersBank, suppliersBank, taxAuthority, supervision };
  return { story, wallets, ...parties, ...ids };
}

const WALLET_NAMES: Readonly<Record<keyof Wallets, string>> = {
  fund: 'road fund (treasury)',
  builder: 'builder',
  bridge: 'bridge works',
  quarry: 'quarry',
};

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();
const agreementPath = (agreementId: string): string => `/agreements/${encodeURIComponent(agreementId)}`;

/** The contracts, as the oracle has them: who pays whom, how much in all, how much of it may leave the project. */
async function agreed({ story, oracle, project, contract, stones, works, supervision, wallets }: Scene): Promise<void> {
  story.chapter('The contracts');
  const shared = { markId: project, currency, expiresAt: inSeconds(2 * YEAR_SECONDS) };
  await oracle.asks('/agreements', {
    ...{ ...shared, agreementId: contract, payer: wallets.fund, payee: wallets.builder },
    ...{ transferMax: CONTRACT, withdrawalMax: NOTHING },
  });
  story.tells(oracle, `registers ${contract}: the treasury pays the builder at most`, CONTRACT);
  story.tells('', 'of which the builder may withdraw nothing');
  await oracle.asks('/agreements', {
    ...{ ...shared, agreementId: stones, payer: wallets.builder, payee: wallets.quarry },
    ...{ transferMax: STONE_MAX, withdrawalMax: STONE_MAX },
  });
  story.tells(oracle, `registers ${stones}: the builder pays the quarry at most`, STONE_MAX);
  await oracle.asks('/agreements', {
    ...{ ...shared, agreementId: works, payer: wallets.builder, payee: wallets.bridge },
    ...{ transferMax: BRIDGE, withdrawalMax: BRIDGE_NET },
  });
  story.tells(oracle, `registers ${works}: the builder pays the bridge works at most`, BRIDGE);
  story.tells('', 'of which they may withdraw at most', BRIDGE_NET);
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
  await balances(scene);
}

/** What the contract has for the bridge waits for the acts: it is off the contract's total, and with nobody yet. */
async function held(scene: Scene): Promise<void> {
  const { story, treasury, project, contract, act, supervision, wallets } = scene;
  story.chapter('The bridge: money of the contract that waits for acts');
  await treasury.asks('/events', {
    ...{ eventId: act, providers: [supervision.providerId], debitWallet: wallets.fund, mode: 'unlimited' },
    receivers: [{ walletId: wallets.builder, amount: BRIDGE, agreementId: contract }],
    ...{ amount: BRIDGE, currency, markId: project, markLevel: 0, expiresAt: inSeconds(YEAR_SECONDS) },
  });
  const { phase, remaining } = await treasury.asks<Work>(`/events/${act}/hold`, {});
  mustBe(phase, 'held');
  story.tells(treasury, `has it held for ${act}: paid to the builder as work is done`, remaining.amount);
  await tellContract(scene);
  const money = { markId: project, markLevel: 0, agreementId: contract, amount: BESIDE_HELD, currency };
  const beside = { debitWallet: wallets.fund, creditWallet: wallets.builder, ...money };
  story.refuses(treasury, 'pays a tiyn of what is held besides', await treasury.isRefused('/spends', beside));
  await balances(scene);
}

async function tellContract({ story, treasury, contract }: Scene): Promise<void> {
  const { transferLeft, held: waiting } = await treasury.reads<Agreement>(agreementPath(contract));
  story.tells('', 'held under the contract', waiting.amount);
  story.tells('', 'left of the contract', transferLeft.amount);
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
  const { story, buildersBank, suppliersBank, taxAuthority, works, invoice, wallets } = scene;
  story.chapter('Act, e-invoice, payment: twice');
  await suppliersBank.asks('/invoices', {
    ...{ invoiceId: invoice, form: 'invoice', sellerWallet: wallets.bridge, buyerWallet: wallets.builder },
    ...{ net: BRIDGE_NET, vat: BRIDGE_VAT, currency, agreementId: works },
  });
  story.tells(suppliersBank, `registers the e-invoice ${invoice} of the bridge works: net`, BRIDGE_NET);
  story.tells('', 'VAT', BRIDGE_VAT);
  story.tells('', `to be paid under ${works}, with money of the project`);
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
  await withdrawn(scene);
  await balances(scene);
}

/** The bridge works turn what they earned into ordinary money, as far as their contract says. */
async function withdrawn({ story, suppliersBank, works }: Scene): Promise<void> {
  const path = `${agreementPath(works)}/withdrawals`;
  await suppliersBank.asks(path, { amount: BRIDGE_NET, currency });
  const { withdrawalLeft } = await suppliersBank.reads<Agreement>(agreementPath(works));
  story.tells(suppliersBank, 'withdraws: this much is ordinary money now', BRIDGE_NET);
  story.tells('', 'left to withdraw', withdrawalLeft.amount);
  const more = await suppliersBank.isRefused(path, { amount: TIYN, currency });
  story.refuses(suppliersBank, 'withdraws a tiyn more', more);
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
  const { agreements } = await treasury.reads<{ agreements: Agreement[] }>(`/marks/${project}/agreements`);
  const vat = sum(agreements.map(({ transferredVat }) => transferredVat.amount));
  mustBe(inside + left + vat + unmarked, of('mark'));
  story.tells('', 'withdrawn, all of it for the bridge', decimal(left));
  story.tells('', 'gone on as VAT', decimal(vat));
  story.tells('', 'unmarked again', decimal(unmarked));
  story.tells('', 'in all, which is what was marked', decimal(inside + left + vat + unmarked));
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
    ...{ fund: treasury, builder: buildersBank, bridge: suppliersBank, quarry: suppliersBank },
  };
  const names = Object.keys(wallets) as (keyof Wallets)[];
  const rows = names.map(async (who) => [WALLET_NAMES[who], await balanceOf(owners[who], wallets[who])] as const);
  story.balances(await Promise.all(rows), true);
}

await runAsCommand(import.meta.url, 'budget', budgetRoad);

/**
 * No VAT is lost or made: random chains of invoices, prepayments, payments, corrections, cancellations, refunds and tax
 * payments between companies, each chain one block of the pure core, against a ledger of two numbers a wallet.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formBlock, type LedgerContext } from '../../../src/ledger/block.js';
import { decodeTransaction } from '../../../src/ledger/canonical.js';
import { NO_HASH } from '../../../src/ledger/chain.js';
import { due, kept, stateOfInvoice, termsOfInvoice } from '../../../src/ledger/domestic/invoice.js';
import { type BlockMutations, type BlockView, entryKey, type TokenDraft } from '../../../src/ledger/model.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import { IDENTITY, issue, open, transfer } from '../support.js';
import { cancel, contract, correct, invoice, pay, payTax, refund, registerVat, TREASURY } from './invoices.js';

const COMPANIES = ['farm', 'mill', 'baker', 'shop', 'guest'] as const;
const FUNDS = 1_000n;
const CHAIN_COUNT = 10_000;

interface Bill {
  readonly id: string;
  readonly isContract: boolean;
  readonly seller: string;
  readonly buyer: string;
  net: bigint;
  vat: bigint;
  phase: 'open' | 'cancelled' | 'corrected';
  /** With the seller and refundable. */
  hasNet: bigint;
  hasVat: bigint;
  /** Taken over by invoices. */
  goneNet: bigint;
  goneVat: bigint;
  /** Of `hasVat`, what the buyer brought marked. */
  brought: bigint;
}

/** What became of each company's money, told in two numbers a wallet: ordinary and VAT. */
function createModel() {
  const free = new Map<string, bigint>(COMPANIES.map((id) => [id, FUNDS]));
  const vat = new Map<string, bigint>(COMPANIES.map((id) => [id, 0n]));
  free.set('tax', 0n);
  vat.set('tax', 0n);
  const add = (to: Map<string, bigint>, id: string, minor: bigint) => to.set(id, to.get(id)! + minor);
  const bills: Bill[] = [];
  const min = (a: bigint, b: bigint) => (a < b ? a : b);
  const rest = (a: bigint, b: bigint) => (a > b ? a - b : 0n);
  const dueOf = (bill: Bill) =>
    bill.phase === 'open'
      ? ([rest(bill.net, bill.hasNet + bill.goneNet), rest(bill.vat, bill.hasVat + bill.goneVat)] as const)
      : ([0n, 0n] as const);
  /** Moves a sum of which so much is VAT-marked when it leaves, and so much when it arrives. */
  const move = (from: string, to: string, sum: bigint, left: bigint, came: bigint): boolean => {
    if (free.get(from)! < sum - left) return false;
    add(free, from, left - sum);
    add(vat, from, -left);
    add(free, to, sum - came);
    add(vat, to, came);
    return true;
  };
  return {
    free,
    vat,
    bills,
    dueOf,
    bill(id: string, isContract: boolean, seller: string, buyer: string, net: bigint, vatMinor: bigint, under?: Bill) {
      const fits =
        !under || (under.isContract && under.phase === 'open' && under.seller === seller && under.buyer === buyer);
      if (seller === buyer || !fits) return 'INVOICE_PARTIES';
      const [takenNet, takenVat] = under ? [min(under.hasNet, net), min(under.hasVat, vatMinor)] : [0n, 0n];
      const brought = under ? min(under.brought, takenVat) : 0n;
      if (under) {
        under.hasNet -= takenNet;
        under.hasVat -= takenVat;
        under.goneNet += takenNet;
        under.goneVat += takenVat;
        under.brought -= brought;
      }
      const had = { hasNet: takenNet, hasVat: takenVat, brought, goneNet: 0n, goneVat: 0n };
      bills.push({ id, isContract, seller, buyer, net, vat: vatMinor, phase: 'open', ...had });
      return 'ok';
    },
    pay(bill: Bill, sum: bigint) {
      if (bill.phase !== 'open') return 'INVOICE_STATE';
      const [dueNet, dueVat] = dueOf(bill);
      if (sum > dueNet + dueVat) return 'INVOICE_OVERPAID';
      const part = (dueVat * sum) / (dueNet + dueVat);
      const brought = min(vat.get(bill.buyer)!, part);
      if (!move(bill.buyer, bill.seller, sum, brought, part)) return 'FUNDS_INSUFFICIENT';
      bill.hasNet += sum - part;
      bill.hasVat += part;
      bill.brought += brought;
      return 'ok';
    },
    refund(bill: Bill, sum: bigint) {
      if (bill.phase === 'corrected') return 'INVOICE_STATE';
      if (sum > bill.hasNet + bill.hasVat) return 'REFUND_EXCESSIVE';
      const isOff = bill.phase === 'cancelled';
      const overNet = isOff ? bill.hasNet : min(bill.hasNet, rest(bill.hasNet + bill.goneNet, bill.net));
      const overVat = isOff ? bill.hasVat : min(bill.hasVat, rest(bill.hasVat + bill.goneVat, bill.vat));
      const over = min(sum, overNet + overVat);
      let part = over === 0n ? 0n : (overVat * over) / (overNet + overVat);
      const [otherNet, otherVat] = [bill.hasNet - overNet, bill.hasVat - overVat];
      if (sum > over) part += (otherVat * (sum - over)) / (otherNet + otherVat);
      const came = rest(part, bill.hasVat - bill.brought);
      if (!move(bill.seller, bill.buyer, sum, min(vat.get(bill.seller)!, part), came)) return 'FUNDS_INSUFFICIENT';
      bill.hasNet -= sum - part;
      bill.hasVat -= part;
      bill.brought -= came;
      return 'ok';
    },
    correct(bill: Bill, id: string, net: bigint, vatMinor: bigint) {
      if (bill.phase !== 'open') return 'INVOICE_STATE';
      bills.push({ ...bill, id, net, vat: vatMinor });
      bill.phase = 'corrected';
      return 'ok';
    },
    cancel(bill: Bill) {
      if (bill.phase === 'corrected') return 'INVOICE_STATE';
      bill.phase = 'cancelled';
      return 'ok';
    },
    payTax(from: string, sum: bigint) {
      if (vat.get(from)! < sum) return 'FUNDS_INSUFFICIENT';
      move(from, 'tax', sum, sum, 0n);
      return 'ok';
    },
    transfer(from: string, to: string, sum: bigint) {
      if (from === to) return 'BAD_REQUEST';
      return move(from, to, sum, 0n, 0n) ? 'ok' : 'FUNDS_INSUFFICIENT';
    },
  };
}

const who = fc.nat(COMPANIES.length - 1);
const which = fc.nat(63);
const net = fc.bigInt(0n, 900n);
/** Per cent; above 100 is more than there is. */
const part = fc.constantFrom(1n, 30n, 33n, 50n, 70n, 100n, 100n, 100n, 104n);
const total = fc.record({ net, vat: fc.oneof(fc.constant(null), fc.bigInt(1n, 200n)) });
const STEPS = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('invoice' as const), who, other: who, total, which }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('contract' as const), who, other: who, total }) },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('pay' as const), which, part }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('refund' as const), which, part }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('correct' as const), which, total }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), which }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('payTax' as const), who, part }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('transfer' as const), who, other: who, part }) },
  ),
  { minLength: 8, maxLength: 18 },
);
type Step = typeof STEPS extends fc.Arbitrary<readonly (infer S)[]> ? S : never;

/** The commands of a chain, and what the model says becomes of each. */
function tell(steps: readonly Step[]) {
  const model = createModel();
  const commands: LedgerCommand[] = [];
  const expected: string[] = [];
  const say = (command: LedgerCommand, outcome: string) => {
    commands.push(command);
    expected.push(outcome);
  };
  const share = (sum: bigint, percent: bigint) => (sum * percent) / 100n || 1n;
  for (const [i, step] of steps.entries()) {
    const id = `n${i}`;
    // Mostly one to which something can still happen.
    const live = model.bills.filter(({ phase }) => phase === 'open');
    const among = 'which' in step && step.which < 56 && live.length > 0 ? live : model.bills;
    const bill = 'which' in step ? among[step.which % (among.length || 1)] : undefined;
    const [a, b] = ['who' in step ? COMPANIES[step.who]! : '', 'other' in step ? COMPANIES[step.other]! : ''];
    const netMinor = 'total' in step ? step.total.net + 1n : 0n;
    const vatMinor = 'total' in step ? (step.total.vat ?? (netMinor * 12n) / 100n) : 0n;
    switch (step.kind) {
      case 'invoice': {
        // Half of them under a contract, where there is one: then mostly between its parties.
        const under = step.which % 2 === 0 && bill?.isContract && bill.phase === 'open' ? bill : undefined;
        const [seller, buyer] = under && step.which % 8 !== 0 ? [under.seller, under.buyer] : [a, b];
        const outcome = model.bill(id, false, seller, buyer, netMinor, vatMinor, under);
        say(invoice(id, seller, buyer, netMinor, vatMinor, under?.id ?? null), outcome);
        break;
      }
      case 'contract':
        say(contract(id, a, b, netMinor, vatMinor), model.bill(id, true, a, b, netMinor, vatMinor));
        break;
      case 'pay': {
        if (!bill) break;
        const [dueNet, dueVat] = model.dueOf(bill);
        const sum = share(dueNet + dueVat, step.part);
        say(pay(id, bill.id, bill.seller, bill.buyer, sum), model.pay(bill, sum));
        break;
      }
      case 'refund': {
        if (!bill) break;
        const sum = share(bill.hasNet + bill.hasVat, step.part);
        say(refund(id, bill.id, bill.seller, bill.buyer, sum), model.refund(bill, sum));
        break;
      }
      case 'correct':
        if (bill) say(correct(id, bill.id, netMinor, vatMinor), model.correct(bill, id, netMinor, vatMinor));
        break;
      case 'cancel':
        if (bill) say(cancel(bill.id), model.cancel(bill));
        break;
      case 'payTax': {
        const owing = COMPANIES.filter((company) => model.vat.get(company)! > 0n);
        const from = owing[step.who % owing.length] ?? a;
        const sum = share(model.vat.get(from)!, step.part);
        say(payTax(id, from, sum), model.payTax(from, sum));
        break;
      }
      case 'transfer': {
        const sum = share(model.free.get(a)!, step.part);
        say(transfer(id, a, b, sum), model.transfer(a, b, sum));
      }
    }
  }
  return { model, commands, expected };
}

const LEDGER: LedgerContext = { ...IDENTITY, accountKey: new Uint8Array(32) };
const START: readonly LedgerCommand[] = [
  ...[...COMPANIES.map((id) => open(id)), open('tax', 'treasury', TREASURY), registerVat('tax')],
  ...COMPANIES.map((id) => issue(`i-${id}`, id, FUNDS)),
];
const head = { sequence: 0n, hash: NO_HASH, epoch: 1n, issuedMinor: 0n, redeemedMinor: 0n };
const EMPTY: BlockView = {
  ...{ wallets: new Map(), soleWallets: new Map(), awaited: new Set(), accounts: new Map(), references: new Map() },
  ...{ holds: new Map(), heldTokens: new Map(), pockets: new Map(), entries: new Map(), tokens: new Map() },
  ...{ cursors: new Map(), head },
};
/** The state after the companies got their money. A block leaves the view that it is formed on untouched. */
const FUNDED: BlockView = (() => {
  const { outcomes, mutations, freeTokens } = formBlock(LEDGER, EMPTY, START, 1);
  expect(outcomes.every(({ ok }) => ok)).toBe(true);
  return {
    ...{ ...EMPTY, head: { ...head, sequence: 1n, issuedMinor: mutations.issuedMinor } },
    wallets: new Map(mutations.walletsOpened.map((row) => [row.walletId, row])),
    entries: new Map(mutations.entries.map((entry) => [entryKey(entry.kind, entry.entryId), entry])),
    tokens: new Map([...freeTokens].map(([key, tokens]) => [key, [...tokens]])),
  };
})();

/**
 * VAT in the tokens of transactions: what they marked out of ordinary money less what they made ordinary again, by kind.
 * Nothing but an invoice marks it, and nothing but a payment of tax clears it.
 */
function vatMade({ transactions }: BlockMutations): { byInvoices: bigint; byTax: bigint; byOthers: bigint } {
  const vatIn = (tokens: readonly TokenDraft[]) =>
    tokens.reduce((sum, { markId, amountMinor }) => (markId === 'vat' ? sum + amountMinor : sum), 0n);
  const made = { byInvoices: 0n, byTax: 0n, byOthers: 0n };
  for (const { kind, body } of transactions) {
    const { inputs, outputs } = decodeTransaction(body);
    const isOfInvoice = kind === 'payInvoice' || kind === 'refundInvoice';
    made[isOfInvoice ? 'byInvoices' : kind === 'spend' ? 'byTax' : 'byOthers'] += vatIn(outputs) - vatIn(inputs);
  }
  return made;
}

const sumUp = (numbers: readonly bigint[]): bigint => numbers.reduce((a, b) => a + b, 0n);
const ofBill = (id: string, phase: string, numbers: readonly bigint[]): string => `${id} ${phase} ${numbers.join(' ')}`;
const counts = new Map<string, number>();

function check(steps: readonly Step[]): void {
  const { model, commands, expected } = tell(steps);
  const { outcomes, mutations, shortages } = formBlock(LEDGER, FUNDED, commands, 2);
  const codes = outcomes.map((outcome, i) => `${commands[i]!.kind} ${outcome.ok ? 'ok' : outcome.error.code}`);
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  expect([shortages.size, ...codes]).toEqual([0, ...commands.map(({ kind }, i) => `${kind} ${expected[i]}`)]);

  const rows = new Map([...FUNDED.wallets.values(), ...mutations.wallets].map((row) => [row.walletId as string, row]));
  const purses = [...rows.values()].map((row) => [row.availableMinor, row.markedMinor] as const);
  const said = [...rows.keys()].map((id) => [model.free.get(id), model.vat.get(id)]);
  expect(purses.join('; ')).toBe(said.join('; '));
  const vat = sumUp(purses.map(([, marked]) => marked));
  expect(vat + sumUp(purses.map(([free]) => free))).toBe(FUNDS * BigInt(COMPANIES.length));
  const { byInvoices, byTax, byOthers } = vatMade(mutations);
  expect([byInvoices + byTax, byOthers]).toEqual([vat, 0n]);

  const invoices = mutations.entries.map((entry) => {
    const [terms, state] = [termsOfInvoice(entry), stateOfInvoice(entry)];
    const [rest, has] = [due(terms, state), kept(state)];
    const numbers = [rest.netMinor, rest.vatMinor, has.netMinor, has.vatMinor, state.broughtMinor];
    return ofBill(terms.invoiceId, state.phase, numbers);
  });
  const bills = model.bills.map((bill) => {
    const has = bill.phase === 'corrected' ? [0n, 0n] : [bill.hasNet, bill.hasVat];
    return ofBill(bill.id, bill.phase, [...model.dueOf(bill), ...has, bill.brought]);
  });
  expect(invoices.sort().join('; ')).toBe(bills.sort().join('; '));
}

it(`${CHAIN_COUNT} random chains: the tokens are what the model says, no VAT is lost or made`, {
  timeout: 300_000,
}, () => {
  fc.assert(fc.property(STEPS, check), { numRuns: CHAIN_COUNT, seed: 20_260 });
  // The chains have everything in them, refusals too.
  const often = [
    ...['registerInvoice ok', 'payInvoice ok', 'refundInvoice ok', 'correctInvoice ok', 'cancelInvoice ok', 'spend ok'],
    ...['registerInvoice INVOICE_PARTIES', 'payInvoice INVOICE_OVERPAID', 'payInvoice INVOICE_STATE'],
    ...['payInvoice FUNDS_INSUFFICIENT', 'refundInvoice REFUND_EXCESSIVE', 'refundInvoice FUNDS_INSUFFICIENT'],
    ...['spend FUNDS_INSUFFICIENT'],
  ];
  expect(often.filter((what) => (counts.get(what) ?? 0) < 20)).toEqual([]);
});

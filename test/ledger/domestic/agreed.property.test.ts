/** Money of a project under random payments, invoices, holds, withdrawals and refunds: none of it is lost or made. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { agreementOf, transferLeft, useOf, withdrawalLeft } from '../../../src/ledger/domestic/agreement.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import { createMemoryStore } from '../../../src/ledger/store.memory.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import { codes, issue, manualClock, open, openLedger, T0, w } from '../support.js';
import { agree, mark, project, spend, TREASURY, withdraw } from './agreements.js';
import { expire, happened, hold, refused, register, registerProvider, state, termsOfSale } from './event-support.js';
import { invoice, pay, payTax, refund, registerVat } from './invoices.js';

/** The payee of one agreement is the payer of the next, all the way round: VAT and project's money meet everywhere. */
const RING = [
  ['A1', 'fund', 'builder'],
  ['A2', 'builder', 'mason'],
  ['A3', 'mason', 'fund'],
] as const;
type Place = (typeof RING)[number];
const MARKED = 600n;
const LIFE_MS = 40;

const under = (agreementId: string) => ({ agreement: { agreementId, markId: 'school' } });
const eventOf = ([agreementId, payer, payee]: Place) =>
  termsOfSale({
    ...{ eventId: `event-${agreementId}`, debitWallet: w(payer), markId: 'school', markLevel: 0, amountMinor: 60n },
    ...{ mode: 'unlimited', expiresAt: T0 + LIFE_MS, receivers: [{ walletId: w(payee), parts: 1n, agreementId }] },
  });

const place = fc.constantFrom(...RING);
const amount = fc.bigInt(1n, 90n);
const deed = fc.constantFrom(
  'spend',
  'withdraw',
  'pay',
  'pay',
  'refund',
  'refund',
  'tax',
  'hold',
  'state',
  'refuse',
  'expire',
);
const command = fc
  .tuple(deed, place, amount, fc.constantFrom(1, 1, 2, 3))
  .map(([what, at, minor, sequence]) => (reference: string): LedgerCommand => {
    const [id, payer, payee] = at;
    switch (what) {
      case 'spend':
        return spend(reference, payer, payee, minor, id);
      case 'withdraw':
        return withdraw(reference, payee, minor, id);
      case 'pay':
        return { ...pay(reference, `N-${id}`, payee, payer, minor), ...under(id) };
      case 'refund':
        return { ...refund(reference, `N-${id}`, payee, payer, minor), ...under(id) };
      case 'tax':
        return payTax(reference, payee, minor);
      case 'hold':
        return hold(eventOf(at));
      case 'state':
        return state(eventOf(at), happened(minor, sequence));
      case 'refuse':
        return state(eventOf(at), refused('no', sequence));
      default:
        return expire(eventOf(at));
    }
  });

const limits = fc.tuple(fc.bigInt(50n, 300n), fc.bigInt(0n, 300n));
const total = fc.tuple(fc.bigInt(0n, 100n), fc.bigInt(1n, 40n));
const setups = fc.array(fc.tuple(limits, total), { minLength: RING.length, maxLength: RING.length });
const batches = fc.array(fc.array(command, { minLength: 1, maxLength: 10 }), { minLength: 1, maxLength: 8 });

/** What is in the project, and what left it: withdrawn, and as VAT. Checks each agreement for itself. */
async function inAll(store: LedgerStore): Promise<bigint> {
  const { heldMinor } = await store.sums();
  let sum = heldMinor;
  for (const id of ['fund', 'builder', 'mason'])
    for (const { markId, amountMinor } of await store.pocketsOf(w(id), null, 10))
      if (markId === 'school') sum += amountMinor;
  const entries = await store.entries(RING.map(([entryId]) => ({ kind: 'agreement', entryId })));
  let held = 0n;
  for (const entry of entries) {
    const [agreement, use] = [agreementOf(entry), useOf(entry)];
    const { withdrawnMinor, heldMinor: heldUnder, vatMinor } = use;
    const [transferable, withdrawable] = [transferLeft(agreement, use), withdrawalLeft(agreement, use)];
    for (const minor of [transferable, withdrawable, withdrawnMinor, heldUnder, vatMinor])
      expect(minor).toBeGreaterThanOrEqual(0n);
    expect(entry.open).toBe(transferable > 0n || withdrawable > 0n || heldUnder > 0n);
    sum += withdrawnMinor + vatMinor;
    held += heldUnder;
  }
  expect(held).toBe(heldMinor);
  return sum;
}

it('keeps account of every unit of a project', async () => {
  const accepted = new Set<string>();
  await fc.assert(
    fc.asyncProperty(setups, batches, async (agreed, work) => {
      const [store, clock] = [createMemoryStore(), manualClock()];
      const ledger = await openLedger(store, { clock });
      const setup = [
        ...[...['fund', 'builder', 'mason'].map((id) => open(id)), open('tax', 'treasury', TREASURY)],
        ...['fund', 'builder', 'mason'].map((id) => issue(`i-${id}`, id, 300n)),
        ...[registerVat('tax'), project('school'), registerProvider('land')],
        ...['fund', 'builder', 'mason'].map((id) => mark(`m-${id}`, id, 'school', MARKED / 3n)),
        ...RING.flatMap((at, i): LedgerCommand[] => {
          const [[id, payer, payee], [maxima, [net, vat]]] = [at, agreed[i]!];
          const billed = { ...invoice(`N-${id}`, payee, payer, net, vat), ...under(id) };
          return [agree(id, payer, payee, ...maxima), billed, register(eventOf(at))];
        }),
      ];
      expect(new Set(await codes(ledger, setup))).toEqual(new Set(['ok']));
      for (const [n, batch] of work.entries()) {
        clock.advance(LIFE_MS / 5);
        const commands = batch.map((make, i) => make(`c${n}-${i}`));
        const outcomes = await codes(ledger, commands);
        for (const [i, code] of outcomes.entries()) if (code === 'ok') accepted.add(commands[i]!.kind);
        expect(await inAll(store)).toBe(MARKED);
        expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
      }
    }),
    { numRuns: 40 },
  );
  const kinds = ['spend', 'withdraw', 'payInvoice', 'refundInvoice', 'holdForEvent', 'stateEvent', 'expireEvent'];
  expect([...accepted].sort()).toEqual(kinds.sort());
}, 60_000);

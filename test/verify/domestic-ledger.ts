import type { LedgerStore } from '../../src/ledger/store.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import { happened, hold, register, registerProvider, state, termsOfSale } from '../ledger/domestic/event-support.js';
import { bic, codes, issue, manualClock, open, openLedger, place, transfer, w } from '../ledger/support.js';

/** Makes a ledger with something of every family of the domestic platform in it: marks, an agreement, events, holds. */
export const TREASURY = bic('TRSYKZ20');
export const SALE = termsOfSale();
export const WAITING = termsOfSale({ eventId: 'sale-2', amountMinor: 50n });

const marking: readonly LedgerCommand[] = [
  ...[
    { ...({ kind: 'registerMark', by: TREASURY, markId: 'road', crossBorder: false } as const) },
    { ...({ kind: 'registerMark', by: TREASURY, markId: 'school', crossBorder: false } as const) },
  ].map((mark): LedgerCommand => ({ ...mark, rule: { by: 'addresses', levels: [[w('seller')], [w('shop')]] } })),
  { kind: 'mark', by: TREASURY, reference: 'm1', walletId: w('state'), markId: 'road', amountMinor: 400n },
  {
    ...{ kind: 'spend', reference: 's1', debitWallet: w('state'), creditWallet: w('seller'), amountMinor: 300n },
    ...{ markId: 'road', markLevel: 0 },
  },
  {
    ...{ kind: 'unmark', by: TREASURY, reference: 'u1', walletId: w('seller'), markId: 'road', markLevel: 1 },
    amountMinor: 30n,
  },
];

/** Payments between ledgers that wait: of money under a mark that crosses, and of money that is marked as it arrives. */
const crossing: readonly LedgerCommand[] = [
  {
    ...{ kind: 'registerMark', by: TREASURY, markId: 'export', crossBorder: true },
    rule: { by: 'addresses', levels: [[w('fx')], [w('shop')]] },
  },
  {
    ...{ kind: 'registerMark', by: TREASURY, markId: 'aid', crossBorder: false },
    ...{ rule: { by: 'addresses', levels: [[w('shop')]] }, arrivals: [{ walletId: w('seller'), markLevel: 0 }] },
  },
  { kind: 'mark', by: TREASURY, reference: 'm3', walletId: w('state'), markId: 'export', amountMinor: 60n },
  place('p-leaves', 'state', 'fx', 60n, { mark: { side: 'debit', markId: 'export', markLevel: 0 } }),
  place('p-comes', 'buyer', 'seller', 7n, { mark: { side: 'credit', markId: 'aid' } }),
];

export async function makeDomesticLedger(store: LedgerStore): Promise<void> {
  const clock = manualClock();
  const ledger = await openLedger(store, { clock });
  const wallets = ['state', 'seller', 'shop', 'buyer', 'treasury', 'fx'].map((id) => open(id));
  const steps: LedgerCommand[] = [
    ...[...wallets, issue('i1', 'state', 1_000n), transfer('t1', 'state', 'buyer', 300n), ...marking],
    ...[registerProvider('land', undefined), register(SALE), register(WAITING), hold(SALE), hold(WAITING)],
    ...[state(SALE, happened(90n)), place('p1', 'buyer', 'shop', 20n), ...crossing],
  ];
  for (const step of steps) {
    clock.advance(1);
    const [code] = await codes(ledger, [step]);
    if (code !== 'ok') throw new Error(`${step.kind} was refused: ${code}`);
  }
}

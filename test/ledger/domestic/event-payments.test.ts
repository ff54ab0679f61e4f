/** Money that waits for an event and then goes into a payment between ledgers. */
import { beforeEach, expect, it } from 'vitest';
import type { Uetr } from '../../../src/kernel/ids.js';
import { type EventTerms, holdOfEvent, stateOf } from '../../../src/ledger/domestic/event.js';
import { PASS_ON_MS } from '../../../src/ledger/domestic/event-payment.js';
import { sweepDue } from '../../../src/ledger/domestic/sweep.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import {
  codes,
  done,
  hash,
  issue,
  manualClock,
  money,
  open,
  openLedger,
  place,
  release,
  settle,
  T0,
  transfer,
  w,
} from '../support.js';
import {
  expire,
  HOUR,
  happened,
  hold,
  refused,
  register,
  registerProvider,
  state,
  termsOfSale,
} from './event-support.js';
import { onBothStores } from './support.js';

const UETR = '0b7d9c4e-6a1f-4c52-9d3b-8e2f1a5c7d90' as Uetr;
const PAYMENT = { uetr: UETR, messageHash: hash(5) };
const OTHER = { ...PAYMENT, uetr: '1c8e0d5f-7b20-4d63-8e4c-9f301b6d8ea1' as Uetr };
const EVENT = { eventId: 'customs-1', messageHash: hash(5) };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const termsOfPayment = (more: Partial<EventTerms> = {}): EventTerms =>
  termsOfSale({ eventId: 'customs-1', receivers: [], shares: 'payment', ...more });
const holdFor = (terms: EventTerms, payment = PAYMENT): LedgerCommand => ({ kind: 'holdForEvent', terms, payment });
const giveUp = (terms: EventTerms, payment = PAYMENT): LedgerCommand => ({
  ...{ kind: 'returnPayment', terms, payment, reason: 'QUOTE_EXPIRED' },
});
const leg = (amountMinor = 100n, more: Partial<Parameters<typeof place>[4]> = {}) =>
  place(UETR, 'buyer', 'provider', amountMinor, { event: EVENT, ...more });

onBothStores('money of an event for a payment', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  let clock: ReturnType<typeof manualClock>;
  const terms = termsOfPayment();

  beforeEach(async () => {
    store = await fresh();
    clock = manualClock();
    ledger = await openLedger(store, { clock });
    await codes(ledger, [
      open('buyer'),
      open('seller'),
      open('treasury'),
      open('provider'),
      issue('i1', 'buyer', 150n),
    ]);
    await codes(ledger, [open('suspense', 'suspense'), issue('i2', 'suspense', 500n), registerProvider('land')]);
  });
  const phase = async () => {
    const [entry] = await store.entries([{ kind: 'event', entryId: 'customs-1' }]);
    return stateOf(entry!).phase;
  };
  const balances = async () => `${await money(ledger, 'buyer')} ${await money(ledger, 'provider')}`;
  const waiting = async () => {
    await done(ledger, register(terms));
    await done(ledger, holdFor(terms));
  };
  const confirmed = async () => {
    await waiting();
    await done(ledger, state(terms, happened(100n)));
  };
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });

  it('is held, stays held when the event is confirmed, and its very token is then held by the leg', async () => {
    await waiting();
    expect([await phase(), await balances()]).toEqual(['held', '50/100 0/0']);
    await done(ledger, state(terms, happened(100n)));
    expect([await phase(), await balances()]).toEqual(['confirmed', '50/100 0/0']);
    const [before] = await store.holds([holdOfEvent('customs-1')]);
    expect(before).toMatchObject({ state: 'HELD' });
    const placed = await done(ledger, leg());
    expect([await phase(), await balances()]).toEqual(['passedOn', '50/100 0/0']);
    const { inputs, outputs } = (await createLedgerReads(store).transaction(placed.transactionId!))!;
    expect([inputs.map(({ tokenId }) => hex(tokenId)), outputs.length]).toEqual([before!.tokenIds.map(hex), 1]);
    expect((await store.holds([holdOfEvent('customs-1')]))[0]).toMatchObject({ state: 'SETTLED', reason: null });
    await done(ledger, settle(UETR));
    expect(await balances()).toBe('50/0 100/0');
    await agrees();
  });

  it('is the payer’s again when the leg is released', async () => {
    await confirmed();
    await done(ledger, leg());
    await done(ledger, release(UETR));
    expect([await phase(), await balances()]).toEqual(['passedOn', '150/0 0/0']);
    expect(await codes(ledger, [holdFor(terms), giveUp(terms)])).toEqual(['ok', 'ok']);
    expect(await balances()).toBe('150/0 0/0');
    await agrees();
  });

  it('goes all the way in one block', async () => {
    const commands = [register(terms), holdFor(terms), state(terms, happened(100n)), leg(), settle(UETR)];
    expect(await codes(ledger, commands)).toEqual(commands.map(() => 'ok'));
    expect(await balances()).toBe('50/0 100/0');
    await agrees();
  });

  it('can be spent by nobody else at any moment', async () => {
    await confirmed();
    const commands = [transfer('t', 'buyer', 'seller', 51n), leg(), transfer('u', 'buyer', 'seller', 51n)];
    expect(await codes(ledger, commands)).toEqual(['FUNDS_INSUFFICIENT', 'ok', 'FUNDS_INSUFFICIENT']);
  });

  it.each<[string, LedgerCommand, string]>([
    ['another amount', leg(99n), 'EVENT_MISMATCH'],
    ['another wallet', leg(100n, { debitWallet: w('seller') }), 'EVENT_MISMATCH'],
    ['marked money', leg(100n, { mark: { side: 'debit', markId: 'm', markLevel: 0 } }), 'EVENT_MISMATCH'],
    ['another payment', leg(100n, { conditionRef: OTHER.uetr }), 'EVENT_STATE'],
    ['another message', leg(100n, { event: { ...EVENT, messageHash: hash(6) } }), 'EVENT_STATE'],
    ['another event', leg(100n, { event: { ...EVENT, eventId: 'customs-2' } }), 'EVENT_STATE'],
  ])('is refused to a leg of %s', async (_what, command, code) => {
    await confirmed();
    expect(await codes(ledger, [command])).toEqual([code]);
    expect([await phase(), await balances()]).toEqual(['confirmed', '50/100 0/0']);
  });

  it('is refused to the leg before the event is confirmed, and after it was refused', async () => {
    await waiting();
    expect(await codes(ledger, [leg()])).toEqual(['EVENT_STATE']);
    await done(ledger, state(terms, refused('smuggled')));
    expect(await codes(ledger, [leg()])).toEqual(['EVENT_STATE']);
    expect([await phase(), await balances()]).toEqual(['refused', '150/0 0/0']);
    await agrees();
  });

  it('is refused to a blocked wallet, and waits on', async () => {
    await confirmed();
    const block = { kind: 'setWalletStatus', walletId: w('provider'), status: 'blocked' } as const;
    expect(await codes(ledger, [block, leg()])).toEqual(['ok', 'WALLET_BLOCKED']);
    expect(await balances()).toBe('50/100 0/0');
  });

  it('goes back with its reason when the payment is given up, before or after the confirmation', async () => {
    await waiting();
    expect(await codes(ledger, [giveUp(terms, OTHER), giveUp(terms), giveUp(terms)])).toEqual([
      'EVENT_USED',
      'ok',
      'ok',
    ]);
    expect([await phase(), await balances()]).toEqual(['returned', '150/0 0/0']);
    expect((await store.holds([holdOfEvent('customs-1')]))[0]).toMatchObject({ reason: 'QUOTE_EXPIRED' });
    expect(await codes(ledger, [leg(), state(terms, happened(100n))])).toEqual(['EVENT_STATE', 'ok']);
    expect([await phase(), await balances()]).toEqual(['returned', '150/0 0/0']);
    await agrees();
  });

  it('has an hour to be taken once it is confirmed, also where the event’s own time is over', async () => {
    await waiting();
    clock.advance(HOUR - 1);
    await done(ledger, state(terms, happened(100n)));
    clock.advance(PASS_ON_MS - 1);
    expect(await sweepDue({ store, ledger }, clock.now())).toBe(0);
    clock.advance(1);
    expect(await sweepDue({ store, ledger }, clock.now())).toBe(1);
    expect([await phase(), await balances()]).toEqual(['expired', '150/0 0/0']);
    expect((await store.holds([holdOfEvent('customs-1')]))[0]).toMatchObject({ reason: 'PREPARE_TOO_LATE' });
    await agrees();
  });

  it('goes back when the event expires', async () => {
    await waiting();
    clock.advance(HOUR);
    expect(await codes(ledger, [state(terms, happened(100n)), expire(terms), leg()])).toEqual([
      'ok',
      'ok',
      'EVENT_STATE',
    ]);
    expect([await phase(), await balances()]).toEqual(['expired', '150/0 0/0']);
    await agrees();
  });

  it('is held for one payment, by its message, and answers repetitions', async () => {
    await done(ledger, register(terms));
    expect(await codes(ledger, [hold(terms)])).toEqual(['EVENT_USAGE']);
    const others = [OTHER, { ...PAYMENT, messageHash: hash(6) }].map((payment) => holdFor(terms, payment));
    expect(await codes(ledger, [holdFor(terms), holdFor(terms), ...others])).toEqual([
      ...['ok', 'ok', 'EVENT_USED', 'EVENT_USED'],
    ]);
    const sale = termsOfSale();
    expect(await codes(ledger, [register(sale), holdFor(sale)])).toEqual(['ok', 'EVENT_USAGE']);
    await done(ledger, state(terms, happened(100n)));
    expect(await codes(ledger, [leg(), leg(), holdFor(terms), state(terms, happened(100n))])).toEqual(
      Array(4).fill('ok'),
    );
    expect(await balances()).toBe('50/100 0/0');
    await agrees();
  });

  it('is confirmed whole or not at all, and later statements are evidence', async () => {
    await waiting();
    await done(ledger, state(terms, happened(40n)));
    expect(await phase()).toBe('held');
    await done(ledger, state(terms, happened(100n)));
    await done(ledger, state(terms, refused('too late')));
    const [entry] = await store.entries([{ kind: 'event', entryId: 'customs-1' }]);
    expect(stateOf(entry!).kept.map(({ why }) => why)).toEqual(['partial', 'late']);
    expect([await phase(), await balances()]).toEqual(['confirmed', '50/100 0/0']);
    await agrees();
  });

  it.each<[string, Partial<EventTerms>]>([
    ['receivers', { receivers: [{ walletId: w('seller'), parts: 1n }] }],
    ['repeated releases', { mode: 'unlimited' }],
  ])('has no event with %s', async (_what, more) => {
    expect(await codes(ledger, [register(termsOfPayment(more))])).toEqual(['BAD_REQUEST']);
  });

  const rebuild = { heldAt: T0, suspenseWallet: w('suspense') };
  it('is taken over again by a leg that the ledger lost', async () => {
    await confirmed();
    await done(ledger, leg(100n, { rebuild }));
    expect([await phase(), await balances()]).toEqual(['passedOn', '50/100 0/0']);
    await agrees();
  });

  it('is freed first where the ledger lost the confirmation too', async () => {
    await waiting();
    await done(ledger, leg(100n, { rebuild }));
    expect([await phase(), await balances()]).toEqual(['returned', '50/100 0/0']);
    await agrees();
  });

  it('is taken from the wallet where the ledger lost everything', async () => {
    await done(ledger, leg(100n, { rebuild }));
    expect(await balances()).toBe('50/100 0/0');
    await agrees();
  });
});

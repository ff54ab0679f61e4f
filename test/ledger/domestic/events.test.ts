import { beforeEach, expect, it } from 'vitest';
import { holdOfEvent, readStatements, stateOf } from '../../../src/ledger/domestic/event.js';
import { sweepDue } from '../../../src/ledger/domestic/sweep.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import {
  BANK,
  codes,
  done,
  IDENTITY,
  issue,
  manualClock,
  money,
  open,
  openLedger,
  place,
  release,
  settle,
  T0,
  tombstone,
  transfer,
  w,
} from '../support.js';
import {
  expire,
  HOUR,
  happened,
  hold,
  keyOfProvider,
  ORACLE,
  providerKey,
  refused,
  register,
  registerProvider,
  state,
  termsOfSale,
} from './event-support.js';
import { marked, onBothStores } from './support.js';

const WALLETS = ['buyer', 'seller', 'treasury', 'other'];

onBothStores('events', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  let clock: ReturnType<typeof manualClock>;

  beforeEach(async () => {
    store = await fresh();
    clock = manualClock();
    ledger = await openLedger(store, { clock });
    await codes(ledger, [...WALLETS.map((id) => open(id)), issue('i1', 'buyer', 1_000n)]);
    await codes(
      ledger,
      ['land', 'bank', 'tax'].map((id) => registerProvider(id)),
    );
  });
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
  const balances = async () => (await Promise.all(WALLETS.map((id) => money(ledger, id)))).join(' ');
  const eventNow = async (eventId = 'sale-1') => {
    const [entry] = await store.entries([{ kind: 'event', entryId: eventId }]);
    return { open: entry!.open, ...stateOf(entry!) };
  };
  const holdNow = async (eventId = 'sale-1') => (await store.holds([holdOfEvent(eventId)]))[0]!;
  const begin = async (terms = termsOfSale()) => {
    await done(ledger, register(terms));
    await done(ledger, hold(terms));
    return terms;
  };

  it('holds what nobody can spend, and pays both receivers in one transaction', async () => {
    const terms = await begin();
    expect(await balances()).toBe('900/100 0/0 0/0 0/0');
    expect(await codes(ledger, [transfer('t', 'buyer', 'other', 901n)])).toEqual(['FUNDS_INSUFFICIENT']);
    const outcome = await done(ledger, state(terms, happened(100n)));
    expect(await balances()).toBe('900/0 90/0 10/0 0/0');
    const transaction = await store.transaction(outcome.transactionId!);
    expect(transaction).toMatchObject({ kind: 'settle', creditWallet: null, amountMinor: 100n });
    expect(await eventNow()).toMatchObject({ phase: 'settled', open: false, remainingMinor: 0n });
    await agrees();
  });

  it('shows each receiver its own part in its statement', async () => {
    const terms = await begin();
    await done(ledger, state(terms, happened(100n)));
    const lines = async (walletId: string) =>
      (await store.statement(w(walletId), null, 10)).map(
        ({ kind, direction, counterparty, amountMinor }) => `${kind} ${direction} ${counterparty} ${amountMinor}`,
      );
    expect(await lines('seller')).toEqual(['settle credit buyer 90']);
    expect(await lines('treasury')).toEqual(['settle credit buyer 10']);
    expect((await lines('buyer'))[0]).toBe('settle debit null 100');
    const [line] = await store.statement(w('seller'), null, 10);
    expect(await store.statement(w('seller'), line!, 10)).toEqual([]);
  });

  it('keeps the signature that ended the hold', async () => {
    const terms = await begin();
    const command = state(terms, happened(100n));
    await done(ledger, command);
    const kept = await holdNow();
    expect([kept.state, kept.conditionKind, kept.reason]).toEqual(['SETTLED', 'event', null]);
    expect(readStatements(kept.evidence)).toEqual([(command as { statement: unknown }).statement]);
  });

  it('does not let a wallet close that is one of several receivers', async () => {
    const close = (id: string) => ({ kind: 'setWalletStatus', walletId: w(id), status: 'closed' }) as const;
    const terms = termsOfSale();
    expect(await codes(ledger, [register(terms), hold(terms), close('treasury')])).toEqual([
      ...['ok', 'ok', 'WALLET_AWAITED'],
    ]);
    const again = await openLedger(store, { clock });
    expect(await codes(again, [close('seller'), close('treasury'), close('other')])).toEqual([
      ...['WALLET_AWAITED', 'WALLET_AWAITED', 'ok'],
    ]);
    expect(await codes(again, [state(terms, refused('no title'))])).toEqual(['ok']);
    expect(await codes(again, [close('treasury')])).toEqual(['ok']);
    await agrees();
  });

  it('returns what a single release leaves', async () => {
    const terms = await begin();
    await done(ledger, state(terms, happened(30n)));
    expect(await balances()).toBe('970/0 27/0 3/0 0/0');
    expect(await codes(ledger, [state(terms, happened(70n, 2))])).toEqual(['ok']);
    expect(await balances()).toBe('970/0 27/0 3/0 0/0');
    await agrees();
  });

  it('goes on releasing an unlimited one until its amount is used up', async () => {
    const terms = await begin(termsOfSale({ mode: 'unlimited' }));
    await done(ledger, state(terms, happened(30n)));
    expect([await balances(), (await holdNow()).amountMinor]).toEqual(['900/70 27/0 3/0 0/0', 70n]);
    await done(ledger, state(terms, happened(50n, 2)));
    expect([await balances(), (await eventNow()).phase]).toEqual(['900/20 72/0 8/0 0/0', 'held']);
    await agrees();
    await done(ledger, state(terms, happened(20n, 3)));
    expect([await balances(), (await holdNow()).state]).toEqual(['900/0 90/0 10/0 0/0', 'SETTLED']);
    await agrees();
  });

  it('registers, holds, releases twice and ends in one block', async () => {
    const terms = termsOfSale({ mode: 'unlimited' });
    const commands = [
      ...[register(terms), hold(terms), state(terms, happened(30n)), state(terms, happened(30n, 2))],
      state(terms, happened(40n, 3)),
    ];
    expect(await codes(ledger, commands)).toEqual(commands.map(() => 'ok'));
    expect(await balances()).toBe('900/0 90/0 10/0 0/0');
    await agrees();
  });

  it('returns the rest of an unlimited one at its expiry', async () => {
    const terms = await begin(termsOfSale({ mode: 'unlimited' }));
    await done(ledger, state(terms, happened(30n)));
    clock.advance(HOUR);
    expect(await codes(ledger, [state(terms, happened(30n, 2)), expire(terms)])).toEqual(['ok', 'ok']);
    expect(await balances()).toBe('970/0 27/0 3/0 0/0');
    expect(await eventNow()).toMatchObject({ phase: 'expired', kept: [{ why: 'late' }] });
    expect(await holdNow()).toMatchObject({ state: 'RELEASED', reason: 'EVENT_EXPIRED', amountMinor: 70n });
    await agrees();
  });

  it('returns the money of a refused one, and keeps why', async () => {
    const terms = await begin();
    await done(ledger, state(terms, refused('no title')));
    expect(await balances()).toBe('1000/0 0/0 0/0 0/0');
    expect(await holdNow()).toMatchObject({ state: 'RELEASED', reason: 'EVENT_REFUSED' });
    expect(await eventNow()).toMatchObject({ phase: 'refused', decided: [{ reason: 'no title' }] });
    await agrees();
  });

  it('expires by the time of the block, once, also when nothing was ever held', async () => {
    const terms = termsOfSale();
    await done(ledger, register(terms));
    expect(await codes(ledger, [expire(terms)])).toEqual(['EVENT_STATE']);
    clock.advance(HOUR - 1);
    expect(await store.dueEntries('event', clock.now(), 10)).toEqual([]);
    clock.advance(1);
    expect(await store.dueEntries('event', clock.now(), 10)).toHaveLength(1);
    expect(await codes(ledger, [hold(terms), expire(terms), expire(terms)])).toEqual(['EVENT_EXPIRED', 'ok', 'ok']);
    expect(await store.dueEntries('event', clock.now(), 10)).toEqual([]);
    expect(await codes(ledger, [hold(terms)])).toEqual(['EVENT_EXPIRED']);
  });

  it('is swept when its time is over: what is held goes back by itself', async () => {
    const terms = await begin();
    const never = termsOfSale({ eventId: 'never', expiresAt: T0 + 1 });
    await done(ledger, register(never));
    expect(await sweepDue({ store, ledger }, clock.now())).toBe(0);
    clock.advance(HOUR);
    expect(await sweepDue({ store, ledger }, clock.now())).toBe(2);
    expect(await balances()).toBe('1000/0 0/0 0/0 0/0');
    expect([(await eventNow()).phase, (await eventNow('never')).phase]).toEqual(['expired', 'expired']);
    expect(await sweepDue({ store, ledger }, clock.now())).toBe(0);
    expect(terms.expiresAt).toBe(clock.now());
    await agrees();
  });

  it('answers repetitions with what is', async () => {
    const terms = await begin();
    const head = async () => (await store.head()).sequence;
    const before = await head();
    expect(await codes(ledger, [register(terms), hold(terms)])).toEqual(['ok', 'ok']);
    expect(await head()).toBe(before);
    await done(ledger, state(terms, happened(100n)));
    const released = await head();
    expect(await codes(ledger, [state(terms, happened(100n)), hold(terms)])).toEqual(['ok', 'ok']);
    expect([await head(), await balances()]).toEqual([released, '900/0 90/0 10/0 0/0']);
  });

  const two = termsOfSale({ providerIds: ['land', 'bank', 'tax'], threshold: 2 });
  it('waits until so many providers say the same', async () => {
    await begin(two);
    await done(ledger, state(two, happened(100n)));
    await done(ledger, state(two, happened(99n, 1, 'bank')));
    expect([await balances(), (await eventNow()).collected.length]).toEqual(['900/100 0/0 0/0 0/0', 2]);
    await done(ledger, state(two, happened(100n, 1, 'tax')));
    expect(await balances()).toBe('900/0 90/0 10/0 0/0');
    const { decided, kept } = await eventNow();
    expect(decided.map(({ providerId }) => providerId)).toEqual(['land', 'tax']);
    expect(kept.map(({ providerId, why }) => `${providerId} ${why}`)).toEqual(['bank conflicting']);
    expect(readStatements((await holdNow()).evidence)).toHaveLength(2);
    await agrees();
  });

  it('takes refusals for reasons of their own as the same', async () => {
    await begin(two);
    await done(ledger, state(two, refused('no title')));
    await done(ledger, state(two, refused('not paid', 1, 'bank')));
    expect((await eventNow()).decided.map(({ reason }) => reason)).toEqual(['no title', 'not paid']);
    expect(await balances()).toBe('1000/0 0/0 0/0 0/0');
  });

  it.each([
    ['conflicting', [happened(100n), happened(50n)], 'held'],
    ['conflicting', [happened(100n), refused()], 'held'],
    ['excessive', [happened(101n)], 'held'],
    ['outOfOrder', [happened(100n, 2)], 'held'],
    ['late', [happened(100n), happened(100n, 1, 'bank'), happened(99n)], 'settled'],
    ['late', [refused(), refused('x', 1, 'bank'), happened(99n)], 'refused'],
  ] as const)('keeps a statement that is %s, and it changes nothing', async (why, statements, phase) => {
    await begin(two);
    for (const statement of statements.slice(0, -1)) await done(ledger, state(two, statement));
    const before = await balances();
    await done(ledger, state(two, statements.at(-1)!));
    expect(await balances()).toBe(before);
    expect(await eventNow()).toMatchObject({ phase, kept: [{ why }] });
    expect(await codes(ledger, [state(two, statements.at(-1)!)])).toEqual(['ok']);
    expect((await eventNow()).kept).toHaveLength(1);
    await agrees();
  });

  it('keeps no more than eight of a provider', async () => {
    const terms = await begin();
    await done(ledger, state(terms, happened(100n)));
    const late = Array.from({ length: 9 }, (_, i) => state(terms, happened(BigInt(i + 1))));
    expect(await codes(ledger, late)).toEqual([...Array(8).fill('ok'), 'EVENT_STATE']);
    expect((await eventNow()).kept).toHaveLength(8);
  });

  const sale = termsOfSale();
  const elsewhere = { ...IDENTITY, code: 'CN' as typeof IDENTITY.code };
  it.each<[string, () => LedgerCommand]>([
    ['of another ledger', () => state(sale, happened(100n), { ledger: elsewhere })],
    ['of another currency', () => state(sale, happened(100n), { ledger: { ...IDENTITY, currency: 'CNY' } })],
    ['of another event', () => state(sale, happened(100n), { terms: { ...sale, eventId: 'sale-2' } })],
    [
      'of an event with other terms',
      () => state(sale, happened(100n), { terms: { ...sale, expiresAt: T0 + 2 * HOUR } }),
    ],
    ['of another registrant', () => state(sale, happened(100n), { terms: { ...sale, ownerBic: BANK } })],
    ['over another amount', () => state(sale, happened(100n), { statement: happened(99n) })],
    ['of another sequence', () => state(sale, happened(100n), { statement: happened(100n, 2) })],
    ['that refuses', () => state(sale, happened(100n), { statement: { ...refused(), amountMinor: 100n } })],
    ['with another reason', () => state(sale, refused('a'), { statement: refused('b') })],
    ['for another provider', () => state(sale, happened(100n), { statement: happened(100n, 1, 'bank') })],
    ['by another key', () => state(sale, happened(100n), { signer: keyOfProvider('land', 2) })],
    ['by a provider of other events', () => state(sale, happened(100n, 1, 'bank'))],
  ])('takes no statement %s', async (_what, command) => {
    await begin(sale);
    const before = (await store.head()).sequence;
    expect(await codes(ledger, [command()])).toEqual(['STATEMENT_INVALID']);
    expect([(await store.head()).sequence, await balances()]).toEqual([before, '900/100 0/0 0/0 0/0']);
  });

  it('takes a key in its time alone', async () => {
    const [old, next] = [keyOfProvider('cars', 1), keyOfProvider('cars', 2)];
    const terms = termsOfSale({ providerIds: ['cars'], mode: 'unlimited' });
    await done(ledger, registerProvider('cars', [providerKey(old)]));
    await begin(terms);
    const by = { by: ORACLE, providerId: 'cars' };
    const add = { kind: 'addProviderKey', ...by, key: providerKey(next, T0 + 10) } as const;
    expect(await codes(ledger, [add, add])).toEqual(['ok', 'ok']);
    const says = (sequence: number, signer = next) => state(terms, happened(10n, sequence, 'cars'), { signer });
    expect(await codes(ledger, [says(1), says(1, old)])).toEqual(['STATEMENT_INVALID', 'ok']);
    const end = { kind: 'endProviderKey', ...by, keyId: old.keyId } as const;
    expect(await codes(ledger, [end, says(2, old)])).toEqual(['ok', 'STATEMENT_INVALID']);
    clock.advance(10);
    expect(await codes(ledger, [says(2), end])).toEqual(['ok', 'ok']);
  });

  const cars = [providerKey(keyOfProvider('cars'))];
  it.each<[string, LedgerCommand, string]>([
    ['no key', registerProvider('cars', []), 'BAD_REQUEST'],
    ['the same key twice', registerProvider('cars', [...cars, ...cars]), 'BAD_REQUEST'],
    ['a key that is none', registerProvider('cars', [{ ...cars[0]!, publicKey: new Uint8Array(31) }]), 'BAD_REQUEST'],
    [
      'a key that ends before it begins',
      registerProvider('cars', [{ ...cars[0]!, validFrom: 5, validTo: 5 }]),
      'BAD_REQUEST',
    ],
    ['an id that is taken', registerProvider('land', cars), 'ENTRY_EXISTS'],
  ])('registers no provider with %s', async (_what, command, code) => {
    expect(await codes(ledger, [command])).toEqual([code]);
  });

  it('changes keys of a provider for whoever registered it, and never the key under an id', async () => {
    const by = { by: ORACLE, providerId: 'land' };
    const other = { ...providerKey(keyOfProvider('cars')), keyId: keyOfProvider('land').keyId };
    const commands: LedgerCommand[] = [
      { kind: 'addProviderKey', ...by, by: BANK, key: cars[0]! },
      { kind: 'addProviderKey', ...by, key: other },
      { kind: 'addProviderKey', ...by, providerId: 'nobody', key: cars[0]! },
      { kind: 'endProviderKey', ...by, by: BANK, keyId: other.keyId },
      { kind: 'endProviderKey', ...by, keyId: 'nothing' },
    ];
    const refusals = ['FORBIDDEN', 'ENTRY_EXISTS', 'PROVIDER_UNKNOWN', 'FORBIDDEN', 'NOT_FOUND'];
    expect(await codes(ledger, commands)).toEqual(refusals);
  });

  const seller = { walletId: w('seller'), parts: 100n };
  it.each([
    ['no provider', { providerIds: [] }, 'BAD_REQUEST'],
    ['a provider twice', { providerIds: ['land', 'land'] }, 'BAD_REQUEST'],
    ['an unknown provider', { providerIds: ['nobody'] }, 'PROVIDER_UNKNOWN'],
    ['more votes than providers', { threshold: 2 }, 'BAD_REQUEST'],
    ['no vote', { threshold: 0 }, 'BAD_REQUEST'],
    ['no receiver', { receivers: [] }, 'BAD_REQUEST'],
    ['a receiver twice', { receivers: [seller, seller] }, 'BAD_REQUEST'],
    ['the sender as receiver', { receivers: [{ ...seller, walletId: w('buyer') }] }, 'BAD_REQUEST'],
    ['an unknown receiver', { receivers: [{ ...seller, walletId: w('nobody') }] }, 'WALLET_UNKNOWN'],
    ['an unknown sender', { debitWallet: w('nobody') }, 'WALLET_UNKNOWN'],
    ['amounts that are not the amount', { shares: 'amounts' }, 'BAD_REQUEST'],
    ['a share of nothing', { receivers: [{ ...seller, parts: 0n }] }, 'AMOUNT_ZERO'],
    ['no amount', { amountMinor: 0n }, 'AMOUNT_ZERO'],
    ['a mark without a level', { markId: 'road' }, 'BAD_REQUEST'],
    ['a level without a mark', { markLevel: 0 }, 'BAD_REQUEST'],
    ['an unknown mark', { markId: 'road', markLevel: 0 }, 'MARK_UNKNOWN'],
    ['an end that has passed', { expiresAt: T0 }, 'EVENT_EXPIRED'],
    ['an id with a space', { eventId: 'sale 1' }, 'BAD_REQUEST'],
    ['an id that is too long', { eventId: 'x'.repeat(129) }, 'BAD_REQUEST'],
  ] as const)('registers no event with %s', async (_what, more, code) => {
    expect(await codes(ledger, [register(termsOfSale(more))])).toEqual([code]);
  });

  it.each<[string, () => LedgerCommand, string]>([
    ['an event that is not registered', () => hold(termsOfSale({ eventId: 'x' })), 'EVENT_UNKNOWN'],
    ['other terms than are registered', () => hold(termsOfSale({ amountMinor: 99n })), 'TERMS_CONFLICT'],
    ['more than there is', () => hold(termsOfSale({ eventId: 'big', amountMinor: 1_001n })), 'FUNDS_INSUFFICIENT'],
    ['a statement before the hold', () => state(sale, happened(100n)), 'EVENT_STATE'],
    ['a statement on nothing', () => state(termsOfSale({ eventId: 'x' }), happened(100n)), 'EVENT_UNKNOWN'],
    ['a statement of nobody', () => state(sale, happened(100n, 1, 'nobody')), 'PROVIDER_UNKNOWN'],
    ['a refusal without a reason', () => state(sale, refused('')), 'BAD_REQUEST'],
    ['a refusal of an amount', () => state(sale, { ...refused(), amountMinor: 1n }), 'BAD_REQUEST'],
    ['a release of nothing', () => state(sale, happened(0n)), 'AMOUNT_ZERO'],
    ['sequence 0', () => state(sale, happened(100n, 0)), 'BAD_REQUEST'],
    ['an expiry of nothing', () => expire(termsOfSale({ eventId: 'x' })), 'EVENT_UNKNOWN'],
    ['another event under the id', () => register(termsOfSale({ amountMinor: 99n })), 'ENTRY_EXISTS'],
    ['a hold around the oracle', () => place(holdOfEvent('sale-1'), 'buyer', 'seller', 1n), 'BAD_REQUEST'],
    ['a settlement around the oracle', () => settle(holdOfEvent('sale-1')), 'BAD_REQUEST'],
    ['a release around the oracle', () => release(holdOfEvent('sale-1')), 'BAD_REQUEST'],
    ['a tombstone around the oracle', () => tombstone(holdOfEvent('sale-1')), 'BAD_REQUEST'],
  ])('refuses %s', async (_what, command, code) => {
    await codes(ledger, [register(sale), register(termsOfSale({ eventId: 'big', amountMinor: 1_001n }))]);
    expect(await codes(ledger, [command()])).toEqual([code]);
    expect(await balances()).toBe('1000/0 0/0 0/0 0/0');
  });

  it.each(['buyer', 'seller', 'treasury'])(
    'holds nothing while %s is blocked, and pays it all the same later',
    async (id) => {
      const status = (to: 'open' | 'blocked') => ({ kind: 'setWalletStatus', walletId: w(id), status: to }) as const;
      await codes(ledger, [register(sale), status('blocked')]);
      expect(await codes(ledger, [hold(sale)])).toEqual(['WALLET_BLOCKED']);
      expect(await codes(ledger, [status('open'), hold(sale), status('blocked')])).toEqual(['ok', 'ok', 'ok']);
      await done(ledger, state(sale, happened(100n)));
      expect(await balances()).toBe('900/0 90/0 10/0 0/0');
    },
  );

  it('is apart from the holds of payments between ledgers', async () => {
    await begin();
    expect(await ledger.openHolds('pvp', null, 10)).toEqual([]);
    expect(await ledger.openHolds('event', null, 10)).toHaveLength(1);
  });

  it('tells the whole story of an event', async () => {
    const terms = await begin(termsOfSale({ mode: 'unlimited' }));
    await codes(ledger, [state(terms, happened(60n)), state(terms, happened(1n)), state(terms, refused('x', 2))]);
    const story = (await store.topic('event:sale-1', null, 20)).map(({ transaction }) => transaction.kind);
    expect(story).toEqual(['register', 'hold', 'draw', 'register', 'release']);
  });
});

onBothStores('events that hold marked money', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  const clock = manualClock();
  const TREASURY = ORACLE;
  const terms = termsOfSale({ markId: 'road', markLevel: 1, mode: 'unlimited' });

  beforeEach(async () => {
    store = await fresh();
    ledger = await openLedger(store, { clock });
    await codes(ledger, [...['state', ...WALLETS].map((id) => open(id)), issue('i1', 'state', 1_000n)]);
    const levels = [[w('buyer')], [w('seller'), w('treasury')]];
    await done(ledger, registerProvider('land'));
    const mark = { by: TREASURY, markId: 'road' };
    await done(ledger, { kind: 'registerMark', ...mark, rule: { by: 'addresses', levels }, crossBorder: false });
    await done(ledger, { kind: 'mark', ...mark, reference: 'm', walletId: w('state'), amountMinor: 500n });
    const moved = { debitWallet: w('state'), creditWallet: w('buyer'), markId: 'road', markLevel: 0 };
    await done(ledger, { kind: 'spend', reference: 's', ...moved, amountMinor: 300n });
    await done(ledger, register(terms));
  });
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });

  it('pays along the route, and gives the rest back under the same mark', async () => {
    await done(ledger, hold(terms));
    expect([await money(ledger, 'buyer'), await marked(store, 'buyer')]).toEqual(['0/100', ['road@1 200']]);
    await done(ledger, state(terms, happened(50n)));
    expect([await marked(store, 'seller'), await marked(store, 'treasury')]).toEqual([['road@2 45'], ['road@2 5']]);
    await agrees();
    await done(ledger, state(terms, refused('x', 2)));
    expect([await money(ledger, 'buyer'), await marked(store, 'buyer')]).toEqual(['0/0', ['road@1 250']]);
    await agrees();
  });

  it('lets whoever is at the end of the route hold for anybody, and the release clears the mark', async () => {
    const free = { debitWallet: w('seller'), receivers: [{ walletId: w('other'), parts: 1n }] };
    const last = termsOfSale({ eventId: 'last', ...free, markId: 'road', markLevel: 2, amountMinor: 40n });
    const moved = { debitWallet: w('buyer'), creditWallet: w('seller'), markId: 'road', markLevel: 1 };
    await done(ledger, { kind: 'spend', reference: 's2', ...moved, amountMinor: 60n });
    await codes(ledger, [register(last), hold(last)]);
    await done(ledger, state(last, happened(40n)));
    expect([await money(ledger, 'other'), await marked(store, 'seller')]).toEqual(['40/0', ['road@2 20']]);
    await agrees();
  });

  it.each([
    ['a receiver off the route', { receivers: [{ walletId: w('other'), parts: 1n }] }, 'MARK_FORBIDS'],
    ['money of another level', { markLevel: 2 }, 'FUNDS_INSUFFICIENT'],
    ['more marked money than there is', { amountMinor: 301n }, 'FUNDS_INSUFFICIENT'],
    ['marked money as if it were free', { markId: null, markLevel: null }, 'FUNDS_INSUFFICIENT'],
  ])('holds nothing for %s', async (_what, more, code) => {
    const other = termsOfSale({ eventId: 'other', markId: 'road', markLevel: 1, ...more });
    expect(await codes(ledger, [register(other), hold(other)])).toEqual(['ok', code]);
    expect(await marked(store, 'buyer')).toEqual(['road@1 300']);
  });
});

import { beforeEach, expect, it } from 'vitest';
import { encodeUse, UNUSED, useOf } from '../../../src/ledger/domestic/agreement.js';
import { type EventTerms, eventHash, stateOf } from '../../../src/ledger/domestic/event.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { codes, done, IDENTITY, issue, manualClock, money, open, openLedger, T0, w } from '../support.js';
import { account, agree, HOUR, mark, project, spend, TREASURY, used, withdraw } from './agreements.js';
import { expire, happened, hold, refused, register, registerProvider, state, termsOfSale } from './event-support.js';
import { marked, onBothStores } from './support.js';

const PROVIDERS = ['land', 'bank', 'tax'];

/** 100 of the fund's for the builder and the mason, three parts to one, each under an agreement of its own. */
const act = (more: Partial<EventTerms> = {}): EventTerms =>
  termsOfSale({
    ...{ eventId: 'act-1', debitWallet: w('fund'), markId: 'school', markLevel: 0, expiresAt: T0 + HOUR },
    receivers: [
      { walletId: w('builder'), parts: 3n, agreementId: 'A1' },
      { walletId: w('mason'), parts: 1n, agreementId: 'A2' },
    ],
    ...more,
  });
/** So much for the builder alone. */
const toBuilder = (amountMinor: bigint, more: Partial<EventTerms> = {}): EventTerms =>
  act({ amountMinor, receivers: [{ walletId: w('builder'), parts: 1n, agreementId: 'A1' }], ...more });

onBothStores('money under agreements that waits for an event', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  let clock = manualClock();

  beforeEach(async () => {
    store = await fresh();
    clock = manualClock();
    ledger = await openLedger(store, { clock });
    const wallets = ['fund', 'builder', 'mason', 'shop'].map((id) => open(id));
    await codes(ledger, [...wallets, issue('i1', 'fund', 1_000n), project('school'), project('road')]);
    await codes(ledger, [mark('m1', 'fund', 'school', 500n), ...PROVIDERS.map((id) => registerProvider(id))]);
    await codes(ledger, [agree('A1', 'fund', 'builder', 200n, 80n), agree('A2', 'fund', 'mason', 30n, 0n)]);
    await codes(ledger, [
      agree('A3', 'builder', 'shop', 50n, 0n),
      agree('R1', 'fund', 'builder', 50n, 0n, { markId: 'road' }),
    ]);
  });
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
  const accounts = async () => [await account(store, 'A1'), await account(store, 'A2')];
  const eventOf = async (eventId = 'act-1') =>
    stateOf((await store.entries([{ kind: 'event', entryId: eventId }]))[0]!);
  const held = async (terms: EventTerms): Promise<EventTerms> => {
    expect(await codes(ledger, [register(terms), hold(terms)])).toEqual(['ok', 'ok']);
    return terms;
  };

  it('takes each share off its agreement when it is held, and keeps it off when it is paid', async () => {
    const terms = await held(act());
    expect(await accounts()).toEqual(['0 0 75 0, 125 left', '0 0 25 0, 5 left']);
    expect([await money(ledger, 'fund'), await marked(store, 'fund')]).toEqual(['500/100', ['school@0 400']]);
    expect(await codes(ledger, [state(terms, happened(100n))])).toEqual(['ok']);
    expect(await accounts()).toEqual(['75 0 0 0, 125 left', '25 0 0 0, 5 left']);
    expect([await marked(store, 'builder'), await marked(store, 'mason')]).toEqual([['school@0 75'], ['school@0 25']]);
    expect(await money(ledger, 'fund')).toBe('500/0');
    await agrees();
  });

  it('counts what is held against payments, and lets nobody withdraw it before it is paid', async () => {
    const terms = await held(toBuilder(150n));
    const meanwhile = [spend('s1', 'fund', 'builder', 51n, 'A1'), spend('s2', 'fund', 'builder', 50n, 'A1')];
    expect(await codes(ledger, meanwhile)).toEqual(['AGREEMENT_EXHAUSTED', 'ok']);
    const withdrawals = [withdraw('w1', 'builder', 51n, 'A1'), withdraw('w2', 'builder', 50n, 'A1')];
    expect(await codes(ledger, withdrawals)).toEqual(['AGREEMENT_EXHAUSTED', 'ok']);
    expect(await account(store, 'A1')).toBe('50 50 150 0, 0 left');
    expect(await used(store, 'A1')).toBe('50 50 open');
    await done(ledger, state(terms, happened(150n)));
    expect(await codes(ledger, [withdraw('w3', 'builder', 31n, 'A1'), withdraw('w4', 'builder', 30n, 'A1')])).toEqual([
      ...['AGREEMENT_EXHAUSTED', 'ok'],
    ]);
    expect(await account(store, 'A1')).toBe('200 80 0 0, 0 left');
    expect(await used(store, 'A1')).toBe('200 80 closed');
    await agrees();
  });

  it.each([
    ['refused', (terms: EventTerms) => [state(terms, refused())]],
    ['refused twice', (terms: EventTerms) => [state(terms, refused()), state(terms, refused()), expire(terms)]],
    ['over', (terms: EventTerms) => [expire(terms)]],
    ['over, twice', (terms: EventTerms) => [expire(terms), expire(terms), state(terms, happened(100n))]],
  ])('gives everything back once when it is %s', async (what, commands) => {
    const terms = await held(act());
    await done(ledger, spend('s1', 'fund', 'builder', 10n, 'A1'));
    if (what.startsWith('over')) clock.advance(HOUR);
    for (const command of commands(terms)) await codes(ledger, [command]);
    expect(await accounts()).toEqual(['10 0 0 0, 190 left', '0 0 0 0, 30 left']);
    expect([await money(ledger, 'fund'), await marked(store, 'fund')]).toEqual(['500/0', ['school@0 490']]);
    expect((await eventOf()).heldFor).toEqual([]);
    await agrees();
  });

  it('gives back what a single release leaves', async () => {
    const terms = await held(act());
    await done(ledger, state(terms, happened(40n)));
    expect(await accounts()).toEqual(['30 0 0 0, 170 left', '10 0 0 0, 20 left']);
    expect(await marked(store, 'fund')).toEqual(['school@0 460']);
    await agrees();
  });

  it('releases again and again, and gives the rest back at the expiry', async () => {
    const terms = await held(act({ mode: 'unlimited', amountMinor: 40n }));
    expect((await eventOf()).heldFor).toEqual([30n, 10n]);
    const releases = [1n, 1n, 1n, 1n, 7n];
    for (const [i, amountMinor] of releases.entries()) {
      await done(ledger, state(terms, happened(amountMinor, i + 1)));
      const { heldFor, remainingMinor } = await eventOf();
      expect(heldFor.reduce((sum, minor) => sum + minor, 0n)).toBe(remainingMinor);
      expect(heldFor.every((minor) => minor >= 0n)).toBe(true);
    }
    // The single units go to the builder, for whom most is held, and of the seven it gets the fewer for that.
    expect(await accounts()).toEqual(['9 0 21 0, 170 left', '2 0 8 0, 20 left']);
    clock.advance(HOUR);
    await done(ledger, expire(terms));
    expect(await accounts()).toEqual(['9 0 0 0, 191 left', '2 0 0 0, 28 left']);
    expect([await marked(store, 'builder'), await marked(store, 'mason')]).toEqual([['school@0 9'], ['school@0 2']]);
    await agrees();
  });

  it("pays nobody beyond what is held for it, though every unit by itself would be the first one's", async () => {
    const receivers = act().receivers.map((receiver) => ({ ...receiver, parts: 1n }));
    const terms = await held(act({ mode: 'unlimited', amountMinor: 4n, receivers }));
    const paid: string[][] = [];
    for (const sequence of [1, 2, 3, 4]) {
      expect(await codes(ledger, [state(terms, happened(1n, sequence))])).toEqual(['ok']);
      paid.push(await accounts());
    }
    expect(paid).toEqual([
      ['1 0 1 0, 198 left', '0 0 2 0, 28 left'],
      ['1 0 1 0, 198 left', '1 0 1 0, 28 left'],
      ['2 0 0 0, 198 left', '1 0 1 0, 28 left'],
      ['2 0 0 0, 198 left', '2 0 0 0, 28 left'],
    ]);
    await agrees();
  });

  it('pays shares that are amounts exactly, to the last unit of the agreements', async () => {
    const receivers = [
      { walletId: w('builder'), parts: 170n, agreementId: 'A1' },
      { walletId: w('mason'), parts: 30n, agreementId: 'A2' },
    ];
    const terms = await held(act({ shares: 'amounts', amountMinor: 200n, receivers, mode: 'unlimited' }));
    for (const [i, amountMinor] of [66n, 66n, 67n, 1n].entries())
      await done(ledger, state(terms, happened(amountMinor, i + 1)));
    expect(await accounts()).toEqual(['170 0 0 0, 30 left', '30 0 0 0, 0 left']);
    expect(await used(store, 'A2')).toBe('30 0 closed');
    expect((await eventOf()).phase).toBe('settled');
    await agrees();
  });

  it('waits for so many of its providers as its threshold says', async () => {
    const terms = await held(act({ providerIds: PROVIDERS, threshold: 2 }));
    await done(ledger, state(terms, happened(100n)));
    expect(await accounts()).toEqual(['0 0 75 0, 125 left', '0 0 25 0, 5 left']);
    await done(ledger, state(terms, refused('no', 1, 'tax')));
    expect(await accounts()).toEqual(['0 0 75 0, 125 left', '0 0 25 0, 5 left']);
    await done(ledger, state(terms, happened(100n, 1, 'bank')));
    expect(await accounts()).toEqual(['75 0 0 0, 125 left', '25 0 0 0, 5 left']);
    await agrees();
  });

  it('is over when an agreement is: what is stated then is late, and the total is given back though its time is up', async () => {
    const terms = await held(act());
    clock.advance(HOUR - 1);
    expect(await codes(ledger, [spend('s1', 'fund', 'builder', 1n, 'A1')])).toEqual(['ok']);
    clock.advance(1);
    await done(ledger, state(terms, happened(100n)));
    expect((await eventOf()).kept.map(({ why }) => why)).toEqual(['late']);
    await done(ledger, expire(terms));
    expect(await accounts()).toEqual(['1 0 0 0, 199 left', '0 0 0 0, 30 left']);
    expect(await codes(ledger, [spend('s2', 'fund', 'builder', 1n, 'A1')])).toEqual(['AGREEMENT_EXPIRED']);
    await agrees();
  });

  it('is refused where it would outlast an agreement', async () => {
    const longer = act({ expiresAt: T0 + HOUR + 1 });
    expect(await codes(ledger, [register(longer)])).toEqual(['AGREEMENT_EXPIRED']);
    const shorter = agree('A4', 'fund', 'mason', 10n, 0n, { expiresAt: T0 + HOUR - 1 });
    const [first] = act().receivers;
    const receivers = [first!, { walletId: w('mason'), parts: 1n, agreementId: 'A4' }];
    expect(await codes(ledger, [shorter, register(act({ receivers }))])).toEqual(['ok', 'AGREEMENT_EXPIRED']);
  });

  const receiving = (agreementId: string | undefined, walletId = 'builder') => ({
    receivers: [{ walletId: w(walletId), parts: 1n, ...(agreementId !== undefined && { agreementId }) }],
  });
  it.each([
    ['an agreement that is not registered', receiving('A9'), 'AGREEMENT_UNKNOWN'],
    ["another receiver's agreement", receiving('A2'), 'AGREEMENT_FORBIDS'],
    ["another payer's agreement", receiving('A3', 'shop'), 'AGREEMENT_FORBIDS'],
    ["another project's agreement", receiving('R1'), 'AGREEMENT_FORBIDS'],
    ['an agreement for ordinary money', { ...receiving('A1'), markId: null, markLevel: null }, 'BAD_REQUEST'],
    ['an agreement without a form', receiving('A 1'), 'BAD_REQUEST'],
    [
      'an agreement for one receiver alone',
      { receivers: [...receiving('A1').receivers, ...receiving(undefined, 'mason').receivers] },
      'BAD_REQUEST',
    ],
  ])('refuses to register an event with %s', async (_what, more, code) => {
    expect(await codes(ledger, [register(act(more))])).toEqual([code]);
    expect(await codes(ledger, [hold(act(more))])).toEqual([code === 'BAD_REQUEST' ? code : 'EVENT_UNKNOWN']);
  });

  it.each([
    ['without an agreement', act({ receivers: [{ walletId: w('builder'), parts: 1n }] }), 'MARK_FORBIDS'],
    ['more than an agreement leaves', toBuilder(201n), 'AGREEMENT_EXHAUSTED'],
    ['a share beyond what an agreement leaves', act({ amountMinor: 124n }), 'AGREEMENT_EXHAUSTED'],
    ['more than there is under the mark', toBuilder(200n), 'FUNDS_INSUFFICIENT'],
    ['money of a level that a project does not have', toBuilder(1n, { markLevel: 1 }), 'FUNDS_INSUFFICIENT'],
  ])('refuses to hold %s, and nothing is taken off', async (_what, terms, code) => {
    await done(ledger, {
      ...{ kind: 'unmark', by: TREASURY, reference: 'u1', walletId: w('fund'), markId: 'school', markLevel: 0 },
      amountMinor: 301n,
    });
    expect(await codes(ledger, [register(terms), hold(terms)])).toEqual(['ok', code]);
    expect(await accounts()).toEqual(['0 0 0 0, 200 left', '0 0 0 0, 30 left']);
    expect([await money(ledger, 'fund'), (await eventOf()).phase]).toEqual(['801/0', 'registered']);
    await agrees();
  });

  it('shares no total between holds and payments of one block', async () => {
    const [first, second] = [toBuilder(120n, { eventId: 'b-1' }), toBuilder(120n, { eventId: 'b-2' })];
    await codes(ledger, [register(first), register(second)]);
    const together = [hold(first), spend('s1', 'fund', 'builder', 60n, 'A1'), hold(second)];
    expect(await codes(ledger, together)).toEqual(['ok', 'ok', 'AGREEMENT_EXHAUSTED']);
    expect(await codes(ledger, [state(first, refused()), hold(second)])).toEqual(['ok', 'ok']);
    expect(await account(store, 'A1')).toBe('60 0 120 0, 20 left');
    await agrees();
  });

  it('stands in the history of its agreements', async () => {
    const terms = await held(act({ mode: 'unlimited' }));
    await codes(ledger, [state(terms, happened(40n)), state(terms, refused('no', 2))]);
    const told = async (topic: string) =>
      (await store.topic(topic, null, 20)).map(({ transaction: { kind, amountMinor } }) => `${kind} ${amountMinor}`);
    expect(await told('agreement:A2')).toEqual(['register 0', 'hold 100', 'draw 40', 'release 60']);
    expect(await accounts()).toEqual(['30 0 0 0, 170 left', '10 0 0 0, 20 left']);
  });
});

it('leaves the bytes of events and agreements without such holds as they were', () => {
  const plain = termsOfSale();
  expect(eventHash(IDENTITY, plain).toString('hex')).toBe(
    'df6f02ec39d9aada8475891d2c355f305ad07c1795c84739423a342d191109c4',
  );
  expect(encodeUse({ ...UNUSED, transferredMinor: 7n, withdrawnMinor: 5n }).toString('latin1')).toBe('\x017\x015');
  const held = { ...UNUSED, transferredMinor: 7n, heldMinor: 2n, vatMinor: 1n };
  expect(encodeUse(held).toString('latin1')).toBe('\x017\x010\x02v2\x012\x011');
  expect(useOf({ state: encodeUse(held) })).toEqual(held);
  const other = Buffer.from('\x017\x010\x02v3\x012\x011', 'latin1');
  expect(() => useOf({ state: other })).toThrow(RangeError);
});

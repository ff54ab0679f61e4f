import { beforeEach, expect, it } from 'vitest';
import { ERRORS } from '../../../src/kernel/errors.js';
import { NO_ORACLE } from '../../../src/ledger/oracle.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand, LegMark } from '../../../src/ledger/types.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import {
  bic,
  codes,
  done,
  hash,
  held,
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
import { marked, onBothStores } from './support.js';

const TREASURY = bic('TRSYKZ20');
type Register = Extract<LedgerCommand, { kind: 'registerMark' }>;
const register = (markId: string, levels: string[][], more: Partial<Register> = {}): LedgerCommand => ({
  ...{ kind: 'registerMark', by: TREASURY, markId, crossBorder: true },
  rule: { by: 'addresses', levels: levels.map((wallets) => wallets.map(w)) },
  ...more,
});
const mark = (reference: string, walletId: string, markId: string, amountMinor: bigint) =>
  ({ kind: 'mark', by: TREASURY, reference, walletId: w(walletId), markId, amountMinor }) as const;
const spend = (reference: string, from: string, to: string, markLevel: number, amountMinor: bigint) =>
  ({
    ...({ kind: 'spend', reference, debitWallet: w(from), creditWallet: w(to), markId: 'road', markLevel } as const),
    amountMinor,
  }) as const;
const departing = (markLevel: number, markId = 'road'): LegMark => ({ side: 'debit', markId, markLevel });
const arriving = (markId: string): LegMark => ({ side: 'credit', markId });
const rebuild = { heldAt: T0 - 1, suspenseWallet: w('suspense') };
const aid = { arrivals: [{ walletId: w('ministry'), markLevel: 1 }] };

onBothStores('marked money of payments between ledgers', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  const clock = manualClock();

  beforeEach(async () => {
    store = await fresh();
    ledger = await openLedger(store, { clock });
    const setUp = [
      ...['state', 'ministry', 'fx', 'builder', 'shop', 'suspense'].map((id) => open(id)),
      ...[issue('i1', 'state', 1_000n), issue('i2', 'fx', 500n), issue('i3', 'suspense', 200n)],
      register('road', [['ministry', 'fx'], ['fx', 'builder'], ['shop']]),
      register('home', [['fx']], { crossBorder: false }),
      register('aid', [['ministry'], ['builder']], aid),
      ...[mark('m1', 'state', 'road', 600n), mark('m2', 'state', 'home', 100n)],
      spend('s1', 'state', 'ministry', 0, 250n),
    ];
    expect(new Set(await codes(ledger, setUp))).toEqual(new Set(['ok']));
  });
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
  const pay = (from: string, level: number, amountMinor: bigint, ref = 'p') =>
    place(ref, from, 'fx', amountMinor, { mark: departing(level) });

  it('goes along the route, and stays under its mark at the next level', async () => {
    const hold = await held(ledger, pay('ministry', 1, 200n));
    expect(hold).toMatchObject({
      markId: 'road',
      creditMark: { markId: 'road', markLevel: 2 },
      debitWallet: 'ministry',
    });
    expect([await marked(store, 'ministry'), await money(ledger, 'ministry')]).toEqual([['road@1 50'], '0/200']);
    expect((await ledger.holds(['p'])).get('p')).toMatchObject({ creditMark: hold.creditMark });
    await done(ledger, settle('p'));
    expect([await marked(store, 'fx'), await money(ledger, 'fx')]).toEqual([['road@2 200'], '500/0']);
    expect(await money(ledger, 'ministry')).toBe('0/0');
    await agrees();
  });

  it('is cleared by the payment of the last level', async () => {
    await codes(ledger, [spend('s2', 'ministry', 'builder', 1, 90n), spend('s3', 'builder', 'shop', 2, 80n)]);
    expect(await held(ledger, pay('shop', 3, 60n))).toMatchObject({ markId: 'road', creditMark: null });
    await done(ledger, settle('p'));
    expect([await marked(store, 'fx'), await money(ledger, 'fx')]).toEqual([[], '560/0']);
    expect(await marked(store, 'shop')).toEqual(['road@3 20']);
    await agrees();
  });

  it('comes back to the pocket that it is from', async () => {
    await done(ledger, pay('ministry', 1, 200n));
    await done(ledger, release('p'));
    expect([await marked(store, 'ministry'), await money(ledger, 'ministry')]).toEqual([['road@1 250'], '0/0']);
    expect([await marked(store, 'fx'), await money(ledger, 'fx')]).toEqual([[], '500/0']);
    await agrees();
  });

  it.each([
    ['a mark that does not cross', place('x', 'state', 'fx', 1n, { mark: departing(0, 'home') }), 'MARK_FORBIDS'],
    ['a provider off the route', place('x', 'state', 'builder', 1n, { mark: departing(0) }), 'MARK_FORBIDS'],
    ['a provider of another level', place('x', 'builder', 'fx', 1n, { mark: departing(2) }), 'MARK_FORBIDS'],
    ['an unknown mark', place('x', 'state', 'fx', 1n, { mark: departing(0, 'bridge') }), 'MARK_UNKNOWN'],
    ['more than the pocket has', pay('ministry', 1, 251n, 'x'), 'FUNDS_INSUFFICIENT'],
    ['more than the pocket has, though there is ordinary money', pay('state', 0, 351n, 'x'), 'FUNDS_INSUFFICIENT'],
    ['a pocket of another level', pay('state', 1, 1n, 'x'), 'FUNDS_INSUFFICIENT'],
    ['marked money as if it were free', place('x', 'ministry', 'fx', 1n), 'FUNDS_INSUFFICIENT'],
    ['an arrival that is asked nowhere', place('x', 'fx', 'shop', 1n, { mark: arriving('aid') }), 'MARK_FORBIDS'],
    ['an arrival on the route alone', place('x', 'fx', 'ministry', 1n, { mark: arriving('road') }), 'MARK_FORBIDS'],
    ['an arrival under no mark', place('x', 'fx', 'ministry', 1n, { mark: arriving('bridge') }), 'MARK_UNKNOWN'],
  ])('is refused, and the tokens stay where they are: %s', async (_what, command, code) => {
    const before = await store.head();
    expect(await codes(ledger, [command])).toEqual([code]);
    expect(await store.head()).toEqual(before);
    expect((await ledger.holds(['x'])).size).toBe(0);
    if (code !== 'FUNDS_INSUFFICIENT') expect(ERRORS[code as 'MARK_FORBIDS'].iso).toBe('AG01');
    const { mark: asked, creditWallet } = command;
    const question = asked && { mark: asked, creditWallet };
    const isAboutMark = code !== 'FUNDS_INSUFFICIENT';
    if (question) expect(await ledger.markFaults([question])).toMatchObject([isAboutMark ? { code } : null]);
  });

  it('says beforehand what a mark would refuse, of many at once', async () => {
    const questions = [
      { mark: departing(0), creditWallet: w('fx') },
      { mark: departing(0, 'home'), creditWallet: w('fx') },
      { mark: arriving('aid'), creditWallet: w('ministry') },
      { mark: arriving('aid'), creditWallet: w('fx') },
      { mark: arriving('bridge'), creditWallet: w('ministry') },
    ];
    const faults = await ledger.markFaults(questions);
    expect(faults.map((fault) => fault?.code ?? null)).toEqual([
      ...[null, 'MARK_FORBIDS', null, 'MARK_FORBIDS', 'MARK_UNKNOWN'],
    ]);
  });

  it('can neither be spent nor unmarked nor merged while it is held', async () => {
    await done(ledger, pay('ministry', 1, 250n));
    const unmark = { kind: 'unmark', by: TREASURY, reference: 'u', markId: 'road', markLevel: 1 } as const;
    const merge = { kind: 'consolidate', mark: { markId: 'road', markLevel: 1 }, inputCountMax: 8 } as const;
    const others = [
      spend('s9', 'ministry', 'builder', 1, 1n),
      { ...unmark, walletId: w('ministry'), amountMinor: 1n },
      pay('ministry', 1, 1n, 'p2'),
      { ...merge, walletId: w('ministry') },
    ];
    expect(await codes(ledger, others)).toEqual([...Array(3).fill('FUNDS_INSUFFICIENT'), 'ok']);
    await done(ledger, settle('p'));
    expect(await marked(store, 'fx')).toEqual(['road@2 250']);
    await agrees();
  });

  it('is marked, paid on, held and settled in one block', async () => {
    const commands = [
      mark('m3', 'state', 'road', 50n),
      spend('s4', 'state', 'ministry', 0, 50n),
      pay('ministry', 1, 300n),
      settle('p'),
    ];
    expect(await codes(ledger, commands)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await marked(store, 'fx')).toEqual(['road@2 300']);
    await agrees();
  });

  it('is told to the initiator of its mark: held, settled, released, and what is on its way to be marked', async () => {
    await codes(ledger, [pay('ministry', 1, 10n), place('q', 'fx', 'ministry', 5n, { mark: arriving('aid') })]);
    await codes(ledger, [settle('p'), settle('q'), pay('ministry', 1, 10n, 'p2'), release('p2')]);
    const told = async (markId: string) =>
      (await store.topic(`mark:${markId}`, null, 20)).map(({ transaction }) => transaction.kind);
    expect((await told('road')).slice(-4)).toEqual(['hold', 'settle', 'hold', 'release']);
    expect(await told('aid')).toEqual(['register', 'hold', 'settle']);
    // What was on its way and does not come: the initiator would wait for it for ever.
    await codes(ledger, [place('q2', 'fx', 'ministry', 5n, { mark: arriving('aid') }), release('q2')]);
    expect((await told('aid')).slice(3)).toEqual(['hold', 'release']);
  });

  it('comes back after a lost ledger tail out of the same pocket, as the first hold had it', async () => {
    // What the journal of the co-signer gives is put to a ledger that has no row.
    const hold = await held(ledger, { ...pay('ministry', 1, 200n), rebuild });
    expect(hold).toMatchObject({ debitWallet: 'ministry', markId: 'road', heldAt: T0 - 1 });
    expect(await marked(store, 'ministry')).toEqual(['road@1 50']);
    await done(ledger, settle('p'));
    expect(await marked(store, 'fx')).toEqual(['road@2 200']);
    await agrees();
  });

  it.each([
    ['in the same pocket', departing(1), 'ministry', '0/250'],
    ['in another one', departing(0), 'state', '300/0'],
  ])('comes back over a row of other terms that holds the money, %s', async (_where, other, wallet, after) => {
    const replaced = place('p', wallet, 'fx', 250n, { mark: other, conditionHash: hash(2) });
    await done(ledger, replaced);
    expect(await held(ledger, { ...pay('ministry', 1, 250n), rebuild })).toMatchObject({ markId: 'road' });
    expect([await money(ledger, wallet), await marked(store, 'ministry')]).toEqual([after, []]);
    expect(await marked(store, 'state')).toContain('road@0 350');
    await done(ledger, settle('p'));
    expect(await marked(store, 'fx')).toEqual(['road@2 250']);
    await agrees();
  });

  it('is replaced by ordinary money of the suspense wallet where the pocket lacks it, though the wallet has other', async () => {
    await done(ledger, transfer('t', 'state', 'ministry', 300n));
    const hold = await held(ledger, { ...pay('ministry', 1, 100n), rebuild });
    expect(hold).toMatchObject({ debitWallet: 'ministry', markId: 'road' });
    await done(ledger, spend('s5', 'ministry', 'builder', 1, 150n));
    const other = await held(ledger, { ...pay('ministry', 1, 100n, 'q'), rebuild });
    expect(other).toMatchObject({ debitWallet: 'suspense', markId: null, creditMark: null });
    await codes(ledger, [settle('q'), release('p')]);
    expect([await money(ledger, 'suspense'), await money(ledger, 'fx')]).toEqual(['100/0', '600/0']);
    expect([await marked(store, 'ministry'), await money(ledger, 'ministry')]).toEqual([['road@1 100'], '300/0']);
    await agrees();
  });

  it('is not what a row of other terms gives back to another pocket of the same wallet', async () => {
    await done(ledger, { ...pay('ministry', 1, 150n), conditionHash: hash(2) });
    const ordinary = place('p', 'ministry', 'fx', 150n, { rebuild });
    expect(await held(ledger, ordinary)).toMatchObject({ debitWallet: 'suspense', markId: null });
    expect([await money(ledger, 'ministry'), await marked(store, 'ministry')]).toEqual(['0/0', ['road@1 250']]);
    await agrees();
  });

  it('is not paid by a hold that comes back under a mark that forbids it', async () => {
    const other = place('p', 'state', 'fx', 50n, { mark: departing(0, 'home'), rebuild });
    expect(await held(ledger, other)).toMatchObject({ debitWallet: 'suspense', markId: null, creditMark: null });
    await done(ledger, settle('p'));
    expect([await marked(store, 'state'), await money(ledger, 'fx')]).toEqual([['home@0 100', 'road@0 350'], '550/0']);
    await agrees();
  });

  it('is replaced by the suspense wallet where the ledger lost the mark itself', async () => {
    const lost = place('p', 'ministry', 'fx', 100n, { mark: departing(1, 'lost'), rebuild });
    expect(await held(ledger, lost)).toMatchObject({ debitWallet: 'suspense', markId: null, creditMark: null });
    await agrees();
  });

  it('comes from another ledger and is marked in the wallet that its mark names, at that level', async () => {
    const asked = place('p', 'fx', 'ministry', 70n, { mark: arriving('aid') });
    expect(await held(ledger, asked)).toMatchObject({ markId: null, creditMark: { markId: 'aid', markLevel: 1 } });
    expect([await money(ledger, 'fx'), await marked(store, 'fx')]).toEqual(['430/70', []]);
    await done(ledger, settle('p'));
    expect(await marked(store, 'ministry')).toEqual(['aid@1 70', 'road@1 250']);
    expect(await money(ledger, 'ministry')).toBe('0/0');
    const onward = { ...spend('s6', 'ministry', 'builder', 1, 70n), markId: 'aid' };
    expect(await codes(ledger, [onward])).toEqual(['ok']);
    expect(await marked(store, 'builder')).toEqual(['aid@2 70']);
    await agrees();
  });

  it('comes to nothing as ordinary money of whoever paid it', async () => {
    await codes(ledger, [place('p', 'fx', 'ministry', 70n, { mark: arriving('aid') }), release('p')]);
    expect([await money(ledger, 'fx'), await marked(store, 'ministry')]).toEqual(['500/0', ['road@1 250']]);
    await agrees();
  });

  it('comes to be marked whoever pays it in the end, and is ordinary where the ledger lost the mark', async () => {
    const short = place('p', 'shop', 'ministry', 70n, { mark: arriving('aid'), rebuild });
    expect(await held(ledger, short)).toMatchObject({ debitWallet: 'suspense', creditMark: { markId: 'aid' } });
    const lost = place('q', 'fx', 'ministry', 30n, { mark: arriving('lost'), rebuild });
    expect(await held(ledger, lost)).toMatchObject({ debitWallet: 'fx', creditMark: null });
    await codes(ledger, [settle('p'), settle('q')]);
    expect([await marked(store, 'ministry'), await money(ledger, 'ministry')]).toEqual([
      ['aid@1 70', 'road@1 250'],
      '30/0',
    ]);
    await agrees();
  });

  it('waits for the oracle, and neither ordinary payments do nor ordinary money that comes back', async () => {
    await codes(ledger, [pay('ministry', 1, 10n), place('q', 'fx', 'ministry', 5n, { mark: arriving('aid') })]);
    await done(ledger, place('r', 'fx', 'ministry', 5n, { mark: arriving('aid') }));
    const alone = await openLedger(store, { clock, oracle: NO_ORACLE });
    const asked = [settle('p'), settle('q'), pay('state', 0, 1n, 'p2'), place('o', 'fx', 'shop', 1n)];
    const more = place('q2', 'fx', 'ministry', 5n, { mark: arriving('aid') });
    expect(await codes(alone, [...asked, more, release('r')])).toEqual([
      ...['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'ok', 'UNAVAILABLE', 'ok'],
    ]);
    const again = await openLedger(store, { clock });
    expect(await codes(again, [settle('p'), settle('q')])).toEqual(['ok', 'ok']);
    expect([await marked(store, 'fx'), await marked(store, 'ministry')]).toEqual([
      ['road@2 10'],
      ['aid@1 5', 'road@1 240'],
    ]);
    await agrees();
  });

  const somewhere = [{ walletId: w('shop'), markLevel: 0 }];
  const project = { rule: { by: 'agreement' }, crossBorder: false } as const;
  it.each([
    ['a project that crosses', register('n', [], { ...project, crossBorder: true }), 'crossBorder'],
    [
      'a level that there is not',
      register('n', [['fx']], { arrivals: [{ walletId: w('shop'), markLevel: 2 }] }),
      'arrivals',
    ],
    [
      'a level below the first',
      register('n', [['fx']], { arrivals: [{ walletId: w('shop'), markLevel: -1 }] }),
      'arrivals',
    ],
    ['a wallet twice', register('n', [['fx']], { arrivals: [...somewhere, ...somewhere] }), 'arrivals'],
    ['no wallet', register('n', [['fx']], { arrivals: [{ walletId: w('a b'), markLevel: 0 }] }), 'arrivals'],
    [
      'a project of levels',
      register('n', [], { ...project, arrivals: [{ walletId: w('shop'), markLevel: 1 }] }),
      'arrivals',
    ],
  ])('is not ruled by %s', async (_what, command, field) => {
    expect(await ledger.submit(command)).toEqual({ ok: false, error: { code: 'BAD_REQUEST', detail: field } });
  });

  it('comes to the payer of a project', async () => {
    await done(ledger, register('school', [], { ...project, arrivals: somewhere }));
    await codes(ledger, [place('p', 'fx', 'shop', 7n, { mark: arriving('school') }), settle('p')]);
    expect(await marked(store, 'shop')).toEqual(['school@0 7']);
    await agrees();
  });
});

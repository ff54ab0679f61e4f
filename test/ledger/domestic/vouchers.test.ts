import { beforeEach, expect, it } from 'vitest';
import { decodeTransaction } from '../../../src/ledger/canonical.js';
import { attributesAsked, type CriteriaRule } from '../../../src/ledger/domestic/criteria.js';
import { sweepDue } from '../../../src/ledger/domestic/sweep.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { BANK, bic, codes, done, issue, manualClock, money, open, openLedger, T0, transfer, w } from '../support.js';
import { hold, register as registerEvent, registerProvider, termsOfSale } from './event-support.js';
import { marked, onBothStores } from './support.js';

const TREASURY = bic('TRSYKZ20');
const ORACLE = bic('ORACKZ20');
const HOUR = 3_600_000;

/** Farmers get vouchers for feed and seed, and spend them at licensed dealers of two regions. */
const RULE: CriteriaRule = {
  by: 'criteria',
  levels: [
    [{ name: 'category', oneOf: ['farmer'] }],
    [
      { name: 'region', oneOf: ['KZ-AKM', 'KZ-KOS'] },
      { name: 'licence', oneOf: null },
    ],
  ],
  purposes: ['feed', 'seed'],
  validFrom: T0 + HOUR,
  validTo: T0 + 10 * HOUR,
  returnWallet: w('treasury'),
};

const register = (markId: string, changes: Partial<CriteriaRule> = {}, crossBorder = false): LedgerCommand => ({
  ...{ kind: 'registerMark', by: TREASURY, markId, rule: { ...RULE, ...changes }, crossBorder },
});
const mark = (reference: string, amountMinor: bigint): LedgerCommand => ({
  ...{ kind: 'mark', by: TREASURY, reference, walletId: w('treasury'), markId: 'farm', amountMinor },
});
interface Spending {
  readonly purpose?: string | undefined;
  readonly attributes?: readonly string[];
}
const spend = (
  reference: string,
  from: string,
  to: string,
  markLevel: number,
  amountMinor: bigint,
  more: Spending = { purpose: 'feed' },
): LedgerCommand => ({
  ...{ kind: 'spend', reference, debitWallet: w(from), creditWallet: w(to), markId: 'farm', markLevel, amountMinor },
  ...{ attributes: attributesAsked(RULE, markLevel, { walletId: w(to), ownerBic: BANK }), ...more },
});
let count = 0;
const attribute = (
  subject: string,
  name: string,
  value: string | null,
  more: { validFrom?: number; validTo?: number | null; reference?: string } = {},
): LedgerCommand => {
  count += 1;
  const said = { subject, name, value, validFrom: 0, validTo: null, reference: `attribute-${count}`, ...more };
  return { kind: 'setAttribute', by: ORACLE, ...said };
};

onBothStores('vouchers', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  let clock = manualClock();

  beforeEach(async () => {
    store = await fresh();
    clock = manualClock();
    ledger = await openLedger(store, { clock });
    const wallets = ['farmer', 'farmer2', 'dealer', 'shop'].map((id) => open(id));
    await codes(ledger, [open('treasury', 'treasury', TREASURY), ...wallets, issue('i1', 'treasury', 1_000n)]);
    await codes(ledger, [
      attribute('wallet:farmer', 'category', 'farmer'),
      attribute('wallet:farmer2', 'category', 'farmer'),
      attribute('wallet:dealer', 'region', 'KZ-AKM'),
      attribute('wallet:dealer', 'licence', 'L-17', { validTo: T0 + 5 * HOUR }),
      attribute('wallet:shop', 'region', 'KZ-ALA'),
      attribute('wallet:shop', 'licence', 'L-18'),
    ]);
    expect(await codes(ledger, [register('farm'), mark('m1', 800n)])).toEqual(['ok', 'ok']);
    clock.advance(HOUR);
  });
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
  const sweep = () => sweepDue({ store, ledger }, clock.now());

  it('go to whom they are for, and the payment to a fitting payee clears the mark', async () => {
    expect(await codes(ledger, [spend('s1', 'treasury', 'farmer', 0, 500n)])).toEqual(['ok']);
    expect(await marked(store, 'farmer')).toEqual(['farm@1 500']);
    expect(await codes(ledger, [spend('s2', 'farmer', 'dealer', 1, 200n)])).toEqual(['ok']);
    expect([await money(ledger, 'dealer'), await marked(store, 'dealer')]).toEqual(['200/0', []]);
    expect(await codes(ledger, [transfer('t1', 'dealer', 'shop', 200n)])).toEqual(['ok']);
    const report = (await store.topic('mark:farm', null, 10)).map(({ transaction: { kind } }) => kind);
    expect(report).toEqual(['register', 'mark', 'spend', 'spend']);
    await agrees();
  });

  it.each([
    ['a payee of another category', spend('x', 'treasury', 'shop', 0, 1n), 'MARK_FORBIDS'],
    ['a payee of another region', spend('x', 'farmer', 'shop', 1, 1n), 'MARK_FORBIDS'],
    ['a payee that the registry does not know', spend('x', 'farmer', 'farmer2', 1, 1n), 'MARK_FORBIDS'],
    ['a payment straight to the dealer', spend('x', 'treasury', 'dealer', 0, 1n), 'MARK_FORBIDS'],
    ['another purpose', spend('x', 'farmer', 'dealer', 1, 1n, { purpose: 'tractor' }), 'MARK_FORBIDS'],
    ['no purpose', spend('x', 'farmer', 'dealer', 1, 1n, {}), 'MARK_FORBIDS'],
    ['a level that there is not', spend('x', 'farmer', 'dealer', 2, 1n), 'MARK_FORBIDS'],
    ['more than there is', spend('x', 'farmer', 'dealer', 1, 101n), 'FUNDS_INSUFFICIENT'],
    ['vouchers as if they were free', transfer('x', 'farmer', 'dealer', 1n), 'FUNDS_INSUFFICIENT'],
    [
      'attributes that nobody looked up',
      spend('x', 'farmer', 'dealer', 1, 1n, { purpose: 'feed', attributes: [] }),
      'BAD_REQUEST',
    ],
    ['an unknown payee', spend('x', 'farmer', 'nobody', 1, 1n), 'WALLET_UNKNOWN'],
    ['a rule without levels', register('y', { levels: [] }), 'BAD_REQUEST'],
    ['a rule for everybody', register('y', { levels: [[]] }), 'BAD_REQUEST'],
    ['a criterion that nothing meets', register('y', { levels: [[{ name: 'region', oneOf: [] }]] }), 'BAD_REQUEST'],
    ['a rule that ends before it begins', register('y', { validTo: T0 }), 'BAD_REQUEST'],
    ['a rule whose time is up', register('y', { validFrom: 0, validTo: T0 }), 'MARK_EXPIRED'],
    ['a return to nobody', register('y', { returnWallet: w('nobody') }), 'WALLET_UNKNOWN'],
    ["a return to somebody else's wallet", register('y', { returnWallet: w('shop') }), 'FORBIDDEN'],
    ['vouchers that leave the country', register('y', {}, true), 'BAD_REQUEST'],
    ['another rule under the id', register('farm', { purposes: [] }), 'ENTRY_EXISTS'],
    ['their return before the time', { kind: 'expireMark', markId: 'farm', isEmpty: true } as const, 'MARK_FORBIDS'],
  ])('refuses %s, and the money stays where it is', async (_what, command, code) => {
    await done(ledger, spend('s0', 'treasury', 'farmer', 0, 100n));
    const before = await store.unspentTokens(null, 100);
    expect(await codes(ledger, [command])).toEqual([code]);
    expect(await store.unspentTokens(null, 100)).toEqual(before);
    expect(await marked(store, 'farmer')).toEqual(['farm@1 100']);
  });

  it('wait for no event: what the registry decides is decided when the money is paid', async () => {
    await done(ledger, spend('s0', 'treasury', 'farmer', 0, 100n));
    const sale = termsOfSale({
      ...{ debitWallet: w('farmer'), receivers: [{ walletId: w('dealer'), parts: 1n }] },
      ...{ markId: 'farm', markLevel: 1, expiresAt: T0 + 5 * HOUR },
    });
    const outcomes = await codes(ledger, [registerProvider('land'), registerEvent(sale), hold(sale)]);
    expect(outcomes).toEqual(['ok', 'ok', 'MARK_FORBIDS']);
    expect(await marked(store, 'farmer')).toEqual(['farm@1 100']);
  });

  it('judges by what the registry says at the time: before, within, after, replaced, withdrawn', async () => {
    await done(ledger, spend('s1', 'treasury', 'farmer', 0, 500n));
    const once = async (reference: string) => (await codes(ledger, [spend(reference, 'farmer', 'dealer', 1, 10n)]))[0];
    expect(await once('a')).toBe('ok');
    await done(ledger, attribute('wallet:dealer', 'region', 'KZ-ALA'));
    expect(await once('b')).toBe('MARK_FORBIDS');
    await done(ledger, attribute('wallet:dealer', 'region', 'KZ-KOS', { validFrom: T0 + 2 * HOUR }));
    expect(await once('c')).toBe('MARK_FORBIDS');
    clock.advance(HOUR);
    expect(await once('d')).toBe('ok');
    clock.advance(3 * HOUR);
    // The licence has run out.
    expect(await once('e')).toBe('MARK_FORBIDS');
    await done(ledger, attribute(`owner:${BANK}`, 'licence', 'L-1'));
    expect(await once('f')).toBe('ok');
    await done(ledger, attribute(`owner:${BANK}`, 'licence', null));
    expect(await once('g')).toBe('MARK_FORBIDS');
    const history = await store.topic('attribute:wallet:dealer/region', null, 10);
    expect(history.map(({ transaction: { kind } }) => kind)).toEqual(['attribute', 'attribute', 'attribute']);
  });

  it.each([
    ['a subject of no kind', attribute('dealer', 'region', 'x'), 'BAD_REQUEST'],
    ['a branch as owner', attribute('owner:AAAAKZ20XXX', 'region', 'x'), 'BAD_REQUEST'],
    ['a name that is none', attribute('wallet:dealer', 'a b', 'x'), 'BAD_REQUEST'],
    ['an empty value', attribute('wallet:dealer', 'region', ''), 'BAD_REQUEST'],
    ['an end before the beginning', attribute('wallet:dealer', 'region', 'x', { validTo: 0 }), 'BAD_REQUEST'],
    ['the withdrawal of what is not there', attribute('wallet:dealer', 'age', null), 'NOT_FOUND'],
  ])('refuses %s in the registry', async (_what, command, code) => {
    expect(await codes(ledger, [command])).toEqual([code]);
  });

  it('keeps a replaced attribute replaced when the older command comes again', async () => {
    const [old, next] = [attribute('wallet:shop', 'region', 'KZ-AKM'), attribute('wallet:shop', 'region', 'KZ-SEV')];
    expect(await codes(ledger, [old, next, old])).toEqual(['ok', 'ok', 'ok']);
    expect(await store.topic('attribute:wallet:shop/region', null, 10)).toHaveLength(3);
    const other = { ...old, value: 'KZ-KOS' } as LedgerCommand;
    expect(await codes(ledger, [other])).toEqual(['IDEMPOTENCY_CONFLICT']);
  });

  it('are of no use before their time', async () => {
    clock.advance(-1);
    expect(await codes(ledger, [spend('s1', 'treasury', 'farmer', 0, 1n)])).toEqual(['MARK_EXPIRED']);
  });

  it('go back by themselves when their time is up, wherever they are, from a blocked wallet too', async () => {
    const given = [spend('s1', 'treasury', 'farmer', 0, 300n), spend('s2', 'treasury', 'farmer2', 0, 200n)];
    expect(await codes(ledger, [...given, spend('s3', 'farmer', 'dealer', 1, 50n)])).toEqual(['ok', 'ok', 'ok']);
    await done(ledger, { kind: 'setWalletStatus', walletId: w('farmer2'), status: 'blocked' });
    expect(await sweep()).toBe(0);
    clock.advance(9 * HOUR);
    const late = [spend('s4', 'farmer', 'dealer', 1, 1n), mark('m2', 1n)];
    expect(await codes(ledger, late)).toEqual(['MARK_EXPIRED', 'MARK_EXPIRED']);
    // The expiry, three pockets, the end.
    expect(await sweep()).toBe(5);
    for (const id of ['treasury', 'farmer', 'farmer2']) expect(await marked(store, id)).toEqual([]);
    expect([await money(ledger, 'treasury'), await money(ledger, 'dealer')]).toEqual(['950/0', '50/0']);
    expect(await store.entries([{ kind: 'mark', entryId: 'farm' }])).toMatchObject([{ open: false }]);
    expect(await sweep()).toBe(0);
    // A repetition is answered as it was.
    expect(await codes(ledger, [given[0]!, mark('m1', 800n), register('farm')])).toEqual(['ok', 'ok', 'ok']);
    const told = (await store.topic('mark:farm', null, 20)).map(({ transaction: { kind } }) => kind);
    expect(told.slice(-5)).toEqual(['register', 'expire', 'expire', 'expire', 'register']);
    await agrees();
  });

  it('go back in steps where a wallet has many small ones', async () => {
    const notes = Array.from({ length: 300 }, (_, i) => spend(`n${i}`, 'treasury', 'farmer', 0, i < 150 ? 2n : 1n));
    expect(new Set(await codes(ledger, notes))).toEqual(new Set(['ok']));
    expect(await marked(store, 'farmer')).toEqual(['farm@1 450']);
    clock.advance(9 * HOUR);
    expect(await sweep()).toBeGreaterThan(4);
    expect([await money(ledger, 'treasury'), await marked(store, 'farmer')]).toEqual(['1000/0', []]);
    const expired = (await store.topic('mark:farm', null, 1_000)).filter(
      ({ transaction }) => transaction.kind === 'expire',
    );
    const inputs = expired.map(({ transaction }) => decodeTransaction(transaction.body).inputs.length);
    expect(inputs.length).toBeGreaterThan(2);
    expect(Math.max(...inputs)).toBeLessThanOrEqual(256);
    await agrees();
  });
});

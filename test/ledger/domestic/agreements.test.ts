import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { decodeTransaction } from '../../../src/ledger/canonical.js';
import { agreementOf, agreementsTopic } from '../../../src/ledger/domestic/agreement.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import { createMemoryStore } from '../../../src/ledger/store.memory.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { codes, done, issue, manualClock, money, open, openLedger, T0, transfer, w } from '../support.js';
import { agree, HOUR, mark, project, spend, TREASURY, used, withdraw } from './agreements.js';
import { marked, onBothStores } from './support.js';

const WALLETS = ['fund', 'grant', 'school', 'builder', 'mason', 'shop'];

onBothStores('marks by agreement', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  let clock = manualClock();

  beforeEach(async () => {
    store = await fresh();
    clock = manualClock();
    ledger = await openLedger(store, { clock });
    const funds = [issue('i1', 'fund', 1_000n), issue('i2', 'grant', 500n)];
    await codes(ledger, [...WALLETS.map((id) => open(id)), ...funds]);
    await codes(ledger, [project('school'), project('road')]);
    await codes(ledger, [
      ...[mark('m1', 'fund', 'school', 900n), mark('m2', 'grant', 'school', 400n), mark('m3', 'fund', 'road', 50n)],
      ...[agree('A1', 'fund', 'builder', 700n, 100n), agree('A2', 'grant', 'builder', 300n, 0n)],
      agree('A3', 'builder', 'mason', 400n, 400n),
    ]);
  });
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });

  it('colours several issues by one project, and chains: the payee of one agreement pays under the next', async () => {
    const story = [
      spend('s1', 'fund', 'builder', 600n, 'A1'),
      spend('s2', 'grant', 'builder', 300n, 'A2'),
      spend('s3', 'builder', 'mason', 350n, 'A3'),
      withdraw('w1', 'mason', 350n, 'A3'),
    ];
    expect(await codes(ledger, story)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(await marked(store, 'builder')).toEqual(['school@0 550']);
    expect([await money(ledger, 'mason'), await marked(store, 'mason')]).toEqual(['350/0', []]);
    expect(await used(store, 'A1')).toBe('600 0 open');
    expect(await used(store, 'A2')).toBe('300 0 closed');
    expect(await used(store, 'A3')).toBe('350 350 open');
    await agrees();
  });

  it('lets the payee withdraw what it was paid under the agreement, up to the agreed total', async () => {
    expect(await codes(ledger, [withdraw('w0', 'builder', 1n, 'A1')])).toEqual(['AGREEMENT_EXHAUSTED']);
    await done(ledger, spend('s1', 'fund', 'builder', 60n, 'A1'));
    expect(await codes(ledger, [withdraw('w1', 'builder', 61n, 'A1')])).toEqual(['AGREEMENT_EXHAUSTED']);
    expect(await codes(ledger, [withdraw('w2', 'builder', 60n, 'A1')])).toEqual(['ok']);
    await done(ledger, spend('s2', 'fund', 'builder', 640n, 'A1'));
    expect(await codes(ledger, [withdraw('w3', 'builder', 41n, 'A1')])).toEqual(['AGREEMENT_EXHAUSTED']);
    expect(await codes(ledger, [withdraw('w4', 'builder', 40n, 'A1')])).toEqual(['ok']);
    expect([await money(ledger, 'builder'), await marked(store, 'builder')]).toEqual(['100/0', ['school@0 600']]);
    expect(await used(store, 'A1')).toBe('700 100 closed');
    await agrees();
  });

  it.each([
    ['a payment without an agreement', spend('x', 'fund', 'builder', 1n, undefined), 'BAD_REQUEST'],
    ['an agreement that is not registered', spend('x', 'fund', 'builder', 1n, 'A9'), 'AGREEMENT_UNKNOWN'],
    ['another payer', spend('x', 'grant', 'builder', 1n, 'A1'), 'AGREEMENT_FORBIDS'],
    ['another payee', spend('x', 'fund', 'shop', 1n, 'A1'), 'AGREEMENT_FORBIDS'],
    ['money of another project', spend('x', 'fund', 'builder', 1n, 'A1', 'road'), 'AGREEMENT_FORBIDS'],
    ['more than the agreed total', spend('x', 'fund', 'builder', 701n, 'A1'), 'AGREEMENT_EXHAUSTED'],
    ['more than there is', spend('x', 'builder', 'mason', 400n, 'A3'), 'FUNDS_INSUFFICIENT'],
    ['an agreement for money by addresses', spend('x', 'fund', 'builder', 1n, 'A1', 'route'), 'AGREEMENT_FORBIDS'],
    ['marked money as if it were free', transfer('x', 'fund', 'shop', 51n), 'FUNDS_INSUFFICIENT'],
    ['a withdrawal by the payer', withdraw('x', 'fund', 1n, 'A1'), 'AGREEMENT_FORBIDS'],
    ['a withdrawal of another project', withdraw('x', 'builder', 1n, 'A1', 'road'), 'AGREEMENT_FORBIDS'],
    ['a withdrawal under nothing', withdraw('x', 'builder', 1n, 'A9'), 'AGREEMENT_UNKNOWN'],
    ['a withdrawal of nothing', withdraw('x', 'builder', 0n, 'A1'), 'AMOUNT_ZERO'],
    ['an agreement of an unknown project', agree('A9', 'fund', 'shop', 1n, 0n, { markId: 'no' }), 'MARK_UNKNOWN'],
    ['an agreement of a mark by addresses', agree('A9', 'fund', 'shop', 1n, 0n, { markId: 'route' }), 'MARK_FORBIDS'],
    ['an agreement with nobody', agree('A9', 'fund', 'nobody', 1n, 0n), 'WALLET_UNKNOWN'],
    ['an agreement with oneself', agree('A9', 'fund', 'fund', 1n, 0n), 'BAD_REQUEST'],
    ['an agreement on nothing', agree('A9', 'fund', 'shop', 0n, 0n), 'AMOUNT_ZERO'],
    ['a limit below zero', agree('A9', 'fund', 'shop', 1n, -1n), 'BAD_REQUEST'],
    ['a limit that no sum reaches', agree('A9', 'fund', 'shop', 1n, 10n ** 18n), 'AMOUNT_TOO_LARGE'],
    ['an agreement whose time is up', agree('A9', 'fund', 'shop', 1n, 0n, { expiresAt: T0 }), 'AGREEMENT_EXPIRED'],
    ['other totals under the number', agree('A1', 'fund', 'builder', 701n, 100n), 'ENTRY_EXISTS'],
    ['the number by somebody else', agree('A1', 'fund', 'builder', 700n, 100n, { by: TREASURY }), 'ENTRY_EXISTS'],
  ])('refuses %s, and nothing moves', async (_what, command, code) => {
    const route = { by: 'addresses', levels: [[w('builder')]] } as const;
    await done(ledger, { kind: 'registerMark', by: TREASURY, markId: 'route', rule: route, crossBorder: false });
    const before = await store.unspentTokens(null, 100);
    expect(await codes(ledger, [command])).toEqual([code]);
    expect(await store.unspentTokens(null, 100)).toEqual(before);
    expect(await used(store, 'A1')).toBe('0 0 open');
    await agrees();
  });

  it('ends at the expiry: neither payment nor withdrawal, and a new agreement goes on', async () => {
    await done(ledger, spend('s1', 'fund', 'builder', 100n, 'A1'));
    clock.advance(HOUR - 1);
    expect(await codes(ledger, [spend('s2', 'fund', 'builder', 1n, 'A1')])).toEqual(['ok']);
    clock.advance(1);
    const late = [spend('s3', 'fund', 'builder', 1n, 'A1'), withdraw('w1', 'builder', 1n, 'A1')];
    expect(await codes(ledger, late)).toEqual(['AGREEMENT_EXPIRED', 'AGREEMENT_EXPIRED']);
    expect(await codes(ledger, [agree('A1', 'fund', 'builder', 700n, 100n)])).toEqual(['ok']);
    await done(ledger, agree('A4', 'fund', 'builder', 100n, 100n, { expiresAt: T0 + 2 * HOUR }));
    expect(await codes(ledger, [spend('s4', 'fund', 'builder', 100n, 'A4')])).toEqual(['ok']);
    await agrees();
  });

  it('answers repetitions with the first outcome, though nothing is left of the agreement since', async () => {
    const commands = [spend('s1', 'fund', 'builder', 700n, 'A1'), withdraw('w1', 'builder', 100n, 'A1')];
    expect(await codes(ledger, commands)).toEqual(['ok', 'ok']);
    clock.advance(2 * HOUR);
    expect(await codes(ledger, commands)).toEqual(['ok', 'ok']);
    const others = [spend('s1', 'fund', 'builder', 700n, 'A2'), withdraw('w1', 'builder', 99n, 'A1')];
    expect(await codes(ledger, others)).toEqual(['IDEMPOTENCY_CONFLICT', 'IDEMPOTENCY_CONFLICT']);
    expect(await used(store, 'A1')).toBe('700 100 closed');
  });

  it('has in its history the registration and every use, and the project has its agreements and all its money', async () => {
    await codes(ledger, [spend('s1', 'fund', 'builder', 60n, 'A1'), withdraw('w1', 'builder', 10n, 'A1')]);
    const told = async (topic: string) =>
      (await store.topic(topic, null, 20)).map(({ transaction: { kind, amountMinor } }) => `${kind} ${amountMinor}`);
    expect(await told('agreement:A1')).toEqual(['register 0', 'spend 60', 'withdraw 10']);
    expect(await told('mark:school')).toEqual([
      ...['register 0', 'mark 900', 'mark 400', 'register 0', 'register 0', 'register 0', 'spend 60', 'withdraw 10'],
    ]);
    const registered = await store.topic(agreementsTopic('school'), null, 20);
    const ids = registered.map(({ transaction }) => decodeTransaction(transaction.body).entries[0]!.entryId);
    expect(ids).toEqual(['A1', 'A2', 'A3']);
    const [entry] = await store.entries([{ kind: 'agreement', entryId: 'A1' }]);
    expect(agreementOf(entry!)).toMatchObject({ payer: 'fund', payee: 'builder', transferMaxMinor: 700n });
  });
});

describe('totals of agreements', () => {
  const PAIRS = [
    ['A1', 'fund', 'builder'],
    ['A2', 'builder', 'mason'],
    ['A3', 'mason', 'fund'],
  ] as const;
  const command = fc.record({
    pair: fc.constantFrom(...PAIRS),
    what: fc.constantFrom('spend', 'withdraw'),
    amountMinor: fc.bigInt(1n, 60n),
  });

  it('never go over, whatever shares a block', async () => {
    const limits = fc.tuple(fc.bigInt(1n, 150n), fc.bigInt(0n, 150n));
    await fc.assert(
      fc.asyncProperty(fc.array(limits, { minLength: 3, maxLength: 3 }), fc.array(command), async (maxima, said) => {
        const store = createMemoryStore();
        const ledger = await openLedger(store);
        await codes(ledger, [...WALLETS.map((id) => open(id)), issue('i1', 'fund', 500n), project('school')]);
        const agreed = PAIRS.map(([id, payer, payee], i) => agree(id, payer, payee, ...maxima[i]!));
        await codes(ledger, [mark('m1', 'fund', 'school', 500n), ...agreed]);
        const commands = said.map(({ pair: [id, payer, payee], what, amountMinor }, i) =>
          what === 'spend' ? spend(`c${i}`, payer, payee, amountMinor, id) : withdraw(`c${i}`, payee, amountMinor, id),
        );
        const outcomes = await codes(ledger, commands);
        for (const [i, [id]] of PAIRS.entries()) {
          const sum = (what: string) =>
            said.reduce(
              (total, one, at) =>
                one.pair[0] === id && one.what === what && outcomes[at] === 'ok' ? total + one.amountMinor : total,
              0n,
            );
          const [paid, withdrawn] = [sum('spend'), sum('withdraw')];
          expect(paid <= maxima[i]![0] && withdrawn <= maxima[i]![1] && withdrawn <= paid).toBe(true);
          expect(await used(store, id)).toMatch(`${paid} ${withdrawn} `);
        }
        expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true, supplyMinor: 500n });
      }),
      { numRuns: 200 },
    );
  });
});

/** Marks that a payment names are asked about before anything is held. */
import { describe, expect, it, test } from 'vitest';
import { type MarkFaults, markFaultsOf, waitingOne } from '../../src/gateway/conditions-of-payment.js';
import { demoConfig } from '../../src/gateway/demo.js';
import type { JudgementContext, RoutedTransaction } from '../../src/gateway/judgement.js';
import { refusal } from '../../src/kernel/errors.js';
import type { Bic, WalletId } from '../../src/kernel/ids.js';
import { ok } from '../../src/kernel/result.js';
import type { Wallet } from '../../src/ledger/types.js';
import type { Offer } from '../../src/pvp/quote.js';

const OTHER = 'SILKCN20' as Bic;
const corridor = { ...demoConfig.corridors[0]!, others: [{ provider: OTHER }] };
const [OWN_WALLET, OTHER_WALLET] = ['KZ-FX-PROVIDER', 'KZ-FX-SILKCN20'];
const payee = ok({ walletId: 'CN-PAYEE' as WalletId } as Wallet);

const payment = (draft: string, marks: object = {}) => ({
  draft,
  judged: {
    instruction: { conditions: { event: null, debtorMark: null, creditorMark: null, ...marks } },
    route: { corridor },
  } as unknown as RoutedTransaction,
});
const leaving = { debtorMark: { markId: 'road', markLevel: 0 } };
const arriving = { creditorMark: { markId: 'aid' } };
const offerOf = (sourceProviderWallet: string) =>
  ok({ quotes: [{ quote: { sourceProviderWallet } }] } as unknown as Offer);

test('marked money is not held for an event by a quote that charges: nobody is paid whom its mark does not name', () => {
  const offer = {
    ...{ sourceCurrency: 'KZT', targetCurrency: 'CNY', rate: '0.0135', sourceAmountMinor: 10_500n },
    charge: { bearer: 'creditor', amountMinor: 500n, walletId: 'KZ-FEE' },
  } as unknown as Offer;
  const waits = (debtorMark: object | null, some: Offer) => {
    const { judged } = payment('a', { debtorMark });
    const stated = { settlementAmount: { text: '105.00', currency: 'KZT' }, chargeBearer: 'SHAR', exchangeRate: null };
    const instruction = { ...judged.instruction, ...stated, agreedRate: null, instructedAmount: null };
    const context = { jurisdiction: () => ({ currency: 'CNY' }) } as unknown as JudgementContext;
    const routed = { ...judged, instruction, amountMinor: 10_500n, quoteId: null } as unknown as RoutedTransaction;
    const answer = waitingOne(context, routed, { eventId: 'e', quote: { rule: 'keep' } }, some);
    return answer.ok ? 'waits' : answer.error.code;
  };
  expect(waits(leaving.debtorMark, offer)).toBe('MARK_FORBIDS');
  expect(waits(null, offer)).toBe('waits');
  expect(waits(leaving.debtorMark, { ...offer, charge: undefined } as unknown as Offer)).toBe('waits');
});

describe('marks of payments', () => {
  /** Allows marked money to come to one wallet, and keeps what it is asked. */
  const allowing = (walletId: string) => {
    const asked: string[][] = [];
    const ask: MarkFaults = async (ledger, questions) => {
      asked.push([ledger, ...questions.map(({ creditWallet }) => creditWallet)]);
      return questions.map(({ creditWallet, mark: { markId } }) =>
        creditWallet === walletId ? null : refusal('MARK_FORBIDS', markId),
      );
    };
    return { asked, ask };
  };
  const faultOf = async (allowed: string, offer: ReturnType<typeof offerOf> | { ok: true; value: null }) => {
    const found = { credits: [payee], offers: [offer] };
    return (await markFaultsOf(allowing(allowed).ask, [payment('a', leaving)], found, new Map())).get(0)?.code;
  };

  it('are asked about with the provider whose offer it is, not with the first of the corridor', async () => {
    expect(await faultOf(OTHER_WALLET, offerOf(OTHER_WALLET))).toBeUndefined();
    expect(await faultOf(OWN_WALLET, offerOf(OTHER_WALLET))).toBe('MARK_FORBIDS');
  });

  it('refuse a payment without an offer only where they refuse every provider', async () => {
    for (const walletId of [OWN_WALLET, OTHER_WALLET]) expect(await faultOf(walletId, ok(null))).toBeUndefined();
    expect(await faultOf('KZ-SHOP', ok(null))).toBe('MARK_FORBIDS');
  });

  it('are asked about once a ledger, and one that does not answer stops its own payments alone', async () => {
    const routed = [
      payment('a', leaving),
      payment('b', arriving),
      payment('c'),
      payment('d', { ...leaving, ...arriving }),
    ];
    const offers = routed.map(() => offerOf(OWN_WALLET));
    const found = { credits: routed.map(() => payee), offers };
    const { asked, ask } = allowing(OWN_WALLET);
    const faults = await markFaultsOf(ask, routed, found, new Map());
    expect([...faults.keys()]).toEqual([1, 3]);
    expect(asked).toEqual([
      ['KZ', OWN_WALLET, OWN_WALLET],
      ['CN', 'CN-PAYEE', 'CN-PAYEE'],
    ]);
    const unanswered = new Map<string, unknown>();
    const silent: MarkFaults = async (ledger, questions) => {
      if (ledger === 'CN') throw new Error('no answer');
      return ask(ledger, questions);
    };
    expect((await markFaultsOf(silent, routed, found, unanswered)).size).toBe(0);
    expect([...unanswered.keys()]).toEqual(['b', 'd']);
  });
});

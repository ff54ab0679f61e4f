/** E-invoices and digital VAT, command by command. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  due,
  excess,
  type InvoiceState,
  type InvoiceTerms,
  kept,
  type Parts,
  stateOfInvoice,
  termsOfInvoice,
} from '../../../src/ledger/domestic/invoice.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { bic, codes, done, issue, money, open, openLedger, transfer, w } from '../support.js';
import { cancel, contract, correct, invoice, pay, payTax, refund, registerVat, TREASURY } from './invoices.js';
import { marked, onBothStores } from './support.js';

onBothStores('e-invoices', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;

  beforeEach(async () => {
    store = await fresh();
    ledger = await openLedger(store);
    const companies = ['mill', 'baker', 'shop'].map((id) => open(id));
    await codes(ledger, [...companies, open('tax', 'treasury', TREASURY), open('state', 'treasury', TREASURY)]);
    await codes(ledger, [...['mill', 'baker', 'shop'].map((id) => issue(`i-${id}`, id, 10_000n)), registerVat('tax')]);
  });

  const of = async (invoiceId: string): Promise<{ terms: InvoiceTerms; state: InvoiceState }> => {
    const [entry] = await store.entries([{ kind: 'invoice', entryId: invoiceId }]);
    return { terms: termsOfInvoice(entry!), state: stateOfInvoice(entry!) };
  };
  const text = ({ netMinor, vatMinor }: Parts) => `${netMinor}+${vatMinor}`;
  /** `paid, refunded: due` of an invoice, each as `net+VAT`. */
  const standing = async (invoiceId: string): Promise<string> => {
    const { terms, state } = await of(invoiceId);
    return `${text(state.paid)}, ${text(state.refunded)}: ${text(due(terms, state))}`;
  };
  /** `ordinary VAT` of a wallet. */
  const purse = async (walletId: string): Promise<string> => {
    const [vat] = await marked(store, walletId);
    return `${(await money(ledger, walletId)).split('/')[0]} ${vat?.replace('vat@0 ', '') ?? 0}`;
  };
  const purses = async (...ids: string[]) => Promise.all(ids.map(purse));
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });

  it('is paid in ordinary money: the VAT in it is marked on its way to the seller', async () => {
    expect(
      await codes(ledger, [invoice('A', 'mill', 'baker', 1_000n, 120n), pay('p', 'A', 'mill', 'baker', 1_120n)]),
    ).toEqual(['ok', 'ok']);
    expect(await purses('mill', 'baker')).toEqual(['11000 120', '8880 0']);
    expect(await standing('A')).toBe('1000+120, 0+0: 0+0');
    await agrees();
  });

  describe('when the buyer has VAT-marked money', () => {
    beforeEach(async () => {
      // The shop pays the baker, who then has 60 of VAT.
      await codes(ledger, [invoice('S', 'baker', 'shop', 500n, 60n), pay('ps', 'S', 'baker', 'shop', 560n)]);
    });

    it('uses it for the VAT first, and marks only what is missing', async () => {
      await codes(ledger, [invoice('A', 'mill', 'baker', 1_000n, 120n), pay('p', 'A', 'mill', 'baker', 1_120n)]);
      expect(await purses('mill', 'baker')).toEqual(['11000 120', '9440 0']);
      await agrees();
    });

    it('pays VAT with nothing else where it has enough, and keeps the rest', async () => {
      await codes(ledger, [invoice('A', 'mill', 'baker', 400n, 48n), pay('p', 'A', 'mill', 'baker', 448n)]);
      expect(await purses('mill', 'baker')).toEqual(['10400 48', '10100 12']);
      await agrees();
    });

    it('never uses it for the net part', async () => {
      const broke = [transfer('t', 'baker', 'state', 10_500n), invoice('A', 'mill', 'baker', 10n, 0n)];
      expect(await codes(ledger, [...broke, pay('p', 'A', 'mill', 'baker', 10n)])).toEqual([
        'ok',
        'ok',
        'FUNDS_INSUFFICIENT',
      ]);
      expect(await purses('baker')).toEqual(['0 60']);
    });

    it('pays it to the tax authority, where it is ordinary money again', async () => {
      expect(await codes(ledger, [payTax('t', 'baker', 45n)])).toEqual(['ok']);
      expect(await purses('baker', 'tax')).toEqual(['10500 15', '45 0']);
      await agrees();
    });

    it.each([
      ['another company', { ...payTax('x', 'baker', 1n), creditWallet: w('mill') }, 'MARK_FORBIDS'],
      ['another state body', { ...payTax('x', 'baker', 1n), creditWallet: w('state') }, 'MARK_FORBIDS'],
      ['more than there is', payTax('x', 'baker', 61n), 'FUNDS_INSUFFICIENT'],
      ['as ordinary money', transfer('x', 'baker', 'mill', 10_501n), 'FUNDS_INSUFFICIENT'],
      [
        'into freedom, though the treasury asks',
        {
          ...({ kind: 'unmark', by: TREASURY, reference: 'x', walletId: w('baker'), markId: 'vat' } as const),
          ...{ markLevel: 0, amountMinor: 1n },
        },
        'MARK_FORBIDS',
      ],
    ] as const)('does not let it go to %s', async (_where, command, code) => {
      const before = await store.unspentTokens(null, 100);
      expect(await codes(ledger, [command])).toEqual([code]);
      expect(await store.unspentTokens(null, 100)).toEqual(before);
    });

    it('tells the initiator of the mark of every movement of it', async () => {
      await codes(ledger, [invoice('A', 'mill', 'baker', 400n, 48n), pay('p', 'A', 'mill', 'baker', 448n)]);
      await codes(ledger, [payTax('t', 'baker', 12n)]);
      const report = await store.topic('mark:vat', null, 10);
      expect(report.map(({ transaction }) => transaction.kind)).toEqual([
        ...['register', 'payInvoice', 'payInvoice', 'spend'],
      ]);
      const history = await store.topic('invoice:A', null, 10);
      expect(history.map(({ transaction }) => transaction.kind)).toEqual(['register', 'payInvoice']);
    });
  });

  describe('part payments', () => {
    it('divide like what is due, VAT rounded down, and add up exactly', async () => {
      await done(ledger, invoice('A', 'mill', 'baker', 100n, 12n));
      const steps: string[] = [];
      for (const [i, minor] of [33n, 33n, 33n, 13n].entries()) {
        await done(ledger, pay(`p${i}`, 'A', 'mill', 'baker', minor));
        steps.push(await standing('A'));
      }
      expect(steps).toEqual([...['30+3, 0+0: 70+9', '60+6, 0+0: 40+6', '89+10, 0+0: 11+2', '100+12, 0+0: 0+0']]);
      expect(await purses('mill', 'baker')).toEqual(['10100 12', '9888 0']);
      await agrees();
    });

    it('refuse more than is due, and leave the money where it is', async () => {
      await codes(ledger, [invoice('A', 'mill', 'baker', 100n, 12n), pay('p1', 'A', 'mill', 'baker', 100n)]);
      expect(await codes(ledger, [pay('p2', 'A', 'mill', 'baker', 13n)])).toEqual(['INVOICE_OVERPAID']);
      expect(await codes(ledger, [pay('p3', 'A', 'mill', 'baker', 12n)])).toEqual(['ok']);
      expect(await codes(ledger, [pay('p4', 'A', 'mill', 'baker', 1n)])).toEqual(['INVOICE_OVERPAID']);
    });

    it('in one block: the second sees what the first paid', async () => {
      const two = [pay('p1', 'A', 'mill', 'baker', 60n), pay('p2', 'A', 'mill', 'baker', 60n)];
      expect(await codes(ledger, [invoice('A', 'mill', 'baker', 100n, 12n), ...two])).toEqual([
        ...['ok', 'ok', 'INVOICE_OVERPAID'],
      ]);
    });
  });

  describe('prepayment under a contract', () => {
    beforeEach(async () => {
      await codes(ledger, [contract('C', 'mill', 'baker', 1_000n, 120n), pay('p', 'C', 'mill', 'baker', 560n)]);
    });

    it('is paid before there is an invoice, VAT and all', async () => {
      expect(await standing('C')).toBe('500+60, 0+0: 500+60');
      expect(await purses('mill', 'baker')).toEqual(['10500 60', '9440 0']);
    });

    it('is matched by the invoice: only the rest is due', async () => {
      await done(ledger, invoice('A', 'mill', 'baker', 800n, 96n, 'C'));
      expect(await standing('A')).toBe('500+60, 0+0: 300+36');
      // The contract's own advance is not due once more.
      expect(await standing('C')).toBe('500+60, 0+0: 500+60');
      expect(kept((await of('C')).state)).toEqual({ netMinor: 0n, vatMinor: 0n });
      expect(await codes(ledger, [refund('r', 'C', 'mill', 'baker', 1n)])).toEqual(['REFUND_EXCESSIVE']);
      expect(await codes(ledger, [pay('p2', 'A', 'mill', 'baker', 336n)])).toEqual(['ok']);
      expect(await purses('mill', 'baker')).toEqual(['10800 96', '9104 0']);
      await agrees();
    });

    it('lasts for several invoices, and what none of them took is refunded', async () => {
      const two = [invoice('A', 'mill', 'baker', 300n, 36n, 'C'), invoice('B', 'mill', 'baker', 100n, 12n, 'C')];
      expect(await codes(ledger, two)).toEqual(['ok', 'ok']);
      expect([await standing('A'), await standing('B')]).toEqual(['300+36, 0+0: 0+0', '100+12, 0+0: 0+0']);
      expect(await codes(ledger, [cancel('C'), refund('r', 'C', 'mill', 'baker', 112n)])).toEqual(['ok', 'ok']);
      expect(await codes(ledger, [refund('r2', 'C', 'mill', 'baker', 1n)])).toEqual(['REFUND_EXCESSIVE']);
      expect(await purses('mill', 'baker')).toEqual(['10400 48', '9552 0']);
      const history = await store.topic('invoice:C', null, 10);
      expect(history.map(({ transaction }) => transaction.kind)).toEqual([
        ...['register', 'payInvoice', 'register', 'register', 'register', 'refundInvoice'],
      ]);
      await agrees();
    });

    it.each([
      ['of another seller', invoice('X', 'shop', 'baker', 1n, 0n, 'C'), 'INVOICE_PARTIES'],
      ['of another buyer', invoice('X', 'mill', 'shop', 1n, 0n, 'C'), 'INVOICE_PARTIES'],
      ['of a contract that is unknown', invoice('X', 'mill', 'baker', 1n, 0n, 'D'), 'INVOICE_UNKNOWN'],
      ['that is a contract', { ...contract('X', 'mill', 'baker', 1n, 0n), contractId: 'C' }, 'BAD_REQUEST'],
    ])('is not taken over by an invoice %s', async (_whose, command, code) => {
      expect(await codes(ledger, [command])).toEqual([code]);
    });
  });

  describe('a corrected invoice', () => {
    beforeEach(async () => {
      await codes(ledger, [invoice('A', 'mill', 'baker', 1_000n, 120n), pay('p', 'A', 'mill', 'baker', 1_120n)]);
    });

    it('upwards: what was paid counts, and the difference is due', async () => {
      expect(await codes(ledger, [correct('A2', 'A', 1_500n, 180n)])).toEqual(['ok']);
      expect(await standing('A2')).toBe('1000+120, 0+0: 500+60');
      expect(await codes(ledger, [pay('p2', 'A2', 'mill', 'baker', 560n)])).toEqual(['ok']);
      expect(await purses('mill', 'baker')).toEqual(['11500 180', '8320 0']);
      await agrees();
    });

    it('downwards: the difference is in excess, and is refunded first', async () => {
      expect(await codes(ledger, [correct('A2', 'A', 900n, 108n)])).toEqual(['ok']);
      const { terms, state } = await of('A2');
      expect(text(excess(terms, state))).toBe('100+12');
      expect(await codes(ledger, [refund('r', 'A2', 'mill', 'baker', 112n)])).toEqual(['ok']);
      expect(await standing('A2')).toBe('1000+120, 100+12: 0+0');
      expect(await purses('mill', 'baker')).toEqual(['10900 108', '8992 0']);
      await agrees();
    });

    it('of another rate: VAT in excess goes back as VAT, and the net that is due is paid as net', async () => {
      expect(await codes(ledger, [correct('A2', 'A', 1_120n, 0n)])).toEqual(['ok']);
      const both = [refund('r', 'A2', 'mill', 'baker', 120n), pay('p2', 'A2', 'mill', 'baker', 120n)];
      expect(await codes(ledger, both)).toEqual(['ok', 'ok']);
      expect(await standing('A2')).toBe('1120+120, 0+120: 0+0');
      expect(await purses('mill', 'baker')).toEqual(['11120 0', '8880 0']);
      await agrees();
    });

    it('is no more paid, refunded, corrected or cancelled itself', async () => {
      await done(ledger, correct('A2', 'A', 900n, 108n));
      const late = [
        ...[pay('x1', 'A', 'mill', 'baker', 1n), refund('x2', 'A', 'mill', 'baker', 1n)],
        ...[correct('A3', 'A', 1n, 0n), cancel('A')],
      ];
      expect(await codes(ledger, late)).toEqual(late.map(() => 'INVOICE_STATE'));
      expect((await of('A')).state).toMatchObject({ phase: 'corrected', correctedBy: 'A2' });
      expect((await of('A2')).terms).toMatchObject({ corrects: 'A' });
    });
  });

  describe('refund', () => {
    it('of a cancelled invoice: all that was paid, exactly, and nothing more is due', async () => {
      await codes(ledger, [invoice('A', 'mill', 'baker', 100n, 12n), pay('p', 'A', 'mill', 'baker', 50n)]);
      expect(await codes(ledger, [cancel('A'), pay('p2', 'A', 'mill', 'baker', 1n)])).toEqual(['ok', 'INVOICE_STATE']);
      const parts = [refund('r1', 'A', 'mill', 'baker', 7n), refund('r2', 'A', 'mill', 'baker', 43n)];
      expect(await codes(ledger, [...parts, cancel('A')])).toEqual(['ok', 'ok', 'ok']);
      expect(await standing('A')).toBe('45+5, 45+5: 0+0');
      expect(await purses('mill', 'baker')).toEqual(['10000 0', '10000 0']);
      const [entry] = await store.entries([{ kind: 'invoice', entryId: 'A' }]);
      expect(entry!.open).toBe(false);
      await agrees();
    });

    it('gives ordinary money back as ordinary before VAT-marked money comes back marked', async () => {
      // The baker has 60 of VAT, and marks another 60 out of ordinary money.
      await codes(ledger, [invoice('S', 'baker', 'shop', 500n, 60n), pay('ps', 'S', 'baker', 'shop', 560n)]);
      await codes(ledger, [invoice('A', 'mill', 'baker', 1_000n, 120n), pay('p', 'A', 'mill', 'baker', 1_120n)]);
      expect(await purses('mill', 'baker')).toEqual(['11000 120', '9440 0']);
      expect(await codes(ledger, [refund('r1', 'A', 'mill', 'baker', 560n)])).toEqual(['ok']);
      expect(await purses('mill', 'baker')).toEqual(['10500 60', '10000 0']);
      expect(await codes(ledger, [refund('r2', 'A', 'mill', 'baker', 560n)])).toEqual(['ok']);
      expect(await purses('mill', 'baker')).toEqual(['10000 0', '10500 60']);
      expect(await standing('A')).toBe('1000+120, 1000+120: 1000+120');
      await agrees();
    });

    it('takes what the seller has paid to the tax authority meanwhile out of its ordinary money', async () => {
      await codes(ledger, [invoice('A', 'mill', 'baker', 1_000n, 120n), pay('p', 'A', 'mill', 'baker', 1_120n)]);
      await done(ledger, payTax('t', 'mill', 100n));
      expect(await codes(ledger, [refund('r', 'A', 'mill', 'baker', 1_120n)])).toEqual(['ok']);
      expect(await purses('mill', 'baker', 'tax')).toEqual(['9900 0', '10000 0', '100 0']);
      await agrees();
    });

    it('of more than was paid, or than the seller has, changes nothing', async () => {
      await codes(ledger, [invoice('A', 'mill', 'baker', 1_000n, 120n), pay('p', 'A', 'mill', 'baker', 560n)]);
      expect(await codes(ledger, [refund('r', 'A', 'mill', 'baker', 561n)])).toEqual(['REFUND_EXCESSIVE']);
      await done(ledger, transfer('t', 'mill', 'state', 10_500n));
      expect(await codes(ledger, [refund('r', 'A', 'mill', 'baker', 560n)])).toEqual(['FUNDS_INSUFFICIENT']);
      expect(await purses('mill')).toEqual(['0 60']);
    });
  });

  it.each([
    ['between a wallet and itself', invoice('X', 'mill', 'mill', 1n, 0n), 'INVOICE_PARTIES'],
    ['of the tax authority', invoice('X', 'tax', 'mill', 1n, 0n), 'INVOICE_PARTIES'],
    ['to the tax authority', invoice('X', 'mill', 'tax', 1n, 0n), 'INVOICE_PARTIES'],
    ['of an unknown seller', invoice('X', 'nobody', 'mill', 1n, 0n), 'WALLET_UNKNOWN'],
    ['to an unknown buyer', invoice('X', 'mill', 'nobody', 1n, 0n), 'WALLET_UNKNOWN'],
    ['of nothing', invoice('X', 'mill', 'baker', 0n, 0n), 'AMOUNT_ZERO'],
    ['below nothing', invoice('X', 'mill', 'baker', 2n, -1n), 'BAD_REQUEST'],
    ['above what a ledger counts', invoice('X', 'mill', 'baker', 10n ** 18n - 1n, 1n), 'AMOUNT_TOO_LARGE'],
    ['that corrects an unknown one', correct('X', 'nothing', 1n, 0n), 'INVOICE_UNKNOWN'],
    ['that corrects itself', correct('X', 'X', 1n, 0n), 'BAD_REQUEST'],
  ])('there is no invoice %s', async (_what, command, code) => {
    expect(await codes(ledger, [command])).toEqual([code]);
    expect(await store.entries([{ kind: 'invoice', entryId: 'X' }])).toEqual([]);
  });

  it.each([
    ['of an unknown invoice', pay('x', 'B', 'mill', 'baker', 1n), 'INVOICE_UNKNOWN'],
    ['by somebody who is not its buyer', pay('x', 'A', 'mill', 'shop', 1n), 'INVOICE_PARTIES'],
    ['to somebody who is not its seller', pay('x', 'A', 'shop', 'baker', 1n), 'INVOICE_PARTIES'],
    ['of nothing', pay('x', 'A', 'mill', 'baker', 0n), 'AMOUNT_ZERO'],
    ['under the reference of another', transfer('p', 'baker', 'shop', 1n), 'IDEMPOTENCY_CONFLICT'],
    ['under the reference of a payment of another amount', pay('p', 'A', 'mill', 'baker', 2n), 'IDEMPOTENCY_CONFLICT'],
    ['as a refund under the same reference', refund('p', 'A', 'mill', 'baker', 1n), 'IDEMPOTENCY_CONFLICT'],
  ])('there is no payment %s', async (_what, command, code) => {
    await codes(ledger, [invoice('A', 'mill', 'baker', 100n, 12n), pay('p', 'A', 'mill', 'baker', 1n)]);
    expect(await codes(ledger, [command])).toEqual([code]);
    expect(await purses('mill', 'baker')).toEqual(['10001 0', '9999 0']);
  });

  it('every command again is answered as the first time, and does nothing', async () => {
    const commands = [
      ...[contract('C', 'mill', 'baker', 100n, 12n), pay('p', 'C', 'mill', 'baker', 56n)],
      ...[invoice('A', 'mill', 'baker', 100n, 12n, 'C'), refund('r', 'A', 'mill', 'baker', 28n)],
      ...[correct('A2', 'A', 100n, 10n), cancel('A2')],
    ];
    expect(await codes(ledger, commands)).toEqual(commands.map(() => 'ok'));
    const before = [await purses('mill', 'baker'), await store.entriesOf('invoice', null, null, 10)];
    for (const command of commands) expect(await codes(ledger, [command])).toEqual(['ok']);
    expect([await purses('mill', 'baker'), await store.entriesOf('invoice', null, null, 10)]).toEqual(before);
  });

  it('another content under a known id is refused', async () => {
    await done(ledger, invoice('A', 'mill', 'baker', 100n, 12n));
    const others = [invoice('A', 'mill', 'baker', 100n, 13n), contract('A', 'mill', 'baker', 100n, 12n)];
    expect(await codes(ledger, others)).toEqual(['ENTRY_EXISTS', 'ENTRY_EXISTS']);
  });

  it('a blocked wallet neither pays nor is paid', async () => {
    await done(ledger, invoice('A', 'mill', 'baker', 100n, 12n));
    for (const walletId of ['mill', 'baker']) {
      await done(ledger, { kind: 'setWalletStatus', walletId: w(walletId), status: 'blocked' });
      expect(await codes(ledger, [pay('p', 'A', 'mill', 'baker', 1n)])).toEqual(['WALLET_BLOCKED']);
      await done(ledger, { kind: 'setWalletStatus', walletId: w(walletId), status: 'open' });
    }
  });
});

onBothStores('the mark of VAT', (fresh) => {
  let ledger: LedgerWriter;
  beforeEach(async () => {
    ledger = await openLedger(await fresh());
    await codes(ledger, [open('tax', 'treasury', TREASURY), open('tax2', 'treasury', TREASURY), open('shop')]);
    await codes(ledger, [issue('i', 'shop', 100n), open('mill')]);
  });
  const addresses = { by: 'addresses', levels: [[w('shop')]] } as const;

  it('comes before the first invoice', async () => {
    expect(await codes(ledger, [invoice('A', 'mill', 'shop', 1n, 0n)])).toEqual(['MARK_UNKNOWN']);
  });

  it.each([
    ['a wallet that is not there', registerVat('nobody'), 'WALLET_UNKNOWN'],
    ['a wallet of a company', registerVat('shop'), 'BAD_REQUEST'],
    ['another id', { ...registerVat('tax'), markId: 'vat2' }, 'BAD_REQUEST'],
    ['another rule', { ...registerVat('tax'), rule: addresses }, 'BAD_REQUEST'],
    ['money that leaves the country', { ...registerVat('tax'), crossBorder: true }, 'BAD_REQUEST'],
  ])('is not registered with %s', async (_what, command, code) => {
    expect(await codes(ledger, [command])).toEqual([code]);
  });

  it('is registered once', async () => {
    const twice = [registerVat('tax'), registerVat('tax'), registerVat('tax2')];
    expect(await codes(ledger, twice)).toEqual(['ok', 'ok', 'ENTRY_EXISTS']);
  });

  it('is put on no money but by an invoice', async () => {
    await done(ledger, registerVat('tax'));
    const mark = { kind: 'mark', by: TREASURY, reference: 'x', walletId: w('shop'), markId: 'vat' } as const;
    expect(await codes(ledger, [{ ...mark, amountMinor: 1n }])).toEqual(['MARK_FORBIDS']);
    expect(await codes(ledger, [{ ...mark, by: bic('AAAAKZ20'), amountMinor: 1n }])).toEqual(['FORBIDDEN']);
  });
});

onBothStores('a chain of five companies', (fresh) => {
  // Each sells to the next for more than it bought, with 12 % of VAT; the last sells to a guest who has no VAT to use.
  const CHAIN = ['farm', 'mill', 'baker', 'shop', 'cafe'] as const;
  const NET = [100_00n, 250_00n, 400_00n, 450_00n, 900_01n];
  const vatOf = (net: bigint) => (net * 12n) / 100n;

  it('the tax authority receives exactly what the invoices say', async () => {
    const store = await fresh();
    const ledger = await openLedger(store);
    const wallets = [...CHAIN.map((id) => open(id)), open('guest'), open('tax', 'treasury', TREASURY)];
    await codes(ledger, [
      ...wallets,
      ...[...CHAIN, 'guest'].map((id) => issue(`i-${id}`, id, 2_000_00n)),
      registerVat('tax'),
    ]);
    const buyers = [...CHAIN.slice(1), 'guest'];
    const invoices = CHAIN.map((seller, i) => invoice(`F${i}`, seller, buyers[i]!, NET[i]!, vatOf(NET[i]!)));
    expect(await codes(ledger, invoices)).toEqual(CHAIN.map(() => 'ok'));

    // The guest pays the cafe, and each pays its supplier from what it was paid; in parts, as people do.
    for (const i of [4, 3, 2, 1, 0]) {
      const all = NET[i]! + vatOf(NET[i]!);
      const parts = [all / 3n, all / 2n, all - all / 3n - all / 2n];
      const paid = parts.map((part, n) => pay(`p${i}-${n}`, `F${i}`, CHAIN[i]!, buyers[i]!, part));
      expect(await codes(ledger, paid)).toEqual(['ok', 'ok', 'ok']);
    }

    // What is left of VAT with each is what it charged less what it was charged: that is its tax.
    for (const [i, company] of CHAIN.entries()) {
      const tax = vatOf(NET[i]!) - (i === 0 ? 0n : vatOf(NET[i - 1]!));
      expect(await marked(store, company)).toEqual([`vat@0 ${tax}`]);
      expect(await codes(ledger, [payTax(`t${i}`, company, tax)])).toEqual(['ok']);
      expect(await money(ledger, company)).toBe(`${2_000_00n + NET[i]! - (i === 0 ? 0n : NET[i - 1]!)}/0`);
    }
    // In all, the VAT that the guest paid: 12 % of the last price.
    expect(await money(ledger, 'tax')).toBe(`${vatOf(900_01n)}/0`);
    expect(await store.pocketsOfMark('vat', null, 10)).toEqual([]);
    expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
  });
});

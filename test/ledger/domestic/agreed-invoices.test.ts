/** E-invoices that are paid with the money of a project, under an agreement. */
import { beforeEach, expect, it } from 'vitest';
import type { AgreementOfProject } from '../../../src/ledger/domestic/invoice.js';
import { createLedgerReads } from '../../../src/ledger/reads.js';
import type { LedgerStore } from '../../../src/ledger/store.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import type { LedgerWriter } from '../../../src/ledger/writer.js';
import { codes, done, issue, manualClock, money, open, openLedger } from '../support.js';
import { account, agree, HOUR, mark, project, spend, TREASURY, used, withdraw } from './agreements.js';
import { cancel, contract, correct, invoice, pay, payTax, refund, registerVat } from './invoices.js';
import { marked, onBothStores } from './support.js';

const A1 = { agreementId: 'A1', markId: 'school' };
const under = <C extends LedgerCommand>(agreement: AgreementOfProject, command: C): C => ({ ...command, agreement });

onBothStores('e-invoices under an agreement', (fresh) => {
  let store: LedgerStore;
  let ledger: LedgerWriter;
  let clock = manualClock();

  beforeEach(async () => {
    store = await fresh();
    clock = manualClock();
    ledger = await openLedger(store, { clock });
    const companies = ['fund', 'builder', 'mason'].map((id) => open(id));
    await codes(ledger, [...companies, open('tax', 'treasury', TREASURY), issue('i1', 'fund', 1_000n)]);
    await codes(ledger, [registerVat('tax'), project('school'), project('road'), mark('m1', 'fund', 'school', 500n)]);
    await codes(ledger, [
      ...[agree('A1', 'fund', 'builder', 300n, 100n), agree('A2', 'fund', 'builder', 70n, 0n)],
      ...[agree('A3', 'builder', 'mason', 200n, 200n), agree('A4', 'fund', 'builder', 112n, 0n)],
      agree('R1', 'fund', 'builder', 300n, 0n, { markId: 'road' }),
    ]);
    expect(await codes(ledger, [under(A1, invoice('N', 'builder', 'fund', 100n, 12n))])).toEqual(['ok']);
  });

  /** `ordinary project VAT` of wallets. */
  const purses = async (...ids: string[]): Promise<string[]> =>
    Promise.all(
      ids.map(async (id) => {
        const pockets = await marked(store, id);
        const of = (name: string) => pockets.find((pocket) => pocket.startsWith(name))?.split(' ')[1] ?? 0;
        return `${(await money(ledger, id)).split('/')[0]} ${of('school@0')} ${of('vat@0')}`;
      }),
    );
  const agrees = async () => expect(await createLedgerReads(store).audit()).toMatchObject({ agrees: true });
  const paying = (reference: string, amountMinor: bigint, invoiceId = 'N') =>
    under(A1, pay(reference, invoiceId, 'builder', 'fund', amountMinor));
  const refunding = (reference: string, amountMinor: bigint, invoiceId = 'N') =>
    under(A1, refund(reference, invoiceId, 'builder', 'fund', amountMinor));

  it('is paid with the money of the project: net stays under its mark, VAT is marked out of it', async () => {
    expect(await codes(ledger, [paying('p1', 112n)])).toEqual(['ok']);
    expect(await purses('fund', 'builder')).toEqual(['500 388 0', '0 100 12']);
    expect(await account(store, 'A1')).toBe('100 0 0 12, 188 left');
    expect(await codes(ledger, [withdraw('w1', 'builder', 100n, 'A1'), payTax('t1', 'builder', 12n)])).toEqual([
      ...['ok', 'ok'],
    ]);
    expect(await purses('fund', 'builder', 'tax')).toEqual(['500 388 0', '100 0 0', '12 0 0']);
    await agrees();
  });

  it('is paid in parts, whose VAT is rounded down, and to the last unit', async () => {
    for (const [i, minor] of [5n, 50n, 57n].entries()) await done(ledger, paying(`p${i}`, minor));
    expect(await codes(ledger, [paying('p9', 1n)])).toEqual(['INVOICE_OVERPAID']);
    expect(await purses('fund', 'builder')).toEqual(['500 388 0', '0 100 12']);
    expect(await account(store, 'A1')).toBe('100 0 0 12, 188 left');
    await agrees();
  });

  it('takes VAT-marked money that the buyer has first, which is not taken off the agreement, and gives it back so', async () => {
    const A3 = { agreementId: 'A3', markId: 'school' };
    await codes(ledger, [paying('p1', 112n), under(A3, invoice('M', 'mason', 'builder', 50n, 20n))]);
    expect(await codes(ledger, [under(A3, pay('p2', 'M', 'mason', 'builder', 70n))])).toEqual(['ok']);
    expect(await purses('builder', 'mason')).toEqual(['0 42 0', '0 50 20']);
    expect(await account(store, 'A3')).toBe('50 0 0 8, 142 left');
    expect(await codes(ledger, [under(A3, refund('r1', 'M', 'mason', 'builder', 70n))])).toEqual(['ok']);
    expect(await purses('builder', 'mason')).toEqual(['0 100 12', '0 0 0']);
    expect(await account(store, 'A3')).toBe('0 0 0 0, 200 left');
    await agrees();
  });

  it('gives a refund back to the project and to the agreement, which can be paid under again', async () => {
    await done(ledger, paying('p1', 112n));
    expect(await codes(ledger, [refunding('r1', 56n)])).toEqual(['ok']);
    expect(await purses('fund', 'builder')).toEqual(['500 444 0', '0 50 6']);
    expect(await account(store, 'A1')).toBe('50 0 0 6, 244 left');
    expect(await codes(ledger, [refunding('r1', 56n), refunding('r2', 57n), refunding('r3', 56n)])).toEqual([
      ...['ok', 'REFUND_EXCESSIVE', 'ok'],
    ]);
    expect(await purses('fund', 'builder')).toEqual(['500 500 0', '0 0 0']);
    expect(await account(store, 'A1')).toBe('0 0 0 0, 300 left');
    expect(await codes(ledger, [paying('p2', 112n)])).toEqual(['ok']);
    await agrees();
  });

  it('opens an agreement again of which nothing was left', async () => {
    const A4 = { agreementId: 'A4', markId: 'school' };
    const [registered, paid] = [invoice('F', 'builder', 'fund', 100n, 12n), pay('p1', 'F', 'builder', 'fund', 112n)];
    await codes(ledger, [under(A4, registered), under(A4, paid)]);
    expect(await used(store, 'A4')).toBe('100 0 closed');
    await done(ledger, under(A4, refund('r1', 'F', 'builder', 'fund', 56n)));
    expect(await used(store, 'A4')).toBe('50 0 open');
    await agrees();
  });

  it('has what the seller withdrew put back, as ordinary money that comes under the mark again', async () => {
    await codes(ledger, [paying('p1', 112n), withdraw('w1', 'builder', 100n, 'A1')]);
    expect(await codes(ledger, [refunding('r1', 56n)])).toEqual(['ok']);
    expect(await purses('fund', 'builder')).toEqual(['500 444 0', '50 0 6']);
    expect(await account(store, 'A1')).toBe('50 50 0 6, 244 left');
    await agrees();
  });

  it('has no more put back than it must while the seller has money of the project', async () => {
    await codes(ledger, [paying('p1', 112n), withdraw('w1', 'builder', 60n, 'A1')]);
    await done(ledger, spend('s1', 'fund', 'builder', 70n, 'A2'));
    expect(await codes(ledger, [refunding('r1', 56n)])).toEqual(['ok']);
    expect(await purses('fund', 'builder')).toEqual(['500 374 0', '50 70 6']);
    expect(await account(store, 'A1')).toBe('50 50 0 6, 244 left');
    await agrees();
  });

  it('has what the seller passed on made up for by what it withdrew, and by nothing else', async () => {
    await codes(ledger, [issue('i2', 'builder', 500n), paying('p1', 112n), withdraw('w1', 'builder', 20n, 'A1')]);
    await done(ledger, spend('s1', 'builder', 'mason', 80n, 'A3'));
    expect(await codes(ledger, [refunding('r1', 28n), refunding('r2', 22n)])).toEqual(['FUNDS_INSUFFICIENT', 'ok']);
    expect(await purses('fund', 'builder')).toEqual(['500 410 0', '500 0 10']);
    expect(await account(store, 'A1')).toBe('80 0 0 10, 210 left');
    await agrees();
  });

  it('has VAT that the seller passed on taken out of its ordinary money, whatever it withdrew', async () => {
    await codes(ledger, [paying('p1', 112n), payTax('t1', 'builder', 12n)]);
    expect(await codes(ledger, [refunding('r1', 56n)])).toEqual(['FUNDS_INSUFFICIENT']);
    expect(await codes(ledger, [withdraw('w1', 'builder', 12n, 'A1'), refunding('r2', 56n)])).toEqual(['ok', 'ok']);
    expect(await purses('fund', 'builder')).toEqual(['500 444 0', '6 38 0']);
    expect(await account(store, 'A1')).toBe('50 12 0 6, 244 left');
    await agrees();
  });

  it('counts a prepayment, its invoice and a correction under one agreement', async () => {
    const prepaid = under(A1, contract('K', 'builder', 'fund', 100n, 12n));
    await codes(ledger, [prepaid, paying('p1', 56n, 'K')]);
    expect(await account(store, 'A1')).toBe('50 0 0 6, 244 left');
    const named = invoice('K1', 'builder', 'fund', 60n, 9n, 'K');
    expect(await codes(ledger, [named, under({ agreementId: 'A2', markId: 'school' }, named)])).toEqual([
      ...['AGREEMENT_FORBIDS', 'AGREEMENT_FORBIDS'],
    ]);
    expect(await codes(ledger, [under(A1, named), correct('K2', 'K1', 40n, 4n)])).toEqual(['ok', 'ok']);
    expect(await account(store, 'A1')).toBe('50 0 0 6, 244 left');
    expect(await codes(ledger, [refunding('r1', 12n, 'K2'), refunding('r2', 1n, 'K')])).toEqual([
      ...['ok', 'REFUND_EXCESSIVE'],
    ]);
    expect(await account(store, 'A1')).toBe('40 0 0 4, 256 left');
    expect(await purses('fund', 'builder')).toEqual(['500 456 0', '0 40 4']);
    expect(await codes(ledger, [cancel('K2'), refunding('r3', 44n, 'K2')])).toEqual(['ok', 'ok']);
    expect(await account(store, 'A1')).toBe('0 0 0 0, 300 left');
    await agrees();
  });

  it('is not paid after the expiry of its agreement; what was paid is refunded then too', async () => {
    await done(ledger, paying('p1', 56n));
    clock.advance(HOUR);
    expect(await codes(ledger, [paying('p2', 56n), refunding('r1', 56n)])).toEqual(['AGREEMENT_EXPIRED', 'ok']);
    expect(await account(store, 'A1')).toBe('0 0 0 0, 300 left');
    const late = under(A1, invoice('L', 'builder', 'fund', 1n, 0n));
    expect(await codes(ledger, [late])).toEqual(['AGREEMENT_EXPIRED']);
    await agrees();
  });

  const big = (agreementId: string, markId = 'school') =>
    under({ agreementId, markId }, invoice('B', 'builder', 'fund', 280n, 21n));
  it.each([
    ['an unknown agreement', [big('A9')], 'AGREEMENT_UNKNOWN'],
    ['an agreement of another payer', [big('A3')], 'AGREEMENT_FORBIDS'],
    ['the agreement of another project', [big('R1')], 'AGREEMENT_FORBIDS'],
    ['the mark of another project', [big('A1', 'road')], 'AGREEMENT_FORBIDS'],
    ['an agreement without a form', [big('A 1')], 'BAD_REQUEST'],
    ['ordinary money', [pay('p', 'N', 'builder', 'fund', 1n)], 'INVOICE_PARTIES'],
    ['another agreement', [under({ agreementId: 'A2', markId: 'school' }, paying('p', 1n))], 'INVOICE_PARTIES'],
    ['more than the agreement leaves', [big('A1'), paying('p', 301n, 'B')], 'AGREEMENT_EXHAUSTED'],
    [
      'more than there is of the project',
      [
        under({ agreementId: 'R1', markId: 'road' }, invoice('B', 'builder', 'fund', 1n, 0n)),
        under({ agreementId: 'R1', markId: 'road' }, pay('p', 'B', 'builder', 'fund', 1n)),
      ],
      'FUNDS_INSUFFICIENT',
    ],
    [
      'a refund of what is passed on',
      [paying('p', 112n), spend('s', 'builder', 'mason', 100n, 'A3'), refunding('r', 9n)],
      'FUNDS_INSUFFICIENT',
    ],
  ])('refuses %s', async (_what, commands, code) => {
    const outcomes = await codes(ledger, commands);
    expect(outcomes).toEqual([...commands.slice(1).map(() => 'ok'), code]);
    await agrees();
  });

  it('tells the initiator of the mark, and stands in the history of its agreement', async () => {
    await codes(ledger, [paying('p1', 56n), refunding('r1', 28n)]);
    const told = async (topic: string) =>
      (await store.topic(topic, null, 20)).map(({ transaction: { kind, amountMinor } }) => `${kind} ${amountMinor}`);
    expect(await told('agreement:A1')).toEqual(['register 0', 'payInvoice 56', 'refundInvoice 28']);
    expect((await told('mark:school')).slice(-2)).toEqual(['payInvoice 56', 'refundInvoice 28']);
  });
});

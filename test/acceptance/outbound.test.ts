import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE_MESSAGE_IDS } from '../../src/iso20022/catalogue/catalogue.js';
import { child, children, text } from '../../src/iso20022/tree.js';
import type { XmlElement } from '../../src/iso20022/types.js';
import { hasOfficial, notRun, sampleBytes, samples } from '../iso20022/support/official.js';
import { openStack, type Stack } from '../support/stack.js';
import { DIRECTIONS, keyOf, retargeted } from './support/corridor.js';
import { officialVerdicts } from './support/official-schemas.js';
import { bookingsOf, detailsOf, type Settled, settledOf, unexplained } from './support/settled.js';
import {
  addAgentBank,
  batches,
  type Crossing,
  crossingsOf,
  fixture,
  inboxes,
  ownMessages,
  refusals,
  type Sent,
  statusOf,
  statusRequests,
  withoutWaiting,
} from './support/traffic.js';

if (!hasOfficial) notRun('what is sent, under the official schemas');

const sampleFiles = hasOfficial
  ? samples()
      .filter(({ messageId, verdict }) => /^pacs\.008\.001\.(?:08|13)$/.test(messageId) && verdict === 'valid')
      .map(({ file }) => file)
  : [];

let stack: Stack;
const sent: Sent[] = [];
const crossings: Crossing[] = [];
const settled: Settled[] = [];

/** Traffic of every kind; what is sent because of it is looked at by the tests. */
beforeAll(async () => {
  stack = await openStack();
  const cross = async (way: (typeof DIRECTIONS)[number], body: string, headers?: Record<string, string>) => {
    const result = await crossingsOf(stack, way, body, headers);
    sent.push(result.sent);
    crossings.push(...result.crossings);
  };
  for (const way of DIRECTIONS)
    for (const { body, headers } of await ownMessages(stack, way)) await cross(way, body, headers);
  for (const [i, file] of sampleFiles.entries()) {
    const way = DIRECTIONS[i % DIRECTIONS.length]!;
    await cross(way, retargeted(stack, way, sampleBytes(file).toString('utf8')));
  }
  const { whole, partly } = batches(stack);
  await cross(DIRECTIONS[0]!, whole);
  await cross(DIRECTIONS[0]!, partly);
  const toAgent = await addAgentBank(stack);
  await cross(toAgent, retargeted(stack, toAgent, fixture('pacs.008.001.08/customer-kzt-to-cny.xml')));
  for (const way of DIRECTIONS) {
    sent.push(...(await withoutWaiting(stack, way)));
    sent.push(...(await refusals(stack, way)));
  }
  sent.push(...(await inboxes(stack)));
  for (const crossing of crossings)
    if (statusOf(crossing.line) === 'ACCC') settled.push(await settledOf(stack, crossing, sent));
});
afterAll(() => stack.close());

describe('what is sent', () => {
  it('is of every kind, version and status that there is', () => {
    const kinds = new Set(
      sent.map(({ message: { header, document } }) => {
        const status = text(document.root, 'OrgnlGrpInfAndSts', 'GrpSts');
        return `${document.messageId}${header ? ' with header' : ''}${status ? ` ${status}` : ''}`;
      }),
    );
    const reports = (...statuses: string[]) => [
      ...statuses.flatMap((status) => [`pacs.002.001.10 ${status}`, `pacs.002.001.15 ${status}`]),
      ...statuses.map((status) => `pacs.002.001.10 with header ${status}`),
    ];
    expect([...kinds]).toEqual(
      expect.arrayContaining([
        ...reports('ACTC', 'ACCC', 'RJCT'),
        'pacs.002.001.10 PART',
        'pacs.002.001.10 ACSC',
        'pacs.008.001.08',
        'pacs.008.001.08 with header',
        'pacs.008.001.13',
        'camt.054.001.08',
        'camt.054.001.08 with header',
        'camt.054.001.13',
        'admi.002.001.01',
      ]),
    );
    for (const { message } of sent) expect(CATALOGUE_MESSAGE_IDS).toContain(message.document.messageId);
  });

  it.runIf(hasOfficial)('is valid under the official schemas, header and document each', () => {
    const verdicts = sent.flatMap(({ bytes }) => officialVerdicts(bytes));
    expect(verdicts.length).toBeGreaterThan(sent.length);
    expect(verdicts.filter(({ faults }) => faults.length > 0)).toEqual([]);
    const broken = Buffer.from(sent[0]!.bytes.toString('utf8').replace(/<TxSts>\w+/, '<TxSts>NOSUCHSTATUS'));
    expect(officialVerdicts(broken).flatMap(({ faults }) => faults)).not.toEqual([]);
  });

  it('carries a header to those who want one, which says what the document says', () => {
    for (const { to, message } of sent) {
      expect(message.header !== null, to).toBe(to === 'LONGCN20' && message.document.messageId !== 'admi.002.001.01');
      if (!message.header) continue;
      const { root } = message.header;
      expect(message.header.messageId).toBe('head.001.001.02');
      expect(text(root, 'To', 'FIId', 'FinInstnId', 'BICFI')).toBe('LONGCN20');
      expect(text(root, 'MsgDefIdr')).toBe(message.document.messageId);
      expect(text(root, 'BizMsgIdr')).toBe(text(message.document.root, 'GrpHdr', 'MsgId'));
      const from = message.document.messageId.startsWith('pacs.008') ? 'OTKLKZ20' : 'OTKOKZ20';
      expect(text(root, 'Fr', 'FIId', 'FinInstnId', 'BICFI')).toBe(from);
    }
  });

  it('never has one reference for two different messages to one party', () => {
    const byReference = new Map<string, string>();
    for (const { to, message, bytes } of sent) {
      const reference = text(message.document.root, 'GrpHdr', 'MsgId');
      if (reference === undefined) continue;
      const key = `${to} ${reference}`;
      const known = byReference.get(key) ?? bytes.toString('utf8');
      expect(bytes.toString('utf8'), key).toBe(known);
      byReference.set(key, known);
    }
  });
});

describe('a pacs.002', () => {
  it('names the message and every transaction as the bank named them', () => {
    for (const { source, instruction, transactionCount, report, line, way } of crossings) {
      const { root, messageId } = report.document;
      expect(messageId).toBe(source.document.messageId === 'pacs.008.001.13' ? 'pacs.002.001.15' : 'pacs.002.001.10');
      expect(child(root, 'OrgnlGrpInfAndSts')).toMatchObject({
        OrgnlMsgId: instruction.msgId,
        OrgnlMsgNmId: source.document.messageId,
        OrgnlNbOfTxs: String(transactionCount),
      });
      expect(line.OrgnlInstrId ?? null).toBe(instruction.instrId);
      expect(line.OrgnlEndToEndId).toBe(instruction.endToEndId);
      expect(line.OrgnlTxId ?? null).toBe(instruction.txId);
      expect(line.OrgnlUETR).toBe(instruction.uetr);
      expect(text(root, 'GrpHdr', 'InstgAgt', 'FinInstnId', 'BICFI')).toBe('OTKOKZ20');
      expect(text(root, 'GrpHdr', 'InstdAgt', 'FinInstnId', 'BICFI')).toBe(way.sender.bic);
    }
  });

  it('has reasons if and only if the transaction is rejected, and a date if and only if it is settled', () => {
    for (const { line } of crossings) {
      expect(children(line, 'StsRsnInf').length > 0).toBe(statusOf(line) === 'RJCT');
      expect(child(line, 'FctvIntrBkSttlmDt') !== undefined).toBe(statusOf(line) !== 'RJCT');
    }
  });

  it('counts the transactions by status where they differ', () => {
    const partly = sent.find(({ message }) => text(message.document.root, 'OrgnlGrpInfAndSts', 'GrpSts') === 'PART')!;
    const group = child(partly.message.document.root, 'OrgnlGrpInfAndSts');
    expect(children(group, 'NbOfTxsPerSts')).toEqual([
      { DtldNbOfTxs: '2', DtldSts: 'ACCC' },
      { DtldNbOfTxs: '1', DtldSts: 'RJCT' },
    ]);
  });

  it('about one transaction of a batch says so of the batch', async () => {
    const ended = crossings.filter(
      ({ report }) => text(report.document.root, 'OrgnlGrpInfAndSts', 'GrpSts') === 'PART',
    );
    const answers = await statusRequests(stack, ended);
    for (const { message } of answers) {
      const group = child(message.document.root, 'OrgnlGrpInfAndSts');
      expect(group).toMatchObject({ OrgnlNbOfTxs: '3', GrpSts: 'PART' });
    }
    expect(answers.map(({ message }) => children(message.document.root, 'TxInfAndSts').map(statusOf))).toEqual([
      ['ACCC', 'RJCT', 'ACCC'],
      ['ACCC'],
      ['RJCT'],
      ['ACCC'],
    ]);
    if (hasOfficial)
      expect(answers.flatMap(({ bytes }) => officialVerdicts(bytes)).flatMap(({ faults }) => faults)).toEqual([]);
  });
});

describe('of a settled payment', () => {
  const amountOf = (element: XmlElement | undefined, name: string) => child(element, name);
  const bicOf = (element: XmlElement | undefined, name: string) => text(element, name, 'FinInstnId', 'BICFI');

  it('the pacs.008 onward speaks the version of its reader and moves agents, amount and date', () => {
    expect(settled.length).toBeGreaterThan(30);
    for (const { crossing, view, onward } of settled) {
      const { instruction, way, source } = crossing;
      const { root, messageId } = onward.message.document;
      const transaction = child(root, 'CdtTrfTxInf')!;
      const [from, to] = view.legs;
      expect(messageId).toBe(way.receiver.pacs008Version);
      expect(text(root, 'GrpHdr', 'NbOfTxs')).toBe('1');
      expect([bicOf(child(root, 'GrpHdr'), 'InstgAgt'), bicOf(child(root, 'GrpHdr'), 'InstdAgt')]).toEqual([
        undefined,
        undefined,
      ]);
      expect(bicOf(transaction, 'InstgAgt')).toBe('OTKLKZ20');
      expect(bicOf(transaction, 'InstdAgt')).toBe(way.receiver.bic);
      expect(bicOf(transaction, 'PrvsInstgAgt1')).toBe(way.sender.bic);
      expect(bicOf(transaction, 'DbtrAgt')).toBe(way.sender.bic);
      expect(bicOf(transaction, 'CdtrAgt')).toBe(way.receiver.bic);
      for (const n of [1, 2, 3]) expect(transaction[`IntrmyAgt${n}`]).toBeUndefined();
      expect(amountOf(transaction, 'IntrBkSttlmAmt')).toEqual({ '#': to!.amount, '@Ccy': to!.currency });
      expect(amountOf(transaction, 'InstdAmt')).toEqual({
        '#': (instruction.instructedAmount ?? instruction.settlementAmount).text,
        '@Ccy': from!.currency,
      });
      expect(text(transaction, 'XchgRate')).toBe(view.rate);
      expect(child(transaction, 'PmtId')).toEqual({
        ...child(children(source.document.root, 'CdtTrfTxInf')[instruction.index], 'PmtId'),
        UETR: instruction.uetr,
      });
      expect(transaction.ChrgBr).toBe(instruction.chargeBearer);
      if (messageId === 'pacs.008.001.13')
        expect(child(transaction, 'AgrdRate')).toMatchObject({
          UnitCcy: from!.currency,
          QtdCcy: to!.currency,
          PreAgrdXchgRate: view.rate,
          QtId: view.quoteId,
        });
    }
  });

  it('nothing is dropped, changed or added without a row in the report of GET /v1/payments/{uetr}', () => {
    for (const one of settled) {
      expect(unexplained(one), one.view.uetr).toEqual({ lost: [], appeared: [] });
      expect(one.view.changes.length).toBeGreaterThan(0);
    }
  });

  it('the report is the same for the debtor agent, the provider and the operator', async () => {
    for (const { crossing, view } of settled.slice(0, 8))
      for (const key of [keyOf(crossing.way.sender), 'provider', 'operator'])
        expect((await stack.send(key, 'GET', `/v1/payments/${view.uetr}`).expect(200)).body).toEqual(view);
  });

  it('three camt.054 book what the ledgers posted', async () => {
    for (const { crossing, view, credit, debit, provider } of settled) {
      const { instruction } = crossing;
      const [from, to] = view.legs;
      const booking = (account: string | null, leg: typeof from, side: string) => ({
        account,
        accountCurrency: leg!.currency,
        entries: [{ amount: leg!.amount, currency: leg!.currency, side, status: 'BOOK' }],
      });
      expect(bookingsOf(credit)).toEqual([booking(instruction.creditorAccount, to, 'CRDT')]);
      expect(bookingsOf(debit)).toEqual([booking(instruction.debtorAccount, from, 'DBIT')]);
      expect(bookingsOf(provider)).toEqual([
        booking(from!.creditWallet, from, 'CRDT'),
        booking(to!.debitWallet, to, 'DBIT'),
      ]);
      for (const details of [credit, debit, provider].flatMap(detailsOf)) {
        expect(details.Refs).toMatchObject({ EndToEndId: instruction.endToEndId, UETR: instruction.uetr });
        expect(child(details, 'AmtDtls', 'InstdAmt', 'Amt')).toEqual({ '#': from!.amount, '@Ccy': from!.currency });
        expect(child(details, 'AmtDtls', 'CntrValAmt', 'Amt')).toEqual({ '#': to!.amount, '@Ccy': to!.currency });
        expect(text(details, 'AmtDtls', 'CntrValAmt', 'CcyXchg', 'XchgRate')).toBe(view.rate);
      }
    }
  });

  it('the legs are the postings on the statements of both ledgers', async () => {
    const statements = new Map<string, { reference: string | null; amount: string; direction: string }[]>();
    const postings = async (ledger: string, wallet: string, uetr: string) => {
      const target = `/v1/ledgers/${ledger}/wallets/${wallet}/statement?limit=500`;
      const known = statements.get(wallet) ?? (await stack.send('operator', 'GET', target).expect(200)).body.entries;
      statements.set(wallet, known);
      return known
        .filter(({ reference }: { reference: string | null }) => reference === uetr)
        .map(({ amount, direction }: { amount: string; direction: string }) => ({ amount, direction }));
    };
    for (const { view } of settled)
      for (const { ledger, creditWallet, amount } of view.legs)
        expect(await postings(ledger, creditWallet, view.uetr)).toContainEqual({ amount, direction: 'credit' });
  });
});

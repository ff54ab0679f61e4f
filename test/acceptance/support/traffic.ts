import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { DEMO_BANKS } from '../../../src/gateway/demo.js';
import { type PaymentInstruction, readInstructions } from '../../../src/iso20022/instruction.js';
import { children, text } from '../../../src/iso20022/tree.js';
import type { CheckedMessage, XmlElement } from '../../../src/iso20022/types.js';
import type { Bic, WalletId } from '../../../src/kernel/ids.js';
import type { SampleChanges } from '../../support/retarget-sample.js';
import type { Stack } from '../../support/stack.js';
import { checked, DIRECTIONS, type Direction, keyOf, post, retargeted } from './corridor.js';

export const fixture = (path: string): string =>
  readFileSync(new URL(`../../../fixtures/${path}`, import.meta.url), 'utf8');

/** A text that Otkel sent: an answer over HTTP or a message in an inbox. */
export interface Sent {
  readonly to: string;
  readonly bytes: Buffer;
  readonly message: CheckedMessage;
}

/** One transaction that was posted, with the line of the final pacs.002 about it. */
export interface Crossing {
  readonly way: Direction;
  readonly source: CheckedMessage;
  readonly instruction: PaymentInstruction;
  readonly transactionCount: number;
  readonly report: CheckedMessage;
  readonly line: XmlElement;
}

const FORM = { rules: 'base', headerVersion: 'head.001.001.02', characters: 'all' } as const;

const sentTo = (to: string, bytes: Buffer): Sent => ({ to, bytes, message: checked(bytes) });

/** Posts a credit transfer and keeps the final answer and what became of each transaction. */
export async function crossingsOf(stack: Stack, way: Direction, body: string, headers: Record<string, string> = {}) {
  const answer = await post(stack, way, body, headers);
  const sent = sentTo(way.sender.bic, Buffer.from(answer.text));
  const source = checked(body);
  const instructions = readInstructions(source);
  const lines = children(sent.message.document.root, 'TxInfAndSts');
  expect(lines).toHaveLength(instructions.length);
  const crossings = instructions.map(
    (instruction, i): Crossing => ({
      way,
      source,
      instruction,
      transactionCount: instructions.length,
      report: sent.message,
      line: lines[i]!,
    }),
  );
  return { sent, crossings };
}

/** Everything that waits for the parties of the demo. */
export async function inboxes(stack: Stack): Promise<Sent[]> {
  const found: Sent[] = [];
  const owners = [...DEMO_BANKS.map((bank) => [keyOf(bank), bank.bic] as const), ['provider', 'OTKLKZ20'] as const];
  for (const [key, owner] of owners) {
    let after = '0';
    for (;;) {
      const page = await stack.send(key, 'GET', `/v1/inbox?after=${after}&limit=500`).expect(200);
      const { items } = page.body as { items: { id: string; message: string }[] };
      if (items.length === 0) break;
      for (const { id, message } of items) {
        const item = await stack.send(key, 'GET', `/v1/inbox/${id}`).expect(200);
        expect(item.headers['otkel-message']).toBe(message);
        const sent = sentTo(owner, Buffer.from(item.text));
        expect(sent.message.document.messageId).toBe(message);
        found.push(sent);
      }
      after = items.at(-1)!.id;
    }
  }
  return found;
}

/** The pacs.008 that went on to the receiver for one payment. */
export async function onwardMessage(stack: Stack, way: Direction, uetr: string): Promise<Sent> {
  const key = keyOf(way.receiver);
  const list = await stack.send(key, 'GET', '/v1/inbox?limit=500').expect(200);
  const { items } = list.body as { items: { id: string; message: string; uetr: string | null }[] };
  const found = items.filter((item) => item.uetr === uetr && item.message.startsWith('pacs.008.'));
  expect(found).toHaveLength(1);
  const item = await stack.send(key, 'GET', `/v1/inbox/${found[0]!.id}`).expect(200);
  return sentTo(way.receiver.bic, Buffer.from(item.text));
}

/** A quote for the settlement amount of the fixtures with an agreed rate. */
async function quoteFor(stack: Stack, way: Direction, amount: string): Promise<{ quoteId: string; rate: string }> {
  const { sourceCurrency, targetCurrency } = way;
  const { body } = await stack
    .send(keyOf(way.sender), 'POST', '/v1/fx/quotes', {
      body: JSON.stringify({ sourceCurrency, targetCurrency, amount, fixedSide: 'source' }),
      headers: { 'content-type': 'application/json' },
    })
    .expect(201);
  return body as { quoteId: string; rate: string };
}

/** Our own messages, by what they show, in one direction: text and further headers. */
export async function ownMessages(
  stack: Stack,
  way: Direction,
): Promise<{ what: string; body: string; headers?: Record<string, string> }[]> {
  const of = (path: string, change: Partial<SampleChanges> = {}) => retargeted(stack, way, fixture(path), change);
  const quotes = await Promise.all([1, 2, 3].map(() => quoteFor(stack, way, way.amountMax)));
  const withQuote = (xml: string, { quoteId, rate }: { quoteId: string; rate: string }) =>
    xml
      .replace(/(<QtId>|\/QUOTE\/)[0-9a-f-]{36}/g, `$1${quoteId}`)
      .replace(/(<(?:XchgRate|PreAgrdXchgRate)>)[\d.]+/g, `$1${rate}`)
      .replace(/<UnitCcy>\w+/, `<UnitCcy>${way.sourceCurrency}`)
      .replace(/<QtdCcy>\w+/, `<QtdCcy>${way.targetCurrency}`)
      .replace(/<AddtlDtTm>.*?<\/AddtlDtTm>/s, '');
  const old = 'pacs.008.001.08';
  return [
    { what: 'customer', body: of(`${old}/customer-kzt-to-cny.xml`) },
    { what: 'with header', body: of(`${old}/with-header.xml`) },
    { what: 'without UETR', body: of(`${old}/without-uetr.xml`) },
    { what: 'full chain of agents', body: of(`${old}/full-chain-of-agents.xml`) },
    { what: 'quote mark', body: withQuote(of(`${old}/customer-with-quote-mark.xml`), quotes[0]!) },
    {
      what: 'quote in a header',
      body: of(`${old}/customer-kzt-to-cny.xml`),
      headers: { 'otkel-quote-id': quotes[1]!.quoteId },
    },
    { what: 'agreed rate', body: withQuote(of('pacs.008.001.13/customer-with-agreed-rate.xml'), quotes[2]!) },
    { what: 'without quote', body: of('pacs.008.001.13/customer-without-quote.xml') },
    { what: 'unknown creditor', body: of(`${old}/customer-kzt-to-cny.xml`, { creditorAccount: 'NOBODY-1' }) },
    { what: 'unknown debtor', body: of('pacs.008.001.13/customer-without-quote.xml', { debtorAccount: 'NOBODY-2' }) },
  ];
}

/** The batch of three as it is, and with a creditor of its second transaction whom nobody knows. */
export function batches(stack: Stack): { whole: string; partly: string } {
  const [way] = DIRECTIONS;
  const of = () => retargeted(stack, way!, fixture('pacs.008.001.08/batch-of-three.xml'), { amountMax: '50000000.00' });
  let seen = 0;
  const partly = of().replace(/(<CdtrAcct>.*?<Id>)\d+/gs, (found, before: string) => {
    seen += 1;
    return seen === 2 ? `${before}NOBODY-3` : found;
  });
  return { whole: of(), partly };
}

const newId = (): string => randomUUID().replaceAll('-', '');

const statusRequest = (msgId: string, transaction = ''): string =>
  fixture('pacs.028.001.03/status-of-message.xml')
    .replace(/<MsgId>[^<]*/, `<MsgId>${newId()}`)
    .replace(/<OrgnlMsgId>[^<]*/, `<OrgnlMsgId>${msgId}`)
    .replace('</FIToFIPmtStsReq>', `${transaction}</FIToFIPmtStsReq>`);

/** The answers to a pacs.028 about a whole message, then about each of its transactions. */
export async function statusRequests(stack: Stack, crossings: readonly Crossing[]): Promise<Sent[]> {
  const { way, instruction } = crossings[0]!;
  const about = crossings.map(
    ({ instruction: { uetr } }) => `<TxInf><StsReqId>${newId()}</StsReqId><OrgnlUETR>${uetr}</OrgnlUETR></TxInf>`,
  );
  const answers: Sent[] = [];
  for (const transaction of ['', ...about]) {
    const answer = await post(stack, way, statusRequest(instruction.msgId, transaction));
    expect(answer.status).toBe(200);
    answers.push(sentTo(way.sender.bic, Buffer.from(answer.text)));
  }
  return answers;
}

/** Posts without waiting, and again until the answer is final: the first and the last pacs.002. */
export async function withoutWaiting(stack: Stack, way: Direction): Promise<Sent[]> {
  const answers: Sent[] = [];
  for (const path of ['pacs.008.001.08/customer-kzt-to-cny.xml', 'pacs.008.001.13/customer-without-quote.xml']) {
    const body = retargeted(stack, way, fixture(path));
    const first = await post(stack, way, body, { prefer: 'respond-async' });
    expect(first.status).toBe(202);
    answers.push(sentTo(way.sender.bic, Buffer.from(first.text)));
    let last = first;
    while (last.status === 202) last = await post(stack, way, body);
    answers.push(sentTo(way.sender.bic, Buffer.from(last.text)));
    expect(last.text).toContain('<TxSts>ACCC</TxSts>');
  }
  return answers;
}

/** What can't become a payment, and its admi.002. */
export async function refusals(stack: Stack, way: Direction): Promise<Sent[]> {
  const good = retargeted(stack, way, fixture('pacs.008.001.08/customer-kzt-to-cny.xml'));
  await crossingsOf(stack, way, good);
  const bodies: readonly (readonly [status: number, body: string])[] = [
    [400, 'no XML at all'],
    [400, good.replace('</Document>', '')],
    [400, good.replace(/<ChrgBr>\w+/, '<ChrgBr>NOPE')],
    [400, good.replaceAll(/<(\/?)(Dbtr|Cdtr)>/g, '<$1X$2>')],
    [400, good.replace('?>', '?><!DOCTYPE Document>')],
    [400, good.replace('pacs.008.001.08', 'pacs.008.001.99')],
    [400, `<Two>${good.replace(/<\?.*?\?>/, '').repeat(2)}</Two>`],
    [409, good.replace('<Nm>', '<Nm>x')],
    [404, statusRequest('NEVER-SENT')],
  ];
  const answers: Sent[] = [];
  for (const [status, body] of bodies) {
    const answer = await post(stack, way, body);
    expect([answer.status, body.slice(0, 200)]).toEqual([status, body.slice(0, 200)]);
    answers.push(sentTo(way.sender.bic, Buffer.from(answer.text)));
  }
  return answers;
}

/** A bank of profile `agent` in China, whose own settlement wallet is credited, and the way to it. */
export async function addAgentBank(stack: Stack): Promise<Direction> {
  const [way] = DIRECTIONS;
  const bic = 'TERRCN20' as Bic;
  const { ledger: code } = way!.receiver;
  const bank = { bic, name: 'Terrace Bank (test)', ledger: code, pacs008Version: 'pacs.008.001.13', withHeader: true };
  const { nodes, gateway } = stack.otkel;
  for (const register of [gateway.register, ...nodes.map((node) => node.register)])
    expect((await register.addParticipant({ ...bank, role: 'bank', profile: 'agent', ...FORM })).ok).toBe(true);
  const { ledger } = nodes.find(({ config }) => config.code === code)!;
  const wallet = { walletId: `${code}-${bic}-SETTLEMENT` as WalletId, kind: 'settlement' as const, ownerBic: bic };
  await ledger.submit({ kind: 'openWallet', wallet });
  return { ...way!, receiver: { ...bank, accounts: ['UNREGISTERED-1'] } };
}

export const statusOf = (line: XmlElement): string | undefined => text(line, 'TxSts');

/** The application with a customer's view of it: fresh messages in, checked answers and balances out. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import request from 'supertest';
import { expect, vi } from 'vitest';
import { demoWallets } from '../../src/gateway/demo.js';
import { signRequest } from '../../src/gateway/identity/http-signature.js';
import { BATCH_LIMITS } from '../../src/iso20022/gate.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { child, children, text, texts } from '../../src/iso20022/tree.js';
import type { CheckedMessage } from '../../src/iso20022/types.js';
import type { WalletId } from '../../src/kernel/ids.js';
import type { Signer } from '../../src/kernel/signature.js';
import { createSigner, generateKeyPair } from '../../src/kernel/suites.js';
import { fixtureText, officialErrors } from '../iso20022/support/messages.js';
import { expectContract } from '../support/contract.js';
import { openStack, type SignedSend, type Stack, type StackOptions } from '../support/stack.js';

export const BANK = 'bank-altnkz20';
export const CREDITOR_BANK = 'bank-longcn20';

/** One transaction's line of a pacs.002. */
export interface StatusLine {
  readonly uetr: string | undefined;
  readonly status: string | undefined;
  readonly reasons: readonly (string | undefined)[];
  readonly texts: readonly string[];
}

/** An answer to a posted message: its status, and the pacs.002 or admi.002 inside, already checked. */
export interface Answer {
  readonly http: number;
  readonly headers: Response['headers'];
  readonly message: CheckedMessage;
  readonly messageId: string;
  readonly group: string | undefined;
  readonly lines: readonly StatusLine[];
  readonly body: string;
}

export interface World {
  readonly stack: Stack;
  /** A signed request whose answer is checked against the OpenAPI document. */
  call(key: string, method: string, target: string, options?: SignedSend): Promise<Response>;
  /** {@link World.call} with a JSON body. */
  json(key: string, method: string, target: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Posts a message and waits for its end; what comes back is valid under our schemas and the official ones. */
  post(body: string | Uint8Array, options?: PostOptions): Promise<Answer>;
  /** Available, held and marked minor units of every wallet of the demo, on both ledgers. */
  balances(): Promise<Record<string, string>>;
  /** Rows of every table, by `database.table`. */
  rowCounts(): Promise<Record<string, number>>;
  /** Waits until no payment is open any more. */
  quiet(): Promise<void>;
  inbox(key: string, uetr: string): Promise<InboxEntry[]>;
  close(): Promise<void>;
}

export interface PostOptions {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Seconds of `Prefer: wait`; null sends none. */
  readonly waitSeconds?: number | null;
}

export interface InboxEntry {
  readonly id: string;
  readonly message: string;
  readonly msgId: string;
  readonly uetr: string | null;
}

export async function openWorld(options: StackOptions = {}): Promise<World> {
  // A loaded machine must not turn a slow test into AB03.
  const stack = await openStack({ ...options, config: { prepareMs: 20_000, voteMs: 40_000, ...options.config } });
  const call: World['call'] = async (key, method, target, send) => {
    const response = await stack.send(key, method, target, send);
    expectContract(response, method, target.split('?')[0] ?? target);
    return response;
  };
  return {
    stack,
    call,
    json: (key, method, target, body, headers = {}) =>
      call(key, method, target, {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    async post(body, { key = BANK, headers = {}, waitSeconds = 30 } = {}) {
      const prefer: Record<string, string> = waitSeconds === null ? {} : { prefer: `wait=${waitSeconds}` };
      const response = await call(key, 'POST', '/v1/messages', {
        body,
        headers: { accept: 'application/xml', ...prefer, ...headers },
      });
      return readAnswer(response);
    },
    balances: () => balances(stack),
    rowCounts: () => rowCounts(stack),
    async quiet() {
      await vi.waitFor(() => expect(stack.otkel.gateway.settlement.openCount()).toBe(0), 10_000);
    },
    async inbox(key, uetr) {
      const { body } = await call(key, 'GET', '/v1/inbox?limit=500');
      return (body as { items: InboxEntry[] }).items.filter((item) => item.uetr === uetr);
    },
    close: () => stack.close(),
  };
}

const reader = createMessageReader({ limits: BATCH_LIMITS });

/** Reads a message we sent: it must pass our own reader and, where they are, the official schemas. */
export function readSent(xml: string): CheckedMessage {
  const read = reader.read(Buffer.from(xml));
  expect(read.ok ? [] : read.error.findings).toEqual([]);
  if (!read.ok) throw new Error(read.error.code);
  for (const { messageId, part } of partsOf(xml, read.value)) expect(officialErrors(messageId, part)).toEqual([]);
  return read.value;
}

function partsOf(xml: string, { header, document }: CheckedMessage): { messageId: string; part: string }[] {
  const cut = (name: string) => xml.slice(xml.indexOf(`<${name}`), xml.lastIndexOf(`</${name}>`) + name.length + 3);
  const parts = [{ messageId: document.messageId, part: cut('Document') }];
  return header ? [{ messageId: header.messageId, part: cut('AppHdr') }, ...parts] : parts;
}

function readAnswer(response: Response): Answer {
  expect(response.headers['content-type']).toContain('application/xml');
  const message = readSent(response.text);
  const { root, messageId } = message.document;
  return {
    http: response.status,
    headers: response.headers,
    message,
    messageId,
    group: text(child(root, 'OrgnlGrpInfAndSts'), 'GrpSts'),
    lines: children(root, 'TxInfAndSts').map((line) => ({
      uetr: text(line, 'OrgnlUETR'),
      status: text(line, 'TxSts'),
      reasons: children(line, 'StsRsnInf').map((reason) => text(reason, 'Rsn', 'Cd')),
      texts: children(line, 'StsRsnInf').map((reason) => texts(reason, 'AddtlInf').join('')),
    })),
    body: response.text,
  };
}

async function balances({ otkel }: Stack): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { ledger } of otkel.nodes) {
    for (const { walletId } of demoWallets(ledger.code)) {
      const balance = await ledger.balance(walletId);
      found[walletId] = `${balance?.availableMinor} ${balance?.heldMinor} ${balance?.markedMinor}`;
    }
  }
  return found;
}

/** What is available in a wallet, minor units. */
export async function available({ stack }: World, walletId: string): Promise<bigint> {
  const code = walletId.slice(0, 2);
  const node = stack.otkel.nodes.find(({ config }) => config.code === code);
  return (await node?.ledger.balance(walletId as WalletId))?.availableMinor ?? -1n;
}

async function rowCounts({ databases }: Stack): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [role, { pool }] of databases) {
    const { rows: tables } = await pool.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    );
    for (const { name } of tables) {
      const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::integer AS count FROM "${name}"`);
      counts[`${role}.${name}`] = rows[0]?.count ?? 0;
    }
  }
  return counts;
}

/** A message made of a fixture, with ids of its own and today's dates. */
export interface Fresh {
  readonly xml: string;
  readonly msgId: string;
  /** Of the first transaction. */
  readonly uetr: string;
  readonly uetrs: readonly string[];
}

export type Edit = (xml: string) => string;

export const CUSTOMER_08 = 'pacs.008.001.08/customer-kzt-to-cny.xml';
export const CUSTOMER_13 = 'pacs.008.001.13/customer-without-quote.xml';

/** A fresh credit transfer of the demo corridor; edits come last. */
export function fresh({ stack }: World, fixture = CUSTOMER_08, ...edits: readonly Edit[]): Fresh {
  const text = fixtureText(fixture);
  const today = stack.today(text.includes('<IntrBkSttlmAmt Ccy="CNY">') ? 'CN' : 'KZ');
  const uetrs: string[] = [];
  const msgId = `T-${randomUUID().slice(0, 18)}`;
  let xml = text
    .replace(/<MsgId>[^<]*/, `<MsgId>${msgId}`)
    .replace(/<BizMsgIdr>[^<]*/, `<BizMsgIdr>${msgId}`)
    .replace(/<UETR>[^<]*/g, () => {
      const uetr = randomUUID();
      uetrs.push(uetr);
      return `<UETR>${uetr}`;
    })
    .replace(/<IntrBkSttlmDt>[^<]*/g, `<IntrBkSttlmDt>${today}`)
    .replace(/<XpryDtTm>[^<]*/g, '<XpryDtTm>2099-12-31T23:59:59+05:00');
  for (const edit of edits) xml = edit(xml);
  return { xml, msgId, uetr: uetrs[0] ?? '', uetrs };
}

/** Replaces the text of every `element`. */
export const setText =
  (element: string, value: string): Edit =>
  (xml) =>
    changed(xml, xml.replace(new RegExp(`(<${element}(?: [^>]*)?>)[^<]*`, 'g'), `$1${value}`), element);

/** Replaces the text of `element` inside every `parent`. */
export const setWithin =
  (parent: string, element: string, value: string): Edit =>
  (xml) =>
    changed(
      xml,
      xml.replace(new RegExp(`<${parent}>[\\s\\S]*?</${parent}>`, 'g'), (block) =>
        block.replace(new RegExp(`(<${element}>)[^<]*`), `$1${value}`),
      ),
      `${parent}/${element}`,
    );

/** Replaces a text by another one. */
export const swap =
  (from: string | RegExp, to: string): Edit =>
  (xml) =>
    changed(xml, xml.replace(from, to), String(from));

/** Settlement and instructed amount. */
export const setAmount =
  (amount: string, currency = 'KZT'): Edit =>
  (xml) =>
    xml.replace(/<(IntrBkSttlmAmt|InstdAmt) Ccy="KZT">[^<]*/g, `<$1 Ccy="${currency}">${amount}`);

/** The debtor's account as `Othr/Id`. */
export const setDebtorAccount =
  (account: string): Edit =>
  (xml) =>
    changed(
      xml,
      xml.replace(/(<DbtrAcct>\s*<Id>)[\s\S]*?(<\/Id>\s*<\/DbtrAcct>)/, `$1<Othr><Id>${account}</Id></Othr>$2`),
      'DbtrAcct',
    );

export const setCreditorAccount = (account: string): Edit => setWithin('CdtrAcct', 'Id>\\s*<Othr>\\s*<Id', account);

/** The same payment the other way round: the first Chinese customer pays the first Kazakh one. */
export const chinaToKazakhstan = (amount: string): readonly Edit[] => [
  setWithin('InstgAgt', 'BICFI', 'LONGCN20'),
  setWithin('DbtrAgt', 'BICFI', 'LONGCN20'),
  setWithin('CdtrAgt', 'BICFI', 'ALTNKZ20'),
  setDebtorAccount('6222020000000000001'),
  setCreditorAccount('KZ419010001000000001'),
  setAmount(amount, 'CNY'),
  (xml) => xml.replace(/<IntrBkSttlmDt>[^<]*/, `<IntrBkSttlmDt>${dayInShanghai(new Date())}`),
];

const dayInShanghai = (at: Date): string => new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(at);

function changed(before: string, after: string, what: string): string {
  if (before === after) throw new Error(`the edit of ${what} changes nothing`);
  return after;
}

/** A pacs.028 that asks about payments by UETR, about a whole message, or about one transaction of it. */
export function statusRequest(about: {
  readonly uetrs?: readonly string[];
  readonly msgId?: string;
  readonly endToEndId?: string;
}): string {
  const group =
    about.msgId === undefined
      ? ''
      : `<OrgnlGrpInf><OrgnlMsgId>${about.msgId}</OrgnlMsgId><OrgnlMsgNmId>pacs.008.001.08</OrgnlMsgNmId></OrgnlGrpInf>`;
  const byUetr = (about.uetrs ?? []).map((uetr) => `<OrgnlUETR>${uetr}</OrgnlUETR>`);
  const byEnd = about.endToEndId === undefined ? [] : [`<OrgnlEndToEndId>${about.endToEndId}</OrgnlEndToEndId>`];
  const transactions = [...byUetr, ...byEnd].map((named) => `<TxInf>${named}</TxInf>`).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.028.001.03"><FIToFIPmtStsReq>
<GrpHdr><MsgId>Q-${randomUUID().slice(0, 18)}</MsgId><CreDtTm>2026-11-23T11:00:00+05:00</CreDtTm></GrpHdr>
${group}${transactions}</FIToFIPmtStsReq></Document>`;
}

/** A key pair of somebody new, and its public half as `POST /v1/participants` takes it. */
export function newSigner(keyId: string): { readonly signer: Signer; readonly publicKey: string } {
  const pair = generateKeyPair('ed25519', (count) => randomBytes(count));
  return {
    signer: createSigner(keyId, 'ed25519', pair.secretKey),
    publicKey: Buffer.from(pair.publicKey).toString('base64url'),
  };
}

/** A request signed by any key, sent to the application. */
export async function sendSigned(
  { stack }: World,
  signer: Signer,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  { body = '', headers = {} }: { body?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const signed = signRequest({
    method,
    path,
    query: '',
    headers,
    body: Buffer.from(body),
    signer,
    now: Date.now(),
    nonce: randomUUID(),
    lifeSeconds: 60,
  });
  const lower = method.toLowerCase() as 'get' | 'post' | 'put';
  const test = request(stack.app)
    [lower](path)
    .set({ ...headers, ...signed });
  const response = await (body === '' ? test : test.send(body));
  expectContract(response, method, path);
  return response;
}

/** A named refusal as a problem document, with its ISO reason. */
export function expectProblem(response: Response, status: number, code: string, isoReason: string | null): void {
  expect(response.headers['content-type']).toContain('application/problem+json');
  const body = JSON.parse(response.text) as { status: number; code: string; isoReason: string | null };
  expect({ http: response.status, code: body.code, status: body.status, isoReason: body.isoReason }).toEqual({
    http: status,
    code,
    status,
    isoReason,
  });
}

/** By two officers; a tariff without amounts charges nothing. */
export async function setTariff(world: World, tariff: object): Promise<void> {
  const path = `/v1/fx/tariff-proposals/${randomUUID()}`;
  expect((await world.json('desk', 'PUT', path, { tariffs: [tariff] })).status).toBe(200);
  expect((await world.json('desk-2', 'POST', `${path}/approve`, { reason: 'agreed' })).status).toBe(200);
}

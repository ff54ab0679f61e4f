/** A bank's side of the load: distinct real-shaped messages, signed, over kept-alive connections. */
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { calendar } from '../../src/gateway/config.js';
import { signRequest } from '../../src/gateway/identity/http-signature.js';
import { isoTime } from '../../src/kernel/clock.js';
import type { Signer } from '../../src/kernel/signature.js';
import { createHttpConnections, type HttpAnswer } from './http.js';

/** Two more invoices in the remittance, so that a message has the usual 4 KB. */
const MORE_INVOICES = ['LM-2026-004418', 'LM-2026-004419'].map(
  (number) =>
    `<Strd><RfrdDocInf><Tp><CdOrPrtry><Cd>CINV</Cd></CdOrPrtry></Tp><Nb>${number}</Nb><RltdDt>2026-11-09</RltdDt>` +
    '</RfrdDocInf><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>RF18539007547034</Ref></CdtrRefInf>' +
    '<AddtlRmtInf>Hydraulic cylinders and seals, contract KZ-CN 118/26, second delivery, DAP Almaty, packing list and ' +
    'certificate of origin sent by courier</AddtlRmtInf></Strd>',
);
const TEMPLATE = readFileSync(
  fileURLToPath(new URL('../../../fixtures/pacs.008.001.08/customer-kzt-to-cny.xml', import.meta.url)),
  'utf8',
).replace('</RmtInf>', `${MORE_INVOICES.join('')}</RmtInf>`);
/** The template's text and, at every other place, the name of what stands there. */
const PIECES = TEMPLATE.replace(
  /<(MsgId|UETR|InstrId|EndToEndId|TxId|CreDtTm|IntrBkSttlmDt|IBAN)>[^<]*/g,
  (_all, name: string) => `<${name}>\0${name}\0`,
)
  .replace(/(<(?:IntrBkSttlmAmt|InstdAmt) Ccy="KZT">)[^<]*/g, '$1\0Amount\0')
  .replace('6222020000000000001', '\0Payee\0')
  .split('\0');
const LIFE_SECONDS = 60;
const today = calendar('Asia/Almaty');

export interface LoadMessage {
  readonly uetr: string;
  readonly msgId: string;
  readonly body: Buffer;
}

/** The account pairs that payments are spread over: payer's and payee's. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['KZ419010001000000001', '6222020000000000001'],
  ['KZ149010001000000002', '6222020000000000002'],
];

/** A payment of the demo's first bank: fresh ids, today's date, a small amount, one of the account pairs. */
export function loadMessage(index: number, amount: string): LoadMessage {
  const uetr = randomUUID();
  const msgId = `LOAD-${uetr.slice(0, 23)}`;
  const now = Date.now();
  const [payer, payee] = PAIRS[index % PAIRS.length] ?? ['', ''];
  const values: Record<string, string> = {
    MsgId: msgId,
    UETR: uetr,
    InstrId: `I${index}`,
    EndToEndId: `E2E-${uetr.slice(0, 18)}`,
    TxId: `T${uetr.slice(0, 23)}`,
    CreDtTm: isoTime(now),
    IntrBkSttlmDt: today(now),
    IBAN: payer,
    Amount: amount,
    Payee: payee,
  };
  const text = PIECES.map((piece, i) => (i % 2 === 0 ? piece : values[piece])).join('');
  return { uetr, msgId, body: Buffer.from(text) };
}

export type Answer = HttpAnswer;

export interface BankClient {
  /** Signs and posts; rejects when the connection breaks before the answer. */
  post(message: Pick<LoadMessage, 'body'>, waitSeconds: number): Promise<Answer>;
  get(path: string): Promise<Answer>;
  send(method: string, path: string): Promise<Answer>;
  close(): void;
}

export function createBankClient(url: string, signer: Signer, connections: number): BankClient {
  const http = createHttpConnections(url, connections);

  const send = (method: string, target: string, body: Buffer, headers: Record<string, string>): Promise<Answer> => {
    const [path = '/', query] = target.split('?');
    const signed = signRequest({
      method,
      path,
      query: query === undefined ? '' : `?${query}`,
      headers,
      body,
      signer,
      now: Date.now(),
      nonce: randomBytes(16).toString('base64url'),
      lifeSeconds: LIFE_SECONDS,
    });
    return http.send(method, target, { ...headers, ...signed }, body);
  };

  return {
    post: (message, waitSeconds) =>
      send('POST', '/v1/messages', message.body, {
        'content-type': 'application/xml',
        accept: 'application/xml',
        prefer: `wait=${waitSeconds}`,
      }),
    get: (path) => send('GET', path, Buffer.alloc(0), {}),
    send: (method, path) => send(method, path, Buffer.alloc(0), {}),
    close: () => http.close(),
  };
}

/** The final status of a pacs.002, or null. */
export const statusOf = (answer: string): string | null => /<TxSts>([A-Z]{4})<\/TxSts>/.exec(answer)?.[1] ?? null;

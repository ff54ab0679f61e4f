/**
 * Bad input: each kind gets its named error with its ISO reason, moves nothing on either ledger, leaves nothing but the
 * record of its refusal, and the process goes on.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Response } from 'supertest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { seeded } from '../../fuzz/random.js';
import { HANDLED_MESSAGES } from '../../src/gateway/handled-messages.js';
import { signRequest } from '../../src/gateway/identity/http-signature.js';
import { CATALOGUE_MESSAGE_IDS } from '../../src/iso20022/catalogue/catalogue.js';
import { text } from '../../src/iso20022/tree.js';
import type { XmlElement } from '../../src/iso20022/types.js';
import { writeEnvelope } from '../../src/iso20022/writer.js';
import { randomRoot } from '../iso20022/support/arbitrary.js';
import { expectContract } from '../support/contract.js';
import {
  available,
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  type Edit,
  expectProblem,
  fresh,
  openWorld,
  setAmount,
  setCreditorAccount,
  setDebtorAccount,
  setText,
  setWithin,
  statusRequest,
  swap,
  type World,
} from './support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await openSpareWallets();
});
afterAll(() => world.close());

/** Empty wallets with accounts of their own: one to run dry, one closed, one blocked, on each side. */
async function openSpareWallets(): Promise<void> {
  for (const [ledger, ownerBic] of [
    ['KZ', 'ALTNKZ20'],
    ['CN', 'LONGCN20'],
  ] as const) {
    for (const name of ['EMPTY', 'CLOSED', 'BLOCKED']) {
      const walletId = `${ledger}-${name}`;
      const base = `/v1/ledgers/${ledger}`;
      expect(
        (await world.json('operator', 'POST', `${base}/wallets`, { walletId, kind: 'customer', ownerBic })).status,
      ).toBe(201);
      const account = { agentBic: ownerBic, accountId: `ACCOUNT-${name}`, walletId };
      expect((await world.json('operator', 'POST', `${base}/accounts`, account)).status).toBe(201);
      if (name === 'EMPTY') continue;
      const status = { status: name.toLowerCase() };
      // Closing is for who opened it, blocking for the issuer.
      const key = name === 'CLOSED' ? 'operator' : `issuer-${ledger.toLowerCase()}-1`;
      expect((await world.json(key, 'POST', `${base}/wallets/${walletId}/status`, status)).status).toBe(200);
    }
  }
}

/** Nonces are of the requests themselves, also between parties; a checkpoint says how far a journal was looked through; counters
 * are opened before anything counts on them. */
const OF_THE_PROCESS = /\.(?:request_nonce|signer_checkpoint|fx_counter)$/;
/** Tables that may grow when nothing but a refusal is stored. */
const UNREADABLE = ['gateway.refused_message'];
const REFUSED = ['gateway.message', 'gateway.payment', 'gateway.inbox'];
/**
 * A refusal of a jurisdiction also leaves the bound quote, tombstones in chained blocks, and the co-signers' votes; what
 * the other one had held goes back as a token of its own.
 */
const REFUSED_BY_A_JURISDICTION = [
  ...REFUSED,
  'gateway.fx_quote',
  ...['kz', 'cn'].flatMap((code) => [
    ...['block', 'ledger_transaction', 'hold', 'token'].map((table) => `ledger-${code}.${table}`),
    `signer-${code}.signer_journal`,
  ]),
];

let before: Awaited<ReturnType<World['balances']>>;
let rowsBefore: Awaited<ReturnType<World['rowCounts']>>;
let mayGrow: readonly string[] = [];
beforeEach(async () => {
  await world.quiet();
  before = await world.balances();
  rowsBefore = await world.rowCounts();
  mayGrow = UNREADABLE;
});
afterEach(async () => {
  await world.quiet();
  expect(await world.balances()).toEqual(before);
  const rows = await world.rowCounts();
  const grown = Object.keys(rows).filter((table) => rows[table] !== rowsBefore[table]);
  expect(grown.filter((table) => !OF_THE_PROCESS.test(table) && !mayGrow.includes(table))).toEqual([]);
  const good = fresh(world);
  expect((await world.post(good.xml)).lines).toEqual([{ uetr: good.uetr, status: 'ACCC', reasons: [], texts: [] }]);
});

interface ProblemBody {
  readonly code: string;
  readonly detail?: string;
  readonly findings?: readonly { code: string; message: string; line?: number; xpath?: string }[];
}

const problemOf = async (body: string | Uint8Array, headers: Record<string, string> = {}): Promise<Response> =>
  world.call(BANK, 'POST', '/v1/messages', { body, headers: { accept: 'application/problem+json', ...headers } });

/** The named refusal, once as a problem document and once as an admi.002 that names it with the ISO reason. */
async function expectUnreadable(body: string | Uint8Array, http: number, code: string, iso: string) {
  const problem = await problemOf(body);
  expectProblem(problem, http, code, iso);
  const answer = await world.post(body);
  expect(answer).toMatchObject({ http, messageId: 'admi.002.001.01' });
  const { root } = answer.message.document;
  expect(text(root, 'Rsn', 'RjctgPtyRsn')).toBe(code);
  expect(text(root, 'Rsn', 'RsnDesc')).toMatch(new RegExp(`^${iso}: `));
  return { problem: JSON.parse(problem.text) as ProblemBody, answer };
}

/** A message that is refused as it comes in: pacs.002 RJCT with the reason, and the payment says why. */
async function expectRefused(edits: readonly Edit[], code: string, iso: string, http = 422): Promise<void> {
  mayGrow = REFUSED;
  const { xml, uetr } = fresh(world, CUSTOMER_08, ...edits);
  const answer = await world.post(xml);
  expect(answer).toMatchObject({ http, messageId: 'pacs.002.001.10', group: 'RJCT' });
  expect(answer.lines).toMatchObject([{ uetr, status: 'RJCT' }]);
  expect(answer.lines[0]?.reasons[0]).toBe(iso);
  await expectReason(uetr, code, iso);
}

async function expectReason(uetr: string, code: string, iso: string): Promise<void> {
  const { body } = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
  expect(body).toMatchObject({ status: 'RJCT', state: 'CLOSED', reason: { code, isoReason: iso } });
}

/** The newest version of each message that is read and has no handler. */
const UNHANDLED = [
  ...new Map(
    [...CATALOGUE_MESSAGE_IDS]
      .sort()
      .filter((id) => !id.startsWith('head.') && !HANDLED_MESSAGES.has(id))
      .map((id) => [id.slice(0, 8), id]),
  ).values(),
];

const headerOf = (messageId: string, reference: string): XmlElement => ({
  Fr: { FIId: { FinInstnId: { BICFI: 'ALTNKZ20' } } },
  To: { FIId: { FinInstnId: { BICFI: 'OTKLKZ20' } } },
  BizMsgIdr: reference,
  MsgDefIdr: messageId,
  CreDt: '2026-11-23T10:20:00+05:00',
});

describe('what can not be read', () => {
  it('not well-formed: NOT_WELL_FORMED, FF01', async () => {
    const { problem } = await expectUnreadable(
      fresh(world).xml.replace('</GrpHdr>', ''),
      400,
      'NOT_WELL_FORMED',
      'FF01',
    );
    expect(problem.findings?.[0]?.line).toBeGreaterThan(1);
  });

  it.each([
    ['empty', ' '],
    ['plain text', 'pacs.008'],
    ['JSON', '{"Document":{}}'],
    [
      'cut off in the middle',
      '<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"><FI',
    ],
  ])('not well-formed, %s: NOT_WELL_FORMED, FF01', async (_, body) => {
    await expectUnreadable(body, 400, 'NOT_WELL_FORMED', 'FF01');
  });

  it('wrong namespace: NAMESPACE_UNKNOWN, FF01', async () => {
    const { xml } = fresh(
      world,
      CUSTOMER_08,
      swap('urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08', 'urn:bank:pacs.008'),
    );
    await expectUnreadable(xml, 400, 'NAMESPACE_UNKNOWN', 'FF01');
  });

  it('no namespace: NAMESPACE_UNKNOWN, FF01', async () => {
    const { xml } = fresh(world, CUSTOMER_08, swap(' xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"', ''));
    await expectUnreadable(xml, 400, 'NAMESPACE_UNKNOWN', 'FF01');
  });

  it.each(['pacs.009.001.07', 'pacs.008.001.99', 'pain.001.001.09'])(
    'unknown message %s: MESSAGE_UNSUPPORTED, FF01',
    async (name) => {
      await expectUnreadable(fresh(world).xml.replace('pacs.008.001.08', name), 400, 'MESSAGE_UNSUPPORTED', 'FF01');
    },
  );

  it.each(UNHANDLED)('%s, which has no handler: MESSAGE_UNSUPPORTED, FF01, by name and reference', async (id) => {
    const header = { messageId: 'head.001.001.04', root: headerOf(id, 'REF-OF-THE-HEADER') };
    const body = Buffer.from(writeEnvelope(header, id, randomRoot(id, seeded(20022)))).toString('utf8');
    const { problem, answer } = await expectUnreadable(body, 400, 'MESSAGE_UNSUPPORTED', 'FF01');
    expect(problem.detail).toContain(id);
    expect(text(answer.message.document.root, 'Rsn', 'RsnDesc')).toContain(id);
    expect(text(answer.message.document.root, 'RltdRef', 'Ref')).toBe('REF-OF-THE-HEADER');
  });

  it('one without handler that does not satisfy its schema either: SCHEMA_INVALID comes first', async () => {
    const { problem } = await expectUnreadable(
      fresh(world).xml.replace('pacs.008.001.08', 'pacs.009.001.08'),
      400,
      'SCHEMA_INVALID',
      'FF01',
    );
    expect(problem.findings?.length).toBeGreaterThan(0);
  });

  it('a message that we only send: MESSAGE_UNSUPPORTED, FF01', async () => {
    const { body } = await world.post(statusRequest({ msgId: 'NEVER-SENT' }));
    await expectUnreadable(body, 400, 'MESSAGE_UNSUPPORTED', 'FF01');
  });

  it('schema-invalid: SCHEMA_INVALID, FF01, with every error, its line and its XPath', async () => {
    const { xml } = fresh(
      world,
      CUSTOMER_08,
      swap('<NbOfTxs>1<', '<NbOfTxs>one<'),
      swap('<ChrgBr>SHAR<', '<ChrgBr>MINE<'),
      swap(/<EndToEndId>[^<]*/, `<EndToEndId>${'x'.repeat(36)}`),
      swap(/<UETR>[^<]*/, '<UETR>not-a-uuid'),
    );
    const { problem, answer } = await expectUnreadable(xml, 400, 'SCHEMA_INVALID', 'FF01');
    const places = ['GrpHdr[1]/NbOfTxs[1]', 'PmtId[1]/EndToEndId[1]', 'PmtId[1]/UETR[1]', 'CdtTrfTxInf[1]/ChrgBr[1]'];
    const lineOf = (element: string) => xml.slice(0, xml.indexOf(`<${element}>`)).split('\n').length;
    for (const place of places) {
      const element = /([A-Za-z]+)\[1\]$/.exec(place)?.[1] ?? '';
      const finding = problem.findings?.find(({ xpath }) => plain(xpath).endsWith(plain(place)));
      expect({ place, line: finding?.line }).toEqual({ place, line: lineOf(element) });
      expect(plain(finding?.xpath)).toMatch(/^\/Document\/FIToFICstmrCdtTrf\//);
    }
    const all = text(answer.message.document.root, 'Rsn', 'AddtlData') ?? '';
    for (const { xpath, line } of problem.findings ?? []) expect(all).toContain(`${xpath} line ${line}`);
    expect(text(answer.message.document.root, 'Rsn', 'ErrLctn')).toContain('NbOfTxs');
  });

  it('two documents side by side: NOT_WELL_FORMED, FF01', async () => {
    const { xml } = fresh(world);
    await expectUnreadable(xml + xml.replace(/<\?xml[^>]*>/, ''), 400, 'NOT_WELL_FORMED', 'FF01');
  });

  it('two documents in one envelope: ENVELOPE_INVALID, FF01', async () => {
    const document = fresh(world).xml.replace(/<\?xml[^>]*>\s*/, '');
    await expectUnreadable(`<Envelope>${document}${document}</Envelope>`, 400, 'ENVELOPE_INVALID', 'FF01');
  });

  it('a header without a document: ENVELOPE_INVALID, FF01', async () => {
    const { xml } = fresh(world, 'pacs.008.001.08/with-header.xml', swap(/<Document[\s\S]*<\/Document>/, ''));
    await expectUnreadable(xml, 400, 'ENVELOPE_INVALID', 'FF01');
  });

  it.each([
    ['UTF-16', (xml: string) => Buffer.from(`\ufeff${xml}`, 'utf16le')],
    [
      'Windows-1251 bytes',
      (xml: string) =>
        Buffer.concat([Buffer.from(xml.slice(0, 900)), Buffer.from([0xc0, 0xeb]), Buffer.from(xml.slice(900))]),
    ],
    [
      'another declared encoding',
      (xml: string) => Buffer.from(xml.replace('encoding="UTF-8"', 'encoding="windows-1251"')),
    ],
  ])('wrong encoding, %s: NOT_UTF8, FF01', async (_, encode) => {
    await expectUnreadable(encode(fresh(world).xml), 400, 'NOT_UTF8', 'FF01');
  });

  it.each([
    ['that reads a file', '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
    ['that asks another host', '<!DOCTYPE Document SYSTEM "http://127.0.0.1:1/evil.dtd">'],
    ['that grows without end', '<!DOCTYPE Document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'],
  ])('DOCTYPE %s: DOCTYPE_FORBIDDEN, FF01', async (_, doctype) => {
    const { xml } = fresh(world, CUSTOMER_08, swap('<Document', `${doctype}<Document`));
    await expectUnreadable(xml, 400, 'DOCTYPE_FORBIDDEN', 'FF01');
  });

  it('a content type that is not XML: UNSUPPORTED_MEDIA_TYPE, FF01', async () => {
    expectProblem(
      await problemOf(fresh(world).xml, { 'content-type': 'text/plain' }),
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      'FF01',
    );
  });

  it('a gzip bomb: UNSUPPORTED_ENCODING, FF01, and it is never inflated', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, '<x>'));
    expect(bomb.length).toBeLessThan(256 * 1024);
    expectProblem(await problemOf(bomb, { 'content-encoding': 'gzip' }), 415, 'UNSUPPORTED_ENCODING', 'FF01');
  });

  it('a gzip bomb that says nothing of its encoding: NOT_UTF8, FF01', async () => {
    await expectUnreadable(gzipSync(Buffer.alloc(1024 * 1024)), 400, 'NOT_UTF8', 'FF01');
  });
});

describe('a body of 100 MB', () => {
  const SIZE = 100 * 1024 * 1024;

  /** Sends at most `SIZE` bytes in pieces until an answer comes; answers what was said and how much had been sent. */
  async function stream(headers: http.OutgoingHttpHeaders): Promise<{ response: Response; sent: number }> {
    const server = world.stack.app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const { port } = server.address() as AddressInfo;
      return await new Promise((resolve, reject) => {
        const piece = Buffer.alloc(256 * 1024, 'x');
        let sent = 0;
        let answered = false;
        const post = http.request(
          { port, host: '127.0.0.1', method: 'POST', path: '/v1/messages', headers },
          (incoming) => {
            answered = true;
            const parts: Buffer[] = [];
            incoming.on('data', (part: Buffer) => parts.push(part));
            incoming.on('end', () => {
              const { statusCode: status, headers: given } = incoming;
              resolve({
                response: { status, headers: given, text: Buffer.concat(parts).toString() } as Response,
                sent,
              });
              post.destroy();
            });
          },
        );
        post.on('error', (error) => (answered ? undefined : reject(error)));
        const write = () => {
          while (!answered && sent < SIZE) {
            sent += piece.length;
            if (!post.write(piece)) {
              post.once('drain', write);
              return;
            }
          }
          if (!answered) post.end();
        };
        write();
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  it('that says its length: BODY_TOO_LARGE, FF01, before it is read', async () => {
    const { response, sent } = await stream({ 'content-type': 'application/xml', 'content-length': SIZE });
    expectContract(response, 'POST', '/v1/messages');
    expectProblem(response, 413, 'BODY_TOO_LARGE', 'FF01');
    expect(sent).toBeLessThan(SIZE);
  });

  it('that does not say its length: BODY_TOO_LARGE, FF01', async () => {
    const headers = { 'content-type': 'application/xml' };
    const signed = signRequest({
      ...{ method: 'POST', path: '/v1/messages', query: '', headers, body: Buffer.from('x') },
      ...{ signer: await world.stack.signer(BANK), now: Date.now(), nonce: randomUUID(), lifeSeconds: 60 },
    });
    const { response } = await stream({ ...headers, ...signed, 'transfer-encoding': 'chunked' });
    expectContract(response, 'POST', '/v1/messages');
    expectProblem(response, 413, 'BODY_TOO_LARGE', 'FF01');
  });

  it('that neither says its length nor who sends it: SIGNATURE_MISSING, before it is read', async () => {
    const { response, sent } = await stream({ 'content-type': 'application/xml', 'transfer-encoding': 'chunked' });
    expectContract(response, 'POST', '/v1/messages');
    expectProblem(response, 401, 'SIGNATURE_MISSING', 'DS0A');
    expect(sent).toBeLessThan(SIZE);
  });
});

describe('duplicates', () => {
  it('same MsgId with other bytes: MESSAGE_ID_REUSED, DUPL', async () => {
    const first = fresh(world);
    await world.post(first.xml);
    before = await world.balances();
    rowsBefore = await world.rowCounts();
    const other = fresh(world, CUSTOMER_08, setText('MsgId', first.msgId), setAmount('2.00'));
    await expectUnreadable(other.xml, 409, 'MESSAGE_ID_REUSED', 'DUPL');
    expect((await world.call(BANK, 'GET', `/v1/payments/${other.uetr}`)).status).toBe(404);
    expect((await world.call(BANK, 'GET', `/v1/payments/${first.uetr}`)).body).toMatchObject({ status: 'ACCC' });
  });

  it('same MsgId with one more space is other bytes: MESSAGE_ID_REUSED', async () => {
    const first = fresh(world);
    await world.post(first.xml);
    before = await world.balances();
    rowsBefore = await world.rowCounts();
    await expectUnreadable(`${first.xml} `, 409, 'MESSAGE_ID_REUSED', 'DUPL');
  });

  it('known UETR under a new MsgId: RJCT AM05, and the first payment keeps its status', async () => {
    const first = fresh(world);
    await world.post(first.xml);
    before = await world.balances();
    rowsBefore = await world.rowCounts();
    mayGrow = REFUSED;
    const again = fresh(world, CUSTOMER_08, setText('UETR', first.uetr));
    const answer = await world.post(again.xml);
    expect(answer).toMatchObject({ http: 422, messageId: 'pacs.002.001.10', group: 'RJCT' });
    expect(answer.lines).toMatchObject([{ uetr: first.uetr, status: 'RJCT', reasons: ['AM05'] }]);
    expect((await world.call(BANK, 'GET', `/v1/payments/${first.uetr}`)).body).toMatchObject({
      status: 'ACCC',
      msgId: first.msgId,
    });
  });

  it("another bank's UETR: RJCT AM05", async () => {
    const first = fresh(world);
    await world.post(first.xml);
    before = await world.balances();
    rowsBefore = await world.rowCounts();
    mayGrow = REFUSED;
    const edits = [swap(/ALTNKZ20/g, 'DALAKZ20'), swap('KZ419010001000000001', 'KZ249020001000000001')];
    const theirs = fresh(world, CUSTOMER_08, ...edits, setText('UETR', first.uetr));
    const answer = await world.post(theirs.xml, { key: 'bank-dalakz20' });
    expect(answer).toMatchObject({ http: 422 });
    expect(answer.lines).toMatchObject([{ status: 'RJCT', reasons: ['AM05'] }]);
  });
});

describe('what no wallet can be moved for', () => {
  it('unknown creditor agent: CREDITOR_AGENT_UNKNOWN, RC04', async () => {
    await expectRefused([setWithin('CdtrAgt', 'BICFI', 'NOBOCN20')], 'CREDITOR_AGENT_UNKNOWN', 'RC04');
  });

  it('unknown debtor agent: DEBIT_NOT_OWNED, AGNT', async () => {
    await expectRefused([setWithin('DbtrAgt', 'BICFI', 'NOBOKZ20')], 'DEBIT_NOT_OWNED', 'AGNT');
  });

  it('unknown instructed agent: AGENT_UNKNOWN, AGNT', async () => {
    await expectRefused([setWithin('InstdAgt', 'BICFI', 'NOBOKZ20')], 'AGENT_UNKNOWN', 'AGNT');
  });

  it('unknown account of the debtor: DEBTOR_ACCOUNT_UNKNOWN, AC02', async () => {
    await expectRefused([setDebtorAccount('NOBODYS')], 'DEBTOR_ACCOUNT_UNKNOWN', 'AC02');
  });

  it('no account of the debtor: DEBTOR_ACCOUNT_UNKNOWN, AC02', async () => {
    await expectRefused([swap(/<DbtrAcct>[\s\S]*<\/DbtrAcct>/, '')], 'DEBTOR_ACCOUNT_UNKNOWN', 'AC02');
  });

  it("another bank's account as debtor's: DEBTOR_ACCOUNT_UNKNOWN, AC02", async () => {
    await expectRefused([swap('KZ419010001000000001', 'KZ249020001000000001')], 'DEBTOR_ACCOUNT_UNKNOWN', 'AC02');
  });

  it('unknown account of the creditor: CREDITOR_ACCOUNT_UNKNOWN, AC03', async () => {
    await expectRefused([setCreditorAccount('6222029999999999999')], 'CREDITOR_ACCOUNT_UNKNOWN', 'AC03');
  });

  it('wrong currency: CURRENCY_WRONG, AM03', async () => {
    await expectRefused([setAmount('1000.00', 'CNY')], 'CURRENCY_WRONG', 'AM03');
  });

  it('too many decimals: AMOUNT_DECIMALS, AM12', async () => {
    await expectRefused([setAmount('1000.005')], 'AMOUNT_DECIMALS', 'AM12');
  });

  it('zero: AMOUNT_ZERO, AM01', async () => {
    await expectRefused([setAmount('0.00')], 'AMOUNT_ZERO', 'AM01');
  });

  it('an amount whose other side rounds to zero: AMOUNT_ZERO, AM01', async () => {
    await expectRefused([setAmount('0.01')], 'AMOUNT_ZERO', 'AM01');
  });

  it('above the limit of the corridor: AMOUNT_TOO_LARGE, AM02', async () => {
    await expectRefused([setAmount('50000000.01')], 'AMOUNT_TOO_LARGE', 'AM02');
  });

  it('pair not traded: PAIR_NOT_TRADED, AM03', async () => {
    const edits = [setWithin('CdtrAgt', 'BICFI', 'DALAKZ20'), setCreditorAccount('KZ249020001000000001')];
    await expectRefused(edits, 'PAIR_NOT_TRADED', 'AM03');
  });

  it('closed wallet of the debtor: WALLET_CLOSED, AC04', async () => {
    await expectRefused([setDebtorAccount('ACCOUNT-CLOSED')], 'WALLET_CLOSED', 'AC04');
  });

  it('closed wallet of the creditor: WALLET_CLOSED, AC04', async () => {
    await expectRefused([setCreditorAccount('ACCOUNT-CLOSED')], 'WALLET_CLOSED', 'AC04');
  });

  it('blocked wallet of the debtor: WALLET_BLOCKED, AC06', async () => {
    await expectRefused([setDebtorAccount('ACCOUNT-BLOCKED')], 'WALLET_BLOCKED', 'AC06');
  });

  it('blocked wallet of the creditor: WALLET_BLOCKED, AC06', async () => {
    await expectRefused([setCreditorAccount('ACCOUNT-BLOCKED')], 'WALLET_BLOCKED', 'AC06');
  });

  it('several broken rules: every one of them with its reason', async () => {
    mayGrow = REFUSED;
    const { xml } = fresh(world, CUSTOMER_08, setAmount('1.001'), setText('IntrBkSttlmDt', '2020-01-01'));
    expect((await world.post(xml)).lines[0]?.reasons).toEqual(expect.arrayContaining(['AM12', 'DT01']));
  });
});

describe('insufficient funds', () => {
  async function expectShort(edits: readonly Edit[], headers: Record<string, string> = {}): Promise<void> {
    mayGrow = REFUSED_BY_A_JURISDICTION;
    const { xml, uetr } = fresh(world, CUSTOMER_08, ...edits);
    const answer = await world.post(xml, { headers });
    expect(answer).toMatchObject({ http: 200, messageId: 'pacs.002.001.10', group: 'RJCT' });
    expect(answer.lines).toMatchObject([{ uetr, status: 'RJCT', reasons: ['AM04'] }]);
    await world.quiet();
    await expectReason(uetr, 'FUNDS_INSUFFICIENT', 'AM04');
    for (const [role, { pool }] of world.stack.databases) {
      if (!role.startsWith('ledger-')) continue;
      const { rows } = await pool.query('SELECT state FROM hold WHERE condition_ref = $1', [uetr]);
      expect(rows).toEqual([{ state: 'RELEASED' }]);
    }
  }

  it('of the payer: FUNDS_INSUFFICIENT, AM04, and both ledgers keep a released hold or tombstone', async () => {
    await expectShort([setDebtorAccount('ACCOUNT-EMPTY')]);
  });

  it('of the provider: FUNDS_INSUFFICIENT, AM04, and the payer gets back what was held', async () => {
    const all = await available(world, 'CN-FX-PROVIDER');
    const move = async (key: string, debitWallet: string, creditWallet: string) => {
      const amount = `${(all - 100n) / 100n}.${String((all - 100n) % 100n).padStart(2, '0')}`;
      const body = { debitWallet, creditWallet, amount, currency: 'CNY' };
      const headers = { 'idempotency-key': randomUUID() };
      expect((await world.json(key, 'POST', '/v1/ledgers/CN/transfers', body, headers)).status).toBe(201);
    };
    const asked = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '1250000.00', fixedSide: 'source' };
    const { body: quote } = await world.json(BANK, 'POST', '/v1/fx/quotes', asked);
    expect(quote.provider).toBe('OTKLKZ20');
    // It goes back on its word.
    await move('provider', 'CN-FX-PROVIDER', 'CN-LONGCN20-2');
    try {
      const drained = await world.balances();
      await expectShort([], { 'otkel-quote-id': quote.quoteId });
      expect(await world.balances()).toEqual(drained);
    } finally {
      await move(CREDITOR_BANK, 'CN-LONGCN20-2', 'CN-FX-PROVIDER');
    }
  });
});

describe('a NUL, which no database takes', () => {
  const KZ = '/v1/ledgers/KZ';
  it.each([
    ...['/marks/a%00', '/marks/a%00/tree', '/marks/a%00/report', '/marks/a%00/agreements', '/marks?after=%00'],
    ...['/agreements/a%00/tree', '/events/%00', '/providers/%00', '/invoices/%00'],
  ])('in %s: BAD_REQUEST', async (path) => {
    expectProblem(await world.call('oracle-kz', 'GET', `${KZ}${path}`), 400, 'BAD_REQUEST', null);
  });

  it('in a body: BAD_REQUEST', async () => {
    const money = { debitWallet: 'KZ-TREASURY', creditWallet: 'KZ-ALTNKZ20-1', amount: '1.00', currency: 'KZT' };
    const body = { ...money, markId: 'a\0', markLevel: 0 };
    const answer = await world.json('treasury-kz', 'POST', `${KZ}/spends`, body, { 'idempotency-key': randomUUID() });
    expectProblem(answer, 400, 'BAD_REQUEST', null);
  });
});

/** An XPath without the positions that are not needed to find the place. */
const plain = (xpath = ''): string => xpath.replace(/\[1\]/g, '').replace(/[a-z0-9]+:/g, '');

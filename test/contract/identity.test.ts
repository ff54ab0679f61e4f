/** Who may call: every route signed, every flaw of a signature refused, and nobody but the owner debits a wallet. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentDigest } from '../../src/gateway/identity/content-digest.js';
import { signRequest } from '../../src/gateway/identity/http-signature.js';
import { gatewayApi } from '../../src/gateway/openapi.js';
import type { Signer } from '../../src/kernel/signature.js';
import { expectContract } from '../support/contract.js';
import {
  available,
  BANK,
  CUSTOMER_08,
  CUSTOMER_13,
  type Edit,
  expectProblem,
  fresh,
  newSigner,
  openWorld,
  sendSigned,
  setCreditorAccount,
  setWithin,
  swap,
  type World,
} from './support.js';

let world: World;
let bank: Signer;
beforeAll(async () => {
  world = await openWorld();
  bank = await world.stack.signer(BANK);
});
afterAll(() => world.close());

type Method = 'GET' | 'POST' | 'PUT';

/** A request as it is, signed or not. */
async function raw(method: Method, target: string, headers: Record<string, string>, body = ''): Promise<Response> {
  const test = request(world.stack.app)[method.toLowerCase() as 'get' | 'post' | 'put'](target).set(headers);
  const response = await (body === '' ? test : test.send(body));
  expectContract(response, method, target.split('?')[0] ?? target);
  return response;
}

interface Signing {
  readonly method?: Method;
  readonly path?: string;
  readonly query?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly signer?: Signer;
  readonly now?: number;
  readonly nonce?: string;
  readonly lifeSeconds?: number;
}

/** The header fields of a signed request to `GET /v1/inbox`, or whatever is named. */
function signed(what: Signing = {}): Record<string, string> {
  const { method = 'GET', path = '/v1/inbox', query = '', headers = {}, body = '', signer = bank } = what;
  const signature = signRequest({
    method,
    path,
    query,
    headers,
    body: Buffer.from(body),
    signer,
    now: what.now ?? Date.now(),
    nonce: what.nonce ?? randomUUID(),
    lifeSeconds: what.lifeSeconds ?? 60,
  });
  return { ...headers, ...signature };
}

const XML = { 'content-type': 'application/xml' };

describe('every request is signed', () => {
  const protectedRoutes = gatewayApi.operations.filter(({ isPublic }) => !isPublic);

  /** A path of the document with something real in the place of each parameter. */
  const realPath = (template: string) =>
    template
      .replace('{code}', 'KZ')
      .replace('{uetr}', '8a562c67-ca16-48ba-b074-65581be6f011')
      .replace('{pair}', 'KZT-CNY')
      .replace('{sequence}', 'latest')
      .replace(/\{\w+\}/g, '1');

  it.each(protectedRoutes.map(({ method, path }) => [method.toUpperCase() as Method, path]))(
    '%s %s unsigned: 401 SIGNATURE_MISSING, DS0A, with a challenge',
    async (method, path) => {
      const answer = await raw(method, realPath(path), {});
      expectProblem(answer, 401, 'SIGNATURE_MISSING', 'DS0A');
      expect(answer.headers['www-authenticate']).toContain('Signature');
    },
  );

  it('nothing is open but health, documentation and static pages', () => {
    const open = gatewayApi.operations
      .filter(({ isPublic }) => isPublic)
      .map(({ method, path }) => `${method} ${path}`);
    expect(open.sort()).toEqual([
      'get /',
      'get /console/{file}',
      'get /docs',
      'get /docs/messages',
      'get /docs/messages/{message}',
      'get /docs/{file}',
      'get /healthz',
      'get /openapi.json',
      'get /readyz',
    ]);
  });

  it.each(['/healthz', '/readyz', '/openapi.json', '/docs', '/docs/messages', '/docs/messages/pacs.008.001.08', '/'])(
    '%s answers without a signature',
    async (path) => {
      expect((await raw('GET', path, {})).status).toBe(200);
    },
  );

  it('a path that is not there says nothing to strangers: 401, and 404 to a signer', async () => {
    expect((await request(world.stack.app).get('/v1/secret')).status).toBe(401);
    const answer = await request(world.stack.app)
      .get('/v1/secret')
      .set(signed({ path: '/v1/secret' }));
    expectProblem(answer, 404, 'NOT_FOUND', null);
  });

  it('another method of a path: 405 with Allow', async () => {
    const answer = await request(world.stack.app)
      .put('/v1/inbox')
      .set(signed({ method: 'PUT' }));
    expectProblem(answer, 405, 'METHOD_NOT_ALLOWED', null);
    expect(answer.headers.allow).toContain('GET');
  });
});

describe('a signature that does not hold', () => {
  const expectRefused = async (headers: Record<string, string>, code: string, target = '/v1/inbox') =>
    expectProblem(await raw('GET', target, headers), 401, code, 'DS0A');

  it('holds as it was made', async () => {
    expect((await raw('GET', '/v1/inbox', signed())).status).toBe(200);
  });

  it('bad signature: SIGNATURE_INVALID', async () => {
    const headers = signed();
    const bytes = Buffer.from(/:(.*):/.exec(headers.signature ?? '')?.[1] ?? '', 'base64');
    bytes[5] = (bytes[5] ?? 0) ^ 1;
    await expectRefused({ ...headers, signature: `sig1=:${bytes.toString('base64')}:` }, 'SIGNATURE_INVALID');
  });

  it('the key of somebody else under this keyid: SIGNATURE_INVALID', async () => {
    const other = await world.stack.signer('bank-dalakz20');
    await expectRefused(signed({ signer: { ...other, keyId: BANK } }), 'SIGNATURE_INVALID');
  });

  it('no signature fields that can be read: SIGNATURE_MALFORMED', async () => {
    await expectRefused({ 'signature-input': 'sig1=nonsense', signature: 'nonsense' }, 'SIGNATURE_MALFORMED');
  });

  it('tampered path: SIGNATURE_INVALID', async () => {
    await expectRefused(signed(), 'SIGNATURE_INVALID', '/v1/fx/rates');
  });

  it('tampered query: SIGNATURE_INVALID', async () => {
    await expectRefused(signed({ query: '?limit=1' }), 'SIGNATURE_INVALID', '/v1/inbox?limit=500');
    await expectRefused(signed(), 'SIGNATURE_INVALID', '/v1/inbox?limit=500');
  });

  it('tampered method: SIGNATURE_INVALID', async () => {
    const answer = await raw('POST', '/v1/inbox/1/acknowledgement', signed({ path: '/v1/inbox/1/acknowledgement' }));
    expectProblem(answer, 401, 'SIGNATURE_INVALID', 'DS0A');
  });

  it('tampered body: DIGEST_MISMATCH, and nothing is stored', async () => {
    const { xml, uetr } = fresh(world);
    const headers = signed({ method: 'POST', path: '/v1/messages', headers: XML, body: xml });
    const answer = await raw('POST', '/v1/messages', headers, xml.replace(/1250000\.00/g, '9250000.00'));
    expectProblem(answer, 401, 'DIGEST_MISMATCH', 'DS0A');
    expect((await world.call(BANK, 'GET', `/v1/payments/${uetr}`)).status).toBe(404);
  });

  it('tampered body with its own digest: SIGNATURE_INVALID', async () => {
    const { xml } = fresh(world);
    const headers = signed({ method: 'POST', path: '/v1/messages', headers: XML, body: xml });
    const body = xml.replace(/1250000\.00/g, '9250000.00');
    const digest = { 'content-digest': contentDigest(Buffer.from(body)) };
    expectProblem(await raw('POST', '/v1/messages', { ...headers, ...digest }, body), 401, 'SIGNATURE_INVALID', 'DS0A');
  });

  it('tampered otkel-quote-id: SIGNATURE_INVALID; added afterwards: SIGNATURE_MALFORMED', async () => {
    const { xml } = fresh(world);
    const what = { method: 'POST' as const, path: '/v1/messages', body: xml };
    const own = signed({ ...what, headers: { ...XML, 'otkel-quote-id': randomUUID() } });
    const changed = await raw('POST', '/v1/messages', { ...own, 'otkel-quote-id': randomUUID() }, xml);
    expectProblem(changed, 401, 'SIGNATURE_INVALID', 'DS0A');
    const added = { ...signed({ ...what, headers: XML }), 'otkel-quote-id': randomUUID() };
    expectProblem(await raw('POST', '/v1/messages', added, xml), 401, 'SIGNATURE_MALFORMED', 'DS0A');
  });

  it('tampered content-type: SIGNATURE_INVALID', async () => {
    const { xml } = fresh(world);
    const headers = signed({ method: 'POST', path: '/v1/messages', headers: XML, body: xml });
    const answer = await raw('POST', '/v1/messages', { ...headers, 'content-type': 'text/xml' }, xml);
    expectProblem(answer, 401, 'SIGNATURE_INVALID', 'DS0A');
  });

  it('replayed nonce: NONCE_REPLAYED', async () => {
    const headers = signed();
    expect((await raw('GET', '/v1/inbox', headers)).status).toBe(200);
    await expectRefused(headers, 'NONCE_REPLAYED');
    const nonce = randomUUID();
    expect((await raw('GET', '/v1/inbox', signed({ nonce }))).status).toBe(200);
    await expectRefused(signed({ nonce, lifeSeconds: 30 }), 'NONCE_REPLAYED');
  });

  it('two copies at once: one passes, the other is NONCE_REPLAYED', async () => {
    const headers = signed();
    const answers = await Promise.all([1, 2].map(() => raw('GET', '/v1/inbox', headers)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  });

  it('the same nonce of another key is another nonce', async () => {
    const nonce = randomUUID();
    expect((await raw('GET', '/v1/inbox', signed({ nonce }))).status).toBe(200);
    const signer = await world.stack.signer('bank-dalakz20');
    expect((await raw('GET', '/v1/inbox', signed({ nonce, signer }))).status).toBe(200);
  });

  it('expired: SIGNATURE_EXPIRED', async () => {
    await expectRefused(signed({ now: Date.now() - 61_000 }), 'SIGNATURE_EXPIRED');
  });

  it('created in the future: SIGNATURE_EXPIRED', async () => {
    await expectRefused(signed({ now: Date.now() + 30_000 }), 'SIGNATURE_EXPIRED');
  });

  it('expires more than 60 s after created: SIGNATURE_EXPIRED', async () => {
    await expectRefused(signed({ lifeSeconds: 61 }), 'SIGNATURE_EXPIRED');
  });

  it.each(['created', 'expires', 'nonce', 'keyid'])('no %s: SIGNATURE_MALFORMED', async (parameter) => {
    const headers = signed();
    const input = (headers['signature-input'] ?? '').replace(new RegExp(`;${parameter}=("[^"]*"|\\d+)`), '');
    expect(input).not.toBe(headers['signature-input']);
    await expectRefused({ ...headers, 'signature-input': input }, 'SIGNATURE_MALFORMED');
  });

  it.each(['"@method" ', '"@path" '])('%snot covered: SIGNATURE_MALFORMED', async (component) => {
    const headers = signed();
    const input = (headers['signature-input'] ?? '').replace(component, '');
    expect(input).not.toBe(headers['signature-input']);
    await expectRefused({ ...headers, 'signature-input': input }, 'SIGNATURE_MALFORMED');
  });

  it('unknown key: KEY_UNKNOWN', async () => {
    await expectRefused(signed({ signer: newSigner('nobody-1').signer }), 'KEY_UNKNOWN');
  });

  it('a key that is not valid yet, or no more: KEY_UNKNOWN', async () => {
    const keys = [newSigner('late-1'), newSigner('old-1')] as const;
    const times = [{ validFrom: Date.now() + 3_600_000 }, { validFrom: 0, validTo: Date.now() - 1_000 }] as const;
    const body = {
      bic: 'LATEKZ20',
      name: 'Late Bank',
      role: 'bank',
      ledger: 'KZ',
      keys: keys.map(({ signer: { keyId }, publicKey }, i) => ({ keyId, suite: 'ed25519', publicKey, ...times[i] })),
    };
    expect((await world.json('operator', 'POST', '/v1/participants', body)).status).toBe(201);
    for (const { signer } of keys) await expectRefused(signed({ signer }), 'KEY_UNKNOWN');
  });
});

describe('a role that may not', () => {
  it.each(['desk', 'provider', 'operator'])('the %s posts no payment: 403 FORBIDDEN, AGNT', async (key) => {
    const { xml } = fresh(world);
    const answer = await world.call(key, 'POST', '/v1/messages', { body: xml });
    expectProblem(answer, 403, 'FORBIDDEN', 'AGNT');
  });

  it.each([BANK, 'desk', 'provider'])('%s registers and lists no participants: 403 FORBIDDEN', async (key) => {
    const body = { bic: 'MINEKZ20', name: 'Mine', role: 'operator' };
    expectProblem(await world.json(key, 'POST', '/v1/participants', body), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await world.call(key, 'GET', '/v1/participants'), 403, 'FORBIDDEN', 'AGNT');
  });

  it.each([BANK, 'desk', 'provider'])(
    '%s issues nothing and opens no wallet for others: 403 FORBIDDEN',
    async (key) => {
      const issuance = { walletId: 'KZ-DALAKZ20-SETTLEMENT', amount: '1.00', currency: 'KZT' };
      const headers = { 'idempotency-key': randomUUID() };
      expectProblem(
        await world.json(key, 'POST', '/v1/ledgers/KZ/issuance', issuance, headers),
        403,
        'FORBIDDEN',
        'AGNT',
      );
      const wallet = { walletId: 'KZ-MINE', kind: 'customer', ownerBic: 'DALAKZ20' };
      expectProblem(await world.json(key, 'POST', '/v1/ledgers/KZ/wallets', wallet), 403, 'FORBIDDEN', 'AGNT');
      const status = await world.json(key, 'POST', '/v1/ledgers/KZ/wallets/KZ-ALTNKZ20-1/status', {
        status: 'blocked',
      });
      expectProblem(status, 403, 'FORBIDDEN', 'AGNT');
      const account = { agentBic: 'ALTNKZ20', accountId: 'MINE', walletId: 'KZ-DALAKZ20-1' };
      expectProblem(await world.json(key, 'POST', '/v1/ledgers/KZ/accounts', account), 403, 'FORBIDDEN', 'AGNT');
    },
  );
});

describe('whose money', () => {
  it('the sender is not the instructing agent: 403, RJCT AGNT, nothing moves', async () => {
    const before = await world.balances();
    const { xml, uetr } = fresh(world);
    const answer = await world.post(xml, { key: 'bank-dalakz20' });
    expect(answer).toMatchObject({ http: 403, messageId: 'pacs.002.001.10', group: 'RJCT' });
    expect(answer.lines).toMatchObject([{ uetr, status: 'RJCT', reasons: ['AGNT'] }]);
    expect(await world.balances()).toEqual(before);
  });

  it('a bank that may not send a payment does not use up its UETR', async () => {
    const { xml, uetr } = fresh(world);
    expect((await world.post(xml, { key: 'bank-dalakz20' })).http).toBe(403);
    const answer = await world.post(xml);
    expect(answer.lines).toMatchObject([{ uetr, status: 'ACCC' }]);
  });

  it('profile customer: the debtor agent is another bank than the sender: RJCT AGNT, nothing moves', async () => {
    const before = await world.balances();
    const { xml } = fresh(world, CUSTOMER_08, setWithin('InstgAgt', 'BICFI', 'DALAKZ20'));
    const answer = await world.post(xml, { key: 'bank-dalakz20' });
    expect(answer).toMatchObject({ http: 422, group: 'RJCT' });
    expect(answer.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AGNT'] });
    expect(await world.balances()).toEqual(before);
  });

  it('profile customer: a debtor agent of its own that names an account of another bank owns nothing: AC02', async () => {
    const edits = [swap(/ALTNKZ20/g, 'DALAKZ20')];
    const { xml } = fresh(world, CUSTOMER_08, ...edits);
    const answer = await world.post(xml, { key: 'bank-dalakz20' });
    expect(answer.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AC02'] });
  });

  it("an account that leads to another bank's wallet: DEBIT_NOT_OWNED, AGNT", async () => {
    const account = { agentBic: 'DALAKZ20', accountId: 'CROSSED', walletId: 'KZ-ALTNKZ20-1' };
    expect((await world.json('operator', 'POST', '/v1/ledgers/KZ/accounts', account)).status).toBe(201);
    const before = await world.balances();
    const edits = [
      swap(/ALTNKZ20/g, 'DALAKZ20'),
      swap('<IBAN>KZ419010001000000001</IBAN>', '<Othr><Id>CROSSED</Id></Othr>'),
    ];
    const { xml } = fresh(world, CUSTOMER_08, ...edits);
    const answer = await world.post(xml, { key: 'bank-dalakz20' });
    expect(answer).toMatchObject({ http: 422 });
    expect(answer.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AGNT'] });
    expect(await world.balances()).toEqual(before);
  });
});

describe('profile agent', () => {
  const sender = newSigner('nova-1');
  const receiver = newSigner('riva-1');
  const [SENDER_WALLET, RECEIVER_WALLET] = ['KZ-NOVA-SETTLEMENT', 'CN-RIVA-SETTLEMENT'];

  beforeAll(async () => {
    for (const [bic, ledger, key, walletId] of [
      ['NOVAKZ20', 'KZ', sender, SENDER_WALLET],
      ['RIVACN20', 'CN', receiver, RECEIVER_WALLET],
    ] as const) {
      const { keyId } = key.signer;
      const keys = [{ keyId, suite: 'ed25519', publicKey: key.publicKey }];
      const participant = {
        bic,
        name: bic,
        role: 'bank',
        ledger,
        profile: 'agent',
        pacs008Version: 'pacs.008.001.08',
        keys,
      };
      const added = await world.json('operator', 'POST', '/v1/participants', participant);
      expect(added.status).toBe(201);
      expect(added.body).toMatchObject({ bic, profile: 'agent', keys: [{ keyId }] });
      const wallet = { walletId, kind: 'settlement', ownerBic: bic };
      expect((await world.json('operator', 'POST', `/v1/ledgers/${ledger}/wallets`, wallet)).status).toBe(201);
    }
    const issuance = JSON.stringify({ walletId: SENDER_WALLET, amount: '10000000.00', currency: 'KZT' });
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const asked = await sendSigned(world, sender.signer, 'POST', '/v1/ledgers/KZ/issuance', {
      body: issuance,
      headers,
    });
    expect(asked.status).toBe(201);
    for (const key of ['issuer-kz-1', 'issuer-kz-2'])
      await world.json(key, 'POST', `/v1/ledgers/KZ/requests/${asked.body.requestId}/approval`, {});
  });

  async function settle(edits: readonly Edit[], file = CUSTOMER_08): Promise<Record<string, unknown>> {
    const { xml, uetr } = fresh(world, file, ...edits);
    const headers = { ...XML, prefer: 'wait=30' };
    const answer = await sendSigned(world, sender.signer, 'POST', '/v1/messages', { body: xml, headers });
    expect(answer.status).toBe(200);
    return (await world.call('operator', 'GET', `/v1/payments/${uetr}`)).body;
  }

  const instructedByNova = setWithin('InstgAgt', 'BICFI', 'NOVAKZ20');
  const ofNova = [instructedByNova, setWithin('DbtrAgt', 'BICFI', 'NOVAKZ20')];
  const toRiva = [setWithin('CdtrAgt', 'BICFI', 'RIVACN20'), setCreditorAccount('ACCOUNT-AT-RIVA')];

  it.each([CUSTOMER_08, CUSTOMER_13])("%s: the agent's own settlement wallet is debited", async (file) => {
    const before = await available(world, SENDER_WALLET);
    expect(await settle(ofNova, file)).toMatchObject({ status: 'ACCC', legs: [{ debitWallet: SENDER_WALLET }, {}] });
    expect((await available(world, SENDER_WALLET)) - before).toBe(-125_000_000n);
  });

  it("for another bank's customer its own settlement wallet is debited, never the customer's", async () => {
    const before = await Promise.all([SENDER_WALLET, 'KZ-ALTNKZ20-1'].map((wallet) => available(world, wallet)));
    expect(await settle([instructedByNova])).toMatchObject({
      status: 'ACCC',
      debtorAgent: 'ALTNKZ20',
      legs: [{ debitWallet: SENDER_WALLET }, {}],
    });
    const after = await Promise.all([SENDER_WALLET, 'KZ-ALTNKZ20-1'].map((wallet) => available(world, wallet)));
    expect(after.map((minor, i) => minor - before[i]!)).toEqual([-125_000_000n, 0n]);
  });

  it('a creditor agent of profile agent: its settlement wallet is credited, and the status is ACSC', async () => {
    const before = await available(world, RECEIVER_WALLET);
    expect(await settle([...ofNova, ...toRiva])).toMatchObject({
      status: 'ACSC',
      legs: [{ debitWallet: SENDER_WALLET }, { creditWallet: RECEIVER_WALLET }],
    });
    expect((await available(world, RECEIVER_WALLET)) - before).toBe(1_687_500n);
  });

  it('no creditor account at all: the settlement wallet is credited, ACSC', async () => {
    const edits = [...ofNova, setWithin('CdtrAgt', 'BICFI', 'RIVACN20'), swap(/<CdtrAcct>[\s\S]*<\/CdtrAcct>/, '')];
    expect(await settle(edits)).toMatchObject({ status: 'ACSC', legs: [{}, { creditWallet: RECEIVER_WALLET }] });
  });

  it('the sender must still be the instructing agent: 403, RJCT AGNT', async () => {
    const { xml } = fresh(world);
    const answer = await sendSigned(world, sender.signer, 'POST', '/v1/messages', { body: xml, headers: XML });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('<Cd>AGNT</Cd>');
  });
});

describe('participants', () => {
  it('the same registration again changes nothing; another one of that BIC is a conflict', async () => {
    const body = { bic: 'TWINKZ20', name: 'Twin Bank', role: 'bank', ledger: 'KZ' };
    const first = await world.json('operator', 'POST', '/v1/participants', body);
    const again = await world.json('operator', 'POST', '/v1/participants', body);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    const other = await world.json('operator', 'POST', '/v1/participants', { ...body, name: 'Other' });
    expectProblem(other, 409, 'PARTICIPANT_EXISTS', null);
  });

  it('the operator lists them', async () => {
    const { body } = await world.call('operator', 'GET', '/v1/participants');
    expect(body.participants.map(({ bic }: { bic: string }) => bic)).toEqual(
      expect.arrayContaining(['ALTNKZ20', 'LONGCN20', 'OTKLKZ20']),
    );
  });

  it.each([
    ['no BIC', { bic: 'short', name: 'x', role: 'bank' }],
    ['a role that is none', { bic: 'NONEKZ20', name: 'x', role: 'king' }],
    ['a member too many', { bic: 'NONEKZ20', name: 'x', role: 'bank', ledger: 'KZ', extra: 1 }],
  ])('%s is a bad request', async (_, body) => {
    expectProblem(await world.json('operator', 'POST', '/v1/participants', body), 400, 'BAD_REQUEST', null);
  });
});

import { beforeAll, describe, expect, test } from 'vitest';
import { expectContract } from '../support/contract.js';
import { type CallerName, createTestApp, signedCall, type TestApp } from './app-fixture.js';
import { allRouters } from './app-routers.js';

let app: TestApp['app'];
beforeAll(async () => {
  ({ app } = await createTestApp(await allRouters()));
});

/** One signed call whose answer must be one that the document promises. */
async function call(
  caller: CallerName,
  method: string,
  target: string,
  body?: object,
  headers: Record<string, string> = {},
) {
  const answer = await signedCall(app, caller, method, target, { headers, ...(body ? { body } : {}) });
  expectContract(answer, method, target.split('?')[0] ?? '');
  return answer;
}

const KZ = '/v1/ledgers/KZ';
const key = (text: string) => ({ 'idempotency-key': text });

describe('ledger routes answer as the document says', () => {
  test('the ledgers', async () => {
    const { body } = await call('bank', 'get', '/v1/ledgers');
    expect(body).toEqual({ ledgers: [{ code: 'KZ', currency: 'KZT', timeZone: 'Asia/Almaty' }] });
  });

  test.each([
    ['operator', `${KZ}/wallets/a/balance`, 200, null],
    ['operator', `${KZ}/wallets/a/statement?limit=1`, 200, null],
    ['operator', `${KZ}/wallets?owner=AAAAKZ20&limit=1`, 200, null],
    ['bank', `${KZ}/supply`, 200, null],
    ['bank', `${KZ}/blocks/latest`, 200, null],
    ['bank', `${KZ}/blocks/1`, 200, null],
    ['bank', `${KZ}/blocks/99`, 404, 'NOT_FOUND'],
    ['bank', `${KZ}/blocks/0`, 400, 'BAD_REQUEST'],
    ['bank', `${KZ}/wallets/a/balance`, 403, 'FORBIDDEN'],
    ['bank', `${KZ}/wallets/a/statement`, 403, 'FORBIDDEN'],
    ['bank', `${KZ}/wallets?owner=AAAAKZ20`, 403, 'FORBIDDEN'],
    ['operator', `${KZ}/wallets/zz/balance`, 404, 'WALLET_UNKNOWN'],
    ['operator', `${KZ}/wallets/a/statement?before=x`, 400, 'BAD_REQUEST'],
    ['operator', `${KZ}/transactions/${'0'.repeat(64)}`, 404, 'NOT_FOUND'],
    ['bank', `${KZ}/transactions/${'0'.repeat(64)}`, 403, 'FORBIDDEN'],
  ] as const)('%s GET %s: %i %s', async (caller, target, status, code) => {
    const answer = await call(caller, 'get', target);
    expect([answer.status, answer.body.code ?? null]).toEqual([status, code]);
  });

  test('commands of the operator, then a bank pays from its own wallet', async () => {
    const opened = { walletId: 'c', kind: 'customer', ownerBic: 'BANKKZ20' };
    expect((await call('operator', 'post', `${KZ}/wallets`, opened)).status).toBe(201);
    const account = { agentBic: 'BANKKZ20', accountId: 'KZ01', walletId: 'c' };
    expect((await call('operator', 'post', `${KZ}/accounts`, account)).status).toBe(201);
    const paid = { debitWallet: 'own', creditWallet: 'b', amount: '1.50', currency: 'KZT' };
    const first = await call('bank', 'post', `${KZ}/transfers`, paid, key('t9'));
    expect(first.status).toBe(201);
    expect((await call('bank', 'post', `${KZ}/transfers`, paid, key('t9'))).body).toEqual(first.body);
    const other = await call('bank', 'post', `${KZ}/transfers`, { ...paid, amount: '1.51' }, key('t9'));
    expect([other.status, other.body.code]).toEqual([409, 'IDEMPOTENCY_CONFLICT']);
    const balance = await call('bank', 'get', `${KZ}/wallets/own/balance`);
    expect(balance.body.available.amount).toBe('3.50');
    const proof = await call('bank', 'get', `${KZ}/transactions/${first.body.transactionId}`);
    expect(proof.body).toMatchObject({ amount: '1.50', debitWallet: 'own', creditWallet: 'b' });
    const blocked = await call('issuer', 'post', `${KZ}/wallets/own/status`, { status: 'blocked' });
    expect(blocked.status).toBe(200);
    const stopped = await call('bank', 'post', `${KZ}/transfers`, paid, key('t10'));
    expect([stopped.status, stopped.body.code]).toEqual([422, 'WALLET_BLOCKED']);
    expect((await call('issuer', 'post', `${KZ}/wallets/own/status`, { status: 'open' })).status).toBe(200);
  });

  test.each([
    ['transfers', { debitWallet: 'own', creditWallet: 'b', amount: '999.00', currency: 'KZT' }, 'FUNDS_INSUFFICIENT'],
    ['transfers', { debitWallet: 'own', creditWallet: 'b', amount: '0.00', currency: 'KZT' }, 'AMOUNT_ZERO'],
    ['transfers', { debitWallet: 'own', creditWallet: 'b', amount: '0.001', currency: 'KZT' }, 'AMOUNT_DECIMALS'],
    ['transfers', { debitWallet: 'own', creditWallet: 'b', amount: '1.00', currency: 'CNY' }, 'CURRENCY_WRONG'],
    ['transfers', { debitWallet: 'own', creditWallet: 'zz', amount: '1.00', currency: 'KZT' }, 'WALLET_UNKNOWN'],
    ['transfers', { debitWallet: 'zz', creditWallet: 'b', amount: '1.00', currency: 'KZT' }, 'FORBIDDEN'],
    ['issuance', { walletId: 'own', amount: '1.00', currency: 'KZT' }, 'WALLET_KIND'],
    ['issuance', { walletId: 'own', amount: '1.00', currency: 'KZT', note: 'x' }, 'BAD_REQUEST'],
    ['wallets', { walletId: 'a', kind: 'provider', ownerBic: 'BANKKZ20' }, 'WALLET_EXISTS'],
    ['accounts', { agentBic: 'BANKKZ20', accountId: 'x', walletId: 'zz' }, 'WALLET_UNKNOWN'],
    ['wallets/a/status', { status: 'closed' }, 'WALLET_NOT_EMPTY'],
  ])('POST %s %j: %s', async (path, body, code) => {
    const caller = path === 'transfers' || path === 'issuance' ? 'bank' : 'operator';
    expect((await call(caller, 'post', `${KZ}/${path}`, body, key(`k-${code}`))).body.code).toBe(code);
  });

  test('no body, no JSON, no idempotency key', async () => {
    expect((await call('operator', 'post', `${KZ}/wallets`)).body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    const xml = await signedCall(app, 'operator', 'post', `${KZ}/wallets`, { body: '<x/>' });
    expect(xml.body.code).toBe('UNSUPPORTED_MEDIA_TYPE');
    const asked = { walletId: 'own', amount: '5.00', currency: 'KZT' };
    expect((await call('bank', 'post', `${KZ}/issuance`, asked)).body.code).toBe('BAD_REQUEST');
  });
});

describe('FX routes answer as the document says', () => {
  const asked = { sourceCurrency: 'KZT', targetCurrency: 'CNY', amount: '10000.00', fixedSide: 'source' };
  const IMPORT = '/v1/fx/rate-imports/0d6f5a3e-7d2c-4a43-9d0e-3f6f6f1b2c3d';
  const imported = (bid: string) => ({
    asOf: '2026-01-01T00:00:00Z',
    rates: [{ unitCurrency: 'KZT', quotedCurrency: 'CNY', tiers: [{ bid }] }],
  });

  test('a rate, a quote, the quote again', async () => {
    expect((await call('bank', 'get', '/v1/fx/rates/KZT-CNY')).body.code).toBe('NOT_FOUND');
    expect((await call('bank', 'post', '/v1/fx/quotes', asked)).body.code).toBe('RATE_MISSING');
    const rates = await call('provider', 'put', IMPORT, imported('0.0135'));
    expect([rates.status, rates.body.rateCount]).toEqual([200, 1]);
    expect((await call('bank', 'get', '/v1/fx/rates')).body.rates).toHaveLength(1);
    expect((await call('bank', 'get', '/v1/fx/rates/KZT-CNY')).status).toBe(200);
    const quote = await call('bank', 'post', '/v1/fx/quotes', asked);
    expect([quote.status, quote.body.targetAmount]).toEqual([201, '135.00']);
    expect((await call('bank', 'get', quote.headers.location as string)).body).toEqual(quote.body);
  });

  test.each([
    ['bank', 'put', IMPORT, imported('1'), 'FORBIDDEN'],
    ['provider', 'put', IMPORT, imported('-1'), 'RATE_INVALID'],
    ['provider', 'put', '/v1/fx/rate-imports/1', imported('1'), 'BAD_REQUEST'],
    ['desk', 'post', '/v1/fx/quotes', asked, 'FORBIDDEN'],
    ['bank', 'post', '/v1/fx/quotes', { ...asked, amount: '1.001' }, 'AMOUNT_DECIMALS'],
  ] as const)('%s %s %s %j: %s', async (caller, method, path, body, code) => {
    expect((await call(caller, method, path, body)).body.code).toBe(code);
  });
});

describe('the check itself', () => {
  test('an answer that the document does not promise fails', async () => {
    const answer = await signedCall(app, 'bank', 'get', '/v1/ledgers');
    expect(() => expectContract(answer, 'get', '/v1/fx/rates')).toThrow(/required property|additional/);
    expect(() => expectContract(answer, 'get', '/v1/inbox/1')).toThrow(/content type/);
    expect(() => expectContract(answer, 'post', '/v1/inbox/1/acknowledgement')).toThrow(/does not answer 200/);
    expect(() => expectContract(answer, 'get', '/nowhere')).toThrow(/not in the OpenAPI document/);
    const refused = await signedCall(app, 'bank', 'get', '/v1/inbox/7');
    expect(() => expectContract(refused, 'get', '/v1/inbox')).toThrow(/does not answer 404/);
  });
});

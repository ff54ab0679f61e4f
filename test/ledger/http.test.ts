import express, { type ErrorRequestHandler } from 'express';
import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { ERRORS, RefusalError } from '../../src/kernel/errors.js';
import { merkleLeaf, merkleRootOf } from '../../src/kernel/merkle.js';

import type { LedgerCaller } from '../../src/ledger/domestic/roles.js';
import { createLedgerRouter } from '../../src/ledger/http/router.js';
import { createLedgerReads } from '../../src/ledger/reads.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import { BANK, bic, codes, issue, open, openLedger, transfer } from './support.js';

const OTHER = 'BBBBKZ20';

/** The caller is named by a header: `operator` and `issuer`, or a bank by its BIC. */
const callerOf = (caller = ''): LedgerCaller => ({
  ...(caller === 'operator' || caller === 'issuer'
    ? { bic: bic('OPERKZ20'), role: caller }
    : { bic: bic(caller), role: 'bank' }),
  ...{ ledger: null, keyId: caller },
});

async function application() {
  const store = createMemoryStore();
  const ledger = await openLedger(store);
  await codes(ledger, [open('a'), open('b'), issue('i1', 'a', 123_456n), transfer('t1', 'a', 'b', 50n)]);
  const app = express();
  app.use(express.json());
  app.use(
    createLedgerRouter({
      ledger,
      reads: createLedgerReads(store),
      callerOf: (req) => callerOf(req.get('caller')),
    }),
  );
  const problem: ErrorRequestHandler = (error, _req, res, next) => {
    if (!(error instanceof RefusalError)) return next(error);
    res.status(ERRORS[error.refusal.code].http).json({ code: error.refusal.code, detail: error.refusal.detail });
  };
  app.use(problem);
  return app;
}

describe('ledger routes', () => {
  let app: Awaited<ReturnType<typeof application>>;
  beforeEach(async () => {
    app = await application();
  });
  const get = (path: string, caller: string = BANK) => request(app).get(path).set('caller', caller);
  const post = (path: string, body: object, caller = 'operator', key = 'k1') =>
    request(app).post(path).set('caller', caller).set('Idempotency-Key', key).send(body);

  it('answers a balance to its owner only', async () => {
    const { body } = await get('/wallets/a/balance').expect(200);
    expect(body).toMatchObject({
      walletId: 'a',
      available: { amount: '1234.06', currency: 'KZT', minor: '123406' },
      held: { amount: '0.00', currency: 'KZT', minor: '0' },
    });
    await get('/wallets/a/balance', OTHER).expect(403);
    await get('/wallets/zz/balance', OTHER).expect(403);
    await get('/wallets/zz/balance', 'operator').expect(404);
    await get('/wallets/a%20b/balance').expect(400);
  });

  it('pages a statement', async () => {
    const first = (await get('/wallets/a/statement?limit=1').expect(200)).body;
    expect(first.entries).toMatchObject([{ direction: 'debit', minor: '50', counterparty: 'b', reference: 't1' }]);
    const second = (await get(`/wallets/a/statement?limit=5&before=${first.next}`).expect(200)).body;
    expect(second).toMatchObject({ entries: [{ direction: 'credit', amount: '1234.56' }], next: null });
    await get('/wallets/a/statement?before=x').expect(400);
    await get('/wallets/a/statement?limit=0').expect(400);
  });

  it('lists wallets of an owner to it and to the operator', async () => {
    const { body } = await get(`/wallets?owner=${BANK}XXX&limit=1`, 'operator').expect(200);
    expect(body).toMatchObject({ wallets: [{ walletId: 'a' }], next: 'a' });
    expect((await get(`/wallets?owner=${BANK}`).expect(200)).body.wallets).toHaveLength(2);
    await get(`/wallets?owner=${BANK}`, OTHER).expect(403);
    await get('/wallets', 'operator').expect(400);
  });

  it('shows supply, blocks and a transaction that proves itself', async () => {
    expect((await get('/supply').expect(200)).body).toMatchObject({
      supply: { amount: '1234.56' },
      blockSequence: '1',
    });
    const block = (await get('/blocks/latest').expect(200)).body;
    expect((await get(`/blocks/${block.sequence}`).expect(200)).body).toEqual(block);
    const { body } = await get(`/transactions/${block.transactionIds[3]}`).expect(200);
    expect(merkleLeaf(Buffer.from(body.body, 'hex')).toString('hex')).toBe(body.transactionId);
    const path = body.merklePath.map((hash: string) => Buffer.from(hash, 'hex'));
    const root = merkleRootOf(Buffer.from(body.body, 'hex'), body.position, block.transactionCount, path);
    expect(root && Buffer.from(root).toString('hex')).toBe(block.merkleRoot);
    expect(body.outputs.map((token: { minor: string }) => token.minor)).toEqual(['50', '123406']);
    await get(`/transactions/${block.transactionIds[3]}`, OTHER).expect(403);
    await get('/blocks/99').expect(404);
    await get('/blocks/x').expect(400);
    await get(`/transactions/${'0'.repeat(64)}`, 'operator').expect(404);
    await get('/transactions/x').expect(400);
  });

  it('transfers for the owner, once per key', async () => {
    const body = { debitWallet: 'a', creditWallet: 'b', amount: '10', currency: 'KZT' };
    const first = await post('/transfers', body, BANK).expect(201);
    expect((await post('/transfers', body, BANK).expect(201)).body).toEqual(first.body);
    expect((await post('/transfers', { ...body, amount: '11' }, BANK).expect(409)).body.code).toBe(
      'IDEMPOTENCY_CONFLICT',
    );
    expect((await get('/wallets/b/balance')).body.available.amount).toBe('10.50');
    await post('/transfers', body, OTHER, 'k2').expect(403);
    await request(app).post('/transfers').set('caller', BANK).send(body).expect(400);
  });

  it.each([
    [{ amount: '10.001' }, 'AMOUNT_DECIMALS'],
    [{ amount: '0' }, 'AMOUNT_ZERO'],
    [{ amount: '1e3' }, 'BAD_REQUEST'],
    [{ amount: 10 }, 'BAD_REQUEST'],
    [{ amount: '10000000000000000.00' }, 'AMOUNT_TOO_LARGE'],
    [{ currency: 'CNY' }, 'CURRENCY_WRONG'],
    [{ amount: '9999' }, 'FUNDS_INSUFFICIENT'],
    [{ note: 'x' }, 'BAD_REQUEST'],
  ])('refuses a transfer with %o', async (change, code) => {
    const body = { debitWallet: 'a', creditWallet: 'b', amount: '10', currency: 'KZT', ...change };
    expect((await post('/transfers', body, BANK)).body.code).toBe(code);
  });

  it('opens, registers and blocks', async () => {
    const wallet = { walletId: 'n1', kind: 'customer', ownerBic: BANK };
    const account = { agentBic: BANK, accountId: 'KZ01', walletId: 'n1' };
    for (const [path, body, status, caller] of [
      ['/wallets', wallet, 201, 'operator'],
      ['/accounts', account, 201, BANK],
      ['/wallets/n1/status', { status: 'blocked' }, 200, 'issuer'],
    ] as const) {
      await post(path, body, OTHER).expect(403);
      await post(path, body, caller).expect(status);
    }
    expect((await get('/wallets/n1/balance')).body).toMatchObject({ status: 'blocked', available: { minor: '0' } });
    await post('/wallets', { ...wallet, kind: 'other' }).expect(400);
  });
});

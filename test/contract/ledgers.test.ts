/** `/v1/ledgers/{code}/…`: balance, statement, supply, block and transaction, each to whom it belongs. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/kernel/hash.js';
import {
  available,
  BANK,
  CREDITOR_BANK,
  CUSTOMER_08,
  expectProblem,
  fresh,
  openWorld,
  setAmount,
  type World,
} from './support.js';

let world: World;
/** A payment of 10,000.00 KZT = 135.00 CNY that settled before the tests. */
let uetr: string;
beforeAll(async () => {
  world = await openWorld();
  const message = fresh(world, CUSTOMER_08, setAmount('10000.00'));
  uetr = message.uetr;
  expect((await world.post(message.xml)).lines).toMatchObject([{ status: 'ACCC', reasons: [], texts: [] }]);
  await world.quiet();
});
afterAll(() => world.close());

const KZ = '/v1/ledgers/KZ';
const CN = '/v1/ledgers/CN';
const get = (key: string, path: string): Promise<Response> => world.call(key, 'GET', path);
const once = (): { 'idempotency-key': string } => ({ 'idempotency-key': randomUUID() });

interface Entry {
  readonly transactionId: string;
  readonly direction: string;
  readonly counterparty: string;
  readonly amount: string;
  readonly reference: string;
  readonly blockSequence: string;
  readonly position: number;
}

const statement = async (
  key: string,
  walletPath: string,
  query = '',
): Promise<{ entries: Entry[]; next: string | null }> => (await get(key, `${walletPath}/statement${query}`)).body;

it('GET /v1/ledgers lists the ledgers that are joined', async () => {
  expect((await get(BANK, '/v1/ledgers')).body).toEqual({
    ledgers: [
      { code: 'KZ', currency: 'KZT', timeZone: 'Asia/Almaty' },
      { code: 'CN', currency: 'CNY', timeZone: 'Asia/Shanghai' },
    ],
  });
});

it('a ledger that is not joined is 404', async () => {
  expectProblem(await get('operator', '/v1/ledgers/XX/supply'), 404, 'NOT_FOUND', null);
});

describe('balance', () => {
  it.each([
    [BANK, `${KZ}/wallets/KZ-ALTNKZ20-1`, 'KZT'],
    [CREDITOR_BANK, `${CN}/wallets/CN-LONGCN20-1`, 'CNY'],
    ['provider', `${KZ}/wallets/KZ-FX-PROVIDER`, 'KZT'],
    ['provider', `${CN}/wallets/CN-FX-PROVIDER`, 'CNY'],
    ['operator', `${KZ}/wallets/KZ-ALTNKZ20-1`, 'KZT'],
  ])('%s reads %s', async (key, path, currency) => {
    const walletId = path.split('/').at(-1)!;
    const { status, body } = await get(key, `${path}/balance`);
    expect(status).toBe(200);
    const minor = await available(world, walletId);
    expect(body).toMatchObject({ walletId, status: 'open', available: { minor: minor.toString(), currency } });
    expect(body.available.amount).toBe(`${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`);
    expect(body.held).toMatchObject({ minor: '0', amount: '0.00' });
  });

  it.each([
    ['another bank', 'bank-dalakz20'],
    ['a bank of the other ledger', CREDITOR_BANK],
    ['the provider', 'provider'],
    ['the desk', 'desk'],
  ])("%s does not see somebody else's wallet, nor whether it is there", async (_, key) => {
    for (const what of ['balance', 'statement']) {
      const [theirs, none] = [
        await get(key, `${KZ}/wallets/KZ-ALTNKZ20-1/${what}`),
        await get(key, `${KZ}/wallets/KZ-NOBODY/${what}`),
      ];
      expectProblem(theirs, 403, 'FORBIDDEN', 'AGNT');
      expect(none.text).toBe(theirs.text);
    }
  });

  it('an unknown wallet is 404 for the operator', async () => {
    expectProblem(await get('operator', `${KZ}/wallets/KZ-NOBODY/balance`), 404, 'WALLET_UNKNOWN', null);
  });
});

describe('statement', () => {
  it('shows the payment to both ends, newest first, with the UETR as reference', async () => {
    const debit = await statement(BANK, `${KZ}/wallets/KZ-ALTNKZ20-1`);
    expect(debit.entries[0]).toMatchObject({
      direction: 'debit',
      counterparty: 'KZ-FX-PROVIDER',
      amount: '10000.00',
      reference: uetr,
    });
    const credit = await statement(CREDITOR_BANK, `${CN}/wallets/CN-LONGCN20-1`);
    expect(credit.entries[0]).toMatchObject({
      direction: 'credit',
      counterparty: 'CN-FX-PROVIDER',
      amount: '135.00',
      reference: uetr,
    });
  });

  it('adds up to the balance', async () => {
    const { entries } = await statement('provider', `${KZ}/wallets/KZ-FX-PROVIDER`, '?limit=500');
    const sum = entries.reduce((total, { direction, amount }) => {
      const minor = BigInt(amount.replace('.', ''));
      return direction === 'credit' ? total + minor : total - minor;
    }, 0n);
    expect(sum).toBe(await available(world, 'KZ-FX-PROVIDER'));
  });

  it('pages: limit and before, every entry once', async () => {
    const path = `${KZ}/wallets/KZ-ALTNKZ20-2`;
    for (let i = 0; i < 4; i++) {
      const body = { debitWallet: 'KZ-ALTNKZ20-2', creditWallet: 'KZ-ALTNKZ20-1', amount: '1.00', currency: 'KZT' };
      expect((await world.json(BANK, 'POST', `${KZ}/transfers`, body, once())).status).toBe(201);
    }
    const all = await statement(BANK, path, '?limit=500');
    expect(all.entries.length).toBeGreaterThanOrEqual(5);
    const paged: Entry[] = [];
    for (let before = ''; ; ) {
      const page = await statement(BANK, path, `?limit=2${before}`);
      paged.push(...page.entries);
      if (page.next === null) break;
      before = `&before=${page.next}`;
    }
    expect(paged).toEqual(all.entries);
  });

  it.each(['?limit=0', '?limit=501', '?before=x'])('%s is a bad request', async (query) => {
    expectProblem(await get(BANK, `${KZ}/wallets/KZ-ALTNKZ20-1/statement${query}`), 400, 'BAD_REQUEST', null);
  });
});

describe('supply, blocks, transactions', () => {
  it('supply: issued is what all wallets hold', async () => {
    const { body } = await get(BANK, `${KZ}/supply`);
    const sums = Object.entries(await world.balances()).filter(([walletId]) => walletId.startsWith('KZ-'));
    const total = sums.reduce((sum, [, text]) => sum + text.split(' ').reduce((a, b) => a + BigInt(b), 0n), 0n);
    expect(body.supply).toMatchObject({ minor: total.toString(), currency: 'KZT' });
    expect(body.redeemed).toMatchObject({ minor: '0' });
  });

  it('blocks: each names the one before by its hash', async () => {
    const { body: latest } = await get(CREDITOR_BANK, `${KZ}/blocks/latest`);
    const { body: same } = await get(BANK, `${KZ}/blocks/${latest.sequence}`);
    expect(same).toEqual(latest);
    const { body: previous } = await get(BANK, `${KZ}/blocks/${BigInt(latest.sequence) - 1n}`);
    expect(latest.previousHash).toBe(previous.hash);
    expect(latest.transactionIds).toHaveLength(latest.transactionCount);
  });

  it('a block that is not there is 404; a number that is none is a bad request', async () => {
    expectProblem(await get(BANK, `${KZ}/blocks/999999`), 404, 'NOT_FOUND', null);
    expectProblem(await get(BANK, `${KZ}/blocks/0`), 400, 'BAD_REQUEST', null);
  });

  it('a transaction: its bytes hash to its id and it is in its signed block; for its parties and the operator', async () => {
    const { entries } = await statement(BANK, `${KZ}/wallets/KZ-ALTNKZ20-1`, '?limit=500');
    const entry = entries.find(({ reference }) => reference === uetr)!;
    for (const key of [BANK, 'provider', 'operator']) {
      const { status, body } = await get(key, `${KZ}/transactions/${entry.transactionId}`);
      expect(status).toBe(200);
      expect(body).toMatchObject({ transactionId: entry.transactionId, amount: '10000.00', reference: uetr });
      const { body: block } = await get(key, `${KZ}/blocks/${body.block.sequence}`);
      expect(block.transactionIds[body.position]).toBe(entry.transactionId);
    }
    for (const key of ['bank-dalakz20', CREDITOR_BANK, 'desk'])
      expectProblem(await get(key, `${KZ}/transactions/${entry.transactionId}`), 403, 'FORBIDDEN', 'AGNT');
  });

  it('an unknown transaction is 404 for the operator and says nothing to others', async () => {
    const path = `${KZ}/transactions/${sha256('none').toString('hex')}`;
    expectProblem(await get('operator', path), 404, 'NOT_FOUND', null);
    expectProblem(await get(BANK, path), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await get('operator', `${KZ}/transactions/xyz`), 400, 'BAD_REQUEST', null);
  });
});

describe('transfers', () => {
  const transfer = (key: string, changes: Record<string, string> = {}, headers = once()) => {
    const body = { debitWallet: 'KZ-ALTNKZ20-1', creditWallet: 'KZ-DALAKZ20-1', amount: '12.34', currency: 'KZT' };
    return world.json(key, 'POST', `${KZ}/transfers`, { ...body, ...changes }, headers);
  };
  const wallets = ['KZ-ALTNKZ20-1', 'KZ-DALAKZ20-1'];
  const sums = () => Promise.all(wallets.map((wallet) => available(world, wallet)));

  it('the owner moves its own money', async () => {
    const before = await sums();
    expect((await transfer(BANK)).status).toBe(201);
    expect((await sums()).map((minor, i) => minor - before[i]!)).toEqual([-1_234n, 1_234n]);
  });

  it('nobody moves what is not theirs', async () => {
    const before = await sums();
    for (const key of ['bank-dalakz20', 'provider', 'desk', CREDITOR_BANK])
      expectProblem(await transfer(key), 403, 'FORBIDDEN', 'AGNT');
    expect(await sums()).toEqual(before);
  });

  it('the same Idempotency-Key and content again: the first outcome, once; other content is a conflict', async () => {
    const [before, headers] = [await sums(), once()];
    const [first, again] = [await transfer(BANK, {}, headers), await transfer(BANK, {}, headers)];
    expect(again.body.transactionId).toBe(first.body.transactionId);
    expect((await sums())[0]! - before[0]!).toBe(-1_234n);
    expectProblem(await transfer(BANK, { amount: '1.00' }, headers), 409, 'IDEMPOTENCY_CONFLICT', 'DUPL');
  });

  it.each([
    ['more than there is', { amount: '99999999999999.00' }, 422, 'FUNDS_INSUFFICIENT', 'AM04'],
    ['too many decimals', { amount: '1.005' }, 422, 'AMOUNT_DECIMALS', 'AM12'],
    ['zero', { amount: '0' }, 422, 'AMOUNT_ZERO', 'AM01'],
    ['wrong currency', { currency: 'CNY' }, 422, 'CURRENCY_WRONG', 'AM03'],
    ['an unknown payee', { creditWallet: 'KZ-NOBODY' }, 404, 'WALLET_UNKNOWN', null],
    ['a negative amount', { amount: '-1.00' }, 400, 'BAD_REQUEST', null],
  ])('%s is refused and moves nothing', async (_, changes, status, code, iso) => {
    const before = await sums();
    expectProblem(await transfer(BANK, changes), status, code, iso);
    expect(await sums()).toEqual(before);
  });

  it('no Idempotency-Key is a bad request', async () => {
    expectProblem(await transfer(BANK, {}, {} as { 'idempotency-key': string }), 400, 'BAD_REQUEST', null);
  });
});

describe('a wallet', () => {
  it('is opened, gets an account, is blocked by the issuer and closed when it is empty', async () => {
    const walletId = `KZ-NEW-${randomUUID().slice(0, 8)}`;
    const wallet = { walletId, kind: 'customer', ownerBic: 'DALAKZ20' };
    const opened = await world.json('operator', 'POST', `${KZ}/wallets`, wallet);
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({ ...wallet, status: 'open', available: { minor: '0' } });
    expectProblem(
      await world.json('operator', 'POST', `${KZ}/wallets`, { ...wallet, ownerBic: 'ALTNKZ20' }),
      409,
      'WALLET_EXISTS',
      null,
    );
    const account = { agentBic: 'DALAKZ20', accountId: walletId, walletId };
    expect((await world.json('operator', 'POST', `${KZ}/accounts`, account)).status).toBe(201);
    const taken = { ...account, walletId: 'KZ-DALAKZ20-1' };
    expectProblem(await world.json('operator', 'POST', `${KZ}/accounts`, taken), 409, 'ACCOUNT_TAKEN', null);

    const money = { debitWallet: 'KZ-DALAKZ20-1', creditWallet: walletId, amount: '5.00', currency: 'KZT' };
    expect((await world.json('bank-dalakz20', 'POST', `${KZ}/transfers`, money, once())).status).toBe(201);

    const status = (to: string, key = 'bank-dalakz20') =>
      world.json(key, 'POST', `${KZ}/wallets/${walletId}/status`, { status: to });
    expectProblem(await status('closed'), 409, 'WALLET_NOT_EMPTY', null);
    expectProblem(await status('blocked'), 403, 'FORBIDDEN', 'AGNT');
    expect((await status('blocked', 'issuer-kz-1')).status).toBe(200);
    const out = { debitWallet: walletId, creditWallet: 'KZ-DALAKZ20-1', amount: '5.00', currency: 'KZT' };
    const move = () => world.json('bank-dalakz20', 'POST', `${KZ}/transfers`, out, once());
    expectProblem(await move(), 422, 'WALLET_BLOCKED', 'AC06');
    expectProblem(await status('open'), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await status('closed'), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await status('closed', 'issuer-kz-1'), 422, 'WALLET_BLOCKED', 'AC06');
    expect((await status('open', 'issuer-kz-2')).status).toBe(200);
    expect((await move()).status).toBe(201);
    expect((await status('closed')).status).toBe(200);
    expectProblem(await move(), 422, 'WALLET_CLOSED', 'AC04');
  });

  it('lists the wallets of an owner, as the owner does; others may not', async () => {
    const { body } = await get('operator', `${KZ}/wallets?owner=ALTNKZ20`);
    expect(body.wallets.map(({ walletId }: { walletId: string }) => walletId)).toEqual([
      'KZ-ALTNKZ20-1',
      'KZ-ALTNKZ20-2',
      'KZ-ALTNKZ20-SETTLEMENT',
    ]);
    expect((await get(BANK, `${KZ}/wallets?owner=ALTNKZ20`)).body).toEqual(body);
    expectProblem(await get('bank-dalakz20', `${KZ}/wallets?owner=ALTNKZ20`), 403, 'FORBIDDEN', 'AGNT');
  });
});

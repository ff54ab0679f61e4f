/** The tree of money over HTTP: a project with two agreements, who sees which part of it, pages, cursors of one's own making. */
import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BANK, CREDITOR_BANK, expectProblem, openWorld, type World } from './support.js';

const KZ = '/v1/ledgers/KZ';
const [TREASURY, TAX, ORACLE, OTHER_BANK, ISSUER] = [
  ...['treasury-kz', 'tax-kz', 'oracle-kz', 'bank-dalakz20', 'issuer-kz-1'],
] as [string, string, string, string, string];
const KZT = { currency: 'KZT' };

interface Node {
  readonly transactionId: string;
  readonly kind: string;
  readonly amount: string;
}
interface Edge {
  readonly tokenId: string;
  readonly from: string;
  readonly to: string | null;
  readonly walletId: string;
  readonly minor: string;
  readonly markId: string | null;
}

let world: World;
const get = (key: string, path: string): Promise<Response> => world.call(key, 'GET', `${KZ}${path}`);
const made = async (key: string, path: string, body: unknown): Promise<Response> => {
  const response = await world.json(key, 'POST', `${KZ}${path}`, body, { 'idempotency-key': randomUUID() });
  expect([response.status, response.body.code]).toEqual([201, undefined]);
  return response;
};
const told = ({ nodes }: { nodes: readonly Node[] }): string[] => nodes.map(({ kind, amount }) => `${kind} ${amount}`);
const agreement = (agreementId: string, payer: string, payee: string) => ({
  ...{ agreementId, markId: 'school', payer, payee, transferMax: '80.00', withdrawalMax: '80.00', ...KZT },
  expiresAt: '2099-01-01T00:00:00Z',
});
const paid = (debitWallet: string, creditWallet: string, agreementId: string, amount: string) => ({
  ...{ debitWallet, creditWallet, markId: 'school', markLevel: 0, agreementId, amount, ...KZT },
});

/** The page with its whole tree, page by page. */
async function whole(key: string, path: string, limit: number) {
  const nodes: Node[] = [];
  const edges = new Map<string, Edge>();
  for (let after = ''; ; ) {
    const { status, body } = await get(key, `${path}${path.includes('?') ? '&' : '?'}limit=${limit}${after}`);
    expect(status).toBe(200);
    nodes.push(...body.nodes);
    for (const edge of body.edges as Edge[]) edges.set(edge.tokenId, edge);
    if (body.next === null) return { nodes, edges: [...edges.values()] };
    expect(body.nodes.length).toBe(limit);
    after = `&after=${body.next}`;
  }
}

let withdrawn: string;
beforeAll(async () => {
  world = await openWorld();
  await made(BANK, '/transfers', {
    debitWallet: 'KZ-ALTNKZ20-2',
    creditWallet: 'KZ-TREASURY',
    amount: '500.00',
    ...KZT,
  });
  await made(TREASURY, '/marks', { markId: 'school', rule: { by: 'agreement' } });
  await made(TREASURY, '/marks', { markId: 'other', rule: { by: 'agreement' } });
  await made(TREASURY, '/marks/school/mark', { walletId: 'KZ-TREASURY', amount: '100.00', ...KZT });
  await made(ORACLE, '/agreements', agreement('B/1', 'KZ-TREASURY', 'KZ-ALTNKZ20-1'));
  await made(ORACLE, '/agreements', agreement('A/2', 'KZ-ALTNKZ20-1', 'KZ-DALAKZ20-1'));
  await made(ORACLE, '/agreements', { ...agreement('C/3', 'KZ-TREASURY', 'KZ-DALAKZ20-1'), markId: 'other' });
  await made(TREASURY, '/spends', paid('KZ-TREASURY', 'KZ-ALTNKZ20-1', 'B/1', '60.00'));
  await made(BANK, '/spends', paid('KZ-ALTNKZ20-1', 'KZ-DALAKZ20-1', 'A/2', '50.00'));
  const { body } = await made(OTHER_BANK, '/agreements/A%2F2/withdrawals', { amount: '20.00', ...KZT });
  withdrawn = body.transactionId;
});
afterAll(() => world.close());

describe('the agreements of a mark', () => {
  it('are listed with what is left of them, in pages, to the initiator and the oracle', async () => {
    const { body } = await get(TREASURY, '/marks/school/agreements');
    expect(body).toMatchObject({
      markId: 'school',
      agreements: [
        { agreementId: 'B/1', payee: 'KZ-ALTNKZ20-1', transferLeft: { amount: '20.00' } },
        {
          agreementId: 'A/2',
          payee: 'KZ-DALAKZ20-1',
          transferLeft: { amount: '30.00' },
          withdrawn: { amount: '20.00' },
        },
      ],
      next: null,
    });
    const first = (await get(ORACLE, '/marks/school/agreements?limit=1')).body;
    expect(first.agreements).toEqual(body.agreements.slice(0, 1));
    const rest = (await get(ORACLE, `/marks/school/agreements?limit=2&after=${first.next}`)).body;
    expect(rest).toEqual({ markId: 'school', agreements: body.agreements.slice(1), next: null });
    for (const key of [BANK, TAX, CREDITOR_BANK, 'operator'])
      expectProblem(await get(key, '/marks/school/agreements'), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await get(ORACLE, '/marks/none/agreements'), 404, 'MARK_UNKNOWN', 'AG01');
    expectProblem(await get(ORACLE, '/marks/school/agreements?after=x'), 400, 'BAD_REQUEST', null);
  });
});

describe('the tree of a project', () => {
  it('has all agreements and all money under it, in the order of the chain', async () => {
    const { body } = await get(TREASURY, '/marks/school/tree');
    expect(told(body)).toEqual([
      ...['register 0.00', 'mark 100.00', 'register 0.00', 'register 0.00', 'spend 60.00', 'spend 50.00'],
      'withdraw 20.00',
    ]);
    const [, mark, registered, , first, second, last] = body.nodes;
    expect(registered).toMatchObject({ markId: null, entries: [{ kind: 'agreement', entryId: 'B/1' }] });
    expect(second).toMatchObject({
      ...{ debitWallet: 'KZ-ALTNKZ20-1', creditWallet: 'KZ-DALAKZ20-1', markId: 'school', markLevel: 0 },
      ...{ agreementId: 'A/2', purpose: null, entries: [{ kind: 'agreement', entryId: 'A/2' }] },
    });
    const drawn = body.edges.map(
      ({ from, to, walletId, amount, markId, markLevel, held }: Edge & Record<string, unknown>) => {
        expect({ markId, markLevel, held }).toEqual({ markId: 'school', markLevel: 0, held: false });
        return { from, to, walletId, amount };
      },
    );
    const id = (node: Node): string => node.transactionId;
    expect(drawn).toEqual([
      { from: id(mark), to: id(first), walletId: 'KZ-TREASURY', amount: '100.00' },
      { from: id(first), to: id(second), walletId: 'KZ-ALTNKZ20-1', amount: '60.00' },
      { from: id(first), to: null, walletId: 'KZ-TREASURY', amount: '40.00' },
      { from: id(second), to: id(last), walletId: 'KZ-DALAKZ20-1', amount: '50.00' },
      { from: id(second), to: null, walletId: 'KZ-ALTNKZ20-1', amount: '10.00' },
      { from: id(last), to: null, walletId: 'KZ-DALAKZ20-1', amount: '30.00' },
    ]);
    for (const limit of [1, 3])
      expect(await whole(ORACLE, '/marks/school/tree', limit)).toEqual(
        await whole(TREASURY, '/marks/school/tree', 100),
      );
  });

  it('is not for anybody else, whether or not it is there', async () => {
    for (const key of [TAX, BANK, OTHER_BANK, ISSUER, 'operator']) {
      const theirs = await get(key, '/marks/school/tree');
      expectProblem(theirs, 403, 'FORBIDDEN', 'AGNT');
      expect((await get(key, '/marks/none/tree')).text).toBe(theirs.text);
    }
    expectProblem(await get(ORACLE, '/marks/none/tree'), 404, 'MARK_UNKNOWN', 'AG01');
    for (const wrong of ['after=x', 'after=1.2-1.3', 'limit=101', 'limit=0'])
      expectProblem(await get(ORACLE, `/marks/school/tree?${wrong}`), 400, 'BAD_REQUEST', null);
  });

  it('has a part for each agreement, which its parties see', async () => {
    for (const key of [BANK, OTHER_BANK, TREASURY, ORACLE]) {
      const { body } = await get(key, '/agreements/A%2F2/tree?limit=2');
      expect({ ...body, nodes: told(body), edges: body.edges.length }).toMatchObject({
        ...{ agreementId: 'A/2', markId: 'school', nodes: ['register 0.00', 'spend 50.00'], edges: 3 },
      });
      const rest = (await get(key, `/agreements/A%2F2/tree?after=${body.next}`)).body;
      expect([told(rest), rest.edges.length, rest.next]).toEqual([['withdraw 20.00'], 2, null]);
    }
    for (const key of [TAX, ISSUER, CREDITOR_BANK])
      expectProblem(await get(key, '/agreements/A%2F2/tree'), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await get(ORACLE, '/agreements/none/tree'), 404, 'AGREEMENT_UNKNOWN', 'AG01');
  });
});

describe('the tree of a token', () => {
  /** What was taken out of the mark, and what stayed under it. */
  const ordinary = () => `${withdrawn}00000000`;
  const marked = () => `${withdrawn}00000001`;

  it('leads the issuer back to where the money was issued', async () => {
    const { body } = await get(ISSUER, `/tokens/${ordinary()}/tree`);
    expect(body).toMatchObject({
      token: {
        tokenId: ordinary(),
        from: withdrawn,
        to: null,
        walletId: 'KZ-DALAKZ20-1',
        amount: '20.00',
        markId: null,
      },
      ...{ direction: 'back', next: null, truncated: false },
    });
    expect(told(body).slice(0, 5)).toEqual([
      ...['withdraw 20.00', 'spend 50.00', 'spend 60.00', 'mark 100.00', 'transfer 500.00'],
    ]);
    const ids = new Set(body.nodes.map(({ transactionId }: Node) => transactionId));
    for (const node of body.nodes as Node[]) {
      const spent = (body.edges as Edge[]).filter(({ to }) => to === node.transactionId);
      const mades = (body.edges as Edge[]).filter(({ from }) => from === node.transactionId);
      const sum = (edges: readonly Edge[]) => edges.reduce((total, { minor }) => total + BigInt(minor), 0n);
      if (node.kind === 'issue') expect(spent).toEqual([]);
      else expect(sum(spent)).toBe(sum(mades));
      for (const { from } of spent) expect(ids).toContain(from);
    }
    expect(body.nodes.at(-1).kind).toBe('issue');
    expect(await whole(ISSUER, `/tokens/${ordinary()}/tree`, 2)).toEqual(
      await whole(ISSUER, `/tokens/${ordinary()}/tree`, 100),
    );
  });

  it('leads forward to what became of it', async () => {
    const { body } = await get(TREASURY, '/marks/school/tree');
    const [{ tokenId, to }] = body.edges;
    const forward = (await get(ISSUER, `/tokens/${tokenId}/tree?direction=forward`)).body;
    expect(forward).toMatchObject({ direction: 'forward', token: { tokenId, to }, next: null });
    expect(told(forward)).toEqual(['spend 60.00', 'spend 50.00', 'withdraw 20.00']);
    expect(await whole(ISSUER, `/tokens/${tokenId}/tree?direction=forward`, 1)).toEqual(
      await whole(ISSUER, `/tokens/${tokenId}/tree?direction=forward`, 50),
    );
    const unspent = (await get(ISSUER, `/tokens/${ordinary()}/tree?direction=forward`)).body;
    expect(unspent).toMatchObject({ token: { to: null }, nodes: [], edges: [], next: null });
  });

  it('shows the owner of its wallet what its own wallets touch', async () => {
    const { body } = await get(OTHER_BANK, `/tokens/${ordinary()}/tree`);
    expect(told(body)).toEqual(['withdraw 20.00', 'spend 50.00']);
    expect(new Set(body.edges.map(({ walletId }: Edge) => walletId))).toEqual(new Set(['KZ-DALAKZ20-1']));
    expect(body.next).toBeNull();
  });

  it('shows the initiator of its mark what is under the mark', async () => {
    const { body } = await get(TREASURY, `/tokens/${marked()}/tree`);
    expect(told(body)).toEqual(['withdraw 20.00', 'spend 50.00', 'spend 60.00', 'mark 100.00']);
    expect(new Set(body.edges.map(({ markId }: Edge) => markId))).toEqual(new Set(['school']));
  });

  it('is nothing for others, and a cursor of their own making shows them nothing', async () => {
    for (const key of [BANK, TAX, ORACLE, CREDITOR_BANK, 'operator']) {
      const theirs = await get(key, `/tokens/${marked()}/tree`);
      expectProblem(theirs, 403, 'FORBIDDEN', 'AGNT');
      expect((await get(key, `/tokens/${'0'.repeat(72)}/tree`)).text).toBe(theirs.text);
    }
    expectProblem(await get(TREASURY, `/tokens/${ordinary()}/tree`), 403, 'FORBIDDEN', 'AGNT');
    expectProblem(await get(ISSUER, `/tokens/${'0'.repeat(72)}/tree`), 404, 'NOT_FOUND', null);
    const all = (await get(ISSUER, `/tokens/${ordinary()}/tree`)).body.nodes;
    const places = all.map(({ blockSequence, position }: Record<string, unknown>) => `${blockSequence}.${position}`);
    const guessed = (await get(OTHER_BANK, `/tokens/${ordinary()}/tree?after=${places.join('-')}`)).body;
    expect(told(guessed)).toEqual(['withdraw 20.00', 'spend 50.00']);
  });

  it.each(['after=x', 'after=', 'after=1', 'after=999999999999.1', 'after=1.99999999', 'direction=up', 'limit=101'])(
    'asked for with %s is a bad request',
    async (query) => {
      expectProblem(await get(ISSUER, `/tokens/${ordinary()}/tree?${query}`), 400, 'BAD_REQUEST', null);
    },
  );

  it('is of a token, which has an id', async () => {
    expectProblem(await get(ISSUER, '/tokens/abc/tree'), 400, 'BAD_REQUEST', null);
    const places = Array.from({ length: 401 }, (_, i) => `${i + 1}.0`);
    const tooMany = await get(ISSUER, `/tokens/${ordinary()}/tree?after=${places.join('-')}`);
    expectProblem(tooMany, 400, 'BAD_REQUEST', null);
    const most = await get(ISSUER, `/tokens/${ordinary()}/tree?after=${places.slice(0, 400).join('-')}`);
    expect(most.status).toBe(200);
  });
});

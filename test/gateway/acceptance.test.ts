/** Acceptance when something goes wrong beside it: a commit whose answer is lost, another copy that is faster. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { insertMessages } from '../../src/gateway/message-store.pg.js';
import { child, text } from '../../src/iso20022/tree.js';
import { sha256 } from '../../src/kernel/hash.js';
import type { Bic } from '../../src/kernel/ids.js';
import { invariant } from '../../src/kernel/result.js';
import {
  BANK,
  CUSTOMER_08,
  fresh,
  openWorld,
  setAmount,
  setCreditorAccount,
  setText,
  statusRequest,
  swap,
  type World,
} from '../contract/support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const exchangeRate = (rate: string) => swap('<ChrgBr>', `<XchgRate>${rate}</XchgRate><ChrgBr>`);

const gatewayPool = (): pg.Pool => {
  const database = world.stack.databases.get('gateway');
  invariant(database, 'the gateway has its database');
  return database.pool;
};

type Take = (...callback: unknown[]) => Promise<pg.PoolClient>;
type Ask = (statement: string | { readonly name: string }) => Promise<unknown>;

/** Calls `act` before one statement of the next transaction; where it throws, the statement is not sent. */
function beforeNext(statement: string, act: (client: pg.PoolClient) => Promise<void>): void {
  const pool = gatewayPool() as unknown as { connect: Take };
  const take = pool.connect;
  const takeWatched = async (): Promise<pg.PoolClient> => {
    pool.connect = take;
    const client = await take.call(pool);
    const asked = client as unknown as { query: Ask };
    const ask = asked.query;
    asked.query = async (what) => {
      if (what === statement) {
        asked.query = ask;
        await act(client);
      }
      return ask.call(client, what);
    };
    return client;
  };
  // The pool itself takes connections with a callback: only a transaction is watched.
  pool.connect = (...callback) => (callback.length > 0 ? take.apply(pool, callback) : takeWatched());
}

it('a payment whose commit was carried out and not answered is settled, and told', async () => {
  const { xml, uetr } = fresh(world);
  beforeNext('COMMIT', async (client) => {
    await client.query('COMMIT');
    throw new Error('Connection terminated unexpectedly');
  });
  const lost = await world.stack.send(BANK, 'POST', '/v1/messages', { body: xml });
  expect(lost.status).toBe(500);
  await vi.waitFor(async () => {
    const { body } = await world.call(BANK, 'GET', `/v1/payments/${uetr}`);
    expect(body).toMatchObject({ status: 'ACCC', state: 'CLOSED' });
  }, 15_000);
  const told = (await world.inbox(BANK, uetr)).map(({ message }) => message);
  expect(told).toEqual(['camt.054.001.08', 'pacs.002.001.10']);
});

it('another copy was faster with the same MsgId and other bytes: 409, not the status of the other message', async () => {
  const { xml, msgId } = fresh(world);
  const insert = `INSERT INTO message (sender, msg_id, message_id, body_hash, body, authorisation, received_at, open_count)
                  VALUES ('ALTNKZ20', $1, 'pacs.008.001.08', $2, '', '', 0, 1)`;
  beforeNext('BEGIN', async () => {
    await gatewayPool().query(insert, [msgId, sha256('other bytes')]);
  });
  const answer = await world.post(xml);
  expect(answer).toMatchObject({ http: 409, messageId: 'admi.002.001.01' });
  // There is no other copy that would go on with its message.
  await gatewayPool().query('DELETE FROM message WHERE msg_id = $1', [msgId]);
});

it("an account that leads to the provider's own wallet refuses its payment, and nothing else", async () => {
  const account = { agentBic: 'LONGCN20', accountId: 'PROVIDER-OWN', walletId: 'CN-FX-PROVIDER' };
  expect((await world.json('operator', 'POST', '/v1/ledgers/CN/accounts', account)).status).toBe(201);
  const answer = await world.post(fresh(world, CUSTOMER_08, setCreditorAccount('PROVIDER-OWN')).xml, {
    waitSeconds: null,
  });
  expect(answer.http).toBe(422);
  expect(answer.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AB04'] });
});

it('a refused repetition of a UETR has a final report with a reference of its own', async () => {
  const first = fresh(world);
  const again = fresh(world, CUSTOMER_08, setText('UETR', first.uetr));
  const references = [];
  for (const { xml } of [first, again]) {
    const { message } = await world.post(xml);
    references.push(text(child(message.document.root, 'GrpHdr'), 'MsgId'));
  }
  const inbox = (await world.inbox(BANK, first.uetr)).filter(({ message }) => message.startsWith('pacs.002.'));
  expect(inbox.map(({ msgId }) => msgId)).toEqual(references);
  expect(new Set(references).size).toBe(2);
});

/** Statements of the gateway's own upkeep, which runs meanwhile. */
const UPKEEP = ['queued-payments', 'claim-abandoned', 'event-payments'];
const readsPayments = (what: unknown): boolean => {
  const { text, name = '' } = typeof what === 'string' ? { text: what } : (what as { text: string; name?: string });
  return text.includes('FROM payment') && !UPKEEP.includes(name);
};

it('a status request about 20,000 payments is answered with two reads', async () => {
  const { xml, uetr } = fresh(world);
  await world.post(xml);
  const pool = gatewayPool();
  const query = vi.spyOn(pool, 'query');
  const uetrs = Array.from({ length: 20_000 }, () => randomUUID());
  expect(await world.post(statusRequest({ uetrs: [uetr, ...uetrs] }))).toMatchObject({ http: 404 });
  const reads = query.mock.calls.filter(([what]) => readsPayments(what));
  query.mockRestore();
  // One by the request; the upkeep of the gateway may have had one of its own meanwhile.
  expect(reads.length).toBeLessThanOrEqual(2);
});

it.each([' 100.00 ', '\n100\n', '+100', '100.'])('the decimal %j of XML Schema is an amount', async (amount) => {
  const answer = await world.post(fresh(world, CUSTOMER_08, setAmount(amount), exchangeRate(' 0.0135 ')).xml);
  expect(answer.lines[0]).toMatchObject({ status: 'ACCC' });
});

it('minus zero is zero', async () => {
  const answer = await world.post(fresh(world, CUSTOMER_08, setAmount('-0.00')).xml);
  expect(answer.lines[0]).toMatchObject({ status: 'RJCT', reasons: ['AM01'] });
});

it('two transactions of one message with one UETR: the first settles, the second is AM05, one final report', async () => {
  const { xml, uetrs } = fresh(world, 'pacs.008.001.08/batch-of-three.xml');
  const [first, second] = uetrs;
  invariant(first && second, 'the batch has transactions');
  const answer = await world.post(xml.replace(second, first));
  expect(answer.lines.map(({ status, reasons }) => [status, reasons])).toEqual([
    ['ACCC', []],
    ['RJCT', ['AM05']],
    ['ACCC', []],
  ]);
  const { rows } = await gatewayPool().query(`SELECT 1 FROM inbox WHERE msg_id = $1`, [
    text(child(answer.message.document.root, 'GrpHdr'), 'MsgId'),
  ]);
  expect(rows).toHaveLength(1);
});

it('two copies of the gateway insert the same messages and payments without a deadlock', async () => {
  const pool = gatewayPool();
  const [one, other] = [await pool.connect(), await pool.connect()];
  try {
    const message = (msgId: string) => ({
      ...{ sender: 'ALTNKZ20' as Bic, msgId, messageId: 'pacs.008.001.08', bodyHash: Buffer.alloc(32), receivedAt: 0 },
      ...{ body: Buffer.alloc(0), authorisation: Buffer.alloc(0), openCount: 1 },
    });
    for (const client of [one, other]) await client.query('BEGIN');
    await insertMessages(one, [message('DEADLOCK-1')]);
    const { pid } = (await other.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')).rows[0] ?? { pid: 0 };
    const waiting = insertMessages(other, [message('DEADLOCK-2'), message('DEADLOCK-1')]);
    await vi.waitFor(async () => {
      const { rows } = await pool.query(`SELECT 1 FROM pg_stat_activity WHERE pid = $1 AND wait_event_type = 'Lock'`, [
        pid,
      ]);
      expect(rows).toHaveLength(1);
    }, 10_000);
    expect((await insertMessages(one, [message('DEADLOCK-2')])).size).toBe(1);
    await one.query('ROLLBACK');
    expect((await waiting).size).toBe(2);
  } finally {
    await other.query('ROLLBACK');
    for (const client of [one, other]) client.release();
  }
});

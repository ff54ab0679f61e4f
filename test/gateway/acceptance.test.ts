/** Acceptance when something goes wrong beside it: a commit whose answer is lost, another copy that is faster. */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { child, text } from '../../src/iso20022/tree.js';
import { sha256 } from '../../src/kernel/hash.js';
import { invariant } from '../../src/kernel/result.js';
import {
  BANK,
  CUSTOMER_08,
  fresh,
  openWorld,
  setCreditorAccount,
  setText,
  statusRequest,
  type World,
} from '../contract/support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

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

it('a status request about 20,000 payments is answered with two reads', async () => {
  const { xml, uetr } = fresh(world);
  await world.post(xml);
  const pool = gatewayPool();
  const query = vi.spyOn(pool, 'query');
  const uetrs = Array.from({ length: 20_000 }, () => randomUUID());
  expect(await world.post(statusRequest({ uetrs: [uetr, ...uetrs] }))).toMatchObject({ http: 404 });
  const reads = query.mock.calls.filter(([what]) => JSON.stringify(what).includes('FROM payment'));
  query.mockRestore();
  // One by the request; the upkeep of the gateway may have had one of its own meanwhile.
  expect(reads.length).toBeLessThanOrEqual(2);
});

/** `GET /v1/stream`: what changes is told at once, to those who may know of it, and a slow reader costs nobody anything. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFeed, type Feed } from '../../src/gateway/feed.js';
import { createSignedFetch } from '../../src/gateway/identity/signed-fetch.js';
import { systemClock, systemRandomness } from '../../src/gateway/platform/runtime.js';
import { createStreamRouter } from '../../src/gateway/routes/stream.js';
import type { Bic, LedgerCode, Uetr } from '../../src/kernel/ids.js';
import { createTestApp, listening, signedFields } from '../gateway/app-fixture.js';
import { BANK, CREDITOR_BANK, fresh, openWorld, type World } from './support.js';

let world: World;
let server: Server;
beforeAll(async () => {
  world = await openWorld();
  server = world.stack.app.listen(0);
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

interface Told {
  readonly name: string;
  readonly data: { readonly uetrs?: readonly string[]; readonly codes?: readonly string[] };
}

/** Events of a stream as they come. */
async function* eventsOf(response: Response): AsyncGenerator<Told> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const [, name = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      yield { name, data: JSON.parse(data) as Told['data'] };
    }
  }
}

async function follow(key: string, aborter: AbortController) {
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const send = createSignedFetch({
    ...{ baseUrl, clock: systemClock, random: systemRandomness, signer: await world.stack.signer(key) },
  });
  const response = await send('/v1/stream', { signal: aborter.signal });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8']);
  const events = eventsOf(response);
  expect((await events.next()).value).toEqual({ name: 'heartbeat', data: {} });
  return async (isIt: (told: Told) => boolean): Promise<Told[]> => {
    const seen: Told[] = [];
    for (;;) {
      const { value } = await events.next();
      seen.push(value as Told);
      if (isIt(value as Told)) return seen;
    }
  };
}

describe('what is told', () => {
  it('a payment to its parties, from acceptance to its end; a ledger to all; to strangers nothing of it', async () => {
    const aborter = new AbortController();
    const [operator, bank, creditor, stranger] = await Promise.all(
      ['operator', BANK, CREDITOR_BANK, 'bank-dalakz20'].map((key) => follow(key, aborter)),
    );
    const { xml, uetr } = fresh(world);
    await world.post(xml);
    for (const until of [operator!, bank!, creditor!])
      expect(await until(({ data }) => data.uetrs?.includes(uetr) === true)).not.toEqual([]);
    const opened = { walletId: `KZ-${randomUUID().slice(0, 8)}`, kind: 'customer', ownerBic: 'ALTNKZ20' };
    expect((await world.json(BANK, 'POST', '/v1/ledgers/KZ/wallets', opened)).status).toBe(201);
    const seen = await stranger!(({ name }) => name === 'ledgers');
    expect(seen).toEqual([{ name: 'ledgers', data: { codes: ['KZ'] } }]);
    aborter.abort();
  });

  it('a proposal of rates to the desk alone, the rates that are set to all', async () => {
    const aborter = new AbortController();
    const [desk, bank] = await Promise.all(['desk-2', BANK].map((key) => follow(key, aborter)));
    const rates = [{ provider: 'OTKLKZ20', unitCurrency: 'KZT', quotedCurrency: 'CNY', tiers: [{ bid: '0.0135' }] }];
    const path = `/v1/fx/rate-proposals/${randomUUID()}`;
    expect((await world.json('desk', 'PUT', path, { rates })).status).toBe(200);
    expect((await desk!(({ name }) => name === 'desk')).length).toBeGreaterThan(0);
    expect((await world.json('desk-2', 'POST', `${path}/approve`, {})).status).toBe(200);
    expect(await bank!(({ name }) => name === 'fx')).toEqual([{ name: 'fx', data: {} }]);
    aborter.abort();
  });
});

/** An app with nothing but the stream, whose timers stand still until they are run. */
async function streamApp(use: (port: number, feed: Feed, beat: () => void, end: () => void) => Promise<void>) {
  const feed = createFeed();
  let due: (() => void)[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const timers = {
    after: (_: number, run: () => void) => {
      due.push(run);
      return () => {
        due = due.filter((one) => one !== run);
      };
    },
  };
  const { app } = await createTestApp(() => [createStreamRouter({ feed, timers, ended, queueMax: 3 })]);
  const beat = () => {
    const now = due;
    due = [];
    for (const run of now) run();
  };
  await listening(app, (port) => use(port, feed, beat, end));
}

const connect = (port: number) =>
  fetch(`http://127.0.0.1:${port}/v1/stream`, { headers: signedFields('operator', 'GET', '/v1/stream') });
const payment = (uetr: string) => ({ topic: 'payment' as const, uetr: uetr as Uetr, parties: new Set<Bic>() });

describe('the stream itself', () => {
  it('beats, and ends after 60 beats: the key is asked for again', () =>
    streamApp(async (port, _feed, beat) => {
      const events = eventsOf(await connect(port));
      for (let i = 0; i < 59; i++) {
        expect((await events.next()).value).toEqual({ name: 'heartbeat', data: {} });
        beat();
      }
      expect((await events.next()).done).toBe(true);
    }));

  it('ends when the process is told to stop', () =>
    streamApp(async (port, _feed, _beat, end) => {
      const events = eventsOf(await connect(port));
      await events.next();
      end();
      expect((await events.next()).done).toBe(true);
    }));

  it('is open 16 times for a key, and again when one was closed', () =>
    streamApp(async (port) => {
      const open = await Promise.all(Array.from({ length: 16 }, () => connect(port)));
      expect(open.map(({ status }) => status)).toEqual(Array(16).fill(200));
      const refused = await connect(port);
      expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([429, 'TOO_MANY_REQUESTS']);
      await open[0]!.body!.cancel();
      let status = 429;
      for (let i = 0; i < 500 && status === 429; i++) ({ status } = await connect(port));
      expect(status).toBe(200);
    }));

  it('tells of many changes of one moment once, and of too many by one word', () =>
    streamApp(async (port, feed) => {
      const events = eventsOf(await connect(port));
      await events.next();
      feed.publish(() => [payment('a'), payment('b'), payment('a'), { topic: 'ledger', code: 'KZ' as LedgerCode }]);
      expect((await events.next()).value).toEqual({ name: 'payments', data: { uetrs: ['a', 'b'] } });
      expect((await events.next()).value).toEqual({ name: 'ledgers', data: { codes: ['KZ'] } });
      feed.publish(() => ['a', 'b', 'c', 'd'].map(payment));
      expect((await events.next()).value).toEqual({ name: 'everything', data: {} });
    }));
});

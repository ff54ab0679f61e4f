/** Whatever answers in a jurisdiction's place: an answer that can't be understood is an unknown outcome. */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, test } from 'vitest';
import { createJurisdictionClient } from '../../../src/gateway/jurisdiction-http/client.js';
import {
  cancelCodec,
  PVP_BODY_MAX_BYTES,
  PVP_CONTENT_TYPE,
  reportsCodec,
} from '../../../src/gateway/jurisdiction-http/codec.js';
import { systemTimers } from '../../../src/gateway/platform/runtime.js';
import { RefusalError } from '../../../src/kernel/errors.js';
import type { LedgerCode, Uetr } from '../../../src/kernel/ids.js';
import type { LegReport } from '../../../src/pvp/jurisdiction-port.js';

const ID = '11111111-1111-4111-8111-111111111111' as Uetr;
const OTHER = '22222222-2222-4222-8222-222222222222' as Uetr;
const report = (pvpId: Uetr): LegReport => ({
  ...{ pvpId, termsHash: null, state: 'RELEASED', receipt: null, vote: null, peerVotes: [], applied: null },
  ...{ refusal: { code: 'CANCELLED' }, holdId: null, decidedAt: 5 },
});

let server: Server | undefined;
afterEach(
  () =>
    new Promise<void>((resolve) => {
      server?.close(() => resolve());
      server?.closeAllConnections();
    }),
);

async function clientTo(listener: RequestListener, callMaxMs = 10_000) {
  const own = createServer(listener);
  server = own;
  await new Promise<void>((resolve) => own.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(own.address() as AddressInfo).port}`;
  return createJurisdictionClient({
    ledger: 'KZ' as LedgerCode,
    send: (path, { method = 'POST', ...request } = {}) =>
      fetch(new URL(path, base), { method, ...(request as RequestInit) }),
    timers: systemTimers,
    callMaxMs,
  });
}

const answering =
  (body: Uint8Array, status = 200, type = PVP_CONTENT_TYPE): RequestListener =>
  (request, response) => {
    request.resume();
    response.writeHead(status, { 'content-type': type }).end(body);
  };

it('a good answer is one report a payment, and connections are used again', async () => {
  const ports = new Set<number | undefined>();
  const client = await clientTo((request, response) => {
    ports.add(request.socket.remotePort);
    answering(reportsCodec.encode([report(ID)]))(request, response);
  });
  for (let i = 0; i < 6; i += 1) expect(await client.cancel([{ pvpId: ID }])).toEqual([report(ID)]);
  expect(ports.size).toBeLessThan(6);
});

test.each<[string, RequestListener]>([
  ['bytes that are no reports', answering(Buffer.from('<html/>'))],
  ['another kind of body', answering(cancelCodec.encode([{ pvpId: ID }]))],
  ['no report', answering(reportsCodec.encode([]))],
  ['one report too many', answering(reportsCodec.encode([report(ID), report(OTHER)]))],
  ['the report of another payment', answering(reportsCodec.encode([report(OTHER)]))],
  ['a good body with a bad status', answering(reportsCodec.encode([report(ID)]), 500)],
  ['a good body of another type', answering(reportsCodec.encode([report(ID)]), 200, 'text/html')],
  ['a redirect', (_, response) => response.writeHead(307, { location: '/elsewhere' }).end()],
  ['a body without an end', (_, response) => endless(response)],
  [
    'a body that breaks off',
    (_, response) => void response.writeHead(200, { 'content-length': 9 }).write('x', () => response.destroy()),
  ],
  ['nothing but a closed connection', (request) => void request.socket.destroy()],
])('%s is UNAVAILABLE', async (_, listener) => {
  const client = await clientTo(listener);
  const failure: unknown = await client.cancel([{ pvpId: ID }]).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(RefusalError);
  expect((failure as RefusalError).refusal.code).toBe('UNAVAILABLE');
});

function endless(response: Parameters<RequestListener>[1]): void {
  response.writeHead(200, { 'content-type': PVP_CONTENT_TYPE });
  const chunk = Buffer.alloc(PVP_BODY_MAX_BYTES / 16);
  const more = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', more);
  more();
}

it('silence is UNAVAILABLE when the time for a call is over, before and in the middle of an answer', async () => {
  const silent = await clientTo((request) => void request.resume(), 50);
  await expect(silent.cancel([{ pvpId: ID }])).rejects.toThrow('does not answer in time');
  server?.closeAllConnections();
  server?.close();
  const halting = await clientTo(
    (_, response) => void response.writeHead(200, { 'content-type': PVP_CONTENT_TYPE }).write('x'),
    50,
  );
  await expect(halting.query([{ pvpId: ID, prepareBy: null, receipts: [], votes: [] }])).rejects.toThrow('in time');
});

it('an empty batch asks nobody', async () => {
  const client = await clientTo(() => {
    throw new Error('not asked');
  });
  expect(await client.deliver([])).toEqual([]);
});

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { requestParts } from '../../../src/gateway/identity/authenticator.js';
import { verifyRequest } from '../../../src/gateway/identity/http-signature.js';
import { createSignedFetch } from '../../../src/gateway/identity/signed-fetch.js';
import { fixedBytes, keyOf, NOW } from './fixtures.js';

const { signer, record } = keyOf('p256');
let server: Server;
let baseUrl: string;

/** Answers the verdict on each request, as it came over the wire. */
beforeAll(async () => {
  const app = express();
  app.use(express.raw({ type: () => true, inflate: false }));
  app.use(async (req, res) => {
    const result = await verifyRequest(requestParts(req), async () => record, NOW);
    res.json({ verdict: result.ok ? 'ok' : result.error, target: req.originalUrl });
  });
  server = await new Promise((resolve) => {
    const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
  });
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test.each([
  ['/v1/inbox', {}],
  ['/', {}],
  ['/v1/inbox?', {}],
  ['/v1/a%2Fb/../c d?x=ä&y=%20+&z', {}],
  ['/v1/messages', { body: '<a/>' }],
  [
    '/v1/messages',
    { method: 'put', body: Buffer.from([0, 255]), headers: { 'Content-Type': 'a/b', 'OTKEL-Note': ' n ' } },
  ],
  ['/v1/keys/k1', { method: 'DELETE' }],
])('what is sent over HTTP verifies: %s %j', async (target, request) => {
  const send = createSignedFetch({ baseUrl, signer, clock: { now: () => NOW }, random: { bytes: fixedBytes(1) } });
  const response = await send(target, request);
  expect(await response.json()).toMatchObject({ verdict: 'ok' });
});

/** What is answered beside payments: probes, the OpenAPI document, its pages, metrics. */
import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gatewayApi } from '../../src/gateway/openapi.js';
import { expectContract } from '../support/contract.js';
import { BANK, expectProblem, openWorld, type World } from './support.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const open = async (path: string) => {
  const response = await request(world.stack.app).get(path);
  expectContract(response, 'GET', path);
  return response;
};

it('/healthz and /readyz say that it runs', async () => {
  expect((await open('/healthz')).body).toEqual({ status: 'ok' });
  expect((await open('/readyz')).body).toEqual({ status: 'ready' });
});

it('/openapi.json serves the document that all answers are checked against', async () => {
  expect((await open('/openapi.json')).body).toEqual(JSON.parse(JSON.stringify(gatewayApi.document)));
});

it('/ is the console, whole and from this host, with nothing inline', async () => {
  const page = await open('/');
  const linked = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
  expect(linked.map((link) => link.replace(/^.*\./, '')).sort()).toEqual(['css', 'js', 'svg']);
  for (const link of linked) expect((await open(link)).status).toBe(200);
  expect(page.text).not.toMatch(/<style|style=|<script[^>]*>[^<]/);
  const policy = page.headers['content-security-policy'] ?? '';
  expect(policy).toContain("script-src 'self';style-src 'self';");
  expectProblem(await open('/console/nothing.js'), 404, 'NOT_FOUND', null);
});

it('/docs renders it, and no request leaves the machine', async () => {
  const page = await open('/docs');
  const linked = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1]!);
  expect(linked.length).toBeGreaterThan(0);
  expect(linked.filter((link) => /^(?:[a-z]+:)?\/\//i.test(link) && !link.startsWith('data:'))).toEqual([]);
  for (const link of linked.filter((each) => each.startsWith('/docs/'))) expect((await open(link)).status).toBe(200);
  const policy = page.headers['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).not.toMatch(/https?:|\*/);
});

it('/metrics is for the operator', async () => {
  expect((await world.call('operator', 'GET', '/metrics')).text).toMatch(/^# HELP /m);
  expectProblem(await world.call(BANK, 'GET', '/metrics'), 403, 'FORBIDDEN', 'AGNT');
});

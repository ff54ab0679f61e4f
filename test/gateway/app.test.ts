import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Router } from 'express';
import supertest from 'supertest';
import { beforeAll, describe, expect, test } from 'vitest';
import { callerOf } from '../../src/gateway/identity/authenticator.js';
import { gatewayApi } from '../../src/gateway/openapi.js';
import { expectContract } from '../support/contract.js';
import { createTestApp, listening, signedCall, signedFields, type TestApp } from './app-fixture.js';
import { allRouters } from './app-routers.js';

const MIB = 1024 * 1024;

/** A path of the template with something in each place. */
const filled = (template: string): string =>
  template
    .replace('{uetr}', '8a562c67-ca16-48ba-b074-65581be6f011')
    .replace('{code}', 'KZ')
    .replace('{pair}', 'KZT-CNY')
    .replace('{sequence}', 'latest')
    .replace('{file}', 'swagger-ui.css')
    .replace('{message}', 'pacs.008.001.13')
    .replace('{id}', '1');

const unsigned = (app: TestApp['app'], method: string, path: string): supertest.Test =>
  (supertest(app) as unknown as Record<string, (url: string) => supertest.Test>)[method]!(path);

let all: TestApp;
beforeAll(async () => {
  all = await createTestApp(await allRouters());
});

describe('without a signature', () => {
  const signedOperations = gatewayApi.operations.filter(({ isPublic }) => !isPublic);
  const publicOperations = gatewayApi.operations.filter(({ isPublic }) => isPublic);

  test.each(signedOperations)('$method $path is refused', async ({ method, path }) => {
    const answer = await unsigned(all.app, method, filled(path));
    expect([answer.status, answer.body.code]).toEqual([401, 'SIGNATURE_MISSING']);
    expectContract(answer, method, path);
    const withBody = await unsigned(all.app, method, filled(path)).set('content-type', 'application/xml').send('<x/>');
    expect([withBody.status, withBody.body.code]).toEqual([401, 'SIGNATURE_MISSING']);
  });

  test.each(publicOperations)('$method $path is answered', async ({ method, path }) => {
    const [script = ''] = /\/console\/[^"]+/.exec((await unsigned(all.app, 'get', '/')).text) ?? [];
    const answer = await unsigned(all.app, method, path === '/console/{file}' ? script : filled(path));
    expect(answer.status).toBe(200);
    expectContract(answer, method, path);
  });

  test('public are probes, documentation and pages, nothing else', () => {
    const paths = publicOperations.map(({ method, path }) => `${method} ${path}`);
    expect(paths.sort()).toEqual([
      ...[
        'get /',
        'get /console/{file}',
        'get /docs',
        'get /docs/messages',
        'get /docs/messages/{message}',
        'get /docs/{file}',
      ],
      ...['get /healthz', 'get /openapi.json', 'get /readyz'],
    ]);
  });

  test.each(['/nowhere', '/v1', '/metrics', '/v1/messages/', '/V1/messages', '/docs/', '/HEALTHZ'])(
    '%s tells nothing to strangers',
    async (path) => {
      expect((await supertest(all.app).get(path)).status).toBe(401);
    },
  );

  test.each(['options', 'trace', 'delete', 'patch'])('%s opens no route', async (method) => {
    const answer = await unsigned(all.app, method, '/v1/messages');
    expect(answer.status).toBe(401);
  });
});

describe('paths and methods', () => {
  test('an unknown path is NOT_FOUND', async () => {
    for (const path of ['/nowhere', '/v1/messages/', '/V1/inbox', '/v1/inbox/']) {
      const answer = await signedCall(all.app, 'bank', 'get', path);
      expect([path, answer.status, answer.body.code]).toEqual([path, 404, 'NOT_FOUND']);
      expectContract(answer, 'get', path);
    }
  });

  test('a ledger that is not here is NOT_FOUND', async () => {
    const answer = await signedCall(all.app, 'operator', 'get', '/v1/ledgers/XX/supply');
    expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
    expectContract(answer, 'get', '/v1/ledgers/{code}/supply');
  });

  test.each([
    ['get', '/v1/messages', 'POST'],
    ['delete', '/v1/fx/rates/KZT-CNY', 'GET, HEAD'],
    ['options', '/v1/inbox', 'GET, HEAD'],
  ])('%s %s is METHOD_NOT_ALLOWED', async (method, path, allowed) => {
    const answer = await signedCall(all.app, 'bank', method, path);
    expect([answer.status, answer.body.code, answer.headers.allow]).toEqual([405, 'METHOD_NOT_ALLOWED', allowed]);
    expectContract(answer, method, path);
  });

  test('also on a public path, before the body is read', async () => {
    const answer = await supertest(all.app).post('/healthz').send('x'.repeat(MIB));
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  test('a path that is no text is BAD_REQUEST', async () => {
    const answer = await signedCall(all.app, 'bank', 'get', '/v1/inbox/%zz');
    expect([answer.status, answer.body.code]).toEqual([400, 'BAD_REQUEST']);
  });
});

/** An app with one route that answers how many bytes it got. */
const counting = (change: Parameters<typeof createTestApp>[1] = {}) =>
  createTestApp(() => {
    const router = Router();
    for (const path of ['/v1/messages', '/v1/fx/quotes']) {
      router.post(path, (request, response) => {
        callerOf(response);
        response.json({ bytes: (request.body as Buffer).length });
      });
    }
    return [router];
  }, change);

describe('bodies', () => {
  test.each([
    ['/v1/messages', 8 * MIB],
    ['/v1/fx/quotes', 256 * 1024],
  ])('%s takes %i bytes and no more', async (path, limit) => {
    const { app } = await counting();
    const whole = await signedCall(app, 'bank', 'post', path, { body: Buffer.alloc(limit, 'x') });
    expect([whole.status, whole.body]).toEqual([200, { bytes: limit }]);
    const more = await signedCall(app, 'bank', 'post', path, { body: Buffer.alloc(limit + 1, 'x') });
    expect([more.status, more.body.code]).toEqual([413, 'BODY_TOO_LARGE']);
    expectContract(more, 'post', path);
  });

  /** Sends `parts` on a socket of its own; answers the status line when there is one. */
  const rawAnswer = (port: number, head: string, parts: Iterable<string | Buffer>): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1');
      let answer = '';
      socket.setEncoding('latin1');
      socket.on('error', reject);
      socket.on('data', (text) => {
        answer += text;
        if (!answer.includes('\r\n\r\n')) return;
        socket.destroy();
        resolve(answer.slice(0, answer.indexOf('\r\n')));
      });
      const rest = parts[Symbol.iterator]();
      const write = () => {
        if (socket.destroyed) return;
        const { done, value } = rest.next();
        if (!done) socket.write(value, write);
      };
      socket.write(`${head}\r\n\r\n`, write);
    });

  test('100 MB announced are refused before any of them is sent', async () => {
    const { app } = await counting();
    const head = 'POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 104857600';
    expect(await listening(app, (port) => rawAnswer(port, head, []))).toBe('HTTP/1.1 413 Payload Too Large');
  });

  test('a chunked body that never says how long it is is refused, and not kept', async () => {
    const { app } = await counting();
    const fields = { 'content-type': 'application/xml', 'transfer-encoding': 'chunked' };
    const signed = { ...fields, ...signedFields('bank', 'post', '/v1/messages', fields, Buffer.from('x')) };
    const lines = Object.entries({ host: 'x', ...signed }).map(([name, value]) => `${name}: ${value}`);
    const head = ['POST /v1/messages HTTP/1.1', ...lines].join('\r\n');
    const part = Buffer.concat([Buffer.from('100000\r\n'), Buffer.alloc(MIB, 'x'), Buffer.from('\r\n')]);
    function* parts() {
      for (let i = 0; i < 100; i += 1) yield part;
      yield '0\r\n\r\n';
    }
    const before = process.memoryUsage().arrayBuffers;
    const answer = await listening(app, (port) => rawAnswer(port, head, parts()));
    expect(answer).toBe('HTTP/1.1 413 Payload Too Large');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50 * MIB);
  });

  test('a stranger’s large body is not read: whoever can’t sign must not fill the memory', async () => {
    const { app } = await counting();
    for (const length of ['content-length: 8388608', 'transfer-encoding: chunked']) {
      const head = `POST /v1/messages HTTP/1.1\r\nhost: x\r\n${length}`;
      expect(await listening(app, (port) => rawAnswer(port, head, []))).toBe('HTTP/1.1 401 Unauthorized');
    }
  });

  test('a stranger’s large bodies count as failed authentications', async () => {
    const { app } = await counting({ failuresMax: 1 });
    const head = 'POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 300000';
    await listening(app, async (port) => {
      expect(await rawAnswer(port, head, [])).toBe('HTTP/1.1 401 Unauthorized');
      expect(await rawAnswer(port, head, [])).toBe('HTTP/1.1 429 Too Many Requests');
    });
  });

  test.each(['gzip', 'deflate', 'br', 'x'])(
    'content-encoding %s is refused, and nothing is inflated',
    async (encoding) => {
      const { app } = await counting();
      const body = gzipSync(Buffer.alloc(MIB));
      const headers = { 'content-encoding': encoding };
      const answer = await signedCall(app, 'bank', 'post', '/v1/messages', { body, headers });
      expect([answer.status, answer.body.code]).toEqual([415, 'UNSUPPORTED_ENCODING']);
      expectContract(answer, 'post', '/v1/messages');
    },
  );

  test('expect: 100-continue is fine', async () => {
    const { app } = await counting();
    const head = 'POST /v1/messages HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 4';
    expect(await listening(app, (port) => rawAnswer(port, head, []))).toBe('HTTP/1.1 100 Continue');
  });
});

describe('failed authentications', () => {
  test('too many of them close the door for a minute; good requests do not count', async () => {
    let now = 1_800_000_000_000;
    const clock = { now: () => now };
    const { app } = await createTestApp(await allRouters(), { failuresMax: 3, clock });
    for (let i = 0; i < 5; i += 1) expect((await signedCall(app, 'bank', 'get', '/v1/inbox')).status).toBe(200);
    for (let i = 0; i < 5; i += 1) expect((await signedCall(app, 'bank', 'get', '/v1/inbox/7')).status).toBe(404);
    for (let i = 0; i < 3; i += 1) expect((await supertest(app).get('/v1/inbox')).status).toBe(401);
    const closed = await supertest(app).get('/v1/inbox').set('x-forwarded-for', '192.0.2.1');
    expect([closed.status, closed.body.code]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expectContract(closed, 'get', '/v1/inbox');
    expect((await signedCall(app, 'bank', 'get', '/v1/inbox')).status).toBe(429);
    expect((await supertest(app).get('/healthz')).status).toBe(200);
    now += 60_000;
    expect((await signedCall(app, 'bank', 'get', '/v1/inbox')).status).toBe(200);
  });
});

describe('what goes out', () => {
  test('headers', async () => {
    const page = await supertest(all.app).get('/docs');
    expect(page.headers['x-powered-by']).toBeUndefined();
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['content-security-policy']).toMatch(/^default-src 'none';script-src 'self';/);
    const answer = await signedCall(all.app, 'bank', 'get', '/v1/inbox');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers.etag).toBeUndefined();
  });

  test('a log line names the route and the signer, not the payment', async () => {
    const { app, entries } = await createTestApp(await allRouters());
    const uetr = '8a562c67-ca16-48ba-b074-65581be6f011';
    const answer = await signedCall(app, 'bank', 'get', `/v1/payments/${uetr}?note=secret`);
    await supertest(app).get('/somewhere/else');
    expect(entries).toEqual([
      {
        requestId: answer.headers['x-request-id'],
        method: 'GET',
        route: '/v1/payments/{uetr}',
        status: 404,
        refusedWith: 'NOT_FOUND',
        keyId: 'bank',
        durationMs: 0,
        isAnswered: true,
      },
      expect.objectContaining({ route: null, status: 401, refusedWith: 'SIGNATURE_MISSING', keyId: null }),
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/8a562c67|secret|somewhere/);
  });

  test('a failure is INTERNAL, reported with the id of its request', async () => {
    const reports: unknown[] = [];
    const error = new Error('secret');
    const router = Router();
    router.get('/v1/inbox', () => {
      throw error;
    });
    const report = (what: unknown, requestId: string) => reports.push([what, requestId]);
    const { app } = await createTestApp(() => [router], { report });
    const answer = await signedCall(app, 'bank', 'get', '/v1/inbox');
    expect([answer.status, answer.body.code]).toEqual([500, 'INTERNAL']);
    expect(answer.text).not.toContain('secret');
    expect(reports).toEqual([[error, answer.headers['x-request-id']]]);
    expectContract(answer, 'get', '/v1/inbox');
  });

  test('not ready is 503', async () => {
    const { app } = await createTestApp(() => [], { waitingFor: async () => ['KZ'] });
    const answer = await supertest(app).get('/readyz');
    expect(answer.status).toBe(503);
    expectContract(answer, 'get', '/readyz');
  });
});

import supertest from 'supertest';
import { beforeAll, describe, expect, test } from 'vitest';
import { HANDLED_MESSAGES } from '../../../src/gateway/handled-messages.js';
import { gatewayApi } from '../../../src/gateway/openapi.js';
import { CATALOGUE_MESSAGE_IDS } from '../../../src/iso20022/catalogue/catalogue.js';
import { generateXsd } from '../../../src/iso20022/xsd.js';
import { createTestApp, type TestApp } from '../app-fixture.js';

let app: TestApp['app'];
beforeAll(async () => {
  ({ app } = await createTestApp(() => []));
});

/** What a page loads or links to. */
const targetsOf = (html: string): string[] =>
  [...html.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? '');

describe('pages', () => {
  test.each(['/', '/docs', '/docs/messages', '/docs/messages/pacs.008.001.13'])(
    '%s asks nothing of another host, and all that it asks is there',
    async (path) => {
      const page = await supertest(app).get(path);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      const targets = targetsOf(page.text);
      expect(targets.length).toBeGreaterThan(2);
      expect(page.text).not.toMatch(/(?:https?:)?\/\/\w/);
      for (const target of targets) expect([target, (await supertest(app).get(target)).status]).toEqual([target, 200]);
    },
  );

  test('no page has a script of its own: the policy would stop it', async () => {
    for (const path of ['/', '/docs', '/docs/messages', '/docs/messages/pacs.008.001.13']) {
      const page = await supertest(app).get(path);
      expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/);
    }
  });

  test('the reference of a message has its elements, and its schema is the one that is validated with', async () => {
    const page = await supertest(app).get('/docs/messages/pacs.008.001.13');
    expect(page.text).toContain('<b>CdtTrfTxInf</b><i>1..n</i><span class="type">CreditTransferTransaction70</span>');
    expect(page.text).toContain('<code>DEBT</code><code>CRED</code>');
    const schema = await supertest(app).get('/docs/messages/pacs.008.001.13.xsd').buffer(true);
    expect(schema.headers['content-type']).toBe('application/xml; charset=utf-8');
    expect(schema.text).toBe(generateXsd('pacs.008.001.13'));
  });

  test('every message is on the page of messages, with what becomes of it', async () => {
    const { text } = await supertest(app).get('/docs/messages');
    for (const id of CATALOGUE_MESSAGE_IDS) expect(text).toContain(`<a href="/docs/messages/${id}">${id}</a>`);
    expect(text.match(/checked, then refused by name/g)).toHaveLength(
      CATALOGUE_MESSAGE_IDS.filter((id) => !id.startsWith('head.') && !HANDLED_MESSAGES.has(id)).length,
    );
  });

  test.each(['pacs.008.001.01', 'pacs.008.001.01.xsd', '.xsd', 'constructor', '__proto__'])(
    '/docs/messages/%s is not there',
    async (name) => {
      const answer = await supertest(app).get(`/docs/messages/${name}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
    },
  );

  test('the document is served as it is', async () => {
    const answer = await supertest(app).get('/openapi.json');
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(gatewayApi.document)));
  });

  test('Swagger UI is told to ask no validator and to send nothing', async () => {
    const { text } = await supertest(app).get('/docs/start.js').buffer(true);
    expect(text).toContain('validatorUrl: null');
    expect(text).toContain('supportedSubmitMethods: []');
    expect(text).not.toMatch(/https?:/);
  });

  test.each([
    ['swagger-ui-bundle.js', 'text/javascript; charset=utf-8'],
    ['swagger-ui.css', 'text/css; charset=utf-8'],
    ['favicon-32x32.png', 'image/png'],
  ])('%s is %s', async (file, type) => {
    expect((await supertest(app).get(`/docs/${file}`)).headers['content-type']).toBe(type);
  });

  test.each(['package.json', 'swagger-initializer.js', '..%2fpackage.json', '%2e%2e%2fpackage.json', 'constructor'])(
    '/docs/%s is not there',
    async (file) => {
      const answer = await supertest(app).get(`/docs/${file}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'NOT_FOUND']);
    },
  );
});

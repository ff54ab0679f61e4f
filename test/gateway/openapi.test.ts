import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { IRouter, Router } from 'express';
import { describe, expect, test } from 'vitest';
import type { Schema } from '../../src/gateway/openapi/model.js';
import { gatewayApi } from '../../src/gateway/openapi.js';
import { problemDocument } from '../../src/gateway/problem.js';
import { readInstructions } from '../../src/iso20022/instruction.js';
import { createMessageReader } from '../../src/iso20022/reader.js';
import { ERRORS, type ErrorCode, refusal } from '../../src/kernel/errors.js';
import { expectSchema } from '../support/contract.js';
import { createTestApp } from './app-fixture.js';
import { allRouters } from './app-routers.js';

const { document: openApiDocument, methodsOf, operations, pathTemplateOf } = gatewayApi;

/** Every object inside a value, the value included. */
function objectsIn(value: unknown): Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inside : [value as Readonly<Record<string, unknown>>, ...inside];
}

const resolve = (reference: string): unknown =>
  reference
    .slice(2)
    .split('/')
    .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], openApiDocument);

describe('the document (OpenAPI 3.1)', () => {
  test('every reference leads somewhere inside it', () => {
    const references = objectsIn(openApiDocument).flatMap(({ $ref }) => (typeof $ref === 'string' ? [$ref] : []));
    expect(references.length).toBeGreaterThan(50);
    expect(references.filter((reference) => !reference.startsWith('#/') || resolve(reference) === undefined)).toEqual(
      [],
    );
  });

  test('every schema is used', () => {
    const used = new Set(objectsIn(openApiDocument).map(({ $ref }) => $ref));
    const names = Object.keys(openApiDocument.components.schemas);
    expect(names.filter((name) => !used.has(`#/components/schemas/${name}`))).toEqual([]);
  });

  test('operation ids are unique', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(operations)('$method $path declares its path parameters, a tag that exists, and answers', (place) => {
    const { path, operation } = place;
    const inTemplate = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    const declared = operation.parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
    expect(declared).toEqual(inTemplate);
    const names = operation.parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(openApiDocument.tags.map(({ name }) => name)).toEqual(expect.arrayContaining([...operation.tags]));
    expect(Object.keys(operation.responses).some((status) => status.startsWith('2'))).toBe(true);
  });

  test('every object schema says whether it takes other members', () => {
    const objects = objectsIn([openApiDocument.components.schemas, openApiDocument.paths]).filter(
      ({ type, properties }) => type === 'object' && properties !== undefined,
    );
    expect(objects.length).toBeGreaterThan(20);
    expect(objects.filter(({ additionalProperties }) => additionalProperties !== false)).toEqual([]);
  });

  test('every schema compiles, and every example satisfies its schema', () => {
    const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addVocabulary(['components']);
    ajv.addSchema({ $id: 'urn:otkel:test', components: openApiDocument.components });
    const absolute = (schema: unknown): Schema =>
      JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"urn:otkel:test#/')) as Schema;
    let examples = 0;
    for (const { operation } of operations) {
      for (const holder of [operation.requestBody, ...Object.values(operation.responses)]) {
        for (const { schema, example } of Object.values(holder?.content ?? {})) {
          if (schema === undefined) continue;
          const validate = ajv.compile(absolute(schema));
          if (example === undefined) continue;
          examples += 1;
          expect(validate(example), JSON.stringify(validate.errors)).toBe(true);
        }
      }
    }
    expect(examples).toBeGreaterThan(100);
  });

  test('every XML example is a message that is read', () => {
    const reader = createMessageReader();
    const values = operations.flatMap(({ operation }) =>
      [operation.requestBody, ...Object.values(operation.responses)].flatMap((holder) =>
        Object.values(holder?.content?.['application/xml']?.examples ?? {}).map(({ value }) => String(value)),
      ),
    );
    const read = values.map((value) => reader.read(Buffer.from(value)));
    const asked = read.flatMap((one) => (one.ok ? readInstructions(one.value) : []));
    expect(asked.map(({ conditionFault }) => conditionFault).filter((fault) => fault !== null)).toEqual([]);
    expect(asked.map(({ conditions }) => conditions.event?.quote.rule)).toContain('renew');
    expect(read.map((one) => (one.ok ? one.value.document.messageId : one.error))).toEqual([
      ...['pacs.008.001.13', 'pacs.008.001.13', 'pacs.028.001.03', 'pacs.002.001.15'],
    ]);
  });

  test('no reader of it asks another host', () => {
    expect(JSON.stringify(openApiDocument)).not.toMatch(/https?:/);
  });
});

describe('refusals in the document', () => {
  test.each(operations)('$method $path: each refusal is under its status, and no other', ({ operation, errors }) => {
    for (const code of errors) {
      const schema = operation.responses[ERRORS[code].http]?.content?.['application/problem+json']?.schema;
      const { properties } = schema as { properties: { code: { enum: readonly ErrorCode[] } } };
      expect(properties.code.enum).toContain(code);
    }
    const listed = objectsIn(operation.responses).flatMap(({ code }) => (code as { enum?: ErrorCode[] })?.enum ?? []);
    expect([...listed].sort()).toEqual([...errors].sort());
  });

  test.each(Object.keys(ERRORS) as ErrorCode[])('the problem document of %s satisfies the schema', (code) => {
    expectSchema(problemDocument(refusal(code)), 'Problem');
    const findings = [{ code: 'E1', message: 'wrong', line: 3, xpath: '/Document' }];
    expectSchema(problemDocument(refusal(code, 'because'), { findings, instance: 'urn:uuid:1' }), 'Problem');
  });

  test('a problem document with a member more or less does not', () => {
    const good = problemDocument(refusal('NOT_FOUND'));
    expect(() => expectSchema({ ...good, amount: '1' }, 'Problem')).toThrow(/additional/);
    expect(() => expectSchema({ ...good, retry: undefined, code: 'OTHER' }, 'Problem')).toThrow(/allowed values/);
  });
});

describe('paths', () => {
  test.each([
    ['/v1/payments/x', '/v1/payments/{uetr}'],
    ['/v1/ledgers', '/v1/ledgers'],
    ['/v1/ledgers/KZ/wallets', '/v1/ledgers/{code}/wallets'],
    ['/', '/'],
    ['/v1/payments/', null],
    ['/v1/payments/x/', null],
    ['/V1/payments/x', null],
    ['//v1/payments/x', null],
    ['', null],
  ])('%s belongs to %s', (path, template) => {
    expect(pathTemplateOf(path)).toBe(template);
  });

  test('methods', () => {
    expect(methodsOf('/v1/fx/rates/{pair}')).toEqual(['GET', 'HEAD']);
    expect(methodsOf('/v1/messages')).toEqual(['POST']);
  });
});

interface Listed {
  readonly path: string;
  readonly methods: readonly string[] | undefined;
  readonly router: Router | undefined;
}

/** `METHOD /path` of every route of a router and of those mounted in it, paths as the document writes them. */
function routesOf(router: IRouter, prefix = ''): string[] {
  const listed = (router as unknown as { listRoutes(): Listed[] }).listRoutes();
  return listed.flatMap(({ path, methods, router: inner }) => {
    const at = `${prefix}${path}`.replace(/^\/\//, '/');
    if (inner) return routesOf(inner, path === '/' ? prefix : at);
    const template = at.replace('/v1/ledgers/KZ', '/v1/ledgers/{code}').replaceAll(/:(\w+)/g, '{$1}');
    return (methods ?? []).filter((method) => method !== 'HEAD').map((method) => `${method} ${template}`);
  });
}

test('the routes of the application are those of the document', async () => {
  const { app } = await createTestApp(await allRouters());
  const documented = operations.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
  expect(routesOf(app.router).sort()).toEqual(documented.sort());
});

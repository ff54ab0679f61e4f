import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Response } from 'supertest';
import type { Answer, Method } from '../../src/gateway/openapi/model.js';
import { gatewayApi } from '../../src/gateway/openapi.js';
import { ERRORS } from '../../src/kernel/errors.js';

const { document: openApiDocument, methodsOf, pathTemplateOf } = gatewayApi;

const DOCUMENT_ID = 'urn:otkel:openapi';

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
// References inside the document are resolved from its root.
ajv.addSchema({ $id: DOCUMENT_ID, ...openApiDocument });

const pointer = (parts: readonly string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

const validators = new Map<string, ValidateFunction>();

/** The validator of a place in the document, compiled once. */
function validatorAt(parts: readonly string[]): ValidateFunction {
  const reference = `${DOCUMENT_ID}#${pointer(parts)}`;
  const validate = validators.get(reference) ?? ajv.compile({ $ref: reference });
  validators.set(reference, validate);
  return validate;
}

const inWords = (errors: readonly ErrorObject[] | null | undefined): string =>
  (errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`).join('; ');

/** The place of an answer in the document: its headers and content live there. */
function answerOf(template: string, method: Method, status: number): Answer {
  const operation = openApiDocument.paths[template]?.[method];
  if (!operation) throw new Error(`${method} ${template} is not in the OpenAPI document`);
  const answer = operation.responses[status];
  if (!answer) throw new Error(`${operation.operationId} does not answer ${status}`);
  return answer;
}

/** What every path may answer that is not about one of its operations. */
const routeProblem = (template: string | null, method: string, response: Response): boolean =>
  (template === null && response.status === ERRORS.NOT_FOUND.http) ||
  (template !== null && response.status === ERRORS.METHOD_NOT_ALLOWED.http && !methodsOf(template).includes(method));

/**
 * Throws unless the answer to `method` and `path` (template or real path, no query) is one that the OpenAPI document
 * promises: its status, content type, declared headers, and JSON body.
 */
export function expectContract(response: Response, method: string, path: string): void {
  const template = openApiDocument.paths[path] ? path : pathTemplateOf(path);
  const type = String(response.headers['content-type'] ?? '').split(';')[0] ?? '';
  const what = `${method} ${path} → ${response.status} ${type}`;
  if (routeProblem(template, method.toUpperCase(), response)) {
    if (type !== 'application/problem+json') throw new Error(`${what}: a problem document is expected`);
    expectJson(response, ['components', 'schemas', 'Problem'], what);
    return;
  }
  if (template === null) throw new Error(`${what}: the path is not in the OpenAPI document`);
  const lower = method.toLowerCase() as Method;
  const answer = answerOf(template, lower, response.status);
  const content = answer.content ?? {};
  if (type === '' && Object.keys(content).length > 0) throw new Error(`${what}: a body is expected`);
  if (type !== '' && !content[type]) throw new Error(`${what}: the content type is not in the document`);
  for (const name of Object.keys(response.status === 401 || response.status === 503 ? (answer.headers ?? {}) : {})) {
    if (response.headers[name.toLowerCase()] === undefined) throw new Error(`${what}: the header ${name} is missing`);
  }
  if (type.endsWith('json')) {
    const place = ['paths', template, lower, 'responses', String(response.status), 'content', type, 'schema'];
    expectJson(response, place, what);
  }
}

function expectJson(response: Response, place: readonly string[], what: string): void {
  const body: unknown = JSON.parse(response.text ?? (response.body as Buffer).toString('utf8'));
  const validate = validatorAt(place);
  if (!validate(body)) throw new Error(`${what}: ${inWords(validate.errors)}`);
}

/** Throws unless a value satisfies a named schema of the document. */
export function expectSchema(value: unknown, name: string): void {
  const validate = validatorAt(['components', 'schemas', name]);
  if (!validate(value)) throw new Error(`${name}: ${inWords(validate.errors)}`);
}

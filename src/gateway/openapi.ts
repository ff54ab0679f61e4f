/** The OpenAPI 3.1 document of this service: what the routes take and give, and which refusals each can answer. */
import type { ErrorCode } from '../kernel/errors.js';
import { fxPaths, fxSchemas } from './openapi/fx.js';
import { ledgerPaths, ledgerSchemas } from './openapi/ledgers.js';
import { messagePaths, messageSchemas } from './openapi/messages.js';
import {
  errorsOf,
  METHODS,
  type Method,
  type Operation,
  operation,
  type PathDrafts,
  type Paths,
  type Schema,
} from './openapi/model.js';
import { sharedSchemas } from './openapi/schemas.js';
import { servicePaths, serviceSchemas } from './openapi/service.js';

const DRAFTS: PathDrafts = { ...messagePaths, ...fxPaths, ...ledgerPaths, ...servicePaths };

const mapValues = <A, B>(of: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));

const paths: Paths = mapValues(DRAFTS, (item) => mapValues(item, operation));

const INTRODUCTION = `Payments between two central-bank digital currencies: a pacs.008 comes in, both ledgers move or
neither does, a pacs.002 goes out.

Amounts are decimal strings in the unit of their currency, or strings of minor units where a member is called \`minor\`.
Times are ISO 8601 in UTC. Refusals are RFC 9457 problem documents; a message gets its pacs.002 or admi.002.`;

const SIGNATURE = `RFC 9421 HTTP message signature, one per request, under any label.

- Covered components: \`@method\`, \`@path\`, \`@query\` (\`?\` when there is none), every \`otkel-*\` header that is sent,
  \`idempotency-key\` if it is, and with a body \`content-digest\` (RFC 9530, \`sha-256\`) and \`content-type\`. Others may
  be covered too.
- Parameters: \`created\`, \`expires\` (at most 60 s later), \`nonce\` (8 to 64 characters, used once), \`keyid\`; \`alg\` may
  be given: \`ed25519\`, \`ecdsa-p256-sha256\`, \`ecdsa-secp256k1-sha256\` (a private name). No others.

\`\`\`
content-digest: sha-256=:vuBTlExMuSWpjTM6jFRFLfa6Q/ayf9y7OFyQ6GSJ0iM=:
signature-input: sig1=("@method" "@path" "@query" "content-digest" "content-type");created=1795000000;expires=1795000060;nonce="Wm9Kc1q8T2a1xw";keyid="bank-altnkz20";alg="ed25519"
signature: sig1=:…:
\`\`\`

\`otkel curl\` sends a signed request to any route.`;

/** An OpenAPI document as this service writes it. */
export interface OpenApiDocument {
  readonly openapi: '3.1.1';
  readonly info: Readonly<Record<string, unknown>>;
  readonly servers: readonly { readonly url: string }[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Paths;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly securitySchemes: Readonly<Record<string, unknown>>;
  };
}

export const openApiDocument: OpenApiDocument = {
  openapi: '3.1.1',
  info: {
    title: 'Otkel',
    version: '1',
    summary: 'Cross-border payment gateway between two central-bank digital currencies',
    description: `${INTRODUCTION}\n\n## Signatures\n\n${SIGNATURE}`,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  security: [{ httpSignature: [] }],
  tags: [
    { name: 'Messages', description: 'ISO 20022 in' },
    { name: 'Payments', description: 'Where a payment is' },
    { name: 'Inbox', description: 'ISO 20022 out; every item waits until it is acknowledged' },
    { name: 'FX', description: 'Firm quotes, and the rates of the desk' },
    { name: 'Ledgers', description: 'Wallets, supply, blocks and transactions of each ledger' },
    { name: 'Participants', description: 'Who takes part, and with which keys' },
    { name: 'Service', description: 'Probes, documentation and pages; no signature' },
  ],
  paths,
  components: {
    schemas: { ...sharedSchemas, ...messageSchemas, ...fxSchemas, ...ledgerSchemas, ...serviceSchemas },
    securitySchemes: {
      httpSignature: { type: 'apiKey', in: 'header', name: 'Signature', description: SIGNATURE },
    },
  },
};

/** One operation with its place. */
export interface OperationPlace {
  readonly path: string;
  readonly method: Method;
  readonly operation: Operation;
  /** Answered without a signature. */
  readonly isPublic: boolean;
  /** Every refusal it can answer. */
  readonly errors: readonly ErrorCode[];
}

export const operations: readonly OperationPlace[] = Object.entries(paths).flatMap(([path, item]) =>
  METHODS.flatMap((method) => {
    const [found, draft] = [item[method], DRAFTS[path]?.[method]];
    return found && draft
      ? [{ path, method, operation: found, isPublic: draft.isPublic === true, errors: errorsOf(draft) }]
      : [];
  }),
);

const segmentsOf = (path: string): string[] => path.split('/');

const templates = Object.keys(paths).map((path) => ({ path, segments: segmentsOf(path) }));

/**
 * The path of the document that a request's path belongs to, for example `/v1/payments/{uetr}`; null when none. Case
 * and trailing slashes count: one resource has one path, and signatures cover it.
 */
export function pathTemplateOf(requestPath: string): string | null {
  const given = segmentsOf(requestPath);
  const found = templates.find(
    ({ segments }) =>
      segments.length === given.length &&
      segments.every((segment, i) => (segment.startsWith('{') ? given[i] !== '' : segment === given[i])),
  );
  return found?.path ?? null;
}

/** Methods that a path of the document has, in upper case; `HEAD` goes with `GET`. */
export const methodsOf = (template: string): string[] =>
  METHODS.filter((method) => paths[template]?.[method]).flatMap((method) =>
    method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
  );

/** True when every operation of the path is answered without a signature. */
export const isPublicPath = (template: string): boolean =>
  operations.filter(({ path }) => path === template).every(({ isPublic }) => isPublic);

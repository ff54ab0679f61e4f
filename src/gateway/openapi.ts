/** The OpenAPI 3.1 documents: what the routes of a gateway and of a jurisdiction take and give, and how each can refuse. */
import type { ErrorCode } from '../kernel/errors.js';
import { fxPaths, fxSchemas } from './openapi/fx.js';
import { fxDeskPaths, fxDeskSchemas } from './openapi/fx-desk.js';
import { fxLimitPaths, fxLimitSchemas } from './openapi/fx-limits.js';
import { fxPositionPaths, fxPositionSchemas } from './openapi/fx-positions.js';
import { fxQueuePaths, fxQueueSchemas } from './openapi/fx-queue.js';
import { fxQuoteSchemas } from './openapi/fx-quotes.js';
import { fxTariffPaths, fxTariffSchemas } from './openapi/fx-tariffs.js';
import { ledgerPaths, ledgerSchemas } from './openapi/ledgers.js';
import { livePaths, liveSchemas } from './openapi/live.js';
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
import { pvpPaths } from './openapi/pvp.js';
import { sharedSchemas } from './openapi/schemas.js';
import { servicePaths, serviceSchemas } from './openapi/service.js';

const mapValues = <A, B>(of: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(of).map(([name, value]) => [name, change(value)]));

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

/** The routes of one kind of process, as data: the document, and what the route guard asks. */
export interface Api {
  readonly document: OpenApiDocument;
  readonly operations: readonly OperationPlace[];
  /**
   * The path of the document that a request's path belongs to, for example `/v1/payments/{uetr}`; null when none. Case
   * and trailing slashes count: one resource has one path, and signatures cover it.
   */
  pathTemplateOf(requestPath: string): string | null;
  /** Methods that a path of the document has, in upper case; `HEAD` goes with `GET`. */
  methodsOf(template: string): string[];
  /** True when every operation of the path is answered without a signature. */
  isPublicPath(template: string): boolean;
}

interface Description {
  readonly title: string;
  readonly summary: string;
  readonly introduction: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly drafts: PathDrafts;
  readonly schemas: Readonly<Record<string, Schema>>;
}

const documentOf = ({ title, summary, introduction, tags, schemas }: Description, paths: Paths): OpenApiDocument => ({
  openapi: '3.1.1',
  info: {
    title,
    version: '1',
    summary,
    description: `${introduction}\n\n## Signatures\n\n${SIGNATURE}`,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  servers: [{ url: '/' }],
  security: [{ httpSignature: [] }],
  tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
  paths,
  components: {
    schemas,
    securitySchemes: {
      httpSignature: { type: 'apiKey', in: 'header', name: 'Signature', description: SIGNATURE },
    },
  },
});

const segmentsOf = (path: string): string[] => path.split('/');

function describeApi(description: Description): Api {
  const { drafts } = description;
  const paths: Paths = mapValues(drafts, (item) => mapValues(item, operation));
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): OperationPlace[] => {
      const [found, draft] = [item[method], drafts[path]?.[method]];
      return found && draft
        ? [{ path, method, operation: found, isPublic: draft.isPublic === true, errors: errorsOf(draft) }]
        : [];
    }),
  );
  const templates = Object.keys(paths).map((path) => ({ path, segments: segmentsOf(path) }));
  return {
    document: documentOf(description, paths),
    operations,
    pathTemplateOf(requestPath) {
      const given = segmentsOf(requestPath);
      const found = templates.find(
        ({ segments }) =>
          segments.length === given.length &&
          segments.every((segment, i) => (segment.startsWith('{') ? given[i] !== '' : segment === given[i])),
      );
      return found?.path ?? null;
    },
    methodsOf: (template) =>
      METHODS.filter((method) => paths[template]?.[method]).flatMap((method) =>
        method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()],
      ),
    isPublicPath: (template) => operations.filter(({ path }) => path === template).every(({ isPublic }) => isPublic),
  };
}

const SERVICE_TAGS = {
  Ledgers: 'Wallets, supply, blocks and transactions of each ledger',
  Participants: 'Who takes part, and with which keys',
  Service: 'Probes, documentation and pages; no signature',
};

/** Of a gateway, also where its jurisdictions are in the same process. */
export const gatewayApi: Api = describeApi({
  title: 'Otkel',
  summary: 'Cross-border payment gateway between two central-bank digital currencies',
  introduction: INTRODUCTION,
  tags: {
    Messages: 'ISO 20022 in',
    Payments: 'Where a payment is',
    Inbox: 'ISO 20022 out; every item waits until it is acknowledged',
    FX: 'Firm quotes, and the rates of the desk',
    ...SERVICE_TAGS,
  },
  drafts: {
    ...messagePaths,
    ...livePaths,
    ...fxPaths,
    ...fxDeskPaths,
    ...fxLimitPaths,
    ...fxPositionPaths,
    ...fxTariffPaths,
    ...fxQueuePaths,
    ...ledgerPaths,
    ...servicePaths,
  },
  schemas: {
    ...sharedSchemas,
    ...messageSchemas,
    ...liveSchemas,
    ...fxSchemas,
    ...fxDeskSchemas,
    ...fxTariffSchemas,
    ...fxQuoteSchemas,
    ...fxLimitSchemas,
    ...fxPositionSchemas,
    ...fxQueueSchemas,
    ...ledgerSchemas,
    ...serviceSchemas,
  },
});

const PAGES = /^\/(?:(?:docs|console).*)?$/;

/** Of a jurisdiction in a process of its own. */
export const jurisdictionApi: Api = describeApi({
  title: 'Otkel jurisdiction',
  summary: 'A ledger and its co-signer',
  introduction: 'The domestic routes of one ledger, and the settlement routes for gateways and other jurisdictions.',
  tags: { Settlement: 'Between gateways and jurisdictions, signed with their transport keys', ...SERVICE_TAGS },
  drafts: {
    ...pvpPaths,
    ...ledgerPaths,
    ...Object.fromEntries(Object.entries(servicePaths).filter(([path]) => !PAGES.test(path))),
  },
  schemas: { ...sharedSchemas, ...ledgerSchemas, ...serviceSchemas },
});

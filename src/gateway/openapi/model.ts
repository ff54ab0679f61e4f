/** The parts of an OpenAPI 3.1 document that this service uses, and short ways to write them. */
import { ERRORS, type ErrorCode, refusal } from '../../kernel/errors.js';
import { problemDocument } from '../problem.js';

/** A JSON Schema (dialect 2020-12) or a reference to one. */
export type Schema = Readonly<Record<string, unknown>>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Schema;
}

export interface Header {
  readonly description: string;
  readonly schema: Schema;
}

export interface MediaType {
  /** Absent where the bytes are no JSON value: OpenAPI 3.1, 4.8.14.2. */
  readonly schema?: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

export interface Answer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, Header>>;
  readonly content?: Readonly<Record<string, MediaType>>;
}

export const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;
export type Method = (typeof METHODS)[number];

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  /** Empty: whoever asks is answered. Absent: the request is signed. */
  readonly security?: readonly [];
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, MediaType>> };
  readonly responses: Readonly<Record<string, Answer>>;
}

export type PathItem = Readonly<Partial<Record<Method, Operation>>>;
export type Paths = Readonly<Record<string, PathItem>>;

/** An operation as its subject's file writes it; {@link operation} adds what all have. */
export interface OperationDraft {
  readonly id: string;
  readonly summary: string;
  readonly description?: string;
  readonly tag: string;
  readonly isPublic?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly body?: Readonly<Record<string, MediaType>>;
  /** Answers that are no refusals, by status. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Refusals of this operation beside those of every signed request. */
  readonly errors?: readonly ErrorCode[];
  /** What a refusal may have instead of a problem document, for example `application/xml`. */
  readonly refusalContent?: Readonly<Record<string, MediaType>>;
}

/** Refusals that any signed request may get, whatever it asks. */
const SIGNED_ERRORS = [
  'BAD_REQUEST',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_ENCODING',
  'SIGNATURE_MISSING',
  'SIGNATURE_MALFORMED',
  'SIGNATURE_INVALID',
  'SIGNATURE_EXPIRED',
  'NONCE_REPLAYED',
  'KEY_UNKNOWN',
  'DIGEST_MISMATCH',
  'TOO_MANY_REQUESTS',
  'INTERNAL',
  'UNAVAILABLE',
] as const satisfies readonly ErrorCode[];

const PUBLIC_ERRORS = ['INTERNAL'] as const satisfies readonly ErrorCode[];

/** Every refusal that an operation can answer. */
export const errorsOf = ({ isPublic, errors = [] }: OperationDraft): readonly ErrorCode[] => [
  ...new Set<ErrorCode>([...(isPublic ? PUBLIC_ERRORS : SIGNED_ERRORS), ...errors]),
];

export const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
export const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: 'null' }] });
export const listOf = (items: Schema): Schema => ({ type: 'array', items });

/** An object with exactly these members. */
export const strict = (properties: Readonly<Record<string, Schema>>, description?: string): Schema => ({
  type: 'object',
  ...(description === undefined ? {} : { description }),
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** An object of these members, of which only some must be there. */
export const partial = (properties: Readonly<Record<string, Schema>>, required: readonly string[]): Schema => ({
  ...strict(properties),
  required,
});

export const json = (
  description: string,
  schema: Schema,
  more: Partial<Answer> & { example?: unknown } = {},
): Answer => {
  const { example, ...rest } = more;
  return {
    description,
    ...rest,
    content: { 'application/json': { schema, ...(example === undefined ? {} : { example }) } },
  };
};

export const jsonBody = (schema: Schema, example: unknown) => ({ 'application/json': { schema, example } });

export const inPath = (name: string, description: string, schema: Schema): Parameter => ({
  name,
  in: 'path',
  required: true,
  description,
  schema,
});

export const inQuery = (name: string, description: string, schema: Schema, required = false): Parameter => ({
  name,
  in: 'query',
  required,
  description,
  schema,
});

export const inHeader = (name: string, description: string, schema: Schema, required = false): Parameter => ({
  name,
  in: 'header',
  required,
  description,
  schema,
});

const RETRY_AFTER: Header = { description: 'Seconds to wait', schema: { type: 'integer', minimum: 0 } };

const CHALLENGE: Readonly<Record<string, Header>> = {
  'WWW-Authenticate': { description: 'RFC 9110 challenge', schema: { type: 'string' } },
  'Accept-Signature': { description: 'RFC 9421, 5.1: what a signature must cover', schema: { type: 'string' } },
};

function refusalHeaders(status: number): Readonly<Record<string, Header>> | undefined {
  if (status === 401) return CHALLENGE;
  return status === 429 || status === 503 ? { 'Retry-After': RETRY_AFTER } : undefined;
}

/** The answers of one status: a problem document whose code is one of these. */
function refusalAnswer(status: number, codes: readonly ErrorCode[], content: OperationDraft['refusalContent']): Answer {
  const headers = refusalHeaders(status);
  const [first] = codes;
  // Who is calling is not known yet at 401, 429; what a message says is not read at 413, 415.
  const isAboutContent = ![401, 413, 415, 429].includes(status);
  return {
    description: codes.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('. '),
    ...(headers === undefined ? {} : { headers }),
    content: {
      'application/problem+json': {
        schema: { ...ref('Problem'), properties: { code: { enum: codes }, status: { const: status } } },
        ...(first === undefined ? {} : { example: problemDocument(refusal(first)) }),
      },
      ...(isAboutContent ? content : {}),
    },
  };
}

/** An operation with its refusals, one answer per HTTP status. */
export function operation(draft: OperationDraft): Operation {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of errorsOf(draft)) {
    const { http } = ERRORS[code];
    byStatus.set(http, [...(byStatus.get(http) ?? []), code]);
  }
  const refusals = [...byStatus].map(([status, codes]) => [status, refusalAnswer(status, codes, draft.refusalContent)]);
  return {
    operationId: draft.id,
    summary: draft.summary,
    ...(draft.description === undefined ? {} : { description: draft.description }),
    tags: [draft.tag],
    ...(draft.isPublic ? { security: [] as const } : {}),
    parameters: draft.parameters ?? [],
    ...(draft.body === undefined ? {} : { requestBody: { required: true as const, content: draft.body } }),
    // A status may have an answer of its own beside the refusals: 503 of the readiness probe.
    responses: { ...Object.fromEntries(refusals), ...draft.answers },
  };
}

/** Drafts by path and method: what each file of this folder exports. */
export type PathDrafts = Readonly<Record<string, Readonly<Partial<Record<Method, OperationDraft>>>>>;

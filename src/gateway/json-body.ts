/** Strict reading of small JSON request bodies. */
import type { Request } from 'express';
import { refusal } from '../kernel/errors.js';
import { HttpProblem } from './problem.js';

const BODY_MAX_BYTES = 16_384;

/**
 * A JSON body, read from the bytes that the caller signed. A body that isn't `application/json` is
 * `UNSUPPORTED_MEDIA_TYPE`, one that isn't JSON `BAD_REQUEST`. Throws {@link HttpProblem}.
 */
export function jsonBody(request: Request): unknown {
  if (!request.is('application/json')) throw new HttpProblem(refusal('UNSUPPORTED_MEDIA_TYPE'));
  return parse(signedBytes(request));
}

/** As {@link jsonBody}, of a body as large as the application reads. */
export function largeJsonBody(request: Request): unknown {
  if (!request.is('application/json')) throw new HttpProblem(refusal('UNSUPPORTED_MEDIA_TYPE'));
  return parse(signedBytes(request, Number.POSITIVE_INFINITY));
}

/**
 * The members of a JSON object body, each a string, exactly those named, of which the optional ones may be missing: a member
 * too many, missing or of another type is `BAD_REQUEST`. Otherwise as {@link jsonBody}.
 */
export function stringMembers<K extends string, O extends string = never>(
  request: Request,
  names: readonly K[],
  optional: readonly O[] = [],
): Record<K, string> & Partial<Record<O, string>> {
  const body = jsonBody(request);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw bad('the body is not a JSON object');
  for (const name of Object.keys(body)) {
    if (!([...names, ...optional] as readonly string[]).includes(name)) throw bad('the body has an unknown member');
  }
  for (const name of [...names, ...optional.filter((one) => one in body)]) {
    if (typeof (body as Record<string, unknown>)[name] !== 'string') throw bad(`${name} is missing or not a string`);
  }
  return body as Record<K, string> & Partial<Record<O, string>>;
}

const bad = (detail: string): HttpProblem => new HttpProblem(refusal('BAD_REQUEST', detail));

function signedBytes(request: Request, bytesMax = BODY_MAX_BYTES): Buffer {
  const { rawBody } = request as Request & { rawBody?: unknown };
  const bytes: unknown = rawBody ?? request.body;
  if (!Buffer.isBuffer(bytes)) throw bad('the body is missing');
  if (bytes.length > bytesMax) throw new HttpProblem(refusal('BODY_TOO_LARGE'));
  return bytes;
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw bad('the body is not JSON in UTF-8');
  }
}

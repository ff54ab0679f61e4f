/** Refusals as RFC 9457 problem documents. */
import type { ErrorRequestHandler, Response } from 'express';
import { QueueFullError } from '../kernel/batcher.js';
import { ERRORS, type ErrorCode, type Refusal, RefusalError, refusal } from '../kernel/errors.js';
import { CommitOutcomeUnknownError, LedgerFencedError } from '../ledger/store.js';
import { JurisdictionClosedError } from '../pvp/jurisdiction-port.js';
import { EpochFencedError } from '../pvp/signer-store.js';
import type { BrokenRule } from './payment.js';

/** One broken rule among several, as a validator reports it. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly line?: number;
  readonly xpath?: string;
  /** ExternalStatusReason1Code. */
  readonly isoReason?: string;
}

export interface ProblemExtra {
  readonly findings?: readonly Finding[];
  /** Identifies this occurrence, for example the UETR or message id as a URN. */
  readonly instance?: string;
}

/** The body of an `application/problem+json` answer. `isoReason` is ExternalStatusReason1Code. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly code: ErrorCode;
  readonly isoReason: string | null;
  readonly retry: 'never' | 'same-key' | 'later';
  readonly findings?: readonly Finding[];
}

/** A refusal on its way to the client: thrown, or handed to `next`, by a route. */
export class HttpProblem extends RefusalError {
  override readonly name = 'HttpProblem';
  constructor(
    refusal: Refusal,
    readonly extra: ProblemExtra = {},
  ) {
    super(refusal);
  }
}

/** The problem document of a refusal; its type is `urn:otkel:problem:` and the code in kebab case. */
export function problemDocument({ code, detail }: Refusal, extra: ProblemExtra = {}): ProblemDocument {
  const { http, iso, retry, title } = ERRORS[code];
  return {
    type: `urn:otkel:problem:${code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status: http,
    ...(detail === undefined ? {} : { detail }),
    ...(extra.instance === undefined ? {} : { instance: extra.instance }),
    code,
    isoReason: iso,
    retry,
    ...(extra.findings === undefined ? {} : { findings: extra.findings }),
  };
}

/** RFC 9110 wants a challenge with every 401; RFC 9421, 5.1 says how to ask for a signature. */
const ACCEPT_SIGNATURE =
  'sig1=("@method" "@path" "@query" "content-digest" "content-type");created;expires;nonce;keyid';
const RETRY_AFTER_SECONDS = '1';

/** A broken usage rule as a finding. */
export const violationFinding = ({ ruleId, message, path, line, iso }: BrokenRule): Finding => ({
  code: ruleId,
  message,
  ...(line === null ? {} : { line }),
  xpath: path,
  isoReason: iso,
});

/** Ends the response with the problem document of the refusal, and leaves its code in `res.locals.refusedWith`. */
function sendProblem(res: Response, problem: Refusal, extra: ProblemExtra = {}): void {
  const document = problemDocument(problem, extra);
  if (document.status === 401) {
    res.set('WWW-Authenticate', 'Signature realm="otkel"');
    res.set('Accept-Signature', ACCEPT_SIGNATURE);
  }
  if (document.status === 429 || document.status === 503) res.set('Retry-After', RETRY_AFTER_SECONDS);
  res.locals.refusedWith = document.code;
  res.status(document.status).type('application/problem+json').send(JSON.stringify(document));
}

const BODY_PARSER_REFUSAL: Readonly<Record<string, ErrorCode>> = {
  'entity.too.large': 'BODY_TOO_LARGE',
  'encoding.unsupported': 'UNSUPPORTED_ENCODING',
  'request.aborted': 'BAD_REQUEST',
  'request.size.invalid': 'BAD_REQUEST',
};

function refusalOf(error: unknown): Refusal | null {
  if (error instanceof QueueFullError) return refusal('QUEUE_FULL');
  if (error instanceof LedgerFencedError || error instanceof EpochFencedError) return refusal('EPOCH_FENCED');
  if (error instanceof JurisdictionClosedError) return refusal('UNAVAILABLE', error.message);
  // The command is idempotent by its reference: sent again, it tells what became of it.
  if (error instanceof CommitOutcomeUnknownError) return refusal('UNAVAILABLE');
  if (typeof error !== 'object' || error === null) return null;
  const { type, status } = error as { type?: unknown; status?: unknown };
  const code = typeof type === 'string' && Object.hasOwn(BODY_PARSER_REFUSAL, type) ? BODY_PARSER_REFUSAL[type] : null;
  if (code !== null && code !== undefined) return refusal(code);
  return typeof status === 'number' && status >= 400 && status < 500 ? refusal('BAD_REQUEST') : null;
}

/**
 * The last error handler of an app. What is no refusal answers `INTERNAL` without its message, and goes to `report`,
 * which must not throw.
 */
export const createProblemHandler =
  (report: (error: unknown) => void): ErrorRequestHandler =>
  (error: unknown, _req, res, next) => {
    if (res.headersSent) {
      next(error);
    } else if (error instanceof RefusalError) {
      sendProblem(res, error.refusal, error instanceof HttpProblem ? error.extra : {});
    } else {
      const known = refusalOf(error);
      if (known === null) report(error);
      sendProblem(res, known ?? refusal('INTERNAL'));
    }
  };

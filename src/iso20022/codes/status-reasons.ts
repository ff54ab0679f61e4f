/** What a refusal is called in a pacs.002: each error of the error table as a code of ExternalStatusReason1Code. */
import { ERRORS, type ErrorCode } from '../../kernel/errors.js';
import { invariant } from '../../kernel/result.js';
import { meaningOf } from './code-sets.js';

const STATUS_REASON = 'ExternalStatusReason1Code';

export interface StatusReasonCode {
  /** Member of ExternalStatusReason1Code. */
  readonly code: string;
  /** ISO's definition of it. */
  readonly meaning: string;
}

/**
 * The reason that a pacs.002 gives for an error: the one of the error table, else NARR, whose meaning is in the text
 * beside it.
 */
export function statusReasonOf(error: ErrorCode): StatusReasonCode {
  const code = ERRORS[error].iso ?? 'NARR';
  const meaning = meaningOf(STATUS_REASON, code);
  invariant(meaning !== undefined, `${code} is in ${STATUS_REASON}`);
  return { code, meaning };
}

/**
 * The one error table: code -> HTTP status, ISO 20022 reason (ExternalStatusReason1Code), whether a retry can help,
 * and a title. It feeds RFC 9457 problem documents and the `StsRsnInf` of a pacs.002 alike.
 *
 * retry: `never` the same request will fail again; `same-key` repeat it unchanged, it is idempotent;
 * `later` the cause is temporary.
 */
export type Retry = 'never' | 'same-key' | 'later';

export interface ErrorRow {
  readonly http: number;
  readonly iso: string | null;
  readonly retry: Retry;
  readonly title: string;
}

const row = (http: number, iso: string | null, retry: Retry, title: string): ErrorRow => ({ http, iso, retry, title });

export const ERRORS = {
  // Transport and the byte-level gate
  BODY_TOO_LARGE: row(413, 'FF01', 'never', 'The body is larger than allowed'),
  UNSUPPORTED_MEDIA_TYPE: row(415, 'FF01', 'never', 'The content type is not supported'),
  UNSUPPORTED_ENCODING: row(415, 'FF01', 'never', 'The content encoding is not supported'),
  NOT_UTF8: row(400, 'FF01', 'never', 'The message is not UTF-8'),
  DOCTYPE_FORBIDDEN: row(400, 'FF01', 'never', 'The message holds a document type declaration'),
  PROCESSING_INSTRUCTION_FORBIDDEN: row(400, 'FF01', 'never', 'The message holds a processing instruction'),
  CHARACTER_FORBIDDEN: row(400, 'FF01', 'never', 'The message holds a control or bidirectional override character'),
  TOO_DEEP: row(400, 'FF01', 'never', 'The message is nested too deeply'),
  TOO_MANY_ELEMENTS: row(400, 'FF01', 'never', 'The message holds too many elements'),
  TOO_COMPLEX: row(
    400,
    'FF01',
    'never',
    'The message has too many attributes, or names or namespaces that are too long',
  ),
  NOT_WELL_FORMED: row(400, 'FF01', 'never', 'The message is not well-formed XML'),
  ENVELOPE_INVALID: row(400, 'FF01', 'never', 'The envelope does not hold one header and one document'),
  NAMESPACE_UNKNOWN: row(400, 'FF01', 'never', 'The document is in no supported ISO 20022 namespace'),
  MESSAGE_UNSUPPORTED: row(400, 'FF01', 'never', 'The message is not handled here'),
  SCHEMA_INVALID: row(400, 'FF01', 'never', 'The message does not satisfy its schema'),
  BAD_REQUEST: row(400, null, 'never', 'The request is malformed'),
  NOT_FOUND: row(404, null, 'never', 'There is no such resource'),
  METHOD_NOT_ALLOWED: row(405, null, 'never', 'The method is not allowed here'),
  NOT_ACCEPTABLE: row(406, null, 'never', 'No representation is acceptable'),
  TOO_MANY_REQUESTS: row(429, null, 'later', 'Too many requests'),
  UNAVAILABLE: row(503, null, 'same-key', 'The service is not available now'),
  INTERNAL: row(500, null, 'same-key', 'The service failed'),

  // Who is calling (RFC 9421)
  SIGNATURE_MISSING: row(401, 'DS0A', 'never', 'The request is not signed'),
  SIGNATURE_MALFORMED: row(401, 'DS0A', 'never', 'The signature fields are malformed'),
  SIGNATURE_INVALID: row(401, 'DS0A', 'never', 'The signature does not verify'),
  SIGNATURE_EXPIRED: row(401, 'DS0A', 'never', 'The signature is expired or its life is too long'),
  NONCE_REPLAYED: row(401, 'DS0A', 'never', 'The nonce was used before'),
  KEY_UNKNOWN: row(401, 'DS0A', 'never', 'The key is not registered or not valid now'),
  DIGEST_MISMATCH: row(401, 'DS0A', 'never', 'The content digest does not match the body'),
  FORBIDDEN: row(403, 'AGNT', 'never', 'The caller may not do this'),

  // Idempotency and duplicates
  MESSAGE_ID_REUSED: row(409, 'DUPL', 'never', 'The same message id was used with other content'),
  UETR_DUPLICATE: row(422, 'AM05', 'never', 'The UETR is known under another message id'),
  IDEMPOTENCY_CONFLICT: row(409, 'DUPL', 'never', 'The idempotency key was used with other content'),

  // Usage rules
  CONDITION_INVALID: row(422, 'NARR', 'never', 'An instruction on an event or a mark is not in its form'),
  RULE_BROKEN: row(422, 'NARR', 'never', 'A usage rule is broken'),
  CHARACTERS_UNSUPPORTED: row(422, 'RR10', 'never', 'A character can not be written for the receiving side'),
  SCREENING_DATA_LOST: row(
    422,
    'RR04',
    'never',
    'The receiving side’s version has no place for names, addresses or remittance',
  ),
  AGENT_UNKNOWN: row(422, 'AGNT', 'never', 'The agent is not a participant'),
  SENDER_NOT_INSTRUCTING_AGENT: row(403, 'AGNT', 'never', 'The sender is not the instructing agent'),
  DEBIT_NOT_OWNED: row(422, 'AGNT', 'never', 'The sender does not own the wallet that would be debited'),
  CREDITOR_AGENT_UNKNOWN: row(422, 'RC04', 'never', 'The creditor agent is not a participant'),
  INTERMEDIARY_CONTRADICTS: row(422, 'RC11', 'never', 'An intermediary agent contradicts the quote'),
  SETTLEMENT_METHOD_REFUSED: row(422, 'NARR', 'never', 'The settlement method is not accepted'),
  DEBTOR_ACCOUNT_UNKNOWN: row(422, 'AC02', 'never', 'The debtor account is missing or not registered'),
  CREDITOR_ACCOUNT_UNKNOWN: row(422, 'AC03', 'never', 'The creditor account is missing or not registered'),
  WALLET_CLOSED: row(422, 'AC04', 'never', 'The wallet is closed'),
  WALLET_BLOCKED: row(422, 'AC06', 'never', 'The wallet is blocked'),
  AMOUNT_ZERO: row(422, 'AM01', 'never', 'The amount is zero'),
  AMOUNT_TOO_LARGE: row(422, 'AM02', 'never', 'The amount is above the limit'),
  AMOUNT_DECIMALS: row(422, 'AM12', 'never', 'The amount has more decimals than its currency'),
  CURRENCY_WRONG: row(422, 'AM03', 'never', 'The currency is not the currency of the leg'),
  PAIR_NOT_TRADED: row(422, 'AM03', 'never', 'The currency pair is not traded'),
  FUNDS_INSUFFICIENT: row(422, 'AM04', 'later', 'The funds do not cover the amount'),
  SETTLEMENT_DATE_PAST: row(422, 'DT01', 'never', 'The settlement date is in the past'),
  SETTLEMENT_DATE_FUTURE: row(422, 'DT04', 'never', 'A settlement date in the future is not supported'),
  QUEUE_EXPIRED: row(422, 'AM04', 'later', 'The provider’s funds did not come while the payment may wait'),
  MESSAGE_EXPIRED: row(422, 'TM01', 'never', 'The message expired before it was received'),

  // Quote
  RATE_MISSING: row(422, 'AM03', 'later', 'There is no current rate for the pair'),
  RATE_STALE: row(422, 'AB04', 'later', 'Every rate for the pair is older than it may be'),
  TRADING_HALTED: row(422, 'AB04', 'later', 'Trading of this pair, provider or corridor is halted'),
  PROVIDER_LIMIT: row(422, 'AM02', 'never', 'The amount is outside what the providers of the pair trade at once'),
  PROVIDER_UNAVAILABLE: row(503, 'AB06', 'later', 'The provider does not sign quotes now'),
  LIQUIDITY_INSUFFICIENT: row(422, 'AM04', 'later', 'No provider of the pair has the money for a firm quote now'),
  OPEN_QUOTES_LIMIT: row(422, null, 'later', 'There are as many open quotes as a limit of the FX desk allows'),
  PAYMENT_LIMIT: row(422, 'AM14', 'never', 'The amount is above what a limit of the FX desk allows at once'),
  DAY_LIMIT: row(422, 'AM14', 'later', 'The amount is above what a limit of the FX desk leaves for the day'),
  POSITION_LIMIT: row(422, 'AM14', 'later', 'The trade would take the provider beyond the limit of its position'),
  CONDUCT_LIMIT: row(422, 'AG10', 'later', 'The bank let too many quotes lapse or payments abort today'),
  LIMIT_INVALID: row(422, null, 'never', 'The limit is not one of the FX desk'),
  RATE_INVALID: row(422, null, 'never', 'The rate is not a decimal of at most 11 digits and 10 decimals'),
  PROPOSAL_STATE: row(409, null, 'never', 'The proposal was decided, or its time is up'),
  OFFICER_SAME: row(403, null, 'never', 'Another officer has to decide this'),
  QUOTE_UNKNOWN: row(422, 'AB04', 'never', 'The quote is unknown'),
  QUOTE_EXPIRED: row(422, 'AB04', 'never', 'The quote is expired'),
  QUOTE_USED: row(422, 'AB04', 'never', 'The quote is bound to another payment'),
  QUOTE_NOT_YOURS: row(422, 'AB04', 'never', 'The quote was given to somebody else'),
  QUOTE_MISMATCH: row(422, 'AB04', 'never', 'The rate or an amount differs from the quote'),
  RATE_WORSE: row(422, 'AB04', 'later', 'The current rate is worse for the payer than the rate in the message'),
  CHARGE_BEARER: row(422, 'BE19', 'never', 'The charge of the quote is borne by another party than the message says'),
  CHARGE_AMOUNT: row(422, 'AM09', 'never', 'The settlement amount does not hold the instructed amount and the charge'),
  TARIFF_INVALID: row(422, null, 'never', 'The tariff has no amounts or basis points, or its bounds contradict'),
  QUOTE_SIGNATURE_INVALID: row(422, 'AB04', 'never', 'The signature of the quote does not verify'),

  // PvP and the ledger
  AUTHORISATION_INVALID: row(422, 'DS0A', 'never', "The payer's authorisation does not cover this leg"),
  TERMS_INVALID: row(422, 'AB04', 'never', 'The terms are not valid'),
  TERMS_CONFLICT: row(409, 'AB04', 'never', 'The payment id is held under other terms'),
  PREPARE_TOO_LATE: row(422, 'AB03', 'never', 'The terms arrived after their preparation deadline'),
  VOTE_TOO_LATE: row(422, 'AB03', 'never', 'The voting deadline passed'),
  CANCELLED: row(422, 'AB03', 'never', 'The payment was cancelled before it was decided'),
  PEER_ABORTED: row(422, 'AB04', 'never', 'The other jurisdiction refused the payment'),
  CORRIDOR_FROZEN: row(503, 'AB04', 'later', 'The corridor is frozen until an operator has looked at its evidence'),
  CERTIFICATE_INVALID: row(422, null, 'never', 'The certificate does not verify'),
  LEDGER_INCONSISTENT: row(500, null, 'never', 'The command would break an invariant of the ledger'),
  RECORD_CORRUPT: row(500, null, 'never', 'A record of the payment can not be read'),
  CLOCK_UNTRUSTED: row(503, null, 'later', 'The clock of the co-signer can not be proved'),
  EPOCH_FENCED: row(503, null, 'never', 'Another writer of this ledger took over'),
  QUEUE_FULL: row(503, null, 'same-key', 'The queue is full'),
  HOLD_UNKNOWN: row(404, null, 'never', 'There is no such hold'),
  HOLD_STATE: row(409, null, 'never', 'The hold is not in a state that allows this'),
  WALLET_UNKNOWN: row(404, null, 'never', 'There is no such wallet'),
  WALLET_EXISTS: row(409, null, 'never', 'The wallet exists already'),
  WALLET_KIND: row(422, null, 'never', 'The wallet is of a kind that this is not for'),
  REQUEST_UNKNOWN: row(404, null, 'never', 'There is no such request'),
  REQUEST_STATE: row(409, null, 'never', 'The request was decided, or its time is up'),
  WALLET_AWAITED: row(409, null, 'later', 'Held money is on its way to the wallet'),
  WALLET_STATE: row(409, null, 'same-key', 'The wallet changed meanwhile'),
  WALLET_NOT_EMPTY: row(409, null, 'never', 'The wallet still holds money'),
  ACCOUNT_TAKEN: row(409, null, 'never', 'The account is registered already'),
  ENTRY_EXISTS: row(409, null, 'never', 'Something else is registered under this id'),
  MARK_UNKNOWN: row(404, 'AG01', 'never', 'There is no such mark'),
  MARK_FORBIDS: row(422, 'AG01', 'never', 'The mark does not allow this payment'),
  MARK_EXPIRED: row(422, 'AG01', 'never', 'The mark is not valid at this time'),
  AGREEMENT_UNKNOWN: row(404, 'AG01', 'never', 'There is no such agreement'),
  AGREEMENT_FORBIDS: row(422, 'AG01', 'never', 'The agreement is not one between these wallets under this mark'),
  AGREEMENT_EXPIRED: row(422, 'AG01', 'never', 'The agreement has expired'),
  AGREEMENT_EXHAUSTED: row(422, 'AM14', 'never', 'The amount is more than what is left of the agreement'),
  PROVIDER_UNKNOWN: row(404, null, 'never', 'There is no such event provider'),
  EVENT_UNKNOWN: row(404, null, 'never', 'There is no such event'),
  EVENT_STATE: row(409, null, 'never', 'The event is not in a state that allows this'),
  EVENT_MISMATCH: row(422, 'NARR', 'never', 'The event is not registered for this payer and amount'),
  EVENT_USAGE: row(422, 'NARR', 'never', 'The event does not release what is asked to be held for it'),
  EVENT_USED: row(409, 'NARR', 'never', 'The event is held for another payment, or for none'),
  EVENT_REFUSED: row(422, 'NARR', 'never', 'The event was refused by its providers'),
  EVENT_EXPIRED: row(422, 'AB03', 'never', 'The event did not happen in its time'),
  STATEMENT_INVALID: row(
    422,
    'DS0A',
    'never',
    'The statement is not signed by a provider of the event for this decision',
  ),
  INVOICE_UNKNOWN: row(404, null, 'never', 'There is no such invoice'),
  INVOICE_STATE: row(409, null, 'never', 'The invoice was corrected or cancelled'),
  INVOICE_PARTIES: row(422, null, 'never', 'The invoice is not between these wallets'),
  INVOICE_OVERPAID: row(422, null, 'never', 'The amount is more than what is still due'),
  REFUND_EXCESSIVE: row(422, null, 'never', 'The amount is more than what was paid and not refunded'),
  PARTICIPANT_EXISTS: row(409, null, 'never', 'The participant or key is registered already'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** A refusal as data: the code, and what a reader needs to find the cause. `detail` never holds private data. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly detail?: string;
}

export const refusal = (code: ErrorCode, detail?: string): Refusal =>
  detail === undefined ? { code } : { code, detail };

/** A refusal on its way out of a shell whose callers catch: an HTTP route, a command. */
export class RefusalError extends Error {
  override readonly name: string = 'RefusalError';
  constructor(readonly refusal: Refusal) {
    super(refusal.detail === undefined ? refusal.code : `${refusal.code}: ${refusal.detail}`);
  }
}

/** Schemas that several subjects share. */
import { ERRORS } from '../../kernel/errors.js';
import { listOf, orNull, partial, ref, type Schema, strict } from './model.js';

const text = (description: string, pattern?: string): Schema => ({
  type: 'string',
  description,
  ...(pattern === undefined ? {} : { pattern }),
});

const isoReasons = [...new Set(Object.values(ERRORS).flatMap(({ iso }) => (iso === null ? [] : [iso])))].sort();

export const sharedSchemas: Readonly<Record<string, Schema>> = {
  Uetr: {
    type: 'string',
    format: 'uuid',
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
    description: 'Unique end-to-end transaction reference: a lower-case UUIDv4',
  },
  QuoteId: {
    type: 'string',
    format: 'uuid',
    pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$',
    description: 'A lower-case UUIDv4',
  },
  Bic: text('ISO 9362, 8 or 11 characters', '^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$'),
  Currency: text('ISO 4217 code', '^[A-Z]{3}$'),
  Decimal: text('Amount as a decimal, with the decimals of its currency', '^-?\\d{1,18}(?:\\.\\d{1,5})?$'),
  Rate: text('Target units per one source unit; at most 11 digits, 10 decimals', '^\\d{1,11}(?:\\.\\d{1,10})?$'),
  Minor: text('Amount in minor units', '^-?\\d{1,20}$'),
  Time: { type: 'string', format: 'date-time', description: 'ISO 8601, UTC' },
  Hex: text('Bytes, hexadecimal', '^(?:[0-9a-f]{2})*$'),
  Hash: text('32 bytes, hexadecimal', '^[0-9a-f]{64}$'),
  Base64: text('Bytes, base64', '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'),
  Sequence: text('Whole number that grows', '^\\d{1,18}$'),
  LedgerCode: text('Code of a jurisdiction and of its ledger', '^[A-Z]{2,8}$'),
  WalletId: text('Wallet on one ledger', '^[A-Za-z0-9._:-]{1,64}$'),
  ErrorCode: { type: 'string', enum: Object.keys(ERRORS) },
  IsoReason: { type: 'string', enum: isoReasons, description: 'ISO 20022 ExternalStatusReason1Code' },
  Finding: partial(
    {
      code: text('Rule or schema constraint that is broken'),
      message: text('What is wrong'),
      line: { type: 'integer', minimum: 1 },
      xpath: text('Place in the message'),
      isoReason: text('ISO 20022 ExternalStatusReason1Code, of a usage rule', '^[A-Z0-9]{4}$'),
    },
    ['code', 'message'],
  ),
  Problem: {
    ...partial(
      {
        type: text('Names the kind of problem', '^urn:otkel:problem:[a-z0-9-]+$'),
        title: text('The kind of problem in words'),
        status: { type: 'integer', minimum: 400, maximum: 599 },
        detail: text('This occurrence; never private data'),
        instance: text('Identifies this occurrence'),
        code: ref('ErrorCode'),
        isoReason: orNull(ref('IsoReason')),
        retry: {
          type: 'string',
          enum: ['never', 'same-key', 'later'],
          description:
            '`never`: the same request fails again; `same-key`: repeat it unchanged, it is idempotent; ' +
            '`later`: the cause is temporary',
        },
        findings: listOf(ref('Finding')),
      },
      ['type', 'title', 'status', 'code', 'isoReason', 'retry'],
    ),
    description: 'RFC 9457 problem document',
  },
  Money: strict({ amount: ref('Decimal'), currency: ref('Currency'), minor: ref('Minor') }),
};

/** Event providers, events that money waits for, and the statements that decide them. */

import { EVENT_PHASES, KEPT_WHY } from '../../ledger/domestic/event.js';
import { COMMAND_ERRORS, count, LIMIT, MONEY_ERRORS, money, next, READ_ERRORS, route, text } from './ledger-parts.js';
import {
  inPath,
  inQuery,
  json,
  jsonBody,
  listOf,
  orNull,
  type PathDrafts,
  partial,
  ref,
  type Schema,
  strict,
} from './model.js';

const key = {
  keyId: ref('EntryId'),
  suite: { type: 'string', enum: ['ed25519', 'p256', 'secp256k1'] },
  publicKey: { ...text, description: 'Base64url' },
} satisfies Record<string, Schema>;

const receivers = listOf(
  partial(
    {
      walletId: ref('WalletId'),
      amount: ref('Decimal'),
      parts: { type: 'integer', minimum: 1, description: 'A weight, where none of the receivers has an amount' },
      agreementId: {
        ...ref('EntryId'),
        description: 'Of money under a mark by agreement: what this receiver is paid under',
      },
    },
    ['walletId'],
  ),
);

const usage = {
  type: 'string',
  enum: ['receivers', 'payment'],
  description: 'Who gets the money: the receivers, or the one payment to another ledger that names the event',
} satisfies Schema;

const said = {
  providerId: ref('EntryId'),
  keyId: ref('EntryId'),
  kind: { type: 'string', enum: ['happened', 'refused'] },
  sequence: { type: 'integer', minimum: 1, description: 'The first decision has 1, each after a release the next' },
} satisfies Record<string, Schema>;
const statement = { ...said, ...money, reason: orNull(text), signature: ref('Hex') } satisfies Record<string, Schema>;

export const eventSchemas: Readonly<Record<string, Schema>> = {
  RegisterProviderKey: partial({ ...key, validFrom: ref('Time'), validTo: ref('Time') }, [
    'keyId',
    'suite',
    'publicKey',
  ]),
  RegisterProvider: strict({
    providerId: ref('EntryId'),
    bic: { ...ref('Bic'), description: 'Of the participant that it is' },
    name: { type: 'string', minLength: 1, maxLength: 140 },
    keys: listOf(ref('RegisterProviderKey')),
  }),
  Provider: strict({
    providerId: ref('EntryId'),
    ownerBic: ref('Bic'),
    bic: ref('Bic'),
    name: text,
    keys: listOf(strict({ ...key, validFrom: ref('Time'), validTo: orNull(ref('Time')) })),
  }),
  RegisterEvent: partial(
    {
      eventId: { type: 'string', pattern: '^[\\x21-\\x7e]{1,128}$' },
      providers: listOf(ref('EntryId')),
      threshold: {
        type: 'integer',
        minimum: 1,
        description: 'So many of the providers decide; all where it is absent',
      },
      debitWallet: ref('WalletId'),
      usage: { ...usage, default: 'receivers' },
      receivers: { ...receivers, description: 'Of an event whose usage is not `payment`' },
      amount: ref('Decimal'),
      currency: ref('Currency'),
      markId: { ...text, description: 'Of the marked money that is held' },
      markLevel: count,
      mode: { type: 'string', enum: ['single', 'unlimited'], default: 'single' },
      expiresAt: ref('Time'),
    },
    ['eventId', 'providers', 'debitWallet', 'amount', 'currency', 'expiresAt'],
  ),
  EventStatement: partial(
    { ...said, amount: ref('Decimal'), currency: ref('Currency'), reason: text, signature: ref('Hex') },
    ['providerId', 'keyId', 'kind', 'sequence', 'signature'],
  ),
  ProviderStatement: strict(statement),
  EventHold: strict({
    holdId: text,
    state: { type: 'string', enum: ['HELD', 'SETTLED', 'RELEASED'] },
    reason: { ...orNull(text), description: '`EVENT_REFUSED`, `EVENT_EXPIRED`, why a payment was given up, or null' },
    heldAt: ref('Time'),
    endedAt: orNull(ref('Time')),
  }),
  Event: strict({
    eventId: text,
    eventHash: { ...ref('Hash'), description: 'Of its terms, which every statement signs' },
    ownerBic: ref('Bic'),
    providers: listOf(ref('EntryId')),
    threshold: count,
    debitWallet: ref('WalletId'),
    usage,
    payment: { ...orNull(ref('Uetr')), description: 'The payment that the money is held for' },
    receivers,
    ...money,
    markId: orNull(text),
    markLevel: orNull(count),
    mode: { type: 'string', enum: ['single', 'unlimited'] },
    expiresAt: ref('Time'),
    phase: { type: 'string', enum: [...EVENT_PHASES] },
    remaining: ref('Money'),
    sequence: { ...count, description: 'Of the decision that is waited for' },
    collected: { ...listOf(ref('ProviderStatement')), description: 'For that decision so far' },
    decided: { ...listOf(ref('ProviderStatement')), description: 'Those that made the last decision' },
    kept: {
      ...listOf(strict({ ...statement, why: { type: 'string', enum: [...KEPT_WHY] } })),
      description: 'Evidence: good signatures that changed nothing',
    },
    hold: orNull(ref('EventHold')),
  }),
  Events: strict({ events: listOf(ref('Event')), next }),
  OpenHold: strict({
    holdId: text,
    kind: { type: 'string', enum: ['pvp', 'event'] },
    reference: { ...text, description: 'UETR of the payment, or id of the event' },
    debitWallet: orNull(ref('WalletId')),
    creditWallet: orNull(ref('WalletId')),
    ...money,
    markId: orNull(text),
    heldAt: ref('Time'),
  }),
  OpenHolds: strict({ holds: listOf(ref('OpenHold')), next }),
  EventHistory: strict({ eventId: text, entries: listOf(ref('ReportEntry')), next: orNull(text) }),
};

const PROVIDER = inPath('id', 'Of the provider', ref('EntryId'));
const EVENT = inPath('id', 'Of the event', text);
const KEY_ID = inPath('keyId', 'Of the key', ref('EntryId'));
const AFTER = inQuery('after', '`next` of the page before', { type: 'string', pattern: '^\\d{1,18}\\.\\d{1,9}$' });
const PROVIDER_NOW = json('The provider', ref('Provider'));
const EVENT_NOW = json('The event as it is now', ref('Event'));
const KEY_EXAMPLE = { keyId: 'land-1', suite: 'ed25519', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const SIGNATURE_EXAMPLE = '00'.repeat(64);

const providers: PathDrafts = {
  '/v1/ledgers/{code}/providers': {
    post: route({
      id: 'registerProvider',
      summary: 'Register an event provider with its keys',
      description: 'For the oracle.',
      body: jsonBody(ref('RegisterProvider'), {
        providerId: 'land',
        bic: 'EVNTKZ20',
        name: 'Land registry',
        keys: [KEY_EXAMPLE],
      }),
      answers: { 201: PROVIDER_NOW },
      errors: [...COMMAND_ERRORS, 'ENTRY_EXISTS'],
    }),
  },
  '/v1/ledgers/{code}/providers/{id}': {
    get: route({
      id: 'getProvider',
      summary: 'An event provider and its keys',
      parameters: [PROVIDER],
      answers: { 200: PROVIDER_NOW },
      errors: [...READ_ERRORS, 'PROVIDER_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/providers/{id}/keys': {
    post: route({
      id: 'addProviderKey',
      summary: 'Add a key of an event provider',
      description: 'For the oracle. The key under an id never changes.',
      parameters: [PROVIDER],
      body: jsonBody(ref('RegisterProviderKey'), KEY_EXAMPLE),
      answers: { 201: PROVIDER_NOW },
      errors: [...COMMAND_ERRORS, 'PROVIDER_UNKNOWN', 'ENTRY_EXISTS'],
    }),
  },
  '/v1/ledgers/{code}/providers/{id}/keys/{keyId}/end': {
    post: route({
      id: 'endProviderKey',
      summary: 'End a key of an event provider',
      description: 'For the oracle. From the time of the block on the key signs nothing any more.',
      parameters: [PROVIDER, KEY_ID],
      body: jsonBody(strict({}), {}),
      answers: { 200: PROVIDER_NOW },
      errors: [...COMMAND_ERRORS, 'PROVIDER_UNKNOWN'],
    }),
  },
};

const EVENT_COMMAND = [...COMMAND_ERRORS, 'EVENT_UNKNOWN', 'MARK_UNKNOWN', 'MARK_FORBIDS'] as const;

const events: PathDrafts = {
  '/v1/ledgers/{code}/holds': {
    get: route({
      id: 'listHolds',
      summary: 'Money that is held now, the oldest hold first',
      description:
        'Of one wallet, for its owner; the operator sees all. A page looks at `limit` open holds of the ledger and answers those of the wallet, so that it may be empty and not the last.',
      parameters: [
        inQuery(
          'kind',
          'For payments to other ledgers, or for events',
          { type: 'string', enum: ['pvp', 'event'] },
          true,
        ),
        inQuery('wallet', 'That pays or is paid', ref('WalletId')),
        inQuery('after', '`next` of the page before', {
          type: 'string',
          pattern: '^\\d{1,15}\\.[\\x21-\\x7e]{1,200}$',
        }),
        LIMIT,
      ],
      answers: { 200: json('A page', ref('OpenHolds')) },
      errors: [...READ_ERRORS, 'WALLET_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/events': {
    get: route({
      id: 'listEvents',
      summary: 'Events that somebody registered, by their ids',
      description: 'For who registered them; the oracle sees all.',
      parameters: [
        inQuery('owner', 'BIC of who registered them', ref('Bic')),
        inQuery('after', 'Events after this one', text),
        LIMIT,
      ],
      answers: { 200: json('A page', ref('Events')) },
      errors: READ_ERRORS,
    }),
    post: route({
      id: 'registerEvent',
      summary: 'Register an event that money is to wait for',
      description: "For the oracle and for the sender's owner. Its terms never change.",
      body: jsonBody(ref('RegisterEvent'), {
        eventId: 'sale-1',
        providers: ['land'],
        debitWallet: 'KZ-ALTNKZ20-1',
        amount: '1000.00',
        currency: 'KZT',
        receivers: [
          { walletId: 'KZ-DALAKZ20-1', amount: '990.00' },
          { walletId: 'KZ-TREASURY', amount: '10.00' },
        ],
        expiresAt: '2030-01-01T00:00:00Z',
      }),
      answers: { 201: EVENT_NOW },
      errors: [
        ...[...MONEY_ERRORS, 'ENTRY_EXISTS' as const, 'PROVIDER_UNKNOWN' as const, 'MARK_UNKNOWN' as const],
        ...(['EVENT_EXPIRED', 'AGREEMENT_UNKNOWN', 'AGREEMENT_FORBIDS', 'AGREEMENT_EXPIRED'] as const),
      ],
    }),
  },
  '/v1/ledgers/{code}/events/{id}': {
    get: route({
      id: 'getEvent',
      summary: 'An event, its hold and the statements about it',
      description: 'For the oracle, its providers, and the owners of the wallets that pay and are paid.',
      parameters: [EVENT],
      answers: { 200: EVENT_NOW },
      errors: [...READ_ERRORS, 'EVENT_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/events/{id}/history': {
    get: route({
      id: 'getEventHistory',
      summary: 'Every transaction of an event, oldest first',
      description: 'For whom the event itself is for.',
      parameters: [EVENT, AFTER, LIMIT],
      answers: { 200: json('A page', ref('EventHistory')) },
      errors: [...READ_ERRORS, 'EVENT_UNKNOWN'],
    }),
  },
  '/v1/ledgers/{code}/events/{id}/hold': {
    post: route({
      id: 'holdForEvent',
      summary: "Hold the event's amount in the sender's wallet",
      description: "For the sender's owner. Once held, the same again answers what became of it.",
      parameters: [EVENT],
      body: jsonBody(strict({}), {}),
      answers: { 201: EVENT_NOW },
      errors: [
        ...EVENT_COMMAND,
        ...(['EVENT_EXPIRED', 'FUNDS_INSUFFICIENT', 'WALLET_BLOCKED', 'WALLET_CLOSED', 'AGREEMENT_EXHAUSTED'] as const),
      ],
    }),
  },
  '/v1/ledgers/{code}/events/{id}/statements': {
    post: route({
      id: 'stateEvent',
      summary: "Bring a provider's signed statement",
      description:
        'For the event providers and the oracle, whoever signed it. docs/ledger.md says which bytes are signed.',
      parameters: [EVENT],
      body: jsonBody(ref('EventStatement'), {
        providerId: 'land',
        keyId: 'land-1',
        kind: 'happened',
        sequence: 1,
        amount: '1000.00',
        currency: 'KZT',
        signature: SIGNATURE_EXAMPLE,
      }),
      answers: { 200: EVENT_NOW },
      errors: [
        ...[...MONEY_ERRORS, ...EVENT_COMMAND],
        ...(['PROVIDER_UNKNOWN', 'STATEMENT_INVALID', 'EVENT_STATE'] as const),
      ],
    }),
  },
};

export const eventPaths: PathDrafts = { ...providers, ...events };

/** Participants, and what is answered without a signature: probes, documentation and static pages. */
import { RULE_PROFILES } from '../../iso20022/rules/rule.js';
import { CHARACTERS, HEADER_VERSIONS, PARTICIPANT_ROLES, PROFILES } from '../identity/participants.js';
import { inPath, json, jsonBody, listOf, orNull, type PathDrafts, partial, ref, type Schema, strict } from './model.js';

const suite: Schema = { type: 'string', enum: ['ed25519', 'p256', 'secp256k1'] };
const keyId: Schema = { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' };
const milliseconds: Schema = { type: 'integer', minimum: 0, description: 'Milliseconds since 1970' };

const participant = {
  bic: ref('Bic'),
  name: { type: 'string', minLength: 1, maxLength: 140 },
  role: { type: 'string', enum: PARTICIPANT_ROLES },
  ledger: { ...orNull(ref('LedgerCode')), description: 'Where the wallets of a bank are' },
  profile: { type: 'string', enum: PROFILES, description: 'Whose wallets move: customers’, or the agent’s own' },
  pacs008Version: { type: 'string', pattern: '^pacs\\.008\\.001\\.\\d{2}$' },
  withHeader: { type: 'boolean', description: 'Messages to it carry a business application header (head.001)' },
  rules: {
    type: 'string',
    enum: RULE_PROFILES,
    description: 'Usage rules that what it sends must satisfy; headers to it name the service',
  },
  headerVersion: { type: 'string', enum: HEADER_VERSIONS },
  characters: {
    type: 'string',
    enum: CHARACTERS,
    description:
      'What it takes: all, or Swift’s set x or z, with Chinese as it is or refused; Cyrillic is transliterated',
  },
} satisfies Record<string, Schema>;

export const serviceSchemas: Readonly<Record<string, Schema>> = {
  Participant: strict(participant),
  Participants: strict({ participants: listOf(ref('Participant')) }),
  NewKey: partial(
    {
      keyId,
      suite,
      publicKey: { type: 'string', description: 'base64url' },
      validFrom: { ...milliseconds, description: 'Milliseconds since 1970; default now' },
      validTo: orNull(milliseconds),
    },
    ['keyId', 'suite', 'publicKey'],
  ),
  NewParticipant: partial({ ...participant, keys: { ...listOf(ref('NewKey')), maxItems: 16 } }, [
    'bic',
    'name',
    'role',
  ]),
  PublicKey: strict({
    keyId,
    suite,
    publicKey: { type: 'string', description: 'base64url' },
    validFrom: ref('Time'),
    validTo: orNull(ref('Time')),
  }),
  OpenApi: strict({
    openapi: { const: '3.1.1' },
    info: { type: 'object' },
    servers: { type: 'array' },
    security: { type: 'array' },
    tags: { type: 'array' },
    paths: { type: 'object' },
    components: { type: 'object' },
  }),
  RegisteredParticipant: strict({ ...participant, keys: listOf(ref('PublicKey')) }),
};

const EXAMPLE = {
  bic: 'NOVAKZK0',
  name: 'Nova Bank',
  role: 'bank',
  ledger: 'KZ',
  keys: [{ keyId: 'nova-1', suite: 'ed25519', publicKey: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }],
};

const page = (description: string) => ({
  200: { description, content: { 'text/html': { schema: { type: 'string' } } } },
});

const probe = (word: string): Schema => strict({ status: { const: word } });
const notReady: Schema = strict({ status: { const: 'not ready' }, waitingFor: listOf({ type: 'string' }) });

export const servicePaths: PathDrafts = {
  '/v1/participants': {
    post: {
      id: 'addParticipant',
      summary: 'Register a participant and its public keys',
      description: 'For the operator. Repeating it changes nothing; keys may be added to a participant.',
      tag: 'Participants',
      body: jsonBody(ref('NewParticipant'), EXAMPLE),
      answers: { 201: json('As registered', ref('RegisteredParticipant')) },
      errors: ['FORBIDDEN', 'UNSUPPORTED_MEDIA_TYPE', 'PARTICIPANT_EXISTS'],
    },
    get: {
      id: 'listParticipants',
      summary: 'Registered participants',
      description: 'For the operator.',
      tag: 'Participants',
      answers: { 200: json('In order of their BIC', ref('Participants')) },
      errors: ['FORBIDDEN'],
    },
  },
  '/metrics': {
    get: {
      id: 'metrics',
      summary: 'Counters and gauges of the process',
      description: 'For the operator. Prometheus text format 0.0.4.',
      tag: 'Service',
      answers: {
        200: { description: 'One line a number', content: { 'text/plain': { schema: { type: 'string' } } } },
      },
      errors: ['FORBIDDEN'],
    },
  },
  '/healthz': {
    get: {
      id: 'health',
      summary: 'The process answers',
      tag: 'Service',
      isPublic: true,
      answers: { 200: json('It does', probe('ok')) },
    },
  },
  '/readyz': {
    get: {
      id: 'readiness',
      summary: 'Recovery is done and whom the process needs answers',
      tag: 'Service',
      isPublic: true,
      answers: { 200: json('Ready', probe('ready')), 503: json('Not ready, and for whom it waits', notReady) },
    },
  },
  '/': {
    get: {
      id: 'console',
      summary: 'The console',
      description: 'A page that signs requests to this API with a key file of the user’s.',
      tag: 'Service',
      isPublic: true,
      answers: page('A page'),
    },
  },
  '/console/{file}': {
    get: {
      id: 'consoleFile',
      summary: 'Script, style or icon of the console',
      tag: 'Service',
      isPublic: true,
      parameters: [inPath('file', 'Name of the file', { type: 'string' })],
      answers: {
        200: {
          description: 'The file',
          content: {
            'text/javascript': { schema: { type: 'string' } },
            'text/css': { schema: { type: 'string' } },
            'image/svg+xml': { schema: { type: 'string' } },
          },
        },
      },
      errors: ['NOT_FOUND'],
    },
  },
  '/docs': {
    get: { id: 'docs', summary: 'This document as pages', tag: 'Service', isPublic: true, answers: page('A page') },
  },
  '/docs/messages': {
    get: {
      id: 'messageList',
      summary: 'The ISO 20022 messages that are read and written',
      tag: 'Service',
      isPublic: true,
      answers: page('A page'),
    },
  },
  '/docs/messages/{message}': {
    get: {
      id: 'messageReference',
      summary: 'The elements of a message',
      description: 'Of `pacs.008.001.13` a page; of `pacs.008.001.13.xsd` the schema that the gateway validates with.',
      tag: 'Service',
      isPublic: true,
      parameters: [inPath('message', 'Message definition', { type: 'string' })],
      answers: {
        200: {
          description: 'The page, or the schema',
          content: { 'text/html': { schema: { type: 'string' } }, 'application/xml': { schema: { type: 'string' } } },
        },
      },
      errors: ['NOT_FOUND'],
    },
  },
  '/docs/{file}': {
    get: {
      id: 'docsFile',
      summary: 'Script, style or icon of the pages',
      tag: 'Service',
      isPublic: true,
      parameters: [inPath('file', 'Name of the file', { type: 'string' })],
      answers: {
        200: {
          description: 'The file',
          content: {
            'text/javascript': { schema: { type: 'string' } },
            'text/css': { schema: { type: 'string' } },
            'image/png': { schema: { type: 'string' } },
          },
        },
      },
      errors: ['NOT_FOUND'],
    },
  },
  '/openapi.json': {
    get: {
      id: 'openApi',
      summary: 'This document',
      tag: 'Service',
      isPublic: true,
      answers: { 200: json('OpenAPI 3.1', ref('OpenApi')) },
    },
  },
};

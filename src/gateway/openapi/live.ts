/** Who the caller is, which keys count, and what changes: what a page that people look at needs beside the rest. */
import { PARTICIPANT_ROLES } from '../identity/participants.js';
import { json, listOf, orNull, type PathDrafts, ref, type Schema, strict } from './model.js';

const keyId: Schema = { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' };

export const liveSchemas: Readonly<Record<string, Schema>> = {
  Me: strict({
    bic: ref('Bic'),
    name: { type: 'string' },
    role: { type: 'string', enum: PARTICIPANT_ROLES },
    ledger: orNull(ref('LedgerCode')),
    keyId: { ...keyId, description: 'The key that signed' },
  }),
  KnownKeys: strict({
    keys: listOf(
      strict({
        keyId,
        owner: { type: 'string', description: 'BIC, or code of the ledger' },
        role: { type: 'string', enum: ['participant', 'ledger', 'cosigner', 'confirmer'] },
        suite: { type: 'string', enum: ['ed25519', 'p256', 'secp256k1'] },
        validFrom: ref('Time'),
        validTo: orNull(ref('Time')),
      }),
    ),
  }),
};

export const livePaths: PathDrafts = {
  '/v1/me': {
    get: {
      id: 'getMe',
      summary: 'Who signed this request',
      tag: 'Participants',
      answers: { 200: json('The caller', ref('Me')) },
    },
  },
  '/v1/keys': {
    get: {
      id: 'listKeys',
      summary: 'Keys that this gateway trusts, with the times they are valid',
      description: 'For the operator.',
      tag: 'Participants',
      answers: { 200: json('In order of their id', ref('KnownKeys')) },
      errors: ['FORBIDDEN'],
    },
  },
  '/v1/stream': {
    get: {
      id: 'followChanges',
      summary: 'What changes, as server-sent events',
      description:
        'Ids only: what is behind them is read by the other routes. `payments` `{"uetrs":[…]}`: these payments changed, ' +
        'of those that the caller may read; `ledgers` `{"codes":[…]}`: somebody changed something on these ledgers; ' +
        '`fx`: rates were set, or trading was halted or lifted; `desk`, for the FX desk and the operator: quotes, proposals or ' +
        'other things of the desk changed; `everything`: the reader was too slow and should read again what it shows; `heartbeat` ' +
        'every 10 s. Of payments that this copy of the gateway carries: where several run, what is shown is read again ' +
        'at a heartbeat. The stream ends after 10 minutes, and is asked for again. At most 16 for a key.',
      tag: 'Payments',
      answers: {
        200: { description: 'Events until the stream ends', content: { 'text/event-stream': {} } },
      },
    },
  },
};

/**
 * The body of `POST /v1/participants`, JSON:
 *
 * ```
 * { "bic": "ABCDKZK0", "name": "…", "role": "bank", "ledger": "KZ",
 *   "profile": "customer", "pacs008Version": "pacs.008.001.13", "withHeader": false, "rules": "base",
 *   "headerVersion": "head.001.001.02", "characters": "all",
 *   "keys": [{ "keyId": "abcd-1", "suite": "ed25519", "publicKey": "<base64url>", "validFrom": 0, "validTo": null }] }
 * ```
 *
 * `ledger` is null for roles that are at home on none or several; `profile`, `pacs008Version`, `withHeader`, `rules`, `headerVersion`, `characters` and a key's times have
 * defaults. Times are milliseconds.
 */

import { HEADER_ID } from '../../iso20022/builders/header.js';
import { RULE_PROFILES } from '../../iso20022/rules/rule.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { bicKey, isBic, type LedgerCode } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { PublicKeyRecord } from '../../kernel/signature.js';
import { isSuite } from '../../kernel/suites.js';
import { CHARACTERS, HEADER_VERSIONS, PARTICIPANT_ROLES, type Participant, PROFILES } from './participants.js';

export interface ParticipantRequest {
  readonly participant: Participant;
  readonly keys: readonly PublicKeyRecord[];
}

type Fields = Readonly<Record<string, unknown>>;

const KEYS_MAX = 16;
const PARTICIPANT_FIELDS = [
  'bic',
  'name',
  'role',
  'ledger',
  'profile',
  'pacs008Version',
  'withHeader',
  'rules',
  'headerVersion',
  'characters',
  'keys',
];
const KEY_FIELDS = ['keyId', 'suite', 'publicKey', 'validFrom', 'validTo'];

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const unknownField = (fields: Fields, known: readonly string[]): string | undefined =>
  Object.keys(fields).find((name) => !known.includes(name));

const isTime = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function readKey(fields: unknown, owner: string, now: number): PublicKeyRecord | string {
  if (!isFields(fields) || unknownField(fields, KEY_FIELDS) !== undefined) return 'a key has fields not known here';
  const { keyId, suite, publicKey, validFrom = now, validTo = null } = fields;
  if (typeof keyId !== 'string' || typeof publicKey !== 'string') return 'keyId and publicKey are text';
  if (typeof suite !== 'string' || !isSuite(suite)) return 'suite is unknown';
  if (!isTime(validFrom) || !(validTo === null || isTime(validTo))) return 'validFrom and validTo are milliseconds';
  return { keyId, owner, suite, publicKey: Buffer.from(publicKey, 'base64url'), validFrom, validTo };
}

function formOf(header: unknown, set: unknown): Pick<Participant, 'headerVersion' | 'characters'> | string {
  const headerVersion = HEADER_VERSIONS.find((known) => known === header);
  if (headerVersion === undefined) return `headerVersion is one of ${HEADER_VERSIONS.join(', ')}`;
  const characters = CHARACTERS.find((known) => known === set);
  return characters === undefined ? `characters is one of ${CHARACTERS.join(', ')}` : { headerVersion, characters };
}

/** Reads the parsed JSON of a request; `now` is when its keys begin to be valid unless they say so themselves. */
export function readParticipantRequest(json: unknown, now: number): Result<ParticipantRequest, Refusal> {
  const refuse = (detail: string) => err(refusal('BAD_REQUEST', detail));
  if (!isFields(json)) return refuse('the body is not a JSON object');
  const extra = unknownField(json, PARTICIPANT_FIELDS);
  if (extra !== undefined) return refuse('the body has a field not known here');
  const {
    bic,
    name,
    role,
    ledger = null,
    profile = 'customer',
    pacs008Version = 'pacs.008.001.13',
    withHeader = false,
    rules = 'base',
    headerVersion = HEADER_ID,
    characters = 'all',
  } = json;
  const knownRole = PARTICIPANT_ROLES.find((known) => known === role);
  const knownProfile = PROFILES.find((known) => known === profile);
  const knownRules = RULE_PROFILES.find((known) => known === rules);
  if (typeof bic !== 'string' || !isBic(bic)) return refuse('bic is not a BIC');
  if (typeof name !== 'string') return refuse('name is not text');
  if (knownRole === undefined) return refuse(`role is one of ${PARTICIPANT_ROLES.join(', ')}`);
  if (knownProfile === undefined) return refuse(`profile is one of ${PROFILES.join(', ')}`);
  if (ledger !== null && typeof ledger !== 'string') return refuse('ledger is text');
  if (typeof pacs008Version !== 'string') return refuse('pacs008Version is not text');
  if (typeof withHeader !== 'boolean') return refuse('withHeader is true or false');
  if (knownRules === undefined) return refuse(`rules is one of ${RULE_PROFILES.join(', ')}`);
  const form = formOf(headerVersion, characters);
  if (typeof form === 'string') return refuse(form);
  const given = json.keys ?? [];
  if (!Array.isArray(given) || given.length > KEYS_MAX) return refuse(`keys is a list of at most ${KEYS_MAX}`);
  const owner = bicKey(bic);
  const keys: PublicKeyRecord[] = [];
  for (const fields of given) {
    const key = readKey(fields, owner, now);
    if (typeof key === 'string') return refuse(key);
    keys.push(key);
  }
  const sent = { profile: knownProfile, pacs008Version, withHeader, rules: knownRules, ...form };
  const settings = { ledger: ledger as LedgerCode | null, ...sent };
  return ok({ participant: { bic: owner, name, role: knownRole, ...settings }, keys });
}

/**
 * The configuration of processes that run apart, a JSON file that every party may read: it holds no secret. Each process
 * takes from it what it needs, and its own private keys from its own folder.
 */
import { type Bic, bicKey, isBic, type LedgerCode } from '../kernel/ids.js';
import { invariant } from '../kernel/result.js';
import { keyIsValidAt, type PublicKeyRecord } from '../kernel/signature.js';
import { isPublicKey, isSuite } from '../kernel/suites.js';
import type { KeyRegister, PvpKeyRecord } from '../pvp/verify.js';
import { checkConfig, type JurisdictionConfig, type OtkelConfig } from './config.js';
import { type ParticipantRequest, readParticipantRequest } from './identity/participant-request.js';
import type { Party } from './identity/parties.js';

/** A jurisdiction as the others reach and know it. */
export interface JurisdictionParty extends Party {
  readonly config: JurisdictionConfig;
  /** Scheme, host and port. */
  readonly url: string;
}

export interface Installation {
  readonly config: OtkelConfig;
  readonly jurisdictions: readonly JurisdictionParty[];
  readonly gateways: readonly Party[];
  /** Keys of ledgers, co-signers and oracles, retired ones too: what they signed in their time stays good. */
  readonly keys: readonly PvpKeyRecord[];
  /** Entered into each register at start, where they are new: at least the operator, who adds the others. */
  readonly participants: readonly ParticipantRequest[];
  /** Whether an empty ledger gets the demo's wallets and liquidity, and an empty desk its rates. */
  readonly isDemo: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

const KEY_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const FIELDS = [
  ...['operator', 'quoteLifeMs', 'rateAgeMaxMs', 'proposalLifeMs', 'queueMax', 'prepareMs', 'voteMs', 'lapseMs'],
  ...['jurisdictions', 'corridors'],
  ...['gateways', 'participants', 'demo'],
];
const JURISDICTION_FIELDS = [
  ...['code', 'currency', 'timeZone', 'suite', 'clearingSystem', 'feeWallet', 'chargeMost'],
  ...['bic', 'url', 'ledgerKeys', 'coSignerKeys', 'confirmerKeys', 'transportKeys'],
];
const KEY_FIELDS = ['keyId', 'suite', 'publicKey', 'validFrom', 'validTo'];

const fail = (what: string): never => {
  throw new Error(`configuration: ${what}`);
};

function fieldsOf(value: unknown, where: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail(`${where} is not an object`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  return unknown === undefined ? (value as Fields) : fail(`${where} has the unknown member ${unknown}`);
}

const listOf = (value: unknown, where: string): readonly unknown[] =>
  Array.isArray(value) ? value : fail(`${where} is not a list`);

/** Reads the text of a configuration file; throws a readable error for one that can't work. */
export function readInstallation(text: string, now: number): Installation {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return fail('the file is not JSON');
  }
  const fields = fieldsOf(json, 'the file', FIELDS);
  const parties = listOf(fields.jurisdictions, 'jurisdictions').map((value, i) =>
    readJurisdiction(value, `jurisdictions[${i}]`),
  );
  const gateways = listOf(fields.gateways ?? [], 'gateways').map((value, i) => readGateway(value, `gateways[${i}]`));
  const { operator, quoteLifeMs, rateAgeMaxMs, proposalLifeMs, queueMax, prepareMs, voteMs, lapseMs } = fields;
  for (const [i, corridor] of listOf(fields.corridors, 'corridors').entries())
    if (typeof corridor !== 'object' || corridor === null) fail(`corridors[${i}] is not an object`);
  const times = { quoteLifeMs, rateAgeMaxMs, proposalLifeMs, prepareMs, voteMs, lapseMs };
  const given = { operator, ...times, queueMax, corridors: fields.corridors };
  const installation: Installation = {
    config: checkConfig({
      ...given,
      jurisdictions: parties.map(({ party }) => party.config),
    } as unknown as OtkelConfig),
    jurisdictions: parties.map(({ party }) => party),
    gateways,
    keys: parties.flatMap(({ keys }) => keys),
    participants: listOf(fields.participants ?? [], 'participants').map((value, i) => {
      const read = readParticipantRequest(value, now);
      return read.ok ? read.value : fail(`participants[${i}]: ${read.error.detail}`);
    }),
    isDemo: fields.demo === true,
  };
  checkParties(installation);
  return installation;
}

/** One key id is one key, and one BIC one party: otherwise who signed is a question of where one looks. */
function checkParties({ jurisdictions, gateways, keys }: Installation): void {
  const parties: readonly Party[] = [...jurisdictions, ...gateways];
  const keyIds = [...keys, ...parties.flatMap((party) => party.keys)].map(({ keyId }) => keyId);
  const keyId = keyIds.find((id, i) => keyIds.indexOf(id) !== i);
  if (keyId !== undefined) fail(`key ${keyId} is named twice`);
  const bics = parties.map(({ bic }) => bicKey(bic));
  const bic = bics.find((one, i) => bics.indexOf(one) !== i);
  if (bic !== undefined) fail(`${bic} is named twice`);
}

function readJurisdiction(value: unknown, where: string): { party: JurisdictionParty; keys: PvpKeyRecord[] } {
  const fields = fieldsOf(value, where, JURISDICTION_FIELDS);
  const { code, currency, timeZone, suite, clearingSystem, feeWallet, chargeMost } = fields;
  for (const [name, text] of Object.entries({ code, currency, timeZone, suite, clearingSystem }))
    if (typeof text !== 'string' || text === '') fail(`${where}.${name} is not text`);
  if (!isTimeZone(String(timeZone))) fail(`${where}.timeZone ${timeZone} is unknown`);
  if (feeWallet !== undefined && typeof feeWallet !== 'string') fail(`${where}.feeWallet is not text`);
  if (chargeMost !== undefined) {
    const { fixed, proportionalBps } = fieldsOf(chargeMost, `${where}.chargeMost`, ['fixed', 'proportionalBps']);
    for (const [name, text] of Object.entries({ fixed, proportionalBps }))
      if (typeof text !== 'string') fail(`${where}.chargeMost.${name} is not text`);
  }
  const charges = { ...(feeWallet !== undefined && { feeWallet }), ...(chargeMost !== undefined && { chargeMost }) };
  const config = { code, currency, timeZone, suite, clearingSystem, ...charges } as unknown as JurisdictionConfig;
  const bic = readBic(fields.bic, where);
  const keysOf = (name: 'ledgerKeys' | 'coSignerKeys' | 'confirmerKeys', role: PvpKeyRecord['role']): PvpKeyRecord[] =>
    readKeys(fields[name], `${where}.${name}`, config.code).map((key) => ({ ...key, role }));
  return {
    party: {
      config,
      bic,
      role: 'jurisdiction',
      url: readUrl(fields.url, `${where}.url`),
      keys: readKeys(fields.transportKeys, `${where}.transportKeys`, bic),
    },
    keys: [
      ...keysOf('ledgerKeys', 'ledger'),
      ...keysOf('coSignerKeys', 'cosigner'),
      ...keysOf('confirmerKeys', 'confirmer'),
    ],
  };
}

function readGateway(value: unknown, where: string): Party {
  const fields = fieldsOf(value, where, ['bic', 'transportKeys']);
  const bic = readBic(fields.bic, where);
  return { bic, role: 'gateway', keys: readKeys(fields.transportKeys, `${where}.transportKeys`, bic) };
}

const readBic = (value: unknown, where: string): Bic =>
  typeof value === 'string' && isBic(value) ? bicKey(value) : fail(`${where}.bic is not a BIC`);

function readUrl(value: unknown, where: string): string {
  const url = typeof value === 'string' && URL.canParse(value) ? new URL(value) : null;
  const isPlain = url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && !url.username;
  return isPlain ? url.origin : fail(`${where} is not a URL of scheme, host and port`);
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** At least one key; times are milliseconds, by default for ever. */
function readKeys(value: unknown, where: string, owner: string): PublicKeyRecord[] {
  const list = listOf(value, where);
  if (list.length === 0) fail(`${where} is empty`);
  return list.map((item, i) => {
    const { keyId, suite, publicKey, validFrom = 0, validTo = null } = fieldsOf(item, `${where}[${i}]`, KEY_FIELDS);
    if (typeof keyId !== 'string' || !KEY_ID.test(keyId))
      return fail(`${where}[${i}].keyId is not 1 to 128 of A-Z a-z 0-9 . _ -`);
    if (typeof suite !== 'string' || !isSuite(suite)) return fail(`${where}[${i}].suite is unknown`);
    const bytes = Buffer.from(typeof publicKey === 'string' ? publicKey : '', 'base64url');
    if (!isPublicKey(suite, bytes))
      return fail(`${where}[${i}].publicKey is not an acceptable ${suite} key in base64url`);
    const isTime = (time: unknown): time is number => Number.isSafeInteger(time) && (time as number) >= 0;
    if (!isTime(validFrom) || !(validTo === null || (isTime(validTo) && validTo > validFrom)))
      return fail(`${where}[${i}]: validFrom and validTo are milliseconds, one after the other`);
    return { keyId, owner, suite, publicKey: bytes, validFrom, validTo };
  });
}

/** Keys by their id; throws where one id is of two keys. */
export function keyRegister(keys: readonly PvpKeyRecord[]): KeyRegister {
  const byId = new Map(keys.map((key) => [key.keyId, key]));
  invariant(byId.size === keys.length, 'a key id is of one key');
  return { key: (keyId) => byId.get(keyId) };
}

/** Of several keys the one to sign with now: valid, and the newest of those; null when there is none. */
export function keyInUse<K extends PublicKeyRecord>(keys: readonly K[], now: number): K | null {
  const valid = keys.filter((key) => keyIsValidAt(key, now)).sort((a, b) => b.validFrom - a.validFrom);
  return valid[0] ?? null;
}

/** The co-signer's key that terms formed now name; throws where a jurisdiction has none. */
export const coSignerKeyId = (keys: readonly PvpKeyRecord[], code: LedgerCode, now: number): string => {
  const found = keyInUse(
    keys.filter((key) => key.role === 'cosigner' && key.owner === code),
    now,
  );
  invariant(found, `the co-signer of ${code} has a key that is valid now`);
  return found.keyId;
};

/** The register of participants and their public keys. The gateway and each ledger keep one of their own. */
import type { HeaderId } from '../../iso20022/builders/header.js';
import { CATALOGUE_MESSAGE_IDS } from '../../iso20022/catalogue/catalogue.js';
import { RULE_PROFILES, type RuleProfile } from '../../iso20022/rules/rule.js';
import { CHARACTER_PROFILES, type CharacterProfileName } from '../../iso20022/translation/transliterate.js';
import { CREDIT_TRANSFER_VERSIONS } from '../../iso20022/translation/version-steps.js';
import type { Clock } from '../../kernel/clock.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic, type LedgerCode } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { PublicKeyRecord } from '../../kernel/signature.js';
import { isPublicKey } from '../../kernel/suites.js';
import { LEDGER_ROLES } from '../../ledger/domestic/roles.js';

export const PARTICIPANT_ROLES = [...LEDGER_ROLES, 'desk', 'rateFeed', 'cosigner', 'ledger'] as const;
/** Roles at home on one ledger. */
const DOMESTIC_ROLES: ReadonlySet<string> = new Set([
  'bank',
  'issuer',
  'treasury',
  'notary',
  'oracle',
  'eventProvider',
]);
/** Gateways and jurisdictions are parties of the installation: its configuration names them, never a register. */
export type ParticipantRole = (typeof PARTICIPANT_ROLES)[number] | 'gateway' | 'jurisdiction';

/** Whose wallets move: the customers' (debtor, creditor accounts), or the agent's own settlement wallet. */
export const PROFILES = ['customer', 'agent'] as const;
export type Profile = (typeof PROFILES)[number];

export const HEADER_VERSIONS = CATALOGUE_MESSAGE_IDS.filter((id): id is HeaderId => id.startsWith('head.001.'));
export const CHARACTERS = Object.keys(CHARACTER_PROFILES) as readonly CharacterProfileName[];

export interface Participant {
  /** Institution as {@link bicKey} gives it. */
  readonly bic: Bic;
  readonly name: string;
  readonly role: ParticipantRole;
  /** Ledger on which a bank's wallets are; null for parties that are at home on none or several. */
  readonly ledger: LedgerCode | null;
  readonly profile: Profile;
  /** Version of pacs.008 that this participant is sent, for example `pacs.008.001.08`. */
  readonly pacs008Version: string;
  /** Whether messages to it carry a business application header (head.001). */
  readonly withHeader: boolean;
  /** Usage rules that the messages it sends must satisfy; they also name the service in headers to it. */
  readonly rules: RuleProfile;
  /** Version of that header, for example `head.001.001.02`. */
  readonly headerVersion: HeaderId;
  /** Characters that it takes: other letters are transliterated for it. */
  readonly characters: CharacterProfileName;
}

/** All there is in a register. */
export interface RegisterContent {
  readonly participants: readonly Participant[];
  readonly keys: readonly PublicKeyRecord[];
}

export interface ParticipantStore {
  load(): Promise<RegisterContent>;
  /** False when the BIC is there already; nothing is changed then. */
  insertParticipant(participant: Participant): Promise<boolean>;
  /** False when the key id is there already; nothing is changed then. */
  insertKey(key: PublicKeyRecord): Promise<boolean>;
  /** Brings `validTo` forward to `at`, never back; false when there is no such key. */
  revokeKey(keyId: string, at: number): Promise<boolean>;
}

export interface ParticipantRegister {
  /** The key whether valid now or not: ask {@link keyIsValidAt}. */
  key(keyId: string): Promise<PublicKeyRecord | null>;
  /** By 8 or 11 characters. */
  participant(bic: string): Promise<Participant | null>;
  participants(): Promise<readonly Participant[]>;
  /** All keys, valid now or not. */
  keys(): Promise<readonly PublicKeyRecord[]>;
  /** Repeating the same participant is fine; another one of the same BIC is `PARTICIPANT_EXISTS`. */
  addParticipant(participant: Participant): Promise<Result<Participant, Refusal>>;
  /** Repeating the same key is fine; another one of the same id is `PARTICIPANT_EXISTS`; no owner, `NOT_FOUND`. */
  addKey(key: PublicKeyRecord): Promise<Result<PublicKeyRecord, Refusal>>;
  /** The key is not valid from `at` on. What it signed before stays proved. */
  revokeKey(keyId: string, at: number): Promise<Result<null, Refusal>>;
  refresh(): Promise<void>;
}

export interface RegisterOptions {
  /** What is known counts for this long; changes made by other processes are seen by then. */
  readonly freshMs: number;
  /** An unknown key or BIC reads the register again, but not more often than this. */
  readonly missMs: number;
}

const DEFAULTS: RegisterOptions = { freshMs: 5_000, missMs: 1_000 };
const NAME = /^[^\p{C}]{1,140}$/u;
const KEY_ID = /^[A-Za-z0-9._:-]{1,128}$/;

const participantFault = (p: Participant): string | null => {
  if (!isBic(p.bic)) return 'bic is not a BIC';
  if (!NAME.test(p.name)) return 'name is not 1 to 140 printable characters';
  if (!PARTICIPANT_ROLES.some((role) => role === p.role)) return 'role is unknown';
  if (p.ledger !== null && !/^[A-Z]{2,8}$/.test(p.ledger)) return 'ledger is not a ledger code';
  if (DOMESTIC_ROLES.has(p.role) && p.ledger === null) return 'this role needs its ledger';
  if (!PROFILES.includes(p.profile)) return 'profile is unknown';
  if (!RULE_PROFILES.includes(p.rules)) return 'rules are unknown';
  if (!HEADER_VERSIONS.includes(p.headerVersion)) return 'headerVersion is unknown';
  if (!CHARACTERS.includes(p.characters)) return 'characters are unknown';
  return CREDIT_TRANSFER_VERSIONS.includes(p.pacs008Version)
    ? null
    : 'pacs008Version is not a version of pacs.008 that is written';
};

const keyFault = (key: PublicKeyRecord): string | null => {
  if (!KEY_ID.test(key.keyId)) return 'keyId is not 1 to 128 of A-Z a-z 0-9 . _ : -';
  if (!isPublicKey(key.suite, key.publicKey)) return 'publicKey is not an acceptable key of its suite';
  return key.validTo === null || key.validFrom < key.validTo ? null : 'validTo is not after validFrom';
};

const sameParticipant = (a: Participant, b: Participant): boolean =>
  a.bic === b.bic &&
  a.name === b.name &&
  a.role === b.role &&
  a.ledger === b.ledger &&
  a.profile === b.profile &&
  a.pacs008Version === b.pacs008Version &&
  a.withHeader === b.withHeader &&
  a.rules === b.rules &&
  a.headerVersion === b.headerVersion &&
  a.characters === b.characters;

const sameKey = (a: PublicKeyRecord, b: PublicKeyRecord): boolean =>
  a.owner === b.owner && a.suite === b.suite && Buffer.compare(a.publicKey, b.publicKey) === 0;

interface Snapshot {
  readonly readAt: number;
  readonly participants: ReadonlyMap<string, Participant>;
  readonly keys: ReadonlyMap<string, PublicKeyRecord>;
}

/** A register that answers from memory and reads its store again as {@link RegisterOptions} says. */
export function createParticipantRegister(
  store: ParticipantStore,
  clock: Clock,
  options: RegisterOptions = DEFAULTS,
): ParticipantRegister {
  let snapshot: Snapshot | null = null;
  let reading: Promise<Snapshot> | null = null;

  const read = async (): Promise<Snapshot> => {
    const readAt = clock.now();
    const content = await store.load();
    snapshot = {
      readAt,
      participants: new Map(content.participants.map((participant) => [participant.bic, participant])),
      keys: new Map(content.keys.map((key) => [key.keyId, key])),
    };
    return snapshot;
  };

  /** One read at a time: whoever comes meanwhile shares it. */
  const reread = (): Promise<Snapshot> => {
    reading ??= read().finally(() => {
      reading = null;
    });
    return reading;
  };

  /** A read that began after this call, so that it holds what the caller has just written. */
  const refresh = async (): Promise<void> => {
    await reading?.catch(() => null);
    await reread();
  };

  const isOlderThan = (now: Snapshot, ms: number): boolean => Math.abs(clock.now() - now.readAt) >= ms;

  const lookup = async <T>(find: (from: Snapshot) => T | undefined): Promise<T | null> => {
    let current = snapshot === null || isOlderThan(snapshot, options.freshMs) ? await reread() : snapshot;
    let found = find(current);
    if (found === undefined && isOlderThan(current, options.missMs)) {
      current = await reread();
      found = find(current);
    }
    return found ?? null;
  };

  const participant = (bic: string) => lookup((from) => from.participants.get(bicKey(bic)));
  const key = (keyId: string) => lookup((from) => from.keys.get(keyId));

  const addParticipant = async (given: Participant): Promise<Result<Participant, Refusal>> => {
    const added = { ...given, bic: bicKey(given.bic) };
    const fault = participantFault(added);
    if (fault !== null) return err(refusal('BAD_REQUEST', fault));
    const isNew = await store.insertParticipant(added);
    await refresh();
    const there = await participant(added.bic);
    if (isNew || (there !== null && sameParticipant(there, added))) return ok(added);
    return err(refusal('PARTICIPANT_EXISTS', `participant ${added.bic}`));
  };

  const addKey = async (given: PublicKeyRecord): Promise<Result<PublicKeyRecord, Refusal>> => {
    const added = { ...given, owner: bicKey(given.owner) };
    const fault = keyFault(added);
    if (fault !== null) return err(refusal('BAD_REQUEST', fault));
    if ((await participant(added.owner)) === null) return err(refusal('NOT_FOUND', `participant ${added.owner}`));
    const isNew = await store.insertKey(added);
    await refresh();
    const there = await key(added.keyId);
    if (isNew || (there !== null && sameKey(there, added))) return ok(there ?? added);
    return err(refusal('PARTICIPANT_EXISTS', `key ${added.keyId}`));
  };

  return {
    key,
    participant,
    participants: async () => (await lookup((from) => [...from.participants.values()])) ?? [],
    keys: async () => (await lookup((from) => [...from.keys.values()])) ?? [],
    addParticipant,
    addKey,
    revokeKey: async (keyId, at) => {
      const isThere = await store.revokeKey(keyId, at);
      await refresh();
      return isThere ? ok(null) : err(refusal('NOT_FOUND', `key ${keyId}`));
    },
    refresh,
  };
}

/** A store in memory, for tests and simulations. */
export function createMemoryParticipantStore(): ParticipantStore {
  const participants = new Map<string, Participant>();
  const keys = new Map<string, PublicKeyRecord>();
  return {
    load: async () => ({ participants: [...participants.values()], keys: [...keys.values()] }),
    insertParticipant: async (participant) => {
      if (participants.has(participant.bic)) return false;
      participants.set(participant.bic, participant);
      return true;
    },
    insertKey: async (key) => {
      if (keys.has(key.keyId)) return false;
      keys.set(key.keyId, key);
      return true;
    },
    revokeKey: async (keyId, at) => {
      const key = keys.get(keyId);
      if (key === undefined) return false;
      keys.set(keyId, { ...key, validTo: key.validTo === null ? at : Math.min(key.validTo, at) });
      return true;
    },
  };
}

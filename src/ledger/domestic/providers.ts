import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { isPublicKey, isSuite, type SuiteName } from '../../kernel/suites.js';
import type { Entry } from '../model.js';
import type { Applied } from '../movement.js';
import type { WorkingState } from '../working.js';
import { REFERENCE, register, write } from './entries.js';
import type { Rules } from './module.js';

/** Event providers: outside systems whose signatures the oracle knows. A key is added and ended, and never changes. */
export interface Provider {
  readonly providerId: string;
  /** Who registered it. */
  readonly ownerBic: Bic;
  /** Of the participant that it is: it may ask about its events. */
  readonly bic: Bic;
  readonly name: string;
  readonly keys: readonly ProviderKey[];
}

/** Good at block times from `validFrom` to before `validTo`, milliseconds; null is open. */
export interface ProviderKey {
  readonly keyId: string;
  readonly suite: SuiteName;
  readonly publicKey: Uint8Array;
  readonly validFrom: number;
  readonly validTo: number | null;
}

export type ProviderCommand =
  | {
      readonly kind: 'registerProvider';
      readonly by: Bic;
      readonly providerId: string;
      readonly bic: Bic;
      readonly name: string;
      readonly keys: readonly ProviderKey[];
    }
  | {
      readonly kind: 'addProviderKey';
      readonly by: Bic;
      readonly providerId: string;
      readonly key: ProviderKey;
    }
  /** From the block's time on the key is good for nothing; what it signed before stays on record. */
  | { readonly kind: 'endProviderKey'; readonly by: Bic; readonly providerId: string; readonly keyId: string };

type Of<K extends ProviderCommand['kind']> = Extract<ProviderCommand, { kind: K }>;

const KEY_COUNT_MAX = 32;
const NAME_LENGTH_MAX = 140;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const isTime = (at: number): boolean => Number.isSafeInteger(at) && at >= 0;

function keyFault({ keyId, suite, publicKey, validFrom, validTo }: ProviderKey): Refusal | null {
  return (
    shape(REFERENCE.test(keyId), 'keyId') ??
    shape(isSuite(suite) && isPublicKey(suite, publicKey), 'publicKey') ??
    shape(isTime(validFrom) && (validTo === null || (isTime(validTo) && validTo > validFrom)), 'validTo')
  );
}

const named = ({ by, providerId }: { by: Bic; providerId: string }): Refusal | null =>
  shape(REFERENCE.test(providerId), 'providerId') ?? shape(isBic(by), 'by');

export const providerRules: Rules<ProviderCommand> = {
  registerProvider: {
    fault: (command) =>
      named(command) ??
      shape(isBic(command.bic), 'bic') ??
      shape(command.name.length >= 1 && command.name.length <= NAME_LENGTH_MAX, 'name') ??
      shape(command.keys.length >= 1 && command.keys.length <= KEY_COUNT_MAX, 'keys') ??
      shape(new Set(command.keys.map(({ keyId }) => keyId)).size === command.keys.length, 'keys') ??
      command.keys.map(keyFault).find((fault) => fault !== null) ??
      null,
    keys: (command, keys) => keys.entry('provider', command.providerId),
    apply: (state, { by, providerId, bic, name, keys }) =>
      register(state, {
        kind: 'provider',
        entryId: providerId,
        ownerBic: bicKey(by),
        open: true,
        dueAt: null,
        body: encodeBody({ bic: bicKey(bic), name, keys }),
        state: encodeKeys(keys),
      }),
  },
  addProviderKey: {
    fault: (command) => named(command) ?? keyFault(command.key),
    keys: (command, keys) => keys.entry('provider', command.providerId),
    apply: addProviderKey,
  },
  endProviderKey: {
    fault: (command) => named(command) ?? shape(REFERENCE.test(command.keyId), 'keyId'),
    keys: (command, keys) => keys.entry('provider', command.providerId),
    apply: endProviderKey,
  },
};

/** The keys of its registration are in the body too: the same registration once more is told from another. */
const encodeBody = ({ bic, name, keys }: Pick<Provider, 'bic' | 'name' | 'keys'>): Buffer =>
  new ByteWriter().text(bic).text(name).bytes(encodeKeys(keys)).finish();

const encodeKeys = (keys: readonly ProviderKey[]): Buffer =>
  new ByteWriter()
    .list(keys, (w, { keyId, suite, publicKey, validFrom, validTo }) =>
      w
        .text(keyId)
        .text(suite)
        .bytes(publicKey)
        .integer(validFrom)
        .optional(validTo, (inner, v) => inner.integer(v)),
    )
    .finish();

function readKey(reader: ByteReader): ProviderKey {
  const keyId = reader.text();
  const suite = reader.text();
  if (!isSuite(suite)) throw new RangeError('an unknown suite');
  const [publicKey, validFrom] = [reader.bytes(), reader.integer()];
  return { keyId, suite, publicKey, validFrom, validTo: reader.optional((r) => r.integer()) };
}

/** Reads an entry of the kind `provider`. Throws `RangeError` on anything else. */
export function providerOf(entry: Entry): Provider {
  const reader = new ByteReader(entry.state);
  const keys = reader.list(readKey, KEY_COUNT_MAX);
  reader.end();
  const said = new ByteReader(entry.body);
  const bic = said.text() as Bic;
  return { providerId: entry.entryId, ownerBic: entry.ownerBic, bic, name: said.text(), keys };
}

/** A provider's key that is good at a time; null when there is none. */
export const providerKeyAt = (provider: Provider, keyId: string, at: number): ProviderKey | null =>
  provider.keys.find(
    (key) => key.keyId === keyId && key.validFrom <= at && (key.validTo === null || at < key.validTo),
  ) ?? null;

function ownProvider(
  state: WorkingState,
  { providerId, by }: { providerId: string; by: Bic },
): Result<{ entry: Entry; provider: Provider }, Refusal> {
  const entry = state.entry('provider', providerId);
  if (!entry) return err(refusal('PROVIDER_UNKNOWN', providerId));
  if (entry.ownerBic !== bicKey(by)) return err(refusal('FORBIDDEN', providerId));
  return ok({ entry, provider: providerOf(entry) });
}

const nothingNew = (state: WorkingState): Applied =>
  ok({ blockSequence: state.sequence - 1n, transactionId: null, hold: null });

function addProviderKey(state: WorkingState, command: Of<'addProviderKey'>): Applied {
  const own = ownProvider(state, command);
  if (!own.ok) return own;
  const { entry, provider } = own.value;
  const known = provider.keys.find(({ keyId }) => keyId === command.key.keyId);
  if (known) {
    const asItWas = { ...command.key, validTo: known.validTo };
    const isSame = Buffer.compare(encodeKeys([known]), encodeKeys([asItWas])) === 0;
    return isSame ? nothingNew(state) : err(refusal('ENTRY_EXISTS', command.key.keyId));
  }
  if (provider.keys.length === KEY_COUNT_MAX) return err(refusal('BAD_REQUEST', 'keys'));
  return write(state, { ...entry, state: encodeKeys([...provider.keys, command.key]) });
}

function endProviderKey(state: WorkingState, command: Of<'endProviderKey'>): Applied {
  const own = ownProvider(state, command);
  if (!own.ok) return own;
  const { entry, provider } = own.value;
  const key = provider.keys.find(({ keyId }) => keyId === command.keyId);
  if (!key) return err(refusal('NOT_FOUND', command.keyId));
  if (key.validTo !== null && key.validTo <= state.now) return nothingNew(state);
  const ended = { ...key, validTo: state.now };
  return write(state, { ...entry, state: encodeKeys(provider.keys.map((one) => (one === key ? ended : one))) });
}

import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic, isWalletId } from '../../kernel/ids.js';
import { err, ok } from '../../kernel/result.js';
import type { Applied } from '../movement.js';
import { movedOnce } from '../repeated.js';
import type { WorkingState } from '../working.js';
import {
  ATTRIBUTE_NAME,
  type Attribute,
  attributeEntry,
  encodeAttribute,
  encodeAttributeName,
  isAttributeValue,
} from './attribute.js';
import { REFERENCE } from './entries.js';
import type { Rules } from './module.js';

/** The oracle's reference registry. */
export interface SetAttribute extends Attribute {
  /** Registers an attribute, replaces what was said of it, or withdraws it (`value` null). */
  readonly kind: 'setAttribute';
  readonly by: Bic;
  readonly reference: string;
}

export type AttributeCommand = SetAttribute;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const isTime = (at: number): boolean => Number.isSafeInteger(at) && at >= 0;

function isSubject(subject: string): boolean {
  const [kind, id] = [subject.slice(0, subject.indexOf(':')), subject.slice(subject.indexOf(':') + 1)];
  return (kind === 'wallet' && isWalletId(id)) || (kind === 'owner' && isBic(id) && bicKey(id) === id);
}

export const attributeRules: Rules<AttributeCommand> = {
  setAttribute: {
    fault: ({ by, reference, subject, name, value, validFrom, validTo }) =>
      shape(isBic(by), 'by') ??
      shape(REFERENCE.test(reference), 'reference') ??
      shape(isSubject(subject), 'subject') ??
      shape(ATTRIBUTE_NAME.test(name), 'name') ??
      shape(value === null || isAttributeValue(value), 'value') ??
      shape(isTime(validFrom) && (validTo === null || (isTime(validTo) && validTo > validFrom)), 'validTo'),
    keys: ({ reference, subject, name }, keys) => {
      keys.reference(reference);
      keys.entry('attribute', attributeEntry(subject, name));
    },
    apply: setAttribute,
  },
};

function setAttribute(state: WorkingState, command: SetAttribute): Applied {
  const { by, reference, subject, name } = command;
  const entryId = attributeEntry(subject, name);
  const [body, detail] = [encodeAttributeName(subject, name), encodeAttribute(command)];
  const said = { kind: 'attribute', reference, debitWallet: null, creditWallet: null, amountMinor: 0n } as const;
  // Which attribute it is belongs to what a repetition must say again.
  const whole = { ...said, detail: Buffer.concat([body, detail]) };
  const first = movedOnce(state, whole);
  if (first) return first;
  const known = state.entry('attribute', entryId);
  if (!known && command.value === null) return err(refusal('NOT_FOUND', entryId));
  const ownerBic = known?.ownerBic ?? bicKey(by);
  const entry = { kind: 'attribute', entryId, ownerBic, body, state: detail, open: true, dueAt: null } as const;
  const { transaction } = state.post({
    ...whole,
    posted: true,
    data: null,
    evidence: null,
    inputs: [],
    outputs: [],
    entries: [entry],
  });
  return ok({ blockSequence: transaction.blockSequence, transactionId: transaction.transactionId, hold: null });
}

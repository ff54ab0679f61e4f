import type { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Entry } from '../model.js';
import type { Wallet } from '../types.js';
import type { RuleView } from '../working.js';
import { ATTRIBUTE_NAME, attributeEntry, isAttributeValue, ownerSubject, valueAt, walletSubject } from './attribute.js';

/**
 * The rule of purpose-bound vouchers: who may receive, by attributes of the reference registry at the time of the block;
 * from when until when; for what.
 */
export interface CriteriaRule {
  readonly by: 'criteria';
  /**
   * Money at level k may go to whoever meets all of `levels[k]`, where it has level k + 1; what the last level lets pay
   * is ordinary money. An empty level is met by everybody.
   */
  readonly levels: readonly (readonly Criterion[])[];
  /** Of these the payment that clears the mark names one; empty: it may be for anything. */
  readonly purposes: readonly string[];
  /** Milliseconds: from `validFrom` to before `validTo`, from which on all of it goes back. */
  readonly validFrom: number;
  readonly validTo: number;
  /** The initiator's, where money goes that nobody spent in its time. */
  readonly returnWallet: WalletId;
}

/** An attribute that the payee must have, with one of these values; null: with any. */
export interface Criterion {
  readonly name: string;
  readonly oneOf: readonly string[] | null;
}

const LEVEL_COUNT_MAX = 8;
const CRITERION_COUNT_MAX = 16;
const VALUE_COUNT_MAX = 1_000;
const PURPOSE_COUNT_MAX = 64;
export const PURPOSE = /^[A-Za-z0-9._-]{1,35}$/;

export function writeCriteria(writer: ByteWriter, rule: CriteriaRule): ByteWriter {
  return writer
    .list(rule.levels, (w, level) =>
      w.list(level, (inner, { name, oneOf }) =>
        inner.text(name).optional(oneOf, (last, values) => last.list(values, (v, value) => v.text(value))),
      ),
    )
    .list(rule.purposes, (w, purpose) => w.text(purpose))
    .integer(rule.validFrom)
    .integer(rule.validTo)
    .text(rule.returnWallet);
}

export function readCriteria(reader: ByteReader): CriteriaRule {
  const criterion = (r: ByteReader): Criterion => ({
    name: r.text(),
    oneOf: r.optional((inner) => inner.list((v) => v.text(), VALUE_COUNT_MAX)),
  });
  return {
    by: 'criteria',
    levels: reader.list((r) => r.list(criterion, CRITERION_COUNT_MAX), LEVEL_COUNT_MAX),
    purposes: reader.list((r) => r.text(), PURPOSE_COUNT_MAX),
    validFrom: reader.integer(),
    validTo: reader.integer(),
    returnWallet: reader.text() as WalletId,
  };
}

/** State of a mark whose expiry stands in the chain: nothing that the ledger's clock says later undoes it. */
export const EXPIRED = Buffer.from([1]);
export const isExpired = (entry: Pick<Entry, 'state'>): boolean => entry.state.length > 0;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const isTime = (at: number): boolean => Number.isSafeInteger(at) && at >= 0;

const isCriterion = ({ name, oneOf }: Criterion): boolean =>
  ATTRIBUTE_NAME.test(name) &&
  (oneOf === null || (oneOf.length >= 1 && oneOf.length <= VALUE_COUNT_MAX && oneOf.every(isAttributeValue)));

/** Why a rule can't be, or null. Whom the money is for at last is never everybody. */
export function criteriaFault({ levels, purposes, validFrom, validTo, returnWallet }: CriteriaRule): Refusal | null {
  const isCounted = levels.length >= 1 && levels.length <= LEVEL_COUNT_MAX;
  const areLevels = levels.every((level) => level.length <= CRITERION_COUNT_MAX && level.every(isCriterion));
  return (
    shape(isCounted && areLevels && levels.at(-1)!.length >= 1, 'levels') ??
    shape(purposes.length <= PURPOSE_COUNT_MAX && purposes.every((code) => PURPOSE.test(code)), 'purposes') ??
    shape(isTime(validFrom) && isTime(validTo) && validFrom < validTo, 'validTo') ??
    shape(isWalletId(returnWallet), 'returnWallet')
  );
}

/** Ids of the entries of attributes that a payment from this level to the wallet is judged by. */
export const attributesAsked = (
  { levels }: CriteriaRule,
  level: number,
  { walletId, ownerBic }: Pick<Wallet, 'walletId' | 'ownerBic'>,
): string[] =>
  (levels[level] ?? []).flatMap(({ name }) =>
    [walletSubject(walletId), ownerSubject(ownerBic)].map((subject) => attributeEntry(subject, name)),
  );

/** Whether money under the mark can only go back. */
export const isOver = (state: RuleView, entry: Entry, { validTo }: CriteriaRule): boolean =>
  state.now >= validTo || isExpired(entry);

export interface CriteriaPayment {
  readonly markId: string;
  readonly markLevel: number;
  readonly creditWallet: WalletId;
  readonly purpose: string | null;
  /** Ids of entries that the command named. */
  readonly attributes: readonly string[];
}

/** The level of the money once it is the payee's, null where the payment clears the mark, or why the rule refuses it. */
export function routedByCriteria(
  state: RuleView,
  entry: Entry,
  rule: CriteriaRule,
  { markId, markLevel, creditWallet, purpose, attributes }: CriteriaPayment,
): Result<number | null, Refusal> {
  const { levels, purposes } = rule;
  if (state.now < rule.validFrom || isOver(state, entry, rule)) return err(refusal('MARK_EXPIRED', markId));
  const criteria = levels[markLevel];
  if (!criteria) return err(refusal('MARK_FORBIDS', markId));
  const payee = state.wallet(creditWallet);
  if (!payee) return err(refusal('WALLET_UNKNOWN', creditWallet));
  const named = new Set(attributes);
  const isNamed = attributesAsked(rule, markLevel, payee).every((entryId) => named.has(entryId));
  if (!isNamed) return err(refusal('BAD_REQUEST', 'attributes'));
  const missed = criteria.find(({ name, oneOf }) => {
    const value = attributeOf(state, payee, name);
    return value === null || (oneOf !== null && !oneOf.includes(value));
  });
  if (missed) return err(refusal('MARK_FORBIDS', missed.name));
  const isLast = markLevel === levels.length - 1;
  if (!isLast) return ok(markLevel + 1);
  const isForIt = purposes.length === 0 || (purpose !== null && purposes.includes(purpose));
  return isForIt ? ok(null) : err(refusal('MARK_FORBIDS', 'purpose'));
}

/** What the registry says of a wallet at the time of the block: of the wallet itself, else of its owner. */
function attributeOf(state: RuleView, { walletId, ownerBic }: Wallet, name: string): string | null {
  const say = (subject: string): string | null => {
    const entry = state.entry('attribute', attributeEntry(subject, name));
    return entry ? valueAt(entry, state.now) : null;
  };
  return say(walletSubject(walletId)) ?? say(ownerSubject(ownerBic));
}

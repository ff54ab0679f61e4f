import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import type { Bic, WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Entry } from '../model.js';

/**
 * A mark: a purpose bound to tokens, which travels with them. Its rule says where the money may go; what a rule answers
 * is the level of the money in the payee's wallet, or that the spend clears the mark.
 */
export interface Mark {
  readonly markId: string;
  /** The initiator: it may mark and unmark, and is told of every spend. */
  readonly ownerBic: Bic;
  readonly rule: MarkRule;
  /** Whether marked money may leave the country. */
  readonly crossBorder: boolean;
}

/** Wallets that may receive, level by level: money at level k may go to `levels[k]`, where it has level k + 1. */
export interface AddressRule {
  readonly by: 'addresses';
  readonly levels: readonly (readonly WalletId[])[];
}

export type MarkRule = AddressRule;

/** Level of freshly marked money. */
export const FIRST_LEVEL = 0;

const LEVEL_COUNT_MAX = 32;
const WALLET_COUNT_MAX = 10_000;

export function encodeMark({ rule, crossBorder }: Pick<Mark, 'rule' | 'crossBorder'>): Buffer {
  return new ByteWriter()
    .text(rule.by)
    .integer(crossBorder ? 1 : 0)
    .list(rule.levels, (w, level) => w.list(level, (inner, walletId) => inner.text(walletId)))
    .finish();
}

/** Reads what {@link encodeMark} wrote. Throws `RangeError` on anything else. */
export function markOf(entry: Entry): Mark {
  const reader = new ByteReader(entry.body);
  const by = reader.text();
  if (by !== 'addresses') throw new RangeError('an unknown rule of marks');
  const crossBorder = reader.integer() === 1;
  const levels = reader.list((r) => r.list((inner) => inner.text() as WalletId, WALLET_COUNT_MAX), LEVEL_COUNT_MAX);
  reader.end();
  return { markId: entry.entryId, ownerBic: entry.ownerBic, crossBorder, rule: { by, levels } };
}

/** Why a rule can't be, or null. */
export function ruleFault(rule: MarkRule): Refusal | null {
  const { levels } = rule;
  const fits =
    levels.length >= 1 &&
    levels.length <= LEVEL_COUNT_MAX &&
    levels.every((level) => level.length >= 1 && level.length <= WALLET_COUNT_MAX);
  return fits ? null : refusal('BAD_REQUEST', 'levels');
}

/** The level of the money once it is the payee's; null where the spend clears the mark. */
export function routed(mark: Mark, level: number, creditWallet: WalletId): Result<number | null, Refusal> {
  const { levels } = mark.rule;
  // Who holds money of the last level may spend it freely.
  if (level >= levels.length) return ok(null);
  return levels[level]!.includes(creditWallet) ? ok(level + 1) : err(refusal('MARK_FORBIDS', mark.markId));
}

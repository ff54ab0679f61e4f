import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, isWalletId, type WalletId } from '../../kernel/ids.js';
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

/** VAT of e-invoices: invoices alone mark it, and it goes to pay VAT of another invoice or to the tax authority. */
export interface VatRule {
  readonly by: 'vat';
  /** The tax authority's, where the mark is cleared. */
  readonly taxWallet: WalletId;
}

export type MarkRule = AddressRule | VatRule;

/** The id of the mark of VAT: a ledger has one. */
export const VAT_MARK = 'vat';

/** Level of freshly marked money. */
export const FIRST_LEVEL = 0;

const LEVEL_COUNT_MAX = 32;
const WALLET_COUNT_MAX = 10_000;

export function encodeMark({ rule, crossBorder }: Pick<Mark, 'rule' | 'crossBorder'>): Buffer {
  const writer = new ByteWriter().text(rule.by).integer(crossBorder ? 1 : 0);
  writeRule(writer, rule);
  return writer.finish();
}

function writeRule(writer: ByteWriter, rule: MarkRule): ByteWriter {
  switch (rule.by) {
    case 'addresses':
      return writer.list(rule.levels, (w, level) => w.list(level, (inner, walletId) => inner.text(walletId)));
    case 'vat':
      return writer.text(rule.taxWallet);
  }
}

function readRule(by: string, reader: ByteReader): MarkRule {
  switch (by) {
    case 'addresses':
      return {
        by,
        levels: reader.list((r) => r.list((inner) => inner.text() as WalletId, WALLET_COUNT_MAX), LEVEL_COUNT_MAX),
      };
    case 'vat':
      return { by, taxWallet: reader.text() as WalletId };
    default:
      throw new RangeError('an unknown rule of marks');
  }
}

/** Reads what {@link encodeMark} wrote. Throws `RangeError` on anything else. */
export function markOf(entry: Entry): Mark {
  const reader = new ByteReader(entry.body);
  const by = reader.text();
  const crossBorder = reader.integer() === 1;
  const rule = readRule(by, reader);
  reader.end();
  return { markId: entry.entryId, ownerBic: entry.ownerBic, crossBorder, rule };
}

/** Why a mark can't be, or null. */
export function markFault({ markId, rule, crossBorder }: Omit<Mark, 'ownerBic'>): Refusal | null {
  if ((rule.by === 'vat') !== (markId === VAT_MARK)) return refusal('BAD_REQUEST', 'markId');
  switch (rule.by) {
    case 'addresses':
      return fault(levelsFit(rule.levels), 'levels');
    case 'vat':
      return fault(isWalletId(rule.taxWallet), 'taxWallet') ?? fault(!crossBorder, 'crossBorder');
  }
}

const fault = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));

const levelsFit = (levels: AddressRule['levels']): boolean =>
  levels.length >= 1 &&
  levels.length <= LEVEL_COUNT_MAX &&
  levels.every((level) => level.length >= 1 && level.length <= WALLET_COUNT_MAX && level.every(isWalletId));

/** The level of the money once it is the payee's; null where the spend clears the mark. */
export function routed(mark: Mark, level: number, creditWallet: WalletId): Result<number | null, Refusal> {
  const { rule, markId } = mark;
  if (rule.by === 'vat') return creditWallet === rule.taxWallet ? ok(null) : err(refusal('MARK_FORBIDS', markId));
  const { levels } = rule;
  // Who holds money of the last level may spend it freely.
  if (level >= levels.length) return ok(null);
  return levels[level]!.includes(creditWallet) ? ok(level + 1) : err(refusal('MARK_FORBIDS', markId));
}

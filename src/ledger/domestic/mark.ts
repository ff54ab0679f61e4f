import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { Entry } from '../model.js';
import { type CriteriaRule, criteriaFault, readCriteria, writeCriteria } from './criteria.js';

/**
 * A mark: a purpose bound to tokens, which travels with them. Its rule says where the money may go; what a rule answers
 * is the level of the money in the payee's wallet, or that the spend clears the mark.
 */
export interface Mark {
  readonly markId: string;
  /** The initiator: it may mark and unmark, and is told of every spend. */
  readonly ownerBic: Bic;
  readonly rule: MarkRule;
  /** Whether marked money may leave the country, along its route: to the wallet where the payment's provider is paid. */
  readonly crossBorder: boolean;
  /** Where money from another ledger may come to be under the mark, if the payment that brings it asks for it. */
  readonly arrivals: readonly Arrival[];
}

/** A wallet, and the level that the money has there. */
export interface Arrival {
  readonly walletId: WalletId;
  readonly markLevel: number;
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

/** Every payment names an agreement of the registry: its parties, its totals and its expiry are what limits the money. */
export interface AgreementRule {
  readonly by: 'agreement';
}

export type MarkRule = AddressRule | VatRule | AgreementRule | CriteriaRule;

/** The id of the mark of VAT: a ledger has one. */
export const VAT_MARK = 'vat';

/** Level of freshly marked money. */
export const FIRST_LEVEL = 0;

const LEVEL_COUNT_MAX = 32;
/** As much as a pacs.008 can ask for: more than any money has. */
const LEVEL_MAX = 99;

/** Whether a number may be a level, be there such money or not: a database is asked for no other. */
export const isMarkLevel = (level: number): boolean =>
  Number.isSafeInteger(level) && level >= FIRST_LEVEL && level <= LEVEL_MAX;

const WALLET_COUNT_MAX = 10_000;

export function encodeMark({ rule, crossBorder, arrivals }: Pick<Mark, 'rule' | 'crossBorder' | 'arrivals'>): Buffer {
  const writer = new ByteWriter()
    .text(rule.by)
    .integer(crossBorder ? 1 : 0)
    .list(arrivals, (w, { walletId, markLevel }) => w.text(walletId).integer(markLevel));
  writeRule(writer, rule);
  return writer.finish();
}

function writeRule(writer: ByteWriter, rule: MarkRule): ByteWriter {
  switch (rule.by) {
    case 'addresses':
      return writer.list(rule.levels, (w, level) => w.list(level, (inner, walletId) => inner.text(walletId)));
    case 'vat':
      return writer.text(rule.taxWallet);
    case 'agreement':
      return writer;
    case 'criteria':
      return writeCriteria(writer, rule);
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
    case 'agreement':
      return { by };
    case 'criteria':
      return readCriteria(reader);
    default:
      throw new RangeError('an unknown rule of marks');
  }
}

const readArrival = (reader: ByteReader): Arrival => ({
  walletId: reader.text() as WalletId,
  markLevel: reader.integer(),
});

/** Reads what {@link encodeMark} wrote. Throws `RangeError` on anything else. */
export function markOf(entry: Entry): Mark {
  const reader = new ByteReader(entry.body);
  const by = reader.text();
  const crossBorder = reader.integer() === 1;
  const arrivals = reader.list(readArrival, WALLET_COUNT_MAX);
  const rule = readRule(by, reader);
  reader.end();
  return { markId: entry.entryId, ownerBic: entry.ownerBic, crossBorder, arrivals, rule };
}

/** Why a mark can't be, or null. */
export function markFault(mark: Omit<Mark, 'ownerBic'>): Refusal | null {
  const { markId, rule } = mark;
  if ((rule.by === 'vat') !== (markId === VAT_MARK)) return refusal('BAD_REQUEST', 'markId');
  switch (rule.by) {
    case 'addresses':
      return fault(levelsFit(rule.levels), 'levels') ?? borderFault(mark, true, rule.levels.length);
    case 'vat':
      return fault(isWalletId(rule.taxWallet), 'taxWallet') ?? borderFault(mark, false, null);
    case 'agreement':
      // An agreement is between two wallets of this ledger: whoever provides another currency is party to none.
      return borderFault(mark, false, FIRST_LEVEL);
    case 'criteria':
      // Whom the money is for is what this ledger's registry says of its own wallets.
      return criteriaFault(rule) ?? borderFault(mark, false, null);
  }
}

/** Why money can't go abroad or come from there so, or null; `levelMax` is the last level at which it may arrive, null for none. */
function borderFault(
  { crossBorder, arrivals }: Pick<Mark, 'crossBorder' | 'arrivals'>,
  mayLeave: boolean,
  levelMax: number | null,
): Refusal | null {
  const isLevel = (level: number) => levelMax !== null && isMarkLevel(level) && level <= levelMax;
  const fit =
    arrivals.length <= WALLET_COUNT_MAX &&
    new Set(arrivals.map(({ walletId }) => walletId)).size === arrivals.length &&
    arrivals.every(({ walletId, markLevel }) => isWalletId(walletId) && isLevel(markLevel));
  return fault(mayLeave || !crossBorder, 'crossBorder') ?? fault(fit, 'arrivals');
}

const fault = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));

const levelsFit = (levels: AddressRule['levels']): boolean =>
  levels.length >= 1 &&
  levels.length <= LEVEL_COUNT_MAX &&
  levels.every((level) => level.length >= 1 && level.length <= WALLET_COUNT_MAX && level.every(isWalletId));

/**
 * The level of the money once it is the payee's; null where the spend clears the mark. What the registry decides, an
 * agreement or attributes, is asked there by the commands that name its entries.
 */
export function routed(mark: Mark, level: number, creditWallet: WalletId): Result<number | null, Refusal> {
  const { rule, markId } = mark;
  const forbidden = err(refusal('MARK_FORBIDS', markId));
  switch (rule.by) {
    case 'addresses':
      // Who holds money of the last level may spend it freely.
      if (level >= rule.levels.length) return ok(null);
      return rule.levels[level]!.includes(creditWallet) ? ok(level + 1) : forbidden;
    case 'vat':
      return creditWallet === rule.taxWallet ? ok(null) : forbidden;
    case 'agreement':
    case 'criteria':
      return forbidden;
  }
}

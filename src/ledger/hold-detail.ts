import { ByteReader } from '../kernel/bytes.js';
import type { WalletId } from '../kernel/ids.js';
import type { DecodedTransaction } from './canonical.js';
import type { LegCharge, MarkPlace } from './types.js';

/** What a transaction on a hold says beside parties and amount; null where its kind has no such field. */
export interface HoldDetail {
  readonly conditionKind: string | null;
  readonly conditionHash: Uint8Array;
  readonly holdId: string | null;
  readonly heldAt: number | null;
  readonly lapseAt: number | null;
  readonly reason: string | null;
  /** What the money is to be under once it is the payee's; of a release, what it was to be under. */
  readonly creditMark: MarkPlace | null;
  /** Of a hold: what of it is not for its payee. */
  readonly charge: LegCharge | null;
  /** SHA-256 of the bytes kept beside it. */
  readonly dataHash: Uint8Array | null;
  readonly evidenceHash: Uint8Array | null;
}

const NO_TAIL = { creditMark: null, charge: null };
const NONE = { ...NO_TAIL, conditionKind: null, holdId: null, heldAt: null, lapseAt: null, reason: null };

/** What a transaction holds money for the payee under, or gives it back instead; null where that is no mark. */
export const creditMarkOf = (transaction: Pick<DecodedTransaction, 'kind' | 'detail'>): MarkPlace | null =>
  transaction.kind === 'hold' || transaction.kind === 'release' ? readHoldDetail(transaction).creditMark : null;

/** Reads what `holds.ts` wrote; throws `RangeError` on anything else. Of a hold, draw, settle, release or tombstone. */
export function readHoldDetail({ kind, detail }: Pick<DecodedTransaction, 'kind' | 'detail'>): HoldDetail {
  const reader = new ByteReader(detail);
  const fields = read(kind, reader);
  reader.end();
  return fields;
}

/** What may stand at the end; no mark has an empty id, with which a charge begins. */
function readTail(reader: ByteReader): Pick<HoldDetail, 'creditMark' | 'charge'> {
  if (reader.isAtEnd()) return NO_TAIL;
  const markId = reader.text();
  if (markId !== '') return { creditMark: { markId, markLevel: reader.integer() }, charge: null };
  return { creditMark: null, charge: { walletId: reader.text() as WalletId, amountMinor: reader.bigint() } };
}

function read(kind: DecodedTransaction['kind'], reader: ByteReader): HoldDetail {
  switch (kind) {
    case 'hold':
    case 'draw':
      return {
        conditionKind: reader.text(),
        conditionHash: reader.bytes(),
        holdId: reader.text(),
        heldAt: reader.integer(),
        lapseAt: reader.integer(),
        reason: null,
        dataHash: reader.bytes(),
        evidenceHash: kind === 'draw' ? reader.bytes() : null,
        ...(kind === 'draw' ? NO_TAIL : readTail(reader)),
      };
    case 'settle':
      return { ...NONE, conditionHash: reader.bytes(), evidenceHash: reader.bytes(), dataHash: null };
    case 'release':
      return {
        ...NONE,
        conditionHash: reader.bytes(),
        reason: reader.text(),
        evidenceHash: reader.bytes(),
        dataHash: null,
        ...readTail(reader),
      };
    case 'tombstone':
      return {
        ...NONE,
        conditionKind: reader.text(),
        conditionHash: reader.bytes(),
        reason: reader.text(),
        evidenceHash: reader.bytes(),
        dataHash: reader.bytes(),
      };
    default:
      throw new RangeError('not a transaction on a hold');
  }
}

import { equalBytes, sha256 } from '../kernel/hash.js';
import type { AuditedHold, BlockEffects, BlockRows } from './audit.js';
import { readable, type Tell } from './audit-registry.js';
import type { DecodedTransaction } from './canonical.js';
import { type HoldDetail, readHoldDetail } from './hold-detail.js';
import type { SignedBlock } from './model.js';
import { isSameCharge } from './movement.js';
import type { MarkPlace } from './types.js';

/** Rows of holds against the transactions that placed and ended them. */
const NOTHING = new Uint8Array(0);

const PLACES: ReadonlySet<string> = new Set(['hold', 'draw', 'tombstone']);
const ENDS: ReadonlySet<string> = new Set(['settle', 'release', 'tombstone']);

/** Holds that a block placed and ended, as their rows have them; answers what a later block took over. */
export function auditHolds(
  decoded: ReadonlyMap<number, DecodedTransaction>,
  rows: BlockRows,
  block: SignedBlock,
  tell: Tell,
): BlockEffects['superseded'] {
  const placed = new Map(rows.placed.map((row) => [row.placedAt, row]));
  const ended = new Map(rows.ended.map((row) => [row.endedBy, row]));
  const bytes = new Map(rows.transactions.map((row) => [row.position, row]));
  const superseded: { conditionRef: string; position: number }[] = [];
  for (const [position, transaction] of decoded) {
    const { kind, reference } = transaction;
    if (!PLACES.has(kind) && !ENDS.has(kind)) continue;
    const conditionRef = reference ?? '';
    const { data, evidence } = bytes.get(position)!;
    const told = readable(() => readHoldDetail(transaction), null);
    if (!told)
      tell(
        'TRANSACTION_BODY',
        'ledger_transaction',
        `${block.header.sequence}/${position}`,
        'its detail is unreadable',
      );
    if (!told) continue;
    const kept = (hash: Uint8Array | null, content: Uint8Array | null) =>
      hash === null || equalBytes(hash, sha256(content ?? NOTHING));
    if (!kept(told.dataHash, data) || !kept(told.evidenceHash, evidence))
      tell(
        'TRANSACTION_BYTES',
        'ledger_transaction',
        `${block.header.sequence}/${position}`,
        `data or evidence of ${conditionRef} are not what it commits to`,
      );
    const start = placed.get(position);
    const end = ended.get(position);
    placed.delete(position);
    ended.delete(position);
    const fits =
      (!start || isPlacedBy(start, transaction, told, rows)) &&
      (!end || isEndedBy(end, transaction, told, block.header.time));
    if (!fits) tell('HOLD_DIFFERS', 'hold', conditionRef, `it is not what transaction ${position} made of it`);
    const isNamed = (PLACES.has(kind) ? start : end)?.conditionRef === conditionRef;
    if (!isNamed && fits) superseded.push({ conditionRef, position });
    const taken = kind === 'hold' && transaction.inputs[0]?.conditionRef;
    if (taken && end?.conditionRef !== taken) superseded.push({ conditionRef: taken, position });
  }
  const unrecorded = new Set([...placed.values(), ...ended.values()].map((row) => row.conditionRef));
  for (const conditionRef of unrecorded)
    tell('HOLD_UNRECORDED', 'hold', conditionRef, 'its row names a transaction that did not place or end it');
  return superseded;
}

function isPlacedBy(row: AuditedHold, transaction: DecodedTransaction, told: HoldDetail, rows: BlockRows): boolean {
  const money = transaction.kind !== 'tombstone';
  const token = rows.made.find((made) => made.madeAt === row.tokenAt);
  const own = transaction.outputs[0];
  return (
    row.conditionRef === transaction.reference &&
    row.conditionKind === told.conditionKind &&
    equalBytes(row.conditionHash, told.conditionHash) &&
    row.debitWallet === transaction.debitWallet &&
    row.creditWallet === transaction.creditWallet &&
    row.amountMinor === (own?.amountMinor ?? 0n) &&
    row.markId === (own?.markId ?? null) &&
    isSamePlace(row.creditMark, told.creditMark) &&
    isSameCharge(row.charge, told.charge) &&
    (!money || (row.holdId === told.holdId && row.heldAt === told.heldAt && row.lapseAt === told.lapseAt)) &&
    (money
      ? token !== undefined && own !== undefined && equalBytes(token.tokenId, own.tokenId)
      : row.tokenAt === null) &&
    (row.endedIn !== null || row.state === 'HELD')
  );
}

function isEndedBy(row: AuditedHold, transaction: DecodedTransaction, told: HoldDetail, time: number): boolean {
  if (transaction.kind === 'hold') {
    // Another hold took over its token.
    const isTaken = row.conditionRef === transaction.inputs[0]?.conditionRef;
    return isTaken && row.state === 'SETTLED' && row.reason === null && row.endedAt === time;
  }
  return (
    row.conditionRef === transaction.reference &&
    equalBytes(row.conditionHash, told.conditionHash) &&
    row.state === (transaction.kind === 'settle' ? 'SETTLED' : 'RELEASED') &&
    row.reason === told.reason &&
    row.endedAt === time &&
    (transaction.kind !== 'release' || isSamePlace(row.creditMark, told.creditMark)) &&
    (transaction.kind !== 'settle' || row.conditionKind !== 'pvp' || isPaid(row, transaction))
  );
}

/** A payment's leg pays one payee, who gets the money under what was said when it was held, and the charge of the hold. */
function isPaid(
  { amountMinor, creditWallet, creditMark, charge }: AuditedHold,
  { outputs }: DecodedTransaction,
): boolean {
  const [paid, charged, ...more] = outputs;
  return (
    paid?.walletId === creditWallet &&
    paid.amountMinor === amountMinor - (charge?.amountMinor ?? 0n) &&
    paid.markId === (creditMark?.markId ?? null) &&
    paid.markLevel === (creditMark?.markLevel ?? null) &&
    more.length === 0 &&
    isSameCharge(charge, charged ?? null) &&
    (charged?.markId ?? null) === null
  );
}

const isSamePlace = (a: MarkPlace | null, b: MarkPlace | null): boolean =>
  a?.markId === b?.markId && a?.markLevel === b?.markLevel;

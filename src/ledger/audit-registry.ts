import { equalBytes } from '../kernel/hash.js';
import type { WalletId } from '../kernel/ids.js';
import { agreementsBroken } from './audit-agreements.js';
import { holdBroken } from './audit-events.js';
import { marksBroken } from './audit-marks.js';
import type { DecodedTransaction } from './canonical.js';
import { creditMarkOf } from './hold-detail.js';
import { type Entry, type EntryKind, entryKey, type TopicRow } from './model.js';
import type { Wallet } from './types.js';
import { topicsOf } from './working.js';

/** The registry as blocks leave it, and what rests on it: rules of marks, events, the index of topics. */

/** Tells what is wrong with a row: code, table, key, words. */
export type Tell = (code: string, table: string, key: string, detail: string) => void;

/** What the audit keeps of the registry from block to block: entries that something can still happen to or rest on. */
export type Registry = Map<string, Entry>;

/** Entries that others are judged by, long after something last happened to them. */
const LASTING: ReadonlySet<EntryKind> = new Set(['mark', 'provider', 'agreement']);

/** A block whose transactions are readable, by position and in order. */
export interface ReadBlock {
  readonly sequence: bigint;
  /** Milliseconds. */
  readonly time: number;
  readonly decoded: ReadonlyMap<number, DecodedTransaction>;
  readonly evidence: (position: number) => Uint8Array;
  /** Wallets that its transactions pay by rules that look at them. */
  readonly wallets: ReadonlyMap<WalletId, Wallet>;
}

const NOT_READABLE = 'its detail, entries or evidence are unreadable';

/** Checks what a block's transactions do by the registry before each of them; answers the entries as the block leaves them. */
export function auditRules(block: ReadBlock, registry: Registry, tell: Tell): ReadonlyMap<string, Entry> {
  const left = new Map<string, Entry>();
  const view = {
    now: block.time,
    entry: (kind: EntryKind, entryId: string) => registry.get(entryKey(kind, entryId)),
    wallet: (walletId: WalletId) => block.wallets.get(walletId),
  };
  for (const [position, transaction] of block.decoded) {
    const judge = (code: string, fault: () => string | null): void => {
      const detail = readable<string | null>(fault, NOT_READABLE);
      if (detail !== null) tell(code, 'ledger_transaction', `${block.sequence}/${position}`, detail);
    };
    judge('MARK_BROKEN', () => marksBroken(transaction, view));
    judge('AGREEMENT_BROKEN', () => agreementsBroken(transaction, view));
    judge('HOLD_BROKEN', () => holdBroken(transaction, { view, evidence: block.evidence(position) }));
    judge('ENTRY_CHANGED', () => entriesChanged(transaction, registry));
    for (const entry of transaction.entries) {
      const key = entryKey(entry.kind, entry.entryId);
      left.set(key, entry);
      if (entry.open || LASTING.has(entry.kind)) registry.set(key, entry);
      else registry.delete(key);
    }
  }
  return left;
}

/** What canonical bytes say; `instead` where somebody changed them. */
export function readable<T>(read: () => T, instead: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return instead;
    throw error;
  }
}

/** What an entry says and who registered it never change. */
function entriesChanged({ entries }: DecodedTransaction, registry: Registry): string | null {
  const isOther = (entry: Entry): boolean => {
    const known = registry.get(entryKey(entry.kind, entry.entryId));
    return known !== undefined && (known.ownerBic !== entry.ownerBic || !equalBytes(known.body, entry.body));
  };
  const changed = entries.find(isOther);
  return changed ? `it changes what ${entryKey(changed.kind, changed.entryId)} says, or whose it is` : null;
}

/** The topics of a block are those that its transactions have, and no others. */
export function auditTopics({ decoded, sequence }: ReadBlock, rows: readonly TopicRow[], tell: Tell): void {
  const keyOf = (topic: string, position: number): string => `${sequence}/${position} ${topic}`;
  const found = new Set(rows.map(({ topic, position }) => keyOf(topic, position)));
  for (const [position, transaction] of decoded) {
    const creditMark = readable(() => creditMarkOf(transaction), null);
    for (const topic of readable(() => [...topicsOf({ ...transaction, creditMark })], [])) {
      const key = keyOf(topic, position);
      if (!found.delete(key)) tell('TOPIC_MISSING', 'topic', key, 'the transaction concerns it and it is not there');
    }
  }
  for (const key of found) tell('TOPIC_UNRECORDED', 'topic', key, 'the transaction does not concern it');
}

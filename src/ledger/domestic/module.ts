import type { Refusal } from '../../kernel/errors.js';
import type { WalletId } from '../../kernel/ids.js';
import type { EntryKind, Pocket } from '../model.js';
import type { Applied } from '../movement.js';
import type { WorkingState } from '../working.js';

/** What a command names of the state: only this is loaded before the block is formed. */
export interface Keys {
  wallet(walletId: WalletId): void;
  /** A pocket that may be spent from; its wallet is named with it. */
  debit(pocket: Pocket): void;
  reference(text: string): void;
  entry(kind: EntryKind, entryId: string): void;
  hold(conditionRef: string): void;
}

/**
 * One command of the domestic platform. All three are pure: its shape, the keys that it names, and what it does to the
 * state of a block, where it succeeds or fails alone and leaves no trace when it fails.
 */
export interface CommandRules<C> {
  readonly fault: (command: C) => Refusal | null;
  readonly keys: (command: C, keys: Keys) => void;
  readonly apply: (state: WorkingState, command: C) => Applied;
}

/** Rules of every command of a family, by its kind. */
export type Rules<C extends { readonly kind: string }> = {
  readonly [K in C['kind']]: CommandRules<Extract<C, { readonly kind: K }>>;
};

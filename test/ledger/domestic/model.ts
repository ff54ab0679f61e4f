import type fc from 'fast-check';
import { VAT_MARK } from '../../../src/ledger/domestic/mark.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';

/**
 * The domestic ledger once more, as plainly as can be: what is in each wallet under each mark at each level, and what is
 * held. Each family says what its commands do to that when the ledger has accepted one.
 */
export const CUSTOMERS = ['a', 'b', 'c'];
export const WALLETS = [...CUSTOMERS, 'bank', 'state'];

/** A model of the whole ledger: minor units by `wallet mark level`, where unmarked money is `wallet - -`. */
export class Model {
  readonly pockets = new Map<string, bigint>();
  readonly held = new Map<string, { readonly from: string; readonly to: string | null; left: bigint }>();
  /** Of each event: the number of the decision that is waited for. */
  readonly decisions = new Map<string, number>();
  readonly approvals = new Map<string, Set<string>>();
  /** Of each invoice what is due yet, and what the seller has of it. */
  readonly invoices = {
    n1: { due: { net: 80n, vat: 20n }, paid: { net: 0n, vat: 0n } },
    n2: { due: { net: 50n, vat: 10n }, paid: { net: 0n, vat: 0n } },
  };
  /** What was used of each agreement. */
  readonly agreements = {
    a1: { max: 100n, transferred: 0n, withdrawn: 0n, held: 0n, vat: 0n },
    a2: { max: 25n, transferred: 0n, withdrawn: 0n, held: 0n, vat: 0n },
  };
  /** Of each event under agreements, what is held for each of its receivers. */
  readonly heldFor = new Map<string, bigint[]>();
  supply = 0n;
  /** Of each payment the terms that count. */
  readonly terms = new Map<string, number>();
  /** References and holds that had their effect. */
  readonly done = new Set<string>();

  add(pocket: string, minor: bigint): void {
    const after = (this.pockets.get(pocket) ?? 0n) + minor;
    if (after < 0n) throw new Error(`the ledger accepted what leaves ${after} in ${pocket}`);
    this.pockets.set(pocket, after);
  }
  move(from: string, to: string, minor: bigint): void {
    this.add(from, -minor);
    this.add(to, minor);
  }
  once(key: string): boolean {
    return !this.done.has(key) && Boolean(this.done.add(key));
  }
}

export const plain = (walletId: string): string => `${walletId} - -`;
export const under = (walletId: string, markId: string, level: number): string => `${walletId} ${markId} ${level}`;

export interface Family {
  /** What is registered before anything else. */
  readonly setup: readonly LedgerCommand[];
  readonly commands: fc.Arbitrary<LedgerCommand>;
  /** What an accepted command does, at block time `now`; false: it is of another family. */
  readonly effect: (model: Model, command: LedgerCommand, now: number) => boolean;
}

/** By whom it pays. */
export const AGREEMENT_OF = { b: 'a1', c: 'a2' } as const;
/** By weights to one receiver or two; a unit left over goes to the largest remainder, of equal ones to the first. */
export function split(minor: bigint, [first, second]: readonly bigint[]): bigint[] {
  if (second === undefined) return [minor];
  const total = first! + second;
  const remainder = (weight: bigint): bigint => (minor * weight) % total;
  const more = remainder(first!) > 0n && remainder(first!) >= remainder(second) ? 1n : 0n;
  const toFirst = (minor * first!) / total + more;
  return [toFirst, minor - toFirst];
}

export type InvoiceId = 'n1' | 'n2';

/** A part of an invoice's sums, VAT rounded down. */
export function partsOf({ net, vat }: { net: bigint; vat: bigint }, minor: bigint): { net: bigint; vat: bigint } {
  const ofVat = minor === 0n ? 0n : (vat * minor) / (net + vat);
  return { net: minor - ofVat, vat: ofVat };
}

/** What a refund of the second invoice takes of b's money: so much of its VAT, and of its ordinary money to put back. */
export function refundOf(model: Model, net: bigint, vat: bigint) {
  const { transferred, withdrawn } = model.agreements.a1;
  const has = (pocket: string): bigint => model.pockets.get(pocket) ?? 0n;
  const least = withdrawn > transferred - net ? withdrawn - (transferred - net) : 0n;
  const project = has(under('b', 'pact', 0)) < net - least ? has(under('b', 'pact', 0)) : net - least;
  const given = has(under('b', VAT_MARK, 0)) < vat ? has(under('b', VAT_MARK, 0)) : vat;
  return { project, putBack: net - project, given, ordinary: net - project + vat - given };
}

import { err, ok } from '../src/kernel/result.js';
import { holdIdOf } from '../src/ledger/canonical.js';
import { placeHold, releaseHold, settleHold, tombstoneHold } from '../src/ledger/holds.js';
import type { Token, WalletRow } from '../src/ledger/model.js';
import type { CommandResult, Hold, Ledger, LedgerCommand } from '../src/ledger/types.js';
import type { WorkingState } from '../src/ledger/working.js';
import { decodeAttestations, encodeAttestations } from '../src/pvp/attestation.js';
import { DEFAULT_TIMES, lapseAtOf } from '../src/pvp/terms.js';
import { currencyOf, type Payment, T0, walletOf } from './statements.js';

/**
 * A ledger that holds the row of one payment: the product's rules of holds (`ledger/holds.ts`) over a state of one
 * row. A row is written as a code: `H0` held for terms 0, `S0:c0.0,c1.0` settled by that evidence, `R-:` a tombstone
 * of no terms; `$` marks a row whose money came from the suspense wallet.
 */
export type RowCode = string;

export const rowState = (row: RowCode | undefined): 'NONE' | 'HELD' | 'SETTLED' | 'RELEASED' =>
  row === undefined ? 'NONE' : row[0] === 'H' ? 'HELD' : row[0] === 'S' ? 'SETTLED' : 'RELEASED';
/** Terms of the row; -1 for none. */
export const rowTerms = (row: RowCode | undefined): number =>
  row === undefined || row[1] === '-' ? -1 : Number(row[1]);
export const rowEvidence = (row: RowCode | undefined): string[] => row?.split(':')[1]?.split(',').filter(Boolean) ?? [];
export const isSuspense = (row: RowCode | undefined): boolean => row?.includes('$') ?? false;

const FUNDED = 10_000n;
const LETTERS = { HELD: 'H', SETTLED: 'S', RELEASED: 'R' } as const;

export interface LedgerCell {
  readonly ledger: Ledger;
  /** The row versions, the last one in force; what a failover loses is cut off. */
  rows: readonly RowCode[];
}

/** `onRow` is told of every durable change. */
export function createLedgerCell(codec: RowCodec, now: () => number, onRow: () => void): LedgerCell {
  const { payment, leg, holdOf, codeOfHold } = codec;
  const code = payment.codes[leg]!;
  const identity = { code, currency: currencyOf(code) };
  const apply = (command: LedgerCommand): CommandResult => {
    const { state, row } = workingState(payment, leg, holdOf(cell.rows.at(-1)), now());
    const result = applied(state, command);
    const after = row();
    const changed = after && codeOfHold(after);
    if (changed && changed !== cell.rows.at(-1)) {
      cell.rows = [...cell.rows, changed];
      onRow();
    }
    return result;
  };
  const current = (): Hold | null => holdOf(cell.rows.at(-1));
  const cell: LedgerCell = {
    rows: [],
    ledger: {
      ...identity,
      submit: async (command) => apply(command),
      wallet: async () => null,
      balance: async () => null,
      resolveAccounts: async () => [],
      markFaults: async () => [],
      settlementWallet: async () => null,
      async holds() {
        const hold = current();
        return new Map(hold ? [[hold.conditionRef, hold]] : []);
      },
      async openHolds() {
        const hold = current();
        return hold?.state === 'HELD' ? [hold] : [];
      },
      lastBlock: async () => ({ sequence: 0n, hash: new Uint8Array(32) }),
      hasBlock: async () => true,
      confirm: async () => {},
      reconcile: (work) => work(),
    },
  };
  return cell;
}

function applied(state: WorkingState, command: LedgerCommand): CommandResult {
  const done = (() => {
    switch (command.kind) {
      case 'placeHold':
        return placeHold(state, command);
      case 'settleHold':
        return settleHold(state, command);
      case 'releaseHold':
        return releaseHold(state, command);
      case 'tombstoneHold':
        return tombstoneHold(state, command);
      default:
        throw new Error(`invariant broken: ${command.kind} of a leg`);
    }
  })();
  return done.ok ? ok(done.value) : err(done.error);
}

/** Holds by row code and back; times, ids and reasons on which nothing depends are left out of the code. */
export function createRowCodec(payment: Payment, leg: number) {
  const code = payment.codes[leg]!;
  const holds = new Map<RowCode, Hold>();
  const make = (row: RowCode): Hold => {
    const index = rowTerms(row);
    const read = index < 0 ? null : payment.terms[index]!;
    const own = read?.terms?.legs[leg];
    const hash = read?.termsHash ?? new Uint8Array(0);
    const isTombstone = row.includes('t');
    const state = rowState(row) as Hold['state'];
    return {
      ...{ conditionRef: payment.pvpId, conditionKind: 'pvp', conditionHash: hash, state },
      holdId: holdIdOf({ code, currency: currencyOf(code) }, payment.pvpId, hash),
      debitWallet: isTombstone || !own ? null : isSuspense(row) ? walletOf(code, 'suspense') : own.debitWallet,
      creditWallet: isTombstone || !own ? null : own.creditWallet,
      amountMinor: isTombstone || !own ? 0n : own.amountMinor,
      ...{
        markId: null,
        creditMark: null,
        charge: null,
        heldAt: T0,
        lapseAt: read?.terms ? lapseAtOf(read.terms, DEFAULT_TIMES) : T0,
      },
      data: isTombstone || !read ? new Uint8Array(0) : read.bytes,
      evidence: encodeAttestations(rowEvidence(row).map(payment.statement)),
      reason: state === 'RELEASED' ? 'CANCELLED' : null,
      ...{ endedAt: state === 'HELD' ? null : T0, blockSequence: 1n, tokenIds: [] },
    };
  };
  return {
    payment,
    leg,
    holdOf(row: RowCode | undefined): Hold | null {
      if (row === undefined) return null;
      let hold = holds.get(row);
      if (!hold) {
        hold = make(row);
        holds.set(row, hold);
      }
      return hold;
    },
    codeOfHold(hold: Hold): RowCode {
      const index = hold.conditionHash.length === 0 ? '-' : String(payment.termsOf(hold.conditionHash));
      const tombstone = hold.debitWallet === null ? 't' : '';
      const suspense = hold.debitWallet?.endsWith('suspense') ? '$' : '';
      const evidence = decodeAttestations(hold.evidence).map(payment.codeOf).sort();
      return `${LETTERS[hold.state]}${index}${tombstone}${suspense}:${evidence.join(',')}`;
    },
  };
}

export type RowCodec = ReturnType<typeof createRowCodec>;

/** The state of a block under way, as `ledger/holds.ts` sees it, with two funded wallets and this one hold. */
function workingState(payment: Payment, leg: number, known: Hold | null, now: number) {
  const code = payment.codes[leg]!;
  let hold = known;
  const paid = known?.state === 'RELEASED' || !known ? 0n : known.amountMinor;
  const wallet = (walletId: string): WalletRow => ({
    walletId: walletId as WalletRow['walletId'],
    ...{ kind: 'customer', ownerBic: 'DEMOKZ20' as WalletRow['ownerBic'], status: 'open' },
    availableMinor: known?.debitWallet === walletId ? FUNDED - paid : FUNDED,
    ...{ heldMinor: 0n, markedMinor: 0n, tokenCount: 1 },
  });
  const token = (walletId: Token['walletId'], amountMinor: bigint): Token => ({
    ...{ tokenId: new Uint8Array(36), walletId, amountMinor, markId: null, markLevel: null },
    ...{ conditionRef: payment.pvpId, madeIn: 1n, madeAt: 0 },
  });
  const unused = (): never => {
    throw new Error('invariant broken: a hold needs no more than this');
  };
  const state: WorkingState = {
    ...{ ledger: { code, currency: currencyOf(code) }, now, sequence: 1n },
    wallet,
    ...{ soleWallet: unused, isAwaited: unused, account: unused, reference: unused, supplyMinor: unused },
    ...{ putWallet: unused, putAccount: unused, takeSmallest: unused, entry: unused },
    inPocket: ({ walletId }) => wallet(walletId).availableMinor,
    hold: () => hold ?? undefined,
    heldTokens: () => (hold?.state === 'HELD' ? [token(hold.debitWallet!, hold.amountMinor)] : []),
    placeHold: (placed) => {
      hold = placed;
    },
    endHold: (ended) => {
      hold = ended;
    },
    take: ({ walletId }) => [token(walletId, FUNDED)],
    post(draft) {
      const sum = (tokens: readonly { amountMinor: bigint }[]) =>
        tokens.reduce((total, item) => total + item.amountMinor, 0n);
      if (sum(draft.inputs) !== sum(draft.outputs)) throw new Error('invariant broken: outputs equal inputs');
      const made = draft.outputs.map((output) => token(output.walletId, output.amountMinor));
      const transaction = { transactionId: new Uint8Array(32), position: 0 } as unknown as ReturnType<
        WorkingState['post']
      >['transaction'];
      return { transaction, made };
    },
  };
  return { state, row: () => (hold === known ? null : hold) };
}

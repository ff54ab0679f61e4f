import { ByteWriter } from '../kernel/bytes.js';
import { refusal } from '../kernel/errors.js';
import { hmacSha256 } from '../kernel/hash.js';
import { type Bic, bicKey, type WalletId } from '../kernel/ids.js';
import { err, ok } from '../kernel/result.js';
import { AMOUNT_MINOR_LIMIT } from './amount.js';
import { mergedPocket } from './consolidation.js';
import { applyDomestic } from './domestic/commands.js';
import { placeHoldOfEvent } from './domestic/event-payment.js';
import { placeHold, releaseHold, settleHold, tombstoneHold } from './holds.js';
import {
  accountKey,
  type BlockMutations,
  type BlockView,
  type LedgerIdentity,
  type LedgerTransaction,
  type NotarialTransaction,
  type Token,
} from './model.js';
import { type Applied, change, freeToken, unmarked, walletFault } from './movement.js';
import { movedOnce } from './repeated.js';
import type { CommandResult, LedgerCommand } from './types.js';
import { createWorkingBlock, type Shortage, type WorkingState } from './working.js';

/**
 * The pure core of the ledger: commands applied in order to a loaded view. Each succeeds or fails alone; what one
 * makes the next may spend. Decisions follow the wallets' sums, so a view with too few tokens changes no decision:
 * it only answers `shortages`, and the caller loads more and forms the block again.
 */
export interface FormedBlock {
  readonly outcomes: readonly CommandResult[];
  readonly mutations: BlockMutations;
  readonly notarial: readonly NotarialTransaction[];
  /** What the view lacks, by pocket. Non-empty: discard everything else and load them. */
  readonly shortages: ReadonlyMap<string, Shortage>;
  /** What the block leaves of the free tokens that the view had, with those it made, by pocket touched. */
  readonly freeTokens: ReadonlyMap<string, readonly Token[]>;
}

type Of<K extends LedgerCommand['kind']> = Extract<LedgerCommand, { kind: K }>;

/** What a ledger is: its identity and the secret key of its account register. */
export interface LedgerContext extends LedgerIdentity {
  readonly accountKey: Uint8Array;
  /** How a block is opened on a view; absent: {@link createWorkingBlock}. A faulty one shows what guards against it. */
  readonly openBlock?: OpenBlock | undefined;
}

export type OpenBlock = typeof createWorkingBlock;

/** Keyed hash of an account id, so that the register can not be read back into account numbers. */
export const accountMac = (key: Uint8Array, agentBic: Bic, accountId: string): Buffer =>
  hmacSha256(key, new ByteWriter().text(agentBic).text(accountId).finish());

/** Forms one block at time `now` (milliseconds). Commands must have passed `commandFault`. */
export function formBlock(
  ledger: LedgerContext,
  view: BlockView,
  commands: readonly LedgerCommand[],
  now: number,
): FormedBlock {
  const work = (ledger.openBlock ?? createWorkingBlock)(ledger, view, now);
  const outcomes = commands.map((command) => apply(ledger, work.state, command));
  return {
    outcomes,
    mutations: work.mutations(),
    notarial: work.notarial(),
    shortages: work.shortages,
    freeTokens: work.freeTokens(),
  };
}

function apply(ledger: LedgerContext, state: WorkingState, command: LedgerCommand): Applied {
  switch (command.kind) {
    case 'openWallet':
      return openWallet(state, command);
    case 'setWalletStatus':
      return setWalletStatus(state, command);
    case 'registerAccount':
      return registerAccount(ledger, state, command);
    case 'issue':
      return issue(state, command);
    case 'transfer':
      return transfer(state, command);
    case 'consolidate':
      return consolidate(state, command);
    case 'placeHold':
      return command.event ? placeHoldOfEvent(state, command) : placeHold(state, command);
    case 'settleHold':
      return settleHold(state, command);
    case 'releaseHold':
      return releaseHold(state, command);
    case 'tombstoneHold':
      return tombstoneHold(state, command);
    default:
      return applyDomestic(state, command);
  }
}

const done = (transaction: LedgerTransaction): Applied =>
  ok({ blockSequence: transaction.blockSequence, transactionId: transaction.transactionId, hold: null });
const nothingNew = (state: WorkingState): Applied =>
  ok({ blockSequence: state.sequence - 1n, transactionId: null, hold: null });
const NO_DETAIL = Buffer.alloc(0);
const NO_BYTES = { data: null, evidence: null } as const;
const NO_MONEY = { ...NO_BYTES, amountMinor: 0n, posted: false, inputs: [], outputs: [] } as const;

/** A register entry of the block: it moves no money and stands in the chain like everything else. */
const record = (
  state: WorkingState,
  kind: 'openWallet' | 'setWalletStatus' | 'registerAccount',
  walletId: WalletId,
  detail: Buffer,
) =>
  done(
    state.post({ ...NO_MONEY, kind, reference: null, debitWallet: null, creditWallet: walletId, detail }).transaction,
  );

function openWallet(state: WorkingState, { wallet }: Of<'openWallet'>): Applied {
  const ownerBic = bicKey(wallet.ownerBic);
  const known = state.wallet(wallet.walletId);
  if (known) {
    const same = known.kind === wallet.kind && known.ownerBic === ownerBic;
    return same ? nothingNew(state) : err(refusal('WALLET_EXISTS', wallet.walletId));
  }
  const sole = state.soleWallet({ kind: wallet.kind, ownerBic });
  if (sole) return err(refusal('WALLET_EXISTS', sole));
  const sums = { availableMinor: 0n, heldMinor: 0n, markedMinor: 0n, tokenCount: 0 };
  state.putWallet({ walletId: wallet.walletId, kind: wallet.kind, ownerBic, status: 'open', ...sums });
  return record(state, 'openWallet', wallet.walletId, new ByteWriter().text(wallet.kind).text(ownerBic).finish());
}

function setWalletStatus(state: WorkingState, command: Of<'setWalletStatus'>): Applied {
  const { walletId, status, from } = command;
  const wallet = state.wallet(walletId);
  if (!wallet) return err(refusal('WALLET_UNKNOWN', walletId));
  if (wallet.status === status) return nothingNew(state);
  const isAsTaken = from === undefined || wallet.status === from;
  if (!isAsTaken || (wallet.status === 'blocked' && status === 'closed'))
    return err(refusal(wallet.status === 'blocked' ? 'WALLET_BLOCKED' : 'WALLET_STATE', walletId));
  const minor = wallet.availableMinor + wallet.heldMinor + wallet.markedMinor;
  // A payment that was under way may still have been settled into it: that money has to get out again.
  if (wallet.status === 'closed' && minor === 0n) return err(refusal('WALLET_CLOSED', walletId));
  if (status === 'closed' && minor > 0n) return err(refusal('WALLET_NOT_EMPTY', walletId));
  if (status === 'closed' && state.isAwaited(walletId)) return err(refusal('WALLET_AWAITED', walletId));
  state.putWallet({ ...wallet, status });
  return record(state, 'setWalletStatus', walletId, new ByteWriter().text(status).finish());
}

function registerAccount(ledger: LedgerContext, state: WorkingState, command: Of<'registerAccount'>): Applied {
  if (!state.wallet(command.walletId)) return err(refusal('WALLET_UNKNOWN', command.walletId));
  const agentBic = bicKey(command.agentBic);
  const mac = accountMac(ledger.accountKey, agentBic, command.accountId);
  const key = accountKey(agentBic, mac);
  const known = state.account(key);
  if (known) return known === command.walletId ? nothingNew(state) : err(refusal('ACCOUNT_TAKEN'));
  state.putAccount(key, { agentBic, accountMac: mac, walletId: command.walletId });
  return record(state, 'registerAccount', command.walletId, new ByteWriter().text(agentBic).bytes(mac).finish());
}

function issue(state: WorkingState, command: Of<'issue'>): Applied {
  const { reference, creditWallet, amountMinor } = command;
  const first = movedOnce(state, { ...command, debitWallet: null, detail: NO_DETAIL });
  if (first) return first;
  const fault = walletFault(state.wallet(creditWallet), creditWallet);
  if (fault) return err(fault);
  if (state.supplyMinor() + amountMinor >= AMOUNT_MINOR_LIMIT) return err(refusal('AMOUNT_TOO_LARGE', 'supply'));
  const outputs = [freeToken(creditWallet, amountMinor)];
  const fields = { kind: 'issue', reference, debitWallet: null, creditWallet, amountMinor, posted: true } as const;
  return done(state.post({ ...fields, ...NO_BYTES, detail: NO_DETAIL, inputs: [], outputs }).transaction);
}

function transfer(state: WorkingState, command: Of<'transfer'>): Applied {
  const { reference, debitWallet, creditWallet, amountMinor } = command;
  const first = movedOnce(state, { ...command, detail: NO_DETAIL });
  if (first) return first;
  if (debitWallet === creditWallet) return err(refusal('BAD_REQUEST', 'creditWallet'));
  const debit = state.wallet(debitWallet);
  const fault = walletFault(debit, debitWallet) ?? walletFault(state.wallet(creditWallet), creditWallet);
  if (fault) return err(fault);
  if (debit!.availableMinor < amountMinor) return err(refusal('FUNDS_INSUFFICIENT'));
  const pocket = unmarked(debitWallet);
  const inputs = state.take(pocket, amountMinor);
  const outputs = [freeToken(creditWallet, amountMinor), ...change(inputs, pocket, amountMinor)];
  const fields = { kind: 'transfer', reference, debitWallet, creditWallet, amountMinor, posted: true } as const;
  return done(state.post({ ...fields, ...NO_BYTES, detail: NO_DETAIL, inputs, outputs }).transaction);
}

function consolidate(state: WorkingState, command: Of<'consolidate'>): Applied {
  const { walletId, inputCountMax } = command;
  if (!state.wallet(walletId)) return err(refusal('WALLET_UNKNOWN', walletId));
  const pocket = mergedPocket(command);
  const inputs = state.takeSmallest(pocket, inputCountMax);
  if (inputs.length === 0) return nothingNew(state);
  const amountMinor = inputs.reduce((sum, token) => sum + token.amountMinor, 0n);
  const outputs = [{ ...pocket, amountMinor, conditionRef: null }];
  const fields = { kind: 'consolidate', reference: null, debitWallet: walletId, creditWallet: walletId } as const;
  const drawn = { ...NO_BYTES, amountMinor, posted: false, detail: NO_DETAIL, inputs, outputs };
  return done(state.post({ ...fields, ...drawn }).transaction);
}

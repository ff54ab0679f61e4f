import { ByteWriter } from '../../kernel/bytes.js';
import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, isBic, isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, ok } from '../../kernel/result.js';
import { amountFault } from '../amount.js';
import { type Applied, change, freeToken, unmarked, walletFault } from '../movement.js';
import { movedOnce } from '../repeated.js';
import type { WorkingState } from '../working.js';
import { REFERENCE } from './entries.js';
import { ownWalletFault } from './issuance.js';
import type { Rules } from './module.js';

/**
 * A bank's client turns non-cash money into digital money or back: digital money moves between the bank's own wallet and
 * the client's, against an entry in the bank's books, which is converted once.
 */
export interface ConvertCommand {
  readonly kind: 'convert';
  readonly by: Bic;
  readonly reference: string;
  readonly direction: ConversionDirection;
  readonly bankWallet: WalletId;
  readonly clientWallet: WalletId;
  readonly amountMinor: bigint;
  /** Names the non-cash entry in the bank's own books. */
  readonly nonCashEntry: string;
}

export const CONVERSION_DIRECTIONS = ['toDigital', 'toNonCash'] as const;
export type ConversionDirection = (typeof CONVERSION_DIRECTIONS)[number];

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const NON_CASH_ENTRY_MAX = 128;

/** The registry entry that keeps a non-cash entry from being converted twice: each bank names its own. */
const entryIdOf = ({ by, nonCashEntry }: Pick<ConvertCommand, 'by' | 'nonCashEntry'>): string =>
  `${bicKey(by)}/${nonCashEntry}`;

export const conversionRules: Rules<ConvertCommand> = {
  convert: {
    fault: ({ by, reference, bankWallet, clientWallet, amountMinor, nonCashEntry }) =>
      shape(REFERENCE.test(reference), 'reference') ??
      shape(isBic(by), 'by') ??
      shape(isWalletId(bankWallet), 'bankWallet') ??
      shape(isWalletId(clientWallet), 'clientWallet') ??
      shape(REFERENCE.test(nonCashEntry) && nonCashEntry.length <= NON_CASH_ENTRY_MAX, 'nonCashEntry') ??
      amountFault(amountMinor),
    keys: (command, keys) => {
      keys.reference(command.reference);
      keys.entry('conversion', entryIdOf(command));
      const isOut = command.direction === 'toDigital';
      keys.wallet(isOut ? command.clientWallet : command.bankWallet);
      keys.debit(unmarked(isOut ? command.bankWallet : command.clientWallet));
    },
    apply: convert,
  },
};

function clientWalletFault(state: WorkingState, walletId: WalletId, by: Bic): Refusal | null {
  const wallet = state.wallet(walletId);
  if (wallet && wallet.ownerBic !== bicKey(by)) return refusal('FORBIDDEN', walletId);
  return walletFault(wallet, walletId) ?? (wallet!.kind === 'customer' ? null : refusal('WALLET_KIND', walletId));
}

function convert(state: WorkingState, command: ConvertCommand): Applied {
  const { by, reference, direction, bankWallet, clientWallet, amountMinor, nonCashEntry } = command;
  const wallets = [bankWallet, clientWallet] as const;
  const [debitWallet, creditWallet] = direction === 'toDigital' ? wallets : ([clientWallet, bankWallet] as const);
  const detail = new ByteWriter().text(direction).text(nonCashEntry).finish();
  const said = { kind: 'convert', reference, debitWallet, creditWallet, amountMinor, detail } as const;
  const first = movedOnce(state, said);
  if (first) return first;
  const fault = ownWalletFault(state, bankWallet, by) ?? clientWalletFault(state, clientWallet, by);
  if (fault) return err(fault);
  const entryId = entryIdOf(command);
  if (state.entry('conversion', entryId)) return err(refusal('ENTRY_EXISTS', nonCashEntry));
  const pocket = unmarked(debitWallet);
  if (state.inPocket(pocket) < amountMinor) return err(refusal('FUNDS_INSUFFICIENT'));
  const inputs = state.take(pocket, amountMinor);
  const outputs = [freeToken(creditWallet, amountMinor), ...change(inputs, pocket, amountMinor)];
  const entry = { kind: 'conversion', entryId, ownerBic: bicKey(by), body: detail, open: false, dueAt: null } as const;
  const entries = [{ ...entry, state: new Uint8Array(0) }];
  const { transaction } = state.post({ ...said, posted: true, data: null, evidence: null, inputs, outputs, entries });
  return ok({ blockSequence: transaction.blockSequence, transactionId: transaction.transactionId, hold: null });
}

import { type Refusal, refusal } from '../kernel/errors.js';
import { isBic, isWalletId } from '../kernel/ids.js';
import { amountFault } from './amount.js';
import { domesticFault } from './domestic/commands.js';
import { isLegMark } from './domestic/crossing.js';
import { isHoldOfEvent } from './domestic/event.js';
import { isMarkLevel } from './domestic/mark.js';
import type { LedgerCommand, LegCharge } from './types.js';

/**
 * Shape of commands, judged before a command may share a block with others. Whether the state allows a command is
 * decided when the block is formed.
 */

const REFERENCE = /^[\x21-\x7e]{1,200}$/;
const INPUT_COUNT_LIMIT = 10_000;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const wallet = (id: string): Refusal | null => shape(isWalletId(id), 'walletId');
const time = (at: number): Refusal | null => shape(Number.isSafeInteger(at) && at >= 0, 'time');
/** Holds of events are placed and ended by the commands on events alone. */
const conditionRef = (text: string): Refusal | null =>
  shape(REFERENCE.test(text) && !isHoldOfEvent(text), 'conditionRef');
const reference = (text: string): Refusal | null => shape(REFERENCE.test(text), 'reference');
const hash = (bytes: Uint8Array, emptyAllowed: boolean): Refusal | null =>
  shape(bytes.length === 32 || (emptyAllowed && bytes.length === 0), 'conditionHash');

/** A charge is a part of ordinary money, and goes to a wallet of its own. */
function chargeFault(
  { mark, debitWallet, creditWallet, amountMinor }: Extract<LedgerCommand, { kind: 'placeHold' }>,
  charge: LegCharge,
): Refusal | null {
  const isPart = charge.amountMinor > 0n && charge.amountMinor < amountMinor;
  const isOwn = charge.walletId !== debitWallet && charge.walletId !== creditWallet;
  return wallet(charge.walletId) ?? shape(mark === null && isPart && isOwn, 'charge');
}

/** The first fault in the shape of a command, or null. */
export function commandFault(command: LedgerCommand): Refusal | null {
  switch (command.kind) {
    case 'openWallet':
      return wallet(command.wallet.walletId) ?? shape(isBic(command.wallet.ownerBic), 'ownerBic');
    case 'setWalletStatus':
      return wallet(command.walletId);
    case 'registerAccount':
      return (
        wallet(command.walletId) ??
        shape(isBic(command.agentBic), 'agentBic') ??
        shape(command.accountId.length > 0 && command.accountId.length <= 256, 'accountId')
      );
    case 'issue':
      return reference(command.reference) ?? wallet(command.creditWallet) ?? amountFault(command.amountMinor);
    case 'transfer':
      return (
        reference(command.reference) ??
        wallet(command.debitWallet) ??
        wallet(command.creditWallet) ??
        amountFault(command.amountMinor)
      );
    case 'consolidate': {
      const count = command.inputCountMax;
      const fits = Number.isSafeInteger(count) && count >= 2 && count <= INPUT_COUNT_LIMIT;
      const { mark } = command;
      const isMark = !mark || (REFERENCE.test(mark.markId) && isMarkLevel(mark.markLevel));
      return wallet(command.walletId) ?? shape(isMark, 'mark') ?? shape(fits, 'inputCountMax');
    }
    case 'placeHold':
      return (
        conditionRef(command.conditionRef) ??
        hash(command.conditionHash, false) ??
        wallet(command.debitWallet) ??
        wallet(command.creditWallet) ??
        amountFault(command.amountMinor) ??
        shape(command.mark === null || isLegMark(command.mark), 'mark') ??
        (command.charge ? chargeFault(command, command.charge) : null) ??
        time(command.lapseAt) ??
        (command.heldAt === undefined ? null : time(command.heldAt)) ??
        (command.rebuild ? (time(command.rebuild.heldAt) ?? wallet(command.rebuild.suspenseWallet)) : null)
      );
    case 'settleHold':
    case 'releaseHold':
      return conditionRef(command.conditionRef) ?? hash(command.conditionHash, true);
    case 'tombstoneHold':
      return conditionRef(command.conditionRef) ?? hash(command.conditionHash, true);
    default:
      return domesticFault(command);
  }
}

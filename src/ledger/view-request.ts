import { type Bic, bicKey, type WalletId } from '../kernel/ids.js';
import { accountMac } from './block.js';
import { mergedPocket } from './consolidation.js';
import { domesticKeys } from './domestic/commands.js';
import { holdOfEvent } from './domestic/event.js';
import type { Keys } from './domestic/module.js';
import { entryKey, type Pocket, pocketKey, SOLE_KINDS } from './model.js';
import { payingPocket, unmarked } from './movement.js';
import type { AccountKey, EntryName, TokenPage, ViewRequest } from './store.js';
import type { LedgerCommand } from './types.js';

/** Free tokens read for a wallet before anybody knows that it needs more. */
export const FIRST_PAGE_COUNT = 8;

/** Keys that a batch of commands names, and the free tokens that it may spend. */
export interface BlockRequest extends ViewRequest {
  readonly tokenPages: readonly TokenPage[];
}

/** What a batch of commands may touch, each key once, in the order of the commands. */
export function viewRequest(accountKey: Uint8Array, commands: readonly LedgerCommand[]): BlockRequest {
  const walletIds = new Set<WalletId>();
  const institutions = new Set<Bic>();
  const closing = new Set<WalletId>();
  const accounts: AccountKey[] = [];
  const references = new Set<string>();
  const conditionRefs = new Set<string>();
  const paying = new Set<WalletId>();
  const smallest = new Map<string, { readonly pocket: Pocket; readonly limit: number }>();
  const pockets = new Map<string, Pocket>();
  const entries = new Map<string, EntryName>();
  const debit = (walletId: WalletId) => {
    walletIds.add(walletId);
    paying.add(walletId);
  };
  const merge = (pocket: Pocket, countMax: number): void => {
    const key = pocketKey(pocket);
    smallest.set(key, { pocket, limit: Math.max(smallest.get(key)?.limit ?? 0, countMax) });
    if (pocket.markId !== null) pockets.set(key, pocket);
  };
  const keys: Keys = {
    wallet: (walletId) => walletIds.add(walletId),
    debit: (pocket) => {
      if (pocket.markId === null) debit(pocket.walletId);
      else {
        walletIds.add(pocket.walletId);
        pockets.set(pocketKey(pocket), pocket);
      }
    },
    reference: (text) => references.add(text),
    entry: (kind, entryId) => entries.set(entryKey(kind, entryId), { kind, entryId }),
    hold: (conditionRef) => conditionRefs.add(conditionRef),
  };
  for (const command of commands) {
    switch (command.kind) {
      case 'openWallet':
        walletIds.add(command.wallet.walletId);
        if (SOLE_KINDS.includes(command.wallet.kind)) institutions.add(bicKey(command.wallet.ownerBic));
        break;
      case 'setWalletStatus':
        walletIds.add(command.walletId);
        if (command.status === 'closed') closing.add(command.walletId);
        break;
      case 'registerAccount': {
        const agentBic = bicKey(command.agentBic);
        walletIds.add(command.walletId);
        accounts.push({ agentBic, accountMac: accountMac(accountKey, agentBic, command.accountId) });
        break;
      }
      case 'issue':
        references.add(command.reference);
        walletIds.add(command.creditWallet);
        break;
      case 'transfer':
        references.add(command.reference);
        walletIds.add(command.creditWallet);
        debit(command.debitWallet);
        break;
      case 'consolidate':
        walletIds.add(command.walletId);
        merge(mergedPocket(command), command.inputCountMax);
        break;
      case 'placeHold':
        conditionRefs.add(command.conditionRef);
        walletIds.add(command.creditWallet);
        if (command.charge) walletIds.add(command.charge.walletId);
        keys.debit(payingPocket(command.debitWallet, command.mark));
        if (command.mark) keys.entry('mark', command.mark.markId);
        if (command.rebuild) debit(command.rebuild.suspenseWallet);
        if (command.event) {
          keys.hold(holdOfEvent(command.event.eventId));
          keys.entry('event', command.event.eventId);
        }
        break;
      case 'settleHold':
      case 'releaseHold':
      case 'tombstoneHold':
        conditionRefs.add(command.conditionRef);
        break;
      default:
        domesticKeys(command, keys);
    }
  }
  const pages: TokenPage[] = [
    ...[...[...paying].map(unmarked), ...pockets.values()].map(
      (pocket) => ({ from: 'largest', after: null, limit: FIRST_PAGE_COUNT, ...pocket }) as const,
    ),
    ...[...smallest.values()].map(
      ({ pocket, limit }) => ({ from: 'smallest', after: null, limit, ...pocket }) as const,
    ),
  ];
  return {
    walletIds: [...walletIds],
    institutions: [...institutions],
    closing: [...closing],
    accounts,
    references: [...references],
    conditionRefs: [...conditionRefs],
    pockets: [...pockets.values()],
    entries: [...entries.values()],
    tokenPages: pages,
  };
}

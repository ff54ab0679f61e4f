import { type Refusal, refusal } from '../../kernel/errors.js';
import { equalBytes } from '../../kernel/hash.js';
import { type Bic, bicKey, isBic, isWalletId, type WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { AMOUNT_MINOR_LIMIT, amountFault } from '../amount.js';
import type { Entry } from '../model.js';
import { type Applied, change, freeToken, unmarked, walletFault } from '../movement.js';
import type { TransactionDraft, WorkingState } from '../working.js';
import { REFERENCE, write } from './entries.js';
import type { Rules } from './module.js';
import {
  APPROVALS,
  encodeDecision,
  encodeRequest,
  type MoneyRequest,
  type RequestDecision,
  type RequestDirection,
  requestOf,
  UNDECIDED,
} from './request.js';

/**
 * Issuance and redemption. A bank asks, two officers of the issuer approve, each with a key of its own; the second
 * approval issues or burns in its own block. A request reserves nothing: what is to be redeemed stays the bank's until
 * then, and an approval that finds it gone is refused and leaves the request as it was.
 */
export type IssuanceCommand =
  | {
      readonly kind: 'requestMoney';
      readonly by: Bic;
      readonly requestId: string;
      readonly direction: RequestDirection;
      readonly walletId: WalletId;
      readonly amountMinor: bigint;
      readonly lifeMs: number;
    }
  /** `walletId` is the request's own. A key that approved already changes nothing. */
  | {
      readonly kind: 'approveRequest';
      readonly requestId: string;
      readonly walletId: WalletId;
      readonly keyId: string;
    }
  | {
      readonly kind: 'refuseRequest';
      readonly requestId: string;
      readonly keyId: string;
      readonly reason: string;
    }
  | { readonly kind: 'expireRequest'; readonly requestId: string };

type Of<K extends IssuanceCommand['kind']> = Extract<IssuanceCommand, { kind: K }>;

const LIFE_MS_MAX = 30 * 24 * 3_600_000;
const REASON_LENGTH_MAX = 140;
const REASON = /^[^\p{C}]+$/u;

const shape = (fits: boolean, field: string): Refusal | null => (fits ? null : refusal('BAD_REQUEST', field));
const id = (text: string, field: string): Refusal | null => shape(REFERENCE.test(text), field);

export const issuanceRules: Rules<IssuanceCommand> = {
  requestMoney: {
    fault: ({ requestId, by, walletId, amountMinor, lifeMs }) =>
      id(requestId, 'requestId') ??
      shape(isBic(by), 'by') ??
      shape(isWalletId(walletId), 'walletId') ??
      amountFault(amountMinor) ??
      shape(Number.isSafeInteger(lifeMs) && lifeMs > 0 && lifeMs <= LIFE_MS_MAX, 'lifeMs'),
    keys: (command, keys) => {
      keys.entry('request', command.requestId);
      keys.wallet(command.walletId);
    },
    apply: request,
  },
  approveRequest: {
    fault: (command) =>
      id(command.requestId, 'requestId') ??
      id(command.keyId, 'keyId') ??
      shape(isWalletId(command.walletId), 'walletId'),
    keys: (command, keys) => {
      keys.entry('request', command.requestId);
      keys.debit(unmarked(command.walletId));
    },
    apply: approve,
  },
  refuseRequest: {
    fault: ({ requestId, keyId, reason }) =>
      id(requestId, 'requestId') ??
      id(keyId, 'keyId') ??
      shape(REASON.test(reason) && reason.length <= REASON_LENGTH_MAX, 'reason'),
    keys: (command, keys) => keys.entry('request', command.requestId),
    apply: refuse,
  },
  expireRequest: {
    fault: (command) => id(command.requestId, 'requestId'),
    keys: (command, keys) => keys.entry('request', command.requestId),
    apply: expire,
  },
};

const nothingNew = (state: WorkingState): Applied =>
  ok({ blockSequence: state.sequence - 1n, transactionId: null, hold: null });

/** Why this is not the bank's own wallet, which alone it converts and has filled by the issuer; or null. */
export function ownWalletFault(state: WorkingState, walletId: WalletId, by: Bic): Refusal | null {
  const wallet = state.wallet(walletId);
  if (wallet && wallet.ownerBic !== bicKey(by)) return refusal('FORBIDDEN', walletId);
  return walletFault(wallet, walletId) ?? (wallet!.kind === 'settlement' ? null : refusal('WALLET_KIND', walletId));
}

function request(state: WorkingState, command: Of<'requestMoney'>): Applied {
  const { requestId, by, walletId } = command;
  const body = encodeRequest(command);
  const known = state.entry('request', requestId);
  if (known) {
    const isSame = known.ownerBic === bicKey(by) && equalBytes(known.body, body);
    return isSame ? nothingNew(state) : err(refusal('IDEMPOTENCY_CONFLICT', requestId));
  }
  const fault = ownWalletFault(state, walletId, by);
  if (fault) return err(fault);
  const ownerBic = bicKey(by);
  const dueAt = state.now + command.lifeMs;
  const requested = { kind: 'request', entryId: requestId, ownerBic, body, open: true, dueAt } as const;
  return write(state, { ...requested, state: encodeDecision(UNDECIDED) });
}

interface Known {
  readonly entry: Entry;
  readonly request: MoneyRequest;
}

function knownRequest(state: WorkingState, requestId: string): Result<Known, Refusal> {
  const entry = state.entry('request', requestId);
  return entry ? ok({ entry, request: requestOf(entry) }) : err(refusal('REQUEST_UNKNOWN', requestId));
}

/** Why nobody decides the request any more, or null. Its time is up at its time, whether or not anybody noted that. */
function closedFault(state: WorkingState, { request: { requestId, decision, dueAt } }: Known): Refusal | null {
  const isLate = decision.status === 'requested' && state.now >= dueAt;
  return decision.status === 'requested' && !isLate ? null : refusal('REQUEST_STATE', requestId);
}

const decided = (entry: Entry, decision: RequestDecision): Entry => ({
  ...entry,
  state: encodeDecision(decision),
  open: decision.status === 'requested',
});

function approve(state: WorkingState, { requestId, walletId, keyId }: Of<'approveRequest'>): Applied {
  const known = knownRequest(state, requestId);
  if (!known.ok) return known;
  const { entry, request: asked } = known.value;
  const { approvedBy } = asked.decision;
  if (approvedBy.includes(keyId)) return nothingNew(state);
  const fault = closedFault(state, known.value) ?? shape(walletId === asked.walletId, 'walletId');
  if (fault) return err(fault);
  const officers = [...approvedBy, keyId];
  if (officers.length < APPROVALS) return write(state, decided(entry, { ...asked.decision, approvedBy: officers }));
  const approved = decided(entry, { ...asked.decision, status: 'approved', approvedBy: officers });
  return asked.direction === 'issuance' ? issue(state, asked, approved) : redeem(state, asked, approved);
}

const MOVED = { data: null, evidence: null, detail: Buffer.alloc(0), posted: true } as const;

function issue(state: WorkingState, { requestId, walletId, amountMinor }: MoneyRequest, entry: Entry): Applied {
  const fault = walletFault(state.wallet(walletId), walletId);
  if (fault) return err(fault);
  if (state.supplyMinor() + amountMinor >= AMOUNT_MINOR_LIMIT) return err(refusal('AMOUNT_TOO_LARGE', 'supply'));
  const outputs = [freeToken(walletId, amountMinor)];
  const parties = { debitWallet: null, creditWallet: walletId, inputs: [], outputs };
  return post(state, { ...MOVED, ...parties, kind: 'issue', reference: requestId, amountMinor, entries: [entry] });
}

function redeem(state: WorkingState, { requestId, walletId, amountMinor }: MoneyRequest, entry: Entry): Applied {
  const fault = walletFault(state.wallet(walletId), walletId);
  if (fault) return err(fault);
  const pocket = unmarked(walletId);
  if (state.inPocket(pocket) < amountMinor) return err(refusal('FUNDS_INSUFFICIENT'));
  const inputs = state.take(pocket, amountMinor);
  const parties = { debitWallet: walletId, creditWallet: null, inputs, outputs: change(inputs, pocket, amountMinor) };
  return post(state, { ...MOVED, ...parties, kind: 'redeem', reference: requestId, amountMinor, entries: [entry] });
}

function post(state: WorkingState, draft: TransactionDraft): Applied {
  const { blockSequence, transactionId } = state.post(draft).transaction;
  return ok({ blockSequence, transactionId, hold: null });
}

function refuse(state: WorkingState, { requestId, keyId, reason }: Of<'refuseRequest'>): Applied {
  const known = knownRequest(state, requestId);
  if (!known.ok) return known;
  const { entry, request: asked } = known.value;
  const { decision } = asked;
  if (decision.refusedBy === keyId && decision.reason === reason) return nothingNew(state);
  const fault = closedFault(state, known.value);
  if (fault) return err(fault);
  return write(state, decided(entry, { ...decision, status: 'refused', refusedBy: keyId, reason }));
}

function expire(state: WorkingState, { requestId }: Of<'expireRequest'>): Applied {
  const known = knownRequest(state, requestId);
  if (!known.ok) return known;
  const { entry, request: asked } = known.value;
  if (asked.decision.status === 'expired') return nothingNew(state);
  if (asked.decision.status !== 'requested' || state.now < asked.dueAt) return err(refusal('REQUEST_STATE', requestId));
  return write(state, decided(entry, { ...asked.decision, status: 'expired' }));
}

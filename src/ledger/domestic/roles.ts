import { type Refusal, refusal } from '../../kernel/errors.js';
import { type Bic, bicKey, type LedgerCode } from '../../kernel/ids.js';
import type { WalletKind } from '../types.js';

/**
 * Who may do what on the domestic platform: one table. Whether an operation is possible is the ledger's question; whether
 * somebody may ask for it is answered here and nowhere else. Payments between ledgers (prepare, decide, query) are no
 * matter of roles: their parties are named by the installation.
 */

export const LEDGER_ROLES = [
  ...(['issuer', 'bank', 'treasury', 'provider', 'notary', 'oracle', 'eventProvider', 'operator'] as const),
] as const;
export type LedgerRole = (typeof LEDGER_ROLES)[number];

/** `own`: only where what is touched belongs to the caller; `any`: whoever it belongs to, or nobody. */
export type Access = 'own' | 'any';

/** Roles that may; a role that isn't there may not. */
export type Allowed = 'everybody' | Readonly<Partial<Record<LedgerRole, Access>>>;

/** Those who have wallets of their own and move the money in them. */
const HOLDERS = { issuer: 'own', bank: 'own', treasury: 'own', provider: 'own' } as const;
/** Every node of the platform. */
const NODES = { ...HOLDERS, notary: 'own', oracle: 'own', eventProvider: 'own' } as const;
const ORACLE = { oracle: 'any' } as const;

/** The owner meant by `own` is that of the wallet debited, opened or read, or of the record, unless a row says more. */
export const OPERATIONS = {
  // Wallets
  openWallet: { ...HOLDERS, operator: 'any' },
  /** An account of the agent's own, leading to a wallet of its own. */
  registerAccount: { bank: 'own', operator: 'any' },
  blockWallet: { issuer: 'any' },
  unblockWallet: { issuer: 'any' },
  closeWallet: { ...HOLDERS, operator: 'any' },
  /** Balance, pockets and statement. */
  readWallet: { ...HOLDERS, operator: 'any' },
  listWallets: { ...HOLDERS, operator: 'any' },

  // Issuance
  requestIssuance: { bank: 'own' },
  requestRedemption: { bank: 'own' },
  approveRequest: { issuer: 'any' },
  refuseRequest: { issuer: 'any' },
  readRequest: { bank: 'own', issuer: 'any' },
  convert: { bank: 'own' },

  // Payments
  /** The operator's own is what it was paid in charges. */
  transfer: { ...HOLDERS, operator: 'own' },

  // Marks
  registerMark: { issuer: 'any', treasury: 'any' },
  /** Money in a wallet of its own. */
  mark: { issuer: 'own', treasury: 'own' },
  /** Money under a mark of its own, wherever it is. */
  unmark: { issuer: 'own', treasury: 'own' },
  spend: HOLDERS,
  /** A mark, the report of its spends and its tree, to the initiator. */
  readMark: { issuer: 'own', treasury: 'own', oracle: 'any' },

  // Agreements and attributes
  /** The owner is the mark's: who holds marked money must not agree with itself on where it goes. */
  registerAgreement: { issuer: 'own', treasury: 'own', oracle: 'any' },
  spendUnderAgreement: HOLDERS,
  /** The payee takes money out of the mark, to turn it into non-cash. */
  withdrawUnderAgreement: HOLDERS,
  /** The owner is the mark's, or that of either wallet. */
  readAgreement: { ...HOLDERS, oracle: 'any' },
  registerAttribute: ORACLE,
  readAttribute: ORACLE,

  // E-invoices; the owner is the seller's, of a payment the buyer's
  registerInvoice: { bank: 'own', treasury: 'own', oracle: 'any' },
  correctInvoice: { bank: 'own', treasury: 'own', oracle: 'any' },
  cancelInvoice: { bank: 'own', treasury: 'own', oracle: 'any' },
  payInvoice: HOLDERS,
  refundInvoice: HOLDERS,
  readInvoice: { ...HOLDERS, oracle: 'any' },

  // Events and holds
  registerProvider: ORACLE,
  /** Its keys are public. */
  readProvider: 'everybody',
  /** The owner is the sender's. */
  registerEvent: { ...HOLDERS, oracle: 'any' },
  placeHold: NODES,
  /** A statement proves itself by its signature: the oracle may pass on what it was given. */
  submitStatement: { eventProvider: 'any', oracle: 'any' },
  readEvent: { ...HOLDERS, eventProvider: 'own', oracle: 'any' },

  // What the ledger shows of itself. Blocks list hashes only.
  readSupply: 'everybody',
  readBlock: 'everybody',
  /** With its proof; to its parties. */
  readTransaction: { ...HOLDERS, operator: 'any' },
  /** A token's tree. The owner is its wallet's, who sees what touches its wallets, or its mark's, who sees the mark. */
  readToken: { ...HOLDERS, issuer: 'any' },
} as const satisfies Readonly<Record<string, Allowed>>;

export type Operation = keyof typeof OPERATIONS;

/** Who asks, proved by the signature of the request. */
export interface LedgerCaller {
  readonly bic: Bic;
  /** A {@link LedgerRole}, or a role that this platform doesn't know and allows nothing. */
  readonly role: string;
  /** The ledger it takes part in; null for one that is at home on none or several. */
  readonly ledger: LedgerCode | null;
  /** The key that signed the request. */
  readonly keyId: string;
}

/** What the table gives a role; undefined for nothing, and where everybody may. */
export function accessOf(role: string, operation: Operation): Access | undefined {
  const allowed: Allowed = OPERATIONS[operation];
  const known = LEDGER_ROLES.find((one) => one === role);
  return known === undefined || allowed === 'everybody' ? undefined : allowed[known];
}

/**
 * Why the caller may not, or null. `ownerBic` is whose what is touched is; absent where that is nobody's or isn't there,
 * so that only who may touch anybody's is told so.
 */
export function roleFault(
  ledger: LedgerCode,
  caller: LedgerCaller,
  operation: Operation,
  ownerBic: Bic | null | undefined,
): Refusal | null {
  if (OPERATIONS[operation] === 'everybody') return null;
  const access = accessOf(caller.role, operation);
  const isAtHome = caller.ledger === null || caller.ledger === ledger;
  const isOwner = ownerBic != null && bicKey(ownerBic) === bicKey(caller.bic);
  return isAtHome && (access === 'any' || (access === 'own' && isOwner)) ? null : refusal('FORBIDDEN');
}

/** Whose wallet may be of which kind: a bank's are its clients' and its own, a treasury's the state bodies'. */
const WALLET_KINDS: Readonly<Partial<Record<LedgerRole, readonly WalletKind[]>>> = {
  issuer: ['issuer', 'suspense', 'residue'],
  bank: ['customer', 'settlement'],
  treasury: ['treasury'],
  provider: ['provider'],
};

/** Whether a role that may open wallets may open one of this kind; who runs the platform opens any. */
export const mayOpen = (role: string, kind: WalletKind): boolean =>
  role === 'operator' || (WALLET_KINDS[role as LedgerRole] ?? []).includes(kind);

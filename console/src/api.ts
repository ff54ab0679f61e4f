/** Signed requests to the gateway (RFC 9421), and what its routes answer as far as the pages show it. */
import { signal } from '@preact/signals';
import { prepareSignature, SIGNATURE_LIFE_SECONDS_MAX } from '../../src/gateway/identity/signed-text.js';
import { base64, contentDigest, type Key } from './key.js';

export type Role =
  | 'issuer'
  | 'bank'
  | 'treasury'
  | 'provider'
  | 'notary'
  | 'oracle'
  | 'eventProvider'
  | 'operator'
  | 'desk'
  | 'rateFeed'
  | 'cosigner'
  | 'ledger';

export interface Me {
  readonly bic: string;
  readonly name: string;
  readonly role: Role;
  readonly ledger: string | null;
  readonly keyId: string;
}

export interface Money {
  readonly amount: string;
  readonly currency: string;
}

export const STATUSES = ['ACTC', 'PDNG', 'ACSC', 'ACCC', 'RJCT'] as const;
export type Status = (typeof STATUSES)[number];

export interface ListedPayment {
  readonly uetr: string;
  readonly sender: string;
  readonly msgId: string;
  readonly status: Status;
  readonly state: 'WAITING' | 'PREPARING' | 'DECIDED' | 'CLOSED';
  readonly reason: string | null;
  readonly debtorAgent: string | null;
  readonly creditorAgent: string | null;
  readonly provider: string | null;
  readonly source: Money | null;
  readonly target: Money | null;
  readonly acceptedAt: string;
  readonly closedAt: string | null;
}

export interface PaymentPage {
  readonly payments: readonly ListedPayment[];
  readonly next: string | null;
}

export interface InDoubt {
  readonly since: string;
  readonly waitingFor: readonly string[];
  readonly cause: 'VOTE_UNKNOWN' | 'LEG_NOT_APPLIED';
}

/** What a payment waits for before its money is held. */
export interface WaitsFor {
  readonly cause: string;
  /** Of an event. */
  readonly eventId?: string;
  readonly since: string;
  readonly until: string | null;
  readonly whoMustAct: readonly string[];
}

export interface Difference {
  readonly kind: 'changed' | 'moved' | 'added' | 'cut' | 'shortened' | 'transliterated';
  readonly from: string | null;
  readonly to: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

export interface Payment {
  readonly uetr: string;
  readonly msgId: string;
  readonly endToEndId: string;
  readonly status: Status;
  readonly state: ListedPayment['state'];
  readonly reason: { readonly code: string; readonly isoReason: string | null; readonly detail: string } | null;
  readonly violations: readonly { readonly code: string; readonly message: string; readonly xpath?: string }[];
  readonly debtorAgent: string | null;
  readonly creditorAgent: string | null;
  readonly provider: string | null;
  readonly quoteId: string | null;
  readonly rate: string | null;
  readonly steps: readonly { readonly provider: string; readonly quoteId: string; readonly rate: string }[];
  readonly legs: readonly {
    readonly ledger: string;
    readonly debitWallet: string;
    readonly creditWallet: string;
    readonly amount: string;
    readonly currency: string;
  }[];
  /** What is charged besides the first leg. */
  readonly charge: (Money & { readonly wallet: string }) | null;
  readonly waitsFor: WaitsFor | null;
  readonly inDoubt: InDoubt | null;
  readonly acceptedAt: string;
  readonly decidedAt: string | null;
  readonly closedAt: string | null;
  readonly changes: readonly Difference[];
  readonly losses: readonly Difference[];
}

interface Statement {
  readonly keyId: string;
  readonly signature: string;
}
interface TransactionProof {
  readonly block: { readonly sequence: string; readonly time: number; readonly hash: string };
}
export interface Evidence {
  readonly uetr: string;
  readonly sender: string;
  readonly messages: Readonly<Record<'source' | 'onward' | 'report', { readonly bytes: string } | null>>;
  readonly legs: readonly {
    readonly ledger: string;
    readonly receipt: Statement | null;
    readonly vote: Statement | null;
    readonly applied: Statement | null;
    readonly hold: { readonly placed: TransactionProof; readonly ended: TransactionProof | null } | null;
  }[];
  readonly keys: readonly { readonly keyId: string; readonly owner: string; readonly suite: string }[];
}

export interface Doubts {
  readonly payments: readonly {
    readonly uetr: string;
    readonly sender: string;
    readonly msgId: string;
    readonly acceptedAt: string;
    readonly inDoubt: InDoubt | null;
  }[];
}

/** What stopped a ledger from taking new holds: contradicting votes, or money that was gone. */
export interface Equivocations {
  readonly frozen: boolean;
  readonly evidence: readonly {
    readonly uetr: string;
    readonly cause: 'EQUIVOCATION' | 'FUNDS_GONE';
    readonly foundAt: string;
    readonly closedAt: string | null;
  }[];
}

export interface Ledger {
  readonly code: string;
  readonly currency: string;
}
export interface Supply {
  readonly issued: Money;
  readonly redeemed: Money;
  readonly supply: Money;
  readonly blockSequence: string;
}
export interface Block {
  readonly sequence: string;
  readonly time: string;
  readonly transactionCount: number;
  readonly hash: string;
}
export interface WalletBalance {
  readonly walletId: string;
  readonly kind: string;
  readonly ownerBic: string;
  readonly status: string;
  readonly available: Money;
  readonly held: Money;
  readonly marked: Money;
}
export interface Posting {
  readonly time: string;
  readonly transactionId: string;
  readonly kind: string;
  readonly direction: 'debit' | 'credit';
  readonly counterparty: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly blockSequence: string;
}
export interface MoneyRequest {
  readonly requestId: string;
  readonly direction: 'issuance' | 'redemption';
  readonly ownerBic: string;
  readonly walletId: string;
  readonly amount: string;
  readonly currency: string;
  readonly expiresAt: string;
  readonly status: 'requested' | 'approved' | 'refused' | 'expired';
  readonly approvedBy: readonly string[];
  readonly refusedBy: string | null;
  readonly reason: string | null;
}
export interface LedgerEvent {
  readonly eventId: string;
  readonly ownerBic: string;
  readonly phase: string;
  readonly debitWallet: string;
  readonly payment: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly expiresAt: string;
  readonly providers: readonly string[];
  readonly threshold: number;
  readonly remaining: Money;
}
export interface OpenHold {
  readonly holdId: string;
  readonly kind: 'pvp' | 'event';
  /** UETR of the payment, or id of the event. */
  readonly reference: string;
  readonly debitWallet: string | null;
  readonly creditWallet: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly markId: string | null;
  readonly heldAt: string;
}
export interface Mark {
  readonly markId: string;
  readonly ownerBic: string;
  readonly crossBorder: boolean;
  readonly rule: { readonly by: 'addresses' | 'agreement' | 'criteria' | 'vat' };
  readonly expired: boolean;
}
export interface Agreement {
  readonly agreementId: string;
  readonly markId: string;
  readonly payer: string;
  readonly payee: string;
  readonly expiresAt: string;
  readonly transferMax: Money;
  readonly transferLeft: Money;
  readonly withdrawalLeft: Money;
}
export interface WholeBlock extends Block {
  readonly previousHash: string;
  readonly merkleRoot: string;
  readonly signature: string;
  readonly transactionIds: readonly string[];
}
export interface Token {
  readonly tokenId: string;
  readonly walletId: string;
  readonly amount: string;
  readonly currency: string;
  readonly markId: string | null;
  readonly markLevel: number | null;
}
export interface LedgerTransaction {
  readonly transactionId: string;
  readonly blockSequence: string;
  readonly position: number;
  readonly kind: string;
  readonly reference: string | null;
  readonly debitWallet: string | null;
  readonly creditWallet: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly inputs: readonly Token[];
  readonly outputs: readonly Token[];
  readonly block: Block;
  readonly merklePath: readonly string[];
}
/** A transaction of a tree. */
export interface TreeNode {
  readonly transactionId: string;
  readonly time: string;
  readonly blockSequence: string;
  readonly kind: string;
  readonly debitWallet: string | null;
  readonly creditWallet: string | null;
  readonly amount: string;
  readonly currency: string;
  readonly markId: string | null;
  readonly markLevel: number | null;
  readonly agreementId: string | null;
  readonly purpose: string | null;
  readonly entries: readonly { readonly kind: string; readonly entryId: string }[];
}
/** A token of a tree, from the transaction that made it to the one that spent it. */
export interface TreeEdge extends Token {
  readonly from: string;
  /** null while it is unspent. */
  readonly to: string | null;
  readonly held: boolean;
}
export interface TreePage {
  /** Of a token's tree. */
  readonly token?: TreeEdge;
  readonly nodes: readonly TreeNode[];
  readonly edges: readonly TreeEdge[];
  readonly next: string | null;
  readonly truncated?: boolean;
}
export interface Participant {
  readonly bic: string;
  readonly name: string;
  readonly role: Role;
  readonly ledger: string | null;
}
export interface KnownKey {
  readonly keyId: string;
  readonly owner: string;
  readonly role: string;
  readonly suite: string;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** A refusal of the gateway, or that it could not be reached (`code` is `OFFLINE`). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly retry: 'never' | 'same-key' | 'later',
  ) {
    super(message);
  }
}

export interface Asked {
  readonly method?: 'GET' | 'POST' | 'PUT';
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly signal?: AbortSignal;
}

export interface Api {
  readonly key: Key;
  /** The response, whatever its status; throws {@link ApiError} when there is none. */
  send(target: string, asked?: Asked): Promise<Response>;
  /** Its JSON; throws {@link ApiError} for a refusal. */
  read<T>(target: string, asked?: Asked): Promise<T>;
}

/** Requests under way that somebody waits for. */
export const waiting = signal(0);

const offline = () => new ApiError('OFFLINE', 0, '', 'later');

/** The refusal that a response tells of. */
export async function refusalOf(response: Response): Promise<ApiError> {
  try {
    const { code, title, detail, retry } = (await response.json()) as Record<string, string>;
    const text = detail ? `${title}: ${detail}` : (title ?? '');
    return new ApiError(code ?? 'INTERNAL', response.status, text, (retry as ApiError['retry']) ?? 'later');
  } catch {
    return new ApiError('INTERNAL', response.status, `HTTP ${response.status}`, 'later');
  }
}

/** Requests signed with a key. A wrong clock of this machine is put right by the gateway's own, once it says so. */
export function createApi(key: Key): Api {
  let clockOffsetMs = 0;
  const once = async (target: string, { method, headers = {}, json, signal: aborted }: Asked): Promise<Response> => {
    const url = new URL(target, location.origin);
    const text = json === undefined ? '' : JSON.stringify(json);
    const body = new TextEncoder().encode(text);
    const given: Record<string, string> = { ...headers, ...(text ? { 'content-type': 'application/json' } : {}) };
    const verb = method ?? (text ? 'POST' : 'GET');
    const head = { method: verb, path: url.pathname, query: url.search, headers: given };
    const nonce = base64(crypto.getRandomValues(new Uint8Array(18)));
    const { base, fields } = prepareSignature(head, text ? contentDigest(body) : null, {
      ...{ keyId: key.keyId, suite: key.suite, nonce },
      ...{ now: Date.now() + clockOffsetMs, lifeSeconds: SIGNATURE_LIFE_SECONDS_MAX },
    });
    try {
      return await fetch(url, {
        ...{ method: verb, headers: { ...given, ...fields(key.sign(base)) }, redirect: 'error', cache: 'no-store' },
        ...(text ? { body } : {}),
        ...(aborted ? { signal: aborted } : {}),
      });
    } catch (error) {
      if (aborted?.aborted) throw error;
      throw offline();
    }
  };
  const send: Api['send'] = async (target, asked = {}) => {
    const response = await once(target, asked);
    const serverTime = Date.parse(response.headers.get('date') ?? '');
    if (response.status !== 401 || Number.isNaN(serverTime)) return response;
    const refusal = await refusalOf(response.clone());
    if (refusal.code !== 'SIGNATURE_EXPIRED') return response;
    clockOffsetMs = serverTime - Date.now();
    return once(target, asked);
  };
  return {
    key,
    send,
    async read<T>(target: string, asked?: Asked): Promise<T> {
      waiting.value += 1;
      try {
        const response = await send(target, asked);
        if (!response.ok) throw await refusalOf(response);
        return (await response.json()) as T;
      } catch (error) {
        if (error instanceof TypeError) throw offline();
        throw error;
      } finally {
        waiting.value -= 1;
      }
    },
  };
}

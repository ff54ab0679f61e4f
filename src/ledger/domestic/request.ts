import { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import { sha256 } from '../../kernel/hash.js';
import { type Bic, bicKey, type LedgerCode, uuidFromBytes, type WalletId } from '../../kernel/ids.js';
import type { Entry } from '../model.js';

/** A bank's request for money to be issued into its own wallet, or redeemed out of it; and what became of it. */
export interface MoneyRequest {
  readonly requestId: string;
  readonly ownerBic: Bic;
  readonly direction: RequestDirection;
  readonly walletId: WalletId;
  readonly amountMinor: bigint;
  /** How long it may wait for its approvals, milliseconds. */
  readonly lifeMs: number;
  /** When that ends. */
  readonly dueAt: number;
  readonly decision: RequestDecision;
}

export const REQUEST_DIRECTIONS = ['issuance', 'redemption'] as const;
export type RequestDirection = (typeof REQUEST_DIRECTIONS)[number];

const REQUEST_STATUSES = ['requested', 'approved', 'refused', 'expired'] as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[number];

export interface RequestDecision {
  readonly status: RequestStatus;
  /** Keys of the officers that approved, each once, in order. */
  readonly approvedBy: readonly string[];
  /** The officer that refused, and why. */
  readonly refusedBy: string | null;
  readonly reason: string | null;
}

/** Approvals by different officers that it takes. */
export const APPROVALS = 2;
export const UNDECIDED: RequestDecision = { status: 'requested', approvedBy: [], refusedBy: null, reason: null };

/** Id of the request that a bank makes under a key of its own: the same key is the same request. */
export const requestIdOf = (ledger: LedgerCode, ownerBic: Bic, key: string): string =>
  uuidFromBytes(sha256(new ByteWriter().text('request').text(ledger).text(bicKey(ownerBic)).text(key).finish()));

type RequestBody = Pick<MoneyRequest, 'direction' | 'walletId' | 'amountMinor' | 'lifeMs'>;

export const encodeRequest = ({ direction, walletId, amountMinor, lifeMs }: RequestBody): Buffer =>
  new ByteWriter().text(direction).text(walletId).integer(amountMinor).integer(lifeMs).finish();

export const encodeDecision = ({ status, approvedBy, refusedBy, reason }: RequestDecision): Buffer =>
  new ByteWriter()
    .text(status)
    .list(approvedBy, (w, keyId) => w.text(keyId))
    .optional(refusedBy, (w, keyId) => w.text(keyId))
    .optional(reason, (w, text) => w.text(text))
    .finish();

function one<T extends string>(of: readonly T[], text: string): T {
  const found = of.find((known) => known === text);
  if (found === undefined) throw new RangeError(`${text} is none of ${of.join(', ')}`);
  return found;
}

/** Reads what {@link encodeRequest} and {@link encodeDecision} wrote. Throws `RangeError` on anything else. */
export function requestOf(entry: Entry): MoneyRequest {
  const body = new ByteReader(entry.body);
  const said = {
    direction: one(REQUEST_DIRECTIONS, body.text()),
    walletId: body.text() as WalletId,
    amountMinor: body.bigint(),
    lifeMs: body.integer(),
  };
  body.end();
  const state = new ByteReader(entry.state);
  const decision = {
    status: one(REQUEST_STATUSES, state.text()),
    approvedBy: state.list((r) => r.text(), APPROVALS),
    refusedBy: state.optional((r) => r.text()),
    reason: state.optional((r) => r.text()),
  };
  state.end();
  if (entry.dueAt === null) throw new RangeError('a request has a time');
  return { requestId: entry.entryId, ownerBic: entry.ownerBic, ...said, dueAt: entry.dueAt, decision };
}

import type { ErrorCode } from '../../kernel/errors.js';
import { equalBytes } from '../../kernel/hash.js';
import type { Uetr } from '../../kernel/ids.js';
import type { Decision, PvpPayment } from '../coordinator.js';
import type { SignedOrder } from './orders.js';

/** A payment in the gateways' common database, in the states of the protocol. */
export interface LoggedPayment {
  readonly uetr: Uetr;
  readonly order: SignedOrder;
  readonly state: 'RECEIVED' | 'ACCEPTED' | 'PREPARING' | 'DECIDED' | 'CLOSED';
  /** What the bank is told; null while it is pending. */
  readonly status: 'ACSC' | 'RJCT' | null;
  readonly reason: ErrorCode | null;
  readonly payment: PvpPayment | null;
  readonly claimedBy: string;
}

/** The rules of the payment table: each call is one transaction, and a repetition changes nothing. */
export interface GatewayLog {
  /** The row of this UETR: a new one, or the known one; null when the UETR belongs to another order. */
  receive(uetr: Uetr, order: SignedOrder, instance: string): LoggedPayment | null;
  accept(uetr: Uetr, payment: PvpPayment): void;
  refuse(uetr: Uetr, reason: ErrorCode): void;
  preparing(uetrs: readonly Uetr[]): void;
  decided(items: readonly Decision[]): void;
  closed(items: readonly Decision[]): void;
  renewLease(instance: string, leaseMs: number): void;
  /** What this instance has to finish. */
  open(instance: string): LoggedPayment[];
  claimAbandoned(instance: string): LoggedPayment[];
  readonly rows: ReadonlyMap<Uetr, LoggedPayment>;
}

/** Told of each final status as it becomes durable. */
export type FinalWatch = (row: LoggedPayment, decision: Decision | null) => void;

/** `now` is the clock of the log's server, by which leases go. */
export function createGatewayLog(now: () => number, watch: FinalWatch): GatewayLog {
  const rows = new Map<Uetr, LoggedPayment>();
  const leases = new Map<string, number>();
  const set = (uetr: Uetr, change: Partial<LoggedPayment>): LoggedPayment => {
    const row = { ...rows.get(uetr)!, ...change };
    rows.set(uetr, row);
    return row;
  };
  const finish = (item: Decision, state: 'DECIDED' | 'CLOSED'): void => {
    const row = rows.get(item.pvpId);
    if (!row || row.state === 'CLOSED') return;
    const status = item.decision === 'COMMIT' ? 'ACSC' : 'RJCT';
    const ended = set(item.pvpId, { state, ...(row.status ? {} : { status, reason: item.refusal?.code ?? null }) });
    watch(ended, item);
  };
  const claim = (found: readonly LoggedPayment[], claimedBy: string) =>
    found.map(({ uetr }) => set(uetr, { claimedBy }));

  return {
    rows,
    receive(uetr, order, instance) {
      const known = rows.get(uetr);
      if (known) return equalBytes(known.order.bytes, order.bytes) ? known : null;
      const nothing = { status: null, reason: null, payment: null };
      rows.set(uetr, { uetr, order, state: 'RECEIVED', ...nothing, claimedBy: instance });
      return rows.get(uetr)!;
    },
    accept(uetr, payment) {
      if (rows.get(uetr)?.state === 'RECEIVED') set(uetr, { state: 'ACCEPTED', payment });
    },
    refuse(uetr, reason) {
      if (rows.get(uetr)?.state !== 'RECEIVED') return;
      watch(set(uetr, { state: 'CLOSED', status: 'RJCT', reason }), null);
    },
    preparing(uetrs) {
      for (const uetr of uetrs) if (rows.get(uetr)?.state === 'ACCEPTED') set(uetr, { state: 'PREPARING' });
    },
    decided(items) {
      for (const item of items) {
        if (item.decision === 'ABORT') finish(item, 'DECIDED');
        else if (rows.get(item.pvpId)?.state === 'PREPARING') set(item.pvpId, { state: 'DECIDED' });
      }
    },
    closed(items) {
      for (const item of items) finish(item, 'CLOSED');
    },
    renewLease: (instance, leaseMs) => void leases.set(instance, now() + leaseMs),
    open: (instance) => [...rows.values()].filter((row) => row.state !== 'CLOSED' && row.claimedBy === instance),
    claimAbandoned(instance) {
      const isAbandoned = (row: LoggedPayment): boolean =>
        row.state !== 'CLOSED' &&
        row.claimedBy !== instance &&
        (leases.get(row.claimedBy) ?? Number.POSITIVE_INFINITY) < now();
      return claim([...rows.values()].filter(isAbandoned), instance);
    },
  };
}

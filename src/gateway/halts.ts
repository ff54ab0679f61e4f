/**
 * Halts of trading between desk, gateway and jurisdictions. An officer's order is the signed request itself: a
 * jurisdiction proves from its record who gave it, by its own register, so that a gateway can neither set nor lift a halt.
 * Orders are delivered until they arrive.
 */
import type pg from 'pg';
import type { Timers } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, isBic, isUuidV4, type LedgerCode, type WalletId } from '../kernel/ids.js';
import { err, ok, type Result } from '../kernel/result.js';
import { within } from '../kernel/time-limit.js';
import type { Ledger } from '../ledger/types.js';
import {
  HALT_SCOPES,
  type Halt,
  type HaltAction,
  type HaltOrder,
  type HaltTarget,
  haltOf,
  haltsOf,
  stands,
} from '../pvp/halts.js';
import type { HaltCheck } from '../pvp/jurisdiction-port.js';
import type { PvpTerms } from '../pvp/terms.js';
import { haltOrders, keepOrder, markDelivered, undelivered } from './halt-store.pg.js';
import { verifyAuthorisation } from './identity/authorisation.js';
import type { ParticipantRegister } from './identity/participants.js';

/** An order as it is shown to a jurisdiction; what it says is in the body, who gave it in the record. */
export type ShownOrder = Pick<HaltOrder, 'haltId' | 'action' | 'body' | 'authorisation'>;

/** Where officers' orders go: a jurisdiction in this process, or over HTTP. One outcome an order; null: it is kept. */
export interface HaltPort {
  obey(orders: readonly ShownOrder[]): Promise<(Refusal | null)[]>;
}

/** The request that an order is. */
export const orderRequest = (haltId: string, action: HaltAction): { method: string; path: string } =>
  action === 'set'
    ? { method: 'PUT', path: `/v1/fx/halts/${haltId}` }
    : { method: 'POST', path: `/v1/fx/halts/${haltId}/lift` };

const REASON_MAX = 400;
const NAMES: Readonly<Record<HaltTarget['scope'], (name: string) => boolean>> = {
  pair: (name) => /^[A-Z]{3}-[A-Z]{3}$/.test(name),
  provider: isBic,
  corridor: (name) => /^[A-Z]{2,8}-[A-Z]{2,8}$/.test(name),
};

/** What the body of an order says. Errors: `BAD_REQUEST`. */
export function readOrder(
  action: HaltAction,
  body: Uint8Array,
): Result<{ readonly target: HaltTarget | null; readonly reason: string }, Refusal> {
  const fields = jsonObject(body);
  const known = action === 'set' ? ['scope', 'name', 'reason'] : ['reason'];
  if (!fields || Object.keys(fields).some((name) => !known.includes(name)))
    return err(refusal('BAD_REQUEST', `the body is a JSON object of ${known.join(', ')}`));
  const { scope, name, reason } = fields;
  if (typeof reason !== 'string' || reason === '' || reason.length > REASON_MAX)
    return err(refusal('BAD_REQUEST', `reason has 1 to ${REASON_MAX} characters`));
  if (action === 'lift') return ok({ target: null, reason });
  const knownScope = HALT_SCOPES.find((one) => one === scope);
  if (!knownScope) return err(refusal('BAD_REQUEST', `scope is one of ${HALT_SCOPES.join(', ')}`));
  if (typeof name !== 'string' || !NAMES[knownScope](name))
    return err(refusal('BAD_REQUEST', 'name is no pair like KZT-CNY, BIC, or corridor like KZ-CN'));
  return ok({ target: { scope: knownScope, name: knownScope === 'provider' ? bicKey(name) : name }, reason });
}

function jsonObject(body: Uint8Array): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : null;
  } catch {
    return null;
  }
}

/** Proves an order: an officer of the desk, by this register, signed this request. Errors: `AUTHORISATION_INVALID`, `BAD_REQUEST`. */
async function provenOrder(
  register: Pick<ParticipantRegister, 'key' | 'participant'>,
  { haltId, action, body, authorisation }: ShownOrder,
): Promise<Result<HaltOrder, Refusal>> {
  if (!isUuidV4(haltId)) return err(refusal('BAD_REQUEST', 'the id of a halt is a UUIDv4'));
  const signed = await verifyAuthorisation(authorisation, body, orderRequest(haltId, action), register.key);
  if (!signed.ok) return signed;
  const { keyId, owner, createdAt } = signed.value;
  if ((await register.participant(owner as Bic))?.role !== 'desk')
    return err(refusal('AUTHORISATION_INVALID', 'the signer is no officer of the desk'));
  const said = readOrder(action, body);
  return said.ok ? ok({ ...said.value, haltId, action, keyId, body, authorisation, orderedAt: createdAt }) : said;
}

export interface HaltBookOptions {
  readonly ledger: Pick<Ledger, 'code' | 'wallet'>;
  readonly register: Pick<ParticipantRegister, 'key' | 'participant'>;
  /** The co-signer's database, which no failover of the ledger takes back. */
  readonly pool: pg.Pool;
}

/** What a jurisdiction knows of halts, in memory and in its co-signer's database. */
export interface HaltBook extends HaltPort, HaltCheck {}

/** Reads what is stored; from then on this process alone adds to it. */
export async function openHaltBook({ ledger, register, pool }: HaltBookOptions): Promise<HaltBook> {
  let halts: readonly Halt[] = haltsOf(await haltOrders(pool)).filter(stands);

  /** A provider is known by its wallets of the own leg: the other ledgers of the trade look at theirs. */
  const providersOf = async ({ legs }: PvpTerms): Promise<Bic[]> => {
    const own = legs.findIndex((leg) => leg.ledger === ledger.code);
    const ids: (WalletId | undefined)[] = [
      own > 0 ? legs[own]?.debitWallet : undefined,
      own < legs.length - 1 ? legs[own]?.creditWallet : undefined,
    ];
    const wallets = await Promise.all(ids.flatMap((id) => (id === undefined ? [] : [ledger.wallet(id)])));
    return wallets.flatMap((wallet) => (wallet ? [wallet.ownerBic] : []));
  };
  const check = async (terms: PvpTerms): Promise<Refusal | null> =>
    haltOf(halts, {
      ledgers: terms.legs.map((leg) => leg.ledger),
      currencies: terms.legs.map((leg) => leg.currency),
      providers: halts.some(({ scope }) => scope === 'provider') ? await providersOf(terms) : [],
    });

  return {
    async obey(orders) {
      const outcomes: (Refusal | null)[] = [];
      for (const shown of orders) {
        const order = await provenOrder(register, shown);
        if (order.ok) await keepOrder(pool, order.value);
        outcomes.push(order.ok ? null : order.error);
      }
      halts = haltsOf(await haltOrders(pool)).filter(stands);
      return outcomes;
    },
    isQuiet: () => halts.length === 0,
    check: (terms) => Promise.all(terms.map(check)),
  };
}

export interface HaltDeskOptions {
  readonly pool: pg.Pool;
  readonly jurisdictions: ReadonlyMap<LedgerCode, HaltPort>;
  readonly timers: Timers;
  readonly onFailure: (what: string, error: unknown) => void;
}

/** A halt as the desk sees it. */
export interface DeskHalt extends Halt {
  /** Ledgers whose jurisdictions have not confirmed its last order yet; they are asked again until they do. */
  readonly awaited: readonly LedgerCode[];
}

/** The gateway's side: orders are durable here, hold for quotes at once, and are delivered to the jurisdictions. */
export interface HaltDesk {
  /** An officer's order; when it answers it holds for quotes. Errors: `NOT_FOUND`, `IDEMPOTENCY_CONFLICT`. */
  order(order: HaltOrder): Promise<Result<DeskHalt, Refusal>>;
  /** The halts that stand, and with `all` also the lifted ones. */
  halts(all: boolean): Promise<readonly DeskHalt[]>;
  /** Tries again what has not arrived everywhere. */
  deliver(): Promise<void>;
}

/** An officer waits no longer for a jurisdiction, milliseconds; it is asked again meanwhile. */
const ANSWER_MAX_MS = 2_000;

export function createHaltDesk({ pool, jurisdictions, timers, onFailure }: HaltDeskOptions): HaltDesk {
  const ledgers = [...jurisdictions.keys()];
  const reported = new Set<string>();
  const report = (what: string, error: unknown): void => {
    if (!reported.has(what)) onFailure(what, error);
    reported.add(what);
  };

  const deliverTo = async (ledger: LedgerCode, port: HaltPort, orders: readonly HaltOrder[]): Promise<void> => {
    try {
      const outcomes = await within(timers, ANSWER_MAX_MS, port.obey(orders));
      const kept = orders.filter((_, i) => outcomes[i] === null);
      if (kept.length > 0) await markDelivered(pool, ledger, kept);
      for (const [i, { haltId }] of orders.entries())
        if (outcomes[i]) report(`halt ${haltId} at ${ledger}: ${outcomes[i].code}`, outcomes[i]);
    } catch (error) {
      report(`halts for ${ledger}`, error);
    }
  };
  const deliver = async (): Promise<void> => {
    const waiting = await undelivered(pool, ledgers);
    const parts = [...jurisdictions].map(async ([ledger, port]) => {
      const orders = waiting.filter(({ deliveredTo }) => !deliveredTo.includes(ledger)).map(({ order }) => order);
      if (orders.length > 0) await deliverTo(ledger, port, orders);
    });
    await Promise.all(parts);
  };

  const halts = async (haltId: string | null = null): Promise<DeskHalt[]> => {
    const [orders, waiting] = [await haltOrders(pool, haltId), await undelivered(pool, ledgers)];
    return haltsOf(orders).map((halt) => {
      const open = waiting.filter(({ order }) => order.haltId === halt.haltId);
      const awaited = ledgers.filter((ledger) => open.some(({ deliveredTo }) => !deliveredTo.includes(ledger)));
      return { ...halt, awaited };
    });
  };
  const isAsSet = (halt: Halt, { target, keyId, reason }: HaltOrder): boolean =>
    target?.scope === halt.scope && target.name === halt.name && keyId === halt.setBy && reason === halt.reason;

  return {
    async order(order) {
      const [known] = await halts(order.haltId);
      if (order.action === 'lift' && !known) return err(refusal('NOT_FOUND'));
      await keepOrder(pool, order);
      await deliver();
      const [halt] = await halts(order.haltId);
      if (!halt) return err(refusal('NOT_FOUND'));
      return order.action === 'set' && !isAsSet(halt, order) ? err(refusal('IDEMPOTENCY_CONFLICT')) : ok(halt);
    },
    halts: async (all) => (await halts()).filter((halt) => all || stands(halt)),
    deliver,
  };
}

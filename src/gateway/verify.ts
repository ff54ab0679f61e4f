/** The audit of an installation, or of the part of it that one party has: composition of what each folder checks. */
import type { ClientBase, Pool } from 'pg';
import type { MessageReader } from '../iso20022/types.js';
import type { Finding, Report } from '../kernel/finding.js';
import type { LedgerCode, Uetr } from '../kernel/ids.js';
import { mergeSorted, type Sorted } from '../kernel/merge-sorted.js';
import { invariant } from '../kernel/result.js';
import { keyIsValidAt } from '../kernel/signature.js';
import { auditLedger, ledgerIdentity, pvpHolds } from '../ledger/audit.pg.js';
import { onSnapshot } from '../ledger/cursor.pg.js';
import type { LedgerIdentity } from '../ledger/model.js';
import { type AuditedLeg, auditPayment, type LegRows } from '../pvp/audit.js';
import { signerSources } from '../pvp/audit.pg.js';
import type { SignerEntry } from '../pvp/signer.js';
import { DEFAULT_TIMES } from '../pvp/terms.js';
import { createVerifier, type PvpKeyRecord, type Verifier } from '../pvp/verify.js';
import { auditGatewayPayment, auditMessage, type GatewayAuditContext, type GatewayRows } from './audit.js';
import { auditedMessages, auditPositions, auditStrays, gatewaySources, participantKeys } from './audit.pg.js';
import { auditReserves } from './audit-reserves.pg.js';
import { auditWaiting } from './audit-waiting.pg.js';
import type { DatabaseRole } from './platform/databases.js';

export interface VerifyOptions {
  /** The databases at hand. What is not here is not audited, nor missed. */
  readonly pools: ReadonlyMap<DatabaseRole, Pool>;
  /** Keys of ledgers and co-signers that the auditor trusts, retired ones too. */
  readonly keys: readonly PvpKeyRecord[];
  readonly reader: MessageReader;
  /**
   * Milliseconds: what is merely open since later than this is in flight and no finding. Null for an installation at
   * rest, where everything must be over.
   */
  readonly openBefore: number | null;
  readonly report: Report;
  readonly progress?: (what: string, count: number) => void;
}

/** How much was looked at. */
export interface VerifiedCounts {
  readonly blocks: number;
  readonly payments: number;
  readonly messages: number;
  readonly findings: number;
}

/** The snapshots are taken in this order, so that a later one has what an earlier one shows to have happened. */
const kindOf = (role: DatabaseRole): 'ledger' | 'signer' | 'gateway' =>
  role === 'gateway' ? 'gateway' : role.startsWith('ledger-') ? 'ledger' : 'signer';
const ORDER = ['ledger', 'signer', 'gateway'];

/** Audits the databases, each on one consistent state; tells of every finding as it is found. */
export async function verifyInstallation(options: VerifyOptions): Promise<VerifiedCounts> {
  const roles = [...options.pools.keys()].sort((a, b) => ORDER.indexOf(kindOf(a)) - ORDER.indexOf(kindOf(b)));
  const clients = new Map<DatabaseRole, ClientBase>();
  const onSnapshots = async ([role, ...rest]: readonly DatabaseRole[]): Promise<VerifiedCounts> => {
    if (role === undefined) return verifyClients(options, clients);
    const pool = options.pools.get(role);
    invariant(pool, 'a database at hand has its pool');
    return onSnapshot(pool, (client) => {
      clients.set(role, client);
      return onSnapshots(rest);
    });
  };
  return onSnapshots(roles);
}

/** A jurisdiction of which at least one database is at hand. */
interface Side {
  readonly ledger: LedgerIdentity;
  readonly ledgerClient: ClientBase | null;
  readonly signerClient: ClientBase | null;
}

async function verifyClients(
  options: VerifyOptions,
  clients: ReadonlyMap<DatabaseRole, ClientBase>,
): Promise<VerifiedCounts> {
  const counts = { blocks: 0, payments: 0, messages: 0, findings: 0 };
  const report = (finding: Finding): void => {
    const { openSince } = finding;
    if (openSince !== undefined && options.openBefore !== null && openSince > options.openBefore) return;
    counts.findings += 1;
    options.report(finding);
  };
  const count = (what: keyof typeof counts): void => {
    counts[what] += 1;
    options.progress?.(what, counts[what]);
  };
  const sides = await sidesOf(clients);
  for (const { ledger, ledgerClient } of sides) {
    if (!ledgerClient) continue;
    const ownKeys = (role: PvpKeyRecord['role']) => (at: number) =>
      options.keys.filter((key) => key.role === role && key.owner === ledger.code && keyIsValidAt(key, at));
    const signers = { notaryKeys: ownKeys('ledger'), oracleKeys: ownKeys('confirmer') };
    await auditLedger(ledgerClient, { ledger, ...signers, report }, () => count('blocks'));
  }
  const byId = new Map(options.keys.map((key) => [key.keyId, key]));
  const verifier = createVerifier({ key: (keyId) => byId.get(keyId) });
  const gateway = clients.get('gateway');
  const participants = gateway ? await participantKeys(gateway) : new Map();
  const context: GatewayAuditContext = { reader: options.reader, keys: (keyId) => participants.get(keyId), report };
  await verifyPayments(sides, gateway ?? null, { verifier, context, report }, () => count('payments'));
  if (!gateway) return counts;
  const ledgers = sides.flatMap(({ ledger: { code }, ledgerClient: client }) => (client ? [{ code, client }] : []));
  await auditWaiting(gateway, ledgers, report);
  await auditStrays(gateway, report);
  await auditPositions(gateway, report);
  await auditReserves(gateway, report);
  for await (const page of auditedMessages(gateway)) {
    for (const message of page) {
      await auditMessage(context, message);
      count('messages');
    }
  }
  return counts;
}

async function sidesOf(clients: ReadonlyMap<DatabaseRole, ClientBase>): Promise<Side[]> {
  const codes = new Set([...clients.keys()].filter((role) => role !== 'gateway').map((role) => role.slice(7)));
  const sides: Side[] = [];
  for (const code of codes) {
    const ledgerClient = clients.get(`ledger-${code}`) ?? null;
    const signerClient = clients.get(`signer-${code}`) ?? null;
    const named = { code: code.toUpperCase() as LedgerCode, currency: '' };
    const ledger = ledgerClient ? await ledgerIdentity(ledgerClient) : named;
    if (ledger) sides.push({ ledger, ledgerClient, signerClient });
  }
  return sides;
}

interface PaymentAudit {
  readonly verifier: Verifier;
  readonly context: GatewayAuditContext;
  readonly report: Report;
}

type AnyRows = Record<string, Sorted<string, unknown>>;

/** Walks everything that is kept under a payment's id, in all databases at once. */
async function verifyPayments(
  sides: readonly Side[],
  gateway: ClientBase | null,
  { verifier, context, report }: PaymentAudit,
  count: () => void,
): Promise<void> {
  const sources: AnyRows = gateway ? ({ ...gatewaySources(gateway) } as AnyRows) : {};
  for (const { ledger, ledgerClient, signerClient } of sides) {
    const put = (name: string, source: unknown) => {
      sources[`${ledger.code} ${name}`] = source as Sorted<string, unknown>;
    };
    if (ledgerClient) put('holds', pvpHolds(ledgerClient));
    if (signerClient) for (const [name, source] of Object.entries(signerSources(signerClient))) put(name, source);
  }
  for await (const { key, rows } of mergeSorted<string, Record<string, unknown>>(sources)) {
    const legs = sides.map((side) => legRows(side, rows));
    auditPayment({ verifier, clockErrorMs: DEFAULT_TIMES.clockErrorMs, report }, key as Uetr, legs);
    if (gateway) auditGatewayPayment(context, key as Uetr, rows as unknown as GatewayRows, legs);
    count();
  }
}

function legRows({ ledger, ledgerClient, signerClient }: Side, rows: Record<string, unknown[]>): LegRows {
  const of = (name: string): unknown[] => rows[`${ledger.code} ${name}`] ?? [];
  return {
    ledger,
    hold: ledgerClient ? ((of('holds')[0] as AuditedLeg | undefined) ?? null) : undefined,
    entry: signerClient ? ((of('entries')[0] as SignerEntry | undefined) ?? null) : undefined,
    claims: (of('claims') as { quoteId: LegRows['claims'][number] }[]).map(({ quoteId }) => quoteId),
    equivocations: of('equivocations') as LegRows['equivocations'],
  };
}

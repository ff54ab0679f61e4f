import type { ClientBase } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Finding, findingLine } from '../../src/kernel/finding.js';
import type { Uetr, WalletId } from '../../src/kernel/ids.js';
import { auditLedger, pvpHolds } from '../../src/ledger/audit.pg.js';
import { onSnapshot } from '../../src/ledger/cursor.pg.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { holdProofs } from '../../src/ledger/proof.pg.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import { type AuditedLeg, auditPayment } from '../../src/pvp/audit.js';
import type { PvpPayment } from '../../src/pvp/coordinator.js';
import { verifyLegs } from '../../src/pvp/evidence.js';
import { createEvidence, type LegEvidence } from '../../src/pvp/leg-evidence.js';
import type { PvpTerms } from '../../src/pvp/terms.js';
import { createVerifier } from '../../src/pvp/verify.js';
import { AID, marked, ROAD, setUpMarks } from '../pvp/marked.js';
import { createWorld, hashOf, type Side, type World, wallet } from '../pvp/world.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';

/** What is audited of payments whose money is marked, on PostgreSQL, and what their evidence proves. */
const databases = new Map<string, TestDatabase>();
let world: World;
let settled: PvpPayment;
let released: PvpPayment;

beforeAll(async () => {
  for (const code of ['KZ', 'CN']) databases.set(code, await testDatabase(ledgerMigrations));
  const stores = [...databases].map(([code, { pool }]) => [code, { ledgerStore: createPgStore(pool) }] as const);
  world = await createWorld(['KZ', 'CN'], Object.fromEntries(stores), setUpMarks);
  settled = world.payment(marked(ROAD, AID));
  expect(await world.drive(settled)).toMatchObject({ decision: 'COMMIT', closed: true });
  released = world.payment(marked(ROAD, AID));
  world.side('CN').refuse = () => ({ code: 'CREDITOR_ACCOUNT_UNKNOWN' });
  expect(await world.drive(released)).toMatchObject({ decision: 'ABORT' });
});
afterAll(async () => {
  for (const database of databases.values()) await database.drop();
});

const poolOf = (side: Side) => databases.get(side.code)!.pool;
const identityOf = ({ code, currency }: Side) => ({ code, currency });

async function findingsOfPayment({ pvpId, terms }: PvpPayment, change: (hold: AuditedLeg, side: Side) => AuditedLeg) {
  const legs = await Promise.all(
    world.sides.map(async (side) => {
      const rows = await onSnapshot(poolOf(side), async (client: ClientBase) => {
        const found: AuditedLeg[] = [];
        for await (const page of pvpHolds(client).pages) found.push(...page);
        return found;
      });
      const hold = rows.find(({ conditionRef }) => conditionRef === pvpId);
      const entry = (await side.signerStore.entries([pvpId])).get(pvpId) ?? null;
      const claims = terms.quotes.map(({ quoteId }) => quoteId);
      return { ledger: identityOf(side), hold: hold ? change(hold, side) : null, entry, claims, equivocations: [] };
    }),
  );
  const findings: Finding[] = [];
  const report = (finding: Finding) => void findings.push(finding);
  auditPayment({ verifier: createVerifier(world.register), clockErrorMs: 500, report }, pvpId, legs);
  return findings;
}

async function evidenceOf(pvpId: Uetr): Promise<LegEvidence[]> {
  const found = world.sides.map(async (side) => {
    const { ledger, coSigner, ledgerSigner } = side;
    const proofs = (ids: readonly Uetr[]) => holdProofs(poolOf(side), ids);
    return (await createEvidence({ ledger, coSigner, ledgerSigner, proofs }).evidence([pvpId]))[0]!;
  });
  return Promise.all(found);
}

async function faultsOf(of: PvpPayment, terms: PvpTerms): Promise<{ end: string | null; faults: string[] }> {
  const faults: string[] = [];
  const context = {
    ...{ verifier: createVerifier(world.register), keys: [...world.keys.values()] },
    suspenseWallet: (code: string): WalletId => wallet(code, 'suspense'),
    proven: () => undefined,
    fault: (where: string, what: string) => void faults.push(`${where}: ${what}`),
  };
  return { end: verifyLegs(context, terms, hashOf(of), await evidenceOf(of.pvpId)), faults };
}

describe('payments with marked legs', () => {
  it('leave ledgers whose tables are what their blocks make them', async () => {
    for (const side of world.sides) {
      const findings: Finding[] = [];
      const signers = { notaryKeys: () => [side.notaryKey], oracleKeys: () => [side.notaryKey] };
      const report = (finding: Finding) => void findings.push(finding);
      await onSnapshot(poolOf(side), (client: ClientBase) =>
        auditLedger(client, { ledger: identityOf(side), ...signers, report }, () => undefined),
      );
      expect(findings.map(findingLine)).toEqual([]);
    }
  });

  it('are found to be what their terms say', async () => {
    for (const of of [settled, released]) expect(await findingsOfPayment(of, (hold) => hold)).toEqual([]);
  });

  it.each([
    ['money of another level', 'KZ', { markLevel: 1 }],
    ['money under another mark', 'KZ', { markId: 'aid' }],
    ['ordinary money', 'KZ', { markId: null, markLevel: null }],
    ['money that comes to be under another mark', 'KZ', { creditMark: { markId: 'aid', markLevel: 1 } }],
    ['money that is not marked as it was asked', 'CN', { creditMark: null }],
    ['money that is marked by another mark', 'CN', { creditMark: { markId: 'road', markLevel: 1 } }],
    ['marked money where ordinary was to pay', 'CN', { markId: 'aid', markLevel: 1 }],
  ] as const)('are found out that hold %s', async (_what, code, change) => {
    const findings = await findingsOfPayment(settled, (hold, side) =>
      side.code === code ? { ...hold, ...change } : hold,
    );
    expect(findings.map((finding) => `${finding.database} ${finding.code}`)).toEqual([
      `ledger-${code.toLowerCase()} HOLD_TERMS`,
    ]);
  });

  it('prove what became of them', async () => {
    expect(await faultsOf(settled, settled.terms)).toEqual({ end: 'COMMIT', faults: [] });
    expect(await faultsOf(released, released.terms)).toEqual({ end: 'ABORT', faults: [] });
  });

  it.each([
    ['another pocket', 'KZ', { ...ROAD, markLevel: 1 }],
    ['another mark', 'KZ', { ...ROAD, markId: 'aid' }],
    ['ordinary money', 'KZ', null],
    ['money that is not marked', 'CN', null],
    ['another mark on arrival', 'CN', { ...AID, markId: 'road' }],
  ] as const)('do not prove a leg of %s', async (_what, code, mark) => {
    const legs = settled.terms.legs.map((leg) => (leg.ledger === code ? { ...leg, mark } : leg));
    const { faults } = await faultsOf(settled, { ...settled.terms, legs });
    expect(faults).toContain(`${code}: the hold is not the leg of these terms`);
  });
});

import type { ClientBase, Pool } from 'pg';
import { expect } from 'vitest';
import { type Finding, findingLine } from '../../src/kernel/finding.js';
import { auditLedger } from '../../src/ledger/audit.pg.js';
import { onSnapshot } from '../../src/ledger/cursor.pg.js';
import { IDENTITY, NOTARY, ORACLE_SIGNER } from './support.js';

/** What the audit finds in the ledger, inside the client's transaction. */
export async function ledgerFindings(client: ClientBase): Promise<Finding[]> {
  const findings: Finding[] = [];
  const signers = { notaryKeys: () => [NOTARY], oracleKeys: () => [ORACLE_SIGNER] };
  const report = (finding: Finding): void => void findings.push(finding);
  await auditLedger(client, { ledger: IDENTITY, ...signers, report }, () => undefined);
  return findings;
}

/** Fails unless the audit of a ledger at rest finds nothing: its tables are what its blocks make them. */
export async function expectAudited(pool: Pool): Promise<void> {
  const findings = await onSnapshot(pool, ledgerFindings);
  expect(findings.map(findingLine)).toEqual([]);
}

import type pg from 'pg';
import { expect } from 'vitest';
import type { DatabaseRole } from '../../src/gateway/platform/databases.js';
import { createReader } from '../../src/gateway/readers.js';
import { verifyInstallation } from '../../src/gateway/verify.js';
import { type Finding, findingLine } from '../../src/kernel/finding.js';
import type { PvpKeyRecord } from '../../src/pvp/verify.js';

export interface VerifiedOptions {
  /** Codes that this test's own doing explains. */
  readonly allowed?: readonly string[];
}

/** What the audit finds in databases, any subset of them, at rest. */
export async function findingsOf(
  pools: ReadonlyMap<DatabaseRole, pg.Pool>,
  keys: readonly PvpKeyRecord[],
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const report = (finding: Finding): void => void findings.push(finding);
  await verifyInstallation({ pools, keys, reader: createReader(), openBefore: null, report });
  return findings;
}

/**
 * Fails unless the audit of these databases finds nothing: nothing wrong, and nothing that is not over. Call it when
 * everything has come to rest, before the databases are dropped; writers may still be open, but idle.
 */
export async function expectVerified(
  pools: ReadonlyMap<DatabaseRole, pg.Pool>,
  keys: readonly PvpKeyRecord[],
  { allowed = [] }: VerifiedOptions = {},
): Promise<void> {
  const findings = (await findingsOf(pools, keys)).filter(({ code }) => !allowed.includes(code));
  expect(findings.map(findingLine)).toEqual([]);
}

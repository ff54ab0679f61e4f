import type pg from 'pg';
import { expect, vi } from 'vitest';
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
 * Resolves when no payment is open: a refusal is told to the bank before every leg has its row. Waits for nothing where
 * the gateway's database is not at hand.
 */
export async function untilClosed(pools: ReadonlyMap<DatabaseRole, pg.Pool>): Promise<void> {
  await vi.waitFor(
    async () => {
      const open = await pools
        .get('gateway')
        ?.query("SELECT uetr, state FROM payment WHERE state NOT IN ('CLOSED', 'WAITING')");
      expect(open?.rows ?? []).toEqual([]);
    },
    { timeout: 20_000, interval: 20 },
  );
}

/**
 * Fails unless the audit of these databases finds nothing: nothing wrong, and nothing that is not over. Waits until all
 * payments are closed, unless open ones are allowed. Call it before the databases are dropped; writers may still be
 * open.
 */
export async function expectVerified(
  pools: ReadonlyMap<DatabaseRole, pg.Pool>,
  keys: readonly PvpKeyRecord[],
  { allowed = [] }: VerifiedOptions = {},
): Promise<void> {
  if (!allowed.includes('PAYMENT_OPEN')) await untilClosed(pools);
  const findings = (await findingsOf(pools, keys)).filter(({ code }) => !allowed.includes(code));
  expect(findings.map(findingLine)).toEqual([]);
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MATRIX, PARTITIONS, SHORT_MATRIX } from '../../bench/support/faults/matrix.js';
import { VICTIMS } from '../../bench/support/faults/parties.js';
import type { PgStatement } from '../../bench/support/faults/pg-proxy.js';
import { isUnlisted, KILL_POINTS } from '../../bench/support/faults/points.js';
import { fromFile, page } from '../../bench/support/faults/record.js';
import { processesOf } from '../../bench/support/server.js';
import { databaseRoles } from '../../src/gateway/platform/databases.js';

const write = (name: string, text = 'INSERT INTO x VALUES ($1)', ...values: string[]): PgStatement => ({
  name,
  text,
  values: values.map((value) => Buffer.from(value)),
});

describe('the kill-point matrix', () => {
  it('has every persistence point of a leg, on both sides where it exists, and everybody who may die there', () => {
    const cells = MATRIX.filter(({ fault, heals }) => fault.kind === 'dies' && heals === 'at once');
    const points = ['P1 KZ', 'P1 CN', 'P2 KZ', 'P2 CN', 'P4 KZ', 'P4 CN'];
    for (const id of [...points, 'P5 COMMIT KZ', 'P5 COMMIT CN', 'P6 KZ', 'P6 CN', 'accept', 'closed'])
      for (const moment of ['before', 'after'])
        for (const victim of VICTIMS) {
          const found = cells.some((c) => c.point.id === id && c.moment === moment && c.column === victim);
          expect(found, `${moment} ${id}: ${victim}`).toBe(true);
        }
    expect(new Set(MATRIX.map(({ id }) => id)).size).toBe(MATRIX.length);
  });

  it('cuts every pair of parties off in every step', () => {
    const cut = MATRIX.filter(({ fault }) => fault.kind === 'partition');
    for (const step of ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7'])
      for (const name of Object.keys(PARTITIONS))
        expect(
          cut.some((cell) => cell.point.steps?.[1] === step && cell.column === name),
          `${step} ${name}`,
        ).toBe(true);
  });

  it('tells of a write that has no kill point', () => {
    expect(isUnlisted('gateway', [write('insert-messages'), write('insert-payments')])).toBe(true);
    expect(isUnlisted('signer-kz', [write('signer-vote', undefined, '{COMMIT}')])).toBe(false);
    expect(isUnlisted('signer-kz', [write('signer-forget')])).toBe(true);
    expect(isUnlisted('gateway', [write('renew-lease')])).toBe(false);
    expect(isUnlisted('gateway', [write('open-payments', 'SELECT 1')])).toBe(false);
    expect(new Set(KILL_POINTS.map(({ role }) => role))).toEqual(new Set(databaseRoles(['KZ', 'CN'])));
  });

  it('is on the page as the record has it, without a failure', () => {
    const cells = fromFile(readFileSync('docs/fault-matrix.jsonl', 'utf8'));
    expect(readFileSync('docs/fault-matrix.md', 'utf8')).toBe(page(cells));
    expect(cells.filter(({ isGood }) => !isGood)).toEqual([]);
    const ids = new Set(cells.map(({ id }) => id));
    expect(cells.map(({ id }) => id)).toEqual(MATRIX.map(({ id }) => id).filter((id) => ids.has(id)));
  });
});

describe('kill points on real processes and servers', () => {
  it('reaches the promised end in a cell of each kind, and leaves nothing running', { timeout: 600_000 }, async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'otkel-test-'));
    // The database servers of a run as root are another user's.
    chmodSync(temporary, 0o711);
    try {
      const args = ['dist/bench/kill-points.js', '--short'];
      const child = spawn(process.execPath, args, {
        env: { ...process.env, TMPDIR: temporary },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let stdout = '';
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString();
      });
      child.stderr.on('data', (chunk: Buffer) => {
        stderr += chunk.toString();
      });
      const [code] = await once(child, 'close');
      expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? ''), stderr).toMatchObject({
        cells: SHORT_MATRIX.length,
        failures: 0,
      });
      expect(code).toBe(0);
      expect(processesOf(temporary)).toEqual([]);
      expect(readdirSync(temporary)).toEqual([]);
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
});

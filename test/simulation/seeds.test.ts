import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const SEEDS = 5_000;
const PROCESSES = 2;

/** The last line of the command's output. */
async function simulate(from: number, seeds: number): Promise<Record<string, number>> {
  const argv = ['--max-semi-space-size=64', 'dist/src/gateway/cli/main.js', 'simulate'];
  const asked = ['--from', String(from), '--seeds', String(seeds)];
  const { stdout } = await promisify(execFile)(process.execPath, [...argv, ...asked], { maxBuffer: 1e8 });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, number>;
}

it(`${SEEDS} seeds keep every invariant, whatever goes wrong`, async () => {
  const share = SEEDS / PROCESSES;
  const results = await Promise.all(Array.from({ length: PROCESSES }, (_, i) => simulate(1 + i * share, share)));
  for (const result of results) {
    expect(result).toMatchObject({ seeds: share, failures: 0 });
    expect(result.settled).toBeGreaterThan(0);
  }
}, 1_200_000);

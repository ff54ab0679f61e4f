import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/gateway/cli/simulate.js';
import { makePlan } from '../../src/pvp/simulation/plan.js';
import { runCommand } from '../support/run-command.js';

const lastLine = (text: string): unknown => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');

describe('otkel simulate', () => {
  it('ends with its counts and exit code 0', async () => {
    const { code, stdout } = await runCommand(simulate, ['--seeds', '3', '--from', '20', '--faults', 'network']);
    expect(code).toBe(0);
    expect(lastLine(stdout)).toMatchObject({ seeds: 3, failures: 0 });
  });

  it('ends with exit code 1 at the first seed that a mutant fails', async () => {
    const argv = ['--seeds', '50', '--mutant', 'release-before-abort', '--first'];
    const { code, stdout } = await runCommand(simulate, argv);
    expect(code).toBe(1);
    expect(stdout).toContain('breaks 4 release');
    expect(lastLine(stdout)).toMatchObject({ failures: 1 });
  });

  it('shows the smallest trace of a seed that fails', async () => {
    const argv = ['--seed', '1', '--trace', '--mutant', 'release-before-abort'];
    const { code, stdout } = await runCommand(simulate, argv);
    expect(code).toBe(1);
    expect(stdout).toContain('BROKEN 4 release');
    expect(stdout.match(/payment \{/g)?.length).toBeLessThan(makePlan('1', 'all').payments.length);
  });

  it('tells its counts and ends with 130 when it is interrupted', async () => {
    let [now, told, stdout] = [0, 0, ''];
    const code = await simulate({
      ...{ argv: ['--seeds', '1000', '--faults', 'none'], env: {}, fetch },
      random: { bytes: () => Buffer.alloc(0), uuid: () => '' },
      // Time for a line of progress after each seed; the second one is interrupted.
      clock: { now: () => (now += 60_000) },
      stderr: () => {
        told += 1;
        if (told === 2) process.emit('SIGINT');
      },
      stdout: (text) => {
        stdout += text;
      },
    });
    expect(code).toBe(130);
    expect(lastLine(stdout)).toMatchObject({ seeds: 2, failures: 0 });
  });

  it('names the mutants', async () => {
    const { code, stdout } = await runCommand(simulate, ['--mutant', 'list']);
    expect(code).toBe(0);
    expect(stdout).toContain('no-epoch-fence');
  });

  it.each<string[]>([
    ['--faults', 'weather'],
    ['--mutant', 'x'],
    ['--trace', '--faults', 'none'],
    ['--seeds', '-1'],
    ['--seeds', '0'],
    ['--seed', '3', '--seeds', '5'],
    ['--seed', '3', '--from', '5'],
    ['--trace', '--seed', '3', '--from', '5'],
  ])('refuses %s %s', async (...argv) => {
    expect((await runCommand(simulate, argv)).code).toBe(2);
  });
});

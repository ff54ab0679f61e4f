import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const run = promisify(execFile);

it.each([[['--bogus']], [['what']], [['--workers', 'many']], [['--workers', '0']]])(
  'npm run kill-points refuses %j with a line and the usage',
  async (argv) => {
    const refused = run(process.execPath, ['dist/bench/kill-points.js', ...argv]);
    await expect(refused).rejects.toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringMatching(/^[^\n]+\n\nUsage: npm run kill-points/),
    });
  },
);

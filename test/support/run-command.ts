import type { Command } from '../../src/gateway/cli/command.js';

/** Runs a command that talks to nobody; answers its exit code and what it wrote. The clock stands at `now`. */
export async function runCommand(
  command: Command,
  argv: readonly string[],
  now = 0,
  env: Readonly<Record<string, string>> = {},
) {
  let stdout = '';
  let stderr = '';
  const code = await command({
    argv,
    env,
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    fetch,
    clock: { now: () => now },
    random: { bytes: () => Buffer.alloc(0), uuid: () => '00000000-0000-4000-8000-000000000000' },
  });
  return { code, stdout, stderr };
}

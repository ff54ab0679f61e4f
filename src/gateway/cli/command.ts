/** What a command is given: the process entry owns the real ones. */
import { join } from 'node:path';
import type { Clock, Randomness } from '../../kernel/clock.js';

export interface CommandContext {
  /** Arguments after the command's own name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  readonly random: Randomness;
}

/** Answers the exit code: 0 done, 1 failed, 2 wrong arguments. */
export type Command = (context: CommandContext) => Promise<number>;

/** The arguments are wrong; the message says how. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** `http://127.0.0.1:$PORT`, 8080 when not set. */
export const defaultBaseUrl = (env: CommandContext['env']): string => `http://127.0.0.1:${env.PORT ?? '8080'}`;

/** `$OTKEL_KEY`, else the operator's key in the data folder. */
export const defaultKeyPath = (env: CommandContext['env']): string =>
  env.OTKEL_KEY ?? join(env.OTKEL_DATA ?? '.otkel', 'keys', 'operator.json');

const isArgumentError = (error: unknown): error is Error =>
  error instanceof UsageError ||
  (error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('ERR_PARSE_ARGS'));

const causeOf = (error: Error): string => {
  const cause = error.cause as NodeJS.ErrnoException | undefined;
  return cause?.code === undefined ? error.message : `${error.message} (${cause.code})`;
};

/** Adds what all commands share: `--help`, the usage text after wrong arguments, failures as one line. */
export const command =
  (usage: string, run: Command): Command =>
  async (context) => {
    if (context.argv.includes('--help')) {
      context.stdout(`${usage}\n`);
      return 0;
    }
    try {
      return await run(context);
    } catch (error) {
      if (isArgumentError(error)) {
        context.stderr(`${error.message}\n\n${usage}\n`);
        return 2;
      }
      context.stderr(`${error instanceof Error ? causeOf(error) : String(error)}\n`);
      return 1;
    }
  };

import { parseArgs } from 'node:util';
import { type CampaignResult, runCampaign, traceSeed } from '../../pvp/simulation/campaign.js';
import { MUTANTS, mutantOf } from '../../pvp/simulation/mutants.js';
import { PROFILES, type Profile } from '../../pvp/simulation/plan.js';
import { afterPromises, nextTurn } from '../platform/runtime.js';
import { type CommandContext, command, UsageError } from './command.js';

const USAGE = `Usage: otkel simulate [--seeds N] [--from S] [--faults PROFILE] [--mutant NAME] [--first]
       otkel simulate --seed S --trace [--faults PROFILE] [--mutant NAME]

Runs whole worlds of gateways, ledgers, co-signers and banks on virtual time, each from a seed, lets things go wrong, and
checks the protocol's invariants at every durable write and when all has healed. The last line of the output is a JSON
object {seeds, failures, payments, settled, rejected}; the exit code is 1 when a seed failed, else 130 when it was stopped
by an interrupt before the last seed.

  --seeds N    how many seeds; default 100
  --from S     the first one; default 1
  --faults P   ${PROFILES.join(', ')}; default all
  --mutant M   with a faulty variant of the protocol: ${MUTANTS.slice(0, 3)
    .map(({ name }) => name)
    .join(', ')} ... (--mutant list names them)
  --first      end at the first seed that fails
  --seed S     one seed: the same in every run
  --trace      everything that happens in it; where it fails, in the smallest plan that fails the same way`;

const TELL_EVERY_MS = 100;
const TELL_LINE_EVERY_MS = 10_000;
const BAR = 30;
/** Failing seeds that get a line of their own; of the first of them the smallest trace is shown. */
const FAILURES_TOLD = 20;
/** Exit code of what an interrupt ended before its time, as shells have it. */
const INTERRUPTED = 130;

/** `otkel simulate`. */
export const simulate = command(USAGE, async (context) => {
  const { values } = parseArgs({
    args: [...context.argv],
    options: {
      seeds: { type: 'string' },
      from: { type: 'string' },
      faults: { type: 'string', default: 'all' },
      mutant: { type: 'string' },
      first: { type: 'boolean', default: false },
      seed: { type: 'string' },
      trace: { type: 'boolean', default: false },
    },
  });
  if (values.mutant === 'list') {
    for (const { name, what } of MUTANTS) context.stdout(`${name.padEnd(30)} ${what}\n`);
    return 0;
  }
  if (values.seed !== undefined && (values.seeds ?? values.from) !== undefined)
    throw new UsageError('--seed is one seed: neither --seeds nor --from goes with it');
  const profile = profileOf(values.faults);
  const mutant = values.mutant === undefined ? null : mutantNamed(values.mutant);
  const options = { mutant, turn: afterPromises };
  if (values.trace) {
    if (values.seed === undefined) throw new UsageError('--trace needs --seed');
    return trace(context, wholeNumber('--seed', values.seed), profile, options);
  }
  return campaign(context, { ...seedsOf(values), profile, isFirstOnly: values.first }, options);
});

const SEEDS = '100';
const FROM = '1';

function seedsOf({ seed, seeds, from }: { readonly [name in 'seed' | 'seeds' | 'from']?: string | undefined }) {
  if (seed !== undefined) return { from: wholeNumber('--seed', seed), count: 1 };
  const count = wholeNumber('--seeds', seeds ?? SEEDS);
  if (count === 0) throw new UsageError('--seeds is at least 1');
  return { from: wholeNumber('--from', from ?? FROM), count };
}

type Options = Parameters<typeof traceSeed>[2];

async function trace(context: CommandContext, seed: number, profile: Profile, options: Options): Promise<number> {
  const { lines, isFailure } = await traceSeed(seed, profile, options);
  context.stdout(`${lines.join('\n')}\n`);
  return isFailure ? 1 : 0;
}

interface Asked {
  readonly from: number;
  readonly count: number;
  readonly profile: Profile;
  readonly isFirstOnly: boolean;
}

async function campaign(context: CommandContext, asked: Asked, options: Options): Promise<number> {
  const progress = createProgress(context, asked.count);
  const failed: number[] = [];
  let isStopped = false;
  const stop = (): void => {
    isStopped = true;
  };
  process.once('SIGINT', stop);
  const result = await runCampaign({
    ...asked,
    ...options,
    async onSeed(soFar) {
      progress.tell(soFar);
      await nextTurn();
      return !isStopped && !(asked.isFirstOnly && failed.length > 0);
    },
    onFailure(seed, [broken]) {
      failed.push(seed);
      if (failed.length > FAILURES_TOLD) return;
      progress.clear();
      context.stdout(`seed ${seed} breaks ${broken?.invariant}: ${broken?.detail}\n`);
    },
  });
  process.removeListener('SIGINT', stop);
  progress.clear();
  const [first] = failed;
  if (first !== undefined && options.mutant === null) {
    const { lines } = await traceSeed(first, asked.profile, options);
    context.stdout(`${lines.join('\n')}\n`);
    context.stdout(`again: otkel simulate --seed ${first} --trace --faults ${asked.profile}\n`);
  }
  context.stdout(`${JSON.stringify(result)}\n`);
  if (result.failures > 0) return 1;
  return isStopped ? INTERRUPTED : 0;
}

/** A bar on a terminal, a line now and then elsewhere. */
function createProgress({ stderr, clock }: CommandContext, count: number) {
  const isTerminal = process.stderr.isTTY === true;
  const startedAt = clock.now();
  let toldAt = startedAt;
  return {
    tell({ seeds, failures }: CampaignResult): void {
      const now = clock.now();
      if (now - toldAt < (isTerminal ? TELL_EVERY_MS : TELL_LINE_EVERY_MS)) return;
      toldAt = now;
      const rate = (seeds / ((now - startedAt) / 1_000)).toFixed(1);
      const filled = Math.floor((seeds / count) * BAR);
      const text = `${seeds}/${count} seeds  ${rate} seeds/s  ${failures} failures`;
      stderr(isTerminal ? `\r[${'#'.repeat(filled).padEnd(BAR)}] ${text}` : `${text}\n`);
    },
    clear: (): void => {
      if (isTerminal) stderr('\r\x1b[2K');
    },
  };
}

function profileOf(text: string): Profile {
  const found = PROFILES.find((profile) => profile === text);
  if (found === undefined) throw new UsageError(`--faults is one of ${PROFILES.join(', ')}`);
  return found;
}

function mutantNamed(name: string) {
  const found = mutantOf(name);
  if (found === undefined) throw new UsageError(`no mutant ${name}; --mutant list names them`);
  return found;
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new UsageError(`${option} is a whole number`);
  return value;
}

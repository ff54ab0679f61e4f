/**
 * `npm run crash-test`: an installation of its own under load is killed (`kill -9`) again and again; at the end every payment
 * has settled on both ledgers or on neither, and nothing is lost. The last line is a JSON object; the exit code is 0
 * only when `split`, `lost` and `stuck` are 0.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type CrashTestResult, runCrashTest } from './support/crash-run.js';
import { createScene } from './support/crash-scene.js';
import { runCrashTestApart } from './support/faults/crash-apart.js';

const USAGE = `Usage: npm run crash-test -- [--rounds N] [--seed S] [--senders N] [--load-ms N] [--apart] [--json]

  --rounds N    how often the process is killed under load, default 10
  --seed S      a whole number: chooses moments, amounts and kinds of messages; default random, and told
  --senders N   requests at once, default 24
  --load-ms N   longest time under load before a kill, default 3000
  --apart       gateway and jurisdictions in processes of their own, each database on a server of its own; any of them
                are killed
  --json        nothing but the last line
`;
const PROBLEMS_SHOWN = 40;
const INTERRUPTED = 130;

function wholeNumber(name: string, text: string, min: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= min && value <= 0xffffffff) return value;
  process.stderr.write(`--${name} is not a whole number of ${min} or more\n\n${USAGE}`);
  process.exit(2);
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(randomInt(0x7fffffff)) },
    senders: { type: 'string', default: '24' },
    'load-ms': { type: 'string', default: '3000' },
    apart: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}

const rounds = wholeNumber('rounds', values.rounds, 1);
const seed = wholeNumber('seed', values.seed, 0);
const senders = wholeNumber('senders', values.senders, 2);
const loadMaxMs = wholeNumber('load-ms', values['load-ms'], 201);
const progress = (line: string): void => {
  if (!values.json) process.stderr.write(`${line}\n`);
};

function tell(result: CrashTestResult, seconds: number): number {
  const { payments, settled, rejected, problems, messages, kills } = result;
  const count = (kind: string) => problems.filter((problem) => problem.kind === kind).length;
  for (const { kind, text } of problems.slice(0, PROBLEMS_SHOWN)) process.stderr.write(`${kind}: ${text}\n`);
  const unseen = problems.length - PROBLEMS_SHOWN;
  if (unseen > 0) process.stderr.write(`and ${unseen} problems more\n`);
  const counts = { split: count('split'), lost: count('lost'), stuck: count('stuck') };
  const line = { rounds, payments, settled, rejected, ...counts, messages, kills, seconds, seed };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  return problems.length === 0 ? 0 : 1;
}

const scene = createScene();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    scene.abandon();
    process.exit(INTERRUPTED);
  });
}
try {
  progress(`seed ${seed}, ${rounds} rounds`);
  const from = performance.now();
  const options = { rounds, seed, senders, loadMaxMs, progress };
  const result = await (values.apart ? runCrashTestApart(options) : runCrashTest(options, scene));
  process.exitCode = tell(result, Math.round((performance.now() - from) / 1000));
} catch (error) {
  process.stderr.write(`the crash test broke off (seed ${seed}): ${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
} finally {
  scene.abandon();
}

/** Rounds of load and `kill -9`, then quiet, then the verdict. */
import { join } from 'node:path';
import { readKeyFile } from '../../src/gateway/identity/key-file.js';
import type { Signer } from '../../src/kernel/signature.js';
import { createBankClient } from './client.js';
import { type EndState, readEnd } from './crash-end.pg.js';
import { createInboxReader } from './crash-inbox.js';
import { createLoad, type Load, pause } from './crash-load.js';
import type { Scene } from './crash-scene.js';
import { judge, type Verdict } from './crash-verdict.js';
import { createDice, type Dice } from './dice.js';

export interface CrashTestOptions {
  readonly rounds: number;
  readonly seed: number;
  /** Requests at once, half of them in each direction. */
  readonly senders: number;
  /** Longest time under load before a kill, milliseconds. */
  readonly loadMaxMs: number;
  readonly progress: (line: string) => void;
}

export interface CrashTestResult extends Verdict {
  readonly messages: number;
  readonly kills: number;
}

const BANKS = ['bank-altnkz20', 'bank-longcn20'] as const;
const LOAD_MIN_MS = 200;
const FIRST_START_KILLS_MAX = 4;
const FIRST_START_MS = 5_000;
const RECOVERY_MS = 1_500;
const FIRST_ANSWER_MAX_MS = 10_000;
const QUIET_MAX_MS = 60_000;

/** Runs the test on a scene; the scene is stopped at the end, its folder is the caller's to remove. */
export async function runCrashTest(options: CrashTestOptions, scene: Scene): Promise<CrashTestResult> {
  const { progress } = options;
  const dice = createDice(options.seed);
  let kills = await killFirstStarts(options, scene, dice);
  let url = await scene.start();
  const signers = await readSigners(scene.folder);
  const load = createLoad(signers, dice);
  for (let round = 1; round <= options.rounds; round += 1) {
    const run = load.run(url, options.senders);
    const loadMs = LOAD_MIN_MS + dice.below(options.loadMaxMs - LOAD_MIN_MS);
    // A fresh process is slow at first: mostly the time counts from its first answer, so that the kill hits full work.
    if (dice.chance(0.75)) await Promise.race([run.answered, pause(FIRST_ANSWER_MAX_MS)]);
    await pause(loadMs);
    // The gateway alone, gateway and database, and the gateway again while it recovers from that.
    const withDatabase = round % 3 === 2;
    await scene.kill(withDatabase);
    kills += 1;
    await run.stop();
    const again = round % 3 === 0 ? await killRecoveries(scene, dice) : 0;
    kills += again;
    const from = performance.now();
    url = await scene.start();
    progress(
      `round ${round}: killed ${withDatabase ? 'gateway and database' : 'gateway'} after ${loadMs} ms, ` +
        `${again === 0 ? '' : `${again} times more in recovery, `}${load.sent.length} messages so far, ` +
        `open again after ${Math.round(performance.now() - from)} ms`,
    );
  }
  const verdict = await finish(load, signers, scene, url, progress);
  return { ...verdict, messages: load.sent.length, kills };
}

/** An installation that is killed while it is being made must still come up. */
async function killFirstStarts(options: CrashTestOptions, scene: Scene, dice: Dice): Promise<number> {
  const count = Math.min(options.rounds, FIRST_START_KILLS_MAX);
  for (let i = 0; i < count; i += 1) {
    const afterMs = dice.below(FIRST_START_MS);
    await scene.startAndKill(afterMs, dice.chance(0.5));
    options.progress(`first start: killed after ${afterMs} ms`);
  }
  return count;
}

async function killRecoveries(scene: Scene, dice: Dice): Promise<number> {
  const count = 1 + dice.below(3);
  for (let i = 0; i < count; i += 1) await scene.startAndKill(dice.below(RECOVERY_MS), dice.chance(0.3));
  return count;
}

async function readSigners(folder: string): Promise<[Signer, Signer]> {
  const read = async (name: string) => (await readKeyFile(join(folder, 'keys', `${name}.json`))).signer;
  return [await read(BANKS[0]), await read(BANKS[1])];
}

/** Waits, within bounds, until everything is final; then stops the gateway and looks. */
async function finish(
  load: Load,
  signers: readonly [Signer, Signer],
  scene: Scene,
  firstUrl: string,
  progress: (line: string) => void,
): Promise<Verdict> {
  const until = Date.now() + QUIET_MAX_MS;
  const inboxes = [createInboxReader(), createInboxReader()] as const;
  for (let url = firstUrl; ; url = await scene.start()) {
    const unansweredCount = await load.finish(url, until);
    await readInboxes(url, signers, inboxes, load, until);
    await scene.stop();
    const end = await readEnd(scene.folder);
    if (isOver(end) || Date.now() > until) {
      progress(`quiet after ${Math.round((QUIET_MAX_MS - until + Date.now()) / 1000)} s; rejected: ${reasonsOf(end)}`);
      const verdict = judge({
        sent: load.sent,
        unansweredCount,
        unexpected: load.unexpected,
        reports: [inboxes[0].reports, inboxes[1].reports],
        ...{ end, faults: end.faults },
      });
      const left = scene.leftovers();
      if (left.length === 0) return verdict;
      const problem = { kind: 'lost', text: `processes ${left.join()} were left behind` } as const;
      return { ...verdict, problems: [...verdict.problems, problem] };
    }
  }
}

/** Reads both inboxes until every message has its final pacs.002, or the time is over. */
async function readInboxes(
  url: string,
  signers: readonly [Signer, Signer],
  inboxes: readonly [ReturnType<typeof createInboxReader>, ReturnType<typeof createInboxReader>],
  load: Load,
  until: number,
): Promise<void> {
  for (const [i, inbox] of inboxes.entries()) {
    const client = createBankClient(url, signers[i]!, 16);
    const due = load.sent.filter((message) => message.side === i).length;
    await inbox.read(client);
    while (inbox.reports.length < due && Date.now() < until) {
      await pause(250);
      await inbox.read(client);
    }
    client.close();
  }
}

/** How many payments were rejected for what, most frequent first. */
function reasonsOf({ payments }: EndState): string {
  const counts = new Map<string, number>();
  for (const { reason } of payments) if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([reason, count]) => `${count} ${reason}`).join(', ') || 'none';
}

/** Nothing is open any more. */
export const isOver = (end: EndState): boolean =>
  end.openMessages.length === 0 &&
  end.payments.every((payment) => payment.state === 'CLOSED') &&
  end.ledgers.every(({ holds }) => [...holds.values()].every((hold) => hold.state !== 'HELD'));

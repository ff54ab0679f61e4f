/** The crash test in the separate arrangement: any processes and servers are killed under load, and started again. */
import { join } from 'node:path';
import { readKeyFile } from '../../../src/gateway/identity/key-file.js';
import { createBankClient } from '../client.js';
import { createInboxReader } from '../crash-inbox.js';
import { createLoad, pause } from '../crash-load.js';
import { type CrashTestOptions, type CrashTestResult, isOver } from '../crash-run.js';
import { judge } from '../crash-verdict.js';
import { createDice, type Dice } from '../dice.js';
import { temporaryFolder } from '../server.js';
import { PARTIES, VICTIMS, type Victim } from './parties.js';
import { makeTemplate, openSite, type Site } from './site.js';
import { until } from './until.js';

const LOAD_MIN_MS = 200;
const FIRST_ANSWER_MAX_MS = 30_000;
const QUIET_MAX_MS = 120_000;
const VICTIMS_MAX = 3;
const TIMES = { prepareMs: 4_000, voteMs: 8_000, lapseMs: 4_000 };

/** One to three of them at once. */
function chooseVictims(dice: Dice): readonly Victim[] {
  const chosen = new Set<Victim>();
  const count = 1 + dice.below(VICTIMS_MAX);
  while (chosen.size < count) chosen.add(VICTIMS[dice.below(VICTIMS.length)]!);
  // A process needs its databases when it starts.
  const isProcess = (victim: Victim) => PARTIES.some((party) => party === victim);
  return [...chosen].sort((a, b) => Number(isProcess(a)) - Number(isProcess(b)));
}

/** Rounds of load and kills at a site of its own, then quiet, then the verdict and `otkel verify`. */
export async function runCrashTestApart(options: CrashTestOptions): Promise<CrashTestResult> {
  const { path, remove } = temporaryFolder('apart');
  try {
    await makeTemplate(path);
    const site = await openSite(path, TIMES);
    try {
      return await rounds(options, site);
    } finally {
      await site.close('abandon');
    }
  } finally {
    remove();
  }
}

async function rounds(options: CrashTestOptions, site: Site): Promise<CrashTestResult> {
  const dice = createDice(options.seed);
  const { url } = site.link('bank');
  const read = async (name: string) => (await readKeyFile(join(site.dataFolder, 'keys', `${name}.json`))).signer;
  const signers = [await read('bank-altnkz20'), await read('bank-longcn20')] as const;
  const load = createLoad(signers, dice);
  let kills = 0;
  for (let round = 1; round <= options.rounds; round += 1) {
    const run = load.run(url, options.senders);
    const loadMs = LOAD_MIN_MS + dice.below(options.loadMaxMs - LOAD_MIN_MS);
    await Promise.race([run.answered, pause(FIRST_ANSWER_MAX_MS)]);
    await pause(loadMs);
    const victims = chooseVictims(dice);
    await Promise.all(victims.map((victim) => site.kill(victim, dice.chance(0.5) ? 'kill' : 'immediate')));
    kills += victims.length;
    // The living go on without them for a while, or hardly at all.
    await pause(dice.below(options.loadMaxMs));
    for (const victim of victims) await site.restart(victim);
    await run.stop();
    options.progress(
      `round ${round}: killed ${victims.join(', ')} after ${loadMs} ms, ${load.sent.length} messages so far`,
    );
  }
  return { ...(await finish(site, load, signers)), messages: load.sent.length, kills };
}

/** Waits, within bounds, until everything is final; then looks. */
async function finish(site: Site, load: ReturnType<typeof createLoad>, signers: Parameters<typeof createLoad>[0]) {
  const { url } = site.link('bank');
  const unansweredCount = await load.finish(url, Date.now() + QUIET_MAX_MS);
  await until(async () => isOver(await site.state()), QUIET_MAX_MS);
  const inboxes = [createInboxReader(), createInboxReader()] as const;
  for (const [i, inbox] of inboxes.entries()) {
    const client = createBankClient(url, signers[i as 0 | 1], 16);
    await inbox.read(client);
    client.close();
  }
  const { sent, unexpected } = load;
  const reports = [inboxes[0].reports, inboxes[1].reports] as const;
  const verdict = judge({ sent, unansweredCount, unexpected, reports, end: await site.state() });
  const found = (await site.verify()).map((text) => ({ kind: 'lost', text }) as const);
  return { ...verdict, problems: [...verdict.problems, ...found] };
}

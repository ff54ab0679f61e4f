/** One cell of the matrix: a payment, one fault at one moment of its life, healing, and what is left. */
import { randomUUID } from 'node:crypto';
import { plainMessage } from '../crash-messages.js';
import type { Banks } from './banks.js';
import { broken, mustBeTold } from './expectations.js';
import { type Look, lookAt } from './look.pg.js';
import { type LinkName, serverVictim, type Victim, writerOf } from './parties.js';
import { steer } from './paths.js';
import type { PgUnit } from './pg-proxy.js';
import type { KillPoint } from './points.js';
import type { ServerEnd } from './servers.js';
import type { Site } from './site.js';
import type { Caught, Moment } from './trap.js';
import { until, within } from './until.js';

/** What goes wrong: a party or a server dies, or links break. */
export type Fault =
  | { readonly kind: 'dies'; readonly victim: Victim; readonly how: ServerEnd }
  | { readonly kind: 'partition'; readonly links: readonly LinkName[]; readonly state: 'cut' | 'silent' };

export interface Cell {
  readonly point: KillPoint;
  /** The fault comes before the point's write is durable, or after it and before anybody knows. */
  readonly moment: Moment;
  readonly fault: Fault;
  /** `late`: it lasts until everything has come to rest that can, and no deadline is left. */
  readonly heals: 'at once' | 'late';
}

/** How a payment ended on both sides. */
export type Outcome = 'SETTLED' | 'RELEASED';

export interface CellResult {
  /** Null when the payment did not end, or not as one. */
  readonly outcome: Outcome | null;
  /** Just before a late healing; null for one at once. */
  readonly meanwhile: Look | null;
  readonly problems: readonly string[];
}

const STEPS = 100n;
const CAUGHT_MAX_MS = 30_000;
const END_MAX_MS = 60_000;
/** A sweep comes once a second; a peer is asked again after 5 s at most. */
const REST_MS = 2_500;
const TOLD_MAX_MS = 20_000;

/** What is said to a bank must rest on what is decided: PDNG in doubt, never RJCT. */
function contradiction({ status, kz, cn }: Look): string | null {
  const votes = [kz.vote, cn.vote];
  const isRejected = votes.some((vote) => vote === 'ABORT' || vote === 'unread');
  if (status === 'RJCT' && !isRejected) return `RJCT, and the journals say ${votes.join('/')}`;
  const isCommitted = votes.every((vote) => vote !== 'ABORT');
  if ((status === 'ACSC' || status === 'ACCC') && !isCommitted)
    return `${status}, and the journals say ${votes.join('/')}`;
  const holds = [kz.hold, cn.hold];
  if (holds.includes('SETTLED') && holds.includes('RELEASED')) return `split: ${holds.join('/')}`;
  return null;
}

/** Watches a payment from its sending to its end; every look is checked. */
function createWatch(site: Site, uetr: string) {
  const problems = new Set<string>();
  let seen: ReadonlySet<string> = new Set();
  return {
    problems,
    statuses: () => seen,
    async look(): Promise<Look> {
      const found = await lookAt(site.server, uetr);
      const wrong = contradiction(found);
      if (wrong) problems.add(wrong);
      if (found.status) seen = new Set([...seen, found.status]);
      return found;
    },
  };
}

const isAtRest = ({ kz, cn }: Look): boolean => kz.hold !== 'HELD' && cn.hold !== 'HELD';
const isOver = (look: Look): boolean => look.isClosed && isAtRest(look);

/** Breaks what is to break; answers how to heal it. */
async function strike(site: Site, { fault, point }: Cell, caught: Caught<PgUnit>): Promise<() => Promise<void>> {
  if (fault.kind === 'partition') {
    for (const name of fault.links) site.link(name).set(fault.state);
    caught.release();
    return async () => {
      for (const name of fault.links) site.link(name).set('open');
    };
  }
  await site.kill(fault.victim, fault.how);
  const isLost = fault.victim === writerOf(point.role) || fault.victim === serverVictim(point.role);
  if (isLost) caught.drop();
  else caught.release();
  return () => site.restart(fault.victim);
}

/** The payment never came by the point: a deadline passed before, on a machine that is too busy for it. */
const MISSED: CellResult = { outcome: null, meanwhile: null, problems: ['the payment ended without it'] };
const TRIES_MAX = 3;

/** Null when the payment is over and was not caught. */
async function missed(
  watch: ReturnType<typeof createWatch>,
  caught: Promise<Caught<PgUnit>>,
): Promise<Caught<PgUnit> | null> {
  let isCaught = false;
  void caught.then(() => {
    isCaught = true;
  });
  await until(async () => isCaught || isOver(await watch.look()), CAUGHT_MAX_MS);
  return isCaught ? caught : null;
}

/** Runs the cell to its end, or to the end of patience; with another payment when it did not come by the point. */
export async function runCell(site: Site, banks: Banks, cell: Cell): Promise<CellResult> {
  for (let tries = 1; ; tries += 1) {
    const result = await tryCell(site, banks, cell);
    if (result !== MISSED || tries === TRIES_MAX) return result;
  }
}

async function tryCell(site: Site, banks: Banks, cell: Cell): Promise<CellResult> {
  const { point, moment, heals } = cell;
  const uetr = randomUUID();
  const message = plainMessage(0, [uetr], point.path === 'no funds' ? 'big' : STEPS);
  const steering = await steer(site, banks, point.path, message);
  const watch = createWatch(site, uetr);
  const trap = site.server(point.role).proxy.arm(point.matches, moment);
  const sending = banks.send(message);
  try {
    const caught = await Promise.race([within(trap.caught, CAUGHT_MAX_MS, point.id), missed(watch, trap.caught)]);
    if (caught === null) return MISSED;
    if (caught.failed) watch.problems.add(`${point.id} failed in the database`);
    const heal = await strike(site, cell, caught);
    let meanwhile: Look | null = null;
    if (heals === 'late') {
      await until(async () => isAtRest(await watch.look()), site.times.voteMs + site.times.lapseMs + REST_MS);
      // A call into a link that is silent is given up only after its time limit.
      if (mustBeTold(cell)) await until(async () => (await watch.look()).status === 'PDNG', TOLD_MAX_MS);
      meanwhile = await watch.look();
    }
    await heal();
    await within(sending.answered, END_MAX_MS, 'an answer');
    const isEnded = await until(async () => isOver(await watch.look()), END_MAX_MS);
    const end = await watch.look();
    if (!isEnded) watch.problems.add(`not over: ${JSON.stringify(end)}`);
    const outcome = outcomeOf(end);
    return { outcome, meanwhile, problems: [...watch.problems, ...broken(cell, outcome, meanwhile, watch.statuses())] };
  } catch (error) {
    watch.problems.add(error instanceof Error ? error.message : String(error));
    return { outcome: null, meanwhile: null, problems: [...watch.problems] };
  } finally {
    trap.disarm();
    sending.stop();
    await steering.end();
  }
}

/** A leg without a row has nothing to release: the other side's ABORT ended it. */
function outcomeOf({ kz, cn }: Look): Outcome | null {
  if (kz.hold === 'SETTLED' && cn.hold === 'SETTLED') return 'SETTLED';
  return [kz, cn].every(({ hold }) => hold === 'RELEASED' || hold === null) ? 'RELEASED' : null;
}

import type pg from 'pg';
import { pause } from '../../src/gateway/platform/runtime.js';

/**
 * Concurrent sessions on a real PostgreSQL, one statement at a time: every statement but BEGIN waits for its turn, and
 * a schedule says whose turn it is. A session that waits for another one's lock is seen as the server sees it, so that
 * no schedule depends on time.
 */
export type Session<T> = (pool: pg.Pool) => Promise<T>;

/** Fresh sessions for one schedule, and what must be so when all have ended. */
export interface Scene<T> {
  readonly sessions: readonly Session<T>[];
  readonly check: (outcomes: readonly PromiseSettledResult<T>[]) => Promise<void>;
}

export interface Explored {
  readonly schedules: number;
  /** Statements of the longest schedule. */
  readonly steps: number;
}

interface Lane {
  /** Statements that wait for their turn, the first first. */
  readonly waiting: (() => void)[];
  /** Servers' processes with a statement under way. */
  readonly running: Set<number>;
  /** Connections that are being made. */
  connecting: number;
  isDone: boolean;
}

const WAIT_MS = 20_000;
const SCHEDULES_MAX = 2_000;
/** Turns of the event loop in which a session that was answered asks for what it asks next. */
const TURNS = 4;

/**
 * Runs the scene in every order of its sessions' statements with at most `switches` changes away from a session that
 * could have gone on. Throws what `check` throws, with the schedule.
 */
export async function everyOrder<T>(
  pool: pg.Pool,
  switches: number,
  make: () => Promise<Scene<T>> | Scene<T>,
): Promise<Explored> {
  let prefix: readonly number[] | null = [];
  let schedules = 0;
  let steps = 0;
  while (prefix) {
    const scene = await make();
    const ran = await runOnce(pool, scene.sessions, switches, prefix);
    schedules += 1;
    steps = Math.max(steps, ran.order.length);
    if (schedules > SCHEDULES_MAX) throw new Error(`more than ${SCHEDULES_MAX} schedules: allow fewer switches`);
    try {
      await scene.check(ran.outcomes);
    } catch (error) {
      const outcomes = ran.outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : 'ok'));
      throw new Error(`in the order ${ran.order.join(' ')} (${outcomes.join('; ')})`, { cause: error });
    }
    prefix = nextPrefix(ran.taken, ran.options);
  }
  return { schedules, steps };
}

/** The next leaf of the tree of choices, depth first. */
function nextPrefix(taken: readonly number[], options: readonly number[]): readonly number[] | null {
  for (let i = taken.length - 1; i >= 0; i -= 1) {
    if (taken[i]! + 1 < options[i]!) return [...taken.slice(0, i), taken[i]! + 1];
  }
  return null;
}

async function runOnce<T>(pool: pg.Pool, sessions: readonly Session<T>[], switches: number, prefix: readonly number[]) {
  const lanes = sessions.map((): Lane => ({ waiting: [], running: new Set(), connecting: 0, isDone: false }));
  const ends = sessions.map(async (session, i) => {
    const lane = lanes[i]!;
    try {
      return await session(steppedPool(pool, lane));
    } finally {
      lane.isDone = true;
    }
  });
  const all = Promise.allSettled(ends);
  const taken: number[] = [];
  const options: number[] = [];
  const order: number[] = [];
  let current = 0;
  let left = switches;
  for (;;) {
    await atRest(pool, lanes);
    // A session that has asked for several things at once goes on with the first; another one is a switch too.
    const ready = lanes.flatMap((lane, session) => lane.waiting.map((_, place) => ({ session, place })));
    if (ready.length === 0) break;
    const onward = ready.find(({ session }) => session === current);
    const others = ready.filter((option) => option !== onward);
    const choices = onward ? [onward, ...(left > 0 ? others : [])] : others;
    const choice = prefix[taken.length] ?? 0;
    taken.push(choice);
    options.push(choices.length);
    const next = choices[choice]!;
    if (onward && next !== onward) left -= 1;
    current = next.session;
    order.push(current);
    lanes[current]!.waiting.splice(next.place, 1)[0]!();
  }
  return { taken, options, order, outcomes: await all };
}

/** Until every session waits for its turn, waits for a lock, or has ended; all waiting for locks is not a rest. */
async function atRest(pool: pg.Pool, lanes: readonly Lane[]): Promise<void> {
  const rests = async (lane: Lane): Promise<boolean> => {
    if (lane.connecting > 0) return false;
    if (lane.running.size > 0) return areBlocked(pool, [...lane.running]);
    return lane.isDone || lane.waiting.length > 0;
  };
  for (const end = performance.now() + WAIT_MS; performance.now() < end; ) {
    for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    const atRestNow = await Promise.all(lanes.map(rests));
    const canGoOn = lanes.some((lane) => lane.waiting.length > 0) || lanes.every((lane) => lane.isDone);
    if (canGoOn && atRestNow.every((rest) => rest)) return;
    if (!lanes.some((lane) => lane.waiting.length > 0)) await pause(1);
  }
  throw new Error('the sessions come to no rest');
}

async function areBlocked(pool: pg.Pool, pids: readonly number[]): Promise<boolean> {
  const { rows } = await pool.query<{ blocked: boolean }>({
    name: 'stepper-blocked',
    text: 'SELECT bool_and(cardinality(pg_blocking_pids(pid)) > 0) AS blocked FROM unnest($1::integer[]) AS pid',
    values: [pids],
  });
  return rows[0]!.blocked;
}

type Ask = (...args: unknown[]) => Promise<unknown>;

/** The pool, for one session: connections are real, statements wait for their turn. */
function steppedPool(pool: pg.Pool, lane: Lane): pg.Pool {
  const stepped = (client: pg.PoolClient): pg.PoolClient => {
    const pid = (client as unknown as { processID: number }).processID;
    const ask = client.query.bind(client) as Ask;
    const query: Ask = async (...args) => {
      if (args[0] === 'BEGIN') {
        lane.running.add(pid);
        return ask(...args).finally(() => lane.running.delete(pid));
      }
      await new Promise<void>((resolve) => lane.waiting.push(resolve));
      lane.running.add(pid);
      try {
        return await ask(...args);
      } finally {
        lane.running.delete(pid);
      }
    };
    return new Proxy(client, {
      get: (target, name) => {
        if (name === 'query') return query;
        const value: unknown = Reflect.get(target, name);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  };
  const connect = async () => {
    lane.connecting += 1;
    try {
      return stepped(await pool.connect());
    } finally {
      lane.connecting -= 1;
    }
  };
  const query: Ask = async (...args) => {
    const client = await connect();
    try {
      return await (client.query as unknown as Ask)(...args);
    } finally {
      client.release();
    }
  };
  return { connect, query } as unknown as pg.Pool;
}

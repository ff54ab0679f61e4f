import { absorb, nextRelayStep, type RelayState, relayDecision, startRelay } from '../src/pvp/relay.js';
import { rowEvidence, rowState } from './ledger-cell.js';
import { type Call, type Outcome, type ReportCode, votesOf } from './leg-call.js';
import { sayLocal } from './locals.js';
import { callOf, FAILURES_MAX, reportOf } from './relay-calls.js';
import { brokenState, type Heal, type State, type World } from './search.js';
import { PHASES } from './statements.js';

const ROUNDS_MAX = 8;
const SENDS_MAX = 60;

/**
 * Healing by a fixed fair schedule: every process is up, every message arrives, the timers fire. `peersOnly`: the
 * gateway is dead for ever, and the jurisdictions finish among themselves. Otherwise a gateway starts anew with the
 * payment of its log. `gone`: this jurisdiction never comes back.
 */
export function createHeal(world: World): Heal {
  const memory = new Map<string, Promise<{ faults: readonly string[]; isStuck: boolean }>>();
  const remembered = (
    name: string,
    state: State,
    run: () => Promise<{ faults: readonly string[]; isStuck: boolean }>,
  ) => {
    const key = `${name} ${state.join()}`;
    const known = memory.get(key) ?? run();
    memory.set(key, known);
    return known;
  };
  return async (state) => {
    const late = restarted(world, state, PHASES - 1);
    const ends = [await remembered('peers', late, () => peersFinish(world, late, null))];
    if (world.model.liar === null) {
      const inTime = restarted(world, state, null);
      ends.push(await remembered('gateway', inTime, () => gatewayFinishes(world, inTime)));
    }
    if (world.honest.length > 1 || world.model.liar !== null) {
      for (const gone of world.honest)
        ends.push(await remembered(`without ${gone}`, late, () => peersFinish(world, late, gone)));
    }
    return { faults: ends.flatMap((end) => end.faults), isStuck: ends.some((end) => end.isStuck) };
  };
}

/** All down, their clocks where they were, or where every timer has fired; calls that were overtaken are lost. */
function restarted(world: World, state: State, phase: number | null): State {
  return world.tables.map((table, leg) => {
    const local = table.local(state[leg]!);
    return table.id({ ...local, up: false, slow: 0, stale: false, phase: phase ?? local.phase });
  });
}

class Course {
  readonly faults: string[] = [];
  constructor(
    readonly world: World,
    public state: State,
  ) {}

  async call(leg: number, call: Call): Promise<Outcome> {
    const { outcome, next } = await this.world.tables[leg]!.call(this.state[leg]!, call);
    this.state = this.state.map((id, i) => (i === leg ? next : id));
    if (outcome.threw !== null) this.faults.push(`healing: ${this.world.payment.codes[leg]} closes: ${outcome.threw}`);
    this.faults.push(...outcome.faults);
    return outcome;
  }
  local = (leg: number) => this.world.tables[leg]!.local(this.state[leg]!);
  row = (leg: number) => rowState(this.local(leg).rows.at(-1));
  isVoted = (leg: number): boolean => this.row(leg) === 'HELD' && this.local(leg).entry[0] === 'c';
}

async function peersFinish(world: World, from: State, gone: number | null) {
  const course = new Course(world, from);
  const { payment } = world;
  const here = world.honest.filter((leg) => leg !== gone);
  const silent = payment.codes.map(() => null);
  for (const leg of here) await course.call(leg, { kind: 'recover', answers: silent });
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const before = course.state.join();
    for (const leg of here) {
      await course.call(leg, { kind: 'sweep' });
      if (!course.isVoted(leg)) continue;
      // What it asks each peer, what each answers, and what it makes of the answers, as its own chase does.
      const { asked } = await course.call(leg, { kind: 'recover', answers: silent });
      const answers: (Answer | null)[] = [...silent];
      for (const peer of here) {
        const question = asked[peer];
        if (peer === leg || !question) continue;
        const { report } = await course.call(peer, question);
        if (report) answers[peer] = answerOf(report);
      }
      await course.call(leg, { kind: 'recover', answers });
    }
    if (course.state.join() === before) break;
  }
  return judged(course, here, gone);
}
type Answer = NonNullable<Extract<Call, { kind: 'recover' }>['answers'][number]>;

const answerOf = (report: ReportCode): Answer => ({
  receipt: report.receipt,
  votes: report.vote ? [report.vote, ...report.peerVotes] : report.peerVotes,
});

/** Every leg has ended, alike; only a COMMIT whose peer's journal is out of reach for ever may stay. */
function judged(course: Course, here: readonly number[], gone: number | null) {
  const { world } = course;
  const faults = [...course.faults, ...brokenState(world, course.state)];
  let isStuck = false;
  for (const leg of here) {
    if (course.row(leg) !== 'HELD') continue;
    const missing = [gone, world.model.liar].filter((peer): peer is number => peer !== null);
    const isTold = missing.every((peer) => here.some((one) => one !== leg && storedVote(course, one, peer)));
    if (course.isVoted(leg) && missing.length > 0 && !isTold) isStuck = true;
    else faults.push(`healing leaves ${sayLocal(world.payment, leg, course.local(leg))}`);
  }
  return { faults, isStuck };
}

const storedVote = (course: Course, leg: number, peer: number): boolean => {
  const local = course.local(leg);
  return [...votesOf(local.entry), ...rowEvidence(local.rows.at(-1))].some((code) => code[1] === `${peer}`);
};

/** The gateway that restarts with the terms of its log, driven by the product's own relay. */
async function gatewayFinishes(world: World, from: State) {
  const course = new Course(world, from);
  const { payment } = world;
  for (const leg of world.honest) await course.call(leg, { kind: 'recover', answers: payment.codes.map(() => null) });
  let relay = startRelay(payment.terms[0]!.terms!, payment.terms[0]!.termsHash);
  let phase = 0;
  for (let sends = 0; sends < SENDS_MAX; sends += 1) {
    const step = nextRelayStep(relay, payment.phases[phase]!, FAILURES_MAX);
    if (step.do === 'close') return closed(course, relay);
    if (step.do === 'log') {
      relay = { ...relay, logged: true, failureCount: 0 };
      continue;
    }
    const answers = [];
    for (const leg of step.legs) {
      const { report } = await course.call(leg, callOf(payment, relay, step.do, leg));
      answers.push({ leg, report: report && reportOf(payment, report) });
    }
    relay = absorb(relay, answers, payment.verifier);
    if (relay.failureCount === 0) continue;
    // Nothing new came of it: time goes on everywhere, and holds lapse.
    phase = Math.min(phase + 1, PHASES - 1);
    course.state = course.state.map((id, leg) => {
      const local = world.tables[leg]!.local(id);
      return world.tables[leg]!.id({ ...local, phase: Math.max(local.phase, phase) });
    });
    for (const leg of world.honest) await course.call(leg, { kind: 'sweep' });
  }
  // Whoever prepared other terms under the same id may have had them settled: then this gateway says nothing.
  const others = world.honest.map((leg) => course.local(leg).entry.slice(0, 2));
  const isOther = relayDecision(relay) === null && others.every((entry) => entry === 'c1');
  const never = isOther ? [] : ['healing: the gateway never closes the payment'];
  return { faults: [...course.faults, ...never, ...brokenState(world, course.state)], isStuck: false };
}

/** Invariant 12: what the gateway says is what every jurisdiction decided. */
function closed(course: Course, relay: RelayState) {
  const decision = relayDecision(relay);
  const wanted = decision === 'COMMIT' ? 'SETTLED' : 'RELEASED';
  const faults = course.world.honest.flatMap((leg) =>
    course.row(leg) === wanted
      ? []
      : [`12: the gateway says ${decision}, but ${sayLocal(course.world.payment, leg, course.local(leg))}`],
  );
  return { faults: [...course.faults, ...faults, ...brokenState(course.world, course.state)], isStuck: false };
}

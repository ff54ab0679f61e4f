import { absorb, nextRelayStep, type RelayState, relayDecision, startRelay } from '../src/pvp/relay.js';
import { callOf, FAILURES_MAX, reportOf } from './relay-calls.js';
import type { State, World } from './search.js';
import type { Payment } from './statements.js';

/** The gateway with its log: what is durable, and (null when it is dead) what it has gathered. */
interface Gateway {
  readonly log: 'PREPARING' | 'DECIDED COMMIT' | 'DECIDED ABORT' | 'CLOSED COMMIT' | 'CLOSED ABORT';
  readonly relay: RelayState | null;
}

export interface WorldStep {
  readonly what: string;
  readonly next: State;
  readonly faults: readonly string[];
}

/** The gateway as one more place of the state, behind the jurisdictions. */
export interface GatewayTable {
  readonly initial: number;
  size(): number;
  /** It sends, hears or doesn't, writes its log, dies, restarts. */
  steps(world: World, state: State): Promise<WorldStep[]>;
  /** Invariant 12, in every state. */
  broken(world: World, state: State): string[];
}

export function createGateway(payment: Payment): GatewayTable {
  const ids = new Map<string, number>();
  const all: Gateway[] = [];
  const started = (): RelayState => startRelay(payment.terms[0]!.terms!, payment.terms[0]!.termsHash);
  const id = (gateway: Gateway): number => {
    const code = `${gateway.log} ${gateway.relay ? relayCode(payment, gateway.relay) : 'dead'}`;
    const known = ids.get(code);
    if (known !== undefined) return known;
    ids.set(code, all.length);
    all.push(gateway);
    return all.length - 1;
  };
  const initial = id({ log: 'PREPARING', relay: started() });

  const act = async (world: World, state: State, gateway: Gateway, relay: RelayState): Promise<WorldStep[]> => {
    const at = state.length - 1;
    const moved = (what: string, next: Gateway, faults: readonly string[] = []): WorldStep => ({
      ...{ what: `gateway ${what}`, faults },
      next: state.map((one, i) => (i === at ? id(next) : one)),
    });
    const phase = Math.max(...world.honest.map((leg) => world.tables[leg]!.local(state[leg]!).phase));
    const step = nextRelayStep(relay, payment.phases[phase]!, FAILURES_MAX);
    if (step.do === 'log' || step.do === 'close') {
      const decision = relayDecision(relay)!;
      const log = `${step.do === 'log' ? 'DECIDED' : 'CLOSED'} ${decision}` as const;
      const faults =
        gateway.log.includes(' ') && !gateway.log.endsWith(decision) ? ['12: the log changed its decision'] : [];
      const after = step.do === 'log' ? { ...relay, logged: true, failureCount: 0 } : null;
      return [
        moved(`logs ${log}`, { log, relay: after }, faults),
        moved(`logs ${log} and dies`, { log, relay: null }, faults),
      ];
    }
    let ways: Way[] = [{ said: [], state, answers: [] }];
    for (const leg of step.legs)
      ways = (await Promise.all(ways.map((way) => sent(world, way, step.do, leg, relay)))).flat();
    return ways.map(({ said, state: reached, answers }) => {
      const gathered = absorb(relay, answers, payment.verifier);
      const capped = { ...gathered, failureCount: Math.min(gathered.failureCount, FAILURES_MAX) };
      const next = reached.map((one, i) => (i === at ? id({ log: gateway.log, relay: capped }) : one));
      return { what: `gateway sends ${step.do.toUpperCase()}: ${said.join(', ')}`, next, faults: [] };
    });
  };
  return {
    initial,
    size: () => all.length,
    async steps(world, state) {
      const gateway = all[state.at(-1)!]!;
      if (gateway.log.startsWith('CLOSED')) return [];
      const placed = (next: Gateway): State => state.map((one, i) => (i === state.length - 1 ? id(next) : one));
      if (!gateway.relay)
        return [{ what: 'gateway restarts', next: placed({ ...gateway, relay: started() }), faults: [] }];
      const dead = { what: 'gateway dies', next: placed({ ...gateway, relay: null }), faults: [] };
      return [dead, ...(await act(world, state, gateway, gateway.relay))];
    },
    broken(world, state) {
      const { log } = all[state.at(-1)!]!;
      if (!log.includes(' ')) return [];
      const votes = world.honest.map((leg) => world.tables[leg]!.local(state[leg]!).entry[0]);
      const isTrue = log.endsWith('COMMIT') ? votes.every((vote) => vote === 'c') : votes.some((vote) => vote === 'a');
      return isTrue ? [] : [`12: the gateway's log says ${log}, the journals do not`];
    },
  };
}

interface Way {
  readonly said: readonly string[];
  readonly state: State;
  readonly answers: Parameters<typeof absorb>[1];
}

/** What may become of one message: lost, answered, done with the answer lost, or done in part. */
async function sent(
  world: World,
  way: Way,
  step: 'prepare' | 'deliver' | 'cancel',
  leg: number,
  relay: RelayState,
): Promise<Way[]> {
  const { payment, tables } = world;
  const name = payment.codes[leg]!;
  const to = (what: string, id: number, report: Way['answers'][number]['report']): Way => ({
    said: [...way.said, `${name} ${what}`],
    state: way.state.map((one, i) => (i === leg ? id : one)),
    answers: [...way.answers, { leg, report }],
  });
  const here = way.state[leg]!;
  const lost = to('does not answer', here, null);
  if (!tables[leg]!.local(here).up) return [lost];
  const { outcome, next, steps } = await tables[leg]!.call(here, callOf(payment, relay, step, leg));
  const ways = [lost, ...steps.map((id) => to('dies on it', id, null))];
  if (next !== here) ways.push(to('does it, the answer is lost', next, null));
  if (outcome.report) ways.push(to('answers', next, reportOf(payment, outcome.report)));
  return ways;
}

function relayCode(payment: Payment, relay: RelayState): string {
  const legs = relay.legs.map(({ report, receipt }) => {
    const said = report && `${report.state}${report.termsHash ? payment.termsOf(report.termsHash) : '-'}`;
    return `${said} ${receipt ? payment.codeOf(receipt) : ''}`;
  });
  const votes = relay.votes.map((vote) => payment.codeOf(vote.attestation));
  return `${legs.join()}|${votes.join()}|${relay.failureCount}${relay.logged ? 'l' : ''}`;
}

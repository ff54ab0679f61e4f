import { sha256 } from '../src/kernel/hash.js';
import { oncePerObject } from '../src/kernel/once.js';
import type { Ledger } from '../src/ledger/types.js';
import type { CoSigner } from '../src/pvp/co-signer.js';
import type { SignerStore } from '../src/pvp/signer-store.js';
import type { Call, Durable } from './leg-call.js';

/**
 * A call that stopped before a durable step while others went on: what it has been answered so far, and at which phase
 * of the clock it went on after each answer. Played again with these answers it comes to the same place.
 */
export interface Slow {
  readonly call: Call;
  readonly log: readonly Answered[];
  /** One more than answers: the last is the phase in which it decided on the step that it stands before. */
  readonly phases: readonly number[];
}

/** An object of its own, so that what is said of it is said once. */
export interface Answered {
  readonly result: unknown;
}

export interface Gates {
  /** From here on the calls count; what came before was setting up. */
  begin(): void;
  /** The phase of the clock as the call sees it now. */
  phase(): number;
  pauses(): { slow: Slow; durable: Durable }[];
  ledger(ledger: Ledger): Ledger;
  store(store: SignerStore): SignerStore;
  coSigner(coSigner: CoSigner): CoSigner;
}

/** Puts a gate before each use of ledger and journal; `slow` is the call that goes on, null for a fresh one. */
export function createGates(call: Call, phase: number, slow: Slow | null, durableNow: () => Durable): Gates {
  const items: Answered[] = [...(slow?.log ?? [])];
  const phases: number[] = [...(slow?.phases ?? [])];
  const found: { slow: Slow; durable: Durable }[] = [];
  let begun = false;
  let next = 0;

  const phaseNow = (): number => (begun && slow && next < slow.phases.length ? slow.phases[next]! : phase);
  const gate = async <T>(isDurable: boolean, step: () => Promise<T>): Promise<T> => {
    if (!begun) return step();
    const at = next;
    const phaseBefore = phaseNow();
    next += 1;
    if (slow && at < slow.log.length) return slow.log[at]!.result as T;
    phases[at] = phaseBefore;
    if (isDurable && at > (slow?.log.length ?? -1) && call.kind !== 'recover') {
      found.push({ slow: { call, log: items.slice(0, at), phases: phases.slice(0, at + 1) }, durable: durableNow() });
    }
    const result = await step();
    items[at] = { result };
    return result;
  };
  return {
    begin: () => {
      begun = true;
    },
    phase: phaseNow,
    pauses: () => found,
    ledger: (ledger) => ({
      ...ledger,
      submit: (command) => gate(true, () => ledger.submit(command)),
      holds: (refs) => gate(false, () => ledger.holds(refs)),
      openHolds: (kind, after, limit) => gate(false, () => ledger.openHolds(kind, after, limit)),
    }),
    store: (store) => ({
      ...store,
      entries: (ids) => gate(false, () => store.entries(ids)),
      recordPeerVotes: (epoch, votes) => gate(true, () => store.recordPeerVotes(epoch, votes)),
      keepEquivocations: (kept) => gate(false, () => store.keepEquivocations(kept)),
    }),
    coSigner: (coSigner) => ({
      ...coSigner,
      vote: (epoch, requests) => gate(true, () => coSigner.vote(epoch, requests)),
    }),
  };
}

export const slowKey = ({ call, log, phases }: Slow): string =>
  `${JSON.stringify(call)} ${phases.join('')} ${log.map(codeOf).join('')}`;

const codeOf = (item: Answered): string => digest(item).toString('latin1');
const digest = oncePerObject((item: Answered) => sha256(JSON.stringify(item.result, plainly)).subarray(0, 12));

/** Times, reasons and signatures: nothing that a call does depends on them. */
const UNTOLD = new Set([
  'heldAt',
  'endedAt',
  'decidedAt',
  'blockSequence',
  'transactionId',
  'reason',
  'attestation',
  'evidence',
]);

function plainly(name: string, value: unknown): unknown {
  if (UNTOLD.has(name)) return undefined;
  if (typeof value === 'bigint') return `${value}n`;
  if (value instanceof Map) return [...value];
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value;
}

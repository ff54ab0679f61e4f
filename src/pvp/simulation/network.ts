import type { Random } from './random.js';
import type { Life, VirtualTime } from './time.js';
import type { Note } from './trace.js';

/** How bad the network is for a while. Rates are per message, a call being two. */
export interface Turbulence {
  readonly loss: number;
  readonly duplicate: number;
  readonly slowRate: number;
  /** Milliseconds that a slow message takes at most. */
  readonly slowMs: number;
}

/** Something that answers calls. `serve` gets a copy of the question that nobody else has. */
export interface Server {
  readonly life: Life;
  serve(from: string, method: string, question: unknown): Promise<unknown>;
}

/** Calls between named machines: lost, doubled, late, in another order, or cut off. Nothing is shared but bytes. */
export interface Network {
  /** Rejects when no answer came in time, or nobody is there. */
  call<T>(life: Life, from: string, to: string, method: string, question: unknown): Promise<T>;
  listen(name: string, server: Server | null): void;
  turbulence: Turbulence;
  cut(a: string, b: string): void;
  mend(a: string, b: string): void;
  /** Told of every answer as it leaves. */
  onAnswer: (from: string, method: string, answer: unknown) => void;
}

export const CALM: Turbulence = { loss: 0, duplicate: 0, slowRate: 0, slowMs: 0 };

const DELAY_MS = 8;
const TIMEOUT_MS = 1_000;

export class NetworkError extends Error {
  override readonly name = 'NetworkError';
}

const line = (a: string, b: string): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

export function createNetwork(time: VirtualTime, randomOf: (name: string) => Random, note: Note): Network {
  const servers = new Map<string, Server>();
  const cuts = new Map<string, number>();
  const streams = new Map<string, Random>();
  const streamOf = (from: string, to: string): Random => {
    const name = `${from}>${to}`;
    const known = streams.get(name) ?? randomOf(name);
    streams.set(name, known);
    return known;
  };

  /** Carries one message, perhaps not at all, perhaps twice. */
  const send = (from: string, to: string, deliver: () => void): void => {
    const random = streamOf(from, to);
    const { loss, duplicate, slowRate, slowMs } = network.turbulence;
    const copies = random.chance(duplicate) ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const isLost = random.chance(loss);
      const delay = random.next() * DELAY_MS + (random.chance(slowRate) ? random.next() * slowMs : 0);
      if (isLost) continue;
      time.after(delay, () => {
        if ((cuts.get(line(from, to)) ?? 0) === 0) deliver();
      });
    }
  };

  const network: Network = {
    turbulence: CALM,
    onAnswer: () => undefined,
    listen(name, server) {
      if (server) servers.set(name, server);
      else servers.delete(name);
    },
    cut: (a, b) => void cuts.set(line(a, b), (cuts.get(line(a, b)) ?? 0) + 1),
    mend: (a, b) => void cuts.set(line(a, b), (cuts.get(line(a, b)) ?? 1) - 1),
    call: <T>(life: Life, from: string, to: string, method: string, question: unknown): Promise<T> =>
      new Promise((resolve, reject) => {
        if (life.isOver) return;
        const asked = copyOf(question);
        const stop = time.after(TIMEOUT_MS, () => {
          if (!life.isOver) reject(new NetworkError(`${to} ${method}: no answer`));
        });
        const answer = (deliver: () => void): void =>
          send(to, from, () => {
            if (life.isOver) return;
            stop();
            deliver();
          });
        send(from, to, () => {
          note(`${from} > ${to}`, method, asked);
          const server = servers.get(to);
          if (!server) {
            answer(() => reject(new NetworkError(`${to} is down`)));
            return;
          }
          server.serve(from, method, copyOf(asked)).then(
            (value) => {
              if (server.life.isOver) return;
              const told = copyOf(value);
              note(`${to} > ${from}`, `${method} answered`, told);
              network.onAnswer(to, method, told);
              answer(() => resolve(copyOf(told) as T));
            },
            (error: unknown) => {
              if (!server.life.isOver) answer(() => reject(error));
            },
          );
        });
      }),
  };
  return network;
}

/** A deep copy: plain objects, arrays, bytes and primitives, as if written to a wire and read back. */
export function copyOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Uint8Array) return Buffer.from(value);
  if (Array.isArray(value)) return value.map(copyOf);
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copy[key] = copyOf((value as Record<string, unknown>)[key]);
  return copy;
}

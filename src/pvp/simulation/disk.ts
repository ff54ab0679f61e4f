import type { Random } from './random.js';
import type { Life, VirtualTime } from './time.js';
import type { Note } from './trace.js';

/** What may be wrong with a disk, or with the database server on it. */
export interface DiskTrouble {
  /** Times slower. */
  slow: number;
  /** Writes are refused. */
  full: boolean;
  /** Nothing is answered but an error: the server is away. */
  down: boolean;
  /** How often a write that was done is answered with an error. */
  unknownRate: number;
}

/**
 * A database as its client sees it: each call takes time on its way there, is done at one moment, and takes time to be
 * answered. What is under way when the client dies may still be done, or not; what is done is durable. So a process
 * sees what was synced, and a crash loses what was not.
 */
export interface Disk {
  readonly trouble: DiskTrouble;
  read<T>(life: Life, what: string, operation: () => Promise<T>): Promise<T>;
  write<T>(life: Life, what: string, operation: () => Promise<T>): Promise<T>;
}

export class DiskError extends Error {
  override readonly name = 'DiskError';
}

const DELAY_MS = 2;
/** How often a write that was under way when its client died is done nevertheless. */
const LANDS_RATE = 0.5;

/** `note` is told of each write at the moment it is done. */
export function createDisk(time: VirtualTime, random: Random, note: Note): Disk {
  const trouble: DiskTrouble = { slow: 1, full: false, down: false, unknownRate: 0 };
  const delay = (): number => random.next() * DELAY_MS * trouble.slow;

  const call = <T>(life: Life, isWrite: boolean, what: string, operation: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      // What a dead process does reaches nobody.
      if (life.isOver) return;
      time.after(delay(), () => {
        if (life.isOver && !(isWrite && random.chance(LANDS_RATE))) return;
        const isRefused = trouble.down || (isWrite && trouble.full);
        if (isWrite) note(what, isRefused ? 'refused' : 'done');
        const outcome = isRefused ? Promise.reject(new DiskError(`${what}: refused`)) : operation();
        // Whether anybody is left to hear of it is decided when the answer arrives.
        outcome.catch(() => undefined);
        const isLost = isWrite && !isRefused && random.chance(trouble.unknownRate);
        time.after(delay(), () => {
          if (life.isOver) return;
          if (isLost || (trouble.down && !isRefused)) reject(new DiskError(`${what}: connection lost`));
          else outcome.then(resolve, reject);
        });
      });
    });
  return {
    trouble,
    read: (life, what, operation) => call(life, false, what, operation),
    write: (life, what, operation) => call(life, true, what, operation),
  };
}

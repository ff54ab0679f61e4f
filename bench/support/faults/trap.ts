/** When in the life of a request a trap closes: nothing of it has been passed on, or its answer has come back. */
export type Moment = 'before' | 'after';

/** What a trap caught: it stays where it is until somebody lets it go on, or its connection ends. */
export interface Caught<T> {
  readonly item: T;
  /** The other side answered with a fault; only known `after`. */
  readonly failed: boolean;
  /** Passes on what was held; does nothing when the connection is gone. */
  release(): void;
  /** Ends the connection: nobody ever sees what was held. */
  drop(): void;
}

/** A trap that was set. It closes once. */
export interface Trap<T> {
  readonly caught: Promise<Caught<T>>;
  /** Takes the trap away; what it holds already goes on. `caught` then stays open for ever. */
  disarm(): void;
}

export interface SetTrap<T> {
  readonly moment: Moment;
  close(item: T, failed: boolean, way: { readonly goOn: () => void; readonly end: () => void }): void;
}

/** Traps of a proxy, looked at for each request that passes. */
export interface Traps<T> {
  /** Closes on the `nth` request that matches, counted from now. */
  arm(matches: (item: T) => boolean, moment: Moment, nth?: number): Trap<T>;
  /** The trap that this request falls into. */
  of(item: T): SetTrap<T> | undefined;
}

interface Armed<T> extends SetTrap<T> {
  readonly matches: (item: T) => boolean;
  left: number;
}

export function createTraps<T>(): Traps<T> {
  const armed = new Set<Armed<T>>();
  return {
    arm(matches, moment, nth = 1) {
      let tell: (caught: Caught<T>) => void = () => undefined;
      let release = (): void => undefined;
      const caught = new Promise<Caught<T>>((resolve) => {
        tell = resolve;
      });
      const trap: Armed<T> = {
        moment,
        matches,
        left: nth,
        close(item, failed, { goOn, end }) {
          let isOpen = true;
          const once = (act: () => void) => (): void => {
            if (isOpen) act();
            isOpen = false;
          };
          release = once(goOn);
          tell({ item, failed, release, drop: once(end) });
        },
      };
      armed.add(trap);
      return {
        caught,
        disarm: () => {
          armed.delete(trap);
          release();
        },
      };
    },
    of(item) {
      for (const trap of armed) {
        if (!trap.matches(item)) continue;
        trap.left -= 1;
        if (trap.left > 0) continue;
        armed.delete(trap);
        return trap;
      }
      return undefined;
    },
  };
}

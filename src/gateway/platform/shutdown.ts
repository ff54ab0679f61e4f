/** Ends what a process started, in reverse order, once. */
export interface Shutdown {
  /** Registers how to end something that has just been started. Awaited; one that fails doesn't keep the others. */
  onStop(name: string, stop: () => Promise<void> | void): void;
  /** Ends everything; later calls get the same promise. Resolves to the names that failed or took too long. */
  stop(): Promise<readonly string[]>;
}

/** `report` is told of each stop that failed or didn't end within `eachMaxMs`; the next one goes on. */
export function createShutdown(options: {
  readonly eachMaxMs: number;
  readonly report: (name: string, reason: unknown) => void;
}): Shutdown {
  const stops: { readonly name: string; readonly stop: () => Promise<void> | void }[] = [];
  let stopping: Promise<readonly string[]> | undefined;

  const stopAll = async (): Promise<readonly string[]> => {
    const failed: string[] = [];
    for (let item = stops.pop(); item !== undefined; item = stops.pop()) {
      const { name, stop } = item;
      try {
        await within(options.eachMaxMs, async () => stop());
      } catch (error) {
        failed.push(name);
        options.report(name, error);
      }
    }
    return failed;
  };

  return {
    onStop: (name, stop) => {
      stops.push({ name, stop });
    },
    stop: () => {
      stopping ??= stopAll();
      return stopping;
    },
  };
}

async function within(maxMs: number, action: () => Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`did not end within ${maxMs} ms`)), maxMs);
  });
  try {
    await Promise.race([action(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Ends the process on SIGINT, SIGTERM or SIGHUP after `shutdown`: exit code 0, or 1 when something didn't end well.
 * A second signal of a person's, more than a second later, ends it at once with 130; npm and a terminal may both
 * deliver the first, so an immediate second one is the same request.
 */
export function exitOnSignals(shutdown: Shutdown, exit: (code: number) => void = process.exit): void {
  let firstAt: number | undefined;
  const handle = (): void => {
    if (firstAt !== undefined) {
      if (performance.now() - firstAt > SAME_REQUEST_MS) exit(FORCED);
      return;
    }
    firstAt = performance.now();
    void shutdown.stop().then((failed) => exit(failed.length === 0 ? 0 : 1));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle);
}

const SAME_REQUEST_MS = 1_000;
const FORCED = 130;

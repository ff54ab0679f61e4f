/** Which blocks of the code ran, by V8's own block coverage through the inspector: nothing is instrumented. */
import { type Profiler, Session } from 'node:inspector';

export interface Coverage {
  /** Blocks that ran for the first time since the last call. */
  newBlocks(): number;
  /** Blocks that ran at all. */
  total(): number;
  stop(): void;
}

type Answer = Profiler.TakePreciseCoverageReturnType;

/** Ranges lie in each other like brackets; the innermost says whether a character ran. Answers the ranges that ran. */
const rangesRun = (ranges: readonly Profiler.CoverageRange[]): [number, number][] => {
  const sorted = ranges.toSorted((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
  const run: [number, number][] = [];
  const open: Profiler.CoverageRange[] = [];
  let at = 0;
  const upTo = (end: number): void => {
    const inner = open.at(-1);
    if (inner !== undefined && inner.count > 0 && end > at) run.push([at, end]);
    at = end;
  };
  const close = (before: number): void => {
    for (let inner = open.at(-1); inner !== undefined && inner.endOffset <= before; inner = open.at(-1)) {
      upTo(inner.endOffset);
      open.pop();
    }
  };
  for (const range of sorted) {
    close(range.startOffset);
    upTo(range.startOffset);
    open.push(range);
  }
  close(Number.POSITIVE_INFINITY);
  return run;
};

/** Watches the scripts whose address holds `part`. One at a time in a process: V8 counts once. */
export const watchCoverage = (part: string): Coverage => {
  const session = new Session();
  session.connect();
  const post = (method: 'Profiler.enable' | 'Profiler.stopPreciseCoverage' | 'Profiler.disable'): void =>
    session.post(method);
  post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  /** Characters that ran, by script. */
  const seen = new Map<string, Uint8Array>();
  let total = 0;

  const take = (): Answer['result'] => {
    let answer: Answer | undefined;
    // The session is in this thread: it answers before `post` returns.
    session.post('Profiler.takePreciseCoverage', (error, result) => {
      if (error !== null) throw error;
      answer = result;
    });
    return answer?.result ?? [];
  };

  const merge = (url: string, run: readonly (readonly [number, number])[]): number => {
    const length = run.reduce((most, [, end]) => Math.max(most, end), 0);
    let known = seen.get(url);
    if (known === undefined || known.length < length) {
      const larger = new Uint8Array(length);
      if (known !== undefined) larger.set(known);
      seen.set(url, larger);
      known = larger;
    }
    let fresh = 0;
    for (const [start, end] of run) {
      const first = known.indexOf(0, start);
      if (first < 0 || first >= end) continue;
      known.fill(1, start, end);
      fresh += 1;
    }
    return fresh;
  };

  return {
    newBlocks: () => {
      let fresh = 0;
      for (const { url, functions } of take())
        if (url.includes(part)) fresh += merge(url, rangesRun(functions.flatMap(({ ranges }) => ranges)));
      total += fresh;
      return fresh;
    },
    total: () => total,
    stop: () => {
      post('Profiler.stopPreciseCoverage');
      post('Profiler.disable');
      session.disconnect();
    },
  };
};

/** Running the cells of the matrix, and judging what they leave. */
import { type Banks, createBanks } from './banks.js';
import { type Cell, type CellResult, runCell } from './cell.js';
import { type NamedCell, timesOf } from './matrix.js';
import { openSite, type Site } from './site.js';

export interface Finished {
  readonly cell: NamedCell;
  readonly result: CellResult;
  readonly ms: number;
}

export interface MatrixOptions {
  /** Sites at once. */
  readonly workers: number;
  readonly template: string;
  readonly tell: (finished: Finished, left: number) => void;
}

/** A site is used for so many cells; what they left is judged after each. */
const CELLS_PER_SITE = 60;

/** Runs the cells, in no particular order; answers them in theirs. */
export async function runMatrix(cells: readonly NamedCell[], options: MatrixOptions): Promise<Finished[]> {
  const queue = [...cells].sort((a, b) => timesOf(b).voteMs - timesOf(a).voteMs);
  const finished = new Map<NamedCell, Finished>();
  const work = async (): Promise<void> => {
    for (;;) {
      const first = queue[0];
      if (!first) return;
      const times = timesOf(first);
      const site = await openSite(options.template, times);
      try {
        const banks = await createBanks(site);
        let last: Finished | undefined;
        for (let count = 0; count < CELLS_PER_SITE && !last?.result.problems.length; count += 1) {
          const cell = queue[0];
          if (!cell || timesOf(cell) !== times) break;
          queue.shift();
          const from = performance.now();
          const result = await judged(site, banks, cell);
          last = { cell, result, ms: Math.round(performance.now() - from) };
          finished.set(cell, last);
          options.tell(last, queue.length);
        }
        const found = await site.verify();
        if (last && found.length > 0) {
          last = { ...last, result: { ...last.result, problems: [...last.result.problems, ...found] } };
          finished.set(last.cell, last);
          options.tell(last, queue.length);
        }
        banks.close();
      } finally {
        await site.close('abandon');
      }
    }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  return cells.flatMap((cell) => finished.get(cell) ?? []);
}

async function judged(site: Site, banks: Banks, cell: Cell): Promise<CellResult> {
  const result = await runCell(site, banks, cell);
  const found = await banks.audit().catch((error: unknown) => [{ kind: 'stuck', text: String(error) }]);
  const unlisted = site.unlisted().map((what) => `a write that no cell stops at: ${what}`);
  const problems = [...result.problems, ...unlisted, ...found.map(({ kind, text }) => `${kind}: ${text}`)];
  return problems.length > 0 ? { ...result, problems: [...problems, site.output()] } : result;
}

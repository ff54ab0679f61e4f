/** The cells of the matrix, and running them. */

import { type Banks, createBanks } from './banks.js';
import type { Cell, CellResult, Fault } from './cell.js';
import { runCell } from './cell.js';
import { KILL_POINTS, type KillPoint } from './points.js';
import type { ServerEnd } from './servers.js';
import {
  type LinkName,
  openSite,
  PARTIES,
  type Site,
  type SiteTimes,
  serverVictim,
  VICTIMS,
  type Victim,
} from './site.js';
import type { Moment } from './trap.js';

/** Links that break together, by the name of what they cut off. */
export const PARTITIONS: Readonly<Record<string, readonly LinkName[]>> = {
  'KZ–CN': ['KZ-CN', 'CN-KZ'],
  'gateway–KZ': ['gateway-KZ'],
  'gateway–CN': ['gateway-CN'],
  'all–KZ': ['gateway-KZ', 'CN-KZ', 'KZ-CN'],
  'all–CN': ['gateway-CN', 'KZ-CN', 'CN-KZ'],
};

export interface NamedCell extends Cell {
  readonly id: string;
  /** What dies or is cut off, as the tables name it. */
  readonly column: string;
}

const MOMENTS: readonly Moment[] = ['before', 'after'];
/** Deadlines as they are by default, and some that pass soon. Milliseconds. */
const USUAL: SiteTimes = { prepareMs: 4_000, voteMs: 8_000, lapseMs: 4_000 };
const SHORT: SiteTimes = { prepareMs: 2_000, voteMs: 2_500, lapseMs: 500 };

const named = (column: string, cell: Cell): NamedCell => ({
  ...cell,
  column,
  id: `${cell.point.path}, ${cell.moment} ${cell.point.id}: ${nameOf(cell.fault, column)}, ${cell.heals}`,
});
const nameOf = (fault: Fault, column: string): string =>
  fault.kind === 'dies' ? `${column} dies (${fault.how})` : `${column} ${fault.state}`;

/** A process ends in one way; a server is killed before a write and stopped at once after it. */
const endOf = (victim: Victim, moment: Moment): ServerEnd =>
  moment === 'before' || PARTIES.some((party) => party === victim) ? 'kill' : 'immediate';

const kills = (heals: Cell['heals'], points: readonly KillPoint[], victims: (point: KillPoint) => readonly Victim[]) =>
  points.flatMap((point) =>
    MOMENTS.flatMap((moment) =>
      victims(point).map((victim) =>
        named(victim, { point, moment, heals, fault: { kind: 'dies', victim, how: endOf(victim, moment) } }),
      ),
    ),
  );

/** Everybody at each write of the way to settlement, and at each tombstone and release; else who takes part in it. */
const victimsAt = ({ path, id, role }: KillPoint): readonly Victim[] =>
  path === 'settles' || /^P[24] /.test(id) ? VICTIMS : [...PARTIES, serverVictim(role)];

const onTheWay = KILL_POINTS.filter(({ steps }) => steps && steps[1] !== 'S0' && steps[1] !== 'end');

const partitions = onTheWay.flatMap((point) =>
  Object.entries(PARTITIONS).flatMap(([column, links]) =>
    (['cut', 'silent'] as const).map((state) =>
      named(column, { point, moment: 'after', heals: 'late', fault: { kind: 'partition', links, state } }),
    ),
  ),
);

/** Every cell: all points, healed at once; the way to settlement again, healed late; partitions. */
export const MATRIX: readonly NamedCell[] = [
  ...kills('at once', KILL_POINTS, victimsAt),
  ...kills('late', onTheWay, () => PARTIES),
  ...partitions,
];

/** A cell of each kind, for every run of the tests. */
const SHORT_IDS: readonly string[] = [
  'settles, after accept: gateway dies (kill), at once',
  'settles, after P1 KZ: ledger-kz dies (immediate), at once',
  'settles, before P5 COMMIT CN: CN dies (kill), at once',
  'settles, after P5 COMMIT KZ: signer-kz dies (immediate), at once',
  'settles, before P6 CN: gateway-db dies (kill), at once',
  'settles, after closed: gateway dies (kill), at once',
  'no funds, before P2 KZ: KZ dies (kill), at once',
  'blocked, before P4 KZ: ledger-kz dies (kill), at once',
  'settles, after P5 COMMIT CN: gateway dies (kill), late',
  'settles, after P5 COMMIT CN: KZ dies (kill), late',
  'settles, after P5 COMMIT KZ: all–KZ cut, late',
];
export const SHORT_MATRIX: readonly NamedCell[] = SHORT_IDS.map((id) => {
  const cell = MATRIX.find((one) => one.id === id);
  if (!cell) throw new Error(`there is no cell ${id}`);
  return cell;
});

const timesOf = (cell: Cell): SiteTimes => (cell.heals === 'late' || cell.point.path === 'too late' ? SHORT : USUAL);

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

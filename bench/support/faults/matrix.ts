/** The cells of the matrix. */
import type { Cell, Fault } from './cell.js';
import { type LinkName, PARTIES, type SiteTimes, serverVictim, VICTIMS, type Victim } from './parties.js';
import { KILL_POINTS, type KillPoint } from './points.js';
import type { ServerEnd } from './servers.js';
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

/** The deadlines that a cell's site has. */
export const timesOf = (cell: Cell): SiteTimes =>
  cell.heals === 'late' || cell.point.path === 'too late' ? SHORT : USUAL;

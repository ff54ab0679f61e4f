/** What a run of the matrix recorded, and the page that shows it. */

import { stepOf } from './expectations.js';
import type { Look } from './look.pg.js';
import { MATRIX, PARTITIONS } from './matrix.js';
import { VICTIMS } from './parties.js';
import type { Finished } from './run-matrix.js';

/** One cell as it is kept. */
export interface Recorded {
  readonly id: string;
  readonly path: string;
  readonly point: string;
  readonly moment: string;
  /** How far the payment was; null where it does not settle by itself. */
  readonly step: string | null;
  /** What died or was cut off. */
  readonly column: string;
  readonly heals: string;
  readonly outcome: string | null;
  /** Legs of payer and payee just before a late healing. */
  readonly meanwhile: string | null;
  readonly isGood: boolean;
}

const legOf = ({ hold, vote }: Look['kz']): string =>
  hold === 'HELD' && vote === 'COMMIT' ? 'in doubt' : hold === null ? 'none' : hold;

export const record = ({ cell, result }: Finished): Recorded => ({
  id: cell.id,
  path: cell.point.path,
  point: cell.point.id,
  moment: cell.moment,
  step: stepOf(cell),
  column: cell.column,
  heals: cell.heals,
  outcome: result.outcome,
  meanwhile: result.meanwhile && `${legOf(result.meanwhile.kz)} / ${legOf(result.meanwhile.cn)}`,
  isGood: result.problems.length === 0,
});

const STEPS: readonly (readonly [string, string])[] = [
  ['S0', 'not accepted'],
  ['S1', 'accepted, nothing sent'],
  ['S2', 'the payer’s side holds'],
  ['S3', 'both hold'],
  ['S4', 'the payee’s side signed COMMIT'],
  ['S5', 'both signed, none applied'],
  ['S6', 'the payer’s side settled'],
  ['S7', 'both settled, not reported'],
  ['end', 'reported'],
];

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');

/** Outcomes with how often each was seen, the most frequent first; `–` where there is no such cell. */
function tally(cells: readonly Recorded[], of: (cell: Recorded) => string | null): string {
  const counts = new Map<string, number>();
  for (const cell of cells) {
    const seen = cell.isGood ? (of(cell) ?? 'open') : 'FAILED';
    counts.set(seen, (counts.get(seen) ?? 0) + 1);
  }
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return sorted.map(([seen, count]) => `${seen} ${count}`).join(', ') || '–';
}

function steps(cells: readonly Recorded[], columns: readonly string[], of: (cell: Recorded) => string | null): string {
  const rows = STEPS.flatMap(([step, meaning]) => {
    const here = cells.filter((cell) => cell.step === step);
    if (here.length === 0) return [];
    return [
      [
        `${step} ${meaning}`,
        ...columns.map((column) =>
          tally(
            here.filter((c) => c.column === column),
            of,
          ),
        ),
      ],
    ];
  });
  return table(['', ...columns], rows);
}

function points(cells: readonly Recorded[], path: string): string {
  const here = cells.filter((cell) => cell.path === path && cell.heals === 'at once');
  const names = [...new Set(here.map(({ point, moment }) => `${moment} ${point}`))];
  const rows = names.map((name) => {
    const row = here.filter(({ point, moment }) => `${moment} ${point}` === name);
    return [
      name,
      ...VICTIMS.map((victim) =>
        tally(
          row.filter((c) => c.column === victim),
          ({ outcome }) => outcome,
        ),
      ),
    ];
  });
  return table(['', ...VICTIMS], rows);
}

const outcomeOf = ({ outcome }: Recorded): string | null => outcome;
const lateOf = ({ meanwhile, outcome }: Recorded): string => `${meanwhile} → ${outcome}`;

/** The record as a file: a cell a line, in JSON. */
export const asFile = (cells: readonly Recorded[]): string => cells.map((one) => `${JSON.stringify(one)}\n`).join('');
export const fromFile = (text: string): Recorded[] =>
  text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as Recorded]));

/** The page; the same record gives the same page. */
export function page(cells: readonly Recorded[]): string {
  const settles = cells.filter(({ path }) => path === 'settles');
  const late = settles.filter(({ heals }) => heals === 'late');
  const partitions = Object.keys(PARTITIONS);
  const failures = cells.filter(({ isGood }) => !isGood).length;
  return `# Fault matrix

What \`npm run kill-points -- --write\` saw: ${cells.length} of ${MATRIX.length} cells, ${failures} failures. This page is made from
\`fault-matrix.jsonl\`, its record; \`npm run kill-points -- --page\` makes it again.

Each cell is one payment KZ → CN through \`otkel gateway\`, \`otkel jurisdiction KZ\` and \`otkel jurisdiction CN\`, three
processes, and five PostgreSQL servers: the gateway's, and for each side the ledger's and the co-signer's. A proxy in
front of each server reads the wire protocol and stops the process at one write: *before* the server has seen it, or
*after* it is durable and before anybody knows. Then a process or a server dies (\`kill -9\`; a server *after* a write by
PostgreSQL's immediate stop), or links break. It heals at once, or late: when everything has come to rest that can, and
every deadline has passed. In the end both sides have settled or both have released, to the minor unit; the bank has one
final pacs.002 that says so, no hold is open, block chains and sums verify. All the while the bank was never told RJCT
without an ABORT in a journal, nor ACSC without both COMMITs.

## A party dies, and is back at once

Where both may happen the number says how often it was which.

${steps(
  settles.filter(({ heals }) => heals === 'at once'),
  VICTIMS,
  outcomeOf,
)}

## A party dies, and is back late

Legs of payer and payee while it is away → how the payment ended. A dead gateway leaves nobody waiting; a side that
signed COMMIT waits, *in doubt*, for the other side's journal.

${steps(
  late.filter(({ column }) => !partitions.includes(column)),
  ['gateway', 'KZ', 'CN'],
  lateOf,
)}

## A partition, healed late

Links are cut or fall silent. \`all–KZ\`: nobody reaches KZ.

${steps(
  late.filter(({ column }) => partitions.includes(column)),
  partitions,
  lateOf,
)}

## By write

${['settles', 'undelivered', 'no funds', 'blocked', 'too late'].map((path) => `### ${path}\n\n${points(cells, path)}`).join('\n\n')}
`;
}

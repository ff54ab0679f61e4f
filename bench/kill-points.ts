/**
 * `npm run kill-points`: every write of a payment × everything that can die there, on real PostgreSQL and real
 * processes; partitions too. The last line is a JSON object; the exit code is 0 only when `failures` is 0, 2 for wrong
 * arguments.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MATRIX, SHORT_MATRIX } from './support/faults/matrix.js';
import { asFile, fromFile, page, type Recorded, record } from './support/faults/record.js';
import { type Finished, runMatrix } from './support/faults/run-matrix.js';
import { makeTemplate } from './support/faults/site.js';
import { temporaryFolder } from './support/server.js';

const USAGE = `Usage: npm run kill-points -- [--short] [--only TEXT] [--workers N] [--write] [--missing]
                                       [--page] [--list]

  --short       a selection that takes a minute
  --only TEXT   cells whose name has this text in it
  --workers N   installations at once, default 1
  --write       keeps what is seen in docs/fault-matrix.jsonl, cell by cell, and makes docs/fault-matrix.md
  --missing     only cells that the record does not have, or has as failed
  --page        makes the page from the record, and runs nothing
  --list        names the cells, and runs nothing
`;
const RECORD = 'docs/fault-matrix.jsonl';
const PAGE = 'docs/fault-matrix.md';

function refuse(message: string): never {
  process.stderr.write(`${message}\n\n${USAGE}`);
  process.exit(2);
}

function readArguments() {
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: '1' },
    ...{ short: flag, write: flag, missing: flag, page: flag, list: flag, help: flag },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return refuse((error as Error).message);
  }
}

const values = readArguments();
if (!/^[1-9]\d?$/.test(values.workers)) refuse('--workers is a whole number of 1 to 99');

function readRecord(): Map<string, Recorded> {
  const cells = existsSync(RECORD) ? fromFile(readFileSync(RECORD, 'utf8')) : [];
  return new Map(cells.map((cell) => [cell.id, cell]));
}

function writeRecord(known: ReadonlyMap<string, Recorded>): void {
  const cells = MATRIX.flatMap(({ id }) => known.get(id) ?? []);
  writeFileSync(RECORD, asFile(cells));
  writeFileSync(PAGE, page(cells));
}

async function run(): Promise<number> {
  const known = readRecord();
  const cells = (values.short ? SHORT_MATRIX : MATRIX).filter(
    ({ id }) => id.includes(values.only) && !(values.missing && known.get(id)?.isGood),
  );
  if (values.list) {
    for (const { id } of cells) process.stdout.write(`${id}\n`);
    return 0;
  }
  const from = performance.now();
  const { path, remove } = temporaryFolder('kill-points');
  const tell = (finished: Finished, left: number): void => {
    const { cell, result, ms } = finished;
    const { outcome, problems } = result;
    known.set(cell.id, record(finished));
    if (values.write) writeRecord(known);
    process.stderr.write(`${problems.length > 0 ? 'FAILED ' : ''}${cell.id}: ${outcome} (${ms} ms, ${left} left)\n`);
    for (const problem of problems) process.stderr.write(`  ${problem}\n`);
  };
  try {
    await makeTemplate(path);
    const finished = await runMatrix(cells, { workers: Number(values.workers), template: path, tell });
    const recorded = finished.map(record);
    const failures = recorded.filter(({ isGood }) => !isGood).length;
    const seconds = Math.round((performance.now() - from) / 1000);
    process.stdout.write(`${JSON.stringify({ cells: recorded.length, failures, seconds })}\n`);
    return failures === 0 && recorded.length === cells.length ? 0 : 1;
  } finally {
    remove();
  }
}

if (values.help) process.stdout.write(USAGE);
else if (values.page) writeRecord(readRecord());
else process.exitCode = await run();

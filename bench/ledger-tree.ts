/** `npm run bench:ledger-tree`: what a page of each tree of money costs on a ledger of a million transactions. */
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../src/gateway/platform/embedded-postgres.js';
import { migrate } from '../src/gateway/platform/migrate.pg.js';
import { createPool } from '../src/gateway/platform/pool.js';
import { ledgerMigrations } from '../src/ledger/migrations/index.js';
import { entryKey } from '../src/ledger/model.js';
import type { StatementCursor } from '../src/ledger/store.js';
import { createPgStore } from '../src/ledger/store.pg.js';
import { type TreeDirection, type TreeNode, WHOLE_TREE } from '../src/ledger/tree.js';
import { temporaryFolder } from './support/server.js';
import { AGREEMENT, fillWithProject, PROJECT, type ProjectLedger } from './support/tree-ledger.js';
import { type WatchedPool, watchedPool } from './support/watched-pool.pg.js';

const { values } = parseArgs({
  options: { transactions: { type: 'string', default: '1000000' }, pages: { type: 'string', default: '50' } },
});
const options = { transactions: Number(values.transactions), pages: Number(values.pages) };
if (Object.values(options).some((value) => !Number.isInteger(value) || value < 1)) {
  process.stderr.write('options are whole numbers, at least 1\n');
  process.exit(2);
}

const LIMIT = 100;
const FRONTIER_MAX = 400;
/** The server's own work on the database is lost with the folder, so nothing of it waits for a disk. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '512MB' };

interface Page {
  readonly nodes: readonly TreeNode[];
  /** Reads the next page; null at the end. */
  readonly next: (() => Promise<Page>) | null;
}

const toTenth = (value: number): number => Math.round(value * 10) / 10;
const median = (given: readonly number[]): number => [...given].sort((a, b) => a - b)[given.length >> 1] ?? 0;

/** The first page, the pages after it, and the queries of one page with the indexes that they go by. */
async function measured(watched: WatchedPool, first: () => Promise<Page>) {
  const times: number[] = [];
  let [nodes, edges] = [0, 0];
  for (let next: Page['next'] = first; next !== null && times.length < options.pages; ) {
    const from = performance.now();
    const page = await next();
    times.push(performance.now() - from);
    nodes += page.nodes.length;
    edges += page.nodes.reduce((sum, { tokens }) => sum + tokens.length, 0);
    next = page.next;
  }
  watched.forget();
  await first();
  return {
    ...{ firstMs: toTenth(times[0]!), medianMs: toTenth(median(times)), lastMs: toTenth(times.at(-1)!) },
    ...{ pages: times.length, nodes, edges, queries: watched.queryCount(), accesses: await watched.accesses() },
  };
}

async function trees(watched: WatchedPool, { middle, deepToken, widestToken, firstToken }: ProjectLedger) {
  const store = createPgStore(watched.pool);
  const topic = (name: string, after: StatementCursor | null): (() => Promise<Page>) => {
    return async () => {
      const nodes = await store.topicTree(name, WHOLE_TREE, after, LIMIT);
      return { nodes, next: nodes.length === LIMIT ? topic(name, nodes.at(-1)!) : null };
    };
  };
  const walk = (direction: TreeDirection, frontier: readonly StatementCursor[]): (() => Promise<Page>) => {
    return async () => {
      const asked = { direction, frontier, scope: WHOLE_TREE, limit: LIMIT, frontierMax: FRONTIER_MAX };
      const page = await store.walkTree(asked);
      return { nodes: page.nodes, next: page.frontier.length > 0 ? walk(direction, page.frontier) : null };
    };
  };
  const project = entryKey('mark', PROJECT);
  const [deep, wide, issued] = await Promise.all(
    [deepToken, widestToken, firstToken].map(async (tokenId) => (await store.token(tokenId))!),
  );
  return {
    project: await measured(watched, topic(project, null)),
    projectFromTheMiddle: await measured(watched, topic(project, middle)),
    agreement: await measured(watched, topic(entryKey('agreement', AGREEMENT), null)),
    tokenBackDeep: await measured(watched, walk('back', [deep!.madeBy])),
    tokenBackWide: await measured(watched, walk('back', [wide!.madeBy])),
    tokenForward: await measured(watched, walk('forward', [issued!.spentIn!])),
  };
}

const folder = temporaryFolder('ledger-tree');
try {
  const server = await startEmbeddedPostgres({ folder: folder.path, settings: SETTINGS });
  await server.createDatabases(['ledger']);
  const pool = createPool(server.url('ledger'), { max: 4 });
  try {
    await migrate(pool, ledgerMigrations);
    const from = performance.now();
    const filled = await fillWithProject(createPgStore(pool), options.transactions, (done) =>
      process.stderr.write(`${done} transactions\n`),
    );
    const filledSeconds = Math.round((performance.now() - from) / 1000);
    await pool.query('VACUUM ANALYZE');
    const { transactions, blocks } = filled;
    const found = await trees(watchedPool(pool), filled);
    process.stdout.write(`${JSON.stringify({ transactions, blocks, filledSeconds, limit: LIMIT, trees: found })}\n`);
  } finally {
    await pool.end();
    await server.stop();
  }
} finally {
  folder.remove();
}

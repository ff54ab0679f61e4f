/** Blocks of random wallets on a large ledger and on an empty one, in turn, in one server. */
import type { Pool } from 'pg';
import { startEmbeddedPostgres } from '../../src/gateway/platform/embedded-postgres.js';
import { migrate } from '../../src/gateway/platform/migrate.pg.js';
import { createPool } from '../../src/gateway/platform/pool.js';
import type { Bic, LedgerCode, WalletId } from '../../src/kernel/ids.js';
import { invariant } from '../../src/kernel/result.js';
import { createSigner } from '../../src/kernel/suites.js';
import { ledgerMigrations } from '../../src/ledger/migrations/index.js';
import { createNotary } from '../../src/ledger/notary.js';
import { createOracle } from '../../src/ledger/oracle.js';
import { createLedgerReads } from '../../src/ledger/reads.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import type { LedgerCommand } from '../../src/ledger/types.js';
import { createLedger, type LedgerOptions, type LedgerWriter } from '../../src/ledger/writer.js';
import { type Filled, fillLedger, type Pile, SMALL_MINOR, walletName } from './big-ledger.pg.js';
import { createDice, type Dice } from './dice.js';
import { databaseUse, relationSizes, warm } from './ledger-use.pg.js';
import { accessesOf, recordStatements, WHOLE } from './plans.pg.js';
import { temporaryFolder } from './server.js';

export interface LedgerScaleOptions {
  readonly transactions: number;
  readonly wallets: number;
  /** Pairs of blocks measured of each size on each ledger. */
  readonly rounds: number;
  /** Small tokens of a wallet whose payments are measured, and of its pocket of marked money. */
  readonly pile: number;
  readonly seed: number;
  readonly progress: (text: string) => void;
}

const IDENTITY = { code: 'KZ' as LedgerCode, currency: 'KZT' };
const NOTARY = createSigner('kz-notary-1', 'ed25519', new Uint8Array(32).fill(7));
const CONFIRMER = createSigner('kz-oracle-1', 'ed25519', new Uint8Array(32).fill(8));
const CLOCK = { now: Date.now };
const BY = 'TRSYKZ20' as Bic;
const MARK_ID = 'pile';
const BLOCK_SIZES = [100, 256];
const WARMUP_ROUNDS = 5;
/** The sums of all tokens are added up at the end. */
const AUDIT_MAX_MS = 900_000;
/** A table that a statement may read as a whole. */
const SMALL_TABLE_ROWS = 10_000;
/** Wallets of the empty ledger: more than are paid from before the first comes again. */
const EMPTY_WALLETS_MAX = 50_000;
const SMALL = 'kz-w-small' as WalletId;
const LOADED = 'kz-w-small-under-load' as WalletId;
const MARKED = 'kz-w-small-marked' as WalletId;
const NORMAL_MARKED = 'kz-w-normal-marked' as WalletId;
/** A payee of marked money; what it gets is of another level. */
const MARKED_PAYEE = 'kz-w-marked-payee' as WalletId;
const NORMAL_TOKENS = 4;
const AMOUNT_MINOR = 10n;
const BETWEEN_TWO = { debitWallet: walletName(1), creditWallet: walletName(2) };
const DATA = new Uint8Array(900).fill(1);
const EVIDENCE = new Uint8Array(1100).fill(2);
const CONDITION_HASH = new Uint8Array(32).fill(3);

/** Settings of the server while it is filled: what is lost then is thrown away. */
const FILLING = {
  ...{ fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' },
  ...{ wal_level: 'minimal', max_wal_senders: '0', max_wal_size: '8GB', shared_buffers: '1GB' },
};

export async function ledgerScale(options: LedgerScaleOptions) {
  const folder = temporaryFolder('ledger-scale');
  try {
    const filled = await filledDatabases(folder.path, options);
    options.progress(`filled: ${JSON.stringify(filled)}`);
    const dice = createDice(options.seed);
    const betweenCheckpoints = await onServer(folder.path, { full_page_writes: 'off' }, (empty, big) =>
      inTurn(empty, big, dice, options),
    );
    const rest = await onServer(folder.path, {}, (empty, big) => measured(empty, big, dice, options));
    const { afterCheckpoint, ...others } = rest;
    const blocks = { betweenCheckpoints, afterCheckpoint, how: CHECKPOINTS };
    return { ...options, generated: { ...filled.big, how: SYNTHESISED }, blocks, ...others };
  } finally {
    folder.remove();
  }
}

const SYNTHESISED =
  'Written by SQL, not by commands: wallets, tokens, holds, transactions, blocks. Sums, supply, unspent tokens and head ' +
  'agree; transaction bodies, ids, Merkle roots and signatures are bytes of the right length that no audit would accept.';

const CHECKPOINTS =
  'The first change of a page after a checkpoint puts all of it into the log. On a large ledger that is nearly every page ' +
  'of a short run (afterCheckpoint), and a small part of a long one: betweenCheckpoints leaves these images out.';

async function onServer<T>(
  folder: string,
  settings: Readonly<Record<string, string>>,
  work: (empty: Pool, big: Pool) => Promise<T>,
): Promise<T> {
  const server = await startEmbeddedPostgres({ folder, settings });
  const open = (name: string) => createPool(server.url(name), { max: 4, statementTimeoutMs: AUDIT_MAX_MS });
  const [empty, big] = [open('empty'), open('big')];
  try {
    await warm(big);
    await warm(empty);
    return await work(empty, big);
  } finally {
    await Promise.all([empty.end(), big.end()]);
    await server.stop();
  }
}

async function filledDatabases(folder: string, options: LedgerScaleOptions): Promise<Record<'empty' | 'big', Filled>> {
  const server = await startEmbeddedPostgres({ folder, settings: FILLING });
  try {
    await server.createDatabases(['empty', 'big']);
    const fill = async (name: string, wallets: number, perWallet: number): Promise<Filled> => {
      const pool = createPool(server.url(name), { max: 4 });
      try {
        await migrate(pool, ledgerMigrations);
        await prepare(pool);
        return await fillLedger(pool, { wallets, perWallet, piles: perWallet === 1 ? [] : pilesOf(options.pile) });
      } finally {
        await pool.end();
      }
    };
    const perWallet = Math.max(2, Math.round(options.transactions / options.wallets));
    return {
      empty: await fill('empty', Math.min(options.wallets, EMPTY_WALLETS_MAX), 1),
      big: await fill('big', options.wallets, perWallet),
    };
  } finally {
    await server.stop();
  }
}

const pilesOf = (tokens: number): Pile[] => [
  { walletId: SMALL, markId: null, tokens },
  { walletId: LOADED, markId: null, tokens },
  { walletId: MARKED, markId: MARK_ID, tokens },
  { walletId: NORMAL_MARKED, markId: MARK_ID, tokens: NORMAL_TOKENS },
];

/** What a ledger has before it is filled: the wallets that get many small tokens, and a mark. */
async function prepare(pool: Pool): Promise<void> {
  const ledger = await openLedger(pool);
  const walletIds = [...pilesOf(0).map(({ walletId }) => walletId), MARKED_PAYEE];
  const wallets = walletIds.map((walletId): LedgerCommand => {
    return { kind: 'openWallet', wallet: { walletId, kind: 'treasury', ownerBic: BY } };
  });
  const rule = { by: 'addresses', levels: [[MARKED_PAYEE]] } as const;
  await apply(ledger, [...wallets, { kind: 'registerMark', by: BY, markId: MARK_ID, crossBorder: false, rule }]);
}

function openLedger(pool: Pool, more: Partial<LedgerOptions> = {}): Promise<LedgerWriter> {
  const store = createPgStore(pool);
  return createLedger({
    ...{ store, ...IDENTITY, clock: CLOCK, accountKey: new Uint8Array(32).fill(9) },
    notary: (start) => createNotary(IDENTITY, NOTARY, start),
    oracle: createOracle({ ledger: IDENTITY, store, signer: CONFIRMER, clock: CLOCK }),
    ...more,
  });
}

/** Submits in one tick, so that the commands share a block; answers the milliseconds until all are answered. */
async function apply(ledger: LedgerWriter, commands: readonly LedgerCommand[]): Promise<number> {
  const from = performance.now();
  const results = await Promise.all(commands.map((command) => ledger.submit(command)));
  const ms = performance.now() - from;
  for (const result of results) invariant(result.ok, 'every command of the load is carried out');
  return ms;
}

async function inTurn(emptyPool: Pool, bigPool: Pool, dice: Dice, options: LedgerScaleOptions) {
  const empty = scene(emptyPool, await openLedger(emptyPool), Math.min(options.wallets, EMPTY_WALLETS_MAX), dice);
  const big = scene(bigPool, await openLedger(bigPool), options.wallets, dice);
  const blocks: Record<string, Awaited<ReturnType<typeof compared>>> = {};
  for (const size of BLOCK_SIZES) {
    blocks[`of${size}`] = await compared(empty, big, size, options.rounds);
    options.progress(`blocks of ${size}: ${JSON.stringify(blocks[`of${size}`])}`);
  }
  return blocks;
}

async function measured(emptyPool: Pool, bigPool: Pool, dice: Dice, options: LedgerScaleOptions) {
  const statements = recordStatements(bigPool);
  const start = await timedOpen(bigPool);
  options.progress(`opened: ${JSON.stringify(start)}`);
  const afterCheckpoint = await inTurn(emptyPool, bigPool, dice, options);
  const manySmallTokens = await piles(bigPool, dice, options);
  const paid = await openLedger(bigPool);
  await apply(paid, [{ kind: 'transfer', reference: dice.uuid(), ...BETWEEN_TWO, amountMinor: AMOUNT_MINOR }]);
  await readOnce(bigPool);
  const accesses = await accessesOf(bigPool, statements);
  const relations = await relationSizes(bigPool);
  const isLarge = (table: string) => (relations[table]?.rows ?? 0) > SMALL_TABLE_ROWS;
  const readsWhole = Object.entries(accesses).flatMap(([name, found]) =>
    found
      .filter((access) => access.startsWith(WHOLE) && isLarge(access.slice(WHOLE.length)))
      .map((access) => `${name}: ${access}`),
  );
  const { agrees } = await createLedgerReads(createPgStore(bigPool)).audit();
  return { afterCheckpoint, start, manySmallTokens, readsWhole, agrees, relations, accesses };
}

/** Reads that no block needs: sweeps, recovery, and what people look at. */
async function readOnce(pool: Pool): Promise<void> {
  const store = createPgStore(pool);
  const walletId = BETWEEN_TWO.debitWallet;
  const [posted] = await store.statement(walletId, null, 20);
  await store.transaction(posted!.transactionId);
  await store.openHolds('pvp', null, 100);
  await store.dueEntries('event', Date.now(), 100);
  await store.entriesOf('mark', null, null, 100);
  await store.entriesOf('mark', BY, null, 100);
  await store.pocketsOf(MARKED, null, 100);
  await store.pocketsOfMark(MARK_ID, null, 100);
  await store.topic(`mark:${MARK_ID}`, null, 100);
  await store.walletsOf(BY, null, 100);
  await store.settlementWallet(BY);
  await store.supplyAt(posted!.blockSequence);
  await store.blocks(posted!.blockSequence, 10);
  await store.blockTransactions(posted!.blockSequence);
}

async function timedOpen(pool: Pool) {
  const before = heapBytes();
  const cpu = process.cpuUsage();
  const from = performance.now();
  const ledger = await openLedger(pool);
  const ms = round(performance.now() - from);
  const used = process.cpuUsage(cpu);
  const bytes = heapBytes() - before;
  await ledger.idle();
  return { ms, cpuMs: round((used.user + used.system) / 1000), megabytes: round(bytes / 2 ** 20) };
}

function heapBytes(): number {
  // What a first collection only finds to be unused, a second one frees.
  for (let n = 0; n < 2; n += 1) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** A ledger under load. Nobody pays twice before everybody did, so that the writer remembers none of them. */
function scene(pool: Pool, ledger: LedgerWriter, wallets: number, dice: Dice) {
  let next = dice.below(wallets);
  const step = stepOf(wallets, dice);
  const wallet = (): WalletId => {
    next = (next + step) % wallets;
    return walletName(next);
  };
  const transfer = (): LedgerCommand => {
    const [debitWallet, creditWallet] = [wallet(), wallet()];
    return { kind: 'transfer', reference: dice.uuid(), debitWallet, creditWallet, amountMinor: AMOUNT_MINOR };
  };
  const hold = (): Extract<LedgerCommand, { kind: 'placeHold' }> => ({
    ...{ kind: 'placeHold', conditionKind: 'pvp', conditionRef: dice.uuid(), conditionHash: CONDITION_HASH },
    ...{ debitWallet: wallet(), creditWallet: wallet(), mark: null, amountMinor: AMOUNT_MINOR },
    ...{ lapseAt: Date.now() + 12_000, data: DATA },
  });
  const many = <T>(count: number, one: () => T): T[] => Array.from({ length: count }, one);
  return {
    pool,
    ledger,
    /** A block of holds and transfers, and one that settles the holds beside other transfers. */
    async twoBlocks(size: number): Promise<number[]> {
      const holds = many(size >> 1, hold);
      const first = await apply(ledger, [...holds, ...many(size - holds.length, transfer)]);
      const settles = holds.map(({ conditionRef, conditionHash }): LedgerCommand => {
        return { kind: 'settleHold', conditionRef, conditionHash, evidence: EVIDENCE };
      });
      return [first, await apply(ledger, [...settles, ...many(size - holds.length, transfer)])];
    },
  };
}
type Scene = ReturnType<typeof scene>;

/** A step through all numbers below `count` that leaves none out. */
function stepOf(count: number, dice: Dice): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));
  for (;;) {
    const step = 1 + dice.below(count - 1);
    if (divisor(step, count) === 1) return step;
  }
}

async function compared(empty: Scene, big: Scene, size: number, rounds: number) {
  const ms = new Map<Scene, number[]>([empty, big].map((one) => [one, []]));
  for (const one of [empty, big])
    for (let n = 0; n < Math.min(WARMUP_ROUNDS, rounds); n += 1) await one.twoBlocks(size);
  const before = new Map(
    await Promise.all([empty, big].map(async (one) => [one, await databaseUse(one.pool)] as const)),
  );
  const wal = new Map<Scene, number>();
  const own = new Map<Scene, number>();
  for (let n = 0; n < rounds; n += 1) {
    for (const one of n % 2 === 0 ? [empty, big] : [big, empty]) {
      const from = await databaseUse(one.pool);
      const cpu = process.cpuUsage();
      ms.get(one)!.push(...(await one.twoBlocks(size)));
      const used = process.cpuUsage(cpu);
      own.set(one, (own.get(one) ?? 0) + (used.user + used.system) / 1_000);
      wal.set(one, (wal.get(one) ?? 0) + (await databaseUse(one.pool)).wal - from.wal);
    }
  }
  const figures = async (one: Scene) => {
    const [from, to] = [before.get(one)!, await databaseUse(one.pool)];
    const per = (value: number) => round(value / (2 * rounds));
    return {
      ...{ medianMs: round(quantile(ms.get(one)!, 0.5)), p95Ms: round(quantile(ms.get(one)!, 0.95)) },
      ...{ writerCpuMs: per(own.get(one)!), serverCpuMs: per(to.cpuMs - from.cpuMs) },
      ...{ buffersHit: per(to.hit - from.hit), buffersRead: per(to.read - from.read), walBytes: per(wal.get(one)!) },
    };
  };
  const [onEmpty, onBig] = [await figures(empty), await figures(big)];
  const cpuOf = ({ writerCpuMs, serverCpuMs }: typeof onBig) => writerCpuMs + serverCpuMs;
  return {
    ...{ empty: onEmpty, big: onBig },
    ratio: {
      median: round(onBig.medianMs / onEmpty.medianMs),
      p95: round(onBig.p95Ms / onEmpty.p95Ms),
      cpu: round(cpuOf(onBig) / cpuOf(onEmpty)),
    },
  };
}

/** Payments out of wallets with very many small tokens, while they are consolidated and while not, beside a normal one. */
async function piles(pool: Pool, dice: Dice, { pile, wallets, rounds }: LedgerScaleOptions) {
  const quiet = await openLedger(pool, { consolidation: null });
  const pay = (ledger: LedgerWriter, debitWallet: WalletId, amountMinor: bigint) => {
    const reference = dice.uuid();
    return apply(ledger, [{ kind: 'transfer', reference, debitWallet, creditWallet: walletName(0), amountMinor }]);
  };
  const spend = (ledger: LedgerWriter, debitWallet: WalletId) => {
    const mark = { markId: MARK_ID, markLevel: 0 };
    const reference = dice.uuid();
    const to = { debitWallet, creditWallet: MARKED_PAYEE, ...mark, amountMinor: 1n };
    return apply(ledger, [{ kind: 'spend', reference, ...to }]);
  };
  const ofTokens = (count: number) => SMALL_MINOR * BigInt(count);
  const timed: Record<'normal' | 'small' | 'normalMarked' | 'marked', number[]> = {
    normal: [],
    small: [],
    normalMarked: [],
    marked: [],
  };
  for (let n = 0; n < rounds; n += 1) {
    timed.normal.push(await pay(quiet, walletName(1 + dice.below(wallets - 1)), AMOUNT_MINOR));
    timed.small.push(await pay(quiet, SMALL, AMOUNT_MINOR));
    timed.normalMarked.push(await spend(quiet, NORMAL_MARKED));
    timed.marked.push(await spend(quiet, MARKED));
  }
  const loaded = quiet.counts.tokensLoaded;
  const median = (name: keyof typeof timed) => quantile(timed[name], 0.5);
  const thousand = await pay(quiet, SMALL, ofTokens(Math.min(1_000, pile >> 2)));
  // From here on in the background, while somebody goes on paying out of it.
  const ledger = await openLedger(pool);
  const underLoad: number[] = [await pay(ledger, LOADED, AMOUNT_MINOR), await spend(ledger, MARKED)];
  const from = performance.now();
  let idle = false;
  const done = ledger.idle().then(() => {
    idle = true;
  });
  while (!idle) underLoad.push(await pay(ledger, LOADED, AMOUNT_MINOR));
  await done;
  const store = createPgStore(pool);
  const [wallet] = await store.wallets([LOADED]);
  const [pocket] = await store.pocketsOf(MARKED, null, 1);
  return {
    tokens: pile,
    ordinary: {
      normalMs: round(median('normal')),
      smallMs: round(median('small')),
      ratio: round(median('small') / median('normal')),
    },
    marked: {
      normalMs: round(median('normalMarked')),
      smallMs: round(median('marked')),
      ratio: round(median('marked') / median('normalMarked')),
    },
    tokensLoadedPerPayment: round(loaded / (4 * rounds)),
    paymentOfThousandTokensMs: round(thousand),
    consolidation: {
      seconds: round((performance.now() - from) / 1000),
      paymentsMeanwhile: underLoad.length,
      ...{ medianMs: round(quantile(underLoad, 0.5)), p95Ms: round(quantile(underLoad, 0.95)) },
      tokensLeft: { wallet: wallet!.tokenCount, pocket: pocket!.tokenCount },
    },
  };
}

function quantile(given: readonly number[], part: number): number {
  const sorted = [...given].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}
const round = (value: number): number => Math.round(value * 100) / 100;

/** A ledger of any size in a database, written by SQL set by set instead of block by block. */
import type { ClientBase, Pool } from 'pg';
import type { WalletId } from '../../src/kernel/ids.js';

export interface LedgerSize {
  readonly wallets: number;
  /** Transactions of each wallet as payer: one that issues to it, then payments at once and payments by hold in turn. */
  readonly perWallet: number;
  readonly piles: readonly Pile[];
}

/** A wallet, which must be open, that gets many small tokens; under a mark, which must be registered, where there is one. */
export interface Pile {
  readonly walletId: WalletId;
  readonly markId: string | null;
  readonly tokens: number;
}

export const walletName = (n: number): WalletId => `kz-w-${String(n).padStart(8, '0')}` as WalletId;
export const SMALL_MINOR = 100n;
const WALLET = (n: string): string => `'kz-w-' || lpad((${n})::text, 8, '0')`;
const PER_BLOCK = 500;
const ISSUED_MINOR = 100_000_000n;
/** Outputs of one transaction at most; a token's place in its block follows from its transaction's. */
const OUTPUTS_MAX = 4;
/** About what a transfer's canonical bytes take. */
const BODY_REPEATS = 10;

/** A token of each transaction of a phase. */
interface Output {
  readonly amountMinor: bigint;
  /** How far the owner's number is from the payer's. */
  readonly shift: number;
  readonly held: boolean;
  /** Phase whose transaction of the owner spends it; null: it is unspent. */
  spentBy: number | null;
}

/** One transaction of every wallet. */
interface Phase {
  readonly kind: 'issue' | 'transfer' | 'hold' | 'settle';
  readonly amountMinor: bigint;
  readonly shift: number;
  readonly outputs: readonly Output[];
}

/**
 * A wallet pays its change and, every other time, what it received last; so of its payments received half stay unspent.
 * Everybody gets what he pays, hence all wallets have the same.
 */
function phasesOf(size: LedgerSize): Phase[] {
  if (size.perWallet === 1) return [issued(Array.from({ length: OUTPUTS_MAX }, () => ISSUED_MINOR / 4n))];
  const phases = [issued([ISSUED_MINOR])];
  let spendable = [phases[0]!.outputs[0]!];
  for (let round = 1; phases.length < size.perWallet; round += 1) {
    const byHold = round % 2 === 0 && phases.length + 2 <= size.perWallet;
    const amountMinor = BigInt(1_000 + round);
    const shift = 1 + ((round * 7_919) % (size.wallets - 1));
    for (const output of spendable) output.spentBy = phases.length;
    const changeMinor = spendable.reduce((sum, output) => sum + output.amountMinor, 0n) - amountMinor;
    const change = { amountMinor: changeMinor, shift: 0, held: false, spentBy: null };
    const received = { amountMinor, shift, held: false, spentBy: null };
    if (byHold) {
      const reserved = { amountMinor, shift: 0, held: true, spentBy: phases.length + 1 };
      phases.push({ kind: 'hold', amountMinor, shift, outputs: [reserved, change] });
      phases.push({ kind: 'settle', amountMinor, shift, outputs: [received] });
    } else phases.push({ kind: 'transfer', amountMinor, shift, outputs: [received, change] });
    spendable = byHold ? [change] : [change, received];
  }
  return phases;
}

const issued = (amounts: readonly bigint[]): Phase => ({
  kind: 'issue',
  amountMinor: ISSUED_MINOR,
  shift: 0,
  outputs: amounts.map((amountMinor) => ({ amountMinor, shift: 0, held: false, spentBy: null })),
});

/** What was written. */
export interface Filled {
  readonly blocks: number;
  readonly transactions: number;
  readonly tokens: number;
  readonly unspentTokens: number;
  readonly holds: number;
}

/**
 * Appends wallets and their history to the ledger, whose head must have only what real commands did. Sums, tokens, supply
 * and head agree afterwards. Bodies, hashes and signatures are bytes of the right length only.
 */
export async function fillLedger(pool: Pool, size: LedgerSize): Promise<Filled> {
  const client = await pool.connect();
  try {
    await client.query("SET statement_timeout = 0; SET lock_timeout = 0; SET maintenance_work_mem = '1GB'");
    const filled = await inOne(client, () => fill(client, size));
    await client.query('VACUUM ANALYZE');
    return filled;
  } finally {
    client.release(true);
  }
}

async function inOne<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  const done = await work();
  await client.query('COMMIT');
  return done;
}

const INDEXES = `SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
  AND tablename IN ('token', 'ledger_transaction', 'hold', 'wallet') AND indexname NOT LIKE '%_pkey'`;

async function fill(client: ClientBase, size: LedgerSize): Promise<Filled> {
  const { rows: indexes } = await client.query<{ indexname: string; indexdef: string }>(INDEXES);
  for (const { indexname } of indexes) await client.query(`DROP INDEX ${indexname}`);
  const [head] = (await client.query('SELECT sequence FROM ledger_head')).rows;
  const after = Number(head.sequence);
  const phases = phasesOf(size);
  for (const [n, phase] of phases.entries()) {
    await client.query(transactions(size, after, phase, n));
    await client.query(tokens(size, after, phase, n));
    if (phase.kind === 'hold') await client.query(holds(size, after, phase, n));
  }
  await client.query(wallets(size, phases));
  let count = phases.length * size.wallets;
  for (const pile of size.piles) {
    for (const statement of pileOf(pile, after, count)) await client.query(statement);
    count += pile.tokens;
  }
  const blocks = Math.ceil(count / PER_BLOCK);
  await client.query(chain(after, blocks));
  for (const { indexdef } of indexes) await client.query(indexdef);
  const each = phases.flatMap(({ outputs }) => outputs);
  const small = size.piles.reduce((sum, pile) => sum + pile.tokens, 0);
  return {
    blocks,
    transactions: count,
    tokens: each.length * size.wallets + small,
    unspentTokens: each.filter(({ spentBy }) => spentBy === null).length * size.wallets + small,
    holds: phases.filter(({ kind }) => kind === 'hold').length * size.wallets,
  };
}

/** Place of the transaction numbered `i`. */
const blockOf = (after: number, i: string): string => `${after + 1} + (${i}) / ${PER_BLOCK}`;
const positionOf = (i: string): string => `((${i}) % ${PER_BLOCK})::integer`;
/** Place of its first token. */
const madeFrom = (i: string): string => `${positionOf(i)} * ${OUTPUTS_MAX}`;
const idOf = (i: string): string => `sha256(int8send(${i}))`;
const conditionRefOf = (i: string): string => `md5((${i})::text)::uuid::text`;

/** Number of a payer, of its transaction in the phase, and of the payee. */
const payers = ({ wallets: count }: LedgerSize, phase: number, shift: number): string =>
  `(SELECT j, ${phase * count} + j AS i, (j + ${shift}) % ${count} AS payee FROM generate_series(0::bigint, ${count - 1}) j) payer`;

function transactions(size: LedgerSize, after: number, { kind, amountMinor, shift }: Phase, phase: number): string {
  const isPosted = kind !== 'hold';
  const posted = (value: string) => (isPosted ? value : 'NULL');
  const reference = kind === 'settle' ? conditionRefOf(`i - ${size.wallets}`) : `'gen:' || i`;
  return `INSERT INTO ledger_transaction (block_sequence, position, made_from, posted, amount_minor, transaction_id,
      kind, reference, debit_wallet, credit_wallet, body)
    SELECT ${blockOf(after, 'i')}, ${positionOf('i')}, ${madeFrom('i')}, ${isPosted}, ${posted(String(amountMinor))}, ${idOf('i')}, '${kind}',
      ${posted(reference)}, ${kind === 'issue' ? 'NULL' : posted(WALLET('j'))}, ${posted(WALLET('payee'))}, ${bodyOf('i')}
    FROM ${payers(size, phase, shift)}`;
}
const bodyOf = (i: string): string => `decode(repeat(encode(${idOf(i)}, 'hex'), ${BODY_REPEATS}), 'hex')`;

function tokens(size: LedgerSize, after: number, { outputs }: Phase, phase: number): string {
  const rows = outputs.map(({ amountMinor, shift, held, spentBy }, at) => {
    const base = spentBy === null ? 'NULL::bigint' : `${spentBy * size.wallets}::bigint`;
    return `(${at}, ${amountMinor}::bigint, ${shift}, ${held}, ${base})`;
  });
  return `INSERT INTO token (made_in, made_at, spent_in, spent_at, amount_minor, held, token_id, wallet_id)
    SELECT ${blockOf(after, 'i')}, ${madeFrom('i')} + output.at,
      ${blockOf(after, 'spender')}, ${positionOf('spender')}, amount_minor, held,
      ${idOf('i')} || int4send(output.at), ${WALLET('owner')}
    FROM ${payers(size, phase, 0)}
    CROSS JOIN (VALUES ${rows.join(', ')}) AS output (at, amount_minor, shift, held, base)
    CROSS JOIN LATERAL (SELECT (j + shift) % ${size.wallets} AS owner) o
    CROSS JOIN LATERAL (SELECT base + owner AS spender) s`;
}

const HELD_AT = 1_700_000_000_000;

function holds(size: LedgerSize, after: number, { amountMinor, shift }: Phase, phase: number): string {
  const settled = `i + ${size.wallets}`;
  return `INSERT INTO hold (condition_ref, condition_kind, state, condition_hash, hold_id, debit_wallet, credit_wallet,
      amount_minor, held_at, lapse_at, ended_at, placed_in, ended_in, placed_at, ended_by, token_at)
    SELECT ${conditionRefOf('i')}, 'pvp', 'SETTLED', ${idOf('i')}, md5((i)::text)::uuid, ${WALLET('j')}, ${WALLET('payee')},
      ${amountMinor}, ${HELD_AT} + i, ${HELD_AT} + i + 12000, ${HELD_AT} + i + 1000, ${blockOf(after, 'i')},
      ${blockOf(after, settled)}, ${positionOf('i')}, ${positionOf(settled)}, ${madeFrom('i')}
    FROM ${payers(size, phase, shift)}`;
}

function wallets({ wallets: count }: LedgerSize, phases: readonly Phase[]): string {
  const left = phases.flatMap(({ outputs }) => outputs).filter(({ spentBy }) => spentBy === null);
  const minor = left.reduce((sum, output) => sum + output.amountMinor, 0n);
  return `INSERT INTO wallet (wallet_id, kind, owner_bic, status, available_minor, held_minor, marked_minor, token_count)
    SELECT ${WALLET('j')}, 'customer', 'AAAAKZ20', 'open', ${minor}, 0, 0, ${left.length} FROM generate_series(0, ${count - 1}) j`;
}

function pileOf({ walletId, markId, tokens: count }: Pile, after: number, from: number): string[] {
  const series = `(SELECT n, ${from} + n AS i FROM generate_series(0::bigint, ${count - 1}) n) small`;
  const minor = SMALL_MINOR * BigInt(count);
  const mark = markId === null ? 'NULL, NULL' : `'${markId}', 0`;
  const own =
    markId === null
      ? `UPDATE wallet SET available_minor = available_minor + ${minor}, token_count = token_count + ${count}`
      : `UPDATE wallet SET marked_minor = marked_minor + ${minor}`;
  const pocket = `INSERT INTO pocket (wallet_id, mark_id, mark_level, amount_minor, token_count)
    VALUES ('${walletId}', '${markId}', 0, ${minor}, ${count})`;
  return [
    `INSERT INTO ledger_transaction (block_sequence, position, made_from, posted, amount_minor, transaction_id,
        kind, reference, credit_wallet, body)
      SELECT ${blockOf(after, 'i')}, ${positionOf('i')}, ${madeFrom('i')}, true, ${SMALL_MINOR}, ${idOf('i')}, 'issue', 'gen:' || i,
        '${walletId}', ${bodyOf('i')} FROM ${series}`,
    `INSERT INTO token (made_in, made_at, amount_minor, held, token_id, wallet_id, mark_id, mark_level)
      SELECT ${blockOf(after, 'i')}, ${madeFrom('i')}, ${SMALL_MINOR}, false,
        ${idOf('i')} || int4send(0), '${walletId}', ${mark} FROM ${series}`,
    `${own} WHERE wallet_id = '${walletId}'`,
    ...(markId === null ? [] : [pocket]),
  ];
}

/** Blocks, each after the one before, and the head on the last of them. */
function chain(after: number, count: number): string {
  const hashOf = (n: string) => `sha256(int4send((${n})::integer))`;
  return `
    INSERT INTO block (sequence, previous_hash, merkle_root, block_time, transaction_count, epoch, hash, signature,
        issued_minor, redeemed_minor)
      SELECT ${after} + n, CASE WHEN n = 1 THEN head.hash ELSE ${hashOf('n - 1')} END, ${hashOf('-n')}, ${HELD_AT} + n,
        ${PER_BLOCK}, head.epoch, ${hashOf('n')}, ${hashOf('n')} || ${hashOf('n')},
        head.issued_minor + coalesce(sum(made.minor) OVER (ORDER BY n), 0), head.redeemed_minor
      FROM ledger_head head CROSS JOIN generate_series(1, ${count}) n
      LEFT JOIN (SELECT block_sequence, sum(amount_minor) AS minor FROM ledger_transaction
        WHERE kind = 'issue' AND block_sequence > ${after} GROUP BY block_sequence) made ON made.block_sequence = ${after} + n;
    UPDATE ledger_head SET sequence = last.sequence, hash = last.hash, issued_minor = last.issued_minor
      FROM (SELECT sequence, hash, issued_minor FROM block ORDER BY sequence DESC LIMIT 1) last`;
}

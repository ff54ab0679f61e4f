import type { PoolClient } from 'pg';
import { ByteWriter } from '../../src/kernel/bytes.js';
import { sha256 } from '../../src/kernel/hash.js';
import { merkleTree } from '../../src/kernel/merkle.js';
import type { Signer } from '../../src/kernel/signature.js';
import { encodeTransaction, headerHash, type TransactionContent, transactionIdOf } from '../../src/ledger/canonical.js';
import { confirmationBytes } from '../../src/ledger/confirmation.js';
import {
  encodeState,
  encodeStatements,
  eventHash,
  FRESH_EVENT,
  holdOfEvent,
  type SignedStatement,
  statementBytes,
} from '../../src/ledger/domestic/event.js';
import type { Entry, Token, TokenDraft, TransactionKind } from '../../src/ledger/model.js';
import { topicsOf } from '../../src/ledger/working.js';
import { happened, keyOfProvider } from '../ledger/domestic/event-support.js';
import { hash, IDENTITY, NOTARY, ORACLE_SIGNER, w } from '../ledger/support.js';
import { TREASURY, WAITING } from './domestic-ledger.js';

/** What can be done to the tables and blocks of a domestic ledger, and the codes that its audit tells of then. */

const flip = (column: string): string =>
  `${column} = set_byte(${column}, length(${column}) - 1, get_byte(${column}, length(${column}) - 1) # 1)`;
const MARKED = "mark_id = 'road' AND wallet_id = 'seller' AND spent_in IS NULL";

export const DOMESTIC_ROWS: readonly (readonly [what: string, sql: string, codes: readonly string[]])[] = [
  [
    'a pocket has a minor unit too many',
    "UPDATE pocket SET amount_minor = amount_minor + 1 WHERE wallet_id = 'seller'",
    ['POCKET_SUMS'],
  ],
  [
    'a pocket counts a token too many',
    "UPDATE pocket SET token_count = token_count + 1 WHERE wallet_id = 'seller'",
    ['POCKET_SUMS'],
  ],
  ['a pocket is gone', "DELETE FROM pocket WHERE wallet_id = 'seller'", ['POCKET_SUMS']],
  ['a pocket was made by nobody', "INSERT INTO pocket VALUES ('shop', 'road', 2, 5, 1)", ['POCKET_SUMS']],
  [
    'a token lost its mark',
    `UPDATE token SET mark_id = NULL, mark_level = NULL WHERE ${MARKED}`,
    ['POCKET_SUMS', 'TOKEN_DIFFERS', 'WALLET_SUMS'],
  ],
  ['a token has another mark', `UPDATE token SET mark_id = 'school' WHERE ${MARKED}`, ['POCKET_SUMS', 'TOKEN_DIFFERS']],
  ['a token is a level on', `UPDATE token SET mark_level = 2 WHERE ${MARKED}`, ['POCKET_SUMS', 'TOKEN_DIFFERS']],
  [
    'a mark has another route',
    `UPDATE entry SET ${flip('body')} WHERE kind = 'mark' AND entry_id = 'road'`,
    ['ENTRY_DIFFERS'],
  ],
  [
    'a mark has another initiator',
    "UPDATE entry SET owner_bic = 'OTHRKZ20' WHERE entry_id = 'road'",
    ['ENTRY_DIFFERS'],
  ],
  ['an event is over that is not', "UPDATE entry SET open = false WHERE entry_id = 'sale-2'", ['ENTRY_DIFFERS']],
  ['an event expires later', "UPDATE entry SET due_at = due_at + 1 WHERE entry_id = 'sale-2'", ['ENTRY_DIFFERS']],
  [
    'an event is as it was before',
    "UPDATE entry SET open = true, state = (SELECT state FROM entry WHERE entry_id = 'sale-2') WHERE entry_id = 'sale-1'",
    ['ENTRY_DIFFERS'],
  ],
  ['an entry is gone', "DELETE FROM entry WHERE entry_id = 'sale-1'", ['ENTRY_DIFFERS']],
  [
    'an entry was written by nobody',
    "INSERT INTO entry SELECT kind, 'bridge', owner_bic, open, due_at, body, state FROM entry WHERE entry_id = 'road'",
    ['ENTRY_UNRECORDED'],
  ],
  [
    'a movement is not reported',
    "DELETE FROM topic WHERE topic = 'mark:road' AND block_sequence = (SELECT max(block_sequence) FROM topic WHERE topic = 'mark:road')",
    ['TOPIC_MISSING'],
  ],
  [
    'a movement is reported that was none',
    "INSERT INTO topic SELECT 'mark:school', block_sequence, position FROM topic WHERE topic = 'event:sale-1' LIMIT 1",
    ['TOPIC_UNRECORDED'],
  ],
  [
    'the held money of an event has a mark in its row',
    "UPDATE hold SET mark_id = 'road' WHERE condition_ref = 'event:sale-2'",
    ['HOLD_DIFFERS'],
  ],
  [
    'money that comes is to be ordinary',
    "UPDATE hold SET credit_mark = NULL, credit_mark_level = NULL WHERE condition_ref = 'p-comes'",
    ['HOLD_DIFFERS'],
  ],
  [
    'money that comes is to be under another mark',
    "UPDATE hold SET credit_mark = 'export' WHERE condition_ref = 'p-comes'",
    ['HOLD_DIFFERS'],
  ],
  [
    'money that leaves is to be a level on',
    "UPDATE hold SET credit_mark_level = 2 WHERE condition_ref = 'p-leaves'",
    ['HOLD_DIFFERS'],
  ],
  [
    'the initiator is not told of money on its way to its mark',
    "DELETE FROM topic WHERE topic = 'mark:aid' AND block_sequence = (SELECT max(block_sequence) FROM topic WHERE topic = 'mark:aid')",
    ['TOPIC_MISSING'],
  ],
  [
    'an event that waits has ended',
    "UPDATE hold SET state = 'RELEASED', reason = 'EVENT_EXPIRED', ended_at = 1, ended_in = 1, ended_by = 0 WHERE condition_ref = 'event:sale-2'",
    ['HELD_DIFFERS', 'HOLD_UNRECORDED'],
  ],
  [
    'statements of providers are changed',
    `UPDATE ledger_transaction SET ${flip('evidence')} WHERE kind = 'settle'`,
    ['HOLD_BROKEN', 'TRANSACTION_BYTES'],
  ],
  [
    'statements of providers are gone',
    "UPDATE ledger_transaction SET evidence = NULL WHERE kind = 'settle'",
    ['HOLD_BROKEN', 'TRANSACTION_BYTES'],
  ],
  [
    'a confirmation is gone',
    'UPDATE block SET confirmation = NULL WHERE sequence = (SELECT max(sequence) FROM block WHERE confirmation IS NOT NULL)',
    ['BLOCK_UNCONFIRMED'],
  ],
  [
    'a confirmation is of nobody',
    `UPDATE block SET ${flip('confirmation')} WHERE sequence = (SELECT max(sequence) FROM block WHERE confirmation IS NOT NULL)`,
    ['BLOCK_UNCONFIRMED'],
  ],
  [
    'ordinary money was confirmed',
    `UPDATE block SET confirmation = signature WHERE sequence = 1`,
    ['BLOCK_UNCONFIRMED'],
  ],
  [
    'the supply beside a block is another',
    'UPDATE block SET issued_minor = issued_minor + 1 WHERE sequence = (SELECT max(sequence) FROM block)',
    ['BLOCK_SUPPLY'],
  ],
];

type Spent = { readonly token: Token; readonly madeIn: string; readonly madeAt: number };

/** An unspent token of a pocket, as a transaction states it. */
export async function unspent(
  client: PoolClient,
  walletId: string,
  where: string,
  conditionRef: string | null = null,
): Promise<Spent> {
  const { rows } = await client.query(
    `SELECT * FROM token WHERE spent_in IS NULL AND wallet_id = $1 AND ${where} LIMIT 1`,
    [walletId],
  );
  const [row] = rows;
  const place = { madeIn: BigInt(row.made_in), madeAt: row.made_at as number };
  const content = { tokenId: row.token_id, walletId: w(walletId), amountMinor: BigInt(row.amount_minor) };
  const token: Token = { ...content, ...place, markId: row.mark_id, markLevel: row.mark_level, conditionRef };
  return { token, madeIn: row.made_in, madeAt: row.made_at };
}

export const free = (
  walletId: string,
  amountMinor: bigint,
  markId: string | null = null,
  markLevel: number | null = null,
): TokenDraft => ({
  ...{ walletId: w(walletId), amountMinor, markId, markLevel, conditionRef: null },
});

const POSTED: ReadonlySet<TransactionKind> = new Set(['transfer', 'spend', 'unmark', 'settle', 'payInvoice']);

/** A block with one transaction, which ledger, notary and oracle signed though no rule allows it; its rows are as it says. */
export async function forge(
  client: PoolClient,
  content: TransactionContent,
  evidence: Buffer | null = null,
): Promise<void> {
  const [last] = (await client.query('SELECT * FROM block ORDER BY sequence DESC LIMIT 1')).rows;
  const sequence = BigInt(last.sequence) + 1n;
  const body = encodeTransaction(IDENTITY, content, sequence, 0);
  const header = {
    ...{ sequence, previousHash: last.hash as Buffer, merkleRoot: merkleTree([body]).root, transactionCount: 1 },
    ...{ time: Number(last.block_time) + 1, epoch: BigInt(last.epoch) },
  };
  const hash = headerHash(IDENTITY, header);
  const confirmation = Buffer.from(ORACLE_SIGNER.sign(confirmationBytes(IDENTITY, sequence, [body])));
  await client.query('INSERT INTO block VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8, $9, $10)', [
    ...[sequence, header.previousHash, header.merkleRoot, header.time, header.epoch, hash],
    ...[Buffer.from(NOTARY.sign(hash)), last.issued_minor, last.redeemed_minor, confirmation],
  ]);
  const posted = POSTED.has(content.kind);
  const shown = [content.amountMinor, content.reference, content.debitWallet, content.creditWallet];
  await client.query(
    `INSERT INTO ledger_transaction (block_sequence, position, made_from, posted, transaction_id, kind, body, evidence,
       amount_minor, reference, debit_wallet, credit_wallet) VALUES ($1, 0, 0, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      sequence,
      posted,
      transactionIdOf(body),
      content.kind,
      body,
      evidence,
      ...(posted ? shown : [null, null, null, null]),
    ],
  );
  for (const [index, token] of content.outputs.entries())
    await client.query(
      `INSERT INTO token (made_in, made_at, amount_minor, held, token_id, wallet_id, mark_id, mark_level)
         VALUES ($1, $2, $3, false, $4::bytea || int4send($2), $5, $6, $7)`,
      [sequence, index, token.amountMinor, transactionIdOf(body), token.walletId, token.markId, token.markLevel],
    );
  for (const { madeIn, madeAt } of content.inputs)
    await client.query('UPDATE token SET spent_in = $1, spent_at = 0 WHERE made_in = $2 AND made_at = $3', [
      sequence,
      madeIn,
      madeAt,
    ]);
  for (const topic of topicsOf(content)) await client.query('INSERT INTO topic VALUES ($1, $2, 0)', [topic, sequence]);
  for (const { kind, entryId, body: says, state, open, ownerBic } of content.entries)
    await client.query(
      'UPDATE entry SET body = $3, state = $4, open = $5, owner_bic = $6 WHERE kind = $1 AND entry_id = $2',
      [...[kind, entryId, says, state, open, ownerBic]],
    );
  await client.query('UPDATE ledger_head SET sequence = $1, hash = $2', [sequence, hash]);
}

const moving = (
  kind: TransactionKind,
  from: string,
  to: string,
  amountMinor: bigint,
  detail: Buffer = Buffer.alloc(0),
) => ({
  ...{ kind, reference: 'forged', debitWallet: w(from), creditWallet: w(to), amountMinor, detail, entries: [] },
});
const spendDetail = (markId: string, level: number): Buffer =>
  new ByteWriter()
    .text(markId)
    .integer(level)
    .optional(null, (x) => x)
    .optional(null, (x) => x)
    .finish();

/** Moves the seller's marked money, which has level 1, so that it comes out as `to`. */
const spending = (kind: TransactionKind, to: TokenDraft, detail: Buffer) => async (client: PoolClient) => {
  const { token } = await unspent(client, 'seller', "mark_id = 'road'");
  await forge(client, {
    ...moving(kind, 'seller', to.walletId, token.amountMinor, detail),
    inputs: [token],
    outputs: [to],
  });
};
const MARKED_MINOR = 270n;
const unmarkedBy = (by: string): Buffer => new ByteWriter().text('road').integer(1).text(by).finish();

export async function entryOf(client: PoolClient, kind: Entry['kind'], entryId: string): Promise<Entry> {
  const [row] = (await client.query('SELECT * FROM entry WHERE kind = $1 AND entry_id = $2', [kind, entryId])).rows;
  const { owner_bic: ownerBic, body, state, open } = row;
  return {
    kind,
    entryId,
    ownerBic,
    body,
    state: state ?? Buffer.alloc(0),
    open,
    dueAt: row.due_at === null ? null : Number(row.due_at),
  };
}

/** Pays what waits for an event to its receivers by these statements. */
const payingOut = (seller: bigint, statements: readonly SignedStatement[]) => async (client: PoolClient) => {
  const conditionRef = holdOfEvent(WAITING.eventId);
  const { token } = await unspent(client, 'buyer', 'held AND amount_minor = 50', conditionRef);
  const evidence = encodeStatements(statements);
  const entry = await entryOf(client, 'event', WAITING.eventId);
  const state = encodeState({ ...FRESH_EVENT, phase: 'settled', sequence: 2 });
  const detail = new ByteWriter().bytes(eventHash(IDENTITY, WAITING)).bytes(sha256(evidence)).finish();
  const outputs = [free('seller', seller), free('treasury', 50n - seller)];
  const said = {
    kind: 'settle',
    reference: conditionRef,
    debitWallet: w('buyer'),
    creditWallet: null,
    amountMinor: 50n,
  } as const;
  await forge(
    client,
    { ...said, detail, inputs: [token], outputs, entries: [{ ...entry, state, open: false }] },
    evidence,
  );
  await client.query(
    `UPDATE hold SET state = 'SETTLED', ended_in = ${'(SELECT max(sequence) FROM block)'}, ended_by = 0,
       ended_at = (SELECT block_time FROM block ORDER BY sequence DESC LIMIT 1) WHERE condition_ref = $1`,
    [conditionRef],
  );
};

const statedBy = (signer: Signer): SignedStatement => {
  const statement = happened(50n);
  return { ...statement, keyId: signer.keyId, signature: signer.sign(statementBytes(IDENTITY, WAITING, statement)) };
};

/** Settles a payment between ledgers so that its money comes out as `to`; `settled` has its row say so. */
const settling = (conditionRef: string, from: string, to: TokenDraft) => async (client: PoolClient) => {
  const { token } = await unspent(client, from, `held AND amount_minor = ${to.amountMinor}`, conditionRef);
  const evidence = Buffer.from('certificate');
  await forge(
    client,
    {
      ...moving('settle', from, to.walletId, to.amountMinor),
      detail: new ByteWriter().bytes(hash(1)).bytes(sha256(evidence)).finish(),
      ...{ reference: conditionRef, inputs: [token], outputs: [to] },
    },
    evidence,
  );
  await client.query(
    `UPDATE hold SET state = 'SETTLED', ended_in = (SELECT max(sequence) FROM block), ended_by = 0,
       ended_at = (SELECT block_time FROM block ORDER BY sequence DESC LIMIT 1) WHERE condition_ref = $1`,
    [conditionRef],
  );
};

type Forged = readonly [what: string, forge: (client: PoolClient) => Promise<unknown>, codes: readonly string[]];
export const DOMESTIC_FORGED: readonly Forged[] = [
  [
    'marked money off its route',
    spending('spend', free('buyer', MARKED_MINOR, 'road', 2), spendDetail('road', 1)),
    ['MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'a payment on the route that clears the mark',
    spending('spend', free('shop', MARKED_MINOR), spendDetail('road', 1)),
    ['MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'a payment on the route that leaves the level',
    spending('spend', free('shop', MARKED_MINOR, 'road', 1), spendDetail('road', 1)),
    ['MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'a payment that changes the mark',
    spending('spend', free('shop', MARKED_MINOR, 'school', 2), spendDetail('road', 1)),
    ['MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'marked money in a transfer',
    spending('transfer', free('buyer', MARKED_MINOR), Buffer.alloc(0)),
    ['MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'marked money that is merged with unmarked',
    spending('consolidate', free('seller', MARKED_MINOR), Buffer.alloc(0)),
    ['MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'an unmark that somebody else asked for',
    spending('unmark', free('seller', MARKED_MINOR), unmarkedBy('OTHRKZ20')),
    ['MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'an unmark into another wallet',
    spending('unmark', free('buyer', MARKED_MINOR), unmarkedBy(TREASURY)),
    ['MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'a mark of unmarked money that a transaction claims to have had',
    async (client) => {
      const { token } = await unspent(client, 'state', 'mark_id IS NULL');
      const stated = { ...token, markId: 'road', markLevel: 0 };
      const outputs = [free('seller', token.amountMinor, 'road', 1)];
      await forge(client, {
        ...moving('spend', 'state', 'seller', token.amountMinor, spendDetail('road', 0)),
        inputs: [stated],
        outputs,
      });
    },
    ['POCKET_SUMS', 'TOKEN_INPUT', 'WALLET_SUMS'],
  ],
  [
    'held money in a transfer',
    async (client) => {
      const { token } = await unspent(client, 'buyer', 'held AND amount_minor = 50', holdOfEvent(WAITING.eventId));
      await forge(client, {
        ...moving('transfer', 'buyer', 'shop', 50n),
        inputs: [token],
        outputs: [free('shop', 50n)],
      });
    },
    ['HELD_DIFFERS', 'HOLD_BROKEN', 'WALLET_SUMS'],
  ],
  ['an event that no provider stated', payingOut(45n, []), ['HOLD_BROKEN', 'WALLET_SUMS']],
  [
    'an event that another key stated',
    payingOut(45n, [statedBy(keyOfProvider('land', 2))]),
    ['HOLD_BROKEN', 'WALLET_SUMS'],
  ],
  ['an event with other shares', payingOut(49n, [statedBy(keyOfProvider('land'))]), ['HOLD_BROKEN', 'WALLET_SUMS']],
  [
    'money that leaves and is ordinary before its mark says so',
    settling('p-leaves', 'state', free('fx', 60n)),
    ['HOLD_DIFFERS', 'MARK_BROKEN', 'WALLET_SUMS'],
  ],
  [
    'money that leaves by another wallet',
    settling('p-leaves', 'state', free('shop', 60n, 'export', 1)),
    ['HOLD_DIFFERS', 'MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'money that leaves and is a level further',
    settling('p-leaves', 'state', free('fx', 60n, 'export', 2)),
    ['HOLD_DIFFERS', 'MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'money that comes and is marked where its mark takes none',
    settling('p-comes', 'buyer', free('shop', 7n, 'aid', 0)),
    ['HOLD_DIFFERS', 'MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'money that comes and is marked by a mark that takes none',
    settling('p-comes', 'buyer', free('seller', 7n, 'road', 0)),
    ['HOLD_DIFFERS', 'MARK_BROKEN', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'money that comes and is not marked though it was asked',
    // Nothing of such a block rests on the oracle that signed it.
    settling('p-comes', 'buyer', free('seller', 7n)),
    ['BLOCK_UNCONFIRMED', 'HOLD_DIFFERS', 'WALLET_SUMS'],
  ],
  [
    'money that comes and is marked though nobody asked',
    settling('p1', 'buyer', free('seller', 20n, 'aid', 0)),
    ['HOLD_DIFFERS', 'POCKET_SUMS', 'WALLET_SUMS'],
  ],
  [
    'another route under the id of a mark',
    async (client) => {
      const [entry, other] = [await entryOf(client, 'mark', 'road'), await entryOf(client, 'event', WAITING.eventId)];
      const none = {
        debitWallet: null,
        creditWallet: null,
        amountMinor: 0n,
        detail: Buffer.alloc(0),
        inputs: [],
        outputs: [],
      };
      await forge(client, { ...none, kind: 'register', reference: 'road', entries: [{ ...entry, body: other.body }] });
    },
    ['ENTRY_CHANGED'],
  ],
];

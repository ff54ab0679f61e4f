import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import { demoConfig } from '../../src/gateway/demo.js';
import { readKeyFile } from '../../src/gateway/identity/key-file.js';
import type { DatabaseRole } from '../../src/gateway/platform/databases.js';
import type { LedgerCode, WalletId } from '../../src/kernel/ids.js';
import { merkleTree } from '../../src/kernel/merkle.js';
import type { Signer } from '../../src/kernel/signature.js';
import { encodeTransaction, headerHash, type TransactionContent, transactionIdOf } from '../../src/ledger/canonical.js';
import { ALARM_CODES } from '../../src/pvp/jurisdiction-port.js';
import { decodeQuote, encodeQuote, quoteHash } from '../../src/pvp/quote.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';
import type { PvpKeyRecord } from '../../src/pvp/verify.js';
import { openStack, type Stack } from '../support/stack.js';
import { expectVerified, findingsOf, untilClosed } from '../support/verified.js';
import { DOMESTIC_FORGED, DOMESTIC_ROWS } from './domestic-tampering.js';

const TEMPLATE = readFileSync(
  new URL('../../fixtures/pacs.008.001.08/customer-kzt-to-cny.xml', import.meta.url),
  'utf8',
);

let stack: Stack;
let pools: Map<DatabaseRole, pg.Pool>;
let keys: readonly PvpKeyRecord[];
let notary: Signer;
/** A payment that settled, and one that was refused after terms were formed. */
const SETTLED = randomUUID();
const REJECTED = randomUUID();

const post = (uetr: string, amount: string) =>
  stack.send('bank-altnkz20', 'POST', '/v1/messages', {
    body: TEMPLATE.replace(/<MsgId>[^<]*/, `<MsgId>M-${uetr.slice(0, 8)}`)
      .replace(/<UETR>[^<]*/, `<UETR>${uetr}`)
      .replaceAll('>1250000.00<', `>${amount}<`)
      .replace(/<IntrBkSttlmDt>[^<]*/, `<IntrBkSttlmDt>${stack.today()}`),
    headers: { prefer: 'wait=30', accept: 'application/xml' },
  });

beforeAll(async () => {
  // So that the ledger, and not the gateway, refuses what the payer has not got.
  const corridors = demoConfig.corridors.map((corridor) => ({ ...corridor, amountMaxMinor: '999999999999999' }));
  stack = await openStack({ config: { corridors } });
  pools = new Map([...stack.databases].map(([role, { pool }]) => [role, pool]));
  keys = (await readTrustedKeys(stack.keysFolder)).jurisdictions;
  notary = (await readKeyFile(join(stack.keysFolder, 'ledger-kz.json'))).signer;
  expect((await post(SETTLED, '1250000.00')).text).toContain('<TxSts>ACCC</TxSts>');
  expect((await post(REJECTED, '1000000001.00')).text).toContain('<Cd>AM04</Cd>');
  await untilClosed(pools);
});
afterAll(() => stack.close());

/** A database as it is inside an open transaction, which the caller takes back. */
const inside = (client: pg.PoolClient): pg.Pool => {
  const query = (first: unknown, ...rest: unknown[]) =>
    typeof first === 'string' && /^(BEGIN|ROLLBACK)/.test(first)
      ? Promise.resolve()
      : (client.query as (...args: unknown[]) => unknown)(first, ...rest);
  return { connect: async () => ({ query, release: () => undefined }) } as unknown as pg.Pool;
};

/** Does something to one database, and answers what the audit of all finds then; the database stays as it was. */
async function findingsAfter(role: DatabaseRole, tamper: (client: pg.PoolClient) => Promise<unknown>) {
  const client = await pools.get(role)!.connect();
  try {
    await client.query('BEGIN');
    await tamper(client);
    return await findingsOf(new Map([...pools, [role, inside(client)]]), keys);
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
}

const flip = (column: string, index = 'length - 1') =>
  `${column} = set_byte(${column}, ${index.replace('length', `length(${column})`)}, get_byte(${column}, ${index.replace('length', `length(${column})`)}) # 1)`;
const LAST_BLOCK = '(SELECT max(sequence) FROM block)';
const UNSPENT = `(made_in, made_at) = (SELECT made_in, made_at FROM token
  WHERE spent_in IS NULL AND wallet_id = 'KZ-ALTNKZ20-1' ORDER BY made_in, made_at LIMIT 1)`;
const SPENT = `(made_in, made_at) = (SELECT made_in, made_at FROM token
  WHERE spent_in IS NOT NULL AND wallet_id = 'KZ-ALTNKZ20-1' ORDER BY made_in, made_at LIMIT 1)`;
const END_OF_HOLD = `(block_sequence, position) = (SELECT ended_in, ended_by FROM hold WHERE condition_ref = '${SETTLED}')`;
const OF_SETTLED = `WHERE condition_ref = '${SETTLED}'`;
const JOURNAL = `WHERE pvp_id = '${SETTLED}'`;
const PAYMENT = `WHERE uetr = '${SETTLED}' AND owns_uetr`;
const MESSAGE = `WHERE msg_id = 'M-${SETTLED.slice(0, 8)}'`;
const OWN_TRADE = `WHERE quote_id IN (SELECT quote_id FROM fx_quote WHERE bound_uetr = '${SETTLED}')`;
const REPORT = `message_id LIKE 'pacs.002.%' AND uetr = '${SETTLED}'`;
const NOTICE = `message_id NOT LIKE 'pacs.002.%' AND uetr = '${SETTLED}'`;

type Row = readonly [what: string, role: DatabaseRole, sql: string, codes: readonly string[]];
const ROWS: readonly Row[] = [
  // The chain and the tables that it rebuilds.
  [
    'a block is gone',
    'ledger-kz',
    `DELETE FROM block WHERE sequence = ${LAST_BLOCK}`,
    ['BLOCK_MISSING', 'HEAD_DIFFERS'],
  ],
  [
    'a block in the middle is gone',
    'ledger-kz',
    `DELETE FROM block WHERE sequence = ${LAST_BLOCK} - 1`,
    ['BLOCK_GAP', 'BLOCK_MISSING'],
  ],
  [
    'a block names another one before it',
    'ledger-kz',
    `UPDATE block SET ${flip('previous_hash')} WHERE sequence = 2`,
    ['BLOCK_LINK'],
  ],
  [
    'a header is not the hashed one',
    'ledger-kz',
    'UPDATE block SET block_time = block_time + 1 WHERE sequence = 1',
    ['BLOCK_HASH'],
  ],
  [
    'a block is signed by nobody',
    'ledger-kz',
    `UPDATE block SET ${flip('signature')} WHERE sequence = 1`,
    ['BLOCK_SIGNATURE'],
  ],
  [
    'a transaction has another id',
    'ledger-kz',
    `UPDATE ledger_transaction SET ${flip('transaction_id')} WHERE (block_sequence, position) = (1, 0)`,
    ['BLOCK_TRANSACTIONS', 'TRANSACTION_BODY'],
  ],
  [
    'the bytes of a transaction are changed',
    'ledger-kz',
    `UPDATE ledger_transaction SET ${flip('body', '40')} WHERE kind = 'registerAccount' AND position = 0 AND block_sequence = (SELECT min(block_sequence) FROM ledger_transaction WHERE kind = 'registerAccount')`,
    ['ACCOUNT_UNRECORDED', 'TRANSACTION_BODY'],
  ],
  [
    'a statement shows another payee',
    'ledger-kz',
    `UPDATE ledger_transaction SET credit_wallet = 'KZ-SUSPENSE' WHERE ${END_OF_HOLD}`,
    ['TRANSACTION_COLUMNS'],
  ],
  [
    'the tokens of a transaction begin elsewhere',
    'ledger-kz',
    `UPDATE ledger_transaction SET made_from = made_from + 1 WHERE ${END_OF_HOLD}`,
    ['TRANSACTION_COLUMNS'],
  ],
  [
    'a certificate is changed',
    'ledger-kz',
    `UPDATE ledger_transaction SET ${flip('evidence')} WHERE ${END_OF_HOLD}`,
    ['SETTLED_UNPROVEN', 'TRANSACTION_BYTES'],
  ],
  [
    'a certificate is cut',
    'ledger-kz',
    `UPDATE ledger_transaction SET evidence = substring(evidence FOR 9) WHERE ${END_OF_HOLD}`,
    ['HOLD_UNREADABLE', 'TRANSACTION_BYTES'],
  ],
  [
    'a token is worth more',
    'ledger-kz',
    `UPDATE token SET amount_minor = amount_minor + 1 WHERE ${UNSPENT}`,
    ['SUPPLY_DIFFERS', 'TOKEN_DIFFERS', 'WALLET_SUMS'],
  ],
  [
    'a token changed its owner',
    'ledger-kz',
    `UPDATE token SET wallet_id = 'KZ-SUSPENSE' WHERE ${UNSPENT}`,
    ['TOKEN_DIFFERS', 'WALLET_SUMS'],
  ],
  [
    'free money is marked as held',
    'ledger-kz',
    `UPDATE token SET held = true WHERE ${UNSPENT}`,
    ['HELD_DIFFERS', 'TOKEN_DIFFERS', 'WALLET_SUMS'],
  ],
  [
    'a token is gone',
    'ledger-kz',
    `DELETE FROM token WHERE ${UNSPENT}`,
    ['SUPPLY_DIFFERS', 'TOKEN_MISSING', 'WALLET_SUMS'],
  ],
  [
    'there is a token that nobody made',
    'ledger-kz',
    `INSERT INTO token SELECT made_in, 999, spent_at, spent_in, amount_minor, mark_level, held, token_id, wallet_id, mark_id FROM token WHERE ${UNSPENT}`,
    ['SUPPLY_DIFFERS', 'TOKEN_UNRECORDED', 'WALLET_SUMS'],
  ],
  [
    'a spent token is free again',
    'ledger-kz',
    `UPDATE token SET spent_in = NULL, spent_at = NULL WHERE ${SPENT}`,
    ['SUPPLY_DIFFERS', 'TOKEN_NOT_SPENT', 'WALLET_SUMS'],
  ],
  [
    'a free token is spent',
    'ledger-kz',
    `UPDATE token SET spent_in = 1, spent_at = 0 WHERE ${UNSPENT}`,
    ['SUPPLY_DIFFERS', 'TOKEN_SPENT', 'WALLET_SUMS'],
  ],
  ['a hold lapses later', 'ledger-kz', `UPDATE hold SET lapse_at = lapse_at + 1 ${OF_SETTLED}`, ['HOLD_DIFFERS']],
  [
    'a hold ended elsewhere',
    'ledger-kz',
    `UPDATE hold SET ended_by = 99 ${OF_SETTLED}`,
    ['HOLD_MISSING', 'HOLD_UNRECORDED', 'SETTLED_UNPROVEN'],
  ],
  ['a hold is gone', 'ledger-kz', `DELETE FROM hold ${OF_SETTLED}`, ['HOLD_MISSING', 'LEG_MISSING', 'STATUS_FALSE']],
  [
    'a wallet has another owner',
    'ledger-kz',
    "UPDATE wallet SET owner_bic = 'OTHRKZ20' WHERE wallet_id = 'KZ-SUSPENSE'",
    ['WALLET_DIFFERS'],
  ],
  [
    'a wallet was opened by nobody',
    'ledger-kz',
    "INSERT INTO wallet VALUES ('KZ-NEW', 'customer', 'OTHRKZ20', 'open', 0, 0, 0, 0)",
    ['WALLET_UNRECORDED'],
  ],
  [
    'a wallet is blocked by nobody',
    'ledger-kz',
    "UPDATE wallet SET status = 'blocked' WHERE wallet_id = 'KZ-SUSPENSE'",
    ['WALLET_STATUS'],
  ],
  [
    'a wallet has a minor unit too many',
    'ledger-kz',
    "UPDATE wallet SET available_minor = available_minor + 1 WHERE wallet_id = 'KZ-ALTNKZ20-1'",
    ['WALLET_SUMS'],
  ],
  [
    'an account leads elsewhere',
    'ledger-kz',
    "UPDATE account SET wallet_id = 'KZ-SUSPENSE' WHERE wallet_id = 'KZ-ALTNKZ20-1'",
    ['ACCOUNT_DIFFERS'],
  ],
  [
    'an account was registered by nobody',
    'ledger-kz',
    `INSERT INTO account SELECT 'OTHRKZ20', account_mac, wallet_id FROM account LIMIT 1`,
    ['ACCOUNT_UNRECORDED'],
  ],
  [
    'more is issued than blocks say',
    'ledger-kz',
    'UPDATE ledger_head SET issued_minor = issued_minor + 1',
    ['HEAD_DIFFERS', 'SUPPLY_DIFFERS'],
  ],
  ['the head is of an older epoch than its block', 'ledger-kz', 'UPDATE ledger_head SET epoch = 0', ['HEAD_DIFFERS']],
  // A payment on its two sides.
  [
    'one side is released',
    'ledger-kz',
    `UPDATE hold SET state = 'RELEASED', reason = 'CANCELLED' ${OF_SETTLED}`,
    ['HOLD_DIFFERS', 'RELEASED_UNPROVEN', 'SPLIT', 'STATUS_FALSE'],
  ],
  [
    'one side is still held',
    'ledger-kz',
    `UPDATE hold SET state = 'HELD', ended_in = NULL, ended_by = NULL, ended_at = NULL ${OF_SETTLED}`,
    ['HELD_DIFFERS', 'HOLD_MISSING', 'HOLD_OPEN', 'STATUS_FALSE'],
  ],
  [
    'one side moved another amount',
    'ledger-kz',
    `UPDATE hold SET amount_minor = amount_minor + 1 ${OF_SETTLED}`,
    ['HOLD_DIFFERS', 'HOLD_TERMS'],
  ],
  [
    'one side settled on other terms',
    'ledger-kz',
    `UPDATE hold SET ${flip('condition_hash')} ${OF_SETTLED}`,
    [
      'HOLD_DIFFERS',
      'HOLD_TERMS',
      'LEG_MISSING',
      'PAYMENT_TERMS',
      'SETTLED_UNPROVEN',
      'SETTLED_UNVOTED',
      'TERMS_DIFFER',
    ],
  ],
  [
    'a journal is unreadable',
    'signer-kz',
    `UPDATE signer_journal SET receipts = '\\x07' ${JOURNAL}`,
    ['JOURNAL_UNREADABLE'],
  ],
  [
    'a vote of the peer is changed',
    'signer-kz',
    `UPDATE signer_journal SET ${flip('peer_votes')} ${JOURNAL}`,
    ['JOURNAL_PEER_VOTE'],
  ],
  [
    'a journal has other terms',
    'signer-kz',
    `UPDATE signer_journal SET ${flip('terms', '60')} ${JOURNAL}`,
    ['JOURNAL_TERMS'],
  ],
  [
    'a journal names another key',
    'signer-kz',
    `UPDATE signer_journal SET key_id = 'ledger-kz' ${JOURNAL}`,
    ['JOURNAL_KEY'],
  ],
  [
    'a COMMIT came late',
    'signer-kz',
    `UPDATE signer_journal SET decided_at = decided_at + 3600000 ${JOURNAL}`,
    ['FINALITY_FALSE', 'JOURNAL_LATE', 'VOTE_CONTRADICTS'],
  ],
  ['a receipt is gone', 'signer-kz', `UPDATE signer_journal SET receipts = '' ${JOURNAL}`, ['JOURNAL_RECEIPTS']],
  [
    'a quote is claimed by another payment',
    'signer-kz',
    `UPDATE signer_quote SET pvp_id = '${REJECTED}' ${JOURNAL}`,
    ['QUOTE_CLAIM'],
  ],
  [
    'the journal of a settled leg is gone',
    'signer-kz',
    `DELETE FROM signer_journal ${JOURNAL}`,
    ['SETTLED_UNVOTED', 'STATUS_FALSE', 'VOTE_UNJOURNALLED'],
  ],
  [
    'the journal says the opposite',
    'signer-kz',
    `UPDATE signer_journal SET decision = 'ABORT', reason = 'CANCELLED' ${JOURNAL}`,
    ['SETTLED_UNVOTED', 'STATUS_FALSE', 'VOTE_CONTRADICTS'],
  ],
  [
    'a release has no ABORT in the journal',
    'signer-kz',
    `DELETE FROM signer_journal WHERE pvp_id = '${REJECTED}'`,
    ['RELEASED_UNVOTED', 'VOTE_UNJOURNALLED'],
  ],
  [
    'evidence waits for an operator',
    'signer-kz',
    `INSERT INTO signer_equivocation VALUES ('${randomUUID()}', '', 1, NULL)`,
    ['CORRIDOR_FROZEN'],
  ],
  [
    'evidence proves nothing',
    'signer-kz',
    `INSERT INTO signer_equivocation SELECT pvp_id, peer_votes, 1, 2 FROM signer_journal ${JOURNAL}`,
    ['EVIDENCE_INVALID'],
  ],
  // The gateway.
  [
    'a payment is gone',
    'gateway',
    `DELETE FROM payment ${PAYMENT}`,
    ['MESSAGE_COUNT', 'NOTICE_FALSE', 'PAYMENT_MISSING', 'QUOTE_BINDING', 'REPORT_FALSE', 'RESERVE_FALSE'],
  ],
  [
    'a payment is open',
    'gateway',
    `UPDATE payment SET state = 'PREPARING', status = 'ACTC', closed_at = NULL ${PAYMENT}`,
    ['MESSAGE_COUNT', 'NOTICE_FALSE', 'PAYMENT_OPEN', 'REPORT_FALSE', 'RESERVE_FALSE', 'TRADE_FALSE'],
  ],
  [
    'a payment waits and nobody looks after it',
    'gateway',
    `UPDATE payment SET state = 'WAITING', status = 'PDNG', closed_at = NULL ${PAYMENT}`,
    ['EVENT_MONEY', 'MESSAGE_COUNT', 'NOTICE_FALSE', 'REPORT_FALSE', 'RESERVE_FALSE', 'TRADE_FALSE'],
  ],
  [
    'a payment is closed without an end',
    'gateway',
    `UPDATE payment SET status = 'PDNG' WHERE uetr = '${REJECTED}'`,
    ['PAYMENT_STATE', 'REPORT_FALSE'],
  ],
  ['another message went on', 'gateway', `UPDATE payment SET ${flip('destination')} ${PAYMENT}`, ['PAYMENT_TERMS']],
  [
    'a settled payment was refused to its bank',
    'gateway',
    `UPDATE payment SET status = 'RJCT' ${PAYMENT}`,
    ['NOTICE_FALSE', 'REPORT_FALSE', 'STATUS_FALSE', 'TRADE_FALSE'],
  ],
  [
    'a refused payment was settled to its bank',
    'gateway',
    `UPDATE payment SET status = 'ACSC' WHERE uetr = '${REJECTED}'`,
    ['NOTICE_MISSING', 'REPORT_FALSE', 'STATUS_FALSE', 'TRADE_FALSE'],
  ],
  [
    'the instant of finality is another',
    'gateway',
    `UPDATE payment SET decided_at = decided_at + 1 ${PAYMENT}`,
    ['FINALITY_FALSE'],
  ],
  [
    'a quote is bound elsewhere',
    'gateway',
    `UPDATE fx_quote SET bound_uetr = '${REJECTED}' WHERE bound_uetr = '${SETTLED}'`,
    ['QUOTE_BINDING', 'TRADE_FALSE'],
  ],
  [
    'a quote is signed by nobody',
    'gateway',
    `UPDATE fx_quote SET ${flip('signature')} WHERE bound_uetr = '${SETTLED}'`,
    ['QUOTE_INVALID'],
  ],
  [
    'the payee bank was not told',
    'gateway',
    `DELETE FROM inbox WHERE ${NOTICE} AND msg_id LIKE 'C%'`,
    ['NOTICE_MISSING'],
  ],
  [
    'the payee bank was told twice',
    'gateway',
    `INSERT INTO inbox (recipient, message_id, msg_id, uetr, body, created_at) SELECT recipient, message_id, msg_id, uetr, body, created_at FROM inbox WHERE ${NOTICE} AND msg_id LIKE 'N%'`,
    ['NOTICE_TWICE'],
  ],
  [
    'another bank was told',
    'gateway',
    `UPDATE inbox SET recipient = 'DALAKZ20' WHERE ${NOTICE} AND msg_id LIKE 'D%'`,
    ['NOTICE_FALSE'],
  ],
  [
    'the payee bank is given another message than went on',
    'gateway',
    `UPDATE inbox SET body = 'a larger amount' WHERE ${NOTICE} AND msg_id LIKE 'C%'`,
    ['NOTICE_FALSE'],
  ],
  [
    'a bank is told something that nobody sent',
    'gateway',
    `INSERT INTO inbox (recipient, message_id, msg_id, uetr, body, created_at) SELECT recipient, message_id, 'X', uetr, body, created_at FROM inbox WHERE ${NOTICE} AND msg_id LIKE 'N%'`,
    ['NOTICE_FALSE'],
  ],
  [
    'a bank is told of a payment that there is not',
    'gateway',
    `INSERT INTO inbox (recipient, message_id, msg_id, uetr, body, created_at) SELECT recipient, message_id, msg_id, '${randomUUID()}', body, created_at FROM inbox WHERE ${NOTICE} AND msg_id LIKE 'N%'`,
    ['NOTICE_FALSE'],
  ],
  [
    'a bank is told of no payment',
    'gateway',
    `INSERT INTO inbox (recipient, message_id, msg_id, body, created_at) SELECT recipient, message_id, msg_id, body, created_at FROM inbox WHERE ${NOTICE} AND msg_id LIKE 'N%'`,
    ['NOTICE_FALSE'],
  ],
  [
    'a bank is told the end of no message',
    'gateway',
    `INSERT INTO inbox (recipient, message_id, msg_id, body, created_at) SELECT recipient, message_id, 'Fx', body, created_at FROM inbox WHERE ${REPORT}`,
    ['NOTICE_FALSE'],
  ],
  [
    'a payment is shown with another amount',
    'gateway',
    `UPDATE payment SET facts = replace(facts::text, '"125000000"', '"125000001"')::json ${PAYMENT}`,
    ['PAYMENT_TERMS'],
  ],
  [
    'a settled payment moved another amount',
    'gateway',
    `UPDATE fx_trade SET target_minor = target_minor + 1 ${OWN_TRADE}`,
    ['POSITION_FALSE', 'TRADE_FALSE'],
  ],
  [
    'its rounding is another',
    'gateway',
    `UPDATE fx_trade SET residue_gain = residue_gain + 0.01 ${OWN_TRADE}`,
    ['POSITION_FALSE', 'TRADE_FALSE'],
  ],
  [
    'it moved the money of another provider',
    'gateway',
    `UPDATE fx_trade SET provider_bic = 'DALAKZ20' ${OWN_TRADE}`,
    ['POSITION_FALSE', 'TRADE_FALSE'],
  ],
  [
    'a settled payment moved nothing',
    'gateway',
    `DELETE FROM fx_trade ${OWN_TRADE}`,
    ['POSITION_FALSE', 'TRADE_FALSE'],
  ],
  [
    'a trade is booked of no quote',
    'gateway',
    `INSERT INTO fx_trade (quote_id, provider_bic, source_currency, source_minor, target_currency, target_minor, residue_currency, residue_gain, booked_at) VALUES ('${randomUUID()}', 'OTKLKZ20', 'KZT', 1, 'CNY', 1, 'CNY', 0, 1)`,
    ['POSITION_FALSE', 'TRADE_FALSE'],
  ],
  [
    'more of a wallet is reserved than quotes promise',
    'gateway',
    `UPDATE fx_counter SET amount = amount + 1 WHERE measure = 'promised'`,
    ['RESERVE_FALSE'],
  ],
  [
    'a position is larger than its trades',
    'gateway',
    `UPDATE fx_position SET position_minor = position_minor + 1`,
    ['POSITION_FALSE'],
  ],
  ['a position cost less', 'gateway', `UPDATE fx_position SET cost_minor = cost_minor - 1`, ['POSITION_FALSE']],
  ['a result is better', 'gateway', `UPDATE fx_position SET realised_minor = realised_minor + 1`, ['POSITION_FALSE']],
  ['a position is gone', 'gateway', `DELETE FROM fx_position WHERE currency = 'CNY'`, ['POSITION_FALSE']],
  [
    'a position is of no trade',
    'gateway',
    `INSERT INTO fx_position VALUES ('OTKLKZ20', 'CNY', 'USD', 1)`,
    ['POSITION_FALSE'],
  ],
  ['a message is not the accepted one', 'gateway', `UPDATE message SET ${flip('body')} ${MESSAGE}`, ['MESSAGE_BYTES']],
  [
    'a message is signed by nobody',
    'gateway',
    `UPDATE message SET ${flip('authorisation')} ${MESSAGE}`,
    ['AUTHORISATION_INVALID'],
  ],
  ['a message counts wrongly', 'gateway', `UPDATE message SET open_count = 1 ${MESSAGE}`, ['MESSAGE_COUNT']],
  ['a bank was not told the end', 'gateway', `DELETE FROM inbox WHERE ${REPORT}`, ['REPORT_MISSING']],
  [
    'a bank was told the end twice',
    'gateway',
    `INSERT INTO inbox (recipient, message_id, msg_id, uetr, body, created_at) SELECT recipient, message_id, msg_id, uetr, body, created_at FROM inbox WHERE ${REPORT}`,
    ['REPORT_TWICE'],
  ],
  [
    'a bank was told another end',
    'gateway',
    `UPDATE inbox SET body = (SELECT body FROM inbox WHERE message_id LIKE 'pacs.002.%' AND uetr = '${REJECTED}') WHERE ${REPORT}`,
    ['REPORT_FALSE'],
  ],
];

const KZ = { code: 'KZ' as LedgerCode, currency: 'KZT' };

/** A block with one transaction, made and signed by a ledger operator who lies. */
async function appendBlock(client: pg.PoolClient, content: TransactionContent, epoch?: bigint): Promise<void> {
  const { rows } = await client.query('SELECT * FROM block ORDER BY sequence DESC LIMIT 1');
  const [last] = rows;
  const sequence = BigInt(last.sequence) + 1n;
  const body = encodeTransaction(KZ, content, sequence, 0);
  const header = {
    ...{ sequence, previousHash: last.hash as Buffer, merkleRoot: merkleTree([body]).root },
    ...{ time: Number(last.block_time) + 1, transactionCount: 1, epoch: epoch ?? BigInt(last.epoch) },
  };
  const hash = headerHash(KZ, header);
  await client.query('INSERT INTO block VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
    ...[sequence, header.previousHash, header.merkleRoot, header.time, 1, header.epoch, hash],
    ...[Buffer.from(notary.sign(hash)), last.issued_minor, last.redeemed_minor],
  ]);
  const posted = content.kind === 'transfer';
  const shown = posted
    ? [content.amountMinor, content.reference, content.debitWallet, content.creditWallet]
    : [null, null, null, null];
  await client.query(
    `INSERT INTO ledger_transaction (block_sequence, position, made_from, posted, transaction_id, kind, body,
       amount_minor, reference, debit_wallet, credit_wallet) VALUES ($1, 0, 0, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [sequence, posted, transactionIdOf(body), content.kind, body, ...shown],
  );
  for (const [index, token] of content.outputs.entries())
    await client.query(
      `INSERT INTO token (made_in, made_at, amount_minor, held, token_id, wallet_id) VALUES ($1, $2, $3, false,
         $4::bytea || int4send($2), $5)`,
      [sequence, index, token.amountMinor, transactionIdOf(body), token.walletId],
    );
  await client.query('UPDATE ledger_head SET sequence = $1, hash = $2', [sequence, hash]);
}

const STATUS: TransactionContent = {
  ...{ kind: 'setWalletStatus', reference: null, debitWallet: null, creditWallet: 'KZ-SUSPENSE' as WalletId },
  ...{ amountMinor: 0n, detail: Buffer.from('\x04open'), inputs: [], outputs: [], entries: [] },
};

/** A transfer that spends one of the payer's tokens as if it were worth `claimed` more, and makes `made` more of it. */
const forgedTransfer = (claimed: bigint, made: bigint) => async (client: pg.PoolClient) => {
  const { rows } = await client.query(`SELECT * FROM token WHERE ${UNSPENT}`);
  const [row] = rows;
  const free = { markId: null, markLevel: null, conditionRef: null };
  const amountMinor = BigInt(row.amount_minor);
  const creditWallet = 'KZ-SUSPENSE' as WalletId;
  await appendBlock(client, {
    ...{ kind: 'transfer', reference: 'forged', debitWallet: row.wallet_id, creditWallet, detail: Buffer.alloc(0) },
    amountMinor: amountMinor + made,
    inputs: [
      {
        ...free,
        tokenId: row.token_id,
        walletId: row.wallet_id,
        amountMinor: amountMinor + claimed,
        madeIn: 0n,
        madeAt: 0,
      },
    ],
    outputs: [{ ...free, walletId: creditWallet, amountMinor: amountMinor + made }],
    entries: [],
  });
  await client.query(`UPDATE token SET spent_in = ${LAST_BLOCK}, spent_at = 0 WHERE ${UNSPENT}`);
};

const FORGED: readonly (readonly [
  what: string,
  tamper: (client: pg.PoolClient) => Promise<unknown>,
  codes: readonly string[],
])[] = [
  ['its epoch is over', (client) => appendBlock(client, STATUS, 0n), ['BLOCK_EPOCH']],
  ['it makes money', forgedTransfer(0n, 1n), ['SUPPLY_DIFFERS', 'TRANSACTION_AMOUNTS', 'WALLET_SUMS']],
  ['it spends a token as a larger one', forgedTransfer(1n, 1n), ['SUPPLY_DIFFERS', 'TOKEN_INPUT', 'WALLET_SUMS']],
];

/** A provider that signs, of a payment that has settled, another quote under the id of the one that was used. */
const chargingQuote = async (client: pg.PoolClient) => {
  const { rows } = await client.query<{ quote: Buffer }>(`SELECT quote FROM fx_quote WHERE bound_uetr = '${SETTLED}'`);
  const charge = { bearer: 'creditor', amountMinor: 1n, walletId: 'KZ-FEE' as WalletId } as const;
  const bytes = encodeQuote({ ...decodeQuote(rows[0]!.quote), charge });
  const provider = createLocalQuoteSigner(await stack.signer('provider'));
  const [signature] = await provider.sign([quoteHash(bytes)]);
  const values = [bytes, signature, SETTLED];
  await client.query('UPDATE fx_quote SET quote = $1, signature = $2 WHERE bound_uetr = $3', values);
};

const codesOf = (findings: readonly { readonly code: string }[]) =>
  [...new Set(findings.map(({ code }) => code))].sort();

describe('the audit of an installation', () => {
  it('finds nothing wrong where nothing is', async () => {
    await expectVerified(pools, keys);
  });

  it('audits what a central bank has: its ledger and its co-signer', async () => {
    for (const code of ['kz', 'cn'])
      await expectVerified(new Map([...pools].filter(([role]) => role.endsWith(code))), keys);
    for (const [role, pool] of pools) await expectVerified(new Map([[role, pool]]), keys);
  });

  it('does not trust a notary whose key it was not given', async () => {
    const findings = await findingsOf(
      pools,
      keys.filter(({ keyId }) => keyId !== 'ledger-kz'),
    );
    expect(codesOf(findings)).toContain('BLOCK_SIGNATURE');
  });

  it.each(ROWS)('tells when %s', async (_what, role, sql, codes) => {
    const findings = await findingsAfter(role, async (client) => {
      const { rowCount } = await client.query(sql);
      expect(rowCount).toBeGreaterThan(0);
    });
    expect(codesOf(findings)).toEqual(codes);
  });

  it.each(FORGED)('tells of a block that the ledger itself forged: %s', async (_what, tamper, codes) => {
    expect(codesOf(await findingsAfter('ledger-kz', tamper))).toEqual(codes);
  });

  it('tells of a quote that charges otherwise than was settled', async () => {
    expect(codesOf(await findingsAfter('gateway', chargingQuote))).toEqual(['CHARGE_FALSE']);
  });

  it('has every code in the operations page, and a tampering for each', () => {
    const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const rowsOf = (title: string): string[] =>
      page
        .split(`\n## ${title}\n`)[1]!
        .split('\n## ')[0]!
        .split('\n')
        .filter((line) => line.startsWith('| `'));
    const codesIn = (rows: readonly string[]) =>
      rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code!)).sort();
    const tampered = new Set([
      ...ROWS.flatMap(([, , , codes]) => codes),
      'CHARGE_FALSE',
      ...[...FORGED, ...DOMESTIC_ROWS, ...DOMESTIC_FORGED].flatMap(([, , codes]) => codes),
      // In agreements.test.ts.
      'AGREEMENT_BROKEN',
    ]);
    expect(codesIn(rowsOf('Audit'))).toEqual([...tampered].sort());
    expect(codesIn(rowsOf('Alarms'))).toEqual([...ALARM_CODES].sort());
  });
});

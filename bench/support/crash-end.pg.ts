/** What is in the databases when everything is over: read from a stopped gateway's data folder, nothing is written. */
import { join } from 'node:path';
import type pg from 'pg';
import { demoConfig } from '../../src/gateway/demo.js';
import { readPublicKeyFile } from '../../src/gateway/identity/key-file.js';
import { createPool, type DatabaseRole, databaseRoles, openDatabases } from '../../src/gateway/platform/databases.js';
import { equalBytes } from '../../src/kernel/hash.js';
import { merkleTreeOfHashes } from '../../src/kernel/merkle.js';
import { verifySignature } from '../../src/kernel/suites.js';
import { verifyChain } from '../../src/ledger/chain.js';
import type { SignedBlock } from '../../src/ledger/model.js';
import { createLedgerReads } from '../../src/ledger/reads.js';
import { createPgStore } from '../../src/ledger/store.pg.js';
import { decodeAttestations } from '../../src/pvp/attestation.js';

export interface EndHold {
  readonly state: 'HELD' | 'SETTLED' | 'RELEASED';
  readonly amountMinor: bigint;
  readonly debitWallet: string | null;
  readonly creditWallet: string | null;
}

export interface EndLedger {
  readonly code: string;
  readonly holds: ReadonlyMap<string, EndHold>;
  /** The one-vote journal of this jurisdiction's co-signer. */
  readonly votes: ReadonlyMap<string, string>;
  /** Minor units by wallet; `tokens` is the sum of its unspent tokens. */
  readonly wallets: ReadonlyMap<string, { available: bigint; held: bigint; tokens: bigint }>;
  /** Faults of the block chain, of the sums, and evidence of contradictory votes, in words. */
  readonly faults: readonly string[];
}

export interface EndPayment {
  readonly sender: string;
  readonly msgId: string;
  readonly uetr: string;
  readonly ownsUetr: boolean;
  readonly state: string;
  readonly status: string;
  readonly reason: string | null;
}

export interface EndState {
  readonly ledgers: readonly EndLedger[];
  readonly payments: readonly EndPayment[];
  readonly openMessages: readonly { readonly sender: string; readonly msgId: string }[];
  /** How often each message that isn't a pacs.002 is in an inbox, by `recipient msgId`. */
  readonly notices: ReadonlyMap<string, number>;
}

const PAGE = 1_000;

/** Starts the embedded server of the folder, reads, and stops it. */
export async function readEnd(dataFolder: string): Promise<EndState> {
  const roles = databaseRoles(demoConfig.jurisdictions.map(({ code }) => code));
  const databases = await openDatabases({}, roles, { folder: join(dataFolder, 'postgres') });
  const pools = new Map(roles.map((role) => [role, createPool(databases.url(role), { max: 2 })]));
  const pool = (role: DatabaseRole): pg.Pool => {
    const found = pools.get(role);
    if (!found) throw new Error(`no database ${role}`);
    return found;
  };
  try {
    return await readState(dataFolder, pool);
  } finally {
    for (const one of pools.values()) await one.end();
    await databases.stop();
  }
}

/** Reads databases that are open already; public keys are in the data folder. */
export async function readState(dataFolder: string, pool: (role: DatabaseRole) => pg.Pool): Promise<EndState> {
  const ledgers: EndLedger[] = [];
  for (const { code } of demoConfig.jurisdictions) {
    const name = code.toLowerCase();
    ledgers.push(await readLedger(code, dataFolder, pool(`ledger-${name}`), pool(`signer-${name}`)));
  }
  return { ledgers, ...(await readGateway(pool('gateway'))) };
}

async function readLedger(code: string, dataFolder: string, ledger: pg.Pool, signer: pg.Pool): Promise<EndLedger> {
  const holds = await ledger.query<{
    condition_ref: string;
    state: EndHold['state'];
    amount_minor: bigint;
    debit_wallet: string | null;
    credit_wallet: string | null;
  }>('SELECT condition_ref, state, amount_minor, debit_wallet, credit_wallet FROM hold');
  const votes = await signer.query<{ pvp_id: string; decision: string }>('SELECT pvp_id, decision FROM signer_journal');
  const wallets = await ledger.query<{ wallet_id: string; available: bigint; held: bigint; tokens: string }>(
    `SELECT w.wallet_id, w.available_minor AS available, w.held_minor AS held,
            (SELECT coalesce(sum(t.amount_minor), 0) FROM token t
              WHERE t.wallet_id = w.wallet_id AND t.spent_in IS NULL) AS tokens
       FROM wallet w`,
  );
  return {
    code,
    holds: new Map(
      holds.rows.map((row) => [
        row.condition_ref,
        {
          state: row.state,
          amountMinor: row.amount_minor,
          debitWallet: row.debit_wallet,
          creditWallet: row.credit_wallet,
        },
      ]),
    ),
    votes: new Map(votes.rows.map((row) => [row.pvp_id, row.decision])),
    wallets: new Map(
      wallets.rows.map(({ wallet_id, available, held, tokens }) => [
        wallet_id,
        { available, held, tokens: BigInt(tokens) },
      ]),
    ),
    faults: [...(await ledgerFaults(code, dataFolder, ledger)), ...(await signerFaults(code, signer))],
  };
}

async function ledgerFaults(code: string, dataFolder: string, pool: pg.Pool): Promise<string[]> {
  const identity = demoConfig.jurisdictions.find((jurisdiction) => jurisdiction.code === code);
  if (!identity) throw new Error(`no ledger ${code}`);
  const key = await readPublicKeyFile(join(dataFolder, 'keys', `ledger-${code.toLowerCase()}.pub.json`));
  const store = createPgStore(pool);
  const faults: string[] = [];
  let anchor: SignedBlock | null = null;
  for (;;) {
    const blocks: SignedBlock[] = await store.blocks((anchor?.header.sequence ?? 0n) + 1n, PAGE);
    const fault = verifyChain(identity, blocks, key, verifySignature, anchor);
    if (fault) faults.push(`${code}: block ${fault.sequence} does not verify (${fault.fault})`);
    for (const { header } of blocks) {
      const ids = (await store.blockTransactions(header.sequence)).map((row) => row.transactionId);
      const isWhole =
        ids.length === header.transactionCount && equalBytes(merkleTreeOfHashes(ids).root, header.merkleRoot);
      if (!isWhole) faults.push(`${code}: block ${header.sequence} does not hold its transactions`);
    }
    anchor = blocks.at(-1) ?? anchor;
    if (blocks.length < PAGE) break;
  }
  const head = await store.head();
  if (head.sequence !== (anchor?.header.sequence ?? 0n)) faults.push(`${code}: the head is not the last block`);
  const audit = await createLedgerReads(store).audit();
  if (!audit.agrees) faults.push(`${code}: the sums differ: ${Object.entries(audit).map(([k, v]) => `${k}=${v}`)}`);
  return faults;
}

/** A contradictory vote of a peer would be kept as evidence. */
async function signerFaults(code: string, pool: pg.Pool): Promise<string[]> {
  const { rows } = await pool.query<{ pvp_id: string; votes: Buffer }>('SELECT pvp_id, votes FROM signer_equivocation');
  return rows.map(
    ({ pvp_id, votes }) => `${code}: ${decodeAttestations(votes).length} contradictory votes on ${pvp_id}`,
  );
}

async function readGateway(pool: pg.Pool): Promise<Omit<EndState, 'ledgers'>> {
  const payments = await pool.query<{
    sender: string;
    msg_id: string;
    uetr: string;
    owns_uetr: boolean;
    state: string;
    status: string;
    reason: string | null;
  }>('SELECT sender, msg_id, uetr, owns_uetr, state, status, reason FROM payment');
  const messages = await pool.query<{ sender: string; msg_id: string }>(
    'SELECT sender, msg_id FROM message WHERE open_count <> 0',
  );
  const notices = await pool.query<{ recipient: string; msg_id: string; times: number }>(
    `SELECT recipient, msg_id, count(*)::integer AS times FROM inbox
      WHERE message_id NOT LIKE 'pacs.002.%' GROUP BY recipient, msg_id`,
  );
  return {
    payments: payments.rows.map((row) => ({
      sender: row.sender,
      msgId: row.msg_id,
      uetr: row.uetr,
      ownsUetr: row.owns_uetr,
      state: row.state,
      status: row.status,
      reason: row.reason,
    })),
    openMessages: messages.rows.map((row) => ({ sender: row.sender, msgId: row.msg_id })),
    notices: new Map(notices.rows.map((row) => [`${row.recipient} ${row.msg_id}`, row.times])),
  };
}

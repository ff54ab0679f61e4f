/** What is in the databases when everything is over: read from a stopped gateway's data folder, nothing is written. */
import { join } from 'node:path';
import type pg from 'pg';
import { readTrustedKeys } from '../../src/gateway/cli/trusted-keys.js';
import { demoConfig } from '../../src/gateway/demo.js';
import { createPool, type DatabaseRole, databaseRoles, openDatabases } from '../../src/gateway/platform/databases.js';
import { createReader } from '../../src/gateway/readers.js';
import { verifyInstallation } from '../../src/gateway/verify.js';
import { type Finding, findingLine } from '../../src/kernel/finding.js';

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

/** Starts the embedded server of the folder, reads, and stops it; with what the product's own audit finds. */
export async function readEnd(dataFolder: string): Promise<EndState & { readonly faults: readonly string[] }> {
  const roles = databaseRoles(demoConfig.jurisdictions.map(({ code }) => code));
  const databases = await openDatabases({}, roles, { folder: join(dataFolder, 'postgres') });
  const pools = new Map(roles.map((role) => [role, createPool(databases.url(role), { max: 2 })]));
  const pool = (role: DatabaseRole): pg.Pool => {
    const found = pools.get(role);
    if (!found) throw new Error(`no database ${role}`);
    return found;
  };
  try {
    const { jurisdictions: keys } = await readTrustedKeys(join(dataFolder, 'keys'));
    const faults: string[] = [];
    const report = (finding: Finding): void => void faults.push(findingLine(finding));
    await verifyInstallation({ pools, keys, reader: createReader(), openBefore: null, report });
    return { ...(await readState(pool)), faults };
  } finally {
    for (const one of pools.values()) await one.end();
    await databases.stop();
  }
}

/** Reads databases that are open already. */
export async function readState(pool: (role: DatabaseRole) => pg.Pool): Promise<EndState> {
  const ledgers: EndLedger[] = [];
  for (const { code } of demoConfig.jurisdictions) {
    const name = code.toLowerCase();
    ledgers.push(await readLedger(code, pool(`ledger-${name}`), pool(`signer-${name}`)));
  }
  return { ledgers, ...(await readGateway(pool('gateway'))) };
}

async function readLedger(code: string, ledger: pg.Pool, signer: pg.Pool): Promise<EndLedger> {
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
  };
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

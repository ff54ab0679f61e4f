/** One payment as the five databases have it at this moment. */
import type { DatabaseRole } from '../../../src/gateway/platform/databases.js';
import type { DatabaseServer } from './servers.js';

type HoldState = 'HELD' | 'SETTLED' | 'RELEASED';

export interface Leg {
  readonly hold: HoldState | null;
  /** `unread` while the journal's server is down; null where it has no vote. */
  readonly vote: 'COMMIT' | 'ABORT' | 'unread' | null;
}

export interface Look {
  /** Status that the bank is told; null when the gateway has no such payment. */
  readonly status: string | null;
  readonly isClosed: boolean;
  readonly kz: Leg;
  readonly cn: Leg;
}

/**
 * Reads the gateway first and the journals last: what the bank is told rests on votes that were there before. A hold
 * whose server is down is null.
 */
export async function lookAt(server: (role: DatabaseRole) => DatabaseServer, uetr: string): Promise<Look> {
  const payment = await server('gateway')
    .pool.query<{ status: string; state: string }>('SELECT status, state FROM payment WHERE uetr = $1 AND owns_uetr', [
      uetr,
    ])
    .catch(() => undefined);
  const row = payment?.rows[0];
  const leg = async (code: 'kz' | 'cn'): Promise<Leg> => {
    const hold = await server(`ledger-${code}`)
      .pool.query<{ state: HoldState }>('SELECT state FROM hold WHERE condition_ref = $1', [uetr])
      .catch(() => undefined);
    const vote = await server(`signer-${code}`)
      .pool.query<{ decision: 'COMMIT' | 'ABORT' }>('SELECT decision FROM signer_journal WHERE pvp_id = $1', [uetr])
      .catch(() => undefined);
    return { hold: hold?.rows[0]?.state ?? null, vote: vote ? (vote.rows[0]?.decision ?? null) : 'unread' };
  };
  const status = row?.status ?? null;
  return { status, isClosed: row?.state === 'CLOSED', kz: await leg('kz'), cn: await leg('cn') };
}

/** The tariffs that stand, in the gateway's database. */
import type pg from 'pg';
import type { Tariff } from '../pvp/charge.js';
import type { Approved } from './proposals.js';

/** A tariff with who set and who approved it; officers are ids of keys, times milliseconds. */
export interface StoredTariff {
  readonly tariff: Tariff;
  readonly setAt: number;
  readonly setBy: string;
  readonly approvedBy: string;
}

interface TariffRow {
  tariff: Tariff;
  set_at: bigint | string;
  set_by: string;
  approved_by: string;
}

/** Puts tariffs in the place of those of the same corridor and bank, inside the caller's transaction. */
export async function setTariffs(
  client: pg.PoolClient,
  tariffs: readonly Tariff[],
  { at, setBy, approvedBy }: Approved,
): Promise<void> {
  await client.query({
    name: 'fx-set-tariffs',
    // In one order, so that two approvals wait for each other.
    text: `INSERT INTO fx_tariff (corridor, bank, tariff, set_at, set_by, approved_by)
           SELECT corridor, bank, tariff, $4::bigint, $5::text, $6::text
             FROM unnest($1::text[], $2::text[], $3::json[]) AS given (corridor, bank, tariff) ORDER BY corridor, bank
           ON CONFLICT (corridor, bank) DO UPDATE SET tariff = excluded.tariff, set_at = excluded.set_at,
             set_by = excluded.set_by, approved_by = excluded.approved_by`,
    values: [
      tariffs.map(({ corridor }) => corridor),
      tariffs.map(({ bank }) => bank ?? ''),
      tariffs.map((tariff) => JSON.stringify(tariff)),
      ...[at, setBy, approvedBy],
    ],
  });
}

/** Those that stand, by corridor, the one of all banks first. */
export async function standingTariffs(pool: pg.Pool): Promise<StoredTariff[]> {
  const { rows } = await pool.query<TariffRow>({
    name: 'fx-tariffs',
    text: 'SELECT tariff, set_at, set_by, approved_by FROM fx_tariff ORDER BY corridor, bank',
  });
  return rows.map((row) => ({
    tariff: row.tariff,
    setAt: Number(row.set_at),
    setBy: row.set_by,
    approvedBy: row.approved_by,
  }));
}

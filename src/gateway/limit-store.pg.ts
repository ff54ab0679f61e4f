/** Limits that stand, and how banks behaved, in the gateway's database. */
import type pg from 'pg';
import type { Bic } from '../kernel/ids.js';
import { type LimitFound, toLimit } from '../pvp/counter-store.pg.js';
import type { Limit, LimitMeasure, LimitScope } from '../pvp/limits.js';
import type { Approved } from './proposals.js';

/** A limit, with who set it and when. */
export interface StoredLimit extends Limit, Omit<Approved, 'at'> {
  /** Milliseconds. */
  readonly setAt: number;
}

/** A limit as it shall be; `most` is minor units or a count, decimal, and null takes the limit away. */
export interface LimitChange {
  readonly scope: LimitScope;
  readonly bic: Bic | null;
  readonly measure: LimitMeasure;
  readonly currency: string | null;
  readonly most: string | null;
}

/** Sets or takes away limits, inside the caller's transaction. */
export async function changeLimits(
  client: pg.PoolClient,
  changes: readonly LimitChange[],
  { setBy, approvedBy, at }: Approved,
): Promise<void> {
  const keys = [
    changes.map(({ scope }) => scope),
    changes.map(({ bic }) => bic ?? ''),
    changes.map(({ measure }) => measure),
    changes.map(({ currency }) => currency ?? ''),
    changes.map(({ most }) => most),
  ];
  await client.query({
    name: 'fx-set-limits',
    text: `INSERT INTO fx_limit (scope, bic, measure, currency, most, set_at, set_by, approved_by)
           SELECT scope, bic, measure, currency, most, $6, $7, $8
             FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[])
                  AS g (scope, bic, measure, currency, most)
            WHERE most IS NOT NULL ORDER BY scope, bic, measure, currency
           ON CONFLICT (scope, bic, measure, currency) DO UPDATE
             SET most = excluded.most, set_at = excluded.set_at, set_by = excluded.set_by,
                 approved_by = excluded.approved_by`,
    values: [...keys, at, setBy, approvedBy],
  });
  await client.query({
    name: 'fx-take-limits',
    text: `DELETE FROM fx_limit l
            USING unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::numeric[])
                  AS g (scope, bic, measure, currency, most)
            WHERE g.most IS NULL AND l.scope = g.scope AND l.bic = g.bic AND l.measure = g.measure
              AND l.currency = g.currency`,
    values: keys,
  });
}

interface LimitRow extends LimitFound {
  set_at: bigint | string;
  set_by: string;
  approved_by: string;
}

export async function standingLimits(pool: pg.Pool): Promise<StoredLimit[]> {
  const { rows } = await pool.query<LimitRow>({
    name: 'fx-limits',
    text: `SELECT scope, bic, measure, currency, most::text AS most, set_at, set_by, approved_by FROM fx_limit
            ORDER BY scope, bic, measure, currency`,
  });
  return rows.map((row) => ({
    ...toLimit(row),
    setAt: Number(row.set_at),
    setBy: row.set_by,
    approvedBy: row.approved_by,
  }));
}

/** How a bank behaved on a day. */
export interface Conduct {
  readonly bank: Bic;
  /** `YYYY-MM-DD`, of the ledger whose currency it was to give. */
  readonly day: string;
  readonly lapsedQuotes: number;
  readonly abortedPayments: number;
}

/** Of one bank, or of all, since a day, the newest first. */
export async function conductOf(
  pool: pg.Pool,
  { bank, since, limit }: { readonly bank: Bic | null; readonly since: string; readonly limit: number },
): Promise<Conduct[]> {
  const { rows } = await pool.query<{ name: string; day: string; lapsed: string; aborted: string }>({
    name: 'fx-conduct',
    text: `SELECT name, day, coalesce(sum(amount) FILTER (WHERE measure = 'lapsedQuotes'), 0)::text AS lapsed,
                  coalesce(sum(amount) FILTER (WHERE measure = 'abortedPayments'), 0)::text AS aborted
             FROM fx_counter
            WHERE measure IN ('lapsedQuotes', 'abortedPayments') AND day >= $1 AND ($2::text IS NULL OR name = $2)
            GROUP BY day, name ORDER BY day DESC, name LIMIT $3`,
    values: [since, bank, limit],
  });
  return rows.map(({ name, day, lapsed, aborted }) => ({
    bank: name as Bic,
    day,
    lapsedQuotes: Number(lapsed),
    abortedPayments: Number(aborted),
  }));
}

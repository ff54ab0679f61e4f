/** A pool that remembers the queries it was asked, and tells how the server carries them out. */
import type { Pool, QueryConfig } from 'pg';

export interface WatchedPool {
  readonly pool: Pool;
  seen(): readonly QueryConfig[];
  forget(): void;
  /** How the plans of the queries seen reach each table, with the values of now and as a prepared statement for any. */
  plans(): Promise<Record<string, string[]>>;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];
/** Index scans by the name of the index; whatever else reads a table by the kind of the scan. */
const reads = (plan: PlanNode): string[] =>
  nodesOf(plan).flatMap((node) => {
    if (node['Index Name']) return [node['Index Name']];
    const isWhole = node['Relation Name'] !== undefined && node['Node Type'] !== 'Bitmap Heap Scan';
    return isWhole ? [`${node['Node Type']} on ${node['Relation Name']}`] : [];
  });
const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();

export function watchedPool(pool: Pool): WatchedPool {
  let queries: QueryConfig[] = [];
  const explain = async (prefix: string, text: string, values: readonly unknown[]): Promise<string[]> => {
    const { rows } = await pool.query(`EXPLAIN (${prefix} FORMAT JSON) ${text}`, [...values]);
    return reads(rows[0]['QUERY PLAN'][0].Plan as PlanNode);
  };
  return {
    pool: new Proxy(pool, {
      get: (target, name) => {
        if (name !== 'query') return Reflect.get(target, name, target);
        return (query: QueryConfig) => {
          queries.push(query);
          return target.query(query);
        };
      },
    }),
    seen: () => queries,
    forget: () => {
      queries = [];
    },
    plans: async () => {
      const custom: string[] = [];
      const generic: string[] = [];
      for (const { text, values = [] } of queries) {
        custom.push(...(await explain('', text, values)));
        generic.push(...(await explain('GENERIC_PLAN,', text, [])));
      }
      return { custom: distinct(custom), generic: distinct(generic) };
    },
  };
}

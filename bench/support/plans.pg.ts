/** How the server finds the rows of the statements that were asked of it. */
import type { Pool, PoolClient } from 'pg';

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Prepared statements of a pool by name, each as it was used last. Connections made before are not heard. */
export function recordStatements(pool: Pool): ReadonlyMap<string, Statement> {
  const statements = new Map<string, Statement>();
  pool.on('connect', (client: PoolClient) => {
    const query = client.query.bind(client);
    client.query = ((...given: Parameters<typeof query>) => {
      const { name, text, values } = given[0] as Partial<Statement> & { name?: string };
      if (name !== undefined && text !== undefined) statements.set(name, { text, values: values ?? [] });
      return query(...given);
    }) as typeof client.query;
  });
  return statements;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** How an access starts that reads all of a table. */
export const WHOLE = 'all of ';

/** The accesses of each statement's plan, for its parameters and for any: an index, or `all of` a table. */
export async function accessesOf(
  pool: Pool,
  statements: ReadonlyMap<string, Statement>,
): Promise<Record<string, readonly string[]>> {
  const found: Record<string, readonly string[]> = {};
  for (const [name, { text, values }] of [...statements]) {
    const own = await pool.query({ text: `EXPLAIN (FORMAT JSON) ${text}`, values: [...values] });
    const any = await pool.query(`EXPLAIN (FORMAT JSON, GENERIC_PLAN) ${text}`);
    const plans = [own, any].map(({ rows }) => rows[0]['QUERY PLAN'][0].Plan as PlanNode);
    found[name] = [...new Set(plans.flatMap(accesses))].sort();
  }
  return found;
}

function accesses(node: PlanNode): string[] {
  const table = node['Relation Name'];
  const index = node['Index Name'];
  const own = node['Node Type'] === 'Seq Scan' ? [`${WHOLE}${table}`] : index === undefined ? [] : [index];
  return [...own, ...(node.Plans ?? []).flatMap(accesses)];
}

/** A pool that counts what it is asked, and remembers each statement as it was used last. */
import type { Pool, QueryConfig } from 'pg';
import { accessesOf } from './plans.pg.js';

export interface WatchedPool {
  readonly pool: Pool;
  /** Starts counting anew. */
  forget(): void;
  queryCount(): number;
  /** How the statements find their rows: indexes, or `all of` a table. */
  accesses(): Promise<readonly string[]>;
}

export function watchedPool(pool: Pool): WatchedPool {
  let count = 0;
  const statements = new Map<string, { text: string; values: readonly unknown[] }>();
  return {
    pool: new Proxy(pool, {
      get: (target, name) => {
        if (name !== 'query') return Reflect.get(target, name, target);
        return (query: QueryConfig) => {
          count += 1;
          statements.set(query.name ?? '', { text: query.text, values: query.values ?? [] });
          return target.query(query);
        };
      },
    }),
    forget: () => {
      count = 0;
      statements.clear();
    },
    queryCount: () => count,
    accesses: async () => [...new Set(Object.values(await accessesOf(pool, statements)).flat())].sort(),
  };
}

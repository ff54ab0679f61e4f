import pg from 'pg';

/**
 * An array as PostgreSQL reads one (manual 8.15.6), of texts, numbers or truths and nulls; null where something else is in
 * it. node-postgres writes any array, and pays two replacements for each of its elements.
 */
export function arrayText(items: readonly unknown[]): string | null {
  const parts = new Array<string>(items.length);
  for (let i = 0; i < items.length; i += 1) {
    const item = items[i];
    if (item === null || item === undefined) parts[i] = 'NULL';
    else if (typeof item === 'string') parts[i] = `"${NEEDS_ESCAPE.test(item) ? item.replace(ESCAPED, '\\$&') : item}"`;
    else if (typeof item === 'number' || typeof item === 'bigint' || typeof item === 'boolean') parts[i] = String(item);
    else return null;
  }
  return `{${parts.join(',')}}`;
}

const NEEDS_ESCAPE = /["\\]/;
const ESCAPED = /["\\]/g;

const parameter = (value: unknown): unknown => (Array.isArray(value) ? (arrayText(value) ?? value) : value);

interface Given {
  readonly values?: unknown;
  readonly submit?: unknown;
}

type Query = (config: string | Given | null, values?: unknown, callback?: unknown) => unknown;

/** A client that writes arrays of its parameters by {@link arrayText}, where that can. */
export class ArrayWritingClient extends pg.Client {}

const query = pg.Client.prototype.query as Query;
const write: Query = function (this: pg.Client, config, values, callback) {
  const { values: given, submit } = (typeof config === 'object' ? config : null) ?? ({} as Given);
  // What submits itself (a cursor, say) is not a description of a query.
  const isDescribed = Array.isArray(given) && submit === undefined;
  const written = isDescribed ? { ...(config as object), values: given.map(parameter) } : config;
  return query.call(this, written, Array.isArray(values) ? values.map(parameter) : values, callback);
};
ArrayWritingClient.prototype.query = write as pg.Client['query'];

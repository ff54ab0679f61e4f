/**
 * The loss report of a translation: one row for every element of the source message that the destination does not have
 * as it was, and for every one that it has anew.
 */
export type LossKind = 'changed' | 'cut' | 'moved' | 'added' | 'transliterated';

/**
 * `path` is the XPath in the source message (in the destination for `added`); `before` and `after` are the values, or
 * JSON of an element with children. The `after` of a `moved` row is the XPath in the destination.
 */
export interface Loss {
  readonly path: string;
  readonly kind: LossKind;
  readonly before: string | null;
  readonly after: string | null;
}

/** A value as one text for the report. */
export const reported = (value: unknown): string | null => {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** The row for a value that was replaced; none when it stayed the same. */
export function replaced(path: string, before: unknown, after: unknown): Loss[] {
  const [was, is] = [reported(before), reported(after)];
  if (was === is) return [];
  if (was === null) return [{ path, kind: 'added', before: null, after: is }];
  return [{ path, kind: is === null ? 'cut' : 'changed', before: was, after: is }];
}

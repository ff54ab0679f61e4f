import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './command.js';

/**
 * The files that these paths name, in order; of a folder its own `.xml` files (or `.XML`), sorted. Throws `UsageError` for
 * a path that is not there and for a folder without such files.
 */
export async function xmlFiles(paths: readonly string[]): Promise<string[]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => null);
      if (!found) throw new UsageError(`${path} is not there`);
      if (!found.isDirectory()) return [path];
      const entries = await readdir(path, { withFileTypes: true });
      const files = entries.filter((entry) => !entry.isDirectory() && /\.xml$/i.test(entry.name));
      const names = files.map(({ name }) => name).sort();
      if (names.length === 0) throw new UsageError(`${path} holds no .xml files`);
      return names.map((name) => join(path, name));
    }),
  );
  return files.flat();
}

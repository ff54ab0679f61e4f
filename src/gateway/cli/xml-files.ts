import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './command.js';

/** The files that these paths name, in order; of a folder its `.xml` files, sorted. Throws `UsageError` for no path. */
export async function xmlFiles(paths: readonly string[]): Promise<string[]> {
  const files = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => null);
      if (!found) throw new UsageError(`${path} is not there`);
      if (!found.isDirectory()) return [path];
      const names = (await readdir(path)).filter((name) => name.endsWith('.xml')).sort();
      return names.map((name) => join(path, name));
    }),
  );
  return files.flat();
}

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const xmlFiles = (folder: string): Buffer[] =>
  !existsSync(folder)
    ? []
    : readdirSync(folder, { withFileTypes: true, recursive: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith('.xml'))
        .map((entry) => join(entry.parentPath, entry.name))
        .toSorted()
        .map((path) => readFileSync(path));

/** Messages to begin with, in the order of their names: those of the folders that exist, no longer than `bytesMax`. */
export const seedsOf = (folders: readonly string[], bytesMax: number): Buffer[] =>
  folders.flatMap(xmlFiles).filter(({ length }) => length <= bytesMax);

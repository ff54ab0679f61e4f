import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

/** A source file: its path from the repository's root, with slashes, and its text. */
interface Source {
  readonly path: string;
  readonly text: string;
}

/** A house rule: `find` names each offence in a file; `offence` is a file that must be caught, `fine` one that must not. */
interface Rule {
  readonly name: string;
  readonly find: (source: Source) => readonly string[];
  readonly offence: Source;
  readonly fine: Source;
}

const LINES_MAX = 450;

/** Tables that a tool writes, one type a line. */
const TABLES = /^src\/iso20022\/catalogue\/(?:simple|complex|message)-types\.ts$/;

const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  ledger: ['kernel'],
  pvp: ['ledger', 'kernel'],
  iso20022: ['kernel'],
  gateway: ['iso20022', 'pvp', 'ledger', 'kernel'],
};

/** Files that may own the real clock, timers, randomness and environment. */
const ENTRY =
  /^(?:src\/gateway\/(?:cli|platform)\/|bench\/|fuzz\/|conformance\/|examples\/|exploration\/main\.ts$|test\/|[^/]+\.config\.ts$)/;

/** Tests that an absent tool or folder may leave out, and say so. */
const MAY_SKIP: readonly RegExp[] = [
  /^test\/(?:iso20022|conformance)\//,
  /^test\/acceptance\/(?:samples|outbound)\.test\.ts$/,
  /^test\/kernel\/errors\.test\.ts$/,
  /^test\/failover\//,
  /^test\/console\//,
];

/** Comments out, so that a rule about code isn't broken by prose; line breaks stay. Strings stay. */
function withoutComments(text: string): string {
  const token = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(token, (part) => (/^\/[*/]/.test(part) ? part.replace(/[^\n]/g, ' ') : part));
}

/** Strings and template literals of a file, joined. */
const stringsOf = (text: string): string =>
  (withoutComments(text).match(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g) ?? []).join('\n');

const importsOf = (text: string): string[] =>
  [...withoutComments(text).matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');

const folderOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1];

/** The packages a file imports, without subpaths. */
const packagesOf = (text: string): string[] =>
  importsOf(text)
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
    .map((name) => (name.startsWith('@') ? name.split('/').slice(0, 2) : name.split('/').slice(0, 1)).join('/'));

const source = (path: string, text: string): Source => ({ path, text });

const onlyIn = (packages: readonly string[], allowed: RegExp) => (file: Source) =>
  folderOf(file.path) === undefined || allowed.test(file.path)
    ? []
    : packagesOf(file.text).filter((name) => packages.includes(name));

const matches = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map((match) => match[0].trim());

const AMBIENT =
  /\bDate\.now\b|\bnew Date\(\s*\)|(?<![.\w])Date\(\s*\)|\bMath\.random\b|\bperformance\.now\b|\bhrtime\b|\bset(?:Timeout|Interval|Immediate)\b|\bnextTick\b|\bqueueMicrotask\b|\bprocess\.env\b|\brandom(?:UUID|Bytes|Int|FillSync)\b|\bgetRandomValues\b/g;

const SQL =
  /\bINSERT INTO\s+\w|\bSELECT\s[^'"`]*?\sFROM\s+[\w(]|\bUPDATE\s+\w+(?:\s+(?:AS\s+)?\w+)?\s+SET\s|\bDELETE FROM\s+\w|\bCREATE TABLE\s+\w/g;

// Put together from parts: this file is a text too.
const UNFINISHED = new RegExp(`\\b(?:${'TO'}DO|FIX${'ME'})\\b`, 'g');
const MACHINE_PATH = new RegExp(
  `(?:^|[\\s'"\`(=])/(?:${['wo' + 'rk', 'ro' + 'ot', 'ho' + 'me', 'Us' + 'ers'].join('|')})/[\\w.]`,
  'g',
);
const LEFT_OUT = /\b(?:it|test|describe)(?:\.\w+)*\.(?:only|skip|todo|skipIf|runIf|fails)\b/g;

const RULES: readonly Rule[] = [
  {
    name: 'a folder imports only the folders below it',
    find: ({ path, text }) => {
      const folder = folderOf(path);
      if (folder === undefined) return [];
      const allowed = [folder, ...(MAY_IMPORT[folder] ?? [])];
      return importsOf(text)
        .filter((name) => name.startsWith('.'))
        .map((name) => posix.join(posix.dirname(path), name))
        .filter((target) => !allowed.includes(folderOf(target) ?? ''));
    },
    offence: source('src/pvp/terms.ts', "import type { Message } from '../iso20022/types.js';"),
    fine: source(
      'src/pvp/terms.ts',
      "import { sha256 } from '../kernel/hash.js';\nimport x from '../ledger/types.js';",
    ),
  },
  {
    name: 'every folder of src has import rules',
    find: ({ path }) => {
      const folder = folderOf(path);
      return folder === undefined || folder in MAY_IMPORT ? [] : [folder];
    },
    offence: source('src/util/x.ts', ''),
    fine: source('src/kernel/x.ts', ''),
  },
  {
    name: 'time, randomness and environment enter at the process entry',
    find: ({ path, text }) => (ENTRY.test(path) ? [] : matches(withoutComments(text), AMBIENT)),
    offence: source('src/ledger/hold.ts', 'const at = Date.now();'),
    fine: source('src/ledger/hold.ts', '// Date.now() would be ambient\nconst at = new Date(clock.now());'),
  },
  {
    name: 'SQL is in *.pg.ts and migrations',
    find: ({ path, text }) =>
      !path.startsWith('src/') || path.endsWith('.pg.ts') || path.includes('/migrations/')
        ? []
        : matches(stringsOf(text), SQL),
    offence: source('src/gateway/tracker.ts', 'const sql = `UPDATE payment p\n SET status = $1`;'),
    fine: source('src/gateway/tracker.pg.ts', "const sql = 'SELECT id FROM payment';"),
  },
  {
    name: 'Express is in gateway and ledger/http',
    find: onlyIn(['express', 'helmet', 'express-rate-limit'], /^src\/(?:gateway|ledger\/http)\//),
    offence: source('src/ledger/wallet.ts', "import express from 'express';"),
    fine: source('src/ledger/http/routes.ts', "import express from 'express';"),
  },
  {
    name: 'the PostgreSQL client is in *.pg.ts, the platform and the process entry',
    find: ({ path, text }) =>
      onlyIn(
        ['pg'],
        /\.pg\.ts$|^src\/gateway\/(?:platform|cli)\//,
      )(source(path, text.replaceAll(/^import type .*$/gm, ''))),
    offence: source('src/ledger/wallet.ts', "import pg from 'pg';"),
    fine: source('src/gateway/config.ts', "import type { Pool } from 'pg';"),
  },
  {
    name: 'no source file is too long',
    find: ({ path, text }) => {
      const count = text.split('\n').length - 1;
      return path.startsWith('src/') && !TABLES.test(path) && count > LINES_MAX ? [`${count} lines`] : [];
    },
    offence: source('src/kernel/long.ts', '\n'.repeat(LINES_MAX + 1)),
    fine: source('src/kernel/long.ts', '\n'.repeat(LINES_MAX)),
  },
  {
    name: 'no test is left out',
    find: ({ path, text }) =>
      matches(withoutComments(text), LEFT_OUT).filter(
        (found) => found.endsWith('.only') || !MAY_SKIP.some((allowed) => allowed.test(path)),
      ),
    offence: source('test/ledger/hold.test.ts', ['it', 'skip'].join('.')),
    fine: source('test/iso20022/xerces.test.ts', ['describe', 'skipIf'].join('.')),
  },
  {
    name: 'nothing is marked unfinished',
    find: ({ text }) => matches(text, UNFINISHED),
    offence: source('src/kernel/x.ts', `// ${'TO'}${'DO'}: later`),
    fine: source('src/kernel/x.ts', '// a todo list is a list'),
  },
  {
    name: 'no path of one machine',
    find: ({ text }) => matches(text, MACHINE_PATH),
    offence: source('src/kernel/x.ts', `read('/${'home'}/someone/x')`),
    fine: source('src/kernel/x.ts', "read('/var/lib/otkel')"),
  },
];

const FOLDERS = ['src', 'test', 'bench', 'fuzz', 'conformance', 'exploration', 'examples'];

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path.replaceAll('\\', '/')];
  });
}

const sources: readonly Source[] = FOLDERS.flatMap(filesUnder)
  .filter((path) => path.endsWith('.ts'))
  .map((path) => source(path, readFileSync(path, 'utf8')));

describe('tidy', () => {
  it('reads the sources', () => {
    expect(sources.map(({ path }) => path)).toContain('src/kernel/money.ts');
  });

  it.each(RULES)('$name', ({ find, offence, fine }) => {
    expect(find(offence), 'the rule catches an offence').not.toEqual([]);
    expect(find(fine), 'the rule lets the right way pass').toEqual([]);
    const found = sources.flatMap((file) => find(file).map((what) => `${file.path}: ${what}`));
    expect(found).toEqual([]);
  });

  it('XML libraries are in one file of iso20022', () => {
    const users = (files: readonly Source[]) =>
      files.filter(({ path, text }) => {
        const xml = ['libxml2-wasm', 'fast-xml-parser'];
        return path.startsWith('src/') && packagesOf(text).some((name) => xml.includes(name));
      });
    expect(users([source('src/pvp/x.ts', "import { XmlDocument } from 'libxml2-wasm';")])).toHaveLength(1);
    const found = users(sources).map(({ path }) => path);
    expect(found.length).toBeLessThanOrEqual(1);
    expect(found.filter((path) => !path.startsWith('src/iso20022/'))).toEqual([]);
  });
});

type Versions = Readonly<Record<string, string>>;

const inexact = (versions: Versions): string[] =>
  Object.entries(versions)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version))
    .map(([name]) => name);

/** Hosts named by a lock file's `resolved` and other values; pages of sponsors (`funding`) are not downloaded from. */
const hostsIn = (lock: string): string[] =>
  lock.split('\n').filter((line) => /"resolved"\s*:|"(?:registry|tarball)"\s*:/.test(line) && /:\/\//.test(line));

describe('dependencies', () => {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Versions>;

  it.each(['dependencies', 'devDependencies', 'optionalDependencies'])('%s have exact versions', (group) => {
    expect(inexact({ a: '^1.0.0', b: 'latest', c: '1.2.3', d: '18.4.0-beta.17' })).toEqual(['a', 'b']);
    expect(Object.keys(manifest[group] ?? {})).not.toEqual([]);
    expect(inexact(manifest[group] ?? {})).toEqual([]);
  });

  it('the lock file names no host', () => {
    expect(hostsIn('"resolved": "https://registry.invalid/x.tgz",')).toHaveLength(1);
    expect(hostsIn(readFileSync('package-lock.json', 'utf8'))).toEqual([]);
  });
});

import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validate } from '../../../src/gateway/cli/validate.js';
import { runCommand } from '../../support/run-command.js';

const FIXTURE = fileURLToPath(new URL('../../../fixtures/pacs.008.001.08/customer-kzt-to-cny.xml', import.meta.url));

let folder: string;
let good: string;
const file = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otkel-validate-'));
  good = await readFile(FIXTURE, 'utf8');
  await Promise.all([
    writeFile(file('good.xml'), good),
    writeFile(file('invalid.xml'), good.replace('<NbOfTxs>1</NbOfTxs>', '<NbOfTxs>one</NbOfTxs>')),
    writeFile(file('rule.xml'), good.replace('<NbOfTxs>1</NbOfTxs>', '<NbOfTxs>2</NbOfTxs>')),
    writeFile(file('unknown.xml'), good.replaceAll('pacs.008.001.08', 'pain.008.001.08')),
    writeFile(file('refused.xml'), `<!DOCTYPE Document>${good.replace(/^<\?xml[^>]*\?>/, '')}`),
    writeFile(file('ends-early.XML'), good.slice(0, -20)),
    mkdir(file('of-yesterday.xml')),
  ]);
});
afterAll(() => rm(folder, { recursive: true }));

async function run(...argv: string[]) {
  const { stdout, ...rest } = await runCommand(validate, argv);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { ...rest, lines, reports: argv.includes('--json') ? lines.map((line) => JSON.parse(line)) : [] };
}

describe('otkel validate', () => {
  test('a good message is valid, breaks no rule, and the exit code is 0', async () => {
    const { code, reports } = await run('--json', file('good.xml'));
    expect(reports).toEqual([
      { file: file('good.xml'), message: 'pacs.008.001.08', header: null, xsd: 'valid', errors: [], violations: [] },
    ]);
    expect(code).toBe(0);
  });

  test.each([
    ['invalid.xml', 'pacs.008.001.08', 'invalid'],
    ['unknown.xml', 'pain.008.001.08', 'unknown-message'],
    ['refused.xml', null, 'refused'],
    ['ends-early.XML', null, 'refused'],
  ])('%s: message %s is %s, with its errors', async (name, message, xsd) => {
    const { code, reports } = await run('--json', file(name));
    expect(reports).toMatchObject([{ message, xsd, violations: [] }]);
    expect(reports[0].errors.length).toBeGreaterThan(0);
    expect(code).toBe(1);
  });

  test('a broken usage rule of a schema-valid message is told with its line, path and reason', async () => {
    const { code, reports } = await run('--json', file('rule.xml'));
    const line = good.split('\n').findIndex((text) => text.includes('<NbOfTxs>')) + 1;
    expect(reports[0].xsd).toBe('valid');
    expect(reports[0].violations).toMatchObject([
      { path: '/Document/FIToFICstmrCdtTrf/GrpHdr/NbOfTxs', line, severity: 'error', iso: expect.any(String) },
    ]);
    expect(code).toBe(1);
  });

  test('a profile brings its own rules', async () => {
    const base = await run('--json', '--profile', 'base', file('good.xml'));
    const nexus = await run('--json', '--profile', 'nexus', file('good.xml'));
    expect(base.reports[0].violations).toEqual([]);
    expect(nexus.reports[0].violations.length).toBeGreaterThan(0);
  });

  test('a folder gives one line a file, sorted, and a sum; the exit code tells of the worst', async () => {
    const { code, lines } = await run(folder);
    expect(lines.slice(0, -1).map((line) => line.slice(folder.length + 1).split(':')[0])).toEqual([
      'ends-early.XML',
      'good.xml',
      'invalid.xml',
      'refused.xml',
      'rule.xml',
      'unknown.xml',
    ]);
    expect(lines.at(-1)).toBe('6 files, 5 of them with faults');
    expect(lines[1]).toBe(`${file('good.xml')}: pacs.008.001.08 valid`);
    expect(code).toBe(1);
  });

  test('many files at once report progress on stderr', async () => {
    const { code, lines, stderr } = await run(...Array.from({ length: 60 }, () => file('good.xml')));
    expect(lines).toHaveLength(61);
    expect(stderr.trim().split('\n').at(-1)).toBe('60 of 60 files');
    expect(code).toBe(0);
  });

  test.each([
    [['--profile', 'other', 'x.xml'], '--profile is one of'],
    [['--engine', 'other', 'x.xml'], '--engine is one of'],
    [[], 'a file or a folder'],
    [['/nowhere.xml'], '/nowhere.xml is not there'],
    [['src/kernel'], 'src/kernel holds no .xml files'],
  ])('wrong arguments %j are told with the usage', async (argv, message) => {
    const { code, stderr } = await run(...argv);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { translate } from '../../../src/gateway/cli/translate.js';
import { createMessageReader } from '../../../src/iso20022/reader.js';
import { checkRules } from '../../../src/iso20022/rules/check.js';
import { runCommand } from '../../support/run-command.js';
import { NOW } from '../identity/fixtures.js';

const FIXTURE = fileURLToPath(new URL('../../../fixtures/pacs.008.001.08/customer-kzt-to-cny.xml', import.meta.url));
const BATCH = fileURLToPath(new URL('../../../fixtures/pacs.008.001.08/batch-of-three.xml', import.meta.url));
const QUOTE = {
  quoteId: '3f0c6a52-7c1e-4f0a-9a37-2f5d3c8b1e64',
  sourceCurrency: 'KZT',
  sourceAmount: '1000.00',
  targetCurrency: 'CNY',
  targetAmount: '13.90',
  rate: '0.0139',
  provider: 'FXPRKZ20',
};

let folder: string;
let source: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'otkel-translate-'));
  source = await readFile(FIXTURE, 'utf8');
  await writeFile(join(folder, 'quote.json'), JSON.stringify(QUOTE));
  await writeFile(join(folder, 'other.json'), '[]');
  await writeFile(join(folder, 'invalid.xml'), source.replace('<NbOfTxs>1', '<NbOfTxs>one'));
  await writeFile(join(folder, 'cyrillic.xml'), source.replace(/<Nm>[^<]*/, '<Nm>Жанна Қабденова'));
  const batch = await readFile(BATCH, 'utf8');
  let nth = 0;
  const withoutBic = batch.replace(/(<CdtrAgt>\s*<FinInstnId>)[\s\S]*?(<\/FinInstnId>)/g, (all, open, close) => {
    nth += 1;
    return nth === 2 ? `${open}<Nm>Longmen Bank</Nm>${close}` : all;
  });
  await writeFile(join(folder, 'second-without-bic.xml'), withoutBic);
  await writeFile(join(folder, 'chinese.xml'), source.replace(/<Nm>[^<]*/, '<Nm>上海远航贸易'));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...argv: string[]) => runCommand(translate, argv, NOW);

describe('otkel translate', () => {
  test('a quote sets rate, amount and provider, and every difference is told', async () => {
    const { code, stdout, stderr } = await run(
      FIXTURE,
      '--to',
      'pacs.008.001.13',
      '--quote',
      join(folder, 'quote.json'),
    );
    expect(code).toBe(0);
    const read = createMessageReader().read(Buffer.from(stdout));
    expect(read.ok && read.value.document.messageId).toBe('pacs.008.001.13');
    expect(stdout).toContain('<IntrBkSttlmAmt Ccy="CNY">13.90</IntrBkSttlmAmt>');
    expect(stdout).toContain(`<QtId>${QUOTE.quoteId}</QtId>`);
    expect(stderr).toMatch(/^changed +\/Document\/FIToFICstmrCdtTrf\/CdtTrfTxInf\[1\]\/IntrBkSttlmAmt: /m);
  });

  test('--json gives one object a transaction, losses marked', async () => {
    const { code, stdout } = await run(BATCH, '--to', 'nexus', '--json');
    const reports = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(code).toBe(0);
    expect(reports).toHaveLength(3);
    expect(reports[0]).toMatchObject({ file: BATCH, to: 'nexus', message: 'pacs.008.001.08', header: null });
    expect(reports[0].differences.every((row: { loss: unknown }) => typeof row.loss === 'boolean')).toBe(true);
    expect(new Set(reports.map(({ document }) => /<UETR>([^<]*)/.exec(document)?.[1])).size).toBe(3);
  });

  test('a receiver of Latin letters only gets a name transliterated, and the report calls it a loss', async () => {
    const { code, stdout } = await run(join(folder, 'cyrillic.xml'), '--to', 'cbpr-plus', '--json');
    expect(code).toBe(0);
    const { document, differences } = JSON.parse(stdout);
    expect(document).not.toMatch(/\p{Script=Cyrillic}/u);
    expect(differences).toContainEqual(
      expect.objectContaining({ kind: 'transliterated', before: 'Жанна Қабденова', loss: true }),
    );
  });

  test('a transaction that can not go on is told by file and place, and the others are translated', async () => {
    const file = join(folder, 'second-without-bic.xml');
    const { code, stdout, stderr } = await run(file, '--to', 'nexus', '--json');
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(stderr).toBe(`${file}: RULE_BROKEN transaction 2 names an agent otherwise than by BIC\n`);
    expect(code).toBe(1);
  });

  test('a header to a receiver of cbpr-plus names its service', async () => {
    const { stdout } = await run(FIXTURE, '--to', 'cbpr-plus');
    const read = createMessageReader().read(Buffer.from(stdout));
    const broken = read.ok ? checkRules(read.value, { profiles: ['cbpr-plus'] }) : [];
    expect(stdout).toContain('<BizSvc>swift.cbprplus.03</BizSvc>');
    expect(broken.filter(({ ruleId }) => ruleId.startsWith('header.'))).toEqual([]);
  });

  test.each([
    ['chinese.xml', 'cbpr-plus', 'CHARACTERS_UNSUPPORTED /Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/Dbtr/Nm'],
    ['invalid.xml', 'nexus', 'SCHEMA_INVALID'],
  ])('%s to %s is refused by name: %s', async (name, to, error) => {
    const { code, stdout, stderr } = await run(join(folder, name), '--to', to);
    expect(stderr).toContain(error);
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  test.each([
    [[FIXTURE], '--to is'],
    [[FIXTURE, '--to', 'pacs.008.001.99'], '--to is'],
    [['--to', 'nexus'], 'one file is needed'],
  ])('wrong arguments %j are told with the usage', async (argv, message) => {
    const { code, stderr } = await run(...argv);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('a file that is no quote is refused', async () => {
    const { code, stderr } = await run(FIXTURE, '--to', 'nexus', '--quote', join(folder, 'other.json'));
    expect(stderr).toContain('quoteId is missing');
    expect(code).toBe(2);
  });
});

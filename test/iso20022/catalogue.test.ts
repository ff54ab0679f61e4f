import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CATALOGUE_MESSAGE_IDS } from '../../src/iso20022/catalogue/catalogue.js';
import { type ComplexContent, readComplexType, readSimpleType } from '../../src/iso20022/catalogue/notation.js';
import { hasOfficial, notRun } from './support/official.js';

const project = fileURLToPath(new URL('../../', import.meta.url));
const noBase = (name: string): ComplexContent => {
  throw new Error(`no type ${name}`);
};
const once = { min: 1, max: 1 };
const element = (name: string, type: string, occurs: { min: number; max: number } = once) => ({
  kind: 'element',
  name,
  type,
  ...occurs,
});

describe('a type stated as another with changes', () => {
  const base = readComplexType('Id Text1, (Cd Code1 | Prtry Text1)?, Agt* Agent6, Sum? Text1', noBase);
  const read = (changes: string) => {
    const content = readComplexType(`< Base1; ${changes}`, () => base);
    return content.kind === 'group' ? content.group.parts : [];
  };
  const [id, code, agent, sum] = base.kind === 'group' ? base.group.parts : [];

  test.each([
    ['another number of a type', 'Agent6 > 8', [id, code, { ...agent, type: 'Agent8' }, sum]],
    ['another type, also inside a group', 'Code1 > Code2Choice', [id, expect.anything(), agent, sum]],
    [
      'two types that change places',
      'Agent6 > Text1; Text1 > Agent6',
      [element('Id', 'Agent6'), ...Array(3).fill(expect.anything())],
    ],
    ['a part that is not there', '-Agt', [id, code, sum]],
    ['a group that is not there', '-Cd', [id, agent, sum]],
    ['a part that is now optional', 'Id? Text2', [element('Id', 'Text2', { min: 0, max: 1 }), code, agent, sum]],
    ['a new part in front', '^: X Text1', [element('X', 'Text1'), id, code, agent, sum]],
    [
      'new parts behind another and behind each other',
      'Id: X T; X: Y T',
      [id, element('X', 'T'), element('Y', 'T'), code, agent, sum],
    ],
  ])('%s', (_, changes, expected) => {
    expect(read(changes)).toEqual(expected);
  });

  test('leaves the type it builds on as it is', () => {
    const before = structuredClone(base);
    read('Agent6 > 8; -Id; Cd: X T; Sum T');
    expect(base).toEqual(before);
  });

  test.each(['-Nope', 'Nope T', 'Nope: X T'])('refuses a change of what is not there: %s', (changes) => {
    expect(() => read(changes)).toThrow('Nope');
  });
});

describe('a simple type', () => {
  test.each([
    ['boolean', { base: 'boolean' }],
    ['string minLength 1 maxLength 35', { base: 'string', minLength: 1, maxLength: 35 }],
    ['decimal fractionDigits 5 minInclusive 0', { base: 'decimal', fractionDigits: 5, minInclusive: '0' }],
    ['string maxLength 4 pattern [A-Z ]{4}', { base: 'string', maxLength: 4, pattern: '[A-Z ]{4}' }],
    ['string enumeration DEBT CRED', { base: 'string', enumeration: 'DEBT CRED' }],
  ])('%s', (line, row) => {
    expect(readSimpleType(line)).toEqual(row);
  });

  test('refuses a facet without its value', () => {
    expect(() => readSimpleType('string minLength')).toThrow('catalogue line');
  });
});

describe('the catalogue', () => {
  test('holds every message that the gateway takes or sends', () => {
    const versions = (base: string, numbers: readonly number[]) =>
      numbers.map((number) => `${base}.${String(number).padStart(2, '0')}`);
    const to = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const demanded = [
      ...versions('pacs.008.001', [2, ...to(6, 14)]),
      ...versions('pacs.009.001', to(8, 13)),
      ...versions('pacs.004.001', to(9, 15)),
      ...versions('pacs.028.001', to(3, 7)),
      ...versions('pacs.002.001', to(8, 16)),
      ...versions('camt.056.001', [6, ...to(8, 12)]),
      ...versions('camt.029.001', to(9, 14)),
      ...versions('camt.052.001', [8, 12, 13]),
      ...versions('camt.053.001', [8, 12, 13]),
      ...versions('camt.054.001', [6, 8, 11, 12, 13]),
      ...versions('acmt.023.001', [3, 4]),
      ...versions('acmt.024.001', [3, 4]),
      ...versions('head.001.001', to(1, 4)),
      ...['admi.002.001.01', 'admi.004.001.01', 'admi.004.001.02', 'admi.007.001.01'],
    ];
    expect([...CATALOGUE_MESSAGE_IDS].sort()).toEqual(demanded.sort());
  });
});

if (!hasOfficial) notRun('the catalogue against the schemas it was read from');

test.runIf(hasOfficial)('what is committed is what the importer writes, byte for byte', () => {
  const folder = mkdtempSync(join(tmpdir(), 'otkel-catalogue-'));
  try {
    const schemas = fileURLToPath(new URL('../../../shared/iso20022/xsd', import.meta.url));
    execFileSync(process.execPath, [`${project}tools/import-catalogue.mjs`, '--out', folder, schemas]);
    for (const name of ['messages.ts', 'simple-types.ts', 'complex-types.ts'])
      expect(readFileSync(join(folder, name), 'utf8')).toBe(
        readFileSync(`${project}src/iso20022/catalogue/${name}`, 'utf8'),
      );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

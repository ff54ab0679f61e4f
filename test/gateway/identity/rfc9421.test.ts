import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contentDigest, digestMatches } from '../../../src/gateway/identity/content-digest.js';
import { signatureBase } from '../../../src/gateway/identity/http-signature.js';
import { type InnerList, serializeInnerList } from '../../../src/gateway/identity/signed-text.js';
import { parseDictionary, serializeBytes } from '../../../src/gateway/identity/structured-fields.js';
import { createSigner, normaliseSignature, type SuiteName, verifySignature } from '../../../src/kernel/suites.js';

interface BaseVector {
  readonly name: string;
  readonly key?: string;
  readonly components: readonly [string, string][];
  readonly signatureInput: string;
  readonly signature?: string;
  readonly base: string;
}

interface Vectors {
  readonly keys: Record<string, { suite: SuiteName; secretKey: string; publicKey: string }>;
  readonly bases: readonly BaseVector[];
}

const hex = (text: string): Buffer => Buffer.from(text, 'hex');
const file = new URL('../../../fixtures/vectors/rfc9421.json', import.meta.url);
const { keys, bases } = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

const onlyMember = (field: string): [string, InnerList | Uint8Array] => [...parseDictionary(field)!][0]!;
const baseOf = (vector: BaseVector): Buffer => {
  const [, list] = onlyMember(vector.signatureInput);
  return signatureBase(vector.components, (list as InnerList).parameters);
};

describe('RFC 9421, Appendix B.2', () => {
  test.each(bases)('$name: signature base', (vector) => {
    expect(baseOf(vector).toString('ascii')).toBe(vector.base);
  });

  test.each(bases)('$name: Signature-Input is read and written alike', (vector) => {
    const [label, list] = onlyMember(vector.signatureInput);
    expect((list as InnerList).items).toEqual(vector.components.map(([name]) => name));
    expect(`${label}=${serializeInnerList(list as InnerList)}`).toBe(vector.signatureInput);
  });

  const signed = bases.filter((vector) => vector.key !== undefined);
  test.each(signed)('$name: key and signature', (vector) => {
    const { suite, secretKey, publicKey } = keys[vector.key!]!;
    const signature = normaliseSignature(suite, onlyMember(vector.signature!)[1] as Uint8Array);
    expect(Buffer.from(createSigner('k', suite, hex(secretKey)).publicKey).toString('hex')).toBe(publicKey);
    expect(verifySignature(suite, hex(publicKey), baseOf(vector), signature)).toBe(true);
    const other = Buffer.from(vector.base.replace('1618884473', '1618884474'));
    expect(verifySignature(suite, hex(publicKey), other, signature)).toBe(false);
  });

  test('B.2.6: signing gives the same bytes', () => {
    const vector = bases.find(({ name }) => name === 'B.2.6')!;
    const { suite, secretKey } = keys[vector.key!]!;
    const signature = createSigner('k', suite, hex(secretKey)).sign(baseOf(vector));
    expect(`sig-b26=${serializeBytes(signature)}`).toBe(vector.signature);
  });
});

describe('RFC 9530, Content-Digest', () => {
  test('Appendix B.1: {"hello": "world"} and a line feed', () => {
    const digest = 'sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:';
    expect(contentDigest(Buffer.from('{"hello": "world"}\n'))).toBe(digest);
    expect(digestMatches(digest, Buffer.from('{"hello": "world"}\n'))).toBe(true);
    expect(digestMatches(digest, Buffer.from('{"hello": "world"}'))).toBe(false);
  });

  test.each([
    ['another algorithm only', 'sha-512=:AAAA:'],
    ['no dictionary', 'RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg='],
    ['twice', `${contentDigest(Buffer.from('a'))}, ${contentDigest(Buffer.from('a'))}`],
    ['too short', 'sha-256=:RK/0:'],
  ])('does not match: %s', (_name, field) => {
    expect(digestMatches(field, Buffer.from('a'))).toBe(false);
  });

  test('matches beside another algorithm', () => {
    expect(digestMatches(`sha-512=:AAAA:, ${contentDigest(Buffer.from('a'))}`, Buffer.from('a'))).toBe(true);
  });
});

describe('RFC 8941, the part that is read', () => {
  test('a string with escapes is read and written alike', () => {
    const list = onlyMember('a=("x\\"y\\\\z");n=-5;s="q"')[1] as InnerList;
    expect(list).toEqual({
      items: ['x"y\\z'],
      parameters: [
        ['n', -5],
        ['s', 'q'],
      ],
    });
    expect(serializeInnerList(list)).toBe('("x\\"y\\\\z");n=-5;s="q"');
  });

  test.each([
    ['nothing', ''],
    ['a label without a value', 'a'],
    ['a token', 'a=b'],
    ['a label in upper case', 'A=()'],
    ['an open list', 'a=("x"'],
    ['items without space between', 'a=("x""y")'],
    ['an item with a parameter', 'a=("x";sf)'],
    ['a parameter without value', 'a=("x");b'],
    ['a parameter twice', 'a=("x");b=1;b=2'],
    ['a decimal', 'a=("x");b=1.5'],
    ['an integer of 16 digits', 'a=("x");b=1234567890123456'],
    ['a control character', 'a=("x\n")'],
    ['a label twice', 'a=:AA==:, a=:AA==:'],
    ['base64 without padding', 'a=:AA:'],
    ['base64 with loose bits', 'a=:AB==:'],
    ['something after the end', 'a=:AA==: b'],
    ['a comma at the end', 'a=:AA==:,'],
    [
      'too many labels',
      'abcdefghi'
        .split('')
        .map((label) => `${label}=()`)
        .join(', '),
    ],
    ['too many items', `a=(${'"x" '.repeat(65)})`],
    ['too long', `a=("${'x'.repeat(9000)}")`],
  ])('refused: %s', (_name, field) => {
    expect(parseDictionary(field)).toBe(null);
  });

  test('a string outside printable ASCII is not written', () => {
    expect(() => serializeInnerList({ items: ['ж'], parameters: [] })).toThrow(RangeError);
  });
});

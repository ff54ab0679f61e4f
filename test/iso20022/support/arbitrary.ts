/** Random valid messages, derived from the catalogue. */
import fc from 'fast-check';
import { type Random, seeded } from '../../../fuzz/random.js';
import {
  catalogueMessage,
  type GroupType,
  type SimpleType,
  type TypeDefinition,
} from '../../../src/iso20022/catalogue/catalogue.js';
import type { GroupParticle, Particle, SimpleTypeRow } from '../../../src/iso20022/catalogue/notation.js';
import type { XmlElement, XmlNode } from '../../../src/iso20022/types.js';
import { sampleOfPattern } from './pattern.js';

const LENGTH_MAX = 24;
const UNITS = [...'abcXYZ0189 .,-/&<>"\'\r\n\té中Қ', '😀', ']]>', '&amp;', '<!--'];

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)]!;
const two = (value: number): string => String(value).padStart(2, '0');
const year = (random: Random): string => String(1900 + random(200));
const month = (random: Random): string => two(1 + random(12));
const date = (random: Random): string => `${year(random)}-${month(random)}-${two(1 + random(28))}`;
const zone = (random: Random): string => pick(random, ['', 'Z', '+05:00', '-03:30']);
const time = (random: Random): string =>
  `${two(random(24))}:${two(random(60))}:${two(random(60))}${pick(random, ['', '.5', '.123'])}`;
const digits = (random: Random, count: number): string => Array.from({ length: count }, () => random(10)).join('');

const decimal = (random: Random, { totalDigits = 18, fractionDigits = 0, minInclusive }: SimpleTypeRow): string => {
  const places = random(Math.min(fractionDigits, totalDigits - 1) + 1);
  const sign = minInclusive === undefined && random(2) === 0 ? '-' : '';
  const whole = `${1 + random(9)}${digits(random, random(totalDigits - places))}`;
  return sign + whole + (places === 0 ? '' : `.${digits(random, places)}`);
};

const lengthOf = (text: string): number => [...text].length;

const string = (
  random: Random,
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY, length, pattern }: SimpleTypeRow,
): string => {
  const least = length ?? minLength;
  const most = length ?? maxLength;
  if (pattern === undefined) {
    const count = least + random(Math.max(1, Math.min(most, LENGTH_MAX) - least + 1));
    const units = Array.from({ length: count }, () => pick(random, UNITS));
    return [...units.join('')].slice(0, most).join('');
  }
  for (let tries = 0; tries < 1000; tries += 1) {
    const value = sampleOfPattern(pattern, random);
    if (lengthOf(value) >= least && lengthOf(value) <= most) return value;
  }
  throw new Error(`no value of ${pattern}`);
};

/** A value that satisfies the facets of a simple type. */
export const simpleValue = (random: Random, { facets }: SimpleType): string => {
  if (facets.enumeration !== undefined) return pick(random, facets.enumeration.split(' '));
  switch (facets.base) {
    case 'string':
      return string(random, facets);
    case 'boolean':
      return pick(random, ['true', 'false', '1', '0']);
    case 'decimal':
      return decimal(random, facets);
    case 'date':
      return date(random) + zone(random);
    case 'dateTime':
      return `${date(random)}T${time(random)}${facets.pattern?.endsWith('Z') ? 'Z' : zone(random)}`;
    case 'time':
      return time(random) + zone(random);
    case 'gYear':
      return year(random);
    case 'gYearMonth':
      return `${year(random)}-${month(random)}`;
    case 'gMonth':
      return `--${month(random)}`;
    case 'base64Binary': {
      const least = facets.minLength ?? 1;
      const count = least + random(Math.min(facets.maxLength ?? LENGTH_MAX, LENGTH_MAX) - least + 1);
      return Buffer.from(Array.from({ length: count }, () => random(256))).toString('base64');
    }
  }
};

/** Canonical, so that reading gives the same text back. */
const wildcard = (random: Random, namespace: string): string =>
  namespace === '##any'
    ? pick(random, [
        '<x xmlns="urn:x">a &amp; b</x>',
        '<p:x xmlns:p="urn:p" a="&lt;&quot;"><p:Document></p:Document>\n<p:Envlp></p:Envlp></p:x>',
        '<x xmlns="urn:y"><Envlp></Envlp></x>',
      ])
    : `<Signature xmlns="${namespace}"></Signature>`;

type Mutable = Record<string, XmlNode | XmlNode[]>;

const drawCount = (random: Random, { min, max }: Particle, depth: number): number => {
  // Deeper optional parts are rarer, so that a message stays small.
  if (max === min || random(2 + depth) > 0) return min;
  return Math.min(max, Math.max(min, 1) + random(2));
};

const drawParticle = (random: Random, part: Particle, type: GroupType, depth: number, into: Mutable): void => {
  const count = drawCount(random, part, depth);
  for (let i = 0; i < count; i += 1) {
    if (part.kind === 'any') into['#any'] = wildcard(random, part.namespace);
    else if (part.kind === 'element') {
      const use = type.elements.get(part.name)!;
      const value = drawNode(random, use.type, depth + 1);
      const present = into[part.name];
      if (!use.many) into[part.name] = value;
      else if (Array.isArray(present)) present.push(value);
      else into[part.name] = [value];
    } else drawGroup(random, part, type, depth, into);
  }
};

const drawGroup = (random: Random, group: GroupParticle, type: GroupType, depth: number, into: Mutable): void => {
  const parts = group.kind === 'sequence' ? group.parts : [pick(random, group.parts)];
  for (const part of parts) drawParticle(random, part, type, depth, into);
};

const drawNode = (random: Random, type: TypeDefinition, depth: number): XmlNode => {
  if (type.kind === 'simple') return simpleValue(random, type);
  const node: Mutable = {};
  if (type.kind === 'group') drawGroup(random, type.group, type, depth, node);
  else {
    node['#'] = simpleValue(random, type.base);
    for (const { name } of type.attributes) node[`@${name}`] = pick(random, ['KZT', 'CNY', 'KWD', 'JPY']);
  }
  return node;
};

/** A valid content of the message's `Document` (or `AppHdr`), in the shape of a `CheckedDocument`'s root. */
export const randomRoot = (id: string, random: Random): XmlElement =>
  drawNode(random, catalogueMessage(id)!.bodyType, 0) as XmlElement;

/** As `randomRoot`, for properties; the value shown on failure is found again by its seed. */
export const arbitraryMessage = (id: string): fc.Arbitrary<XmlElement> =>
  fc.nat().map((seed) => randomRoot(id, seeded(seed)));

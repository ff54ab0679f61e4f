/**
 * Fits an element to a type of another message version: what the type has no place for is cut and reported, what is too
 * long is shortened and reported, the rest is kept in the order of the type. The judge of the result stays the schema.
 */

import { cutText } from '../builders/text.js';
import type { ElementUse, GroupType, SimpleType, TypeDefinition } from '../catalogue/catalogue.js';
import type { GroupParticle, Particle, SimpleTypeRow } from '../catalogue/notation.js';
import type { XmlElement, XmlNode } from '../types.js';
import type { Differences } from './difference.js';
import { below } from './version-move.js';

/** The element as the type allows it, or null when nothing valid is left; each difference is reported. */
export function conform(
  element: XmlElement,
  type: GroupType,
  path: string,
  differences: Differences,
): XmlElement | null {
  const fitted = fitGroup(element, type, path, differences);
  if (fitted === null) differences.cut(path, element);
  return fitted;
}

/** Without a row for the node itself when it comes to nothing: whether its place then stays is its parent's to say. */
function fitNode(node: XmlNode, type: TypeDefinition, path: string, differences: Differences): XmlNode | null {
  if (type.kind === 'simple') return typeof node === 'string' ? fitText(node, type, path, differences) : null;
  if (typeof node === 'string') return null;
  if (type.kind === 'group') return fitGroup(node, type, path, differences);
  const own = node['#'];
  const text = typeof own === 'string' ? fitText(own, type.base, path, differences) : null;
  if (text === own) return node;
  return text === null ? null : { ...node, '#': text };
}

function fitGroup(element: XmlElement, type: GroupType, path: string, differences: Differences): XmlElement | null {
  if (type.hasAny) return element;
  const fitted: Record<string, XmlNode | readonly XmlNode[]> = {};
  let isEmpty = true;
  let isEmptied = true;
  for (const name in element) {
    const value = element[name];
    if (value === undefined) continue;
    isEmpty = false;
    const use = type.elements.get(name);
    if (use === undefined) {
      differences.cut(below(path, name), value);
      continue;
    }
    const nodes = fitChildren(value, use, occurrenceOf(type.group, name), below(path, name), differences);
    if (nodes.length === 0) continue;
    isEmptied = false;
    fitted[name] = use.many ? nodes : (nodes[0] as XmlNode);
  }
  if (isEmptied && !isEmpty) return null;
  return isSatisfied(type.group, fitted) ? fitted : null;
}

function fitChildren(
  value: XmlNode | readonly XmlNode[],
  use: ElementUse,
  { limit, isRequired }: Occurrence,
  path: string,
  differences: Differences,
): XmlNode[] {
  const many = Array.isArray(value);
  const nodes = (many ? value : [value]) as readonly XmlNode[];
  const fitted: XmlNode[] = [];
  for (let position = 0; position < nodes.length; position += 1) {
    const node = nodes[position]!;
    const at = many ? `${path}[${position + 1}]` : path;
    const one = fitted.length < limit ? fitNode(node, use.type, at, differences) : null;
    if (one !== null) fitted.push(one);
    // The schema demands the element and would have it empty: only its children, which have rows of their own, are cut.
    else if (isRequired && use.type.kind === 'group' && isSatisfied(use.type.group, {})) fitted.push({});
    else differences.cut(at, node);
  }
  return fitted;
}

interface Occurrence {
  readonly limit: number;
  readonly isRequired: boolean;
}

/** Types are shared and few: how often their elements may occur is counted once. */
const occurrences = new WeakMap<GroupParticle, Map<string, Occurrence>>();

function occurrenceOf(group: GroupParticle, name: string): Occurrence {
  let known = occurrences.get(group);
  if (known === undefined) {
    known = new Map();
    occurrences.set(group, known);
  }
  let counted = known.get(name);
  if (counted === undefined) {
    const isRequired =
      group.kind === 'sequence' &&
      group.parts.some((part) => part.kind === 'element' && part.name === name && part.min > 0);
    counted = { limit: limitOf(group, name), isRequired };
    known.set(name, counted);
  }
  return counted;
}

/** How often an element may occur in a group. */
function limitOf(group: GroupParticle, name: string): number {
  const inner = group.parts.map((part) => {
    if (part.kind === 'element') return part.name === name ? part.max : 0;
    return part.kind === 'any' ? 0 : limitOf(part, name);
  });
  return Math.max(...inner) * group.max;
}

/** The parts of a sequence that may leave it unsatisfied: all but the optional elements. */
const demanding = new WeakMap<GroupParticle, readonly Particle[]>();

function demandsOf(group: GroupParticle): readonly Particle[] {
  const known =
    demanding.get(group) ??
    group.parts.filter((part) => part.kind !== 'any' && !(part.kind === 'element' && part.min === 0));
  demanding.set(group, known);
  return known;
}

function isSatisfied(particle: Particle, fitted: Readonly<Record<string, unknown>>): boolean {
  if (particle.kind === 'any') return true;
  if (particle.kind === 'element') return particle.min === 0 || fitted[particle.name] !== undefined;
  if (particle.min === 0 && !particle.parts.some((part) => isPresent(part, fitted))) return true;
  if (particle.kind === 'sequence') return demandsOf(particle).every((part) => isSatisfied(part, fitted));
  const present = particle.parts.filter((part) => isPresent(part, fitted));
  return present.length >= 1 && (particle.max > 1 || present.length === 1);
}

function isPresent(particle: Particle, fitted: Readonly<Record<string, unknown>>): boolean {
  if (particle.kind === 'any') return false;
  if (particle.kind === 'element') return fitted[particle.name] !== undefined;
  return particle.parts.some((part) => isPresent(part, fitted));
}

/** The text as the simple type allows it, shortened where that is all it takes; else null. */
function fitText(text: string, { facets }: SimpleType, path: string, differences: Differences): string | null {
  if (allows(facets, text)) return text;
  const shorter = facets.maxLength === undefined ? undefined : cutText(text, facets.maxLength);
  if (shorter === undefined || !allows(facets, shorter)) return null;
  differences.add({ kind: 'shortened', from: path, to: path, before: text, after: shorter });
  return shorter;
}

const LEXICAL: Readonly<Partial<Record<SimpleTypeRow['base'], RegExp>>> = {
  boolean: /^\s*(?:true|false|1|0)\s*$/,
  decimal: /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)\s*$/,
  date: /^\s*-?\d{4,}-\d\d-\d\d(?:Z|[+-]\d\d:\d\d)?\s*$/,
  dateTime: /^\s*-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?\s*$/,
  time: /^\s*\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?\s*$/,
  gYear: /^\s*-?\d{4,}(?:Z|[+-]\d\d:\d\d)?\s*$/,
  gYearMonth: /^\s*-?\d{4,}-\d\d(?:Z|[+-]\d\d:\d\d)?\s*$/,
};

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  const known = patterns.get(source);
  if (known) return known;
  const pattern = new RegExp(`^(?:${source})$`);
  patterns.set(source, pattern);
  return pattern;
}

const enumerations = new WeakMap<SimpleTypeRow, ReadonlySet<string>>();

function enumerates(facets: SimpleTypeRow, enumeration: string, text: string): boolean {
  const known = enumerations.get(facets) ?? new Set(enumeration.split(' '));
  enumerations.set(facets, known);
  return known.has(text);
}

// XSD counts characters, not UTF-16 units.
const lengthOf = (text: string): number => (/[\ud800-\udbff]/.test(text) ? [...text].length : text.length);

function allows(facets: SimpleTypeRow, text: string): boolean {
  if (LEXICAL[facets.base]?.test(text) === false) return false;
  if (facets.base === 'decimal') return digitsFit(facets, text);
  const length = lengthOf(text);
  return (
    length >= (facets.minLength ?? 0) &&
    length <= (facets.maxLength ?? Number.POSITIVE_INFINITY) &&
    (facets.length === undefined || facets.length === length) &&
    (facets.pattern === undefined || patternOf(facets.pattern).test(text)) &&
    (facets.enumeration === undefined || enumerates(facets, facets.enumeration, text))
  );
}

function digitsFit({ totalDigits, fractionDigits }: SimpleTypeRow, text: string): boolean {
  const [whole = '', fraction = ''] = text.trim().replace(/^[+-]/, '').split('.');
  const significant = fraction.replace(/0+$/, '').length;
  const total = whole.replace(/^0+/, '').length + significant;
  return total <= (totalDigits ?? total) && significant <= (fractionDigits ?? significant);
}

/**
 * Fits an element to a type of another message version: what the type has no place for is cut and reported, what is too
 * long is shortened and reported, the rest is kept in the order of the type. The judge of the result stays the schema.
 */

import { cutText } from './builders/text.js';
import type { ElementUse, GroupType, SimpleType, TypeDefinition } from './catalogue/catalogue.js';
import type { GroupParticle, Particle, SimpleTypeRow } from './catalogue/notation.js';
import { type Loss, reported } from './loss.js';
import type { XmlElement, XmlNode } from './types.js';

/** The element as the type allows it, or null when nothing valid is left; with a row for each difference. */
export function conform(
  element: XmlElement,
  type: GroupType,
  path: string,
): { readonly element: XmlElement | null; readonly losses: readonly Loss[] } {
  const losses: Loss[] = [];
  const fitted = fitGroup(element, type, path, losses);
  return { element: fitted, losses };
}

const cut = (path: string, node: unknown): Loss => ({ path, kind: 'cut', before: reported(node), after: null });

function fitNode(node: XmlNode, type: TypeDefinition, path: string, losses: Loss[]): XmlNode | null {
  if (type.kind === 'simple') {
    const text = typeof node === 'string' ? fitText(node, type, path, losses) : null;
    if (text === null) losses.push(cut(path, node));
    return text;
  }
  if (typeof node === 'string') {
    losses.push(cut(path, node));
    return null;
  }
  if (type.kind === 'group') return fitGroup(node, type, path, losses);
  const own = node['#'];
  const text = typeof own === 'string' ? fitText(own, type.base, path, losses) : null;
  if (text === null) {
    losses.push(cut(path, node));
    return null;
  }
  return { ...node, '#': text };
}

function fitGroup(element: XmlElement, type: GroupType, path: string, losses: Loss[]): XmlElement | null {
  if (type.hasAny) return element;
  for (const [name, value] of Object.entries(element)) {
    if (value !== undefined && !type.elements.has(name)) losses.push(cut(`${path}/${name}`, value));
  }
  const fitted: Record<string, XmlNode | XmlNode[]> = {};
  for (const use of type.elements.values()) {
    const nodes = fitChildren(element, use, occurrenceOf(type.group, use.name), path, losses);
    if (nodes.length > 0) fitted[use.name] = use.many ? nodes : (nodes[0] as XmlNode);
  }
  const isEmptied = Object.keys(fitted).length === 0 && Object.keys(element).length > 0;
  if (isEmptied || !isSatisfied(type.group, fitted)) {
    // The children that were cut have rows of their own; what is left goes with its parent.
    losses.push(cut(path, fitted));
    return null;
  }
  return fitted;
}

function fitChildren(
  element: XmlElement,
  use: ElementUse,
  { limit, isRequired }: Occurrence,
  path: string,
  losses: Loss[],
): XmlNode[] {
  const value = element[use.name];
  if (value === undefined) return [];
  const many = Array.isArray(value);
  const nodes = (many ? value : [value]) as readonly XmlNode[];
  const fitted: XmlNode[] = [];
  for (const [position, node] of nodes.entries()) {
    const at = many ? `${path}/${use.name}[${position + 1}]` : `${path}/${use.name}`;
    if (fitted.length >= limit) {
      losses.push(cut(at, node));
      continue;
    }
    const one = fitNode(node, use.type, at, losses);
    if (one !== null) fitted.push(one);
    // The schema demands the element and would have it empty: only its children, which have rows of their own, are cut.
    else if (isRequired && use.type.kind === 'group' && isSatisfied(use.type.group, {})) {
      losses.pop();
      fitted.push({});
    }
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
  const known = occurrences.get(group) ?? new Map<string, Occurrence>();
  occurrences.set(group, known);
  const counted = known.get(name) ?? {
    limit: limitOf(group, name),
    isRequired:
      group.kind === 'sequence' &&
      group.parts.some((part) => part.kind === 'element' && part.name === name && part.min > 0),
  };
  known.set(name, counted);
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

function isSatisfied(particle: Particle, fitted: Readonly<Record<string, unknown>>): boolean {
  if (particle.kind === 'any') return true;
  if (particle.kind === 'element') return particle.min === 0 || fitted[particle.name] !== undefined;
  if (particle.min === 0 && !particle.parts.some((part) => isPresent(part, fitted))) return true;
  if (particle.kind === 'sequence') return particle.parts.every((part) => isSatisfied(part, fitted));
  const present = particle.parts.filter((part) => isPresent(part, fitted));
  return present.length >= 1 && (particle.max > 1 || present.length === 1);
}

function isPresent(particle: Particle, fitted: Readonly<Record<string, unknown>>): boolean {
  if (particle.kind === 'any') return false;
  if (particle.kind === 'element') return fitted[particle.name] !== undefined;
  return particle.parts.some((part) => isPresent(part, fitted));
}

/** The text as the simple type allows it, shortened or reduced to a year where that is all it takes; else null. */
function fitText(text: string, { facets }: SimpleType, path: string, losses: Loss[]): string | null {
  if (allows(facets, text)) return text;
  const year = facets.base === 'gYear' ? /^\d{4}(?=-\d{2}-\d{2})/.exec(text)?.[0] : undefined;
  const shorter = year ?? (facets.maxLength === undefined ? undefined : cutText(text, facets.maxLength));
  if (shorter === undefined || !allows(facets, shorter)) return null;
  losses.push({ path, kind: 'changed', before: text, after: shorter });
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

function allows(facets: SimpleTypeRow, text: string): boolean {
  if (LEXICAL[facets.base]?.test(text) === false) return false;
  if (facets.base === 'decimal') return digitsFit(facets, text);
  const length = [...text].length;
  return (
    length >= (facets.minLength ?? 0) &&
    length <= (facets.maxLength ?? Number.POSITIVE_INFINITY) &&
    (facets.length === undefined || facets.length === length) &&
    (facets.pattern === undefined || patternOf(facets.pattern).test(text)) &&
    (facets.enumeration === undefined || facets.enumeration.split(' ').includes(text))
  );
}

function digitsFit({ totalDigits, fractionDigits }: SimpleTypeRow, text: string): boolean {
  const [whole = '', fraction = ''] = text.trim().replace(/^[+-]/, '').split('.');
  const significant = fraction.replace(/0+$/, '').length;
  const total = whole.replace(/^0+/, '').length + significant;
  return total <= (totalDigits ?? total) && significant <= (fractionDigits ?? significant);
}

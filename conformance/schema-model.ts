/**
 * A schema file of ISO 20022 as a model, read here from its text and from nothing else: what makes the mutants must not
 * share a mistake with the catalogue. It throws at every construct it does not know, so none is passed over.
 */

import { type EngineElement, elementsOf, parseXml } from '../src/iso20022/xml-engine.js';
import { invariant } from '../src/kernel/result.js';

export interface Occurs {
  readonly min: number;
  readonly max: number;
}
export interface ElementParticle extends Occurs {
  readonly kind: 'element';
  readonly name: string;
  readonly type: string;
}
export interface GroupParticle extends Occurs {
  readonly kind: 'sequence' | 'choice';
  readonly parts: readonly Particle[];
}
export interface AnyParticle extends Occurs {
  readonly kind: 'any';
  readonly namespace: string;
  readonly processContents: string;
}
export type Particle = ElementParticle | GroupParticle | AnyParticle;

export interface AttributeUse {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}
export interface SimpleType {
  readonly kind: 'simple';
  readonly name: string;
  /** Local name of the built-in type of XML Schema that it restricts. */
  readonly base: string;
  readonly patterns: readonly string[];
  readonly enumeration: readonly string[];
  /** Every other facet, by its name: `maxLength`, `totalDigits`, `minInclusive` … */
  readonly facets: ReadonlyMap<string, number>;
}
/** Text with attributes. */
export interface TextType {
  readonly kind: 'text';
  readonly name: string;
  readonly base: SimpleType;
  readonly attributes: readonly AttributeUse[];
}
export interface GroupType {
  readonly kind: 'group';
  readonly name: string;
  readonly group: GroupParticle;
}
export type Type = SimpleType | TextType | GroupType;

export interface SchemaModel {
  readonly id: string;
  readonly namespace: string;
  readonly root: ElementParticle;
  readonly types: ReadonlyMap<string, Type>;
}

const XS = 'http://www.w3.org/2001/XMLSchema';
const NUMERIC_FACETS = ['minLength', 'maxLength', 'length', 'totalDigits', 'fractionDigits', 'minInclusive'];
const BASES = ['string', 'boolean', 'decimal', 'date', 'dateTime', 'time', 'gYear', 'gYearMonth', 'base64Binary'];

/** Reads the attributes, all of which must be known. */
const attributesOf = (element: EngineElement, known: readonly string[]): Readonly<Record<string, string>> => {
  const found = Object.fromEntries(element.attrs.map((attribute) => [attribute.name, attribute.value]));
  for (const name of Object.keys(found))
    invariant(known.includes(name), `unknown attribute ${name} of ${element.name}`);
  return found;
};

const childrenOf = (element: EngineElement): EngineElement[] => {
  const found = elementsOf(element);
  for (const child of found) invariant(child.namespaceUri === XS, `${child.name} is of XML Schema`);
  return found;
};

const only = (element: EngineElement, name: string): EngineElement => {
  const [child, ...others] = childrenOf(element);
  invariant(child?.name === name && others.length === 0, `${element.name} holds one ${name}`);
  return child;
};

const occurs = ({ minOccurs = '1', maxOccurs = '1' }: Readonly<Record<string, string>>): Occurs => ({
  min: Number(minOccurs),
  max: maxOccurs === 'unbounded' ? Number.POSITIVE_INFINITY : Number(maxOccurs),
});

const given = (value: string | undefined, what: string): string => {
  invariant(value !== undefined, `${what} is given`);
  return value;
};

const readParticle = (element: EngineElement): Particle => {
  if (element.name === 'element') {
    const row = attributesOf(element, ['name', 'type', 'minOccurs', 'maxOccurs']);
    return { kind: 'element', name: given(row.name, 'name'), type: given(row.type, 'type'), ...occurs(row) };
  }
  if (element.name === 'any') {
    const row = attributesOf(element, ['namespace', 'processContents', 'minOccurs', 'maxOccurs']);
    const { namespace = '##any', processContents = 'strict' } = row;
    return { kind: 'any', namespace, processContents, ...occurs(row) };
  }
  return readGroup(element);
};

const readGroup = (element: EngineElement): GroupParticle => {
  const kind = element.name;
  invariant(kind === 'sequence' || kind === 'choice', `${kind} is known`);
  const group: GroupParticle = {
    kind,
    parts: childrenOf(element).map(readParticle),
    ...occurs(attributesOf(element, ['minOccurs', 'maxOccurs'])),
  };
  // A sequence of one group, taken once, is that group: the older files write choices so.
  const [first, ...others] = group.parts;
  const isWrapper = kind === 'sequence' && group.min === 1 && group.max === 1 && others.length === 0;
  return isWrapper && first !== undefined && (first.kind === 'choice' || first.kind === 'sequence') ? first : group;
};

const readSimple = (element: EngineElement): SimpleType => {
  const name = given(attributesOf(element, ['name']).name, 'name');
  const restriction = only(element, 'restriction');
  const base = given(attributesOf(restriction, ['base']).base, 'base').replace(/^xs:/, '');
  invariant(BASES.includes(base), `${name} restricts a known type`);
  const patterns: string[] = [];
  const enumeration: string[] = [];
  const facets = new Map<string, number>();
  for (const facet of childrenOf(restriction)) {
    const value = given(attributesOf(facet, ['value']).value, 'value');
    if (facet.name === 'pattern') patterns.push(value);
    else if (facet.name === 'enumeration') enumeration.push(value);
    else {
      invariant(NUMERIC_FACETS.includes(facet.name), `${facet.name} is known`);
      facets.set(facet.name, Number(value));
    }
  }
  return { kind: 'simple', name, base, patterns, enumeration, facets };
};

const readAttributeUse = (element: EngineElement): AttributeUse => {
  invariant(element.name === 'attribute', `${element.name} is an attribute`);
  const row = attributesOf(element, ['name', 'type', 'use']);
  return { name: given(row.name, 'name'), type: given(row.type, 'type'), required: row.use === 'required' };
};

type Unresolved = Omit<TextType, 'base'> & { readonly base: string };

const readComplex = (element: EngineElement): GroupType | Unresolved => {
  const name = given(attributesOf(element, ['name']).name, 'name');
  const [content] = childrenOf(element);
  invariant(content !== undefined, `${name} has content`);
  if (content.name !== 'simpleContent') return { kind: 'group', name, group: readGroup(only(element, content.name)) };
  const extension = only(content, 'extension');
  const base = given(attributesOf(extension, ['base']).base, 'base');
  return { kind: 'text', name, base, attributes: childrenOf(extension).map(readAttributeUse) };
};

const modelOf = (id: string, schema: EngineElement): SchemaModel => {
  const namespace = given(schema.attr('targetNamespace')?.value, 'targetNamespace');
  const types = new Map<string, Type>();
  const texts: Unresolved[] = [];
  let root: ElementParticle | undefined;
  for (const child of childrenOf(schema)) {
    if (child.name === 'element') {
      invariant(root === undefined, 'a schema has one root');
      root = readParticle(child) as ElementParticle;
    } else if (child.name === 'simpleType') {
      const type = readSimple(child);
      types.set(type.name, type);
    } else {
      invariant(child.name === 'complexType', `${child.name} is known`);
      const type = readComplex(child);
      if (type.kind === 'text') texts.push(type);
      else types.set(type.name, type);
    }
  }
  for (const text of texts) {
    const base = types.get(text.base);
    invariant(base?.kind === 'simple', `${text.base} is a simple type`);
    types.set(text.name, { ...text, base });
  }
  invariant(root !== undefined, 'a schema has a root');
  return { id, namespace, root, types };
};

/** Reads the text of a schema. Throws when it holds what no schema of ISO 20022 holds. */
export const readSchema = (id: string, xsd: Uint8Array): SchemaModel => {
  const parsed = parseXml(xsd);
  invariant('dispose' in parsed, `the schema of ${id} is XML`);
  try {
    return modelOf(id, parsed.root);
  } finally {
    parsed.dispose();
  }
};

/** The type of that name. */
export const typeOf = (model: SchemaModel, name: string): Type => {
  const type = model.types.get(name);
  invariant(type !== undefined, `${model.id} has the type ${name}`);
  return type;
};

const within = new WeakMap<Particle, readonly ElementParticle[]>();

/** The element particles below a particle, not into their types. */
export const elementsWithin = (part: Particle): readonly ElementParticle[] => {
  const known = within.get(part);
  if (known !== undefined) return known;
  const found = part.kind === 'element' ? [part] : part.kind === 'any' ? [] : part.parts.flatMap(elementsWithin);
  within.set(part, found);
  return found;
};

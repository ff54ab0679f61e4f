/** Valid instances of a schema's types: the smallest, and full ones that together hold every element and branch. */
import { invariant } from '../src/kernel/result.js';
import { type Attribute, attribute, type Element, isElement, type Kid, markup, text, unread } from './document.js';
import {
  type ElementParticle,
  elementsWithin,
  type GroupParticle,
  type GroupType,
  type Particle,
  type SchemaModel,
  type Type,
  typeOf,
} from './schema-model.js';
import { validValue } from './values.js';

export const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** What a wildcard holds in valid documents. */
export const WILDCARD_CONTENT = '<o:Any xmlns:o="urn:example:other" a="1">t<o:b/></o:Any>';

interface BuildOptions {
  /** Optional particles too, once. */
  readonly full: boolean;
  /** A particle that the instance must hold. */
  readonly through?: ElementParticle;
}

/** How to reach a type: the particles from the root to an element of it. */
export type Path = readonly ElementParticle[];

export interface Instances {
  readonly model: SchemaModel;
  /** The smallest element of a particle. */
  element(use: ElementParticle): Element;
  /** The children of a group type. */
  kids(type: GroupType, options: BuildOptions): readonly Kid[];
  /** Full contents that together hold every element of the type. */
  covers(type: GroupType): readonly (readonly Kid[])[];
  /** A document with the element at the end of the path replaced by what `put` makes of it. */
  document(path: Path, put: (element: Element) => readonly Kid[]): Element;
}

/** The fewest nodes of each type: what a choice is decided by, so that no instance is endless. */
const sizes = (model: SchemaModel): ((part: Particle) => number) => {
  const known = new Map<string, number>();
  const ofType = (name: string): number => known.get(name) ?? Number.POSITIVE_INFINITY;
  const ofPart = (part: Particle): number => {
    if (part.min === 0) return 0;
    if (part.kind === 'any') return part.min;
    if (part.kind === 'element') return part.min * (1 + ofType(part.type));
    const inside = part.parts.map(ofPart);
    return part.min * (part.kind === 'choice' ? Math.min(...inside) : inside.reduce((a, b) => a + b, 0));
  };
  let changed = true;
  while (changed) {
    changed = false;
    for (const type of model.types.values()) {
      const size = type.kind === 'group' ? ofPart(type.group) : 0;
      if (size === ofType(type.name)) continue;
      known.set(type.name, size);
      changed = true;
    }
  }
  return ofPart;
};

const holds = (part: Particle, use: ElementParticle | undefined): boolean =>
  use !== undefined && elementsWithin(part).includes(use);

const requiredAttributes = (model: SchemaModel, type: Type): Attribute[] => {
  if (type.kind !== 'text') return [];
  return type.attributes
    .filter(({ required }) => required)
    .map((use) => {
      const own = typeOf(model, use.type);
      invariant(own.kind === 'simple', `${use.name} is of a simple type`);
      return attribute(use.name, validValue(own));
    });
};

/** The instances of one schema; small ones are built once. */
export const createInstances = (model: SchemaModel): Instances => {
  const sizeOf = sizes(model);
  const smallest = new Map<ElementParticle, Element>();

  const element = (use: ElementParticle): Element => {
    const known = smallest.get(use);
    if (known !== undefined) return known;
    const type = typeOf(model, use.type);
    const kids = type.kind === 'group' ? kidsOf(type, { full: false }) : [text(validValue(baseOf(type)))];
    const made: Element = { tag: use.name, attributes: requiredAttributes(model, type), kids, use };
    smallest.set(use, made);
    return made;
  };
  const build = (part: Particle, options: BuildOptions): Kid[] => {
    const wanted = holds(part, options.through);
    if (part.min === 0 && !options.full && !wanted) return [];
    const count = Math.max(part.min, 1);
    return Array.from({ length: count }, (_, i) => once(part, i === 0 ? options : { full: options.full })).flat();
  };
  const once = (part: Particle, options: BuildOptions): Kid[] => {
    if (part.kind === 'element') return [element(part)];
    if (part.kind === 'any') return [markup(wildcardContent(part.namespace))];
    if (part.kind === 'sequence') return part.parts.flatMap((child) => build(child, options));
    return build(branchOf(part, options.through), options);
  };
  const branchOf = (choice: GroupParticle, through: ElementParticle | undefined): Particle => {
    const wanted = choice.parts.find((part) => holds(part, through));
    if (wanted !== undefined) return wanted;
    return choice.parts.reduce((best, part) => (sizeOf(part) < sizeOf(best) ? part : best));
  };
  const kidsOf = (type: GroupType, options: BuildOptions): Kid[] => build(type.group, options);

  const covers = (type: GroupType): (readonly Kid[])[] => {
    const missing = new Set(elementsWithin(type.group));
    const found: (readonly Kid[])[] = [];
    if (missing.size === 0) return [kidsOf(type, { full: true })];
    for (const through of missing) {
      const kids = kidsOf(type, { full: true, through });
      for (const kid of kids) if (isElement(kid) && kid.use) missing.delete(kid.use);
      found.push(kids);
    }
    return found;
  };

  const document = (path: Path, put: (element: Element) => readonly Kid[]): Element => {
    const nest = (depth: number): readonly Kid[] => {
      const use = path[depth]!;
      const own = element(use);
      const next = path[depth + 1];
      if (next === undefined) return put(own);
      const type = typeOf(model, use.type);
      invariant(type.kind === 'group', `${type.name} has children`);
      const kids = kidsOf(type, { full: false, through: next });
      const at = kids.findIndex((kid) => isElement(kid) && kid.use === next);
      return [{ ...own, kids: [...kids.slice(0, at), ...nest(depth + 1), ...kids.slice(at + 1)] }];
    };
    const [root] = nest(0);
    invariant(root !== undefined && isElement(root), 'a document has a root');
    return root;
  };
  return { model, element, kids: kidsOf, covers, document };
};

const wildcardContent = (namespace: string): string =>
  namespace === '##any' ? WILDCARD_CONTENT : `<o:Any xmlns:o="${namespace}"/>`;

/** The simple type of a value. */
export const baseOf = (type: Type): Extract<Type, { kind: 'simple' }> => {
  invariant(type.kind !== 'group', `${type.name} has text`);
  return type.kind === 'text' ? type.base : type;
};

/** The attributes of every root: the namespaces that the mutants name. */
export const rootAttributes = (model: SchemaModel): readonly Attribute[] => [
  unread(`xmlns="${model.namespace}"`),
  unread(`xmlns:xsi="${XSI}"`),
  unread(`xmlns:p="${model.namespace}"`),
  unread('xmlns:o="urn:example:other"'),
];

/** The shortest path from the root to each group or text type. */
export const shortestPaths = (model: SchemaModel): ReadonlyMap<string, Path> => {
  const paths = new Map<string, Path>([[model.root.type, [model.root]]]);
  // A Map is walked in the order of insertion, also over what is added on the way: breadth first.
  for (const [name, path] of paths) {
    const type = typeOf(model, name);
    if (type.kind !== 'group') continue;
    for (const use of elementsWithin(type.group)) if (!paths.has(use.type)) paths.set(use.type, [...path, use]);
  }
  return paths;
};

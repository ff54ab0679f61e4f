/** Mutants of valid documents: each is one step away from one, and the steps together are all that the schema forbids. */
import type { Dice } from '../bench/support/dice.js';
import { type Attribute, type Element, isElement, type Kid, markup, text, unread } from './document.js';
import { baseOf, type Instances, type Path, rootAttributes, shortestPaths } from './instances.js';
import { choiceVariants } from './mutants-choice.js';
import { attributeVariants, elementVariants, foreignVariants } from './mutants-element.js';
import { wildcardContents } from './mutants-wildcard.js';
import {
  type AnyParticle,
  type ElementParticle,
  elementsWithin,
  type GroupType,
  type Particle,
  type SchemaModel,
  type Type,
  typeOf,
} from './schema-model.js';
import { edgesOf, spellingsOf, valuesOf } from './values.js';

export interface Mutant {
  /** What was done, for example `missing`. */
  readonly kind: string;
  /** Builds the document. */
  root(): Element;
}
/** The contents of an element of one type, after a step. */
interface Content {
  readonly kind: string;
  readonly kids: readonly Kid[];
}

const COPIES_MAX = 100;
/** The first of the edges tried at each element, beside all values of each type: enough to tell its type from another. */
const EDGES_PER_ELEMENT = 4;

const without = (kids: readonly Kid[], at: number): Kid[] => [...kids.slice(0, at), ...kids.slice(at + 1)];
const inserted = (kids: readonly Kid[], at: number, ...more: readonly Kid[]): Kid[] => [
  ...kids.slice(0, at),
  ...more,
  ...kids.slice(at),
];
const replaced = (kids: readonly Kid[], at: number, ...more: readonly Kid[]): Kid[] =>
  inserted(without(kids, at), at, ...more);

const occurrences = (use: ElementParticle, kids: readonly Kid[], at: number): Content[] => {
  const own = kids[at]!;
  const copies = (count: number): Content => ({
    kind: count > use.max ? 'beyond-max' : 'repeated',
    kids: replaced(kids, at, ...Array.from({ length: count }, () => own)),
  });
  const found: Content[] = [{ kind: 'missing', kids: without(kids, at) }, copies(2)];
  if (use.max <= COPIES_MAX) found.push(copies(use.max), copies(use.max + 1));
  else found.push(copies(3));
  return found;
};

const moves = (kids: readonly Kid[], at: number): Content[] => {
  const own = kids[at]!;
  const others = without(kids, at);
  const places = new Set([0, others.length, at - 1, at + 1]);
  return [...places]
    .filter((place) => place !== at && place >= 0 && place <= others.length)
    .map((place) => ({ kind: 'moved', kids: inserted(others, place, own) }));
};

const pick = <T>(dice: Dice, list: readonly T[]): T => list[dice.below(list.length)]!;

/** White space, comments and text where a group has only elements. */
const betweenElements = (kids: readonly Kid[]): Content[] => {
  const spread = (kid: Kid): Kid[] => kids.flatMap((own) => [kid, own]).concat(kid);
  return [
    { kind: 'white-space-between', kids: spread(markup(' \n\t\r\n ')) },
    { kind: 'comment-between', kids: spread(markup('<!-- c -->')) },
    { kind: 'instruction-between', kids: spread(markup('<?otkel c?>')) },
    { kind: 'text-between', kids: [...kids, text('x')] },
    { kind: 'text-between', kids: [text('x'), ...kids] },
    { kind: 'cdata-between', kids: [...kids, markup('<![CDATA[x]]>')] },
    { kind: 'empty-cdata-between', kids: [...kids, markup('<![CDATA[]]>')] },
    { kind: 'white-cdata-between', kids: [...kids, markup('<![CDATA[ ]]>')] },
    { kind: 'white-reference-between', kids: [...kids, markup('&#32;&#x9;')] },
    { kind: 'no-break-space-between', kids: [...kids, text('\u00a0')] },
    { kind: 'empty', kids: [] },
    { kind: 'empty', kids: [markup('<!-- c -->')] },
    { kind: 'empty', kids: [markup(' ')] },
    { kind: 'text-only', kids: [text('x')] },
  ];
};

const anyWithin = (part: Particle): readonly AnyParticle[] => {
  if (part.kind === 'any') return [part];
  return part.kind === 'element' ? [] : part.parts.flatMap(anyWithin);
};

export interface MutantSource {
  /** Every step at every type, in the smallest document that reaches it. */
  systematic(): Generator<Mutant>;
  /** A step at random in a document that reaches its type at random. */
  random(): Mutant;
}

/** The mutants of one schema. Equal dice, equal mutants. */
export const createMutants = (instances: Instances, dice: Dice): MutantSource => {
  const { model } = instances;
  const spelt = new Set<Type>();
  const cache = new Map<GroupType, readonly Content[]>();

  const valueContents = (use: ElementParticle, kids: readonly Kid[], at: number): Content[] => {
    const own = kids[at] as Element;
    const type = typeOf(model, use.type);
    const put = (kind: string, ...content: readonly Kid[]): Content => ({
      kind,
      kids: replaced(kids, at, { ...own, kids: content }),
    });
    if (type.kind === 'group') return instances.covers(type).map((cover) => put('full', ...cover));
    const base = baseOf(type);
    const isNew = !spelt.has(type);
    spelt.add(type);
    const values = edgesOf(base);
    if (!isNew)
      return [...values.slice(0, EDGES_PER_ELEMENT), pick(dice, values)].map((value) => put('edge', text(value)));
    return [
      ...values.map((value) => put('edge', text(value))),
      ...valuesOf(base).map((value) => put('value', text(value))),
      ...spellingsOf(base).map((spelling) => put('spelling', ...spelling)),
      ...attributeVariants(model, type, own).map((kid) => ({ kind: 'attribute', kids: replaced(kids, at, kid) })),
    ];
  };
  const contents = (type: GroupType): readonly Content[] => {
    const known = cache.get(type);
    if (known !== undefined) return known;
    const full = instances.covers(type);
    const found: Content[] = full.map((kids) => ({ kind: 'full', kids }));
    found.push({ kind: 'least', kids: instances.kids(type, { full: false }) });
    const uses = elementsWithin(type.group);
    const thorough = dice.below(uses.length);
    for (const [i, use] of uses.entries()) {
      const isHere = (kid: Kid): boolean => isElement(kid) && kid.use === use;
      const kids = full.find((cover) => cover.some(isHere))!;
      const at = kids.findIndex(isHere);
      const own = kids[at] as Element;
      found.push(...occurrences(use, kids, at), ...moves(kids, at), ...valueContents(use, kids, at));
      const steps = i === thorough ? elementVariants(model, own) : foreignVariants(model, own);
      for (const { kind, kid } of steps) found.push({ kind, kids: replaced(kids, at, kid) });
      const alien = instances.element(pick(dice, uses));
      found.push({ kind: 'inserted', kids: inserted(kids, dice.below(kids.length + 1), alien) });
      found.push({ kind: 'only', kids: instances.kids(type, { full: false, through: use }) });
    }
    found.push(...choiceVariants(instances, type), ...full.slice(0, 1).flatMap(betweenElements));
    for (const any of anyWithin(type.group))
      for (const raw of wildcardContents(model, any)) found.push({ kind: 'wildcard', kids: [markup(raw)] });
    cache.set(type, found);
    return found;
  };
  const document = (path: Path, { kind, kids }: Content): Mutant => ({
    kind,
    root: () => withRoot(instances.document(path, (own) => [{ ...own, kids }])),
  });
  const withRoot = (root: Element): Element => ({
    ...root,
    attributes: [...rootAttributes(model), ...root.attributes],
  });
  const smallest = withRoot(instances.element(model.root));
  const groups = [...shortestPaths(model)].filter(([name]) => typeOf(model, name).kind === 'group');

  function* systematic(): Generator<Mutant> {
    for (const root of rootVariants(model, smallest)) yield { kind: 'root', root: () => root };
    for (const [name, path] of groups)
      for (const content of contents(typeOf(model, name) as GroupType)) yield document(path, content);
  }
  const randomPath = (): Path => {
    const path: ElementParticle[] = [model.root];
    const depth = 1 + dice.below(DEPTH_MAX);
    for (;;) {
      const type = typeOf(model, path.at(-1)!.type) as GroupType;
      const inner = elementsWithin(type.group).filter((use) => typeOf(model, use.type).kind === 'group');
      if (inner.length === 0 || path.length >= depth) return path;
      path.push(pick(dice, inner));
    }
  };
  const random = (): Mutant => {
    const path = randomPath();
    const { kind, root } = document(path, pick(dice, contents(typeOf(model, path.at(-1)!.type) as GroupType)));
    return { kind: `random-${kind}`, root };
  };
  return { systematic, random };
};

const DEPTH_MAX = 14;

const rootVariants = (model: SchemaModel, root: Element): Element[] => {
  const named = (tag: string): Element => ({ ...root, tag });
  const attributes = (...list: readonly Attribute[]): Element => ({ ...root, attributes: list });
  const [own, ...others] = rootAttributes(model);
  // No message: of one that the catalogue has, a reader would judge by that one's schema.
  const other = model.namespace.replace(/\d\d$/, '99');
  return [
    root,
    named('p:Document'),
    named(model.root.name.toLowerCase()),
    named(root.kids.filter(isElement)[0]?.tag ?? 'x'),
    attributes(...others),
    attributes(unread(`xmlns="${other}"`), ...others),
    attributes(unread(`xmlns="${model.namespace} "`), ...others),
    attributes(unread(`xmlns="${model.namespace.toUpperCase()}"`), ...others),
    attributes(own!, ...others, unread(`xsi:type="${model.root.type}"`)),
    attributes(own!, ...others, unread('xsi:type="Nope"')),
    attributes(own!, ...others, unread('xsi:nil="true"')),
    attributes(own!, ...others, unread('a="1"')),
    attributes(own!, ...others, unread(`xsi:schemaLocation="${model.namespace} file:///nowhere.xsd"`)),
    { ...prefixed(root), attributes: rootAttributes(model).slice(1) },
  ];
};

/** The same document with a prefix on every element. */
const prefixed = (element: Element): Element => ({
  ...element,
  tag: `p:${element.tag}`,
  kids: element.kids.map((kid) => (isElement(kid) ? prefixed(kid) : kid)),
});

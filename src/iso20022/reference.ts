/** What the catalogue says of a message, as plain data and as text: for the documentation and the command line. */
import {
  type CatalogueMessageId,
  catalogueMessage,
  type GroupType,
  type SimpleType,
  type TypeDefinition,
} from './catalogue/catalogue.js';
import type { Particle } from './catalogue/notation.js';

/** What a value may be: the built-in type of XML Schema, the facets in words, and the codes where there is a list. */
export interface ValueReference {
  readonly base: string;
  /** For example `1 to 35 characters`; empty when the built-in type says it all. */
  readonly facets: readonly string[];
  readonly codes: readonly string[];
}

export interface AttributeReference {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
  readonly value: ValueReference;
}

/** An element where it stands. A group inside a group, which has no name, is called `(choice)` or `(sequence)`. */
export interface ElementReference {
  readonly name: string;
  /** `1..1`, `0..n` */
  readonly occurs: string;
  readonly type: string;
  /** How the children go together; null where there are none. */
  readonly content: 'sequence' | 'choice' | 'any' | null;
  readonly value: ValueReference | null;
  readonly attributes: readonly AttributeReference[];
  readonly children: readonly ElementReference[];
}

export interface MessageReference {
  readonly id: CatalogueMessageId;
  readonly title: string;
  readonly namespace: string;
  /** `Document` or `AppHdr`. */
  readonly root: ElementReference;
}

const BOUNDS = { minInclusive: '≥', maxInclusive: '≤', minExclusive: '>', maxExclusive: '<' } as const;

const valueReference = ({ facets }: SimpleType): ValueReference => {
  const { base, minLength, maxLength, length, totalDigits, fractionDigits, pattern, enumeration } = facets;
  const words: string[] = [];
  if (length !== undefined) words.push(`${length} characters`);
  if (maxLength !== undefined) words.push(`${minLength ?? 0} to ${maxLength} characters`);
  else if (minLength !== undefined) words.push(`at least ${minLength} characters`);
  if (totalDigits !== undefined) words.push(`at most ${totalDigits} digits`);
  if (fractionDigits !== undefined) words.push(`at most ${fractionDigits} decimals`);
  for (const [name, sign] of Object.entries(BOUNDS) as [keyof typeof BOUNDS, string][])
    if (facets[name] !== undefined) words.push(`${sign} ${facets[name]}`);
  if (pattern !== undefined) words.push(`pattern ${pattern}`);
  return { base, facets: words, codes: enumeration?.split(' ') ?? [] };
};

const occursOf = ({ min, max }: Particle): string => `${min}..${max === Number.POSITIVE_INFINITY ? 'n' : max}`;

type Content = Omit<ElementReference, 'name' | 'occurs' | 'type'>;

const EMPTY: Content = { content: null, value: null, attributes: [], children: [] };

/** Content of the types of one message, each built once: elements of one type share it. */
const contents = (types: ReadonlyMap<string, TypeDefinition>) => {
  const built = new Map<string, Content>();
  const contentOf = (type: TypeDefinition): Content => {
    const content = built.get(type.name) ?? build(type);
    built.set(type.name, content);
    return content;
  };
  const build = (type: TypeDefinition): Content => {
    if (type.kind === 'simple') return { ...EMPTY, value: valueReference(type) };
    if (type.kind === 'group') {
      const children = type.group.parts.map((part) => particle(part, type));
      return { ...EMPTY, content: type.hasAny ? 'any' : type.group.kind, children };
    }
    const attributes = type.attributes.map(({ name, required, type: held }) => {
      return { name, required, type: held, value: valueReference(types.get(held) as SimpleType) };
    });
    return { ...EMPTY, value: valueReference(type.base), attributes };
  };
  const particle = (part: Particle, holder: GroupType): ElementReference => {
    const occurs = occursOf(part);
    if (part.kind === 'any') return { ...EMPTY, name: '(any element)', occurs, type: `namespace ${part.namespace}` };
    if (part.kind === 'element') {
      const { type } = holder.elements.get(part.name)!;
      return { ...contentOf(type), name: part.name, occurs, type: type.name };
    }
    const children = part.parts.map((inner) => particle(inner, holder));
    return { ...EMPTY, name: `(${part.kind})`, occurs, type: '', content: part.kind, children };
  };
  return contentOf;
};

const inWords = (typeName: string): string =>
  typeName.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/([A-Z])([A-Z][a-z])/g, '$1 $2');

/** The name of the message's type in words, for example `FI To FI Customer Credit Transfer V13`. */
export const messageTitle = (id: CatalogueMessageId): string => {
  const { name } = catalogueMessage(id)!.bodyType;
  return name === id ? id : inWords(name);
};

/** The message with all its elements, or undefined when the catalogue does not hold it. */
export const describeMessage = (id: string): MessageReference | undefined => {
  const message = catalogueMessage(id);
  if (message === undefined) return undefined;
  const { root, rootType, namespace } = message;
  return {
    id: message.id,
    title: messageTitle(message.id),
    namespace,
    root: { ...contents(message.types)(rootType), name: root, occurs: '1..1', type: rootType.name },
  };
};

const valueWords = ({ base, facets, codes }: ValueReference): string =>
  codes.length > 0 ? codes.join(' | ') : [base, ...facets].join(', ');

const linesOf = (element: ElementReference, depth: number, depthMax: number): string[] => {
  const pad = '  '.repeat(depth);
  const kind = element.content === 'choice' ? ' (one of)' : '';
  const value = element.value === null ? '' : `: ${valueWords(element.value)}`;
  const own = `${pad}${element.name} [${element.occurs}] ${element.type}${kind}${value}`.trimEnd();
  const attributes = element.attributes.map(
    ({ name, required, type, value: held }) =>
      `${pad}  @${name} [${required ? '1..1' : '0..1'}] ${type}: ${valueWords(held)}`,
  );
  const inner = depth < depthMax ? element.children.flatMap((child) => linesOf(child, depth + 1, depthMax)) : [];
  return [own, ...attributes, ...inner];
};

/** The reference as text, one element a line, indented; elements deeper than `depthMax` below the root are left out. */
export const referenceText = (
  { id, title, namespace, root }: MessageReference,
  depthMax = Number.POSITIVE_INFINITY,
): string => [`${id}  ${title}`, namespace, '', ...linesOf(root, 0, depthMax)].map((line) => `${line}\n`).join('');

/** The messages of the catalogue with their types resolved, read once per message and kept. */
import { invariant } from '../../kernel/result.js';
import type { MessageId } from '../types.js';
import { COMPLEX_TYPES } from './complex-types.js';
import { MESSAGES } from './messages.js';
import {
  type AttributeUse,
  type ComplexContent,
  type ElementParticle,
  type GroupParticle,
  readComplexType,
  readSimpleType,
  readTable,
  type SimpleTypeRow,
} from './notation.js';
import { SIMPLE_TYPES } from './simple-types.js';

/** A message definition that the catalogue holds, for example `pacs.008.001.08`. */
export type CatalogueMessageId = keyof typeof MESSAGES;

export const ISO_NAMESPACE = 'urn:iso:std:iso:20022:tech:xsd:';

export interface SimpleType {
  readonly kind: 'simple';
  readonly name: string;
  readonly facets: SimpleTypeRow;
}
/** Text with attributes. */
export interface TextType {
  readonly kind: 'text';
  readonly name: string;
  readonly base: SimpleType;
  readonly attributes: readonly AttributeUse[];
}
/** An element of a group, with what a reader must know: its type and whether it may occur more than once. */
export interface ElementUse {
  readonly name: string;
  readonly type: TypeDefinition;
  readonly many: boolean;
  /** Place among the elements of its group, from 0. */
  readonly position: number;
  /** Its tags without attributes, `<Name>` and `</Name>`. */
  readonly open: string;
  readonly close: string;
}
/** Child elements, in the order in which the schema names them. `hasAny` when the content is a wildcard. */
export interface GroupType {
  readonly kind: 'group';
  readonly name: string;
  readonly group: GroupParticle;
  readonly elements: ReadonlyMap<string, ElementUse>;
  readonly hasAny: boolean;
}
export type TypeDefinition = SimpleType | TextType | GroupType;

export interface CatalogueMessage {
  readonly id: CatalogueMessageId;
  readonly namespace: string;
  readonly root: 'Document' | 'AppHdr';
  readonly rootType: GroupType;
  /** The one child of `Document`; null for a header, whose content is that of the root itself. */
  readonly bodyName: string | null;
  /** The type of a `CheckedDocument`'s root. */
  readonly bodyType: GroupType;
  /** Every type that can be reached, by name. */
  readonly types: ReadonlyMap<string, TypeDefinition>;
  /** Names of the elements whose content is a wildcard. */
  readonly anyHolders: ReadonlySet<string>;
}

const rows: Readonly<Record<string, string>> = MESSAGES;
const cache = new Map<string, CatalogueMessage>();
const simpleLines = readTable(SIMPLE_TYPES);
const complexLines = readTable(COMPLEX_TYPES);
const contents = new Map<string, ComplexContent>();

/** Content of a complex type, read once for all messages. */
const contentOf = (name: string): ComplexContent => {
  const known = contents.get(name);
  if (known !== undefined) return known;
  const line = complexLines.get(name);
  invariant(line !== undefined, `the catalogue has no type ${name}`);
  const content = readComplexType(line, contentOf);
  contents.set(name, content);
  return content;
};

/** The ids of all messages, in the order in which they were added. */
export const CATALOGUE_MESSAGE_IDS = Object.keys(MESSAGES) as readonly CatalogueMessageId[];

export const isCatalogueMessageId = (id: MessageId): id is CatalogueMessageId => Object.hasOwn(rows, id);

const collect = (
  group: GroupParticle,
  repeated: boolean,
  found: { particle: ElementParticle; many: boolean }[],
): boolean => {
  const many = repeated || group.max > 1;
  let any = false;
  for (const part of group.parts) {
    if (part.kind === 'element') found.push({ particle: part, many: many || part.max > 1 });
    else if (part.kind === 'any') any = true;
    else any = collect(part, many, found) || any;
  }
  return any;
};

/** The simple type of this name, or undefined when the catalogue does not hold it. */
export const catalogueSimpleType = (name: string): SimpleType | undefined => {
  const line = simpleLines.get(name);
  return line === undefined ? undefined : { kind: 'simple', name, facets: readSimpleType(line) };
};

const resolver = (types: Map<string, TypeDefinition>) => {
  const simple = (name: string): SimpleType => {
    const type = resolve(name);
    invariant(type.kind === 'simple', `${name} is not a simple type`);
    return type;
  };
  const resolve = (name: string): TypeDefinition => {
    const known = types.get(name);
    if (known !== undefined) return known;
    const simpleType = catalogueSimpleType(name);
    if (simpleType !== undefined) {
      types.set(name, simpleType);
      return simpleType;
    }
    const content = contentOf(name);
    if (content.kind === 'group') return resolveGroup(name, content.group);
    const type: TextType = { kind: 'text', name, base: simple(content.base), attributes: content.attributes };
    types.set(name, type);
    for (const attribute of content.attributes) simple(attribute.type);
    return type;
  };
  const resolveGroup = (name: string, group: GroupParticle): GroupType => {
    const found: { particle: ElementParticle; many: boolean }[] = [];
    const elements = new Map<string, ElementUse>();
    const type: GroupType = { kind: 'group', name, group, elements, hasAny: collect(group, false, found) };
    // Set before the children are resolved: a type may hold itself.
    types.set(name, type);
    for (const { particle, many } of found) {
      const { name } = particle;
      const first = elements.get(name);
      const position = first?.position ?? elements.size;
      elements.set(name, {
        name,
        type: resolve(particle.type),
        many: many || first !== undefined,
        position,
        open: `<${name}>`,
        close: `</${name}>`,
      });
    }
    return type;
  };
  return { resolve, resolveGroup };
};

const DOCUMENT = 'Document';

const groupOf = (type: TypeDefinition | undefined): GroupType => {
  invariant(type?.kind === 'group', `${type?.name} has no child elements`);
  return type;
};

const anyHoldersOf = (types: ReadonlyMap<string, TypeDefinition>): ReadonlySet<string> => {
  const holders = new Set<string>();
  for (const type of types.values()) {
    if (type.kind !== 'group') continue;
    for (const use of type.elements.values()) if (use.type.kind === 'group' && use.type.hasAny) holders.add(use.name);
  }
  return holders;
};

/** The message with this id, or undefined when the catalogue does not hold it. */
export const catalogueMessage = (id: MessageId): CatalogueMessage | undefined => {
  const known = cache.get(id);
  if (known !== undefined || !isCatalogueMessageId(id)) return known;
  const [holder = '', typeName = ''] = rows[id]!.split(' ');
  const types = new Map<string, TypeDefinition>();
  const { resolve, resolveGroup } = resolver(types);
  const isHeader = holder === 'AppHdr';
  const element: ElementParticle = { kind: 'element', name: holder, type: typeName, min: 1, max: 1 };
  const document: GroupParticle = { kind: 'sequence', parts: [element], min: 1, max: 1 };
  const rootType = isHeader ? groupOf(resolve(typeName)) : resolveGroup(DOCUMENT, document);
  const message: CatalogueMessage = {
    id,
    namespace: ISO_NAMESPACE + id,
    root: isHeader ? 'AppHdr' : DOCUMENT,
    rootType,
    bodyName: isHeader ? null : holder,
    bodyType: groupOf(types.get(typeName)),
    types,
    anyHolders: anyHoldersOf(types),
  };
  cache.set(id, message);
  return message;
};

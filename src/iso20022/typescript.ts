/** TypeScript types written from the catalogue, in the shape in which messages are read and written (see types.ts). */
import { invariant } from '../kernel/result.js';
import { CATALOGUE_MESSAGE_IDS, catalogueMessage, type GroupType, type TypeDefinition } from './catalogue/catalogue.js';
import type { SimpleTypeRow } from './catalogue/notation.js';

const HEAD = `/** Types of all messages of the catalogue, one a line. Written by \`UPDATE_GOLDEN=1 npx vitest run test/iso20022/typed.test.ts\`. */
import type { Choice, Simple } from './type-forms.js';

`;

/** A few types are called as their message, with dots. */
const identifier = (name: string): string => name.replaceAll('.', '_');

const literals = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(' | ');

const simple = (name: string, { base, enumeration }: SimpleTypeRow): string => {
  if (enumeration !== undefined) return literals(enumeration.split(' '));
  return base === 'boolean' ? literals(['true', 'false', '1', '0']) : `Simple<'${name}'>`;
};

const group = ({ name, group: { kind, parts }, elements, hasAny }: GroupType): string => {
  if (hasAny) return "Readonly<{ '#any': string }>";
  const properties = parts.map((part) => {
    invariant(part.kind === 'element', `${name} holds a group, for which there is no form`);
    const { many } = elements.get(part.name)!;
    const type = identifier(part.type);
    const key = /^\w+$/.test(part.name) ? part.name : `'${part.name}'`;
    return `${key}${part.min === 0 ? '?' : ''}: ${many ? `readonly ${type}[]` : type}`;
  });
  return `${kind === 'choice' ? 'Choice' : 'Readonly'}<{ ${properties.join('; ')} }>`;
};

const declaration = (type: TypeDefinition): string => {
  if (type.kind === 'simple') return simple(type.name, type.facets);
  if (type.kind === 'group') return group(type);
  const attributes = type.attributes.map(
    (use) => `; '@${use.name}'${use.required ? '' : '?'}: ${identifier(use.type)}`,
  );
  return `Readonly<{ '#': ${identifier(type.base.name)}${attributes.join('')} }>`;
};

/** `Pacs008V08` */
const alias = (id: string): string => {
  const [area = '', number = '', , version = ''] = id.split('.');
  return `${area[0]!.toUpperCase()}${area.slice(1)}${number}V${version}`;
};

/**
 * The text of a TypeScript module: a type for each type of the catalogue, `MessageBodies` from message id to the type of
 * its content, and for each message a name such as `Pacs008V08`.
 */
export const generateTypes = (): string => {
  const types = new Map<string, string>();
  const bodies: string[] = [];
  const names: string[] = [];
  const branded = new Set<string>();
  for (const id of CATALOGUE_MESSAGE_IDS) {
    const message = catalogueMessage(id)!;
    bodies.push(`  '${id}': ${identifier(message.bodyType.name)};\n`);
    names.push(`export type ${alias(id)} = MessageBodies['${id}'];\n`);
    for (const type of message.types.values()) {
      if (type === message.rootType && message.bodyName !== null) continue;
      types.set(type.name, declaration(type));
      if (types.get(type.name) === `Simple<'${type.name}'>`) branded.add(type.name);
    }
  }
  const lines = [...types].sort(([a], [b]) => (a < b ? -1 : 1));
  const declarations = lines.map(([name, text]) => `export type ${identifier(name)} = ${text};\n`).join('');
  return `${HEAD}/** The type of a message's content, by its id. */\nexport interface MessageBodies {\n${bodies.join('')}}\n\n${names.join('')}\n/** Simple types that are neither a code list nor a boolean. */\nexport type SimpleTypeName = ${literals([...branded].sort())};\n\n${declarations}`;
};

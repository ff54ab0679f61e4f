/**
 * Reads facts (names, types, order, choices, cardinalities, facets, code lists, attributes) out of ISO 20022 schemas
 * and writes them in the catalogue's own notation (see src/iso20022/catalogue/notation.ts).
 *
 *   node tools/import-catalogue.mjs <folder of .xsd files> [<message id> ...]
 *
 * Message ids named here are added after those the catalogue has already; without ids the present ones are read again.
 * The first message that uses a type name gives its plain entry; other content under the same name becomes `Name~2`,
 * `Name~3`, and a message that uses it says so in its own row. So a new version adds lines and changes none.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

const OUT = new URL('../src/iso20022/catalogue/', import.meta.url);
const FACETS = ['minLength', 'maxLength', 'length', 'totalDigits', 'fractionDigits'];
const RANGES = ['minInclusive', 'maxInclusive', 'minExclusive', 'maxExclusive'];
const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, parseAttributeValue: false });

const attributesOf = (node) => node[':@'] ?? {};
const attribute = (node, name) => attributesOf(node)[`@_${name}`];
const tagOf = (node) => Object.keys(node).find((key) => key !== ':@');
const childrenOf = (node) => node[tagOf(node)].filter((child) => tagOf(child).startsWith('xs:'));
const refuse = (what) => {
  throw new Error(`the catalogue has no notation for ${what}`);
};

const cardinality = (node) => {
  const min = attribute(node, 'minOccurs') ?? '1';
  const max = attribute(node, 'maxOccurs') ?? '1';
  const known = { '1,1': '', '0,1': '?', '0,unbounded': '*', '1,unbounded': '+' };
  return known[`${min},${max}`] ?? `{${min},${max === 'unbounded' ? '' : max}}`;
};

const particle = (node) => {
  const tag = tagOf(node);
  if (tag === 'xs:element') return `${attribute(node, 'name')}${cardinality(node)} ${attribute(node, 'type')}`;
  if (tag === 'xs:any')
    return `#any${cardinality(node)} ${attribute(node, 'processContents')} ${attribute(node, 'namespace')}`;
  if (tag === 'xs:sequence' || tag === 'xs:choice') return `(${group(node)})${cardinality(node)}`;
  return refuse(tag);
};

const group = (node) => {
  const parts = childrenOf(node).map(particle);
  if (tagOf(node) === 'xs:sequence') return parts.join(', ');
  return parts.length === 1 ? `| ${parts[0]}` : parts.join(' | ');
};

const simpleContent = (node) => {
  const [extension] = childrenOf(node);
  const attributes = childrenOf(extension).map((child) => {
    const optional = attribute(child, 'use') === 'required' ? '' : '?';
    return ` @${attribute(child, 'name')}${optional} ${attribute(child, 'type')}`;
  });
  return `= ${attribute(extension, 'base')}${attributes.join('')}`;
};

const complexType = (node) => {
  const parts = childrenOf(node);
  if (parts.length !== 1) return refuse(`complex type ${attribute(node, 'name')}`);
  const [content] = parts;
  if (tagOf(content) === 'xs:simpleContent') return simpleContent(content);
  if (cardinality(content) !== '') return refuse('a repeated top group');
  return group(content);
};

const simpleType = (node) => {
  const [restriction] = childrenOf(node);
  const type = { base: attribute(restriction, 'base').replace('xs:', '') };
  for (const facet of childrenOf(restriction)) {
    const name = tagOf(facet).replace('xs:', '');
    const value = attribute(facet, 'value');
    if (name === 'enumeration')
      type.enumeration = type.enumeration === undefined ? value : `${type.enumeration} ${value}`;
    else if (name in type) refuse(`two facets ${name}`);
    else if (FACETS.includes(name)) type[name] = Number(value);
    else if (RANGES.includes(name) || name === 'pattern') type[name] = value;
    else refuse(name);
    if (name === 'enumeration' && /\s/.test(value)) refuse(`a code with white space: ${value}`);
  }
  return type;
};

const readSchema = (file) => {
  const schema = parser.parse(readFileSync(file, 'utf8')).find((node) => tagOf(node) === 'xs:schema');
  const found = { simple: new Map(), complex: new Map(), root: undefined, rootType: undefined };
  for (const node of childrenOf(schema)) {
    const name = attribute(node, 'name');
    if (tagOf(node) === 'xs:simpleType') found.simple.set(name, simpleType(node));
    else if (tagOf(node) === 'xs:complexType') found.complex.set(name, complexType(node));
    else if (tagOf(node) === 'xs:element' && found.root === undefined) {
      found.root = name;
      found.rootType = attribute(node, 'type');
    } else refuse(tagOf(node));
  }
  return found;
};

/** The names of `found` that can be reached from its root. */
const reachable = (found) => {
  const seen = new Set();
  const open = [found.rootType];
  while (open.length > 0) {
    const name = open.pop();
    if (seen.has(name)) continue;
    seen.add(name);
    const content = found.complex.get(name);
    if (content === undefined) continue;
    for (const token of content.split(/[\s,|()=]+/))
      if (found.simple.has(token) || found.complex.has(token)) open.push(token);
  }
  return seen;
};

/** Puts `content` under `name` and answers the variant it got there. */
const place = (table, name, content) => {
  const text = JSON.stringify(content);
  for (let variant = 1; ; variant += 1) {
    const key = variant === 1 ? name : `${name}~${variant}`;
    const present = table.get(key);
    if (present === undefined) table.set(key, content);
    if (present === undefined || JSON.stringify(present) === text) return variant;
  }
};

const quote = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
const literal = (value) => {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object') return String(value);
  const fields = Object.entries(value).map(([name, field]) => `${property(name)}: ${literal(field)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
};
const property = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name));

const rows = (entries) => entries.map(([name, value]) => `  ${property(name)}: ${literal(value)},\n`).join('');
const sorted = (table) => [...table].sort(([a], [b]) => (a < b ? -1 : 1));

const write = (file, doc, head, entries, tail) =>
  writeFileSync(new URL(file, OUT), `/** ${doc} */\n${head} = {\n${rows(entries)}}${tail};\n`);

const present = () => {
  const text = readFileSync(new URL('messages.ts', OUT), 'utf8');
  return [...text.matchAll(/^ {2}'([^']+)':/gm)].map((match) => match[1]);
};

const main = ([folder, ...added]) => {
  let before = [];
  try {
    before = present();
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const simple = new Map();
  const complex = new Map();
  const messages = new Map();
  for (const id of new Set([...before, ...added])) {
    const found = readSchema(join(folder, `${id}.xsd`));
    const variants = {};
    for (const name of [...reachable(found)].sort()) {
      const isSimple = found.simple.has(name);
      // `Document` is the same name with other content in every message, so it is kept under the message's own id.
      const key = name === 'Document' ? `Document-${id}` : name;
      const content = isSimple ? found.simple.get(name) : found.complex.get(name);
      if (content === undefined) throw new Error(`${id} has no type ${name}`);
      const variant = place(isSimple ? simple : complex, key, content);
      if (variant > 1) variants[name] = variant;
    }
    const rootType = found.rootType === 'Document' ? `Document-${id}` : found.rootType;
    messages.set(id, { root: found.root, type: rootType, ...(Object.keys(variants).length > 0 && { variants }) });
  }
  const note = 'Written by tools/import-catalogue.mjs.';
  const head = "import type { MessageRow } from './notation.js';\n\n";
  write(
    'simple-types.ts',
    `Simple types of all messages. ${note}`,
    'export const SIMPLE_TYPES: Record<string, SimpleTypeRow>',
    sorted(simple),
    '',
  );
  write(
    'complex-types.ts',
    `Complex types of all messages, in the notation of notation.ts. ${note}`,
    'export const COMPLEX_TYPES: Record<string, string>',
    sorted(complex),
    '',
  );
  write(
    'messages.ts',
    `The messages: root element, its type, and the types that are not of variant 1. ${note}`,
    'export const MESSAGES',
    [...messages],
    ' as const satisfies Record<string, MessageRow>',
  );
  for (const [file, text] of [
    ['messages.ts', head],
    ['simple-types.ts', "import type { SimpleTypeRow } from './notation.js';\n\n"],
  ]) {
    const url = new URL(file, OUT);
    writeFileSync(url, text + readFileSync(url, 'utf8'));
  }
};

main(process.argv.slice(2));

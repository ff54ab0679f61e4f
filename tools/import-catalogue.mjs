/**
 * Reads facts (names, types, order, choices, cardinalities, facets, code lists, attributes) out of ISO 20022 schemas
 * and writes them in the catalogue's own notation (see src/iso20022/catalogue/notation.ts).
 *
 *   node tools/import-catalogue.mjs [--out <folder>] <folder of .xsd files> [<message id> ...]
 *
 * Message ids named here are added after those the catalogue has already; without ids the present ones are read again.
 * A type is written once for all messages. One that is near to an earlier version of itself is stated as that one with
 * what has changed, so a new version adds short lines and changes none.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';

const CATALOGUE = fileURLToPath(new URL('../src/iso20022/catalogue/', import.meta.url));
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
  const [only, ...others] = childrenOf(node);
  // A sequence of nothing but one group is that group.
  if (tagOf(node) === 'xs:sequence' && others.length === 0 && cardinality(only) === '')
    if (tagOf(only) === 'xs:sequence' || tagOf(only) === 'xs:choice') return group(only);
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

const FACET_ORDER = ['base', ...FACETS, ...RANGES, 'pattern', 'enumeration'];
const simpleLine = (type) => {
  if ('pattern' in type && 'enumeration' in type) return refuse('a pattern with codes');
  return FACET_ORDER.filter((name) => name in type)
    .map((name) => (name === 'base' ? type.base : `${name} ${type[name]}`))
    .join(' ');
};

/** The top-level parts of a group's line, each with the name of its first element. Null for other content. */
const partsOf = (line) => {
  if (line.startsWith('=') || line.startsWith('|')) return null;
  const parts = [];
  let depth = 0;
  let start = 0;
  const separator = / ([|]) |, /g;
  const marks = [...line.matchAll(/[()]/g)].map((match) => match.index);
  const depthAt = (at) => {
    depth = 0;
    for (const index of marks) if (index < at) depth += line[index] === '(' ? 1 : -1;
    return depth;
  };
  let kind = ', ';
  for (const match of line.matchAll(separator)) {
    if (depthAt(match.index) > 0) continue;
    parts.push(line.slice(start, match.index));
    start = match.index + match[0].length;
    kind = match[0];
  }
  parts.push(line.slice(start));
  const keyed = parts.map((text) => ({ key: /^\(*([\w.#]+)/.exec(text)[1], text }));
  return new Set(keyed.map(({ key }) => key)).size < keyed.length ? null : { kind, parts: keyed };
};

const TYPE_USE = /(?<= )[A-Za-z][\w.]*(?=$|[),| ])/g;
const stem = (name) => name.replaceAll(/\d+/g, '');

/** Which types of `from` are always others in `to`, by the elements that both have. */
const renamesBetween = (from, to) => {
  const renames = new Map();
  for (const { key, text } of from.parts) {
    const other = to.parts.find((part) => part.key === key)?.text;
    if (other === undefined) continue;
    const [before, after] = [text.match(TYPE_USE) ?? [], other.match(TYPE_USE) ?? []];
    if (before.length !== after.length) continue;
    for (const [i, name] of before.entries())
      renames.set(name, renames.has(name) && renames.get(name) !== after[i] ? null : after[i]);
  }
  return new Map([...renames].filter(([name, other]) => other !== null && other !== name));
};

const renameLine = (text, renames) => text.replace(TYPE_USE, (name) => renames.get(name) ?? name);
const shortName = (name, other) =>
  /\d$/.test(name) && /\d$/.test(other) && name.replace(/\d+$/, '') === other.replace(/\d+$/, '')
    ? /\d+$/.exec(other)[0]
    : other;

/** `line` stated as the type `baseName` with changes, or null when it can't be. */
const derived = (baseName, baseLine, line) => {
  const [from, to] = [partsOf(baseLine), partsOf(line)];
  if (from === null || to === null || from.kind !== to.kind) return null;
  const renames = renamesBetween(from, to);
  const kept = from.parts.filter(({ key }) => to.parts.some((part) => part.key === key)).map(({ key }) => key);
  const order = to.parts.filter(({ key }) => kept.includes(key)).map(({ key }) => key);
  if (kept.length === 0 || kept.join() !== order.join()) return null;
  const edits = [...renames].map(([name, other]) => `${name} > ${shortName(name, other)}`);
  for (const { key } of from.parts) if (!kept.includes(key)) edits.push(`-${key}`);
  let last = '^';
  for (const { key, text } of to.parts) {
    if (!kept.includes(key)) edits.push(`${last}: ${text}`);
    else if (renameLine(from.parts.find((part) => part.key === key).text, renames) !== text) edits.push(text);
    last = key;
  }
  return [`< ${baseName}`, ...edits].join('; ');
};

const SHORT_ENOUGH = 0.6;

/** The line for a type: in full, or by the earlier type of the same name but for its numbers that makes it shortest. */
const shortest = (name, line, table) => {
  let best = line;
  for (const [baseName, { full }] of table) {
    if (stem(baseName) !== stem(name)) continue;
    const candidate = derived(baseName, full, line);
    if (candidate !== null && candidate.length < best.length && candidate.length < SHORT_ENOUGH * line.length)
      best = candidate;
  }
  return best;
};

/** Puts a type into its table; the same name must always mean the same. */
const place = (table, name, full, short) => {
  const known = table.get(name);
  if (known === undefined) table.set(name, { full, line: short() });
  else if (known.full !== full) throw new Error(`${name} has two contents:\n${known.full}\n${full}`);
};

const present = () => {
  const text = readFileSync(join(CATALOGUE, 'messages.ts'), 'utf8');
  return [...text.matchAll(/^ {2}'([^']+)':/gm)].map((match) => match[1]);
};

/** `FIToFICstmrCdtTrf FIToFICustomerCreditTransferV08`: the element that holds the message, and its type. */
const messageRow = (id, { root, rootType, complex }) => {
  if (root !== 'Document') return `${root} ${rootType}`;
  const body = complex.get(rootType);
  return /^[\w.]+ [\w.]+$/.test(body) ? body : refuse(`the Document of ${id}`);
};

const table = (name, doc, entries) => {
  const lines = entries.map(([key, { line }]) => `${key}: ${line}\n`).join('');
  if (/[`]|\$\{| \n/.test(lines)) refuse('a backtick, ${ or white space at the end of a line');
  const tag = lines.includes('\\') ? 'String.raw' : '';
  return `/** ${doc} */\nexport const ${name} = ${tag}\`\n${lines}\`;\n`;
};

const read = (folder, ids) => {
  const simple = new Map();
  const complex = new Map();
  const messages = new Map();
  for (const id of ids) {
    const found = readSchema(join(folder, `${id}.xsd`));
    messages.set(id, messageRow(id, found));
    for (const name of [...reachable(found)].sort()) {
      if (name === 'Document') continue;
      if (found.simple.has(name)) {
        const line = simpleLine(found.simple.get(name));
        place(simple, name, line, () => line);
      } else if (found.complex.has(name)) {
        const line = found.complex.get(name);
        place(complex, name, line, () => shortest(name, line, complex));
      } else throw new Error(`${id} has no type ${name}`);
    }
  }
  return { simple, complex, messages };
};

const sorted = (entries) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));

const main = (words) => {
  const out = words[0] === '--out' ? words[1] : CATALOGUE;
  const [folder, ...added] = words[0] === '--out' ? words.slice(2) : words;
  const { simple, complex, messages } = read(folder, new Set([...present(), ...added]));
  const rows = [...messages].map(([id, row]) => `  '${id}': '${row}',\n`).join('');
  const note = 'Written by tools/import-catalogue.mjs.';
  writeFileSync(
    join(out, 'messages.ts'),
    `/** The messages: the element that holds each (\`AppHdr\`, or the one in \`Document\`) and its type. ${note} */\nexport const MESSAGES = {\n${rows}} as const satisfies Record<string, string>;\n`,
  );
  const doc = (what) => `${what} of all messages, in the notation of notation.ts. ${note}`;
  writeFileSync(join(out, 'simple-types.ts'), table('SIMPLE_TYPES', doc('Simple types'), sorted(simple)));
  writeFileSync(join(out, 'complex-types.ts'), table('COMPLEX_TYPES', doc('Complex types'), sorted(complex)));
};

main(process.argv.slice(2));

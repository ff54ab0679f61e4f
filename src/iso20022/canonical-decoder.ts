import { invariant } from '../kernel/result.js';
import type { RawNode } from './xml-engine.js';

/**
 * Reads canonical XML (Canonical XML 1.0, exclusive, without comments) into the shape that the reader builds from: text,
 * or an object of `#`, `@attribute` and children. Canonical text has one spelling for everything, so this is a page of
 * code: attributes in double quotes, no self-closing tag, no CDATA, no comment. It is no XML parser: it must only be given
 * what libxml2 wrote. References stay unresolved. Prefixes and namespace declarations are dropped.
 */
export function decodeCanonical(text: string): RawNode {
  const [node, end] = decodeElement(text, 0);
  invariant(end === text.length, 'canonical text ends with its root');
  return node;
}

const SLASH = 0x2f;
const SPACE = 0x20;
const QUOTE = 0x22;
const COLON = 0x3a;
const GREATER = 0x3e;

type MutableNode = Record<string, RawNode | RawNode[]>;

/** Decodes the element whose `<` is at `start`; answers it and the position after its end tag. */
function decodeElement(text: string, start: number): [RawNode, number] {
  const tagEnd = endOfTag(text, start + 1);
  const attributes = readAttributes(text, start + 1, tagEnd);
  let node: MutableNode | undefined = attributes;
  let content = '';
  let at = tagEnd + 1;
  for (;;) {
    const open = text.indexOf('<', at);
    invariant(open >= 0, 'canonical text closes its elements');
    if (open > at) content += text.slice(at, open);
    if (text.charCodeAt(open + 1) === SLASH) {
      const end = text.indexOf('>', open) + 1;
      if (node === undefined) return [content, end];
      if (node === attributes) node['#'] = content;
      return [node as RawNode, end];
    }
    const [child, next] = decodeElement(text, open);
    if (node === undefined || node === attributes) node = { ...attributes };
    addChild(node, localName(text, open + 1), child);
    at = next;
  }
}

/** A `>` inside an attribute value is written as it is, so quotes must be skipped. */
function endOfTag(text: string, from: number): number {
  // Character by character: looking ahead for a quote would read the rest of the text for every tag.
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === GREATER) return at;
    if (code === QUOTE) at = text.indexOf('"', at + 1);
  }
  throw new Error('invariant broken: canonical text closes its tags');
}

function localName(text: string, from: number): string {
  let end = from;
  let start = from;
  for (let code = text.charCodeAt(end); code !== SPACE && code !== GREATER; code = text.charCodeAt(end)) {
    if (code === COLON) start = end + 1;
    end += 1;
  }
  return text.slice(start, end);
}

function readAttributes(text: string, from: number, tagEnd: number): MutableNode | undefined {
  let at = from;
  while (at < tagEnd && text.charCodeAt(at) !== SPACE) at += 1;
  let attributes: MutableNode | undefined;
  while (at < tagEnd) {
    const equals = text.indexOf('=', at);
    const end = text.indexOf('"', equals + 2);
    const name = text.slice(at + 1, equals);
    if (name !== 'xmlns' && !name.startsWith('xmlns:')) {
      attributes ??= {};
      attributes[`@${name.slice(name.indexOf(':') + 1)}`] = text.slice(equals + 2, end);
    }
    at = end + 1;
  }
  return attributes;
}

function addChild(node: MutableNode, name: string, child: RawNode): void {
  const known = node[name];
  if (known === undefined) node[name] = child;
  else if (Array.isArray(known)) known.push(child);
  else node[name] = [known as RawNode, child];
}

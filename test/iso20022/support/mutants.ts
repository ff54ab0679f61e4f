/** Documents one step away from a valid one: some stay valid, most do not. Both schemas must agree on each. */

import type { Random } from '../../../fuzz/random.js';
import { CATALOGUE_MESSAGE_IDS, catalogueMessage } from '../../../src/iso20022/catalogue/catalogue.js';

interface Node {
  name: string;
  attributes: string;
  children: Node[];
  text: string;
}

const TAG = /<(\/?)([^\s/>]+)([^>]*?)(\/?)>|([^<]+)/g;

/** Reads what our own writer wrote: no comments, no CDATA, no mixed content. */
const parse = (xml: string): Node => {
  const top: Node = { name: '', attributes: '', children: [], text: '' };
  const open = [top];
  for (const [, close, name = '', attributes = '', empty, text] of xml.matchAll(TAG)) {
    const parent = open.at(-1)!;
    if (text !== undefined) parent.text += text;
    else if (close === '/') open.pop();
    else {
      const node = { name, attributes, children: [], text: '' };
      parent.children.push(node);
      if (empty !== '/') open.push(node);
    }
  }
  return top.children[0]!;
};

const print = ({ name, attributes, children, text }: Node): string =>
  `<${name}${attributes}>${children.length > 0 ? children.map(print).join('') : text}</${name}>`;

const all = (node: Node, into: { node: Node; parent: Node | null }[] = [], parent: Node | null = null) => {
  into.push({ node, parent });
  for (const child of node.children) all(child, into, node);
  return into;
};

const XSI = ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';
const VALUES = [
  '',
  ' ',
  'x',
  '0',
  '-0.1',
  '0.000001',
  '1e5',
  '+1',
  '00',
  'NaN',
  'true',
  '2026-02-30',
  '2026-02-28',
  '2026-01-01T24:00:00',
  '2026-01-01T00:00:00Z',
  '9'.repeat(18),
  '9'.repeat(19),
  `${'9'.repeat(13)}.99999`,
  `${'9'.repeat(14)}.99999`,
  '1.123456',
  'KZT',
  'kzt',
  'KZTA',
  'AAAAKZ22',
  'AAAAKZ22XXX',
  'AAAAKZ22XX',
  'KZ12345',
  'A'.repeat(34),
  'A'.repeat(35),
  'A'.repeat(36),
  'A'.repeat(140),
  'A'.repeat(141),
  '😀'.repeat(35),
  '😀'.repeat(36),
  'AAAA\n',
  'QUJD',
  'QUJ',
  '2026',
  '2026-13',
  '٣',
  'FF'.repeat(32),
];
const NAMES = [
  ...new Set(
    CATALOGUE_MESSAGE_IDS.flatMap((id) =>
      [...catalogueMessage(id)!.types.values()].flatMap((type) =>
        type.kind === 'group' ? [...type.elements.keys()] : [],
      ),
    ),
  ),
];

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)]!;

type Mutation = (node: Node, parent: Node, random: Random, everything: readonly { node: Node }[]) => void;

const MUTATIONS: readonly Mutation[] = [
  (node, parent) => parent.children.splice(parent.children.indexOf(node), 1),
  (node, parent) => parent.children.splice(parent.children.indexOf(node), 0, node),
  (node, parent, random) => {
    parent.children.splice(parent.children.indexOf(node), 1);
    parent.children.splice(random(parent.children.length + 1), 0, node);
  },
  (node, _, random) => {
    node.name = pick(random, NAMES);
  },
  (node, parent, random) => {
    parent.children.splice(parent.children.indexOf(node), 0, { ...node, name: pick(random, NAMES) });
  },
  (node, parent, random, everything) => {
    parent.children.splice(parent.children.indexOf(node), 0, pick(random, everything).node);
  },
  (node, _, random) => {
    node.children = [];
    node.text = pick(random, VALUES);
  },
  (node, _, random) => {
    node.children = [];
    node.text = pick(random, VALUES);
  },
  (node) => {
    node.children = [];
    node.text = node.text.slice(0, -1);
  },
  (node) => {
    node.text += node.text.at(-1) ?? 'x';
  },
  (node) => {
    node.attributes = node.attributes === '' ? ' Ccy="KZT"' : '';
  },
  (node, _, random) => {
    node.attributes = ` Ccy="${pick(random, ['KZ', 'KZTA', 'kzt', ''])}"`;
  },
  (node) => {
    node.attributes += `${XSI} xsi:nil="true"`;
  },
  (node, _, random) => {
    node.attributes += `${XSI} xsi:type="${pick(random, ['Max35Text', 'PartyIdentification135', 'Nope'])}"`;
  },
  (node) => {
    node.attributes += `${XSI} xsi:schemaLocation="urn:x file:///etc/passwd"`;
  },
  (node) => {
    node.attributes += ' xmlns=""';
  },
  (node, parent) => {
    const list = parent.children;
    for (let i = 0; i < 12; i += 1) list.splice(list.indexOf(node), 0, node);
  },
];

/** A document one mutation away from `xml`, which must be our writer's. */
export const mutate = (xml: string, random: Random): string => {
  const root = parse(xml);
  const everything = all(root);
  const { node, parent } = pick(random, everything);
  if (parent !== null) pick(random, MUTATIONS)(node, parent, random, everything);
  // A copy put below itself would never end.
  return isTree(root) ? print(root) : xml;
};

const isTree = (node: Node, above: readonly Node[] = []): boolean =>
  !above.includes(node) && node.children.every((child) => isTree(child, [...above, node]));

/** The reference of messages as pages, made from the catalogue as they are asked for. No script, nothing of another host. */

import { REJECT_ID } from '../iso20022/builders/reject.js';
import { REPORT_VERSIONS } from '../iso20022/builders/releases.js';
import { CATALOGUE_MESSAGE_IDS, type CatalogueMessageId } from '../iso20022/catalogue/catalogue.js';
import {
  type AttributeReference,
  type ElementReference,
  type MessageReference,
  messageTitle,
  type ValueReference,
} from '../iso20022/reference.js';
import { HANDLED_MESSAGES, type Handling } from './handled-messages.js';

export const MESSAGE_STYLE = `
body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem auto; padding: 0 1rem; color: #1c2733; }
h1 { font-size: 1.4rem; margin: 0.5rem 0 0; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 0.25rem; }
a { color: #0b5cad; text-decoration: none; }
a:hover { text-decoration: underline; }
p { margin: 0.25rem 0; }
table { border-collapse: collapse; }
td { padding: 0.1rem 1.5rem 0.1rem 0; vertical-align: top; min-width: 9rem; }
td + td { min-width: 24rem; }
summary { cursor: pointer; }
summary:hover, .leaf:hover { background: #f0f3f6; }
details > :not(summary) { margin-left: 1.4rem; }
.leaf { padding-left: 1.05rem; }
.tree { margin-top: 1rem; }
b { font-weight: 600; }
i { font-style: normal; color: #8a4b08; margin: 0 0.4rem; font-variant-numeric: tabular-nums; }
.type { color: #5b6b7a; overflow-wrap: anywhere; }
.value { color: #1d6b3a; margin-left: 0.5rem; }
.or { color: #7a2f8a; margin-left: 0.5rem; }
code { font-size: 0.92em; background: #f0f3f6; padding: 0 0.25rem; border-radius: 3px; margin-right: 0.2rem; }
`;

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/docs/messages.css">
<link rel="icon" type="image/png" href="/docs/favicon-32x32.png" sizes="32x32">
</head>
<body>
${body}
</body>
</html>
`;

const REFUSED = 'checked, then refused by name';

const HANDLING_WORDS: Readonly<Record<Handling, string>> = {
  'credit-transfer': 'taken and settled; sent on',
  'status-request': 'taken and answered',
};

/** What becomes of a message that is posted, and whether it is sent. */
const handlingOf = (id: string): string => {
  const handling = HANDLED_MESSAGES.get(id);
  if (handling !== undefined) return HANDLING_WORDS[handling];
  if (id.startsWith('head.')) return 'taken with a message; sent';
  return REPORT_VERSIONS.has(id) || id === REJECT_ID ? `sent; ${REFUSED}` : REFUSED;
};

/** The page of all messages, one a line, grouped by what they are. */
export function messageListPage(): string {
  const ids = [...CATALOGUE_MESSAGE_IDS].sort();
  const families = new Map<string, CatalogueMessageId[]>();
  for (const id of ids) families.set(id.slice(0, 8), [...(families.get(id.slice(0, 8)) ?? []), id]);
  const sections = [...families].map(([family, members]) => {
    const rows = members.map(
      (id) =>
        `<tr><td><a href="/docs/messages/${id}">${id}</a></td><td>${escapeText(messageTitle(id))}</td><td class="type">${handlingOf(id)}</td></tr>`,
    );
    return `<h2>${family}</h2>\n<table>\n${rows.join('\n')}\n</table>`;
  });
  return page(
    'Otkel: messages',
    `<p><a href="/">Otkel</a> · <a href="/docs">API</a></p>\n<h1>Messages</h1>\n<p>The ${ids.length} ISO 20022 messages that the gateway reads and writes, and what becomes of one that is posted.</p>\n${sections.join('\n')}`,
  );
}

const valueHtml = ({ base, facets, codes }: ValueReference): string => {
  if (codes.length > 0)
    return `<span class="value">${codes.map((code) => `<code>${escapeText(code)}</code>`).join('')}</span>`;
  return `<span class="value">${escapeText([base, ...facets].join(', '))}</span>`;
};

const attributeHtml = ({ name, required, type, value }: AttributeReference): string =>
  `<div class="leaf"><b>@${name}</b><i>${required ? '1..1' : '0..1'}</i><span class="type">${type}</span>${valueHtml(value)}</div>`;

const OPEN_DEPTH = 3;

type Children = ElementReference['children'];

/** The HTML of an element. What elements of one type hold is written once, in `written`, below the part that is open. */
const elementHtml = (element: ElementReference, depth: number, written: Map<Children, string>): string => {
  const { children } = element;
  const head = `<b>${element.name}</b><i>${element.occurs}</i><span class="type">${escapeText(element.type)}</span>`;
  const choice = element.content === 'choice' ? '<span class="or">one of</span>' : '';
  const value = element.value === null ? '' : valueHtml(element.value);
  if (children.length === 0 && element.attributes.length === 0) return `<div class="leaf">${head}${value}</div>\n`;
  const attributes = element.attributes.map(attributeHtml).join('');
  const known = depth < OPEN_DEPTH ? undefined : written.get(children);
  const inner = known ?? children.map((child) => elementHtml(child, depth + 1, written)).join('');
  if (depth >= OPEN_DEPTH) written.set(children, inner);
  const open = depth < OPEN_DEPTH ? ' open' : '';
  return `<details${open}><summary>${head}${choice}${value}</summary>${attributes}${inner}</details>\n`;
};

/** The page of one message: its tree of elements, each with how often, its type, and what its value may be. */
export function messagePage({ id, title, namespace, root }: MessageReference): string {
  return page(
    `${id} · Otkel`,
    `<p><a href="/">Otkel</a> · <a href="/docs">API</a> · <a href="/docs/messages">Messages</a></p>
<h1>${id}</h1>
<p>${escapeText(title)} · ${handlingOf(id)}</p>
<p class="type"><code>${namespace}</code> <a href="/docs/messages/${id}.xsd">Schema</a></p>
<div class="tree">
${elementHtml(root, 0, new Map())}</div>`,
  );
}

/** A message as lines that are easy to read, each with the place of its element. */
export interface XmlLine {
  readonly depth: number;
  readonly text: string;
  /** Without positions: `/Document/FIToFICstmrCdtTrf/CdtTrfTxInf/UETR`. */
  readonly path: string;
}

/** What stands by itself where it is in an envelope. */
const PARTS: ReadonlySet<string> = new Set(['Document', 'AppHdr']);
const LINES_MAX = 5_000;

/** A path of a report, whose positions differ from message to message. */
export const plainPath = (path: string): string => path.replaceAll(/\[\d+\]/g, '');

const openingOf = (element: Element): string =>
  `<${element.nodeName}${Array.from(element.attributes, ({ name, value }) => ` ${name}="${value}"`).join('')}>`;

/** Lines of a document; the text as it is where it can't be read. */
export function xmlLines(text: string): readonly XmlLine[] {
  const parsed = new DOMParser().parseFromString(text, 'application/xml');
  if (parsed.querySelector('parsererror')) return text.split('\n').map((line) => ({ depth: 0, text: line, path: '' }));
  const lines: XmlLine[] = [];
  const walk = (element: Element, depth: number, above: string): void => {
    if (lines.length >= LINES_MAX) return;
    const path = `${PARTS.has(element.localName) ? '' : above}/${element.localName}`;
    const opening = openingOf(element);
    if (element.children.length === 0) {
      lines.push({ depth, text: `${opening}${element.textContent ?? ''}</${element.nodeName}>`, path });
      return;
    }
    lines.push({ depth, text: opening, path });
    for (const inner of element.children) walk(inner, depth + 1, path);
    lines.push({ depth, text: `</${element.nodeName}>`, path });
  };
  walk(parsed.documentElement, 0, '');
  return lines;
}

/** Differences between judges that are understood: what differs, and who is right by which clause. Each is counted. */

/** Xerces and libxml2 differ on a document and agree once it is rewritten: then the rewriting is the whole difference. */
export interface EngineDifference {
  readonly name: string;
  readonly reason: string;
  /** What libxml2 may say where Xerces says the opposite. */
  readonly libxml2: 'refuses' | 'either';
  readonly rewrite: (xml: string) => string;
}

const SPACE = String.raw`(?:\s|&#(?:9|10|13|32|x9|xA|xD|x20);|<!\[CDATA\[|\]\]>|<!--[^<]*-->)*`;
/** The text of an element that begins with a digit or a sign, and the white space around it. */
const SPACED_DATE = new RegExp(`>${SPACE}([-+]?\\d[^<&\\s\\]]*)${SPACE}<`, 'g');

export const ENGINE_DIFFERENCES: readonly EngineDifference[] = [
  {
    name: 'xerces-counts-utf16',
    reason:
      'XML Schema 1.0 part 2, 4.3.1.3 and 4.3.3.3: the length of a string is counted in characters as XML 1.0 defines them, ' +
      'which are code points. Xerces counts a code point above U+FFFF as two. libxml2 is right.',
    libxml2: 'either',
    rewrite: (xml) => xml.replace(/[\u{10000}-\u{10ffff}]/gu, '\u20ac'),
  },
  {
    name: 'libxml2-keeps-space-in-xsi-type',
    reason:
      'XML Schema 1.0 part 1, 2.6.1 and part 2, 3.2.18: xsi:type is a QName, whose white space collapses. libxml2 refuses ' +
      'white space around it. It is the stricter one, under the official schema as under ours.',
    libxml2: 'refuses',
    rewrite: (xml) => xml.replace(/(\sxsi:type=")\s*([^"]*?)\s*"/g, '$1$2"'),
  },
  {
    name: 'libxml2-keeps-space-around-dates',
    reason:
      'XML Schema 1.0 part 2, 4.3.6: white space around dates, times and years collapses. libxml2 refuses it before a dateTime, ' +
      'after a time, and around date, gYear and gYearMonth where the type has no facet. Stricter, under both schemas.',
    libxml2: 'refuses',
    rewrite: (xml) => xml.replace(SPACED_DATE, '>$1<'),
  },
];

/** The reader refuses a document that the schema accepts, by this rule of its findings. */
export const READER_DIFFERENCES: Readonly<Record<string, string>> = {
  'XML-NAMESPACE':
    'Canonical XML 1.0, 1.3: a document with a relative namespace URI has no canonical form, so what was checked could not ' +
    'be what is read. Such namespaces are deprecated by the W3C since 2000.',
};

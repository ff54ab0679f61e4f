/**
 * The notation in which the catalogue writes types, one line a type. Complex types:
 *
 *   `InstrId? Max35Text, EndToEndId Max35Text`   a sequence; after a name `?` 0..1, `*` 0..n, `+` 1..n, `{0,7}`
 *   `IBAN IBAN2007Identifier | Othr Other1`      a choice; a choice of one begins with `|`
 *   `Tp? Type1, (Cd Code | Prtry Text)*`         a group inside a group
 *   `#any lax ##any`                             a wildcard: its processing and its namespaces
 *   `= Amount_SimpleType @Ccy CurrencyCode`      text with attributes; `@Ccy?` is an optional one
 *   `< GroupHeader93; Agent6 > 8; -CtrlSum`      another type with changes, in this order:
 *       `Agent6 > Agent8`, `Agent6 > 8`            a type is another one wherever it is used; the latter changes its number
 *       `-CtrlSum`                                 a part is not there; a group is named by its first element
 *       `Id? Max35Text`                            a part is now this
 *       `Id: Tp? Type1`, `^: Tp? Type1`            a new part behind another, or in front of all
 *
 * Simple types: the built-in base and the facets, each followed by its value, for example
 * `string minLength 1 maxLength 35`. `pattern` and `enumeration` come last: what follows is the pattern, or the codes.
 */
import { invariant } from '../../kernel/result.js';

export type XsdBase =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'date'
  | 'dateTime'
  | 'time'
  | 'gYear'
  | 'gYearMonth'
  | 'gMonth'
  | 'base64Binary';

/** A simple type: its built-in base and facets. `enumeration` holds the codes, separated by one space. */
export interface SimpleTypeRow {
  readonly base: XsdBase;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly length?: number;
  readonly totalDigits?: number;
  readonly fractionDigits?: number;
  readonly minInclusive?: string;
  readonly maxInclusive?: string;
  readonly minExclusive?: string;
  readonly maxExclusive?: string;
  readonly pattern?: string;
  readonly enumeration?: string;
}

interface Occurs {
  readonly min: number;
  /** Infinity stands for `unbounded`. */
  readonly max: number;
}

export interface ElementParticle extends Occurs {
  readonly kind: 'element';
  readonly name: string;
  readonly type: string;
}

export interface AnyParticle extends Occurs {
  readonly kind: 'any';
  readonly processContents: string;
  readonly namespace: string;
}

export interface GroupParticle extends Occurs {
  readonly kind: 'sequence' | 'choice';
  readonly parts: readonly Particle[];
}

export type Particle = ElementParticle | AnyParticle | GroupParticle;

export interface AttributeUse {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
}

export type ComplexContent =
  | { readonly kind: 'group'; readonly group: GroupParticle }
  | { readonly kind: 'text'; readonly base: string; readonly attributes: readonly AttributeUse[] };

const MARKS: Readonly<Record<string, Occurs>> = {
  '': { min: 1, max: 1 },
  '?': { min: 0, max: 1 },
  '*': { min: 0, max: Number.POSITIVE_INFINITY },
  '+': { min: 1, max: Number.POSITIVE_INFINITY },
};

const occursOf = (mark: string): Occurs => {
  const known = MARKS[mark];
  if (known !== undefined) return known;
  const [min = '', max = ''] = mark.slice(1, -1).split(',');
  return { min: Number(min), max: max === '' ? Number.POSITIVE_INFINITY : Number(max) };
};

const TOKEN = /\)(?:[?*+]|\{\d+,\d*\})?|[(,|]|(?:[^\s(),|{]|\{\d+,\d*\})+/g;
const NAME = /^(.+?)([?*+]|\{\d+,\d*\})?$/;

const splitName = (token: string): { name: string; occurs: Occurs } => {
  const match = NAME.exec(token);
  invariant(match?.[1] !== undefined, `catalogue name ${token}`);
  return { name: match[1], occurs: occursOf(match[2] ?? '') };
};

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  constructor(line: string) {
    this.#tokens = line.match(TOKEN) ?? [];
  }
  peek(): string | undefined {
    return this.#tokens[this.#at];
  }
  next(): string {
    const token = this.#tokens[this.#at];
    invariant(token !== undefined, 'catalogue line ends early');
    this.#at += 1;
    return token;
  }
}

const readParticle = (reader: Reader): Particle => {
  const token = reader.next();
  if (token === '(') {
    const group = readGroup(reader);
    return { ...group, ...occursOf(reader.next().slice(1)) };
  }
  const { name, occurs } = splitName(token);
  if (name === '#any') return { kind: 'any', processContents: reader.next(), namespace: reader.next(), ...occurs };
  return { kind: 'element', name, type: reader.next(), ...occurs };
};

const readGroup = (reader: Reader): GroupParticle => {
  let kind: GroupParticle['kind'] = 'sequence';
  if (reader.peek() === '|') {
    kind = 'choice';
    reader.next();
  }
  const parts = [readParticle(reader)];
  while (reader.peek() === ',' || reader.peek() === '|') {
    if (reader.next() === '|') kind = 'choice';
    parts.push(readParticle(reader));
  }
  return { kind, parts, min: 1, max: 1 };
};

const readText = (line: string): ComplexContent => {
  const [, base = '', ...rest] = line.split(' ');
  const attributes: AttributeUse[] = [];
  for (let i = 0; i + 1 < rest.length; i += 2) {
    const name = rest[i]!.slice(1);
    attributes.push({ name: name.replace('?', ''), type: rest[i + 1]!, required: !name.endsWith('?') });
  }
  return { kind: 'text', base, attributes };
};

const wholeLine = (line: string): GroupParticle => {
  const reader = new Reader(line);
  const group = readGroup(reader);
  invariant(reader.peek() === undefined, `catalogue line goes on: ${line}`);
  return group;
};

const readPart = (line: string): Particle => {
  const [part, ...others] = wholeLine(line).parts;
  invariant(part !== undefined && others.length === 0, `catalogue part ${line}`);
  return part;
};

/** What a part is called in a change: the name of its first element. */
const keyOf = (part: Particle): string => {
  if (part.kind === 'any') return '#any';
  return part.kind === 'element' ? part.name : keyOf(part.parts[0]!);
};

const RENAME = /^(\S+) > (\S+)$/;
const INSERT = /^([\w.^]+): (.+)$/;

const renameAll = (parts: readonly Particle[], changes: readonly string[]): Particle[] => {
  const renames = changes.map((change) => RENAME.exec(change)).filter((match) => match !== null);
  const target = new Map(
    renames.map(([, from = '', to = '']) => [from, /^\d+$/.test(to) ? from.replace(/\d+$/, to) : to]),
  );
  const renamed = (part: Particle): Particle => {
    if (part.kind === 'any') return part;
    if (part.kind === 'element') return { ...part, type: target.get(part.type) ?? part.type };
    return { ...part, parts: part.parts.map(renamed) };
  };
  return parts.map(renamed);
};

const changed = (base: GroupParticle, changes: readonly string[]): GroupParticle => {
  const parts = renameAll(base.parts, changes);
  const placeOf = (key: string): number => {
    const at = parts.findIndex((part) => keyOf(part) === key);
    invariant(at >= 0, `the catalogue changes ${key}, which is not there`);
    return at;
  };
  for (const change of changes) {
    if (RENAME.test(change)) continue;
    const insert = INSERT.exec(change);
    if (change.startsWith('-')) parts.splice(placeOf(change.slice(1)), 1);
    else if (insert !== null) parts.splice(insert[1] === '^' ? 0 : placeOf(insert[1]!) + 1, 0, readPart(insert[2]!));
    else {
      const part = readPart(change);
      parts[placeOf(keyOf(part))] = part;
    }
  }
  return { ...base, parts };
};

/**
 * Reads one line of the notation; `contentOf` answers the type that a line builds on. Throws when the line is not in the
 * notation.
 */
export const readComplexType = (line: string, contentOf: (name: string) => ComplexContent): ComplexContent => {
  if (line.startsWith('= ')) return readText(line);
  if (!line.startsWith('< ')) return { kind: 'group', group: wholeLine(line) };
  const [base = '', ...changes] = line.slice(2).split('; ');
  const content = contentOf(base);
  invariant(content.kind === 'group', `${base} has no parts to change`);
  return { kind: 'group', group: changed(content.group, changes) };
};

const SIMPLE_LINE = /^(\w+)((?: (?!pattern |enumeration )\w+ \S+)*)(?: (pattern|enumeration) (.+))?$/;

/** Reads the line of a simple type. Throws when it is not in the notation. */
export const readSimpleType = (line: string): SimpleTypeRow => {
  const match = SIMPLE_LINE.exec(line);
  invariant(match !== null, `catalogue line of a simple type: ${line}`);
  const [, base, facets = '', last, value] = match;
  const row: Record<string, string | number> = { base: base! };
  const words = facets.trim().split(' ');
  for (let i = 0; i + 1 < words.length; i += 2) {
    const text = words[i + 1]!;
    row[words[i]!] = /^(?:min|max)[IE]/.test(words[i]!) ? text : Number(text);
  }
  if (last !== undefined) row[last] = value!;
  return row as unknown as SimpleTypeRow;
};

/** The lines of a table of the notation, by the name that begins each. */
export const readTable = (table: string): ReadonlyMap<string, string> =>
  new Map(
    table
      .trim()
      .split('\n')
      .map((line) => {
        const at = line.indexOf(': ');
        return [line.slice(0, at), line.slice(at + 2)];
      }),
  );

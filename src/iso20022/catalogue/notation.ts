/**
 * The notation in which the catalogue writes complex types, one line a type:
 *
 *   `InstrId? Max35Text, EndToEndId Max35Text`   a sequence; after a name `?` 0..1, `*` 0..n, `+` 1..n, `{0,7}`
 *   `IBAN IBAN2007Identifier | Othr Other1`      a choice; a choice of one begins with `|`
 *   `Tp? Type1, (Cd Code | Prtry Text)*`         a group inside a group
 *   `#any lax ##any`                             a wildcard: its processing and its namespaces
 *   `= Amount_SimpleType @Ccy CurrencyCode`      text with attributes; `@Ccy?` is an optional one
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

/** A message: its root element, the type of that element, and for each type name the variant it uses where not 1. */
export interface MessageRow {
  readonly root: 'Document' | 'AppHdr';
  readonly type: string;
  readonly variants?: Readonly<Record<string, number>>;
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

/** Reads one line of the notation. Throws when the line is not in the notation. */
export const readComplexType = (line: string): ComplexContent => {
  if (line.startsWith('= ')) return readText(line);
  const reader = new Reader(line);
  const group = readGroup(reader);
  invariant(reader.peek() === undefined, `catalogue line goes on: ${line}`);
  return { kind: 'group', group };
};

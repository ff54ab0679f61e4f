/** Random strings of an XSD pattern; knows the constructs that ISO 20022 patterns use. */
import type { Random } from '../../../fuzz/random.js';

const range = (from: string, to: string): string[] => {
  const out: string[] = [];
  for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code += 1) out.push(String.fromCharCode(code));
  return out;
};

const REPEAT_MAX = 6;

/** A random string that the pattern accepts. */
export const sampleOfPattern = (pattern: string, random: Random): string => {
  let at = 0;
  const quantifier = (): [number, number] => {
    const match = /^(?:\{(\d+)(?:(,)(\d*))?\}|[*+?])/.exec(pattern.slice(at));
    if (match === null) return [1, 1];
    at += match[0].length;
    if (match[0] === '*') return [0, REPEAT_MAX];
    if (match[0] === '+') return [1, REPEAT_MAX];
    if (match[0] === '?') return [0, 1];
    const least = Number(match[1]);
    if (match[2] === undefined) return [least, least];
    return [least, match[3] === '' || match[3] === undefined ? least + REPEAT_MAX : Number(match[3])];
  };
  const oneClass = (): (() => string) => {
    const members: string[] = [];
    at += 1;
    while (pattern[at] !== ']') {
      if (pattern[at] === '\\') at += 1;
      const from = pattern[at]!;
      at += 1;
      if (pattern[at] === '-' && pattern[at + 1] !== ']') {
        members.push(...range(from, pattern[at + 1]!));
        at += 2;
      } else members.push(from);
    }
    at += 1;
    return () => members[random(members.length)]!;
  };
  const atom = (): (() => string) => {
    if (pattern[at] === '[') return oneClass();
    if (pattern[at] === '(') {
      at += 1;
      const inside = alternatives();
      at += 1;
      return inside;
    }
    if (pattern[at] === '\\') {
      at += 2;
      const letter = pattern[at - 1]!;
      return letter === 'd' ? () => String(random(10)) : () => letter;
    }
    if (pattern[at] === '.') {
      at += 1;
      return () => 'x';
    }
    const literal = pattern[at]!;
    at += 1;
    return () => literal;
  };
  const sequence = (): (() => string) => {
    const parts: (() => string)[] = [];
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') {
      const one = atom();
      const [least, most] = quantifier();
      parts.push(() => Array.from({ length: least + random(most - least + 1) }, one).join(''));
    }
    return () => parts.map((part) => part()).join('');
  };
  const alternatives = (): (() => string) => {
    const all = [sequence()];
    while (pattern[at] === '|') {
      at += 1;
      all.push(sequence());
    }
    return () => all[random(all.length)]!();
  };
  return alternatives()();
};

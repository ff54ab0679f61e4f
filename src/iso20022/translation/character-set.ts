/** Brings every text of a message part into the character set of the side that receives it. */
import { type Refusal, refusal } from '../../kernel/errors.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { XmlElement, XmlNode } from '../types.js';
import type { Differences } from './difference.js';
import { type CharacterProfile, isAllowed, transliterate } from './transliterate.js';
import { below } from './version-move.js';

/** References and account numbers name something: in other letters they would name something else. */
const IDENTIFIERS = /(?:^|\/)(?:PmtId\/[A-Za-z]+|[A-Za-z0-9]+Acct\/Id\/.+)$/;

interface Scope {
  readonly profile: CharacterProfile;
  readonly differences: Differences;
  readonly refused: string[];
}

/**
 * `element` in the characters of `profile`, each text that changed with its row. Error `CHARACTERS_UNSUPPORTED` with the
 * path of the first text that can't be written so: one with a character that has no counterpart, a reference, an
 * account number or the content of a wildcard.
 */
export function fitCharacters(
  element: XmlElement,
  profile: CharacterProfile,
  path: string,
  differences: Differences,
): Result<XmlElement, Refusal> {
  const refused: string[] = [];
  const fitted = fitElement(element, path, { profile, differences, refused });
  const [first] = refused;
  return first === undefined ? ok(fitted) : err(refusal('CHARACTERS_UNSUPPORTED', first));
}

function fitElement(element: XmlElement, path: string, scope: Scope): XmlElement {
  let fitted: Record<string, XmlElement[string]> | null = null;
  for (const name in element) {
    const value = element[name];
    if (value === undefined) continue;
    const at = name === '#' || name.startsWith('@') ? path : below(path, name);
    const after = Array.isArray(value)
      ? (value as readonly XmlNode[]).map((node, position) => fitNode(node, `${at}[${position + 1}]`, scope))
      : fitNode(value as XmlNode, at, scope);
    if (after === value) continue;
    fitted ??= { ...element };
    fitted[name] = after;
  }
  return fitted ?? element;
}

function fitNode(node: XmlNode, path: string, scope: Scope): XmlNode {
  if (typeof node !== 'string') return fitElement(node, path, scope);
  const { profile, differences, refused } = scope;
  if (path.endsWith('#any') ? !/[^\t\n\r -~]/.test(node) : isAllowed(node, profile)) return node;
  const latin = IDENTIFIERS.test(path) || path.endsWith('#any') ? null : transliterate(node, profile);
  if (latin === null || latin.trim() === '') {
    refused.push(path);
    return node;
  }
  differences.add({ kind: 'transliterated', from: path, to: path, before: node, after: latin });
  return latin;
}

/**
 * Many documents in one call of Xerces, which takes a JVM: each on lines of its own inside one wildcard. Documents that
 * should be accepted and those that should not go apart. The first must bring no error at all, which is certain; each of
 * the others must bring one on its own lines. What does neither is judged again, alone.
 */
import { pathToFileURL } from 'node:url';
import type { SchemaValidator } from '../src/iso20022/schema-validator.js';
import { parseXml } from '../src/iso20022/xml-engine.js';
import { DECLARATION, type SchemaJudge } from './judge.js';
import { ENGINE_DIFFERENCES } from './known-differences.js';

export interface BatchItem {
  /** A bare document. */
  readonly xml: string;
  /** The verdict of the other engine. */
  readonly accepted: boolean;
}

const NAMESPACE = 'urn:otkel:conformance:batch';

const batchXsd = (namespace: string, file: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${NAMESPACE}">` +
  `<xs:import namespace="${namespace}" schemaLocation="${file}"/><xs:element name="batch"><xs:complexType><xs:sequence>` +
  '<xs:any namespace="##any" processContents="strict" minOccurs="0" maxOccurs="unbounded"/>' +
  '</xs:sequence></xs:complexType></xs:element></xs:schema>';

const POSITION = /\((\d+):\d+\)/g;

/** The number of each item's last line; the first line is the batch's own. */
const lastLines = (items: readonly string[]): number[] => {
  let line = 1;
  return items.map((xml) => {
    line += 1 + (xml.match(/\r\n|\r|\n/g)?.length ?? 0);
    return line;
  });
};

export interface XercesScene {
  readonly xerces: SchemaValidator;
  /** The official schema. */
  readonly schemaFile: string;
  readonly judge: SchemaJudge;
}

/** The lines on which Xerces finds errors; null when it finds none at all. */
const errorLines = async (
  { xerces, schemaFile, judge }: XercesScene,
  batch: readonly string[],
): Promise<ReadonlySet<number> | null> => {
  const wrapper = batchXsd(judge.model.namespace, pathToFileURL(schemaFile).href);
  const text = `<b:batch xmlns:b="${NAMESPACE}">\n${batch.join('\n')}\n</b:batch>`;
  const findings = await xerces.validate(wrapper, Buffer.from(text));
  if (findings.length === 0) return null;
  const inside = findings.flatMap(({ message }) => [...message.matchAll(POSITION)].map((match) => Number(match[1])));
  return new Set([...inside, ...findings.map(({ line }) => line ?? 0)]);
};

/** The items of one verdict that a batch does not clear. */
const suspects = async <T extends BatchItem>(scene: XercesScene, items: readonly T[]): Promise<readonly T[]> => {
  const [first] = items;
  if (first === undefined) return [];
  const texts = items.map(({ xml }) => xml.replace(DECLARATION, ''));
  const wrong = await errorLines(scene, texts);
  if (wrong === null) return first.accepted ? [] : items;
  const ends = lastLines(texts);
  const isWrong = (i: number): boolean => {
    const from = i === 0 ? 2 : ends[i - 1]! + 1;
    return [...wrong].some((line) => line >= from && line <= ends[i]!);
  };
  const found = items.filter((_, i) => isWrong(i) === first.accepted);
  // Errors on no known line: any of them may be meant.
  return first.accepted && found.length === 0 ? items : found;
};

const errorOfXerces = async ({ xerces, judge }: XercesScene, xml: string): Promise<string | null> => {
  const findings = await xerces.validate(judge.texts.official, Buffer.from(xml));
  return findings[0]?.message ?? null;
};

/** The known difference that is all that the engines differ in. */
const explanation = async (scene: XercesScene, { xml, accepted }: BatchItem): Promise<string | null> => {
  for (const { name, libxml2, rewrite } of ENGINE_DIFFERENCES) {
    const rewritten = rewrite(xml);
    if (rewritten === xml || (accepted && libxml2 === 'refuses')) continue;
    const here = scene.judge.judge(rewritten).accepted;
    const there = (await errorOfXerces(scene, rewritten)) === null;
    // What is left of the difference is nothing.
    if (here === there) return name;
  }
  return null;
};

export interface XercesDisagreement<T> {
  readonly item: T;
  readonly detail: string;
  /** The name of the known difference that it is. */
  readonly explained: string | null;
}

/** Whether a document can stand inside another one at all. */
const isWellFormed = ({ xml }: BatchItem): boolean => {
  const parsed = parseXml(Buffer.from(xml));
  if (!('dispose' in parsed)) return false;
  parsed.dispose();
  return true;
};

/** The items in batches of one verdict; those that can not be in one are suspects at once. */
const allSuspects = async <T extends BatchItem>(scene: XercesScene, items: readonly T[]): Promise<readonly T[]> => {
  const found = items.filter((item) => !isWellFormed(item));
  for (const verdict of [true, false]) {
    const some = items.filter((item) => item.accepted === verdict && !found.includes(item));
    for (let at = 0; at < some.length; at += BATCH_MAX)
      found.push(...(await suspects(scene, some.slice(at, at + BATCH_MAX))));
  }
  return found;
};

/** Documents in a call: more, and the package loses errors that Java writes faster than it reads. */
const BATCH_MAX = 250;

/** The items that Xerces under the official schema judges otherwise than libxml2. */
export const judgeUnderXerces = async <T extends BatchItem>(
  scene: XercesScene,
  items: readonly T[],
): Promise<readonly XercesDisagreement<T>[]> => {
  const disagreeing: XercesDisagreement<T>[] = [];
  for (const item of await allSuspects(scene, items)) {
    const error = await errorOfXerces(scene, item.xml);
    if ((error === null) === item.accepted) continue;
    const detail = `Xerces: ${error ?? 'accepts'} | libxml2: ${item.accepted ? 'accepts' : 'refuses'}`;
    disagreeing.push({ item, detail, explained: await explanation(scene, item) });
  }
  return disagreeing;
};

/** A run over schemas: their samples and mutants, before every judge. */
import { isDeepStrictEqual } from 'node:util';
import { createDice, type Dice } from '../bench/support/dice.js';
import type { SchemaValidator } from '../src/iso20022/schema-validator.js';
import { parseXml } from '../src/iso20022/xml-engine.js';
import { type Element, isElement, print, treeOf } from './document.js';
import { createInstances, rootAttributes, shortestPaths } from './instances.js';
import { createJudge, type Disagreement, type SchemaJudge, shrink } from './judge.js';
import { createMutants, type Mutant } from './mutants.js';
import { addTo, count, emptyReport, type Report } from './report.js';
import { type OfficialFolder, partsOf, type SamplePart } from './samples.js';
import { type ElementParticle, elementsWithin, readSchema, type SchemaModel, typeOf } from './schema-model.js';
import { type BatchItem, judgeUnderXerces } from './xerces.js';

export interface RunOptions {
  readonly official: OfficialFolder;
  readonly schemas: readonly string[];
  /** The text of our schema of a message. */
  readonly ours: (id: string) => string;
  readonly seed: number;
  /** Mutants of each schema, at most. */
  readonly mutants: number;
  /** The kinds of mutants to take; null for a fair sample of all. */
  readonly steps: readonly string[] | null;
  readonly xerces: SchemaValidator | null;
  /** Mutants of each schema that Xerces judges. */
  readonly xercesMutants: number;
  /** Called after each schema. */
  readonly progress: (id: string, report: Report) => void;
}

/** Steps that are taken before all others, at every element, choice, facet and wildcard. */
const EVERY_ELEMENT: ReadonlySet<string> = new Set([
  ...['root', 'full', 'least', 'only', 'missing', 'repeated', 'beyond-max', 'moved', 'renamed', 'foreign', 'edge'],
  ...['choice-not-taken', 'choice-twice', 'wildcard'],
]);
/** One in so many mutants is a step at a random place. */
const RANDOM_SHARE = 10;
/** Mutants of a kind and verdict kept for Xerces to choose from. */
const KEPT_PER_KIND = 60;
/** Disagreements that are made small; the others are shown as they are. */
const SHRUNK_MAX = 10;
const COMPANION = 'pacs.008.001.08';

interface Candidate extends BatchItem {
  readonly of: string;
}
interface Scene {
  readonly options: RunOptions;
  readonly report: Report;
  readonly judge: SchemaJudge;
  readonly dice: Dice;
}

/** Mixes, so that the first of them are a fair sample. */
const shuffled = <T>(list: T[], dice: Dice): T[] => {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = dice.below(i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
};

const mutantsOf = ({ options, judge, dice }: Scene): readonly Mutant[] => {
  const { steps } = options;
  const source = createMutants(createInstances(judge.model), dice);
  const all = shuffled([...source.systematic()], dice);
  if (steps !== null) return all.filter(({ kind }) => steps.includes(kind)).slice(0, options.mutants);
  const share = Math.min(options.mutants, all.length);
  const random = Array.from({ length: Math.floor(share / RANDOM_SHARE) }, source.random);
  const sure = all.filter(({ kind }) => EVERY_ELEMENT.has(kind));
  const others = all.filter(({ kind }) => !EVERY_ELEMENT.has(kind));
  // A share that has room for all the sure ones takes them first, else it is a fair sample.
  const ordered = sure.length < share ? [...sure, ...random, ...others] : shuffled([...all, ...random], dice);
  return ordered.slice(0, share);
};

const parsedTree = (xml: string): Element | null => {
  const parsed = parseXml(Buffer.from(xml));
  if (!('dispose' in parsed)) return null;
  try {
    return treeOf(parsed.root);
  } finally {
    parsed.dispose();
  }
};

/** Notes a disagreement with the smallest document that shows it. */
const note = ({ report, judge }: Scene, of: string, xml: string, disagreement: Disagreement): void => {
  const again = (smaller: Element): Disagreement | null => {
    const found = judge.judge(print(smaller)).disagreement;
    return found?.pair === disagreement.pair ? found : null;
  };
  const tree = report.found.length < SHRUNK_MAX ? parsedTree(xml) : null;
  const shows = tree !== null && again(tree) !== null;
  const smallest = shows ? shrink(tree, (smaller) => again(smaller) !== null) : null;
  report.found.push({
    ...((smallest && again(smallest)) ?? disagreement),
    schema: judge.model.id,
    of,
    xml: smallest === null ? xml : print(smallest),
  });
};

/** Judges in this process and counts; answers the verdict of the official schema. */
const judgeHere = (scene: Scene, of: string, xml: string, tree: Element | null): boolean => {
  const { report, judge } = scene;
  const { accepted, taken, explained, disagreement } = judge.judge(xml, tree ?? undefined);
  count(report.pairs['official-ours'], accepted);
  count(report.pairs['official-reader'], accepted);
  if (taken) count(report.pairs['reader-codec'], accepted);
  if (explained !== null) addTo(report.explained, explained, 1);
  if (disagreement !== null) note(scene, of, xml, disagreement);
  return accepted;
};

/** Picks evenly over the kinds of mutants. */
const spread = (kinds: ReadonlyMap<string, readonly Candidate[]>, wanted: number, dice: Dice): Candidate[] => {
  const lists = shuffled([...kinds.values()], dice);
  const found: Candidate[] = [];
  for (let round = 0; round < KEPT_PER_KIND; round += 1) {
    for (const list of lists) {
      const candidate = list[round];
      if (candidate !== undefined && found.length < wanted) found.push(candidate);
    }
  }
  return found;
};

/** Judges the mutants here; answers those that Xerces should judge too. */
const judgeMutants = (scene: Scene): Candidate[] => {
  const { report, options } = scene;
  const seen = new Set<string>();
  const kept = new Map<string, Candidate[]>();
  const reached = new Set<ElementParticle>();
  for (const mutant of mutantsOf(scene)) {
    const root = mutant.root();
    const xml = print(root);
    if (seen.has(xml)) continue;
    seen.add(xml);
    const accepted = judgeHere(scene, mutant.kind, xml, root);
    report.kinds[mutant.kind] ??= { documents: 0, accepted: 0, refused: 0 };
    count(report.kinds[mutant.kind]!, accepted);
    if (accepted) markReached(root, reached);
    const key = `${mutant.kind} ${accepted}`;
    const list = kept.get(key) ?? [];
    kept.set(key, list);
    if (list.length < KEPT_PER_KIND) list.push({ xml, accepted, of: mutant.kind });
  }
  report.mutants += seen.size;
  report.elementsReached += reached.size;
  return spread(kept, options.xercesMutants, scene.dice);
};

const judgeSamples = (scene: Scene, parts: readonly SamplePart[]): Candidate[] =>
  parts
    .filter(({ namespace }) => namespace === scene.judge.model.namespace)
    .map(({ file, xml }) => {
      scene.report.samples += 1;
      return { xml, of: file, accepted: judgeHere(scene, file, xml, null) };
    });

const judgeOutside = async ({ options, report, judge }: Scene, candidates: readonly Candidate[]): Promise<void> => {
  if (options.xerces === null) return;
  const { id } = judge.model;
  for (const { accepted } of candidates) count(report.pairs['xerces-libxml2'], accepted);
  const schemaFile = options.official.schemaFile(id);
  const found = await judgeUnderXerces({ xerces: options.xerces, schemaFile, judge }, candidates);
  for (const { item, detail, explained } of found) {
    if (explained !== null) addTo(report.explained, explained, 1);
    else report.found.push({ pair: 'xerces-libxml2', detail, schema: id, of: item.of, xml: item.xml });
  }
};

const smallestDocument = (model: SchemaModel): string => {
  const root = createInstances(model).element(model.root);
  return print({ ...root, attributes: [...rootAttributes(model), ...root.attributes] });
};

/** Element particles that a document can hold at all. */
const elementCount = (model: SchemaModel): number =>
  [...shortestPaths(model).keys()]
    .map((name) => typeOf(model, name))
    .reduce((sum, type) => sum + (type.kind === 'group' ? elementsWithin(type.group).length : 0), 0);

/** Notes the element particles below an element of an accepted document. */
const markReached = (element: Element, reached: Set<ElementParticle>): void => {
  for (const kid of element.kids) {
    if (!isElement(kid) || kid.use === undefined) continue;
    reached.add(kid.use);
    markReached(kid, reached);
  }
};

/** A seed of the schema's own, so that it has the same mutants in every run, alone or among others. */
const seedOf = (id: string, seed: number): number =>
  [...id].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), seed);

/** Every judge on every document. Resolves when all are judged; disagreements are in the report. */
export const runConformance = async (options: RunOptions): Promise<Report> => {
  const { official, schemas } = options;
  const report = emptyReport();
  const companion = smallestDocument(readSchema(COMPANION, official.schema(COMPANION)));
  const parts = official.samples.flatMap(partsOf);
  for (const id of schemas) {
    const model = readSchema(id, official.schema(id));
    const texts = { official: official.schema(id).toString('utf8'), ours: options.ours(id) };
    const judge = createJudge(model, texts, companion);
    const scene: Scene = { options, report, judge, dice: createDice(seedOf(id, options.seed)) };
    if (isDeepStrictEqual(readSchema(id, Buffer.from(texts.ours)), model)) report.sameDefinitions += 1;
    report.schemas += 1;
    report.elements += elementCount(model);
    await judgeOutside(scene, [...judgeSamples(scene, parts), ...judgeMutants(scene)]);
    options.progress(id, report);
  }
  return report;
};

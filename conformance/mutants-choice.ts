/** Steps at each choice: taken twice, in every order of two neighbours, and not at all. */
import { isElement, type Kid } from './document.js';
import type { Instances } from './instances.js';
import { elementsWithin, type GroupParticle, type GroupType, type Particle } from './schema-model.js';

interface Content {
  readonly kind: string;
  readonly kids: readonly Kid[];
}

const choicesWithin = (part: Particle): readonly GroupParticle[] => {
  if (part.kind === 'element' || part.kind === 'any') return [];
  return [...(part.kind === 'choice' ? [part] : []), ...part.parts.flatMap(choicesWithin)];
};

/** The kids that a branch brings, in a full content that takes it. */
const branchKids = (
  instances: Instances,
  type: GroupType,
  branch: Particle,
): readonly [all: readonly Kid[], own: Kid[]] => {
  const uses = elementsWithin(branch);
  const all = instances.kids(type, { full: true, ...(uses[0] !== undefined && { through: uses[0] }) });
  return [all, all.filter((kid) => isElement(kid) && kid.use !== undefined && uses.includes(kid.use))];
};

const choiceContents = (instances: Instances, type: GroupType, choice: GroupParticle): Content[] => {
  const found: Content[] = [];
  for (const [i, branch] of choice.parts.entries()) {
    const [all, own] = branchKids(instances, type, branch);
    if (own.length === 0) continue;
    const from = all.indexOf(own[0]!);
    const before = all.slice(0, from);
    const after = all.slice(from + own.length);
    found.push({ kind: 'choice-not-taken', kids: [...before, ...after] });
    for (const j of new Set([i, i + 1, 0, choice.parts.length - 1])) {
      const other = choice.parts[j];
      if (other === undefined) continue;
      const [, more] = branchKids(instances, type, other);
      found.push({ kind: 'choice-twice', kids: [...before, ...own, ...more, ...after] });
      found.push({ kind: 'choice-twice', kids: [...before, ...more, ...own, ...after] });
    }
  }
  return found;
};

/** The contents of a type with each of its choices taken wrongly. */
export const choiceVariants = (instances: Instances, type: GroupType): Content[] =>
  choicesWithin(type.group).flatMap((choice) => choiceContents(instances, type, choice));

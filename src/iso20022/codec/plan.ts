/** Messages of the catalogue compiled into the tables that the codec reads by. */
import {
  type CatalogueMessage,
  catalogueMessage,
  type GroupType,
  ISO_NAMESPACE,
  type SimpleType,
  type TextType,
  type TypeDefinition,
} from '../catalogue/catalogue.js';
import type { SimpleTypeRow } from '../catalogue/notation.js';
import { compileContent } from './automaton.js';
import { compileValueCheck, type ValueCheck } from './values.js';

export interface SimplePlan {
  readonly kind: 'simple';
  readonly check: ValueCheck;
}
export interface AttributePlan {
  readonly name: string;
  /** The key under which a tree holds it: `@Ccy`. */
  readonly key: string;
  readonly required: boolean;
  readonly check: ValueCheck;
}
export interface TextPlan {
  readonly kind: 'text';
  readonly check: ValueCheck;
  readonly attributes: readonly AttributePlan[];
}
export interface GroupPlan {
  readonly kind: 'group';
  readonly start: State;
}
/** A type that the codec leaves to the schema engine: one that holds a wildcard. */
export interface DeclinedPlan {
  readonly kind: 'declined';
}
export type ElementPlan = SimplePlan | TextPlan | GroupPlan | DeclinedPlan;

export interface State {
  readonly final: boolean;
  readonly edges: readonly Edge[];
}
export interface Edge {
  readonly name: string;
  readonly nameBytes: Buffer;
  readonly many: boolean;
  readonly plan: ElementPlan;
  readonly next: State;
}

export interface MessagePlan {
  readonly message: CatalogueMessage;
  readonly root: ElementPlan;
}

const checks = new Map<SimpleTypeRow, ValueCheck>();
const checkOf = ({ facets }: SimpleType): ValueCheck => {
  const known = checks.get(facets);
  if (known !== undefined) return known;
  const check = compileValueCheck(facets);
  checks.set(facets, check);
  return check;
};

const DECLINED: DeclinedPlan = { kind: 'declined' };

const names = new Map<string, Buffer>();
const bytesOf = (name: string): Buffer => {
  const known = names.get(name);
  if (known !== undefined) return known;
  const bytes = Buffer.from(name, 'latin1');
  names.set(name, bytes);
  return bytes;
};

const planner = (types: ReadonlyMap<string, TypeDefinition>) => {
  const plans = new Map<TypeDefinition, ElementPlan>();
  const textPlan = ({ base, attributes }: TextType): TextPlan => ({
    kind: 'text',
    check: checkOf(base),
    attributes: attributes.map(({ name, type, required }) => {
      const of = types.get(type);
      return { name, key: `@${name}`, required, check: of?.kind === 'simple' ? checkOf(of) : () => false };
    }),
  });
  const groupPlan = (type: GroupType): ElementPlan => {
    const content = compileContent(type.group);
    if (content === null) return DECLINED;
    const states = content.map(({ final }) => ({ final, edges: [] as Edge[] }));
    const plan: GroupPlan = { kind: 'group', start: states[0]! };
    // Set before the children are planned: a type may hold itself.
    plans.set(type, plan);
    for (const [i, { next }] of content.entries())
      for (const { name, state } of next) {
        const use = type.elements.get(name)!;
        states[i]!.edges.push({
          name,
          nameBytes: bytesOf(name),
          many: use.many,
          plan: planOf(use.type),
          next: states[state]!,
        });
      }
    return plan;
  };
  const planOf = (type: TypeDefinition): ElementPlan => {
    const known = plans.get(type);
    if (known !== undefined) return known;
    const plan =
      type.kind === 'simple'
        ? ({ kind: 'simple', check: checkOf(type) } as const)
        : type.kind === 'text'
          ? textPlan(type)
          : groupPlan(type);
    plans.set(type, plan);
    return plan;
  };
  return planOf;
};

const compiled = new Map<string, MessagePlan>();

/** The plan of the message of a namespace, compiled at its first use and kept; undefined for another namespace. */
export const planOfNamespace = (namespace: string): MessagePlan | undefined => {
  const known = compiled.get(namespace);
  if (known !== undefined || !namespace.startsWith(ISO_NAMESPACE)) return known;
  const message = catalogueMessage(namespace.slice(ISO_NAMESPACE.length));
  if (message === undefined) return undefined;
  const plan: MessagePlan = { message, root: planner(message.types)(message.rootType) };
  compiled.set(namespace, plan);
  return plan;
};

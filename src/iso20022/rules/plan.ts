/**
 * Finds what the rules look at in one walk. For each message definition the catalogue says which elements can hold
 * anything that a rule is about; the rest is not entered. Rules are found by the type of an element, so that they hold
 * in every version and wherever an element moved.
 */
import { catalogueMessage, type GroupType, type TypeDefinition } from '../catalogue/catalogue.js';
import type { XmlElement, XmlNode } from '../types.js';
import { TRANSACTION_ELEMENTS } from './places.js';
import type { AmountCheck, ElementCheck, Fault, Rule, RuleContext, ValueCheck } from './rule.js';

type CheckedBy<C> = Rule & { readonly check: C };

interface ChildPlan {
  readonly values: readonly CheckedBy<ValueCheck>[];
  readonly type: string;
  readonly amounts: readonly CheckedBy<AmountCheck>[];
  readonly below: Plan | null;
}

/** What to look at in an element of one type. */
export interface Plan {
  readonly elements: readonly CheckedBy<ElementCheck>[];
  readonly children: Map<string, ChildPlan>;
}

/** Where the amounts and currencies are the customers' own business. */
const CUSTOMERS_OWN: ReadonlySet<string> = new Set(['RmtInf', 'RltdRmtInf', 'Tax', 'RgltryRptg', 'SplmtryData']);

const hasCheck =
  <K extends Rule['check']['on']>(kind: K) =>
  (rule: Rule): rule is CheckedBy<Extract<Rule['check'], { on: K }>> =>
    rule.check.on === kind;

/** The plan of a message definition for these rules; null when they look at nothing in it, or it is not in the catalogue. */
export function planOf(messageId: string, rules: readonly Rule[]): Plan | null {
  const message = catalogueMessage(messageId);
  if (message === undefined) return null;
  const values = rules.filter(hasCheck('value'));
  const amounts = rules.filter(hasCheck('amount'));
  const elements = rules.filter(hasCheck('element'));
  const known = new Map<string, Plan | null>();

  const childPlan = (name: string, type: TypeDefinition, own: boolean): ChildPlan | null => {
    const inside = own || CUSTOMERS_OWN.has(name);
    if (type.kind === 'group') {
      const below = groupPlan(type, inside);
      return below && { values: [], type: type.name, amounts: [], below };
    }
    const text = type.kind === 'text' ? type.base.name : type.name;
    const found = values.filter(({ check }) => check.types.test(text) && (check.names?.has(name) ?? true));
    const hasCurrency = type.kind === 'text' && type.attributes.some((attribute) => attribute.name === 'Ccy');
    const priced = hasCurrency && !inside ? amounts.filter(({ check }) => check.types.test(type.name)) : [];
    if (found.length + priced.length === 0) return null;
    return { values: found, type: text, amounts: priced, below: null };
  };

  const groupPlan = (type: GroupType, own: boolean): Plan | null => {
    const key = own ? `${type.name} own` : type.name;
    const before = known.get(key);
    if (before !== undefined) return before;
    const plan: Plan = { elements: elements.filter(({ check }) => check.types.test(type.name)), children: new Map() };
    // Set before the children are known: a type may hold itself.
    known.set(key, plan);
    for (const use of type.elements.values()) {
      const found = childPlan(use.name, use.type, own);
      if (found !== null) plan.children.set(use.name, found);
    }
    if (plan.elements.length + plan.children.size > 0) return plan;
    known.set(key, null);
    return null;
  };

  return groupPlan(message.bodyType, false);
}

/** Told of a fault of `rule`: the XPath where it is and the transaction, null outside of one. */
export type Report = (rule: Rule, path: string, index: number | null, fault: Fault) => void;

/** Applies a plan to the content of a message. */
export function applyPlan(
  plan: Plan,
  root: { readonly element: XmlElement; readonly path: string; readonly name: string },
  context: RuleContext,
  report: Report,
): void {
  // Names and positions (0 when the element may not be repeated) of the elements from the root to here.
  const names: string[] = [];
  const positions: number[] = [];

  const pathHere = (): string =>
    names.reduce((path, name, i) => `${path}/${name}${positions[i] === 0 ? '' : `[${positions[i]}]`}`, root.path);
  const fail = (rule: Rule, fault: Fault): void => {
    const [first = ''] = names;
    const index = TRANSACTION_ELEMENTS.has(first) && positions[0] !== 0 ? positions[0]! - 1 : null;
    report(rule, fault.at === undefined ? pathHere() : `${pathHere()}/${fault.at}`, index, fault);
  };

  const visitElement = (element: XmlElement, at: Plan, owner: string): void => {
    for (const rule of at.elements) {
      const fault = rule.check.check(element, owner, context);
      if (fault !== null) fail(rule, fault);
    }
    for (const name in element) {
      const below = at.children.get(name);
      if (below === undefined) continue;
      const value = element[name] as XmlNode | readonly XmlNode[] | undefined;
      if (value === undefined) continue;
      if (!Array.isArray(value)) visitChild(name, 0, value as XmlNode, below, owner);
      else for (let i = 0; i < value.length; i += 1) visitChild(name, i + 1, value[i] as XmlNode, below, owner);
    }
  };

  const visitChild = (name: string, position: number, node: XmlNode, child: ChildPlan, owner: string): void => {
    names.push(name);
    positions.push(position);
    if (child.below !== null) {
      // `Dbtr/PstlAdr` and `DbtrAgt/FinInstnId/PstlAdr` are told apart by the element that holds the address.
      if (typeof node !== 'string') visitElement(node, child.below, isPart(name) ? owner : name);
    } else visitText(node, child);
    names.pop();
    positions.pop();
  };

  const visitText = (node: XmlNode, child: ChildPlan): void => {
    const value = typeof node === 'string' ? node : node['#'];
    if (typeof value !== 'string') return;
    for (const rule of child.values) {
      const message = rule.check.check(value, child.type, context);
      if (message !== null) fail(rule, { message });
    }
    if (child.amounts.length === 0 || typeof node === 'string') return;
    const currency = node['@Ccy'];
    const amount = { text: value.trim(), currency: typeof currency === 'string' ? currency : '' };
    for (const rule of child.amounts) {
      const fault = rule.check.check(amount);
      if (fault !== null) fail(rule, fault);
    }
  };

  visitElement(root.element, plan, root.name);
}

const PARTS: ReadonlySet<string> = new Set(['PstlAdr', 'FinInstnId', 'BrnchId', 'Pty', 'Agt', 'CdtrRefInf', 'Strd']);
const isPart = (name: string): boolean => PARTS.has(name);

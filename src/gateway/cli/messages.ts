import { parseArgs } from 'node:util';
import { CATALOGUE_MESSAGE_IDS } from '../../iso20022/catalogue/catalogue.js';
import { describeMessage, messageTitle, referenceText } from '../../iso20022/reference.js';
import { describeRules } from '../../iso20022/rules/check.js';
import { RULE_PROFILES } from '../../iso20022/rules/rule.js';
import { generateXsd } from '../../iso20022/xsd.js';
import { command, UsageError } from './command.js';

const USAGE = `Usage: otkel messages [ID [--depth N | --xsd]] [--rules PROFILE] [--json]

The reference of the messages that the gateway reads and writes. Without an ID: all of them, a line each.

  ID               for example pacs.008.001.08: its elements, how often each occurs, types and codes
  --depth N        elements at most N deep
  --xsd            the schema that the gateway validates it with
  --rules PROFILE  the usage rules of a profile instead: ${RULE_PROFILES.join(', ')}
  --json           as JSON`;

/** `otkel messages`. */
export const messages = command(USAGE, async ({ argv, stdout }) => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: {
      depth: { type: 'string' },
      xsd: { type: 'boolean', default: false },
      rules: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [id] = positionals;
  if (positionals.length > 1) throw new UsageError('one message at a time');
  if (values.rules !== undefined) stdout(rulesShown(values.rules, values.json));
  else if (id === undefined) stdout(listShown(values.json));
  else stdout(messageShown(id, values));
  return 0;
});

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function listShown(json: boolean): string {
  const list = CATALOGUE_MESSAGE_IDS.map((id) => ({ id, title: messageTitle(id) })).sort((a, b) =>
    a.id < b.id ? -1 : 1,
  );
  return json ? asJson(list) : list.map(({ id, title }) => `${id}  ${title}\n`).join('');
}

function rulesShown(name: string, json: boolean): string {
  const profile = RULE_PROFILES.find((one) => one === name);
  if (profile === undefined) throw new UsageError(`--rules is one of ${RULE_PROFILES.join(', ')}`);
  const rules = describeRules(profile);
  if (json) return asJson(rules);
  return rules
    .map(
      ({ id, appliesTo, xpath, demands, severity, reason, source }) =>
        `${id}  ${severity}  ${reason}\n  ${demands}\n  ${appliesTo}: ${xpath}\n  ${source}\n`,
    )
    .join('');
}

interface Shown {
  readonly depth?: string | undefined;
  readonly xsd: boolean;
  readonly json: boolean;
}

function messageShown(id: string, { depth, xsd, json }: Shown): string {
  const reference = describeMessage(id);
  if (reference === undefined) throw new UsageError(`${id} is not in the catalogue`);
  const deepest = depth === undefined ? Number.POSITIVE_INFINITY : Number(depth);
  if (depth !== undefined && !(Number.isInteger(deepest) && deepest >= 0))
    throw new UsageError('--depth is a whole number');
  return json ? asJson(reference) : xsd ? generateXsd(reference.id) : referenceText(reference, deepest);
}

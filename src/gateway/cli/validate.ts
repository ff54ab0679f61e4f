import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { RULE_PROFILES } from '../../iso20022/rules/rule.js';
import type { SchemaValidator } from '../../iso20022/schema-validator.js';
import { type ValidationReport, validateMessage } from '../../iso20022/validate.js';
import { createXercesValidator } from '../../iso20022/xerces.js';
import { type CommandContext, command, UsageError } from './command.js';
import { xmlFiles } from './xml-files.js';

const ENGINES = ['libxml2', 'xerces'] as const;

const USAGE = `Usage: otkel validate [--profile P] [--engine E] [--json] FILE|FOLDER ...

Judges ISO 20022 messages without a gateway: form, schema, and the usage rules of a profile. Exit code 0 only when every
file is schema-valid and breaks no rule. Rules that need to know the corridor (its currency, its participants, today) are
left to the gateway.

  --profile P  ${RULE_PROFILES.join(', ')}; default base
  --engine E   ${ENGINES.join(', ')}; default libxml2. Xerces needs a JDK and takes a third of a second a file
  --json       one JSON object per file: file, message, xsd (valid, invalid, unknown-message, or refused before any
               schema was asked), errors[], violations[]`;

const PROGRESS_FROM = 50;
const PROGRESS_STEPS = 10;

/** `otkel validate`. */
export const validate = command(USAGE, async (context) => {
  const { values, positionals } = parseArgs({
    args: [...context.argv],
    options: {
      profile: { type: 'string', default: 'base' },
      engine: { type: 'string', default: 'libxml2' },
      json: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const profile = oneOf('--profile', values.profile, RULE_PROFILES);
  const engine = await engineOf(oneOf('--engine', values.engine, ENGINES));
  const files = await xmlFiles(positionals);
  if (files.length === 0) throw new UsageError('a file or a folder with .xml files is needed');
  let badCount = 0;
  for (const [i, file] of files.entries()) {
    const report = await validateMessage(await readFile(file), { profile, engine });
    if (!isGood(report)) badCount += 1;
    context.stdout(`${values.json ? JSON.stringify({ file, ...report }) : lineOf(file, report)}\n`);
    tellProgress(context, i + 1, files.length);
  }
  if (files.length > 1 && !values.json) context.stdout(`${files.length} files, ${badCount} of them with faults\n`);
  return badCount === 0 ? 0 : 1;
});

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found === undefined) throw new UsageError(`${option} is one of ${allowed.join(', ')}`);
  return found;
}

async function engineOf(name: (typeof ENGINES)[number]): Promise<SchemaValidator | null> {
  if (name === 'libxml2') return null;
  const xerces = await createXercesValidator();
  if (xerces === null)
    throw new Error('Xerces is not here: it needs the optional package xsd-schema-validator and a JDK');
  return xerces;
}

const isGood = ({ xsd, violations }: ValidationReport): boolean =>
  xsd === 'valid' && !violations.some(({ severity }) => severity === 'error');

/** File, message, verdict, and the first fault of each kind with the number of the others. */
function lineOf(file: string, { message, xsd, errors, violations }: ValidationReport): string {
  const faults = [
    ...errors.map(({ path, line, message: text }) => `${line === null ? '' : `line ${line} `}${path} ${text}`),
    ...violations.map(({ severity, ruleId, path, message: text }) => `${severity} ${ruleId} ${path} ${text}`),
  ];
  const others = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  return [`${file}: ${message ?? 'unknown'} ${xsd}`, ...faults.slice(0, 1).map((fault) => fault + others)].join('; ');
}

function tellProgress({ stderr }: CommandContext, done: number, count: number): void {
  if (count < PROGRESS_FROM) return;
  const step = Math.ceil(count / PROGRESS_STEPS);
  if (done % step === 0 || done === count) stderr(`${done} of ${count} files\n`);
}

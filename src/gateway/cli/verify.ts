import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Finding, findingLine } from '../../kernel/finding.js';
import type { PvpKeyRecord } from '../../pvp/verify.js';
import { type EvidenceBundle, type EvidenceVerdict, verifyEvidence } from '../evidence.js';
import { readEvidence } from '../evidence-json.js';
import { readInstallation } from '../installation.js';
import { dataFolderPath } from '../platform/data-folder.js';
import { createPool, type DatabaseRole } from '../platform/databases.js';
import { presentDatabases } from '../platform/present-databases.js';
import { createReader } from '../readers.js';
import { type VerifiedCounts, verifyInstallation } from '../verify.js';
import { type Command, type CommandContext, command, UsageError } from './command.js';
import { readTrustedKeys, type TrustedKeys } from './trusted-keys.js';

const USAGE = `Usage: otkel verify [--live] [--json] [--keys FOLDER | --config FILE]
       otkel verify --evidence FILE [--json] [--keys FOLDER]

Audits the databases at hand, offline: block chains, the tables that they rebuild, co-signers' journals, certificates,
conservation of each currency, agreement of the sides, and the gateway's payments, quotes and messages. Prints one
finding a line: code, database, table, key, block, words (docs/operations.md says what each means).
Exit code 0 when nothing is wrong, 1 with findings, 2 when it could not run.

  --live         the installation is at work: what has been open for less than a minute is no finding
  --json         one JSON object a line, the last one with the counts
  --evidence FILE
                 checks the evidence of one payment instead (GET /v1/payments/{uetr}/evidence), with no access to any
                 server: prints who has proven what, and what does not verify. Without --keys it can only tell that the
                 document agrees with the keys that it names itself.
  --keys FOLDER  public keys that are trusted: ledger-kz.pub.json, cosigner-kz.pub.json,
                 confirmer-kz.pub.json, …
  --config FILE  configuration of processes that run apart: the keys that it names, each in its time
                 (default: config.json of the data folder where there is one, else the keys of the data folder)

  OTKEL_DATA      data folder, default .otkel: its databases are audited, whether a process uses them or not
  DATABASE_URL_GATEWAY, DATABASE_URL_LEDGER_KZ, DATABASE_URL_SIGNER_KZ, …
                  the databases to audit instead: all, or those that one party has`;

const LIVE_MS = 60_000;
const PROGRESS_MS = 1_000;
const CONNECTIONS_MAX = 1;

/** `otkel verify`. */
export const verify: Command = command(USAGE, async (context) => {
  const { values } = parseArgs({
    args: [...context.argv],
    options: {
      live: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      keys: { type: 'string' },
      config: { type: 'string' },
      evidence: { type: 'string' },
    },
  });
  if (values.keys !== undefined && values.config !== undefined)
    throw new UsageError('--keys and --config exclude each other');
  if (values.evidence !== undefined && (values.live || values.config !== undefined))
    throw new UsageError('--evidence checks one document: neither --live nor --config goes with it');
  try {
    if (values.evidence !== undefined)
      return await checkEvidence(context, { path: values.evidence, keys: values.keys, json: values.json });
    const folder = dataFolderPath(context.env);
    const keys = await trustedKeys(context, folder, values);
    const counts = await audit(context, { ...values, keys, folder: join(folder, 'postgres') });
    return counts.findings === 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    context.stderr(`the audit could not run: ${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
});

async function checkEvidence(
  { stdout }: CommandContext,
  { path, keys, json }: { readonly path: string; readonly keys: string | undefined; readonly json: boolean },
): Promise<number> {
  const bundle = readEvidence(await readFile(path, 'utf8'));
  const trusted = keys === undefined ? bundle.keys : await someTrustedKeys(keys);
  const verdict = await verifyEvidence(bundle, trusted, createReader());
  stdout(json ? `${JSON.stringify(verdict)}\n` : inWords(bundle, verdict, keys === undefined));
  return verdict.faults.length === 0 ? 0 : 1;
}

function inWords({ uetr, status, keys }: EvidenceBundle, { proven, faults }: EvidenceVerdict, own: boolean): string {
  const lines = [
    `payment ${uetr}, ${status}`,
    ...proven.map(({ who, what }) => `  ${who}: ${what}`),
    ...faults.map((fault) => `  NOT PROVEN ${fault}`),
    faults.length === 0
      ? 'everything verifies'
      : `${counted(faults.length, 'thing')} ${faults.length === 1 ? 'does' : 'do'} not verify`,
  ];
  const named = [...keys.jurisdictions, ...keys.participants].map(
    ({ keyId, owner, suite, publicKey }) =>
      `  ${keyId} of ${owner}: ${suite} ${Buffer.from(publicKey).toString('base64url')}`,
  );
  if (own)
    lines.push('the keys are those that the document names itself; compare them with those that you know:', ...named);
  return `${lines.join('\n')}\n`;
}

async function trustedKeys(
  { env, clock }: CommandContext,
  folder: string,
  { keys, config }: { readonly keys?: string | undefined; readonly config?: string | undefined },
): Promise<readonly PvpKeyRecord[]> {
  const inFolder = join(folder, 'config.json');
  const path = config ?? (env.OTKEL_CONFIG || (existsSync(inFolder) ? inFolder : undefined));
  if (keys === undefined && path !== undefined) return readInstallation(await readFile(path, 'utf8'), clock.now()).keys;
  return (await someTrustedKeys(keys ?? join(folder, 'keys'))).jurisdictions;
}

/** The keys of a folder; throws when it has none of a jurisdiction: everything would be said to be unsigned. */
async function someTrustedKeys(folder: string): Promise<TrustedKeys> {
  const keys = await readTrustedKeys(folder);
  if (keys.jurisdictions.length > 0) return keys;
  throw new Error(`${folder} has no public key of a ledger, co-signer or oracle (ledger-kz.pub.json, …)`);
}

interface AuditOrder {
  readonly live: boolean;
  readonly json: boolean;
  readonly keys: readonly PvpKeyRecord[];
  /** Folder of the embedded server. */
  readonly folder: string;
}

async function audit(context: CommandContext, { live, json, keys, folder }: AuditOrder): Promise<VerifiedCounts> {
  const { clock, env, stdout, stderr } = context;
  const databases = await presentDatabases(env, folder);
  const options = { max: CONNECTIONS_MAX, applicationName: 'otkel-verify' };
  const pools = new Map([...databases.urls].map(([role, url]) => [role, createPool(url, options)]));
  try {
    const startedAt = clock.now();
    let toldAt = startedAt;
    const counts = await verifyInstallation({
      pools,
      keys,
      reader: createReader(),
      openBefore: live ? startedAt - LIVE_MS : null,
      report: (finding) => stdout(`${json ? jsonLine(finding) : findingLine(finding)}\n`),
      progress: (what, count) => {
        if (clock.now() < toldAt + PROGRESS_MS) return;
        toldAt = clock.now();
        stderr(`${count} ${what}\n`);
      },
    });
    stdout(
      json ? `${JSON.stringify({ databases: [...pools.keys()], ...counts })}\n` : summary([...pools.keys()], counts),
    );
    return counts;
  } finally {
    for (const pool of pools.values()) await pool.end();
    await databases.close();
  }
}

const jsonLine = ({ block, ...finding }: Finding): string =>
  JSON.stringify({ ...finding, ...(block === undefined ? {} : { block: block.toString() }) });

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

const summary = (roles: readonly DatabaseRole[], { blocks, payments, messages, findings }: VerifiedCounts): string =>
  `${roles.join(', ')}: ${counted(blocks, 'block')}, ${counted(payments, 'payment')}, ${counted(messages, 'message')}; ` +
  `${findings === 0 ? 'nothing is wrong' : counted(findings, 'finding')}\n`;

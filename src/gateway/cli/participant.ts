import { parseArgs } from 'node:util';
import { RULE_PROFILES } from '../../iso20022/rules/rule.js';
import { bicKey } from '../../kernel/ids.js';
import { readKeyFile, readPublicKeyFile } from '../identity/key-file.js';
import { CHARACTERS, PARTICIPANT_ROLES, PROFILES } from '../identity/participants.js';
import { createSignedFetch } from '../identity/signed-fetch.js';
import { command, defaultBaseUrl, defaultKeyPath, UsageError } from './command.js';

const USAGE = `Usage: otkel participant add --bic BIC --name TEXT --role ROLE --key FILE.pub.json [--key …] [options]

Registers a participant and its public keys, signed by an operator (POST /v1/participants).

  --role ROLE             ${PARTICIPANT_ROLES.join(', ')}
  --key FILE              public half of a key, as keygen writes it; may be repeated
  --ledger CODE           ledger of a bank's wallets, for example KZ
  --profile NAME          whose wallets move: ${PROFILES.join(' or ')}; default customer
  --pacs008-version NAME  version it is sent; default pacs.008.001.13
  --with-header           messages to it carry a business application header
  --rules NAME            usage rules for what it sends: ${RULE_PROFILES.join(', ')}; default base
  --header-version NAME   of that header; default head.001.001.02
  --characters NAME       what it takes: ${CHARACTERS.join(', ')}; default all
  --operator-key FILE     key that signs; default $OTKEL_KEY, else the operator's in the data folder
  --url URL               the gateway; default http://127.0.0.1:$PORT`;

const OPTIONS = {
  bic: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  key: { type: 'string', multiple: true },
  ledger: { type: 'string' },
  profile: { type: 'string' },
  'pacs008-version': { type: 'string' },
  'with-header': { type: 'boolean' },
  rules: { type: 'string' },
  'header-version': { type: 'string' },
  characters: { type: 'string' },
  'operator-key': { type: 'string' },
  url: { type: 'string' },
} as const;

async function readKeys(paths: readonly string[], bic: string) {
  const files = await Promise.all(paths.map((path) => readPublicKeyFile(path)));
  const stranger = files.find((file) => bicKey(file.owner) !== bicKey(bic));
  if (stranger !== undefined) throw new UsageError(`key ${stranger.keyId} belongs to ${stranger.owner}, not to ${bic}`);
  return files.map(({ keyId, suite, publicKey }) => ({
    keyId,
    suite,
    publicKey: Buffer.from(publicKey).toString('base64url'),
  }));
}

/** `otkel participant add`: the answer's body on standard output; fails when the gateway refuses. */
export const participant = command(USAGE, async ({ argv, env, fetch, clock, random, stdout }) => {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  if (positionals.length !== 1 || positionals[0] !== 'add') throw new UsageError('the only action is: add');
  const { bic, name, role, key: keyPaths } = values;
  if (bic === undefined || name === undefined || role === undefined || keyPaths === undefined) {
    throw new UsageError('--bic, --name, --role and --key are needed');
  }
  const body = {
    bic,
    name,
    role,
    ledger: values.ledger,
    profile: values.profile,
    pacs008Version: values['pacs008-version'],
    withHeader: values['with-header'],
    rules: values.rules,
    headerVersion: values['header-version'],
    characters: values.characters,
    keys: await readKeys(keyPaths, bic),
  };
  const { signer } = await readKeyFile(values['operator-key'] ?? defaultKeyPath(env));
  const send = createSignedFetch({ baseUrl: values.url ?? defaultBaseUrl(env), signer, clock, random, fetch });
  const response = await send('/v1/participants', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  stdout(`${(await response.text()).trimEnd()}\n`);
  return response.ok ? 0 : 1;
});

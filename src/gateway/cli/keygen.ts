import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { isBic } from '../../kernel/ids.js';
import { generateKeyPair, isSuite, SUITES } from '../../kernel/suites.js';
import { writeKeyFiles } from '../identity/key-file.js';
import { command, UsageError } from './command.js';

const USAGE = `Usage: otkel keygen --owner BIC --out DIR [--suite ${SUITES.join('|')}] [--key-id ID]

Makes a key pair: DIR/ID.json with the secret (readable by you only) and DIR/ID.pub.json to give away.

  --owner BIC    who will sign with it
  --out DIR      folder for the files, made when it is not there
  --suite NAME   default ed25519
  --key-id ID    default: the BIC in lower case and eight random digits`;

const KEY_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const SUFFIX_BYTES = 4;

/** `otkel keygen`. */
export const keygen = command(USAGE, async ({ argv, random, stdout }) => {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      suite: { type: 'string', default: 'ed25519' },
      owner: { type: 'string' },
      out: { type: 'string' },
      'key-id': { type: 'string' },
    },
  });
  const { suite, owner, out } = values;
  if (owner === undefined || out === undefined) throw new UsageError('--owner and --out are needed');
  if (!isBic(owner)) throw new UsageError(`--owner ${owner} is not a BIC`);
  if (!isSuite(suite)) throw new UsageError(`--suite is one of ${SUITES.join(', ')}`);
  const suffix = Buffer.from(random.bytes(SUFFIX_BYTES)).toString('hex');
  const keyId = values['key-id'] ?? `${owner.toLowerCase()}-${suffix}`;
  // It becomes a file name.
  if (!KEY_ID.test(keyId)) throw new UsageError('--key-id is 1 to 128 of A-Z a-z 0-9 . _ -');
  await mkdir(out, { recursive: true, mode: 0o700 });
  const { keyPath, publicPath } = await writeKeyFiles(
    out,
    keyId,
    owner,
    generateKeyPair(suite, (count) => random.bytes(count)),
  );
  stdout(`${keyPath}\n${publicPath}\n`);
  return 0;
});

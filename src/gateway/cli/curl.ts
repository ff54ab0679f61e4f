import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { readKeyFile } from '../identity/key-file.js';
import { createSignedFetch } from '../identity/signed-fetch.js';
import { type CommandContext, command, defaultBaseUrl, defaultKeyPath, UsageError } from './command.js';

const USAGE = `Usage: otkel curl [-X METHOD] [-d TEXT|@FILE] [-H 'Name: value'] [-i] [--key FILE] URL|/path

Sends one signed request and prints the body of the answer. Fails when the status is 400 or more.

  -X, --request METHOD  default GET, or POST with -d
  -d, --data TEXT       body; @FILE sends the file as it is
  -H, --header LINE     may be repeated
  -i, --include         status and header fields too
      --key FILE        key that signs; default $OTKEL_KEY, else the operator's in the data folder

A path is sent to http://127.0.0.1:$PORT. The type of a body is application/json when it begins with { or [,
else application/xml, unless -H says otherwise.`;

const OPTIONS = {
  request: { type: 'string', short: 'X' },
  data: { type: 'string', short: 'd' },
  header: { type: 'string', short: 'H', multiple: true },
  include: { type: 'boolean', short: 'i' },
  key: { type: 'string' },
} as const;

function readHeaders(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const [, name, value] = /^([A-Za-z0-9!#$%&'*+.^_`|~-]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new UsageError(`-H '${line}' is not 'Name: value'`);
    headers[name.toLowerCase()] = value;
  }
  return headers;
}

const readBody = async (data: string | undefined): Promise<Buffer> =>
  data?.startsWith('@') ? await readFile(data.slice(1)) : Buffer.from(data ?? '');

const bodyType = (body: Buffer): string =>
  /^\s*[{[]/.test(body.subarray(0, 64).toString('latin1')) ? 'application/json' : 'application/xml';

function targetOf(positionals: readonly string[], env: CommandContext['env']): { baseUrl: string; target: string } {
  const [target] = positionals;
  if (positionals.length !== 1 || target === undefined) throw new UsageError('one URL or path is needed');
  if (target.startsWith('/') && !target.startsWith('//')) return { baseUrl: defaultBaseUrl(env), target };
  if (!URL.canParse(target) || !/^https?:/.test(target)) throw new UsageError(`${target} is no URL and no path`);
  return { baseUrl: target, target };
}

/** `otkel curl`: a signed request to any route. */
export const curl = command(USAGE, async ({ argv, env, fetch, clock, random, stdout }) => {
  const { values, positionals } = parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
  const { baseUrl, target } = targetOf(positionals, env);
  const headers = readHeaders(values.header ?? []);
  const body = await readBody(values.data);
  if (body.length > 0) headers['content-type'] ??= bodyType(body);
  const { signer } = await readKeyFile(values.key ?? defaultKeyPath(env));
  const send = createSignedFetch({ baseUrl, signer, clock, random, fetch });
  const method = values.request === undefined ? {} : { method: values.request };
  const response = await send(target, { ...method, headers, body });
  if (values.include) {
    stdout(`HTTP ${response.status} ${response.statusText}\n`);
    for (const [name, value] of response.headers) stdout(`${name}: ${value}\n`);
    stdout('\n');
  }
  const text = await response.text();
  stdout(text.endsWith('\n') || text === '' ? text : `${text}\n`);
  return response.status < 400 ? 0 : 1;
});

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeDemoApart } from '../demo-apart.js';
import { command, UsageError } from './command.js';

const USAGE = `Usage: otkel demo apart --out DIR [--port PORT]

Writes the demo corridor as folders of parties that run apart: DIR/kz and DIR/cn of the jurisdictions, DIR/gateway, and
DIR/users with the keys of banks, desk and operator. Each has its own private keys and the common configuration. What is
there already stays.

  --port PORT  the gateway's, default 8080; the jurisdictions get the next ones`;

/** `otkel demo apart`. */
export const demo = command(USAGE, async ({ argv, random, stdout }) => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: { out: { type: 'string' }, port: { type: 'string', default: '8080' } },
    allowPositionals: true,
  });
  if (positionals.join(' ') !== 'apart') throw new UsageError('the only demo to write is: apart');
  if (values.out === undefined) throw new UsageError('--out is needed');
  const port = Number(values.port);
  if (!(Number.isInteger(port) && port > 0 && port < 65_500)) throw new UsageError('--port is not a port number');
  const out = resolve(values.out);
  const codes = await writeDemoApart(out, port, random);
  const lines = codes.map(
    (code) => `  OTKEL_DATA='${out}/${code.toLowerCase()}' npm run -s otkel -- jurisdiction ${code}`,
  );
  const portVariable = port === 8080 ? '' : `PORT=${port} `;
  stdout(
    `Start each in a terminal of its own, in any order:\n${lines.join('\n')}\n` +
      `  ${portVariable}OTKEL_DATA='${out}/gateway' npm run -s otkel -- gateway\nThen send a payment:\n` +
      `  ${portVariable}OTKEL_DATA='${out}/users' npm run -s otkel -- send\n`,
  );
  return 0;
});

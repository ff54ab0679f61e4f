#!/usr/bin/env node
import { systemClock, systemRandomness } from '../platform/runtime.js';
import type { Command } from './command.js';
import { curl } from './curl.js';
import { demo } from './demo.js';
import { gateway } from './gateway.js';
import { jurisdiction } from './jurisdiction.js';
import { keygen } from './keygen.js';
import { messages } from './messages.js';
import { participant } from './participant.js';
import { send } from './send.js';
import { simulate } from './simulate.js';
import { start } from './start.js';
import { translate } from './translate.js';
import { validate } from './validate.js';
import { verify } from './verify.js';

const COMMANDS: Readonly<Record<string, { readonly run: Command; readonly what: string }>> = {
  start: { run: start, what: 'run the gateway and the demo corridor in one process' },
  gateway: { run: gateway, what: 'run a gateway whose jurisdictions are elsewhere' },
  jurisdiction: { run: jurisdiction, what: 'run one ledger and its co-signer' },
  demo: { run: demo, what: 'write the demo corridor for processes of their own' },
  send: { run: send, what: 'post messages as a bank and show what became of them' },
  validate: { run: validate, what: 'judge messages by schema and usage rules' },
  verify: { run: verify, what: 'audit databases offline' },
  simulate: { run: simulate, what: 'put the settlement through failures on virtual time' },
  translate: { run: translate, what: 'show a pacs.008 as another institution gets it' },
  messages: { run: messages, what: 'the reference of messages and usage rules' },
  curl: { run: curl, what: 'one signed request to any route' },
  keygen: { run: keygen, what: 'make a key pair' },
  participant: { run: participant, what: 'register a participant and its keys' },
};

const usage = (): string =>
  [
    'Usage: otkel COMMAND [ARGUMENTS]   (otkel COMMAND --help tells more)',
    '',
    ...Object.entries(COMMANDS).map(([name, { what }]) => `  ${name.padEnd(12)} ${what}`),
    '',
  ].join('\n');

// Whoever reads the output may have enough of it (`otkel messages | head`): a command still ends as it would have.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const [name = '', ...argv] = process.argv.slice(2);
const chosen = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (chosen) {
  process.exitCode = await chosen.run({
    argv,
    env: process.env,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    fetch,
    clock: systemClock,
    random: systemRandomness,
  });
} else {
  const asked = ['', 'help', '--help', '-h'].includes(name);
  (asked ? process.stdout : process.stderr).write(asked ? usage() : `unknown command ${name}\n\n${usage()}`);
  process.exitCode = asked ? 0 : 2;
}

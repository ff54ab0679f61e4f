import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { messages } from '../../../src/gateway/cli/messages.js';
import { CATALOGUE_MESSAGE_IDS } from '../../../src/iso20022/catalogue/catalogue.js';
import { RULES } from '../../../src/iso20022/rules/check.js';
import { generateXsd } from '../../../src/iso20022/xsd.js';
import { runCommand } from '../../support/run-command.js';

const run = (...argv: string[]) => runCommand(messages, argv);

describe('otkel messages', () => {
  test('lists every message of the catalogue once', async () => {
    const { code, stdout } = await run();
    expect(code).toBe(0);
    const ids = stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(ids).toEqual([...CATALOGUE_MESSAGE_IDS].sort());
  });

  test('shows the elements of a message, down to a depth', async () => {
    const whole = await run('pacs.008.001.08');
    const top = await run('pacs.008.001.08', '--depth', '2');
    expect(whole.stdout).toMatch(/^ +UETR \[0\.\.1\] UUIDv4Identifier: string, pattern/m);
    expect(top.stdout).toContain('    CdtTrfTxInf [1..n]');
    expect(top.stdout).not.toContain('UETR');
  });

  test('gives the schema, and the reference as JSON', async () => {
    expect((await run('pacs.002.001.10', '--xsd')).stdout).toBe(generateXsd('pacs.002.001.10'));
    expect(JSON.parse((await run('pacs.002.001.10', '--json')).stdout)).toMatchObject({ id: 'pacs.002.001.10' });
  });

  test('shows the usage rules of a profile', async () => {
    const rules = JSON.parse((await run('--rules', 'cbpr-plus', '--json')).stdout);
    const held = RULES.filter((rule) => rule.severity['cbpr-plus'] !== undefined);
    expect(rules.map(({ id }: { id: string }) => id)).toEqual(held.map(({ id }) => id));
    expect((await run('--rules', 'cbpr-plus')).stdout).toContain(held[0]?.demands);
  });

  test.each([
    [['pacs.008.001.99'], 'is not in the catalogue'],
    [['pacs.008.001.08', '--depth', 'two'], '--depth is a whole number'],
    [['--rules', 'other'], '--rules is one of'],
    [['pacs.008.001.08', 'pacs.002.001.10'], 'one message at a time'],
  ])('wrong arguments %j are told with the usage', async (argv, message) => {
    const { code, stderr } = await run(...argv);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });

  test('ends as it should when nobody reads on, as in `otkel messages ID | head`', async () => {
    const args = ['dist/src/gateway/cli/main.js', 'messages', 'pacs.008.001.13'];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
    expect(stderr).toBe('');
    expect(code).toBe(0);
  });
});

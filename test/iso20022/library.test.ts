import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

// Inside the package, so that its own name resolves to it as for somebody who installed it.
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(ROOT, 'dist', 'library-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('a program reads, checks and describes messages through otkel/iso20022', () => {
  const program = `
    import { checkRules, createMessageReader, describeMessage, readInstructions } from 'otkel/iso20022';
    import { readFileSync } from 'node:fs';
    const read = createMessageReader().read(readFileSync('fixtures/pacs.008.001.08/customer-kzt-to-cny.xml'));
    console.log(JSON.stringify({
      uetr: readInstructions(read.value)[0].uetr,
      violations: checkRules(read.value).length,
      root: describeMessage(read.value.document.messageId).root.name,
    }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  expect(JSON.parse(output)).toEqual({
    uetr: 'a3f0c5d2-6b1e-4c7a-9d38-5e2b7f4a0001',
    violations: 0,
    root: 'Document',
  });
});

test('its types are those of the messages', () => {
  const file = join(folder, 'user.ts');
  writeFileSync(
    file,
    `import { bodyOf, type CheckedMessage, type MessageBody } from 'otkel/iso20022';
     export const idOf = (message: CheckedMessage): string | undefined => bodyOf(message.document, 'pacs.008.001.08')?.GrpHdr.MsgId;
     // @ts-expect-error a credit transfer has no such element
     export const wrong = (body: MessageBody<'pacs.008.001.08'>) => body.GrpHdr.NoSuchElement;`,
  );
  const compiler = join(ROOT, 'node_modules', '.bin', 'tsc');
  const args = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
    file,
  ];
  expect(execFileSync(compiler, args, { cwd: ROOT, encoding: 'utf8' })).toBe('');
  expect(readFileSync(join(ROOT, 'dist/src/iso20022/index.d.ts'), 'utf8')).toContain('createMessageReader');
});

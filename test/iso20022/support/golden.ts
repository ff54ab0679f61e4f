import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { XmlElement } from '../../../src/iso20022/types.js';
import { writeDocument } from '../../../src/iso20022/writer.js';
import { checked, FIXTURES, officialErrors } from './messages.js';

const FOLDER = `${FIXTURES}golden/`;

/** Compares with the golden file; `UPDATE_GOLDEN=1` writes it instead. One element a line, to be read as a diff. */
export function golden(name: string, content: string): void {
  const lines = name.endsWith('.xml') ? content.replaceAll('><', '>\n<') : content;
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(FOLDER + name, `${lines}\n`);
  }
  expect(existsSync(FOLDER + name) ? readFileSync(FOLDER + name, 'utf8') : '').toBe(`${lines}\n`);
}

/** A built message is valid for our reader and the official schema, and is the golden one. */
export function proved(name: string, messageId: string, root: XmlElement): void {
  const document = writeDocument(messageId, root);
  checked(document);
  expect(officialErrors(messageId, document)).toEqual([]);
  golden(`${name}.xml`, document);
}

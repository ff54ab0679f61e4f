import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { child, text, texts } from '../../src/iso20022/tree.js';
import { openStack, type Stack } from '../support/stack.js';
import { DIRECTIONS, type Direction, retargeted } from './support/corridor.js';
import { crossingsOf, fixture, onwardMessage, statusOf } from './support/traffic.js';

/** Names and remittance as banks of both countries write them; each up to 140 characters. */
const TEXTS: Readonly<Record<string, string>> = {
  Kazakh: 'ЖШС «Әділет Құрылыс & Серіктестері», Өскемен қ., Ұлан көш. № 5 — ІҢҮҺ әіңғүұқөһ',
  Russian: 'ТОО «Ёлочка», договор № 118/26 от 02.11.2026; подъезд 3, объём <10 т>',
  Chinese: '龙门机械贸易(上海)有限公司,中山东一路18号。发票:LM-2026-004417;货款100%',
  'rare ideographs outside the basic plane': '𠮷野𪚥𠀀有限公司',
  'composed and decomposed letters, which are not the same bytes': 'й й ё ё Å Å',
  'spaces that are not one space': ' two  spaces, a\u00a0no-break and an ideographic\u3000space ',
  'as long as it may be in Cyrillic': 'Қ'.repeat(140),
  'as long as it may be in Chinese': '币'.repeat(140),
  'as long as it may be outside the basic plane': '𠮷'.repeat(140),
};

const escaped = (value: string): string =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const references = (value: string): string =>
  [...value].map((character) => `&#x${character.codePointAt(0)!.toString(16)};`).join('');

const MESSAGES = ['pacs.008.001.08/customer-kzt-to-cny.xml', 'pacs.008.001.13/customer-without-quote.xml'] as const;

let stack: Stack;
beforeAll(async () => {
  stack = await openStack();
});
afterAll(() => stack.close());

/** The message with the texts as both names and as remittance, written by `write`. */
function worded(way: Direction, path: string, value: string, write: (value: string) => string): string {
  return retargeted(stack, way, fixture(path))
    .replaceAll(/<Nm>[^<]*/g, () => `<Nm>${write(value)}`)
    .replace(
      /<RmtInf>.*?<\/RmtInf>/s,
      () => `<RmtInf><Ustrd>${write(value)}</Ustrd><Ustrd>${write('一二')}</Ustrd></RmtInf>`,
    );
}

async function onwardOf(way: Direction, body: string) {
  const { crossings } = await crossingsOf(stack, way, body);
  expect(crossings.map(({ line }) => statusOf(line))).toEqual(['ACCC']);
  return onwardMessage(stack, way, crossings[0]!.instruction.uetr);
}

describe.each(DIRECTIONS)('$name', (way) => {
  describe.each(MESSAGES)('%s', (path) => {
    it.each(Object.entries(TEXTS))('%s goes through byte for byte', async (_, value) => {
      const { bytes, message } = await onwardOf(way, worded(way, path, value, escaped));
      const transaction = child(message.document.root, 'CdtTrfTxInf');
      expect(text(transaction, 'Dbtr', 'Nm')).toBe(value);
      expect(text(transaction, 'Cdtr', 'Nm')).toBe(value);
      expect(texts(child(transaction, 'RmtInf'), 'Ustrd')).toEqual([value, '一二']);
      for (const written of [`<Nm>${escaped(value)}</Nm>`, `<Ustrd>${escaped(value)}</Ustrd>`])
        expect(bytes.includes(Buffer.from(written)), written).toBe(true);
    });
  });
});

it.each([
  ['character references', references],
  ['CDATA', (value: string) => `<![CDATA[${value}]]>`],
])('a text written in %s arrives as the text that it means', async (_, write) => {
  const value = TEXTS.Kazakh!;
  const { bytes } = await onwardOf(DIRECTIONS[0]!, worded(DIRECTIONS[0]!, MESSAGES[0], value, write));
  expect(bytes.includes(Buffer.from(`<Nm>${escaped(value)}</Nm>`))).toBe(true);
});

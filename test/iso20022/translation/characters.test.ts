import { describe, expect, test } from 'vitest';
import { translateCreditTransfer } from '../../../src/iso20022/translate.js';
import { isLoss } from '../../../src/iso20022/translation/difference.js';
import type { CharacterProfile } from '../../../src/iso20022/translation/transliterate.js';
import { child, children, text } from '../../../src/iso20022/tree.js';
import { checked, fixtureText, orderOf } from '../support/messages.js';

const OLD = 'pacs.008.001.08';
const NEW = 'pacs.008.001.13';
const LATIN: CharacterProfile = { set: 'x', han: 'refuse' };
const TX = '/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]';

const translated = (xml: string, target: string, characters: CharacterProfile | null = LATIN) =>
  translateCreditTransfer(checked(xml), 0, orderOf(target, { characters }));
const withName = (name: string, pattern = /(?<=<Cdtr>\s*<Nm>)[^<]*/): string =>
  fixtureText(`${OLD}/customer-kzt-to-cny.xml`).replace(pattern, name);

describe('a side that takes Latin letters only', () => {
  test.each([OLD, NEW])('%s: every text is in its characters, each with its row', (target) => {
    const xml = withName('ТОО «Құрылыс Щит»');
    const result = translated(xml, target);
    if (!result.ok) throw new Error(`${result.error.code} ${result.error.detail}`);
    const transaction = children(checked(result.value.bytes).document.root, 'CdtTrfTxInf')[0];
    expect(text(transaction, 'Cdtr', 'Nm')).toBe("TOO 'Qurylys Shchit'");
    expect(Buffer.from(result.value.bytes).toString('utf8')).not.toMatch(/[^\n -~]/);
    expect(result.value.differences.filter(isLoss)).toContainEqual({
      kind: 'transliterated',
      from: `${TX}/Cdtr/Nm`,
      to: `${TX}/Cdtr/Nm`,
      before: 'ТОО «Құрылыс Щит»',
      after: "TOO 'Qurylys Shchit'",
    });
  });

  test('nothing is lost where every text is Latin already, and the same bytes go out', () => {
    const xml = fixtureText(`${OLD}/customer-kzt-to-cny.xml`).replace(/[^\n -~]/g, 'x');
    const [plain, latin] = [translated(xml, OLD, null), translated(xml, OLD)];
    if (!plain.ok || !latin.ok) throw new Error('refused');
    expect(latin.value.differences.filter((row) => row.kind === 'transliterated')).toEqual([]);
    expect(latin.value.bytes).toEqual(plain.value.bytes);
  });

  test.each([OLD, NEW])('%s: a name that grows beyond its place is refused, not cut', (target) => {
    const fits = translated(withName('щ'.repeat(35)), target);
    expect(fits.ok && text(child(fits.value.root, 'CdtTrfTxInf'), 'Cdtr', 'Nm')).toBe('shch'.repeat(35));
    expect(translated(withName('щ'.repeat(36)), target)).toMatchObject({
      ok: false,
      error: { code: 'SCREENING_DATA_LOST', detail: expect.stringContaining('Cdtr/Nm') },
    });
  });

  test.each([
    ['a Chinese name', withName('龙门机械'), 'Cdtr/Nm'],
    ['a reference in Cyrillic', withName('ШОТ-1', /(?<=<EndToEndId>)[^<]*/), 'PmtId/EndToEndId'],
    [
      'an account number in Cyrillic',
      withName('ЕСЕП1', /(?<=<CdtrAcct>[\s\S]*?<Othr>\s*<Id>)[^<]*/),
      'CdtrAcct/Id/Othr/Id',
    ],
  ])('%s is refused with its path', (_, xml, path) =>
    expect(translated(xml, NEW)).toMatchObject({
      ok: false,
      error: { code: 'CHARACTERS_UNSUPPORTED', detail: `/Document/FIToFICstmrCdtTrf/CdtTrfTxInf[1]/${path}` },
    }),
  );

  test('Chinese passes where the profile says so', () => {
    const result = translated(withName('龙门机械'), OLD, { set: 'x', han: 'pass' });
    expect(result.ok && text(child(result.value.root, 'CdtTrfTxInf'), 'Cdtr', 'Nm')).toBe('龙门机械');
  });
});

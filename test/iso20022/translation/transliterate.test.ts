import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KAZAKH, RUSSIAN } from '../../../src/iso20022/translation/alphabets.js';
import { type CharacterProfile, isAllowed, transliterate } from '../../../src/iso20022/translation/transliterate.js';

const X: CharacterProfile = { set: 'x', han: 'refuse' };
const Z: CharacterProfile = { set: 'z', han: 'refuse' };
const X_HAN: CharacterProfile = { set: 'x', han: 'pass' };

describe('alphabets', () => {
  test('the Russian one has the 33 letters, each in letters A to Z, none but the signs left out', () => {
    expect([...RUSSIAN.keys()].join('')).toBe('абвгдеёжзийклмнопрстуфхцчшщъыьэюя');
    expect([...RUSSIAN].filter(([, latin]) => !/^[a-z]+$/.test(latin)).map(([letter]) => letter)).toEqual(['ъ', 'ь']);
  });

  test('the Kazakh one has the 42 letters of its Cyrillic', () => {
    expect([...KAZAKH.keys()].sort()).toEqual([...'аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя'].sort());
    expect([...KAZAKH.values()].every((latin) => /^[a-z]*$/.test(latin))).toBe(true);
  });

  // GOST R 52535.1-2006, Annex A.
  test.each([
    ['Щербаков Цезарь Юрьевич', 'Shcherbakov Tcezar Iurevich'],
    ['Жданов Объездчик', 'Zhdanov Obezdchik'],
    ['ХОЛОДНАЯ ЯЩИЦА', 'KHOLODNAIA IASHCHITCA'],
    ['Фёдор Эйхе', 'Fedor Eikhe'],
    ['ООО «Ромашка» № 5', "OOO 'Romashka' No 5"],
    ['Ш', 'Sh'],
    ['АЩ', 'ASHCH'],
  ])('Russian: %s is %s', (before, after) => expect(transliterate(before, X)).toBe(after));

  // Decree No. 569 of 26 October 2017 as amended by No. 637 of 19 February 2018.
  test.each([
    ['Құрылыс', 'Qurylys'],
    ['ТОО «Алтын Дала Құрылыс»', "TOO 'Altyn Dala Qurylys'"],
    ['Әсел Жұмабаева', 'Asel Jumabaeva'],
    ['Қостанай облысы, Рудный қаласы', 'Qostanai oblysy, Rydnyi qalasy'],
    ['Шымкент, Түркістан көшесі', 'Shymkent, Turkistan koshesi'],
    ['Һарун Ғани Өмірұлы', 'Haryn Gani Omiruly'],
    ['НҰРСҰЛТАН', 'NURSULTAN'],
  ])('Kazakh: %s is %s', (before, after) => expect(transliterate(before, X)).toBe(after));

  test('a letter that only Kazakh has makes the whole text Kazakh', () => {
    expect(transliterate('Жанар', X)).toBe('Zhanar');
    expect(transliterate('Жанар Қ', X)).toBe('Janar Q');
  });

  test('a letter with a separate accent is the letter', () =>
    expect(transliterate('и\u0306од', X)).toBe(transliterate('йод', X)));
});

describe('other characters', () => {
  test.each([
    ['Café Zürich Straße', X, 'Cafe Zurich Strasse'],
    ['Łódź & Søn', X, 'Lodz + Son'],
    ['Łódź & Søn', Z, 'Lodz & Son'],
    ['a@b_c; "x"', X, "a(at)b-c, 'x'"],
    ['a@b_c; "x"', Z, 'a@b-c; "x"'],
    ['１２３ — ４', X, '123 - 4'],
    ['₸ 100 000', X, 'KZT 100 000'],
    ['two\nlines', X, 'two lines'],
  ] as const)('%s in %j is %s', (before, profile, after) => expect(transliterate(before, profile)).toBe(after));

  test('Chinese is refused, or passes as it is where the profile says so', () => {
    expect(transliterate('龙门机械 Longmen', X)).toBeNull();
    expect(transliterate('龙门机械 Longmen', X_HAN)).toBe('龙门机械 Longmen');
    expect(transliterate('龙门（上海）— Тест', X_HAN)).toBe('龙门（上海）- Test');
  });

  test.each(['😀', 'ї', 'شركة', 'ひらがな', '\u0000'])('%s has no counterpart', (text) =>
    expect(transliterate(text, X)).toBeNull(),
  );
});

describe.each([X, Z, X_HAN, { set: 'z', han: 'pass' } as const])('in %j', (profile) => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        ...'абвгдеёжзийклмнопрстуфхцчшщъыьэюяӘәҒғҚқҢңӨөҰұҮүҺһІіЖШЩЦЯ «»—№éßŁ中文（）AZaz09 /?:().,\'+"&@_',
      ),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  });

  test('the result has allowed characters only, and is its own transliteration', () => {
    fc.assert(
      fc.property(text, (before) => {
        const after = transliterate(before, profile);
        if (after === null) return;
        expect(isAllowed(after, profile)).toBe(true);
        expect(transliterate(after, profile)).toBe(after);
      }),
      { numRuns: 1000, seed: 3 },
    );
  });

  test('an allowed text stays as it is', () => {
    fc.assert(
      fc.property(text, (before) => {
        if (isAllowed(before, profile)) expect(transliterate(before, profile)).toBe(before);
      }),
      { numRuns: 500, seed: 4 },
    );
  });
});

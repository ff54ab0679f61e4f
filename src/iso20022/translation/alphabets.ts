/**
 * Cyrillic letters in Latin ones, as data. Lower case only: a capital becomes a capital.
 *
 * Russian: GOST R 52535.1-2006 (machine readable passports), Annex A: letters A to Z only, the hard and the soft sign left
 * out. It is the Russian national standard whose result needs no sign that a payment network refuses; GOST 7.79-2000
 * (system B) writes the backtick.
 *
 * Kazakh: the alphabet of the Decree of the President of the Republic of Kazakhstan No. 569 of 26 October 2017 as amended
 * by No. 637 of 19 February 2018, its acute accents left out because the networks have none. Letters of foreign words
 * that this alphabet has no place for are written as in the Russian table.
 */
const pairs = (text: string): [string, string][] =>
  text
    .trim()
    .split(/\s+/)
    .map((pair) => {
      const [letter = '', latin = ''] = pair.split('=');
      return [letter, latin];
    });

/** GOST R 52535.1-2006, Annex A. */
export const RUSSIAN: ReadonlyMap<string, string> = new Map(
  pairs(`
    а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=tc ч=ch ш=sh
    щ=shch ъ= ы=y ь= э=e ю=iu я=ia
  `),
);

/** Decree No. 637, without acute accents. */
export const KAZAKH: ReadonlyMap<string, string> = new Map([
  ...RUSSIAN,
  ...pairs(`
    ә=a ғ=g ж=j қ=q ң=n ө=o у=y ұ=u ү=u х=h һ=h ы=y і=i
  `),
]);

/** Letters that Kazakh has and Russian has not: one of them in a text makes it Kazakh. */
export const KAZAKH_LETTERS = /[әғқңөұүһі]/iu;

/** Latin letters that no decomposition brings to A to Z. */
export const LATIN_LETTERS: ReadonlyMap<string, string> = new Map(
  pairs('ß=ss æ=ae œ=oe ø=o đ=d ð=d þ=th ł=l ħ=h ŧ=t ŋ=n ı=i ə=a'),
);

/** Signs and what may stand for them, the nearest first: the first that the character set has is taken. */
export const SIGNS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    '"«»“”„‟″': ['"', "'"],
    '‘’‚‛`´ʼʹ′': ["'"],
    '‐‑‒–—―−_~': ['-'],
    '…': ['...'],
    '\u00a0\u2002\u2003\u2007\u2009\u202f\u3000\t\n\r': [' '],
    '№': ['No'],
    '&': ['&', '+'],
    '@': ['@', '(at)'],
    '[{': ['('],
    ']}': [')'],
    '<': ['<', '('],
    '>': ['>', ')'],
    ';': [';', ','],
    '!': ['!', '.'],
    '=': ['=', '-'],
    '%': ['%', '.'],
    '*×': ['*', '.'],
    '#': ['#', '.'],
    $: ['$', '.'],
    '^|¦·•§°': ['.'],
    '\\': ['/'],
    '€': ['EUR'],
    '₸': ['KZT'],
    '₽': ['RUB'],
    '¥￥': ['CNY'],
  }).flatMap(([signs, replacements]) => [...signs].map((sign) => [sign, replacements] as const)),
);

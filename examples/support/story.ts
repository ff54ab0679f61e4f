/** Prints what happens in columns: who, what, how much. */
import { type Balance, grouped, type Party, type Problem } from './ledger.js';

export interface Story {
  title(text: string, about: string): void;
  chapter(text: string): void;
  /** Somebody did something. */
  tells(who: Party | string, what: string, amount?: string): void;
  /** Somebody tried something and was refused. */
  refuses(who: Party, what: string, problem: Problem): void;
  /** What is in wallets now; marked money as a column of its own where `isMarked`. */
  balances(wallets: readonly (readonly [name: string, balance: Balance])[], isMarked?: boolean): void;
  rows(rows: readonly (readonly string[])[]): void;
}

const WHO = 20;
const WHAT = 64;
const AMOUNT = 18;
const INDENT = '  ';

/** A story of money in `currency`, a line at a time. */
export function createStory(tell: (line: string) => void, currency: string): Story {
  let chapters = 0;
  const line = (...columns: readonly string[]): void => tell(`${INDENT}${columns.join(' ')}`.trimEnd());
  const lined = (who: string, what: string, amount: string): void => {
    const [first = '', ...rest] = wrapped(what, WHAT);
    line(
      who.padEnd(WHO),
      ...(amount ? [first.padEnd(WHAT), `${grouped(amount).padStart(AMOUNT)} ${currency}`] : [first]),
    );
    for (const more of rest) line(' '.repeat(WHO), more);
  };
  return {
    title(text, about) {
      tell(text);
      tell('='.repeat(text.length));
      for (const words of wrapped(about, WHO + WHAT + AMOUNT)) tell(words);
    },
    chapter(text) {
      chapters += 1;
      tell('');
      tell(`${chapters}. ${text}`);
      tell('');
    },
    tells: (who, what, amount = '') => lined(typeof who === 'string' ? who : who.name, what, amount),
    refuses({ name }, what, { code, title }) {
      lined(name, what, '');
      lined('', `REFUSED ${code}: ${title}`, '');
    },
    balances(wallets, isMarked = false) {
      const cells = (text: readonly string[]): string => text.map((cell) => cell.padStart(AMOUNT)).join(' ');
      const heads = ['available', 'held', ...(isMarked ? ['marked'] : [])];
      tell('');
      line(`in the wallets (${currency})`.padEnd(WHO * 2), cells(heads));
      for (const [name, { available, held, marked }] of wallets) {
        const amounts = [available, held, ...(isMarked ? [marked] : [])].map(({ amount }) => grouped(amount));
        line(name.padEnd(WHO * 2), cells(amounts));
      }
    },
    rows(rows) {
      const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0))) ?? [];
      const isAmount = (text: string): boolean => /^[\d,]+\.\d\d$/.test(text);
      for (const row of rows)
        line(row.map((text, i) => (isAmount(text) ? text.padStart(widths[i]!) : text.padEnd(widths[i]!))).join('  '));
    },
  };
}

/** Breaks a text between words. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/** What happened, in order: always as a hash, and as lines where somebody wants to read them. */
export interface Trace {
  readonly note: Note;
  /** The same for two runs exactly when the same things happened at the same moments. */
  hash(): string;
  readonly lines: readonly string[];
}

/** `who` did `what`; `about` is what was said or written, for the lines only. */
export type Note = (who: string, what: string, about?: unknown) => void;

const PRIME = 0x01000193;

export function createTrace(now: () => number, keepsLines: boolean): Trace {
  const lines: string[] = [];
  let low = 0x811c9dc5;
  let high = 0x1000193;
  const mix = (text: string): void => {
    for (let i = 0; i < text.length; i += 1) {
      low = Math.imul(low ^ text.charCodeAt(i), PRIME);
      high = Math.imul(high ^ low, PRIME) + i;
    }
  };
  const mixNumber = (value: number): void => {
    low = Math.imul(low ^ (value & 0xffffffff), PRIME);
    high = Math.imul(high ^ low, PRIME);
  };
  return {
    lines,
    hash: () => [low, high].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(''),
    note(who, what, about) {
      // Microseconds: what differs by less is not told apart by anything that a party sees.
      mixNumber(Math.floor(now() * 1_000));
      mix(who);
      mix(what);
      if (!keepsLines) return;
      const told = about === undefined ? '' : `  ${summary(about)}`;
      lines.push(`${now().toFixed(3).padStart(11)} ms  ${who.padEnd(22)} ${what}${told}`);
    },
  };
}

/** Ids, states and decisions of a message: enough to follow a payment. */
function summary(about: unknown): string {
  if (!Array.isArray(about)) return '';
  return about
    .map((item: Record<string, unknown>) => {
      if (typeof item?.pvpId !== 'string') return '';
      const state = typeof item.state === 'string' ? ` ${item.state}` : '';
      const refused = item.refusal as { code?: string } | null | undefined;
      return `${item.pvpId.slice(0, 8)}${state}${refused?.code ? ` ${refused.code}` : ''}`;
    })
    .join(', ');
}

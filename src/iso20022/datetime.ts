/**
 * Instants of ISO 20022 (`ISODateTime` = `xs:dateTime`). An instant without offset is read as UTC: the standard leaves it
 * to the parties, and a rule that every reader can repeat is better than the server's own zone.
 */
const DATE_TIME = /^(-?\d{4,})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})?$/;

/** Milliseconds since 1970 of an `ISODateTime`, fractions beyond a millisecond cut; null when it is none. */
export function instantOf(text: string | null | undefined): number | null {
  const match = text ? DATE_TIME.exec(text.trim()) : null;
  if (!match) return null;
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  // xs:dateTime allows 24:00:00 as the first instant of the next day.
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  return at + Number(`${fraction}000`.slice(0, 3)) - offsetMs(zone);
}

function offsetMs(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/** The calendar day of an `ISODate` without its optional offset (`2026-11-21+06:00` is `2026-11-21`). */
export const dayOf = (date: string): string => date.trim().slice(0, 10);

/**
 * Where the user is, in the fragment of the address: `#/payments?status=RJCT`. What somebody looks for stays in this page:
 * a fragment is sent to nobody, and to nobody's log.
 */
import { signal } from '@preact/signals';

export interface Place {
  /** The parts of the path, decoded: `['payments', '<uetr>']`. */
  readonly path: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function read(): Place {
  const [path = '', query = ''] = location.hash.slice(1).split('?', 2);
  return {
    path: path.split('/').filter(Boolean).map(decoded),
    query: Object.fromEntries(new URLSearchParams(query)),
  };
}

export const place = signal<Place>(read());
addEventListener('hashchange', () => {
  place.value = read();
});

/** The address of a place. Members of the query that are empty are left out. */
export function href(path: readonly string[], query: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== '');
  const text = new URLSearchParams(given).toString();
  return `#/${path.map(encodeURIComponent).join('/')}${text && `?${text}`}`;
}

export const go = (path: readonly string[], query?: Readonly<Record<string, string>>): void => {
  location.hash = href(path, query);
};

/** The same page with another query; no new step to go back to. */
export function setQuery(query: Readonly<Record<string, string>>): void {
  history.replaceState(null, '', href(place.value.path, query));
  place.value = read();
}

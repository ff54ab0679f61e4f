/** A list as a file of comma-separated values, however long it is. */
import { useEffect, useRef, useState } from 'preact/hooks';
import { csv } from '../csv.js';
import { t } from '../i18n/index.js';
import { download } from './parts.js';

const EXPORTED_MAX = 100_000;
/** Rows that are asked for at once. */
export const EXPORT_PAGE = 500;

interface CsvPage {
  readonly rows: readonly (readonly string[])[];
  readonly next: string | null;
}

export interface ExportButtonProps {
  /** Of the file, before the time. */
  readonly name: string;
  readonly head: readonly string[];
  readonly isReady: boolean;
  /** How many there are so far, in words. */
  readonly count: (n: number) => string;
  readonly page: (after: string | null, signal: AbortSignal) => Promise<CsvPage>;
}

/** Everything that the list finds, page by page, with the count so far and a way to stop. */
export function ExportButton({ name, head, isReady, count: words, page }: ExportButtonProps) {
  const [count, setCount] = useState<number | null>(null);
  const [isFailed, setFailed] = useState(false);
  const aborter = useRef<AbortController | null>(null);
  useEffect(() => () => aborter.current?.abort(), []);
  const run = async () => {
    const aborting = new AbortController();
    const { signal } = aborting;
    aborter.current = aborting;
    const rows = [head];
    setFailed(false);
    setCount(0);
    try {
      let after: string | null = null;
      do {
        const next: CsvPage = await page(after, signal);
        rows.push(...next.rows);
        setCount(rows.length - 1);
        after = next.next;
      } while (after !== null && rows.length <= EXPORTED_MAX);
      download(`${name}-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.csv`, 'text/csv', csv(rows));
    } catch {
      setFailed(!signal.aborted);
    }
    setCount(null);
  };
  return (
    <span class="export">
      <span role="status">{count !== null ? words(count) : isFailed ? t('export.failed') : ''}</span>
      {count === null ? (
        <button type="button" disabled={!isReady} onClick={() => void run()}>
          {t('export')}
        </button>
      ) : (
        <button type="button" onClick={() => aborter.current?.abort()}>
          {t('cancel')}
        </button>
      )}
    </span>
  );
}

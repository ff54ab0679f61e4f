import { readFileSync } from 'node:fs';

/** CPU microseconds of the server's sessions so far, where the machine shows it (Linux). */
export function serverMicros(pids: readonly number[]): number {
  const TICK_MICROS = 10_000;
  return pids.reduce((sum, pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return sum + (Number(fields[11]) + Number(fields[12])) * TICK_MICROS;
    } catch {
      return sum;
    }
  }, 0);
}

import { pino } from 'pino';
import { expect, test } from 'vitest';
import { alarmLog } from '../../../src/gateway/cli/process.js';
import type { LedgerCode } from '../../../src/kernel/ids.js';

test('an alarm is a line of the log in which each member is there once', () => {
  const lines: string[] = [];
  const log = alarmLog(pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) }));
  const alarm = { code: 'IN_DOUBT', ledger: 'KZ' as LedgerCode, pvpId: null, detail: 'no vote of CN' } as const;
  log.raise({ level: 'alarm', ...alarm });
  log.raise({ level: 'page', ...alarm });
  const rest = '"code":"IN_DOUBT","ledger":"KZ","pvpId":null,"detail":"no vote of CN","msg":"alarm"}\n';
  expect(lines).toEqual([`{"level":40,"alarm":"alarm",${rest}`, `{"level":50,"alarm":"page",${rest}`]);
});

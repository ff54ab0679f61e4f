import { pino } from 'pino';
import { expect, test } from 'vitest';
import { alarmLog, doubtLog } from '../../../src/gateway/cli/process.js';
import type { LedgerCode, Uetr } from '../../../src/kernel/ids.js';

test('an alarm is a line of the log in which each member is there once', () => {
  const lines: string[] = [];
  const log = alarmLog(pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) }));
  const alarm = { code: 'IN_DOUBT', ledger: 'KZ' as LedgerCode, pvpId: null, detail: 'no vote of CN' } as const;
  log.raise({ level: 'alarm', ...alarm });
  log.raise({ level: 'page', ...alarm });
  const rest = '"code":"IN_DOUBT","ledger":"KZ","pvpId":null,"detail":"no vote of CN","msg":"alarm"}\n';
  expect(lines).toEqual([`{"level":40,"alarm":"alarm",${rest}`, `{"level":50,"alarm":"page",${rest}`]);
});

test('a payment in doubt is a line when that begins and one when it has ended', () => {
  const lines: string[] = [];
  const tell = doubtLog(pino({ base: null, timestamp: false }, { write: (line) => void lines.push(line) }));
  tell('u' as Uetr, ['CN'] as LedgerCode[]);
  tell('u' as Uetr, null);
  expect(lines).toEqual([
    '{"level":40,"uetr":"u","waitingFor":["CN"],"msg":"payment in doubt"}\n',
    '{"level":40,"uetr":"u","msg":"payment in doubt has ended"}\n',
  ]);
});

import type { Bic } from '../../src/kernel/ids.js';
import type { LedgerCommand, LegMark } from '../../src/ledger/types.js';
import type { LedgerWriter } from '../../src/ledger/writer.js';
import type { PvpTerms } from '../../src/pvp/terms.js';
import { wallet } from './world.js';

/** A world in which the payer's money on KZ is under two marks, one of which crosses, and a mark of CN takes what arrives. */
export const TREASURY = 'TRSYKZ20' as Bic;
export const MARKED = 5_000n;
export const ROAD: LegMark = { side: 'debit', markId: 'road', markLevel: 0 };
export const HOME: LegMark = { side: 'debit', markId: 'home', markLevel: 0 };
export const AID: LegMark = { side: 'credit', markId: 'aid' };

export async function setUpMarks(ledger: LedgerWriter, code: string): Promise<void> {
  const [payer, payee] = [wallet(code, 'payer'), wallet(code, 'payee')];
  const rule = { by: 'addresses', levels: [[payee], [payer]] } as const;
  const registered = { kind: 'registerMark', by: TREASURY, rule } as const;
  const marking = { kind: 'mark', by: TREASURY, walletId: payer, amountMinor: MARKED } as const;
  const arrivals = [{ walletId: payee, markLevel: 1 }];
  const commands: Readonly<Record<string, readonly LedgerCommand[]>> = {
    KZ: [
      { ...registered, markId: 'road', crossBorder: true },
      { ...registered, markId: 'home', crossBorder: false },
      { ...marking, reference: 'm1', markId: 'road' },
      { ...marking, reference: 'm2', markId: 'home' },
    ],
    CN: [{ ...registered, markId: 'aid', crossBorder: false, arrivals }],
  };
  for (const command of commands[code] ?? []) await ledger.submit(command);
}

/** Terms whose first leg is paid with marked money, and whose last one is marked as it arrives. */
export const marked =
  (debit: LegMark | null, credit: LegMark | null) =>
  (terms: PvpTerms): PvpTerms => ({
    ...terms,
    legs: terms.legs.map((leg, i) => ({ ...leg, mark: i === 0 ? debit : i === terms.legs.length - 1 ? credit : null })),
  });

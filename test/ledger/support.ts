import type { Bic, LedgerCode, WalletId } from '../../src/kernel/ids.js';
import { createSigner } from '../../src/kernel/suites.js';
import { createNotary } from '../../src/ledger/notary.js';
import { createOracle } from '../../src/ledger/oracle.js';
import type { LedgerStore } from '../../src/ledger/store.js';
import type { Hold, LedgerCommand, LedgerOutcome, WalletKind } from '../../src/ledger/types.js';
import { createLedger, type LedgerOptions, type LedgerWriter } from '../../src/ledger/writer.js';

export const IDENTITY = { code: 'KZ' as LedgerCode, currency: 'KZT' };
export const NOTARY = createSigner('kz-notary-1', 'ed25519', new Uint8Array(32).fill(7));
export const ORACLE_SIGNER = createSigner('kz-oracle-1', 'ed25519', new Uint8Array(32).fill(8));
export const w = (text: string): WalletId => text as WalletId;
export const bic = (text: string): Bic => text as Bic;
export const BANK = bic('AAAAKZ20');
export const T0 = 1_800_000_000_000;

/** A clock that moves only when told. */
export const manualClock = (at = T0) => {
  let now = at;
  return {
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  };
};

export async function openLedger(store: LedgerStore, options: Partial<LedgerOptions> = {}): Promise<LedgerWriter> {
  const { clock = manualClock() } = options;
  return createLedger({
    store,
    notary: (start) => createNotary(IDENTITY, NOTARY, start),
    oracle: createOracle({ ledger: IDENTITY, store, signer: ORACLE_SIGNER, clock }),
    clock,
    ...IDENTITY,
    accountKey: new Uint8Array(32).fill(9),
    consolidation: null,
    ...options,
  });
}

export const open = (id: string, kind: WalletKind = 'customer', ownerBic = BANK): LedgerCommand => ({
  kind: 'openWallet',
  wallet: { walletId: w(id), kind, ownerBic },
});
export const issue = (reference: string, to: string, amountMinor: bigint): LedgerCommand => ({
  ...{ kind: 'issue', reference, creditWallet: w(to), amountMinor },
});
export const transfer = (reference: string, from: string, to: string, amountMinor: bigint): LedgerCommand => ({
  ...{ kind: 'transfer', reference, debitWallet: w(from), creditWallet: w(to), amountMinor },
});
export const hash = (seed: number): Uint8Array => new Uint8Array(32).fill(seed);

type Place = Extract<LedgerCommand, { kind: 'placeHold' }>;
export const place = (
  ref: string,
  from: string,
  to: string,
  amountMinor: bigint,
  more: Partial<Place> = {},
): Place => ({
  ...{ kind: 'placeHold', conditionKind: 'pvp', conditionRef: ref, conditionHash: hash(1), amountMinor, mark: null },
  ...{ debitWallet: w(from), creditWallet: w(to), lapseAt: T0 + 12_000, data: Buffer.from('terms') },
  ...more,
});
export const settle = (conditionRef: string, conditionHash = hash(1)): LedgerCommand => ({
  ...{ kind: 'settleHold', conditionRef, conditionHash, evidence: Buffer.from('certificate') },
});
export const release = (conditionRef: string, conditionHash = hash(1)): LedgerCommand => ({
  ...{ kind: 'releaseHold', conditionRef, conditionHash, reason: 'CANCELLED', evidence: Buffer.from('abort') },
});
export const tombstone = (conditionRef: string, conditionHash: Uint8Array = new Uint8Array(0)): LedgerCommand => ({
  ...{ kind: 'tombstoneHold', conditionKind: 'pvp', conditionRef, conditionHash, reason: 'CANCELLED' },
  ...{ evidence: Buffer.from('abort'), data: new Uint8Array(0) },
});

/** Submits in one tick, so that the commands share a block; answers codes or 'ok'. */
export const codes = async (ledger: LedgerWriter, commands: readonly LedgerCommand[]): Promise<string[]> => {
  const results = await Promise.all(commands.map((command) => ledger.submit(command)));
  return results.map((result) => (result.ok ? 'ok' : result.error.code));
};

/** The outcome of a command that must succeed. */
export const done = async (ledger: LedgerWriter, command: LedgerCommand): Promise<LedgerOutcome> => {
  const result = await ledger.submit(command);
  if (!result.ok) throw new Error(`${command.kind} was refused: ${result.error.code}`);
  return result.value;
};
export const held = async (ledger: LedgerWriter, command: LedgerCommand): Promise<Hold> =>
  comparable((await done(ledger, command)).hold!);

/** The hold with every byte field as a Buffer, so that what stores answer compares field by field. */
export const comparable = (hold: Hold): Hold => ({
  ...hold,
  conditionHash: Buffer.from(hold.conditionHash),
  data: Buffer.from(hold.data),
  evidence: Buffer.from(hold.evidence),
  tokenIds: hold.tokenIds.map((id) => Buffer.from(id)),
});

/** `available/held` of a wallet. */
export const money = async (ledger: LedgerWriter, id: string): Promise<string> => {
  const balance = await ledger.balance(w(id));
  return balance ? `${balance.availableMinor}/${balance.heldMinor}` : 'none';
};

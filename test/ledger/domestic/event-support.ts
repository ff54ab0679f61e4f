import type { Signer } from '../../../src/kernel/signature.js';
import { createSigner } from '../../../src/kernel/suites.js';
import { type EventTerms, type Statement, statementBytes } from '../../../src/ledger/domestic/event.js';
import type { LedgerIdentity } from '../../../src/ledger/model.js';
import type { LedgerCommand } from '../../../src/ledger/types.js';
import { bic, IDENTITY, T0, w } from '../support.js';

export const ORACLE = bic('ORCLKZ20');
export const HOUR = 3_600_000;

/** The one key of a provider. */
export const keyOfProvider = (providerId: string, seed = 1): Signer =>
  createSigner(`${providerId}-${seed}`, 'ed25519', Buffer.from(providerId.padEnd(32, `${seed}`)).subarray(0, 32));

export const providerKey = (signer: Signer, validFrom = 0, validTo: number | null = null) => ({
  ...{ keyId: signer.keyId, suite: signer.suite, publicKey: signer.publicKey, validFrom, validTo },
});

export const registerProvider = (
  providerId: string,
  keys = [providerKey(keyOfProvider(providerId))],
): LedgerCommand => ({
  ...{ kind: 'registerProvider', by: ORACLE, providerId, bic: bic('LANDKZ20'), name: `Registry ${providerId}`, keys },
});

/** Terms that hold 100 of the buyer's for the seller and the treasury, 9 to 1, by the word of `land`. */
export const termsOfSale = (more: Partial<EventTerms> = {}): EventTerms => ({
  ...{ eventId: 'sale-1', ownerBic: ORACLE, providerIds: ['land'], threshold: 1, debitWallet: w('buyer') },
  receivers: [
    { walletId: w('seller'), parts: 9n },
    { walletId: w('treasury'), parts: 1n },
  ],
  ...{ shares: 'parts', amountMinor: 100n, markId: null, markLevel: null, mode: 'single', expiresAt: T0 + HOUR },
  ...more,
});

export const happened = (amountMinor: bigint, sequence = 1, providerId = 'land'): Statement => ({
  ...{ providerId, sequence, kind: 'happened', amountMinor, reason: null },
});
export const refused = (reason = 'no title', sequence = 1, providerId = 'land'): Statement => ({
  ...{ providerId, sequence, kind: 'refused', amountMinor: 0n, reason },
});

/** The statement as its provider signs it; `over` are the terms and the ledger that it signs for. */
export function state(
  terms: EventTerms,
  statement: Statement,
  over: { signer?: Signer; terms?: EventTerms; ledger?: LedgerIdentity; statement?: Statement } = {},
): LedgerCommand {
  const signer = over.signer ?? keyOfProvider(statement.providerId);
  const bytes = statementBytes(over.ledger ?? IDENTITY, over.terms ?? terms, over.statement ?? statement);
  const signed = { ...statement, keyId: signer.keyId, signature: signer.sign(bytes) };
  return { kind: 'stateEvent', terms, statement: signed };
}

export const register = (terms: EventTerms): LedgerCommand => ({ kind: 'registerEvent', terms });
export const hold = (terms: EventTerms): LedgerCommand => ({ kind: 'holdForEvent', terms });
export const expire = (terms: EventTerms): LedgerCommand => ({ kind: 'expireEvent', terms });

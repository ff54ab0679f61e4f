/** The public API of one ledger, as its participants use it: signed requests, JSON, nothing else. */
import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readKeyFile } from '../../src/gateway/identity/key-file.js';
import { createSignedFetch } from '../../src/gateway/identity/signed-fetch.js';

/** Where the ledger is, and the folder with the keys of those who ask. */
export interface LedgerAddress {
  readonly url: string;
  readonly code: string;
  readonly keys: string;
}

/** A refusal, as an RFC 9457 problem document tells it. */
export interface Problem {
  readonly code: string;
  readonly title: string;
}

/** A participant of the ledger. Paths are relative to `/v1/ledgers/{code}`. */
export interface Party {
  readonly name: string;
  /** GET. Fails when it is refused. */
  reads<T>(path: string): Promise<T>;
  /** POST, under an Idempotency-Key of its own. Fails when it is refused. */
  asks<T>(path: string, body: object): Promise<T>;
  /** POST that must be refused; answers how. */
  isRefused(path: string, body: object): Promise<Problem>;
}

/** A participant that signs with `keyId` of the folder. */
export async function openParty({ url, code, keys }: LedgerAddress, name: string, keyId: string): Promise<Party> {
  const { signer } = await readKeyFile(join(keys, `${keyId}.json`));
  const clock = { now: () => Date.now() };
  const send = createSignedFetch({ baseUrl: url, signer, clock, random: { bytes: randomBytes } });
  const call = async (path: string, body: object | null): Promise<{ ok: boolean; answer: unknown }> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': randomUUID() };
    const request = body === null ? {} : { headers, body: JSON.stringify(body) };
    const response = await send(`/v1/ledgers/${code}${path}`, request);
    return { ok: response.ok, answer: await response.json() };
  };
  const done = async <T>(path: string, body: object | null): Promise<T> => {
    const { ok, answer } = await call(path, body);
    if (!ok) throw new Error(`${name}, ${path}: ${JSON.stringify(answer)}`);
    return answer as T;
  };
  return {
    name,
    reads: (path) => done(path, null),
    asks: done,
    async isRefused(path, body) {
      const { ok, answer } = await call(path, body);
      if (ok) throw new Error(`${name}, ${path}: was not refused`);
      return answer as Problem;
    },
  };
}

/** An amount as answers have it; `minor` is in hundredths. */
export interface Amount {
  readonly amount: string;
  readonly minor: string;
}

/** What is in a wallet. */
export interface Balance {
  readonly available: Amount;
  readonly held: Amount;
  readonly marked: Amount;
  readonly pockets: readonly (Amount & { readonly markId: string; readonly markLevel: number })[];
}

/** A line of a wallet's statement, of a mark's report or of a history. */
export interface Entry {
  readonly transactionId: string;
  readonly kind: string;
  readonly amount: string;
  readonly debitWallet: string | null;
  readonly creditWallet: string | null;
  readonly agreementId: string | null;
}

export const balanceOf = (owner: Party, walletId: string): Promise<Balance> =>
  owner.reads(`/wallets/${walletId}/balance`);

/** The last transaction of a wallet. */
export async function lastEntry(owner: Party, walletId: string): Promise<Entry> {
  const { entries } = await owner.reads<{ entries: readonly Entry[] }>(`/wallets/${walletId}/statement?limit=1`);
  if (!entries[0]) throw new Error(`${walletId} has no entry`);
  return entries[0];
}

/** Minor units as the API takes them: `12018460.00`. All amounts of the examples are in a currency of two decimals. */
export const decimal = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;

/** A decimal amount as people read it: `12,018,460.00`. */
export const grouped = (amount: string): string => amount.replace(/\B(?=(?:\d{3})+\.)/g, ',');

/** Money that the central bank makes for a bank: asked for, and approved by two of its officers. */
export async function issueTo(
  address: LedgerAddress,
  bank: Party,
  asked: { readonly walletId: string; readonly amount: string; readonly currency: string },
): Promise<void> {
  const { requestId } = await bank.asks<{ requestId: string }>('/issuance', asked);
  const code = address.code.toLowerCase();
  for (const officer of [`issuer-${code}-1`, `issuer-${code}-2`]) {
    const issuer = await openParty(address, 'Central bank', officer);
    await issuer.asks(`/requests/${requestId}/approval`, {});
  }
}

/** Fails where the ledger answers otherwise than the story goes. */
export function mustBe<T>(found: T, expected: T): void {
  if (found !== expected) throw new Error(`the ledger says ${String(found)}, the story ${String(expected)}`);
}

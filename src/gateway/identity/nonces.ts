/** What keeps nonces: each counts once per key until its signature expires. */
export interface NonceStore {
  /** True for the first use. `expiresAt` is that of the signature, milliseconds. */
  use(keyId: string, nonce: string, expiresAt: number): Promise<boolean>;
  /** Forgets at most `countMax` nonces that expired before `now`; answers how many. Run it from time to time. */
  prune(now: number, countMax: number): Promise<number>;
}

/** Nonces in memory, for tests and simulations. */
export function createMemoryNonceStore(): NonceStore {
  const expiries = new Map<string, number>();
  return {
    use: async (keyId, nonce, expiresAt) => {
      // Neither part may hold a space, so the pair has one spelling.
      const pair = `${keyId} ${nonce}`;
      if (expiries.has(pair)) return false;
      expiries.set(pair, expiresAt);
      return true;
    },
    prune: async (now, countMax) => {
      const expired = [...expiries].filter(([, expiresAt]) => expiresAt < now).slice(0, countMax);
      for (const [pair] of expired) expiries.delete(pair);
      return expired.length;
    },
  };
}

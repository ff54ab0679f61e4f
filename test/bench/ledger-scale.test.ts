import { expect, it } from 'vitest';
import { ledgerScale } from '../../bench/support/ledger-scale.js';

it('a generated ledger takes blocks, and no statement of them reads all of a large table', async () => {
  const size = { transactions: 20_000, wallets: 2_000, rounds: 1, pile: 600, seed: 1 };
  const result = await ledgerScale({ ...size, progress: () => undefined });
  expect(result.generated).toMatchObject({
    transactions: 20_000 + 3 * 600 + 4,
    unspentTokens: 4 * 2_000 + 3 * 600 + 4,
  });
  expect(result.agrees).toBe(true);
  expect(result.readsWhole).toEqual([]);
  const { 'ledger-tokens-largest': free, 'ledger-unspent': unspent } = result.accesses;
  expect([free, unspent]).toEqual([['token_free'], ['token_unspent']]);
  const { tokensLoadedPerPayment, consolidation } = result.manySmallTokens;
  expect(tokensLoadedPerPayment).toBeLessThanOrEqual(8);
  expect(Math.max(consolidation.tokensLeft.wallet, consolidation.tokensLeft.pocket)).toBeLessThanOrEqual(64);
}, 180_000);

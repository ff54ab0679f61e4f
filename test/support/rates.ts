import { randomUUID } from 'node:crypto';

/** The request that sets one rate for one direction, of any amount; the demo's key `rate-feed` may send it. */
export function rateImport(pair: string, rate: string, provider = 'OTKLKZ20') {
  const [unitCurrency, quotedCurrency] = pair.split('-');
  return {
    path: `/v1/fx/rate-imports/${randomUUID()}`,
    body: {
      // What is later than the desk's clock counts as now.
      asOf: '2999-01-01T00:00:00Z',
      rates: [{ provider, unitCurrency, quotedCurrency, tiers: [{ bid: rate }] }],
    },
  };
}

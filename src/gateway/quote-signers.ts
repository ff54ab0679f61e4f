/** Providers' signers of quotes, none of which is waited for longer than the others' requests can. */
import type { Timers } from '../kernel/clock.js';
import type { Bic } from '../kernel/ids.js';
import { TimeLimitError, within } from '../kernel/time-limit.js';
import type { QuoteSigner } from '../pvp/quote-signature.js';

/** Quotes and payments of everybody wait meanwhile, milliseconds. */
const SIGN_MAX_MS = 1_000;

/** As `signerOf`, but a signer rejects after a second, and at once while it still owes an answer. */
export function boundedSigners(
  timers: Timers,
  signerOf: (provider: Bic) => QuoteSigner,
): (provider: Bic) => QuoteSigner {
  const silent = new Set<Bic>();
  return (provider) => ({
    async sign(hashes) {
      if (silent.has(provider)) throw new TimeLimitError('it still owes an answer');
      const answer = signerOf(provider).sign(hashes);
      try {
        return await within(timers, SIGN_MAX_MS, answer);
      } catch (error) {
        if (error instanceof TimeLimitError) {
          silent.add(provider);
          const answered = () => void silent.delete(provider);
          answer.then(answered, answered);
        }
        throw error;
      }
    },
  });
}

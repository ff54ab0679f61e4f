import { expect, it } from 'vitest';
import { boundedSigners } from '../../src/gateway/quote-signers.js';
import type { Timers } from '../../src/kernel/clock.js';
import type { Bic } from '../../src/kernel/ids.js';

it('a signer that does not answer is given up after its time, and asked again once it has answered', async () => {
  let fire = () => {};
  const timers = {
    after: (_: number, run: () => void) => {
      fire = run;
      return () => {};
    },
  } as Timers;
  const answers: ((signatures: Uint8Array[]) => void)[] = [];
  const signerOf = boundedSigners(timers, () => ({ sign: () => new Promise((resolve) => answers.push(resolve)) }));
  const sign = () => signerOf('FXPRKZ20' as Bic).sign([]);
  const late = sign();
  fire();
  await expect(late).rejects.toThrow('no answer within 1000 ms');
  await expect(sign()).rejects.toThrow('it still owes an answer');
  expect(answers).toHaveLength(1);
  answers[0]!([]);
  await new Promise((resolve) => setImmediate(resolve));
  const again = sign();
  answers[1]!([]);
  expect(await again).toEqual([]);
});

it('a signer that refuses is asked again at once', async () => {
  let count = 0;
  const signerOf = boundedSigners({ after: () => () => {} } as unknown as Timers, () => ({
    async sign() {
      count += 1;
      throw new Error('away');
    },
  }));
  for (const _ of [1, 2]) await expect(signerOf('FXPRKZ20' as Bic).sign([])).rejects.toThrow('away');
  expect(count).toBe(2);
});

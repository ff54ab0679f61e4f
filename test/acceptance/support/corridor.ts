import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { DEMO_BANKS, DEMO_PROVIDER, type DemoBank, demoWallets } from '../../../src/gateway/demo.js';
import { createMessageReader } from '../../../src/iso20022/reader.js';
import type { CheckedMessage } from '../../../src/iso20022/types.js';
import { retargetSample, type SampleChanges } from '../../support/retarget-sample.js';
import type { Stack } from '../../support/stack.js';

const bank = (bic: string): DemoBank => DEMO_BANKS.find((one) => one.bic === bic)!;

/** One way through the demo corridor: who sends, in which currency, and to whom. */
export interface Direction {
  readonly name: string;
  readonly sender: DemoBank;
  readonly receiver: DemoBank;
  readonly sourceCurrency: string;
  readonly targetCurrency: string;
  /** Target units per source unit as a fraction, so that the expectation is whole-number arithmetic of its own. */
  readonly rate: readonly [numerator: bigint, denominator: bigint];
  /** Below the limit of one payment of the demo. */
  readonly amountMax: string;
}

const eastward = {
  sourceCurrency: 'KZT',
  targetCurrency: 'CNY',
  rate: [135n, 10_000n],
  amountMax: '1000000.00',
} as const;
const westward = { sourceCurrency: 'CNY', targetCurrency: 'KZT', rate: [732n, 10n], amountMax: '10000.00' } as const;

const direction = (from: string, to: string): Direction => ({
  name: `${from} to ${to}`,
  sender: bank(from),
  receiver: bank(to),
  ...(bank(from).ledger === 'KZ' ? eastward : westward),
});

/** Every pair of versions that a sender and a receiver of the corridor may speak, both ways. */
export const DIRECTIONS: readonly Direction[] = [
  direction('ALTNKZ20', 'LONGCN20'),
  direction('ALTNKZ20', 'JADECN20'),
  direction('LONGCN20', 'ALTNKZ20'),
  direction('JADECN20', 'DALAKZ20'),
];

export const keyOf = (one: DemoBank): string => `bank-${one.bic.toLowerCase()}`;

/** What a message must say to cross in this direction today. */
const changesFor = (stack: Stack, way: Direction): SampleChanges => ({
  msgId: randomUUID().replaceAll('-', ''),
  uetr: randomUUID(),
  instructingAgent: way.sender.bic,
  instructedAgent: DEMO_PROVIDER,
  debtorAgent: way.sender.bic,
  creditorAgent: way.receiver.bic,
  debtorAccount: way.sender.accounts[0]!,
  creditorAccount: way.receiver.accounts[0]!,
  currency: way.sourceCurrency,
  date: stack.today(way.sender.ledger),
  amountMax: way.amountMax,
});

export const retargeted = (stack: Stack, way: Direction, xml: string, change: Partial<SampleChanges> = {}): string =>
  retargetSample(xml, { ...changesFor(stack, way), ...change });

const reader = createMessageReader();

/** The message in `bytes`; it must be well-formed and valid under our schemas. */
export function checked(bytes: string | Uint8Array): CheckedMessage {
  const read = reader.read(Buffer.from(bytes));
  if (!read.ok) throw new Error(`${read.error.code} ${JSON.stringify(read.error.findings)}`);
  return read.value;
}

/** Posts as the sender of a direction and waits for the final answer, which is XML. */
export async function post(stack: Stack, way: Direction, body: string, headers: Record<string, string> = {}) {
  const answer = await stack.send(keyOf(way.sender), 'POST', '/v1/messages', {
    body,
    headers: { prefer: 'wait=30', accept: 'application/xml', ...headers },
  });
  expect(answer.headers['content-type']).toContain('application/xml');
  return { status: answer.status, text: answer.text };
}

export type Balances = ReadonlyMap<string, bigint>;

/** Money of every wallet of the demo: available, and under the key `<wallet> held` what is held. */
export async function balances(stack: Stack): Promise<Balances> {
  const found = new Map<string, bigint>();
  for (const { ledger, config } of stack.otkel.nodes) {
    for (const { walletId } of demoWallets(config.code)) {
      const balance = await ledger.balance(walletId);
      found.set(walletId, balance?.availableMinor ?? 0n);
      found.set(`${walletId} held`, balance?.heldMinor ?? 0n);
    }
  }
  return found;
}

/** What changed, minor units by wallet; wallets that did not change are left out. */
export const moved = (before: Balances, after: Balances): Record<string, bigint> =>
  Object.fromEntries(
    [...after]
      .map(([wallet, money]) => [wallet, money - before.get(wallet)!] as const)
      .filter(([, diff]) => diff !== 0n),
  );

/** Minor units of a decimal of two places, as KZT and CNY have. */
export function minor(decimal: string): bigint {
  const match = /^(\d+)(?:\.(\d{1,2})0*)?$/.exec(decimal);
  if (!match) throw new Error(`${decimal} is no amount of two decimals`);
  return BigInt(match[1]!) * 100n + BigInt((match[2] ?? '').padEnd(2, '0'));
}

/** `amount` times the fraction, half to even. */
export function converted(amount: bigint, [numerator, denominator]: readonly [bigint, bigint]): bigint {
  const product = amount * numerator;
  const whole = product / denominator;
  const twice = (product % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && whole % 2n === 1n);
  return up ? whole + 1n : whole;
}

/** The four movements of one settled payment of `amount` in this direction, and nothing else. */
export function movements(way: Direction, amount: bigint, rate = way.rate): Record<string, bigint> {
  const wallet = (one: DemoBank) => `${one.ledger}-${one.bic}-1`;
  const target = converted(amount, rate);
  return {
    [wallet(way.sender)]: -amount,
    [`${way.sender.ledger}-FX-PROVIDER`]: amount,
    [`${way.receiver.ledger}-FX-PROVIDER`]: -target,
    [wallet(way.receiver)]: target,
  };
}

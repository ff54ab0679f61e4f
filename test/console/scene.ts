/** Money to look at in the console: a project with agreements, payments under them, and an event that money waits for. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { BANK, type World } from '../contract/support.js';

export const [TREASURY, ORACLE, OTHER_BANK, REGISTRY] = [
  ...(['treasury-kz', 'oracle-kz', 'bank-dalakz20', 'events-kz'] as const),
] as const;
export const PROJECT = 'school-12';
export const EVENT = 'sale-2026-117';
const KZT = { currency: 'KZT' };

/** A command to the KZ ledger that must succeed. */
export async function made(world: World, key: string, path: string, body: unknown): Promise<Record<string, string>> {
  const headers = { 'idempotency-key': randomUUID() };
  const response = await world.json(key, 'POST', `/v1/ledgers/KZ${path}`, body, headers);
  expect([path, response.status, response.body.code]).toEqual([path, 201, undefined]);
  return response.body;
}

/** 600,000 under a project: two agreements of the treasury's, and one of a contractor's with money drawn out of it. */
export async function makeProject(world: World): Promise<void> {
  const agreement = (agreementId: string, payer: string, payee: string, transferMax: string) =>
    made(world, ORACLE, '/agreements', {
      ...{ agreementId, markId: PROJECT, payer, payee, transferMax, withdrawalMax: '90000.00', ...KZT },
      expiresAt: '2099-12-31T19:00:00Z',
    });
  const spend = (key: string, debitWallet: string, creditWallet: string, agreementId: string, amount: string) =>
    made(world, key, '/spends', {
      ...{ debitWallet, creditWallet, markId: PROJECT, markLevel: 0, agreementId, amount, ...KZT },
    });
  await made(world, BANK, '/transfers', {
    ...{ debitWallet: 'KZ-ALTNKZ20-2', creditWallet: 'KZ-TREASURY', amount: '900000.00', ...KZT },
  });
  await made(world, TREASURY, '/marks', { markId: PROJECT, rule: { by: 'agreement' } });
  await made(world, TREASURY, `/marks/${PROJECT}/mark`, { walletId: 'KZ-TREASURY', amount: '600000.00', ...KZT });
  await agreement('2027/17-A', 'KZ-TREASURY', 'KZ-ALTNKZ20-2', '400000.00');
  await agreement('2027/17-B', 'KZ-ALTNKZ20-2', 'KZ-DALAKZ20-1', '250000.00');
  await agreement('2027/17-C', 'KZ-TREASURY', 'KZ-DALAKZ20-1', '150000.00');
  await spend(TREASURY, 'KZ-TREASURY', 'KZ-ALTNKZ20-2', '2027/17-A', '300000.00');
  await spend(BANK, 'KZ-ALTNKZ20-2', 'KZ-DALAKZ20-1', '2027/17-B', '120000.00');
  await spend(TREASURY, 'KZ-TREASURY', 'KZ-DALAKZ20-1', '2027/17-C', '80000.00');
  await spend(BANK, 'KZ-ALTNKZ20-2', 'KZ-DALAKZ20-1', '2027/17-B', '60000.00');
  await made(world, OTHER_BANK, '/agreements/2027%2F17-B/withdrawals', { amount: '50000.00', ...KZT });
}

/** An event of the bank's, with its money held. */
export async function makeEvent(world: World): Promise<void> {
  const { suite, publicKey } = await world.stack.signer(REGISTRY);
  const keys = [{ keyId: 'vehicles-1', suite, publicKey: Buffer.from(publicKey).toString('base64url') }];
  await made(world, ORACLE, '/providers', { providerId: 'vehicles', bic: 'EVNTKZ20', name: 'Vehicle registry', keys });
  await made(world, BANK, '/events', {
    ...{ eventId: EVENT, providers: ['vehicles'], debitWallet: 'KZ-ALTNKZ20-1', amount: '4200000.00', ...KZT },
    receivers: [{ walletId: 'KZ-DALAKZ20-1', amount: '4200000.00' }],
    expiresAt: '2099-01-01T00:00:00Z',
  });
  await made(world, BANK, `/events/${EVENT}/hold`, {});
}

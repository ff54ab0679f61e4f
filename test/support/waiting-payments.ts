import { randomUUID } from 'node:crypto';
import type { Response } from 'supertest';
import { expect } from 'vitest';
import { CUSTOMER_08, type Edit, type Fresh, fresh, setAmount, swap, type World } from '../contract/support.js';

const BANK = 'bank-altnkz20';
const [ORACLE, REGISTRY] = ['oracle-kz', 'events-kz'];
export const PAYER = 'KZ-ALTNKZ20-1';

export const instruct = (instruction: string): Edit =>
  swap('<Purp>', `<InstrForNxtAgt><InstrInf>${instruction}</InstrInf></InstrForNxtAgt><Purp>`);

const field = (value: string | Buffer): Buffer => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);

/** Payments of 10,000.00 that wait for events, whose provider is the customs. */
export function waitingPayments(world: () => World) {
  const json = (key: string, path: string, body: unknown): Promise<Response> =>
    world().json(key, 'POST', `/v1/ledgers/KZ${path}`, body, { 'idempotency-key': randomUUID() });
  return {
    json,
    async openProvider(): Promise<void> {
      const { suite, publicKey } = await world().stack.signer(REGISTRY);
      const keys = [{ keyId: 'customs-1', suite, publicKey: Buffer.from(publicKey).toString('base64url') }];
      const provider = { providerId: 'customs', bic: 'EVNTKZ20', name: 'Customs', keys };
      expect((await json(ORACLE, '/providers', provider)).status).toBe(201);
    },
    /** Registers an event of the payer's; answers its hash. */
    async registered(eventId: string, more: Record<string, unknown> = {}): Promise<Buffer> {
      const terms = {
        ...{ eventId, providers: ['customs'], debitWallet: PAYER, usage: 'payment' },
        ...{ amount: '10000.00', currency: 'KZT', expiresAt: '2099-01-01T00:00:00Z', ...more },
      };
      const { status, body } = await json(BANK, '/events', terms);
      expect(status).toBe(201);
      expect(body).toMatchObject({ usage: 'payment', payment: null, receivers: [], phase: 'registered' });
      return Buffer.from(body.eventHash, 'hex');
    },
    waiting: (eventId: string, quote: string, ...edits: readonly Edit[]): Fresh =>
      fresh(world(), CUSTOMER_08, setAmount('10000.00'), instruct(`/EVENT/${eventId}/QUOTE/${quote}`), ...edits),
    /** What the customs say. */
    async say(eventId: string, eventHash: Buffer, kind: 'happened' | 'refused', reason?: string): Promise<Response> {
      const minor = kind === 'happened' ? '1000000' : '0';
      const fields = [
        ...['otkel/ledger/event-statement/v1', 'KZ', 'KZT', eventId, eventHash, 'customs', '1', kind, minor],
        ...(reason === undefined ? ['0'] : ['1', reason]),
      ];
      const signature = (await world().stack.signer(REGISTRY)).sign(Buffer.concat(fields.map(field)));
      const said = { providerId: 'customs', keyId: 'customs-1', kind, sequence: 1 };
      const more = reason === undefined ? { amount: '10000.00', currency: 'KZT' } : { reason };
      const body = { ...said, ...more, signature: Buffer.from(signature).toString('hex') };
      return json(REGISTRY, `/events/${eventId}/statements`, body);
    },
  };
}

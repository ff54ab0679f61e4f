/** Copies of the gateway on one database, in every order of their statements. Rows are made up: there is nothing to audit. */
import { randomBytes, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenPayment } from '../../src/gateway/acceptance.js';
import { migrationsOf } from '../../src/gateway/database-migrations.js';
import { createPgNonceStore } from '../../src/gateway/identity/nonces.pg.js';
import type { Participant } from '../../src/gateway/identity/participants.js';
import { createPgParticipantStore } from '../../src/gateway/identity/participants.pg.js';
import { insertMessages } from '../../src/gateway/message-store.pg.js';
import type { PaymentRecord } from '../../src/gateway/payment.js';
import { claimAbandoned, insertPayments, renewLease } from '../../src/gateway/payment-store.pg.js';
import { inTransaction } from '../../src/gateway/platform/transaction.pg.js';
import { createSettlement, type Settlement } from '../../src/gateway/settlement.js';
import { sha256 } from '../../src/kernel/hash.js';
import type { Bic, LedgerCode, QuoteId } from '../../src/kernel/ids.js';
import type { Decision, PvpLog, PvpPayment } from '../../src/pvp/coordinator.js';
import { storedSample } from '../pvp/desk-fixture.js';
import { createWorld, type World } from '../pvp/world.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { everyOrder } from './stepper.js';

const SENDER = 'ALTNKZ20' as Bic;
const NOW = 1_800_000_000_000;
let database: TestDatabase;
let world: World;
beforeAll(async () => {
  database = await testDatabase(migrationsOf('gateway'), 12);
  world = await createWorld();
});
afterAll(() => database.drop());

const count = async (text: string, ...values: unknown[]): Promise<number> =>
  Number((await database.pool.query(text, values)).rows[0].count);

/** A payment as acceptance makes it. */
function payment(change: Partial<PaymentRecord> = {}): OpenPayment {
  const { pvpId, termsBytes, terms } = world.payment();
  const quoteId = randomUUID() as QuoteId;
  const record: PaymentRecord = {
    ...{ sender: SENDER, msgId: `M${randomBytes(8).toString('hex')}`, index: 0, uetr: pvpId, ownsUetr: true },
    ...{ state: 'PREPARING', status: 'ACTC', reason: null, detail: null, differences: [] },
    ...{ terms: Buffer.from(termsBytes), destination: Buffer.from('<Document/>') },
    ...{ acceptedAt: NOW, decidedAt: null, closedAt: null },
    facts: {
      ...{ messageId: 'pacs.008.001.08', headerId: null, instrId: null, endToEndId: 'E2E', txId: null },
      ...{ debtorAgent: SENDER, creditorAgent: 'LONGCN20' as Bic, debtorAccount: null, creditorAccount: null },
      ...{ provider: 'FXPRKZ20' as Bic, quoteId, rate: '0.0135', creditsCustomer: true, violations: [] },
      legs: terms.legs.map((leg) => ({ ...leg, amountMinor: leg.amountMinor.toString() })),
      destinationMessageId: 'pacs.008.001.08',
    },
    ...change,
  };
  const [body, authorisation] = [Buffer.from('<Document/>'), Buffer.from('signed')];
  return { record, transactionCount: 1, body, authorisation, quotes: [storedSample({ quoteId }).bytes] };
}

const messageOf = ({ record, body, authorisation }: OpenPayment, bytes = body) => ({
  ...{ sender: record.sender, msgId: record.msgId, messageId: record.facts.messageId, body: bytes, authorisation },
  ...{ bodyHash: sha256(bytes), receivedAt: NOW, openCount: 1 },
});

/** What acceptance writes, in its order, in its one transaction. */
const accept = (pool: pg.Pool, item: OpenPayment, copy: string): Promise<{ message: boolean; uetr: boolean }> =>
  inTransaction(pool, async (client) => {
    const messages = await insertMessages(client, [messageOf(item)]);
    if (messages.size === 0) return { message: false, uetr: false };
    const claimed = await insertPayments(client, [item.record], copy);
    return { message: true, uetr: claimed.has(item.record.uetr) };
  });

const values = <T>(outcomes: readonly PromiseSettledResult<T>[]): T[] =>
  outcomes.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });

describe('two copies accept', () => {
  it('one UETR under two MsgIds: one has it', async () => {
    const { schedules } = await everyOrder(database.pool, 3, () => {
      const first = payment();
      const second = payment({ uetr: first.record.uetr });
      return {
        sessions: [first, second].map((item, i) => (pool: pg.Pool) => accept(pool, item, `copy-${i}`)),
        async check(outcomes) {
          const accepted = values(outcomes);
          expect(accepted.map(({ message }) => message)).toEqual([true, true]);
          expect(accepted.filter(({ uetr }) => uetr)).toHaveLength(1);
          const owners = await count('SELECT count(*) FROM payment WHERE uetr = $1 AND owns_uetr', first.record.uetr);
          expect(owners).toBe(1);
        },
      };
    });
    expect(schedules).toBeGreaterThan(5);
  });

  it('one message: one stores it, with its payment, the other finds it', async () => {
    const { schedules } = await everyOrder(database.pool, 3, () => {
      const item = payment();
      return {
        sessions: ['a', 'b'].map((copy) => (pool: pg.Pool) => accept(pool, item, copy)),
        async check(outcomes) {
          const accepted = values(outcomes);
          expect(accepted.filter(({ message, uetr }) => message && uetr)).toHaveLength(1);
          expect(accepted.filter(({ message }) => !message)).toHaveLength(1);
          expect(await count('SELECT count(*) FROM payment WHERE msg_id = $1', item.record.msgId)).toBe(1);
        },
      };
    });
    expect(schedules).toBeGreaterThan(5);
  });
});

const documents = {
  operator: 'OTKLKZ20' as Bic,
  localDate: () => '2027-01-15',
  outbound: () => ({ messageId: 'pacs.008.001.08', withHeader: false, headerId: 'head.001.001.02' as const }),
};

const abortOf = ({ pvpId }: PvpPayment, closed: boolean): Decision => ({
  ...{ pvpId, decision: 'ABORT', decidedAt: NOW + 5, certificate: null, refusedBy: 'KZ' as LedgerCode, reports: [] },
  ...{ refusal: { code: 'FUNDS_INSUFFICIENT' }, heldBy: [], closed },
});

/** A copy whose coordinator finds every payment aborted; `driven` is what it drives. */
function copyOf(pool: pg.Pool, instanceId: string, driven: Promise<Decision>[]): Settlement {
  const carry = async (log: PvpLog, item: PvpPayment): Promise<Decision> => {
    await log.decided([abortOf(item, false)]);
    await log.closed([abortOf(item, true)]);
    return abortOf(item, true);
  };
  const coordinator = (log: PvpLog) => ({
    drive(item: PvpPayment): Promise<Decision> {
      const decision = carry(log, item);
      driven.push(decision);
      return decision;
    },
    counts: () => ({ stages: [] }),
  });
  return createSettlement({
    ...{ pool, instanceId, documents, coordinator, clock: { now: () => NOW + 10 } },
    findQuotes: async (ids) => new Map(ids.map((quoteId) => [quoteId, { signed: storedSample({ quoteId }) } as never])),
    endQuotes: async () => undefined,
    onChange: () => {},
    onFailure: (_, error) => {
      throw error;
    },
    onDoubt: () => undefined,
  });
}

const store = (item: OpenPayment, copy: string) => accept(database.pool, item, copy);
const reports = (item: OpenPayment) => count('SELECT count(*) FROM inbox WHERE uetr = $1', item.record.uetr);
const isClosed = (item: OpenPayment) =>
  count("SELECT count(*) FROM payment WHERE uetr = $1 AND state = 'CLOSED' AND status = 'RJCT'", item.record.uetr);

describe('the end of a payment', () => {
  it('that two copies drive: it ends once, is told once, and both callers are answered', async () => {
    const { schedules } = await everyOrder(database.pool, 2, async () => {
      const item = payment();
      await store(item, 'a');
      return {
        sessions: ['a', 'b'].map((id) => async (pool: pg.Pool) => {
          const driven: Promise<Decision>[] = [];
          const answer = await copyOf(pool, id, driven).settle([item]);
          await Promise.all(driven);
          return answer;
        }),
        async check(outcomes) {
          for (const { payments } of values(outcomes)) {
            expect(payments.map(({ uetr, status }) => `${uetr} ${status}`)).toEqual([`${item.record.uetr} RJCT`]);
          }
          expect([await isClosed(item), await reports(item)]).toEqual([1, 1]);
        },
      };
    });
    expect(schedules).toBeGreaterThan(20);
  });

  it('while the same copy has read it as one that nobody drives: driven again, told once, the caller is answered', async () => {
    const item = payment();
    const instance = randomUUID();
    await store(item, instance);
    let goOn = (): void => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    let isRead = (): void => {};
    const read = new Promise<void>((resolve) => {
      isRead = resolve;
    });
    const ask = database.pool.query.bind(database.pool) as (...args: unknown[]) => Promise<unknown>;
    const query = async (...args: unknown[]): Promise<unknown> => {
      const found = await ask(...args);
      if ((args[0] as { name?: string }).name !== 'open-payments') return found;
      isRead();
      await gate;
      return found;
    };
    const pool = { query, connect: () => database.pool.connect() } as unknown as pg.Pool;
    const driven: Promise<Decision>[] = [];
    const settlement = copyOf(pool, instance, driven);
    settlement.doubtStored();
    const takingOver = settlement.takeOver();
    await read;
    const answer = await settlement.settle([item]);
    await Promise.all(driven);
    expect(settlement.openCount()).toBe(0);
    goOn();
    expect(await takingOver).toBe(1);
    await Promise.all(driven);
    expect(answer.payments.map(({ status }) => status)).toEqual(['RJCT']);
    expect([driven.length, settlement.openCount()]).toEqual([2, 0]);
    expect([await isClosed(item), await reports(item)]).toEqual([1, 1]);
  });
});

describe('work of a dead copy', () => {
  it('is claimed once by three that look at the same time', async () => {
    await everyOrder(database.pool, 2, async () => {
      const dead = randomUUID();
      const items = [payment(), payment()];
      for (const item of items) await store(item, dead);
      await renewLease(database.pool, dead, -1);
      return {
        sessions: ['a', 'b', 'c'].map((copy) => (pool: pg.Pool) => claimAbandoned(pool, `${dead}-${copy}`, 1)),
        async check(outcomes) {
          const claimed = values(outcomes).flatMap((page) => page.map(({ uetr }) => uetr));
          expect(claimed.sort()).toEqual(items.map(({ record }) => record.uetr).sort());
          await database.pool.query("UPDATE payment SET state = 'CLOSED' WHERE uetr = ANY ($1)", [claimed]);
        },
      };
    });
  });
});

describe('identity', () => {
  it('a nonce that three requests use is used by one', async () => {
    await everyOrder(database.pool, 2, () => {
      const nonce = randomUUID();
      return {
        sessions: [1, 2, 3].map(() => (pool: pg.Pool) => createPgNonceStore(pool).use('key', nonce, NOW)),
        async check(outcomes) {
          expect(values(outcomes).filter((isFirst) => isFirst)).toHaveLength(1);
        },
      };
    });
  });

  it('a participant that two operators register otherwise is the one that came first', async () => {
    let n = 0;
    await everyOrder(database.pool, 2, () => {
      n += 1;
      const bic = `B${String.fromCharCode(65 + (n % 26))}NKKZ${20 + Math.floor(n / 26)}` as Bic;
      const spoken = { pacs008Version: 'pacs.008.001.08', withHeader: false, rules: 'base' } as const;
      const written = { headerVersion: 'head.001.001.02', characters: 'all', profile: 'customer' } as const;
      const participant = (name: string): Participant => ({
        ...{ bic, name, role: 'bank', ledger: 'KZ' as LedgerCode, ...spoken, ...written },
      });
      return {
        sessions: ['One', 'Two'].map(
          (name) => (pool: pg.Pool) => createPgParticipantStore(pool).insertParticipant(participant(name)),
        ),
        async check(outcomes) {
          expect(values(outcomes).filter((isNew) => isNew)).toHaveLength(1);
          const { rows } = await database.pool.query('SELECT name FROM participant WHERE bic = $1', [bic]);
          expect(rows.map((row) => row.name)).toEqual([
            outcomes[0]!.status === 'fulfilled' && outcomes[0]!.value ? 'One' : 'Two',
          ]);
        },
      };
    });
  });
});

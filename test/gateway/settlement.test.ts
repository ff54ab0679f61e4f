import type pg from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import type { OpenPayment } from '../../src/gateway/acceptance.js';
import { createSettlement, type Settlement, type SettlementOptions } from '../../src/gateway/settlement.js';
import type { LedgerCode, Uetr } from '../../src/kernel/ids.js';
import type { Decision, PvpLog, PvpObserver } from '../../src/pvp/coordinator.js';
import { encodeTerms } from '../../src/pvp/terms.js';
import { bytes, createWorld, T0, termsOf, uuid } from '../pvp/world.js';

let log: PvpLog;
let observer: PvpObserver;
let driven: string[];
let failures: string[];
let told: [string, readonly string[] | null][];
let queryFails: (text: string) => boolean;
let settlement: Settlement;

/** A database that takes everything and has nothing. */
const query = async (statement: string | { text: string }) => {
  const text = typeof statement === 'string' ? statement : statement.text;
  if (queryFails(text)) throw new Error('connection lost');
  return { rows: [], rowCount: 0 };
};
const pool = { query, connect: async () => ({ query, release: () => undefined }) } as unknown as pg.Pool;

beforeEach(() => {
  driven = [];
  failures = [];
  told = [];
  queryFails = () => false;
  settlement = createSettlement({
    pool,
    instanceId: uuid(),
    clock: { now: () => T0 },
    findQuotes: async () => new Map(),
    endQuotes: async () => undefined,
    onFailure: (uetr: Uetr) => failures.push(uetr),
    onChange: () => {},
    onDoubt: (uetr: Uetr, waitingFor: readonly LedgerCode[] | null) => told.push([uetr, waitingFor]),
    coordinator: (givenLog: PvpLog, givenObserver: PvpObserver) => {
      log = givenLog;
      observer = givenObserver;
      return {
        drive: (payment: { pvpId: Uetr }) => {
          driven.push(payment.pvpId);
          return new Promise<Decision>(() => {});
        },
        counts: () => ({ stages: [] }),
      };
    },
  } as unknown as SettlementOptions);
});

async function openPayment(change: { terms?: Buffer } = {}): Promise<OpenPayment> {
  const uetr = uuid() as Uetr;
  const terms = encodeTerms(termsOf(await createWorld(), uetr));
  const record = {
    uetr,
    sender: 'ALTNKZ20',
    msgId: `M-${uetr}`,
    terms,
    destination: Buffer.from('x'),
    facts: {},
    ...change,
  };
  const document = { body: Buffer.from('y'), authorisation: Buffer.from('z'), quotes: [] };
  return { record, transactionCount: 1, ...document } as unknown as OpenPayment;
}

const aborted = (pvpId: Uetr): Decision => ({
  ...{ pvpId, decision: 'ABORT', decidedAt: T0, certificate: null, refusal: { code: 'CANCELLED' }, refusedBy: null },
  ...{ heldBy: [], reports: [], closed: true },
});

/** Lets everything in flight go as far as it can. */
const rest = () => new Promise((resolve) => setImmediate(resolve));

describe('a payment that has ended', () => {
  it('is open no more, also when it was driven once more while it ended', async () => {
    const payment = await openPayment();
    const { uetr } = payment.record;
    void settlement.settle([payment]);
    const closing = log.closed([aborted(uetr)]);
    void settlement.settle([payment]);
    await closing;
    void settlement.settle([payment]);
    expect(settlement.openCount()).toBe(1);
    observer.ended?.(uetr);
    expect(settlement.openCount()).toBe(0);
    await settlement.room(1);
  });

  it('stays open until those who wait for its message can be told: what failed is done again', async () => {
    const payment = await openPayment();
    void settlement.settle([payment]);
    queryFails = (text) => text.includes('SELECT');
    await expect(log.closed([aborted(payment.record.uetr)])).rejects.toThrow('connection lost');
    expect(settlement.openCount()).toBe(1);
    queryFails = () => false;
    await log.closed([aborted(payment.record.uetr)]);
    expect(settlement.openCount()).toBe(0);
  });
});

describe('a payment in doubt', () => {
  it('is told of when its doubt begins and when it has ended, however often it is asked about', async () => {
    const [doubtful, other] = [await openPayment(), await openPayment()];
    const { uetr } = doubtful.record;
    void settlement.settle([doubtful, other]);
    for (const waitingFor of [['KZ', 'CN'], ['CN']]) observer.inDoubt(uetr, waitingFor as LedgerCode[]);
    expect(told).toEqual([[uetr, ['KZ', 'CN']]]);
    await log.closed([aborted(other.record.uetr)]);
    expect(told).toHaveLength(1);
    await log.closed([aborted(uetr)]);
    observer.ended?.(uetr);
    expect(told.slice(1)).toEqual([[uetr, null]]);
  });
});

describe('a payment that can not be driven', () => {
  it('is told of, stops no other, and is tried again', async () => {
    const [damaged, whole] = [await openPayment({ terms: Buffer.from(bytes(9)) }), await openPayment()];
    void settlement.settle([damaged, whole]);
    await rest();
    expect(driven).toEqual([whole.record.uetr]);
    expect(failures).toEqual([damaged.record.uetr]);
    await settlement.takeOver();
    await rest();
    expect(failures).toEqual([damaged.record.uetr, damaged.record.uetr]);
    expect(driven).toEqual([whole.record.uetr]);
  });
});

/** Sessions of one co-signer's journal, in every order of their statements. Votes are made up: there is nothing to audit. */
import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { QuoteId, Uetr } from '../../src/kernel/ids.js';
import { signerMigrations } from '../../src/pvp/migrations/index.js';
import type { SignerContext, SignerRequest } from '../../src/pvp/signer.js';
import { EpochFencedError, type StoredVote } from '../../src/pvp/signer-store.js';
import { createPgSignerStore } from '../../src/pvp/signer-store.pg.js';
import { type TestDatabase, testDatabase } from '../support/postgres.js';
import { everyOrder, type Session } from './stepper.js';

let database: TestDatabase;
let epoch: bigint;
beforeAll(async () => {
  database = await testDatabase(signerMigrations, 12);
  epoch = await createPgSignerStore(database.pool).raiseEpoch();
});
afterAll(() => database.drop());

const NOW = 1_800_000_000_000;
const CONTEXT: SignerContext = { now: NOW, clockErrorMs: 500, clockIsTrusted: true, keyIds: ['key'] };
const hash = (): Buffer => randomBytes(32);
const commit = (pvpId: Uetr, quoteId: QuoteId = randomUUID() as QuoteId, termsHash = hash()): SignerRequest => ({
  ...{
    vote: 'COMMIT',
    pvpId,
    termsHash,
    termsBytes: randomBytes(8),
    voteBy: NOW + 1,
    keyId: 'key',
    quoteIds: [quoteId],
  },
  ...{ holdId: 'hold', heldAt: NOW, tokenIds: [hash()], receiptsHash: hash(), receipts: [], peerVotes: [] },
});
const abort = (pvpId: Uetr): SignerRequest => ({
  ...{ vote: 'ABORT', pvpId, termsHash: hash(), reason: 'CANCELLED', peerVotes: [] },
});
const votes =
  (...requests: SignerRequest[]): Session<StoredVote[]> =>
  (pool) =>
    createPgSignerStore(pool).vote(epoch, requests, CONTEXT);
const stored = async (pvpId: Uetr) => (await createPgSignerStore(database.pool).entries([pvpId])).get(pvpId);
const answers = (outcomes: readonly PromiseSettledResult<StoredVote[]>[]): StoredVote[] =>
  outcomes.flatMap((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });

/** A batch that names a payment twice is journalled statement by statement, another one by a single statement. */
const stepwise = ([first, ...rest]: SignerRequest[]): Session<StoredVote[]> => votes(first!, ...rest, first!);

describe('votes of several sessions', () => {
  it.each([
    ['COMMIT and ABORT, each in one statement', (id: Uetr) => [votes(commit(id)), votes(abort(id))]],
    ['COMMIT and ABORT, statement by statement', (id: Uetr) => [stepwise([commit(id)]), stepwise([abort(id)])]],
    ['COMMIT in one statement, ABORT by several', (id: Uetr) => [votes(commit(id)), stepwise([abort(id)])]],
    ['COMMITs for two terms', (id: Uetr) => [stepwise([commit(id)]), stepwise([commit(id)])]],
    ['COMMIT, COMMIT and ABORT', (id: Uetr) => [votes(commit(id)), votes(commit(id)), votes(abort(id))]],
  ] as const)('%s, on one payment: one stands, and all are told that one', async (_, sessionsOf) => {
    const { schedules } = await everyOrder(database.pool, 1, () => {
      const pvpId = randomUUID() as Uetr;
      return {
        sessions: sessionsOf(pvpId),
        async check(outcomes) {
          const entry = await stored(pvpId);
          const told = answers(outcomes);
          for (const answer of told) {
            expect(answer.entry).toMatchObject({ decision: entry!.decision, termsHash: entry!.termsHash });
          }
          expect(told.filter(({ refused }) => refused === null).length).toBeGreaterThan(0);
          const refused = told.flatMap((answer) => (answer.refused ? [answer.refused.code] : []));
          expect(refused.every((code) => code === 'HOLD_STATE' || code === 'TERMS_CONFLICT')).toBe(true);
        },
      };
    });
    expect(schedules).toBeGreaterThan(1);
  });

  it('one quote in COMMITs of two payments: one has it, the other is journalled as ABORT', async () => {
    const { schedules } = await everyOrder(database.pool, 2, () => {
      const [one, two] = [randomUUID() as Uetr, randomUUID() as Uetr];
      const quoteId = randomUUID() as QuoteId;
      return {
        sessions: [stepwise([commit(one, quoteId)]), stepwise([commit(two, quoteId)])],
        async check(outcomes) {
          const decisions = new Set(answers(outcomes).map(({ entry }) => `${entry!.decision} ${entry!.reason}`));
          expect([...decisions].sort()).toEqual(['ABORT QUOTE_USED', 'COMMIT null']);
          const entries = await Promise.all([stored(one), stored(two)]);
          expect(entries.map((entry) => entry!.decision).sort()).toEqual(['ABORT', 'COMMIT']);
        },
      };
    });
    expect(schedules).toBeGreaterThan(5);
  });

  it('batches that have the same payments and quotes the other way round do not deadlock', async () => {
    const { schedules } = await everyOrder(database.pool, 2, () => {
      const ids = [randomUUID() as Uetr, randomUUID() as Uetr];
      const quotes = [randomUUID() as QuoteId, randomUUID() as QuoteId];
      const requests = ids.map((id, i) => commit(id, quotes[i]!));
      const crossed = ids.map((id, i) => commit(id, quotes[1 - i]!)).reverse();
      return {
        sessions: [stepwise(requests), stepwise(crossed)],
        async check(outcomes) {
          const told = answers(outcomes);
          const entries = await Promise.all(ids.map(stored));
          for (const { entry } of told) expect(entries.map((one) => one!.termsHash)).toContainEqual(entry!.termsHash);
        },
      };
    });
    expect(schedules).toBeGreaterThan(5);
  });
});

describe('a new epoch', () => {
  it('and a vote of the old one: it was journalled before, or it is fenced and nothing is journalled', async () => {
    const { schedules } = await everyOrder(database.pool, 2, () => {
      const pvpId = randomUUID() as Uetr;
      return {
        sessions: [
          votes(commit(pvpId)),
          votes(abort(pvpId)),
          async (pool) => {
            await createPgSignerStore(pool).raiseEpoch();
            return [];
          },
        ],
        async check(outcomes) {
          epoch += 1n;
          const entry = await stored(pvpId);
          const done = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
          const failures = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
          for (const failure of failures) expect(failure).toBeInstanceOf(EpochFencedError);
          expect(outcomes[2]!.status).toBe('fulfilled');
          expect(entry !== undefined).toBe(done.length > 0);
          for (const answer of done) expect(answer.entry!.decision).toBe(entry!.decision);
        },
      };
    });
    expect(schedules).toBeGreaterThan(5);
  });

  it('is another one for each of three that raise it at once', async () => {
    await everyOrder(database.pool, 2, () => ({
      sessions: [1, 2, 3].map(() => (pool) => createPgSignerStore(pool).raiseEpoch()),
      async check(outcomes) {
        const raised = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 0n));
        expect(raised.map((value) => value - epoch).sort()).toEqual([1n, 2n, 3n]);
        epoch += 3n;
      },
    }));
  });
});

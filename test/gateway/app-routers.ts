import type { Router } from 'express';
import { createFeed } from '../../src/gateway/feed.js';
import type { ParticipantRegister } from '../../src/gateway/identity/participants.js';
import type { RateDesk } from '../../src/gateway/rate-desk.js';
import { createCorridorRouter, createDoubtsRouter } from '../../src/gateway/routes/doubts.js';
import { createFxHaltsRouter } from '../../src/gateway/routes/fx-halts.js';
import { createFxLimitsRouter } from '../../src/gateway/routes/fx-limits.js';
import { createFxPositionsRouter } from '../../src/gateway/routes/fx-positions.js';
import { createFxQueueRouter } from '../../src/gateway/routes/fx-queue.js';
import { createFxQuoteListRouter } from '../../src/gateway/routes/fx-quote-list.js';
import { createFxQuotesRouter } from '../../src/gateway/routes/fx-quotes.js';
import { createFxRateChangesRouter } from '../../src/gateway/routes/fx-rate-changes.js';
import { createFxRatesRouter } from '../../src/gateway/routes/fx-rates.js';
import { createFxTariffsRouter } from '../../src/gateway/routes/fx-tariffs.js';
import { createInboxRouter } from '../../src/gateway/routes/inbox.js';
import { createLedgersRouter, ledgerCallerOf, readJson } from '../../src/gateway/routes/ledgers.js';
import { createMeRouter } from '../../src/gateway/routes/me.js';
import { createMessagesRouter } from '../../src/gateway/routes/messages.js';
import { createMetricsRouter } from '../../src/gateway/routes/metrics.js';
import { addToRegisters, createParticipantsRouter } from '../../src/gateway/routes/participants.js';
import { createPaymentsRouter } from '../../src/gateway/routes/payments.js';
import { createStreamRouter } from '../../src/gateway/routes/stream.js';
import type { Bic, LedgerCode } from '../../src/kernel/ids.js';
import { ok } from '../../src/kernel/result.js';
import { createLedgerRouter } from '../../src/ledger/http/router.js';
import { createLedgerReads } from '../../src/ledger/reads.js';
import { createMemoryStore } from '../../src/ledger/store.memory.js';
import { createDesk } from '../../src/pvp/desk.js';
import { createMemoryDeskStore } from '../../src/pvp/desk-store.memory.js';
import { createLocalQuoteSigner } from '../../src/pvp/quote-signature.js';
import { codes, issue, open, openLedger, transfer } from '../ledger/support.js';
import { countingUuids, KZT_CNY, providerSigner } from '../pvp/desk-fixture.js';
import { NOW } from './identity/fixtures.js';

const unused = (): never => {
  throw new Error('not for this test');
};

const NO_PROPOSALS = { propose: unused, decide: unused, statusOf: unused, newest: async () => [] };

/** Every router of the gateway. Behind them: a desk and one ledger in memory, no payments, an empty inbox. */
export async function allRouters(): Promise<(register: ParticipantRegister) => readonly Router[]> {
  const clock = { now: () => NOW };
  const desk = createDesk({
    store: createMemoryDeskStore(),
    quoteSigner: () => createLocalQuoteSigner(providerSigner),
    clock,
    random: countingUuids(),
    routes: [[KZT_CNY]],
  });
  /** Imports reach the desk; nobody proposes anything. */
  const rates: RateDesk = {
    importRates: async ({ cards, keyId }) => {
      for (const { unitCurrency, quotedCurrency, tiers } of cards)
        await desk.setRate(
          { sourceCurrency: unitCurrency, targetCurrency: quotedCurrency },
          tiers[0]?.bid ?? '',
          keyId,
        );
      return ok({ importedAt: NOW });
    },
    proposals: NO_PROPOSALS,
    ...{ history: async () => [], states: async () => [] },
  };
  const store = createMemoryStore();
  const ledger = await openLedger(store);
  const own = open('own', 'customer', 'BANKKZ20' as Bic);
  await codes(ledger, [
    own,
    open('a'),
    open('b'),
    issue('i1', 'a', 100_00n),
    issue('i2', 'own', 5_00n),
    transfer('t1', 'a', 'b', 50n),
  ]);
  const router = createLedgerRouter({ ledger, reads: createLedgerReads(store), callerOf: ledgerCallerOf });
  const service = {
    accept: unused,
    settle: unused,
    awaitEvents: unused,
    report: unused,
    reject: unused,
    paymentsOf: async () => [],
    msgIdsByUetr: async () => new Map<string, never>(),
    recordRefusal: async () => {},
    after: () => () => {},
  };
  const corridor = createCorridorRouter({
    ...{ doubts: () => [], equivocations: async () => [], isFrozen: () => false, unfreeze: async () => {} },
  });
  return (register) => [
    createMessagesRouter({ reader: { read: unused }, service, clock }),
    createPaymentsRouter({
      search: async () => ({ payments: [], next: null }),
      payment: async () => null,
      evidence: () => Promise.reject(new Error('no payment')),
    }),
    createMeRouter(async () => []),
    createStreamRouter({ feed: createFeed(), timers: { after: () => () => {} }, ended: new Promise(() => {}) }),
    createDoubtsRouter(async () => []),
    createInboxRouter({ waiting: async () => [], item: async () => null, acknowledge: async () => false }),
    createFxQuotesRouter(desk),
    createFxQuoteListRouter({ search: async () => ({ quotes: [], next: null }), clock }),
    createFxRatesRouter(desk, rates),
    createFxRateChangesRouter(rates),
    createFxLimitsRouter({
      proposals: { propose: unused, decide: unused, statusOf: unused, newest: async () => [] },
      ...{ limits: async () => [], reserves: async () => [], conduct: async () => [] },
    }),
    createFxPositionsRouter({
      desk: { positions: async () => [], trades: async () => [], setLowWater: unused },
      clock,
    }),
    createFxQueueRouter({ queue: { shown: async () => ({ payments: [], liquidity: [] }) }, currency: () => 'KZT' }),
    createFxHaltsRouter({ halts: { order: unused, halts: async () => [] }, clock }),
    createFxTariffsRouter({ proposals: NO_PROPOSALS, read: () => [], standing: async () => [] }),
    createLedgersRouter([
      { code: 'KZ' as LedgerCode, currency: 'KZT', timeZone: 'Asia/Almaty', handlers: [corridor, readJson, router] },
    ]),
    createMetricsRouter(() => []),
    createParticipantsRouter({
      addParticipant: addToRegisters([register]),
      participants: register.participants,
      clock,
    }),
  ];
}

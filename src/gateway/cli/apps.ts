/** The HTTP applications of each kind of process. */
import { type Express, type RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import { createLedgerRouter } from '../../ledger/http/router.js';
import type { GatewayApart, JurisdictionApart } from '../apart.js';
import { type AppOptions, createApp } from '../app.js';
import type { JurisdictionConfig } from '../config.js';
import type { Drain } from '../drain.js';
import type { GatewayNode } from '../gateway-node.js';
import type { Installation } from '../installation.js';
import type { JurisdictionNode } from '../jurisdiction-node.js';
import { gatewayMetrics, jurisdictionMetrics } from '../metrics.js';
import { gatewayApi, jurisdictionApi } from '../openapi.js';
import { systemClock, systemRandomness, systemTimers } from '../platform/runtime.js';
import { relayed, relayHandler } from '../relay.js';
import { createCorridorRouter } from '../routes/doubts.js';
import { createLedgersRouter, ledgerCallerOf, readJson, type ServedLedger } from '../routes/ledgers.js';
import { createMetricsRouter } from '../routes/metrics.js';
import { addToRegisters, createParticipantsRouter } from '../routes/participants.js';
import { createPvpRouter } from '../routes/pvp.js';
import { announceChanges, createStreamRouter } from '../routes/stream.js';

/** What every application is given by its process. */
export interface ProcessParts {
  readonly log: Logger;
  readonly drain: Drain;
}

const served = ({ code, currency, timeZone }: JurisdictionConfig, ...handlers: RequestHandler[]): ServedLedger => ({
  code,
  currency,
  timeZone,
  handlers,
});

const ownLedger = ({ config, ledger, reads, jurisdiction, equivocations }: JurisdictionNode): ServedLedger => {
  const { inDoubt: doubts, isFrozen, unfreeze } = jurisdiction;
  const corridor = createCorridorRouter({ doubts, isFrozen, unfreeze, equivocations });
  return served(config, corridor, readJson, createLedgerRouter({ ledger, reads, callerOf: ledgerCallerOf }));
};

/** The words of a process that is not ready for a reason of its own. */
const ownReasons = ({ drain }: ProcessParts, nodes: readonly JurisdictionNode[]): string[] => [
  ...(drain.isDraining() ? ['its end'] : []),
  ...nodes.filter((node) => !node.jurisdiction.isOpen()).map((node) => `recovery of ${node.config.code}`),
];

type Told = Omit<AppOptions, 'clock' | 'random' | 'log' | 'report' | 'drain'>;

const application = ({ log, drain }: ProcessParts, options: Told): Express =>
  createApp({
    ...options,
    drain,
    report: (error, requestId) =>
      log.error(
        { requestId, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) },
        'failed',
      ),
    clock: systemClock,
    random: systemRandomness,
    log: (entry) => log.info(entry, 'request'),
  });

/** The stream of changes, and what finds out about changes that callers make. Before all other routers. */
const liveRouters = ({ feed }: GatewayNode, { drain }: ProcessParts): Router[] => [
  Router().use(announceChanges(feed)),
  createStreamRouter({ feed, timers: systemTimers, ended: drain.begun }),
];

/** A gateway and the jurisdictions that run beside it. */
export function wholeApp(gateway: GatewayNode, nodes: readonly JurisdictionNode[], parts: ProcessParts): Express {
  return application(parts, {
    api: gatewayApi,
    authenticator: gateway.authenticate,
    routers: [
      ...liveRouters(gateway, parts),
      ...gateway.routers,
      createLedgersRouter(nodes.map(ownLedger)),
      createParticipantsRouter({
        addParticipant: addToRegisters([...nodes.map((node) => node.register), gateway.register]),
        participants: () => gateway.register.participants(),
        clock: systemClock,
      }),
      createMetricsRouter(() => [...gatewayMetrics(gateway), ...jurisdictionMetrics(nodes, systemClock.now())]),
    ],
    waitingFor: async () => ownReasons(parts, nodes),
  });
}

/** A gateway whose jurisdictions are elsewhere: their routes are relayed. */
export function gatewayApp(
  { gateway, relays, waitingFor }: GatewayApart,
  { config }: Installation,
  parts: ProcessParts,
): Express {
  return application(parts, {
    api: gatewayApi,
    authenticator: gateway.authenticate,
    routers: [
      ...liveRouters(gateway, parts),
      ...gateway.routers,
      createLedgersRouter(
        config.jurisdictions.flatMap((jurisdiction) => {
          const relay = relays.get(jurisdiction.code);
          return relay ? [served(jurisdiction, relayHandler(relay))] : [];
        }),
      ),
      createParticipantsRouter({
        addElsewhere: async (request) => {
          for (const relay of relays.values()) await relayed(relay, request);
        },
        addParticipant: addToRegisters([gateway.register]),
        participants: () => gateway.register.participants(),
        clock: systemClock,
      }),
      createMetricsRouter(() => gatewayMetrics(gateway)),
    ],
    waitingFor: async () => [...ownReasons(parts, []), ...(await waitingFor())],
  });
}

/** A jurisdiction by itself. */
export function jurisdictionApp(
  { node, authenticate, authenticateParty }: JurisdictionApart,
  parts: ProcessParts,
): Express {
  return application(parts, {
    api: jurisdictionApi,
    authenticator: authenticate,
    partyAuthenticator: authenticateParty,
    routers: [
      createPvpRouter(node.jurisdiction, node.evidence, node.events, node.halts, node.balances),
      createLedgersRouter([ownLedger(node)]),
      createParticipantsRouter({
        addParticipant: addToRegisters([node.register]),
        participants: () => node.register.participants(),
        clock: systemClock,
      }),
      createMetricsRouter(() => jurisdictionMetrics([node], systemClock.now())),
    ],
    waitingFor: async () => ownReasons(parts, [node]),
  });
}

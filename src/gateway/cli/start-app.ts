import type { Express } from 'express';
import type { Logger } from 'pino';
import { createLedgerRouter } from '../../ledger/http/router.js';
import { createApp } from '../app.js';
import type { GatewayNode } from '../gateway-node.js';
import type { JurisdictionNode } from '../jurisdiction-node.js';
import { collectMetrics } from '../metrics.js';
import { systemClock, systemRandomness } from '../platform/runtime.js';
import { authoriseLedgerCall, createLedgersRouter } from '../routes/ledgers.js';
import { createMetricsRouter } from '../routes/metrics.js';
import { addToRegisters, createParticipantsRouter } from '../routes/participants.js';

/** The HTTP application of a gateway and the jurisdictions that run beside it. */
export function startApp(
  gateway: GatewayNode,
  nodes: readonly JurisdictionNode[],
  log: Logger,
  isReady: () => boolean,
): Express {
  const ledgers = nodes.map(({ config, ledger, reads }) => ({
    code: config.code,
    currency: config.currency,
    timeZone: config.timeZone,
    router: createLedgerRouter({ ledger, reads, authorise: authoriseLedgerCall }),
  }));
  return createApp({
    authenticator: gateway.authenticate,
    routers: [
      ...gateway.routers,
      createLedgersRouter(ledgers),
      createParticipantsRouter({
        addParticipant: addToRegisters([...nodes.map((node) => node.register), gateway.register]),
        participants: () => gateway.register.participants(),
        clock: systemClock,
      }),
      createMetricsRouter(() => collectMetrics(gateway, nodes)),
    ],
    isReady: async () => isReady() && nodes.every((node) => node.jurisdiction.isOpen()),
    report: (error, requestId) =>
      log.error(
        { requestId, reason: error instanceof Error ? (error.stack ?? error.message) : String(error) },
        'failed',
      ),
    clock: systemClock,
    random: systemRandomness,
    log: (entry) => log.info(entry, 'request'),
  });
}

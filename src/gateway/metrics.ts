import { doubtAge } from '../pvp/doubt.js';
import type { GatewayNode } from './gateway-node.js';
import type { JurisdictionNode } from './jurisdiction-node.js';
import type { Metric } from './routes/metrics.js';

type Samples = Metric['samples'];
const counter = (name: string, help: string, samples: Samples): Metric => ({ name, help, type: 'counter', samples });
const gauge = (name: string, help: string, samples: Samples): Metric => ({ name, help, type: 'gauge', samples });

/** What a gateway counts: batches and items of each stage, and what is open. */
export function gatewayMetrics(gateway: GatewayNode): Metric[] {
  const stages = [{ stage: 'accept', ...gateway.acceptanceCounts }, ...gateway.settlement.counts().stages];
  return [
    counter(
      'otkel_stage_batches_total',
      'Batches of a stage of settlement',
      stages.map(({ stage, batches }) => ({ labels: { stage }, value: batches })),
    ),
    counter(
      'otkel_stage_items_total',
      'Payments or messages in the batches of a stage',
      stages.map(({ stage, items }) => ({ labels: { stage }, value: items })),
    ),
    gauge(
      'otkel_stage_queue',
      'Payments or messages that wait for a batch of a stage',
      stages.map(({ stage, queued }) => ({ labels: { stage }, value: queued })),
    ),
    gauge('otkel_open_payments', 'Payments accepted and not final', [
      { labels: {}, value: gateway.settlement.openCount() },
    ]),
    gauge('otkel_payments_in_doubt', 'Of those, payments that wait for a jurisdiction which does not answer', [
      { labels: {}, value: gateway.settlement.doubtCount() },
    ]),
    gauge(
      'otkel_provider_funds_low',
      "1 while a provider's funds in a currency are below the desk's mark",
      gateway
        .funds()
        .map(({ provider, currency, isLow }) => ({ labels: { provider, currency }, value: isLow ? 1 : 0 })),
    ),
  ];
}

/** What jurisdictions count: blocks, signatures, and what is in doubt. */
export function jurisdictionMetrics(nodes: readonly JurisdictionNode[], now: number): Metric[] {
  const doubts = nodes.flatMap(({ config, jurisdiction }) => {
    const ages = jurisdiction.inDoubt().map((doubt) => doubtAge(doubt, now));
    return (['fresh', 'alarm', 'page'] as const).map((age) => ({
      labels: { ledger: config.code, age },
      value: ages.filter((one) => one === age).length,
    }));
  });
  const alarms = nodes.flatMap(({ config, alarmCounts }) =>
    [...alarmCounts].map(([code, value]) => ({ labels: { ledger: config.code, code }, value })),
  );
  const byLedger = (value: (node: JurisdictionNode) => number): Samples =>
    nodes.map((node) => ({ labels: { ledger: node.config.code }, value: value(node) }));
  return [
    counter(
      'otkel_ledger_blocks_total',
      'Blocks committed, one SQL transaction each',
      byLedger((n) => n.ledger.counts.blocks),
    ),
    counter(
      'otkel_ledger_transactions_total',
      'Ledger transactions in blocks',
      byLedger((n) => n.ledger.counts.transactions),
    ),
    counter(
      'otkel_signer_batches_total',
      'Batches of votes, one SQL transaction each',
      byLedger((n) => n.coSigner.counts.batches),
    ),
    counter(
      'otkel_signer_signatures_total',
      'Signatures of the co-signer',
      byLedger((n) => n.coSigner.counts.signatures),
    ),
    gauge('otkel_in_doubt', 'Legs voted COMMIT whose peer has not answered: under 2 s, under 60 s, longer', doubts),
    counter('otkel_alarms_total', 'Alarms raised since the start', alarms),
    gauge(
      'otkel_clock_trusted',
      '1 while the clock of a co-signer is good enough for new COMMITs',
      byLedger((n) => (n.clockProof.isTrusted() ? 1 : 0)),
    ),
    gauge(
      'otkel_frozen',
      '1 while a corridor takes no new holds',
      byLedger((n) => (n.jurisdiction.isFrozen() ? 1 : 0)),
    ),
  ];
}

/** The routes between gateways and a jurisdiction, and between jurisdictions. */
import type { OperationDraft, PathDrafts } from './model.js';

const BYTES = { 'application/octet-stream': {} };

const step = (id: string, summary: string, description: string): { readonly post: OperationDraft } => ({
  post: {
    id,
    summary,
    description:
      `${description} The body is a batch of at most 1,000 items in canonical bytes; every item succeeds or fails ` +
      'alone and may be sent again. When the answer does not come the outcome is unknown.',
    tag: 'Settlement',
    body: BYTES,
    answers: { 200: { description: 'One result per item, in order', content: BYTES } },
    errors: ['FORBIDDEN', 'UNSUPPORTED_MEDIA_TYPE', 'QUEUE_FULL', 'EPOCH_FENCED'],
  },
});

export const pvpPaths: PathDrafts = {
  '/v1/pvp/prepare': step('prepare', 'PREPARE: hold a leg’s funds', 'For gateways.'),
  '/v1/pvp/deliver': step('deliver', 'Receipts and votes of others: vote, settle', 'For gateways.'),
  '/v1/pvp/cancel': step('cancel', 'CANCEL: abort what has not been voted on', 'For gateways.'),
  '/v1/pvp/query': step('query', 'QUERY: the votes that are known', 'For gateways and the other jurisdictions.'),
  '/v1/pvp/evidence': step('evidence', 'What it can prove of payments', 'For gateways. It only reads.'),
  '/v1/pvp/events/hold': step('holdForEvents', 'Hold the money of payments that wait for events', 'For gateways.'),
  '/v1/pvp/events': step('eventReports', 'Where money that waits for events is', 'For gateways. It only reads.'),
  '/v1/pvp/events/return': step('returnFromEvents', 'Give back money of payments that can’t go on', 'For gateways.'),
  '/v1/pvp/accounts': step('accounts', 'Which wallets stand for accounts', 'For gateways.'),
  '/v1/pvp/halts': step('halts', 'Orders of the desk’s officers to halt trades', 'For gateways.'),
  '/v1/pvp/balances': step(
    'providerBalances',
    'What FX providers have in their wallets',
    'For gateways. It only reads.',
  ),
  '/v1/pvp/marks': step('marks', 'Why marks of legs would refuse them', 'For gateways. It only reads.'),
};

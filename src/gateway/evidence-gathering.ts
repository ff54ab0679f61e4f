/** Puts the evidence of a payment together: what the gateway has, and what each jurisdiction proves. */
import type pg from 'pg';
import { refusal } from '../kernel/errors.js';
import { bicKey, type LedgerCode, type QuoteId } from '../kernel/ids.js';
import type { StoredQuote } from '../pvp/desk-store.js';
import type { EvidencePort, LegEvidence } from '../pvp/leg-evidence.js';
import { readTerms } from '../pvp/terms.js';
import type { PvpKeyRecord } from '../pvp/verify.js';
import { finalReportId } from './documents.js';
import type { EvidenceBundle } from './evidence.js';
import type { ParticipantRegister } from './identity/participants.js';
import { latestBody } from './inbox-store.pg.js';
import { messageKey, messageSources } from './message-store.pg.js';
import { type PaymentRecord, stepsOfPayment } from './payment.js';
import { HttpProblem } from './problem.js';

export interface EvidenceGatheringOptions {
  readonly pool: pg.Pool;
  readonly jurisdictions: ReadonlyMap<LedgerCode, EvidencePort>;
  /** Keys of ledgers and co-signers that this gateway trusts. */
  readonly trustedKeys: readonly PvpKeyRecord[];
  readonly register: ParticipantRegister;
  readonly findQuotes: (quoteIds: readonly QuoteId[]) => Promise<ReadonlyMap<QuoteId, StoredQuote>>;
}

/** Answers the bundle of a payment; `UNAVAILABLE` while a jurisdiction of it can't be reached. */
export function createEvidenceGathering(options: EvidenceGatheringOptions) {
  return async (payment: PaymentRecord): Promise<EvidenceBundle> => {
    const { terms } = payment.terms ? readTerms(payment.terms) : { terms: null };
    const [sources, report, legs, quotes, participantKeys] = await Promise.all([
      messageSources(options.pool, [payment]),
      payment.closedAt === null ? null : latestBody(options.pool, payment.sender, finalReportId(payment)),
      Promise.all((terms?.legs ?? []).map(({ ledger }) => legOf(options, ledger, payment))),
      options.findQuotes(terms?.quotes.map(({ quoteId }) => quoteId) ?? []),
      options.register.keys(),
    ]);
    const source = sources.get(messageKey(payment));
    if (!source) throw new HttpProblem(refusal('NOT_FOUND'));
    const signers = new Set(
      [payment.sender, ...stepsOfPayment(payment.facts).map(({ provider }) => provider)].map(bicKey),
    );
    const ledgers = new Set(legs.map(({ ledger }) => ledger as string));
    return {
      uetr: payment.uetr,
      sender: payment.sender,
      status: payment.status,
      source: source.body,
      authorisation: source.authorisation,
      onward: payment.destination,
      report,
      terms: payment.terms,
      quotes: (terms?.quotes ?? []).flatMap(({ quoteId }) => {
        const stored = quotes.get(quoteId);
        return stored ? [{ bytes: stored.signed.bytes, signature: stored.signed.signature }] : [];
      }),
      legs,
      keys: {
        jurisdictions: options.trustedKeys.filter(({ owner, role }) => ledgers.has(owner) && role !== 'confirmer'),
        participants: participantKeys.filter(({ owner }) => signers.has(bicKey(owner))),
      },
    };
  };
}

async function legOf(
  { jurisdictions }: EvidenceGatheringOptions,
  ledger: LedgerCode,
  { uetr }: PaymentRecord,
): Promise<LegEvidence> {
  const found = await jurisdictions.get(ledger)?.evidence([uetr]);
  if (!found?.[0]) throw new HttpProblem(refusal('UNAVAILABLE', `jurisdiction ${ledger}`));
  return found[0];
}

/** What has just changed here, told to whoever listens in this process: ids only, never content. */
import { type Bic, bicKey, type LedgerCode, type Uetr } from '../kernel/ids.js';
import { type PaymentRecord, stepsOfPayment } from './payment.js';

export type Change =
  | { readonly topic: 'payment'; readonly uetr: Uetr; readonly parties: ReadonlySet<Bic> }
  | { readonly topic: 'ledger'; readonly code: LedgerCode }
  | { readonly topic: 'fx' }
  /** Something at the FX desk that is for those alone who look after it. */
  | { readonly topic: 'desk' };

export interface Feed {
  /** Changes of one moment. Costs nothing while nobody listens. */
  publish(changes: () => readonly Change[]): void;
  /** `listen` must not throw. The answer ends it. */
  subscribe(listen: (changes: readonly Change[]) => void): () => void;
}

export function createFeed(): Feed {
  const listeners = new Set<(changes: readonly Change[]) => void>();
  return {
    publish(changes) {
      if (listeners.size === 0) return;
      const told = changes();
      if (told.length > 0) for (const listen of listeners) listen(told);
    },
    subscribe(listen) {
      listeners.add(listen);
      return () => {
        listeners.delete(listen);
      };
    },
  };
}

/** That a payment changed, with everybody who may read it. */
export const paymentChange = ({ uetr, sender, facts }: PaymentRecord): Change => ({
  topic: 'payment',
  uetr,
  parties: new Set(
    [sender, facts.debtorAgent, facts.creditorAgent, ...stepsOfPayment(facts).map(({ provider }) => provider)].flatMap(
      (bic) => (bic === null ? [] : [bicKey(bic)]),
    ),
  ),
});

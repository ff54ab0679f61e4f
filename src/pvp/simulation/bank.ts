import type { LedgerCode, QuoteId, Uetr } from '../../kernel/ids.js';
import { MARK } from './domestic.js';
import type { QuoteQuestion } from './gateway.js';
import type { Network } from './network.js';
import { BANK, customerWallet, type Order, PROVIDER, signOrder } from './orders.js';
import type { PlannedPayment } from './plan.js';
import type { Random } from './random.js';
import type { Life, VirtualTime } from './time.js';

export interface BankOptions {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly network: Network;
  readonly ledgers: readonly LedgerCode[];
  readonly gateways: () => readonly string[];
  /** An order that the bank signed is about to be sent. */
  readonly ordered: (order: Order) => void;
}

/** The payers' bank: asks for quotes, orders, and sends an order again until a gateway has it. */
export interface Bank {
  plan(payment: PlannedPayment): void;
  /** Every order is with a gateway. */
  readonly isDone: () => boolean;
}

const AGAIN_MS = 700;
const NAME = 'bank';

const marksOf = ({ payerLevel, marksArrival }: PlannedPayment): Pick<Order, 'payerMark' | 'payeeMark'> => ({
  payerMark: payerLevel === null ? null : { side: 'debit', markId: MARK, markLevel: payerLevel },
  payeeMark: marksArrival ? { side: 'credit', markId: MARK } : null,
});

export function createBank({ time, random, network, ledgers, gateways, ordered }: BankOptions): Bank {
  const life: Life = { isOver: false };
  const quoted = new Map<number, QuoteId | null>();
  let openCount = 0;
  const routeOf = ({ forward }: PlannedPayment): LedgerCode[] => (forward ? [...ledgers] : [...ledgers].reverse());

  const ask = (payment: PlannedPayment): void => {
    const question: QuoteQuestion = {
      route: routeOf(payment),
      amountMinor: payment.amountMinor,
      shortQuote: payment.shortQuote,
    };
    network.call<QuoteId | null>(life, NAME, random.pick(gateways()), 'quotes', question).then(
      (quoteId) => quoted.set(payment.id, quoteId),
      () => undefined,
    );
  };
  const order = (payment: PlannedPayment): void => {
    const route = routeOf(payment);
    const asked: Order = {
      uetr: payment.uetr as Uetr,
      debitWallet: customerWallet(route[0]!, payment.payer),
      creditWallet: customerWallet(route.at(-1)!, payment.payee),
      amountMinor: payment.amountMinor,
      ...marksOf(payment),
      route,
      quoteId: quoted.get(payment.quoteOf ?? payment.id) ?? null,
      shortQuote: payment.shortQuote,
    };
    if (!payment.forged) ordered(asked);
    const signed = signOrder(asked, payment.forged ? PROVIDER : BANK);
    const post = (): void => {
      network.call(life, NAME, random.pick(gateways()), 'post', signed).then(
        () => {
          openCount -= 1;
        },
        () => time.after(AGAIN_MS, post),
      );
    };
    post();
  };
  return {
    isDone: () => openCount === 0,
    plan(payment) {
      openCount += 1;
      const { at, quoteLeadMs } = payment;
      if (quoteLeadMs !== null) time.after(Math.max(0, at - quoteLeadMs), () => ask(payment));
      time.after(at, () => order(payment));
    },
  };
}

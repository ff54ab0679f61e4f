/** What is asked of the list of payments, and how far a reader got in it. */
import { type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, bicKey, isBic, isUuidV4, type Uetr } from '../kernel/ids.js';
import { formatMinor, parseAmount } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import { givenMinor, type PaymentRecord, type TransactionStatus } from './payment.js';

/** The last payment that was looked at; the list goes on with what was accepted before it. */
export interface PaymentPlace {
  readonly acceptedAt: number;
  readonly sender: string;
  readonly msgId: string;
  readonly index: number;
}

/** Whose payments: all; those that a bank sent or gets; those that a provider converts. */
export type PaymentScope =
  | { readonly kind: 'all' }
  | { readonly kind: 'bank'; readonly bic: Bic }
  | { readonly kind: 'provider'; readonly bic: Bic };

export const PAYMENT_STATUSES = ['ACTC', 'PDNG', 'ACSC', 'ACCC', 'RJCT'] as const satisfies TransactionStatus[];
export const PAYMENTS_MAX = 500;
const PAYMENTS_DEFAULT = 100;

/** Every condition that is not null must hold. Amounts are minor units of a leg in `currency`. */
export interface PaymentSearch {
  readonly uetr: Uetr | null;
  readonly msgId: string | null;
  /** Sender, debtor agent or creditor agent. */
  readonly bank: Bic | null;
  readonly statuses: readonly TransactionStatus[] | null;
  readonly currency: string | null;
  readonly minorMin: bigint | null;
  readonly minorMax: bigint | null;
  readonly after: PaymentPlace | null;
  readonly limit: number;
}

/** A page, newest first. A page may have fewer payments than asked for, or none, and yet be followed by another. */
export interface PaymentPage {
  readonly payments: readonly ListedPayment[];
  readonly next: PaymentPlace | null;
}

/** What the list shows of a payment. */
export type ListedPayment = Omit<PaymentRecord, 'differences' | 'terms' | 'destination'>;

const PARAMETERS = ['uetr', 'msgId', 'bank', 'status', 'currency', 'amountMin', 'amountMax', 'after', 'limit'];
const MSG_ID = /^[^\p{C}]{1,35}$/u;
const CURRENCY = /^[A-Z]{3}$/;

/** A place as text that tells a caller nothing, and is read back by {@link readPlace} alone. */
export const placeText = ({ acceptedAt, sender, msgId, index }: PaymentPlace): string =>
  Buffer.from(JSON.stringify([acceptedAt, sender, msgId, index])).toString('base64url');

function readPlace(text: string): PaymentPlace | null {
  try {
    const [acceptedAt, sender, msgId, index, ...more] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const place = { acceptedAt, sender, msgId, index };
    const isPlace =
      more.length === 0 &&
      Number.isSafeInteger(acceptedAt) &&
      Number.isInteger(index) &&
      Math.abs(index) < 2 ** 31 &&
      typeof sender === 'string' &&
      typeof msgId === 'string' &&
      placeText(place) === text;
    return isPlace && !`${sender}${msgId}`.includes('\0') ? place : null;
  } catch {
    return null;
  }
}

const isStatus = (text: string): text is TransactionStatus => PAYMENT_STATUSES.some((status) => status === text);

function amountsOf(given: ReadonlyMap<string, string>): Pick<PaymentSearch, 'minorMin' | 'minorMax'> | string {
  const currency = given.get('currency');
  const [min, max] = ['amountMin', 'amountMax'].map((name) => {
    const text = given.get(name);
    if (text === undefined) return null;
    const amount = currency === undefined ? null : parseAmount(text, currency);
    return amount?.ok ? amount.value.minor : undefined;
  });
  if (min === undefined || max === undefined) return 'amountMin and amountMax are amounts of the currency named';
  return { minorMin: min, minorMax: max };
}

/** Reads the query of a request for payments; what is not known here is `BAD_REQUEST`. */
export function readPaymentSearch(query: Readonly<Record<string, unknown>>): Result<PaymentSearch, Refusal> {
  const refuse = (detail: string) => err(refusal('BAD_REQUEST', detail));
  const given = new Map<string, string>();
  for (const [name, value] of Object.entries(query)) {
    if (!PARAMETERS.includes(name)) return refuse('the query has a parameter not known here');
    if (typeof value !== 'string') return refuse(`${name} is given more than once`);
    given.set(name, value);
  }
  const [uetr, msgId, bank] = ['uetr', 'msgId', 'bank'].map((name) => given.get(name) ?? null);
  if (uetr != null && !isUuidV4(uetr)) return refuse('uetr is not a UUIDv4');
  if (msgId != null && !MSG_ID.test(msgId)) return refuse('msgId is not 1 to 35 printable characters');
  if (bank != null && !isBic(bank)) return refuse('bank is not a BIC');
  const currency = given.get('currency') ?? null;
  if (currency !== null && !CURRENCY.test(currency)) return refuse('currency is three capital letters');
  const statuses = given.get('status')?.split(',') ?? null;
  if (statuses !== null && !statuses.every(isStatus)) return refuse(`status is of ${PAYMENT_STATUSES.join(', ')}`);
  const amounts = amountsOf(given);
  if (typeof amounts === 'string') return refuse(amounts);
  const limit = given.get('limit') ?? String(PAYMENTS_DEFAULT);
  if (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > PAYMENTS_MAX) return refuse(`limit is 1 to ${PAYMENTS_MAX}`);
  const after = given.get('after');
  const place = after === undefined ? null : readPlace(after);
  if (after !== undefined && place === null) return refuse('after is not `next` of a page');
  return ok({
    uetr: (uetr ?? null) as Uetr | null,
    msgId: msgId ?? null,
    bank: bank == null ? null : bicKey(bank),
    statuses: statuses as TransactionStatus[] | null,
    currency,
    ...amounts,
    after: place,
    limit: Number(limit),
  });
}

/** A payment in a list. The amounts are what the payer gives and what the payee gets; null before terms were formed. */
export const listedPaymentView = (payment: ListedPayment) => {
  const money = (leg: ListedPayment['facts']['legs'][number] | undefined, minor: bigint) =>
    leg === undefined
      ? null
      : { amount: formatMinor(minor, leg.currency), currency: leg.currency, minor: minor.toString() };
  const { legs, debtorAgent, creditorAgent, provider } = payment.facts;
  return {
    uetr: payment.uetr,
    sender: payment.sender,
    msgId: payment.msgId,
    status: payment.status,
    state: payment.state,
    reason: payment.reason,
    debtorAgent,
    creditorAgent,
    provider,
    source: money(legs[0], givenMinor(payment.facts)),
    target: money(legs.at(-1), BigInt(legs.at(-1)?.amountMinor ?? 0)),
    acceptedAt: new Date(payment.acceptedAt).toISOString(),
    closedAt: payment.closedAt === null ? null : new Date(payment.closedAt).toISOString(),
  };
};

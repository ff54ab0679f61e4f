import { type Refusal, refusal } from '../../kernel/errors.js';
import { equalBytes, sha256 } from '../../kernel/hash.js';
import type { Bic, LedgerCode, QuoteId, Uetr, WalletId } from '../../kernel/ids.js';
import { err, ok, type Result } from '../../kernel/result.js';
import type { PublicKeyRecord, Signer } from '../../kernel/signature.js';
import type { LegMark } from '../../ledger/types.js';
import type { LegCheck, LegCheckItem } from '../jurisdiction-port.js';
import { createKnownTrees } from '../known-trees.js';
import { type Quote, quoteHash } from '../quote.js';
import { verifyQuote } from '../quote-signature.js';
import { DEFAULT_TIMES } from '../terms.js';
import { createSimulatedSigner, verifySimulated } from './keys.js';

/** What a payer's bank orders and signs: the simulation's source message. */
export interface Order {
  readonly uetr: Uetr;
  readonly debitWallet: WalletId;
  readonly creditWallet: WalletId;
  readonly amountMinor: bigint;
  /** Of the money that pays, and of what the payee gets; null for ordinary money. */
  readonly payerMark: LegMark | null;
  readonly payeeMark: LegMark | null;
  /** From the payer's to the payee's. */
  readonly route: readonly LedgerCode[];
  /** The offer that the bank names; null when it leaves that to the gateway. */
  readonly quoteId: QuoteId | null;
  readonly shortQuote: boolean;
}

export interface SignedOrder {
  readonly bytes: Uint8Array;
  readonly signature: Uint8Array;
}

export const CURRENCY: Readonly<Record<string, string>> = { KZ: 'KZT', US: 'USD', CN: 'CNY' };
export const customerWallet = (code: LedgerCode, index: number): WalletId =>
  `${code.toLowerCase()}-customer-${index}` as WalletId;
/** The provider is paid into one wallet and pays from another: a vehicle currency passes through both. */
export const providerWallet = (code: LedgerCode, side: 'in' | 'out'): WalletId =>
  `${code.toLowerCase()}-provider-${side}` as WalletId;
export const suspenseWallet = (code: LedgerCode): WalletId => `${code.toLowerCase()}-suspense` as WalletId;
export const BANK_BIC = 'BANKKZ20' as Bic;
export const PROVIDER_BIC = 'PROVKZ20' as Bic;
export const BANK = createSimulatedSigner('bank');
export const PROVIDER = createSimulatedSigner('provider');

export const encodeOrder = (order: Order): Buffer =>
  Buffer.from(JSON.stringify({ ...order, amountMinor: order.amountMinor.toString() }));
export function decodeOrder(bytes: Uint8Array): Order {
  const order = JSON.parse(Buffer.from(bytes).toString()) as Order & { amountMinor: string };
  return { ...order, amountMinor: BigInt(order.amountMinor) };
}

/** The translated message for the payee's side: what the bank's order says to it. */
export const destinationOf = ({ uetr, creditWallet, payeeMark, route }: Order): Buffer =>
  Buffer.from(JSON.stringify({ uetr, creditWallet, payeeMark, ledger: route.at(-1) }));

/** The mark of a leg is the one that was asked for. */
export const isSameMark = (a: LegMark | null, b: LegMark | null): boolean =>
  a?.side === b?.side && a?.markId === b?.markId && levelOf(a) === levelOf(b);
const levelOf = (mark: LegMark | null): number | null => (mark?.side === 'debit' ? mark.markLevel : null);

export const signOrder = (order: Order, signer: Signer): SignedOrder => {
  const bytes = encodeOrder(order);
  return { bytes, signature: signer.sign(bytes) };
};

const providerKey: PublicKeyRecord = {
  keyId: PROVIDER.keyId,
  owner: PROVIDER_BIC,
  suite: PROVIDER.suite,
  publicKey: PROVIDER.publicKey,
  validFrom: 0,
  validTo: null,
};

type Checked = Result<true, Refusal>;
const invalid = (detail: string): Checked => err(refusal('AUTHORISATION_INVALID', detail));

/** The leg check of one jurisdiction: the bank signed exactly this debit, the provider by its quotes every other. */
export function createOrderCheck(code: LedgerCode, now: () => number): LegCheck {
  const trees = createKnownTrees();
  const readQuotes = (item: LegCheckItem): Result<Quote[], Refusal> => {
    const quotes: Quote[] = [];
    for (const [i, named] of item.terms.quotes.entries()) {
      const bytes = item.quotes[i];
      if (!bytes || !equalBytes(quoteHash(bytes), named.quoteHash)) return err(refusal('QUOTE_MISMATCH'));
      const key = (keyId: string) => (keyId === providerKey.keyId ? providerKey : undefined);
      const quote = verifyQuote(bytes, named.providerSignature, key, now(), trees, verifySimulated);
      if (!quote.ok) return quote;
      if (quote.value.quoteId !== named.quoteId) return err(refusal('QUOTE_MISMATCH'));
      quotes.push(quote.value);
    }
    return ok(quotes);
  };

  const check = (item: LegCheckItem): Checked => {
    const { terms, legIndex, documentBytes } = item;
    if (terms.legs[legIndex]?.ledger !== code) return err(refusal('TERMS_INVALID', 'the leg is of another ledger'));
    const quotes = readQuotes(item);
    if (!quotes.ok) return quotes;
    if (!quotes.value.every((quote, i) => isQuoteOf(terms, quote, i))) return err(refusal('QUOTE_MISMATCH'));
    if (quotes.value.some((quote) => terms.voteBy > quote.validUntil - DEFAULT_TIMES.quoteMarginMs))
      return err(refusal('QUOTE_EXPIRED'));
    const document = legIndex === 0 ? terms.sourceMessageHash : terms.destinationMessageHash;
    if (!equalBytes(sha256(documentBytes), document)) return err(refusal('TERMS_INVALID', 'another document'));
    return legIndex === 0 ? checkPayer(item) : checkPayee(item);
  };
  return { check: async (items) => items.map(check) };
}

function isQuoteOf(terms: LegCheckItem['terms'], quote: Quote, index: number): boolean {
  const source = terms.legs[index]!;
  const target = terms.legs[index + 1]!;
  return (
    source.ledger === quote.sourceLedger &&
    source.creditWallet === quote.sourceProviderWallet &&
    source.amountMinor === quote.sourceAmountMinor &&
    target.ledger === quote.targetLedger &&
    target.debitWallet === quote.targetProviderWallet &&
    target.amountMinor === quote.targetAmountMinor
  );
}

function checkPayer({ terms, documentBytes, authorisation }: LegCheckItem): Checked {
  const isSigned =
    authorisation instanceof Uint8Array && verifySimulated(BANK.suite, BANK.publicKey, documentBytes, authorisation);
  if (!isSigned) return invalid('the order is not signed');
  const order = decodeOrder(documentBytes);
  const leg = terms.legs[0]!;
  const isOrdered =
    order.uetr === terms.pvpId &&
    order.debitWallet === leg.debitWallet &&
    order.amountMinor === leg.amountMinor &&
    isSameMark(order.payerMark, leg.mark);
  if (!isOrdered) return invalid('another debit than ordered');
  const isPaid = equalBytes(sha256(destinationOf(order)), terms.destinationMessageHash);
  return isPaid ? ok(true) : invalid('another payee than ordered');
}

function checkPayee({ terms, legIndex, documentBytes }: LegCheckItem): Checked {
  const document = JSON.parse(Buffer.from(documentBytes).toString()) as Order;
  if (document.uetr !== terms.pvpId) return invalid('of another payment');
  const leg = terms.legs[legIndex]!;
  const isLast = legIndex === terms.legs.length - 1;
  const isPaid = document.creditWallet === leg.creditWallet && isSameMark(document.payeeMark, leg.mark);
  return !isLast || isPaid ? ok(true) : invalid('another payee, or under another mark');
}

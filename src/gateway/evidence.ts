/**
 * The evidence of one payment: everything that proves what became of it, and its check without access to any server.
 * docs/evidence.md describes the document.
 */
import { readInstructions } from '../iso20022/instruction.js';
import { children, text } from '../iso20022/tree.js';
import type { MessageReader } from '../iso20022/types.js';
import { equalBytes, sha256 } from '../kernel/hash.js';
import { type Bic, bicKey, type Uetr } from '../kernel/ids.js';
import { formatMinor, parseAmount } from '../kernel/money.js';
import type { PublicKeyRecord } from '../kernel/signature.js';
import { isSameCharge } from '../ledger/movement.js';
import { type Findings, type ProvenEnd, verifyLegs } from '../pvp/evidence.js';
import type { LegEvidence } from '../pvp/leg-evidence.js';
import { decodeQuote, priceOf, type Quote, quoteHash } from '../pvp/quote.js';
import { type KeyLookup, verifyQuote } from '../pvp/quote-signature.js';
import { heldMinorOf, type PvpLeg, type PvpTerms, type ReadTerms, readTerms } from '../pvp/terms.js';
import { createVerifier, type PvpKeyRecord } from '../pvp/verify.js';
import { suspenseWallet } from './config.js';
import { verifyAuthorisation } from './identity/authorisation.js';
import type { TransactionStatus } from './payment.js';

export interface EvidenceBundle {
  readonly uetr: Uetr;
  /** BIC of the bank that sent the message. */
  readonly sender: Bic;
  readonly status: TransactionStatus;
  /** The message that came in, and the sender's signature over it. */
  readonly source: Uint8Array;
  readonly authorisation: Uint8Array;
  /** The message that went on; null when terms were never formed. */
  readonly onward: Uint8Array | null;
  /** The final pacs.002; null while there is none. */
  readonly report: Uint8Array | null;
  readonly terms: Uint8Array | null;
  /** In the order of the terms. */
  readonly quotes: readonly { readonly bytes: Uint8Array; readonly signature: Uint8Array }[];
  readonly legs: readonly LegEvidence[];
  readonly keys: EvidenceKeys;
}

export interface EvidenceKeys {
  /** Of ledgers and co-signers. */
  readonly jurisdictions: readonly PvpKeyRecord[];
  /** Of banks and providers. */
  readonly participants: readonly PublicKeyRecord[];
}

export interface EvidenceVerdict {
  /** Who proved what, in the order in which it happened. */
  readonly proven: readonly { readonly who: string; readonly what: string }[];
  /** What does not verify; empty when everything does. */
  readonly faults: readonly string[];
}

interface Context extends Findings {
  readonly bundle: EvidenceBundle;
  readonly keys: EvidenceKeys;
  readonly key: KeyLookup;
  readonly reader: MessageReader;
}

/** Checks a bundle against these keys and nothing else. */
export async function verifyEvidence(
  bundle: EvidenceBundle,
  keys: EvidenceKeys,
  reader: MessageReader,
): Promise<EvidenceVerdict> {
  const proven: { who: string; what: string }[] = [];
  const faults: string[] = [];
  const participants = new Map(keys.participants.map((key) => [key.keyId, key]));
  const context: Context = {
    bundle,
    keys,
    reader,
    key: (keyId) => participants.get(keyId),
    proven: (who, what) => void proven.push({ who, what }),
    fault: (where, what) => void faults.push(`${where}: ${what}`),
  };
  await verifySource(context);
  const terms = verifyTerms(context);
  const end = terms?.terms ? verifySettlement(context, { ...terms, terms: terms.terms }) : null;
  verifyStatus(context, end);
  return { proven, faults };
}

async function verifySource({ bundle, key, proven, fault, reader }: Context): Promise<void> {
  const { source, authorisation, sender, uetr } = bundle;
  const posted = { method: 'POST', path: '/v1/messages' };
  const signed = await verifyAuthorisation(authorisation, source, posted, async (keyId) => key(keyId) ?? null);
  if (!signed.ok || bicKey(signed.value.owner as Bic) !== bicKey(sender)) {
    fault('authorisation', 'the sender has not signed this message');
    return;
  }
  const read = reader.read(source);
  const isIn = read.ok && readInstructions(read.value).some((instruction) => instruction.uetr === uetr);
  if (!isIn) fault('source', 'the message has no transaction of this UETR');
  proven(
    `bank ${sender}`,
    `signed the message ${hex(sha256(source))} at ${new Date(signed.value.createdAt).toISOString()}`,
  );
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** The terms are of this payment and these two messages; null where there are none. */
function verifyTerms({ bundle, reader, proven, fault }: Context): ReadTerms | null {
  if (bundle.terms === null) {
    if (bundle.legs.length + bundle.quotes.length > 0 || bundle.onward !== null)
      fault('terms', 'there are none, and something that follows from terms');
    proven('gateway', 'names no terms: that nothing was settled is its word');
    return null;
  }
  const read = readTerms(bundle.terms);
  const { terms } = read;
  if (terms?.pvpId !== bundle.uetr) {
    fault('terms', 'they are not of this payment');
    return null;
  }
  if (!equalBytes(sha256(bundle.source), terms.sourceMessageHash))
    fault('terms', 'they are of another message than came in');
  if (bundle.onward === null || !equalBytes(sha256(bundle.onward), terms.destinationMessageHash))
    fault('terms', 'they are of another message than went on');
  if (!isFor(reader, bundle.source, bundle.uetr, terms, terms.legs[0]))
    fault('terms', 'the first leg is not for the amount of the message');
  if (bundle.onward !== null && !isFor(reader, bundle.onward, bundle.uetr, terms, terms.legs.at(-1)))
    fault('terms', 'the last leg is not for the amount of the message that went on');
  const legs = terms.legs.map((leg) => `${leg.ledger} ${formatMinor(leg.amountMinor, leg.currency)} ${leg.currency}`);
  const { charge } = terms;
  const charged = charge ? `, charge ${formatMinor(charge.amountMinor, terms.legs[0]!.currency)}` : '';
  proven('terms', `${hex(read.termsHash)}: ${legs.join(', ')}${charged}`);
  return read;
}

/** Whether the message settles this leg's amount, with what is charged, for the payment. */
function isFor(
  reader: MessageReader,
  bytes: Uint8Array,
  uetr: Uetr,
  terms: PvpTerms,
  leg: PvpLeg | undefined,
): boolean {
  const read = reader.read(bytes);
  const told = read.ok ? readInstructions(read.value).find((instruction) => instruction.uetr === uetr) : undefined;
  const amount = told && parseAmount(told.settlementAmount.text, told.settlementAmount.currency);
  const minor = leg && heldMinorOf(terms, leg);
  return amount?.ok === true && amount.value.minor === minor && amount.value.currency === leg?.currency;
}

function verifySettlement(given: Context, { terms, termsHash }: ReadTerms & { terms: PvpTerms }): ProvenEnd {
  const { bundle, keys, proven, fault } = given;
  verifyQuotes(given, terms);
  const byId = new Map(keys.jurisdictions.map((key) => [key.keyId, key]));
  const verifier = createVerifier({ key: (keyId) => byId.get(keyId) });
  try {
    const context = { verifier, keys: keys.jurisdictions, suspenseWallet, proven, fault };
    return verifyLegs(context, terms, termsHash, bundle.legs);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    fault('legs', `bytes that are not canonical: ${error.message}`);
    return null;
  }
}

/** Each quote of the terms is there, is the provider's, is for the amounts of its two legs, and names the next one. */
function verifyQuotes({ bundle, key, proven, fault }: Context, terms: PvpTerms): void {
  if (bundle.quotes.length !== terms.quotes.length) fault('quotes', 'they are not those of the terms');
  const quotes: Quote[] = [];
  for (const [i, named] of terms.quotes.entries()) {
    const given = bundle.quotes[i];
    const verified = given && verifyQuote(given.bytes, given.signature, key, issuedAt(given.bytes));
    if (!given || !verified?.ok || !equalBytes(quoteHash(given.bytes), named.quoteHash)) {
      fault('quotes', `quote ${i + 1} is not the one of the terms, or its provider has not signed it`);
      continue;
    }
    const quote = verified.value;
    quotes.push(quote);
    const [source, target] = [terms.legs[i], terms.legs[i + 1]];
    const fits =
      quote.quoteId === named.quoteId &&
      source?.ledger === quote.sourceLedger &&
      target?.ledger === quote.targetLedger &&
      source.currency === quote.sourceCurrency &&
      target.currency === quote.targetCurrency &&
      source.amountMinor === quote.sourceAmountMinor &&
      target.amountMinor === quote.targetAmountMinor &&
      source.creditWallet === quote.sourceProviderWallet &&
      target.debitWallet === quote.targetProviderWallet;
    if (!fits) fault('quotes', `quote ${i + 1} is for other legs than those of the terms`);
    else proven(`provider ${quote.providerBic}`, `offered the rate ${quote.rate} by quote ${quote.quoteId}`);
  }
  if (quotes.length !== terms.quotes.length) return;
  if (!priceOf(quotes)) fault('quotes', 'they do not follow upon each other');
  if (!isSameCharge(quotes[0]?.charge, terms.charge)) fault('quotes', 'the charge is another than that of the terms');
}

const issuedAt = (bytes: Uint8Array): number => {
  try {
    return decodeQuote(bytes).issuedAt;
  } catch {
    return 0;
  }
};

/** The status says what the jurisdictions decided, and so does the pacs.002 that the bank got. */
function verifyStatus({ bundle, reader, fault, proven }: Context, end: ProvenEnd): void {
  const { status, uetr, report } = bundle;
  const isSettled = status === 'ACSC' || status === 'ACCC';
  if (isSettled && end !== 'COMMIT') fault('status', `it is ${status} and no certificate proves it`);
  if (status === 'RJCT' && bundle.terms !== null && end !== 'ABORT')
    fault('status', 'it is RJCT and no vote proves it');
  if (report === null) {
    if (isSettled || status === 'RJCT') fault('report', 'it is final and there is no final pacs.002');
    return;
  }
  const read = reader.read(report);
  const lines = read.ok ? children(read.value.document.root, 'TxInfAndSts') : [];
  const own = lines.length === 1 ? lines : lines.filter((line) => text(line, 'OrgnlUETR') === uetr);
  const told = own.map((line) => [text(line, 'OrgnlUETR') ?? uetr, text(line, 'TxSts')]);
  if (told.length !== 1 || told[0]![0] !== uetr || told[0]![1] !== status)
    fault('report', `the pacs.002 does not say ${status} of this payment`);
  else proven('gateway', `told the bank ${status} (a message, not a proof)`);
}

/**
 * A jurisdiction's own check that its leg was authorised (pvp `LegCheck`): the payer's bank signed these source bytes,
 * the providers signed the quotes, and the leg moves exactly what they say between exactly the wallets that this
 * ledger's register names. Each leg has a side that pays and one that is paid: the payer at the first leg and the payee
 * at the last, everywhere else a provider by its quote. The payer's side also sees the destination document, and refuses
 * one that pays somebody else than the source document does. It trusts nothing that the gateway says.
 */
import { type PaymentInstruction, readInstructions } from '../iso20022/instruction.js';
import type { MessageReader } from '../iso20022/types.js';
import { createBatcher } from '../kernel/batcher.js';
import type { Clock } from '../kernel/clock.js';
import { groupBy } from '../kernel/collections.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { equalBytes, messageHash } from '../kernel/hash.js';
import { type Bic, bicKey, type WalletId } from '../kernel/ids.js';
import { parseAmount } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { PublicKeyRecord } from '../kernel/signature.js';
import { isSameCharge } from '../ledger/movement.js';
import type { Ledger, LegCharge, Wallet } from '../ledger/types.js';
import { type ChargeRule, chargedMinor } from '../pvp/charge.js';
import type { LegCheck, LegCheckItem } from '../pvp/jurisdiction-port.js';
import { createKnownTrees, type KnownTrees } from '../pvp/known-trees.js';
import { checkQuoteAgainstMessage, checkQuoteIsNotWorse, priceOf, type Quote, quoteHash } from '../pvp/quote.js';
import { verifyQuote } from '../pvp/quote-signature.js';
import { DEFAULT_TIMES, heldMinorOf, type PvpLeg } from '../pvp/terms.js';
import { type Authorisation, verifyAuthorisation } from './identity/authorisation.js';
import type { Participant, ParticipantRegister } from './identity/participants.js';
import { checkRenewed, quotedMessage } from './quoted-message.js';

/** Where a bank's signature over a posted message counts. */
const POSTED = { method: 'POST', path: '/v1/messages' } as const;

/** How long after its bank signed it a payment may be prepared: a refused message must not be revived much later. */
export const AUTHORISATION_AGE_MAX_MS = 24 * 3_600_000;

/** What the payer's side is shown besides the source document (`PrepareItem.authorisation`). */
export interface PayerAuthorisation {
  /** The bank's signature over the posted message, as `encodeAuthorisation` writes it. */
  readonly record: Uint8Array;
  /** The destination document, whose hash the terms carry. */
  readonly destination: Uint8Array;
}

/** Whether what a payment is prepared with is a payer’s authorisation. */
export const isPayerAuthorisation = (value: unknown): value is PayerAuthorisation =>
  typeof value === 'object' &&
  value !== null &&
  'record' in value &&
  value.record instanceof Uint8Array &&
  'destination' in value &&
  value.destination instanceof Uint8Array;

export interface LegCheckOptions {
  readonly ledger: Pick<Ledger, 'code' | 'resolveAccounts' | 'settlementWallet' | 'wallet'>;
  /** This jurisdiction's own register of participants' keys. */
  readonly register: ParticipantRegister;
  readonly reader: MessageReader;
  readonly clock: Clock;
  /** The most that a payment may be charged, of what it gives; any part of it where there is none. */
  readonly chargeMost?: ChargeRule | undefined;
}

type Checked<T> = Result<T, Refusal>;

export function createLegCheck(options: LegCheckOptions): LegCheck {
  const verified = createKnownTrees();
  return {
    async check(items) {
      const keys = new Map((await options.register.keys()).map((key) => [key.keyId, key]));
      const context = { ...options, lookups: sharedLookups(options.ledger), documents: sharedDocuments(options) };
      return Promise.all(items.map((item) => checkAlone(context, item, keys, verified)));
    },
  };
}

/** Reads of one batch: accounts that are asked for in the same turn share a query, a wallet is read once. */
interface Lookups {
  account(agentBic: Bic, accountId: string): Promise<Wallet | null>;
  wallet(walletId: WalletId): Promise<Wallet | null>;
}

const LOOKUP_LIMITS = { batchMax: 1_000, queueMax: 100_000 };

function sharedLookups(ledger: LegCheckOptions['ledger']): Lookups {
  const accounts = createBatcher<{ agentBic: Bic; accountId: string }, Wallet | null>(
    (questions) => ledger.resolveAccounts(questions),
    LOOKUP_LIMITS,
  );
  const wallets = new Map<WalletId, Promise<Wallet | null>>();
  return {
    account: (agentBic, accountId) => accounts.submit({ agentBic, accountId }),
    wallet: (walletId) => {
      const known = wallets.get(walletId) ?? ledger.wallet(walletId);
      wallets.set(walletId, known);
      return known;
    },
  };
}

/** What was found out about the documents of one batch: the transactions of one message share its bytes. */
interface Documents {
  read(bytes: Uint8Array): SourceDocument;
  /** The proof that a bank posted these bytes. */
  posted(authorisation: Uint8Array, bytes: Uint8Array): Promise<Checked<Authorisation>>;
}

interface SourceDocument {
  readonly hash: Uint8Array;
  /** By UETR; null when the bytes are no pacs.008. */
  readonly instructions: ReadonlyMap<string, readonly PaymentInstruction[]> | null;
}

function sharedDocuments({ reader, register }: LegCheckOptions): Documents {
  const documents = new Map<Uint8Array, SourceDocument>();
  const proofs = new Map<Uint8Array, Map<Uint8Array, Promise<Checked<Authorisation>>>>();
  return {
    read: (bytes) => {
      const known = documents.get(bytes) ?? readDocument(reader, bytes);
      documents.set(bytes, known);
      return known;
    },
    posted: (authorisation, bytes) => {
      const ofBytes = proofs.get(bytes) ?? new Map<Uint8Array, Promise<Checked<Authorisation>>>();
      proofs.set(bytes, ofBytes);
      const known = ofBytes.get(authorisation) ?? verifyAuthorisation(authorisation, bytes, POSTED, register.key);
      ofBytes.set(authorisation, known);
      return known;
    },
  };
}

function readDocument(reader: MessageReader, bytes: Uint8Array): SourceDocument {
  const read = reader.read(bytes);
  const isCreditTransfer = read.ok && read.value.document.messageId.startsWith('pacs.008.');
  const instructions = isCreditTransfer ? groupBy(readInstructions(read.value), ({ uetr }) => uetr) : null;
  return { hash: messageHash(bytes), instructions };
}

/** An item whose check breaks is refused alone: what one gateway sends must not stop the others of its batch. */
async function checkAlone(...args: Parameters<typeof checkItem>): Promise<Checked<true>> {
  try {
    return await checkItem(...args);
  } catch (error) {
    return err(refusal('TERMS_INVALID', error instanceof Error ? error.name : 'the check failed'));
  }
}

type CheckContext = LegCheckOptions & { readonly lookups: Lookups; readonly documents: Documents };

async function checkItem(
  options: CheckContext,
  item: LegCheckItem,
  keys: ReadonlyMap<string, PublicKeyRecord>,
  verified: KnownTrees,
): Promise<Checked<true>> {
  const leg = item.terms.legs[item.legIndex];
  if (leg?.ledger !== options.ledger.code) return err(refusal('TERMS_INVALID', 'the leg is of another ledger'));
  const instruction = instructionOf(options.documents, item);
  if (!instruction.ok) return instruction;
  const amount = checkAmount(instruction.value, item);
  if (!amount.ok) return amount;
  const conditions = checkConditions(instruction.value, item, leg);
  if (!conditions.ok) return conditions;
  const quotes = await checkQuotes(options, item, (keyId) => keys.get(keyId), verified);
  if (!quotes.ok) return quotes;
  // Quote i is from leg i to leg i + 1: its provider is paid at the one and pays at the other.
  const [paying, paid] = [quotes.value[item.legIndex - 1], quotes.value[item.legIndex]];
  const debit = paying
    ? await checkProvider(options, leg.debitWallet, paying)
    : await checkPayer(options, item, leg, instruction.value, quotes.value);
  if (!debit.ok) return debit;
  return paid
    ? checkProvider(options, leg.creditWallet, paid)
    : checkPayee(options, leg.creditWallet, instruction.value);
}

/** The transaction of this payment in the document whose hash the terms carry. */
function instructionOf(documents: Documents, item: LegCheckItem): Checked<PaymentInstruction> {
  const { terms, documentBytes } = item;
  const expected = item.legIndex === 0 ? terms.sourceMessageHash : terms.destinationMessageHash;
  const { hash, instructions } = documents.read(documentBytes);
  if (!equalBytes(hash, expected)) return err(refusal('TERMS_INVALID', 'another document'));
  if (!instructions) return err(refusal('TERMS_INVALID', 'the document is no pacs.008'));
  // A UETR belongs to the first transaction that names it: which one is paid is not the gateway's choice.
  const [first] = instructions.get(terms.pvpId) ?? [];
  return first ? ok(first) : err(refusal('TERMS_INVALID', 'the payment is not in the document'));
}

/** A document says what is settled where its payment begins or ends. */
function checkAmount({ settlementAmount }: PaymentInstruction, { terms, legIndex }: LegCheckItem): Checked<true> {
  const leg = legIndex === 0 ? terms.legs[0] : terms.legs.at(-1);
  const amount = parseAmount(settlementAmount.text, settlementAmount.currency);
  // What the payer's bank signed is all that its ledger takes, whatever is charged.
  const minor = leg && heldMinorOf(terms, leg);
  return amount.ok && amount.value.minor === minor && settlementAmount.currency === leg?.currency
    ? ok(true)
    : err(refusal('AUTHORISATION_INVALID', 'the amount is not the one in the document'));
}

/** What is marked, and what the money waited for, is what the document says where it is read. */
function checkConditions(
  { conditions }: PaymentInstruction,
  { terms, legIndex }: LegCheckItem,
  leg: PvpLeg,
): Checked<true> {
  const { event, debtorMark, creditorMark } = conditions;
  const { mark } = leg;
  if (legIndex === 0 && (event?.eventId ?? null) !== (terms.eventId ?? null))
    return err(refusal('AUTHORISATION_INVALID', 'the event is not the one in the document'));
  const asked = legIndex === 0 ? debtorMark : legIndex === terms.legs.length - 1 ? creditorMark : null;
  const isSame =
    mark === null || asked === null
      ? mark === asked
      : mark.markId === asked.markId && (mark.side === 'credit' || mark.markLevel === debtorMark?.markLevel);
  return isSame ? ok(true) : err(refusal('AUTHORISATION_INVALID', 'the mark is not the one in the document'));
}

/** The quotes of the terms, which follow upon each other from the payer's leg to the payee's. */
async function checkQuotes(
  { register, clock }: CheckContext,
  item: LegCheckItem,
  key: (keyId: string) => PublicKeyRecord | undefined,
  verified: KnownTrees,
): Promise<Checked<readonly Quote[]>> {
  const quotes: Quote[] = [];
  for (const index of item.terms.quotes.keys()) {
    const quote = checkQuote(item, index, key, clock.now(), verified);
    if (!quote.ok) return quote;
    const provider = await register.participant(quote.value.providerBic);
    if (provider?.role !== 'provider')
      return err(refusal('QUOTE_SIGNATURE_INVALID', 'the signer is no provider of this ledger'));
    quotes.push(quote.value);
  }
  if (!priceOf(quotes)) return err(refusal('QUOTE_MISMATCH', 'the quotes do not follow upon each other'));
  return isSameCharge(item.terms.charge, quotes[0]?.charge)
    ? ok(quotes)
    : err(refusal('QUOTE_MISMATCH', 'the charge is not the one of the quote'));
}

/** A provider's quote: signed by it, of these terms, for the amounts of both its legs, and good until after the vote. */
function checkQuote(
  { terms, quotes }: LegCheckItem,
  index: number,
  key: (keyId: string) => PublicKeyRecord | undefined,
  now: number,
  verified: KnownTrees,
): Checked<Quote> {
  const [named, bytes] = [terms.quotes[index], quotes[index]];
  if (!named || !bytes) return err(refusal('QUOTE_SIGNATURE_INVALID', 'no quote'));
  if (!equalBytes(quoteHash(bytes), named.quoteHash)) return err(refusal('QUOTE_MISMATCH', 'another quote'));
  const quote = verifyQuote(bytes, named.providerSignature, key, now, verified);
  if (!quote.ok) return quote;
  const { sourceLedger, targetLedger, validUntil } = quote.value;
  const [source, target] = [terms.legs[index], terms.legs[index + 1]];
  const fits =
    quote.value.quoteId === named.quoteId &&
    source?.ledger === sourceLedger &&
    target?.ledger === targetLedger &&
    source.creditWallet === quote.value.sourceProviderWallet &&
    source.amountMinor === quote.value.sourceAmountMinor &&
    source.currency === quote.value.sourceCurrency &&
    target.debitWallet === quote.value.targetProviderWallet &&
    target.amountMinor === quote.value.targetAmountMinor &&
    target.currency === quote.value.targetCurrency;
  if (!fits) return err(refusal('QUOTE_MISMATCH', 'the legs are not the legs of the quote'));
  return terms.voteBy <= validUntil - DEFAULT_TIMES.quoteMarginMs ? quote : err(refusal('QUOTE_EXPIRED'));
}

/** A wallet that a quote names is its provider's own. */
async function checkProvider({ lookups }: CheckContext, walletId: WalletId, quote: Quote): Promise<Checked<true>> {
  const wallet = await lookups.wallet(walletId);
  return wallet && bicKey(wallet.ownerBic) === bicKey(quote.providerBic)
    ? ok(true)
    : err(refusal('QUOTE_MISMATCH', 'the wallet of the quote is not the provider’s'));
}

/** The payer: its bank signed the message, owns the debited wallet, and asked for the quotes that are used. */
async function checkPayer(
  options: CheckContext,
  item: LegCheckItem,
  leg: PvpLeg,
  instruction: PaymentInstruction,
  quotes: readonly Quote[],
): Promise<Checked<true>> {
  if (!isPayerAuthorisation(item.authorisation)) return err(refusal('AUTHORISATION_INVALID', 'no authorisation'));
  const onward = checkOnward(options.documents, item, item.authorisation.destination, instruction);
  if (!onward.ok) return onward;
  // Money that waited for an event was held, for this very message, while its authorisation was young.
  const ageMaxMs = item.terms.eventId === undefined ? AUTHORISATION_AGE_MAX_MS : Number.POSITIVE_INFINITY;
  const { documentBytes, authorisation } = item;
  const question = { documentBytes, record: authorisation.record, instruction, ageMaxMs };
  const payer = await payerOf(options, question);
  if (!payer.ok) return payer;
  const { bank, wallet, headers } = payer.value;
  if (wallet.walletId !== leg.debitWallet)
    return err(refusal('AUTHORISATION_INVALID', 'the debited wallet is not the payer’s'));
  const givenMinor = heldMinorOf(item.terms, leg);
  const { charge } = item.terms;
  const charged = charge ? await checkCharged(options, charge, givenMinor, leg.currency) : ok(true as const);
  if (!charged.ok) return charged;
  return checkPayersQuotes(instruction, givenMinor, quotes, bank.bic, headers.get('otkel-quote-id') ?? null);
}

/** What is charged is within this ledger's bound, and goes to a wallet for charges, of the operator by its own register. */
async function checkCharged(
  { register, lookups, chargeMost }: CheckContext,
  { walletId, amountMinor }: LegCharge,
  givenMinor: bigint,
  currency: string,
): Promise<Checked<true>> {
  if (chargeMost && amountMinor > chargedMinor(chargeMost, currency, givenMinor))
    return err(refusal('CHARGE_AMOUNT', 'the charge is above what this ledger allows'));
  const wallet = await lookups.wallet(walletId);
  const owner = wallet?.kind === 'fee' ? await register.participant(wallet.ownerBic) : null;
  return owner?.role === 'operator'
    ? ok(true)
    : err(refusal('QUOTE_MISMATCH', 'the charge is not for the operator’s wallet'));
}

/** Whose bank signed a message, and which of its wallets a transaction of it debits. */
interface Payer {
  readonly bank: Participant;
  readonly wallet: Wallet;
  /** Signed header fields. */
  readonly headers: Authorisation['headers'];
}

interface PayerQuestion {
  readonly documentBytes: Uint8Array;
  /** The bank's signature over it. */
  readonly record: Uint8Array;
  readonly instruction: PaymentInstruction;
  readonly ageMaxMs: number;
}

async function payerOf(options: CheckContext, question: PayerQuestion): Promise<Checked<Payer>> {
  const { instruction } = question;
  const signed = await options.documents.posted(question.record, question.documentBytes);
  if (!signed.ok) return signed;
  if (options.clock.now() - signed.value.createdAt > question.ageMaxMs)
    return err(refusal('AUTHORISATION_INVALID', 'the authorisation is too old'));
  const bank = await options.register.participant(signed.value.owner);
  if (bank?.role !== 'bank') return err(refusal('AUTHORISATION_INVALID', 'the signer is no bank of this ledger'));
  if (instruction.expiresAt !== null && instruction.expiresAt <= options.clock.now())
    return err(refusal('MESSAGE_EXPIRED'));
  const isDebtorAgent = instruction.debtorAgent !== null && bicKey(instruction.debtorAgent) === bank.bic;
  if (!isDebtorAgent && bank.profile !== 'agent') return err(refusal('DEBIT_NOT_OWNED'));
  const account = isDebtorAgent ? instruction.debtorAccount : null;
  const wallet = await registeredWallet(options, bank, account);
  if (!wallet || bicKey(wallet.ownerBic) !== bank.bic)
    return err(refusal('AUTHORISATION_INVALID', 'the debited wallet is not the payer’s'));
  return ok({ bank, wallet, headers: signed.value.headers });
}

/** The payer of a transaction, proved by its bank's signature; with the transaction and the hash of its message. */
export type PayerCheck = (
  uetr: string,
  documentBytes: Uint8Array,
  record: Uint8Array,
) => Promise<
  Checked<{ readonly wallet: Wallet; readonly instruction: PaymentInstruction; readonly messageHash: Uint8Array }>
>;

/** Checks of one batch. Errors: as those of a leg that its payer did not authorise. */
export function createPayerCheck(options: LegCheckOptions): PayerCheck {
  const context = { ...options, lookups: sharedLookups(options.ledger), documents: sharedDocuments(options) };
  return async (uetr, documentBytes, record) => {
    const { hash, instructions } = context.documents.read(documentBytes);
    const [instruction] = instructions?.get(uetr) ?? [];
    if (!instruction) return err(refusal('TERMS_INVALID', 'the payment is not in the document'));
    const question = { documentBytes, record, instruction, ageMaxMs: AUTHORISATION_AGE_MAX_MS };
    const payer = await payerOf(context, question);
    return payer.ok ? ok({ wallet: payer.value.wallet, instruction, messageHash: hash }) : payer;
  };
}

/** The message that goes on names the payee and the references of the one that the payer's bank signed. */
function checkOnward(
  documents: Documents,
  { terms }: LegCheckItem,
  destination: Uint8Array,
  source: PaymentInstruction,
): Checked<true> {
  const { hash, instructions } = documents.read(destination);
  if (!equalBytes(hash, terms.destinationMessageHash)) return err(refusal('TERMS_INVALID', 'another onward document'));
  const [onward] = instructions?.get(terms.pvpId) ?? [];
  const isSameAgent = (one: string | null, other: string | null) =>
    one === null || other === null ? one === other : bicKey(one) === bicKey(other);
  const isSame =
    onward !== undefined &&
    isSameAgent(onward.creditorAgent, source.creditorAgent) &&
    isSameAgent(onward.debtorAgent, source.debtorAgent) &&
    onward.creditorAccount === source.creditorAccount &&
    onward.debtorAccount === source.debtorAccount &&
    onward.endToEndId === source.endToEndId &&
    onward.conditions.creditorMark?.markId === source.conditions.creditorMark?.markId;
  return isSame ? ok(true) : err(refusal('AUTHORISATION_INVALID', 'the onward document pays somebody else'));
}

/** What the payer named must be these quotes, by their first; a rate that it stated must not be worse than theirs. */
function checkPayersQuotes(
  instruction: PaymentInstruction,
  givenMinor: bigint,
  quotes: readonly Quote[],
  bank: Bic,
  headerQuoteId: string | null,
): Checked<true> {
  const [first] = quotes;
  const price = priceOf(quotes);
  if (!first || !price) return err(refusal('QUOTE_MISMATCH', 'no quote'));
  if (bicKey(first.requesterBic) !== bank) return err(refusal('QUOTE_NOT_YOURS'));
  const named = [...instruction.quoteIds, ...(headerQuoteId === null ? [] : [headerQuoteId])];
  const message = quotedMessage(instruction, givenMinor);
  const rule = instruction.conditions.event?.quote;
  const isNamed = named.length > 0 && named.every((quoteId) => quoteId === first.quoteId);
  if (rule?.rule === 'renew' && !isNamed) return checkRenewed(price, message, rule.least);
  if (named.length > 0 && !isNamed) return err(refusal('QUOTE_MISMATCH', 'the payer named another quote'));
  const fits = named.length > 0 ? checkQuoteAgainstMessage(price, message) : checkQuoteIsNotWorse(price, message);
  return fits.ok ? ok(true) : fits;
}

/** The payee is the account that the document names. */
async function checkPayee(
  options: CheckContext,
  walletId: WalletId,
  instruction: PaymentInstruction,
): Promise<Checked<true>> {
  const agent = instruction.creditorAgent ? await options.register.participant(instruction.creditorAgent) : null;
  if (agent?.role !== 'bank') return err(refusal('CREDITOR_AGENT_UNKNOWN'));
  const wallet = await registeredWallet(options, agent, instruction.creditorAccount);
  return wallet?.walletId === walletId
    ? ok(true)
    : err(refusal('CREDITOR_ACCOUNT_UNKNOWN', 'the credited wallet is not the account’s'));
}

/** The wallet of an account in the agent's register; the agent's own stands in for it in profile `agent`. */
async function registeredWallet(
  { ledger, lookups }: CheckContext,
  agent: Participant,
  account: string | null,
): Promise<Wallet | null> {
  const registered = account === null ? null : await lookups.account(agent.bic, account);
  if (registered) return registered;
  return agent.profile === 'agent' ? ledger.settlementWallet(agent.bic) : null;
}

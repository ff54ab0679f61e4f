import type { PaymentInstruction } from '../iso20022/instruction.js';
import { type TranslationOrder, translateCreditTransfer } from '../iso20022/translate.js';
import type { Difference } from '../iso20022/translation/difference.js';
import type { MessageId } from '../iso20022/types.js';
import { isoTime } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { messageHash } from '../kernel/hash.js';
import type { Bic, LedgerCode } from '../kernel/ids.js';
import { formatMinor } from '../kernel/money.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import type { LegCharge, LegMark, MarkQuestion, Wallet } from '../ledger/types.js';
import type { Offer } from '../pvp/quote.js';
import {
  brokenTerm,
  deadlines,
  encodeTerms,
  type PvpLeg,
  type PvpTerms,
  type PvpTimes,
  versionOf,
} from '../pvp/terms.js';
import { type CorridorConfig, choicesOf, type JurisdictionConfig, stepsOf } from './config.js';
import type { PostedCreditTransfer } from './judgement.js';
import type { PaymentFacts } from './payment.js';
import { chargedMark } from './quoted-message.js';
import { shortId } from './short-id.js';

/** The set-up that terms are formed in. */
export interface TermsContext {
  readonly times: PvpTimes;
  /** Who charges. */
  readonly operator: Bic;
  readonly jurisdiction: (code: LedgerCode) => JurisdictionConfig;
  /** Key id of a jurisdiction's co-signer. */
  readonly coSignerKeyId: (code: LedgerCode) => string;
  /** How a creditor agent wants its pacs.008. */
  readonly outbound: (bic: Bic) => Pick<
    TranslationOrder,
    'withHeader' | 'headerId' | 'businessService' | 'characters'
  > & {
    readonly messageId: MessageId;
  };
}

export interface TermsRequest {
  readonly posted: PostedCreditTransfer;
  readonly instruction: PaymentInstruction;
  readonly corridor: CorridorConfig;
  readonly creditorAgent: Bic;
  readonly debit: Wallet;
  readonly credit: Wallet;
  readonly offer: Offer;
  /** `YYYY-MM-DD` in the destination ledger's calendar. */
  readonly destinationDate: string;
  /** Milliseconds. */
  readonly formedAt: number;
  /** T0 of the protocol: when its turn to be prepared comes, milliseconds. Deadlines count from it. */
  readonly turnAt: number;
}

export interface FormedTerms {
  readonly terms: Buffer;
  readonly destination: Buffer;
  readonly offer: Offer;
  readonly differences: readonly Difference[];
  readonly facts: Pick<
    PaymentFacts,
    'provider' | 'quoteId' | 'rate' | 'steps' | 'legs' | 'charge' | 'creditsCustomer' | 'destinationMessageId'
  >;
}

/**
 * Translates the instruction for the other side and forms the terms that its jurisdictions will sign. Pure. Errors:
 * those of the translation; `TERMS_INVALID`, `QUOTE_MISMATCH` when wallets or quote don't make terms of the corridor;
 * `MARK_FORBIDS` when something would be charged of marked money.
 */
export function formTerms(context: TermsContext, request: TermsRequest): Result<FormedTerms, Refusal> {
  const { posted, instruction, corridor, credit, turnAt, offer } = request;
  const translated = translate(context, request);
  if (!translated.ok) return translated;
  const destination = Buffer.from(translated.value.bytes);
  const legs = legsOf(request);
  const { event } = instruction.conditions;
  const charge = chargeOf(offer);
  const ofMark = chargedMark(instruction, offer);
  if (ofMark) return err(ofMark);
  const terms: PvpTerms = {
    protocolVersion: versionOf({ charge }),
    pvpId: instruction.uetr,
    sourceMessageHash: posted.message.rawHash,
    destinationMessageHash: messageHash(destination),
    legs,
    quotes: offer.quotes.map(({ quote, hash, signature }) => ({
      quoteId: quote.quoteId,
      quoteHash: hash,
      providerSignature: signature,
    })),
    ...deadlines(turnAt, [offer.validUntil], context.times),
    coSignerKeyIds: legs.map((leg) => context.coSignerKeyId(leg.ledger)),
    ...(event && { eventId: event.eventId }),
    ...(charge && { charge }),
  };
  // A register may lead an account to the provider's own wallet, and a quote may be of another corridor.
  const broken = brokenTerm(terms);
  if (broken !== null) return err(refusal('TERMS_INVALID', broken));
  const ledgers = [corridor.source, ...stepsOf(corridor).map(({ target }) => target)];
  if (legs.some(({ ledger }, i) => ledger !== ledgers[i]) || legs.length !== ledgers.length)
    return err(refusal('QUOTE_MISMATCH', 'the quote is of another corridor'));
  const steps = offer.quotes.map(({ quote: { providerBic, quoteId, rate } }) => ({
    provider: providerBic,
    quoteId,
    rate,
  }));
  return ok({
    terms: encodeTerms(terms),
    destination,
    offer,
    differences: translated.value.differences,
    facts: {
      provider: steps[0]?.provider ?? null,
      quoteId: offer.quoteId,
      rate: offer.rate,
      legs: legs.map(({ ledger, debitWallet, creditWallet, amountMinor, currency }) => ({
        ledger,
        debitWallet,
        creditWallet,
        amountMinor: amountMinor.toString(),
        currency,
      })),
      creditsCustomer: credit.kind === 'customer',
      destinationMessageId: translated.value.messageId,
      ...(steps.length > 1 && { steps }),
      ...(charge && { charge: { ...charge, amountMinor: charge.amountMinor.toString() } }),
    },
  });
}

/** What terms say of an offer's charge: who bears it is settled by then. */
const chargeOf = ({ charge }: Offer): LegCharge | undefined =>
  charge && { walletId: charge.walletId, amountMinor: charge.amountMinor };

/** What the instruction asks of the marks of its money, where it leaves and where it arrives. */
const legMarksOf = ({
  conditions: { debtorMark, creditorMark },
}: PaymentInstruction): { readonly debit: LegMark | null; readonly credit: LegMark | null } => ({
  debit: debtorMark && { side: 'debit', ...debtorMark },
  credit: creditorMark && { side: 'credit', ...creditorMark },
});

/** What a ledger is asked about a mark. */
export type MarkAsked = MarkQuestion & { readonly ledger: LedgerCode };

/**
 * What its ledgers are asked about the marks that an instruction names: of each the legs that it may go into. That is
 * the one of the offer; before there is any it is one for each provider that may be the first.
 */
export function markQuestionsOf(
  instruction: PaymentInstruction,
  corridor: CorridorConfig,
  credit: Wallet,
  offer: Offer | null,
): (readonly MarkAsked[])[] {
  const { debit, credit: arriving } = legMarksOf(instruction);
  const [choices] = choicesOf(corridor);
  invariant(choices, 'a corridor has a step');
  const offered = offer?.quotes[0]?.quote.sourceProviderWallet;
  const providers = offered ? [offered] : choices.map(({ sourceWallet }) => sourceWallet);
  return [
    ...(debit ? [providers.map((creditWallet) => ({ ledger: corridor.source, mark: debit, creditWallet }))] : []),
    ...(arriving ? [[{ ledger: corridor.destination, mark: arriving, creditWallet: credit.walletId }]] : []),
  ];
}

/** The payer pays the first provider, each provider the next one, the last one the payee. */
function legsOf({ debit, credit, offer, instruction }: TermsRequest): PvpLeg[] {
  const marks = legMarksOf(instruction);
  const quotes = offer.quotes.map(({ quote }) => quote);
  const [first] = quotes;
  invariant(first, 'an offer has a quote');
  const payers = quotes.map((quote) => ({
    ledger: quote.targetLedger,
    debitWallet: quote.targetProviderWallet,
    amountMinor: quote.targetAmountMinor,
    currency: quote.targetCurrency,
  }));
  const { sourceLedger, sourceAmountMinor, sourceCurrency } = first;
  const payer = { debitWallet: debit.walletId, amountMinor: sourceAmountMinor, currency: sourceCurrency };
  return [{ ledger: sourceLedger, ...payer }, ...payers].map((leg, i) => ({
    creditWallet: quotes[i]?.sourceProviderWallet ?? credit.walletId,
    mark: i === 0 ? marks.debit : i === payers.length ? marks.credit : null,
    ...leg,
  }));
}

/** What the onward message tells of the charge, and the amount that was sent, where its payer did not state it. */
function chargeOrder({ operator }: TermsContext, offer: Offer): TranslationOrder['charge'] {
  const { charge, sourceCurrency, sourceAmountMinor } = offer;
  if (!charge) return null;
  const sent = charge.bearer === 'debtor' ? sourceAmountMinor - charge.amountMinor : sourceAmountMinor;
  return {
    agentBic: operator,
    amountText: formatMinor(charge.amountMinor, sourceCurrency),
    instructedText: formatMinor(sent, sourceCurrency),
  };
}

function translate(context: TermsContext, request: TermsRequest) {
  const { posted, instruction, corridor, creditorAgent, offer } = request;
  const [first, last] = [offer.quotes[0]?.quote, offer.quotes.at(-1)?.quote];
  invariant(first && last, 'an offer has a quote');
  const { messageId, ...form } = context.outbound(creditorAgent);
  return translateCreditTransfer(posted.message, instruction.index, {
    targetMessageId: messageId,
    msgId: shortId('C', instruction.uetr),
    creDtTm: isoTime(request.formedAt),
    uetr: instruction.uetr,
    instructingAgent: last.providerBic,
    instructedAgent: creditorAgent,
    sourceInstructingAgent: posted.sender,
    amountText: formatMinor(offer.targetAmountMinor, offer.targetCurrency),
    currency: offer.targetCurrency,
    rate: offer.rate,
    quoteId: offer.quoteId,
    providerBic: first.providerBic,
    sourceCurrency: offer.sourceCurrency,
    charge: chargeOrder(context, offer),
    settlementDate: request.destinationDate,
    clearingSystem: context.jurisdiction(corridor.destination).clearingSystem,
    ...form,
  });
}

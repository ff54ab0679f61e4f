import type { PaymentInstruction } from '../iso20022/instruction.js';
import { type TranslationOrder, translateCreditTransfer } from '../iso20022/translate.js';
import type { Difference } from '../iso20022/translation/difference.js';
import type { MessageId } from '../iso20022/types.js';
import { isoTime } from '../kernel/clock.js';
import { type Refusal, refusal } from '../kernel/errors.js';
import { messageHash } from '../kernel/hash.js';
import type { Bic, LedgerCode } from '../kernel/ids.js';
import { formatMinor } from '../kernel/money.js';
import { err, ok, type Result } from '../kernel/result.js';
import type { Wallet } from '../ledger/types.js';
import type { SignedQuote } from '../pvp/quote.js';
import { brokenTerm, deadlines, encodeTerms, PROTOCOL_VERSION, type PvpTerms, type PvpTimes } from '../pvp/terms.js';
import type { CorridorConfig, JurisdictionConfig } from './config.js';
import type { PostedCreditTransfer } from './judgement.js';
import type { PaymentFacts } from './payment.js';
import { shortId } from './short-id.js';

/** The set-up that terms are formed in. */
export interface TermsContext {
  readonly times: PvpTimes;
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
  readonly quote: SignedQuote;
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
  readonly quote: SignedQuote;
  readonly differences: readonly Difference[];
  readonly facts: Pick<
    PaymentFacts,
    'provider' | 'quoteId' | 'rate' | 'legs' | 'creditsCustomer' | 'destinationMessageId'
  >;
}

/**
 * Translates the instruction for the other side and forms the terms that both jurisdictions will sign. Pure. Errors:
 * those of the translation; `TERMS_INVALID`, `QUOTE_MISMATCH` when wallets or quote don't make terms of the corridor.
 */
export function formTerms(context: TermsContext, request: TermsRequest): Result<FormedTerms, Refusal> {
  const { posted, instruction, corridor, debit, credit, turnAt } = request;
  const { quote } = request.quote;
  const translated = translate(context, request);
  if (!translated.ok) return translated;
  const destination = Buffer.from(translated.value.bytes);
  const legs = [
    {
      ledger: corridor.source,
      debitWallet: debit.walletId,
      creditWallet: quote.sourceProviderWallet,
      amountMinor: quote.sourceAmountMinor,
      currency: quote.sourceCurrency,
      markId: null,
    },
    {
      ledger: corridor.destination,
      debitWallet: quote.targetProviderWallet,
      creditWallet: credit.walletId,
      amountMinor: quote.targetAmountMinor,
      currency: quote.targetCurrency,
      markId: null,
    },
  ];
  const terms: PvpTerms = {
    protocolVersion: PROTOCOL_VERSION,
    pvpId: instruction.uetr,
    sourceMessageHash: posted.message.rawHash,
    destinationMessageHash: messageHash(destination),
    legs,
    quotes: [{ quoteId: quote.quoteId, quoteHash: request.quote.hash, providerSignature: request.quote.signature }],
    ...deadlines(turnAt, [quote.validUntil], context.times),
    coSignerKeyIds: legs.map((leg) => context.coSignerKeyId(leg.ledger)),
  };
  // A register may lead an account to the provider's own wallet, and a quote may be of another corridor.
  const broken = brokenTerm(terms);
  if (broken !== null) return err(refusal('TERMS_INVALID', broken));
  if (quote.sourceLedger !== corridor.source || quote.targetLedger !== corridor.destination)
    return err(refusal('QUOTE_MISMATCH', 'the quote is of another corridor'));
  return ok({
    terms: encodeTerms(terms),
    destination,
    quote: request.quote,
    differences: translated.value.differences,
    facts: {
      provider: quote.providerBic,
      quoteId: quote.quoteId,
      rate: quote.rate,
      legs: legs.map(({ markId: _none, amountMinor, ...leg }) => ({ ...leg, amountMinor: amountMinor.toString() })),
      creditsCustomer: credit.kind === 'customer',
      destinationMessageId: translated.value.messageId,
    },
  });
}

function translate(context: TermsContext, request: TermsRequest) {
  const { posted, instruction, corridor, creditorAgent } = request;
  const { quote } = request.quote;
  const { messageId, ...form } = context.outbound(creditorAgent);
  return translateCreditTransfer(posted.message, instruction.index, {
    ...form,
    targetMessageId: messageId,
    msgId: shortId('C', instruction.uetr),
    creDtTm: isoTime(request.formedAt),
    uetr: instruction.uetr,
    instructingAgent: quote.providerBic,
    instructedAgent: creditorAgent,
    sourceInstructingAgent: posted.sender,
    amountText: formatMinor(quote.targetAmountMinor, quote.targetCurrency),
    currency: quote.targetCurrency,
    rate: quote.rate,
    quoteId: quote.quoteId,
    providerBic: quote.providerBic,
    sourceCurrency: quote.sourceCurrency,
    settlementDate: request.destinationDate,
    clearingSystem: context.jurisdiction(corridor.destination).clearingSystem,
  });
}

import { type PaymentInstruction, readInstructions } from '../iso20022/instruction.js';
import { withLines } from '../iso20022/lines.js';
import { intermediaryContradicts } from '../iso20022/rules/agents.js';
import { checkRules, type Violation } from '../iso20022/rules/check.js';
import type { RuleProfile } from '../iso20022/rules/rule.js';
import { text } from '../iso20022/tree.js';
import type { CheckedMessage } from '../iso20022/types.js';
import { type ErrorCode, type Refusal, refusal } from '../kernel/errors.js';
import { type Bic, isUuidV4, type LedgerCode, type QuoteId } from '../kernel/ids.js';
import { parseAmount } from '../kernel/money.js';
import { err, invariant, ok, type Result } from '../kernel/result.js';
import { type CorridorConfig, type JurisdictionConfig, providersOf } from './config.js';
import { type Route, type RoutedParticipant, routePayment } from './routing.js';

/** A pacs.008 that passed the gate and its schema, and who sent it. Times are milliseconds. */
export interface PostedCreditTransfer {
  readonly sender: Bic;
  readonly message: CheckedMessage;
  readonly body: Buffer;
  readonly authorisation: Buffer;
  readonly receivedAt: number;
  /** The signed header `otkel-quote-id`, for messages of one transaction. */
  readonly headerQuoteId: string | null;
}

/** A broken usage rule and the line of the message where it is. */
export type LocatedViolation = Violation & { readonly line: number | null };

export interface RefusedTransaction {
  readonly kind: 'refused';
  readonly instruction: PaymentInstruction;
  readonly refusal: Refusal;
  readonly violations: readonly LocatedViolation[];
}
export interface RoutedTransaction {
  readonly kind: 'routed';
  readonly instruction: PaymentInstruction;
  readonly route: Route;
  readonly amountMinor: bigint;
  readonly quoteId: QuoteId | null;
}
export type JudgedTransaction = RefusedTransaction | RoutedTransaction;

/** MsgId of a posted message; the schema demands one. */
export function msgIdOf({ message }: PostedCreditTransfer): string {
  const msgId = text(message.document.root, 'GrpHdr', 'MsgId');
  invariant(msgId !== undefined, 'a schema-valid pacs.008 has a MsgId');
  return msgId;
}

/** What judging a message needs to know of the corridor's set-up. */
export interface JudgementContext {
  readonly operator: Bic;
  readonly corridors: readonly CorridorConfig[];
  readonly participant: (bic: Bic) => RoutedParticipant | undefined;
  readonly jurisdiction: (code: LedgerCode) => JurisdictionConfig;
  /** Calendar date of a ledger at an instant, `YYYY-MM-DD`. */
  readonly localDate: (code: LedgerCode, at: number) => string;
}

/**
 * Judges every transaction of a message by itself, before any money is asked for: usage rules, route, limit, quote
 * mark. Pure. A rule broken by the whole message refuses each of its transactions.
 */
export function judgeCreditTransfer(posted: PostedCreditTransfer, context: JudgementContext): JudgedTransaction[] {
  const instructions = readInstructions(posted.message);
  const sender = context.participant(posted.sender);
  const broken = sender ? brokenRules(posted, instructions, sender, context) : () => [];
  return instructions.map((instruction) => {
    const own = broken(instruction);
    const first = own[0];
    if (first) return refused(instruction, refusal(first.code, first.message), own);
    const judged = judgeTransaction(posted, instruction, instructions.length, context);
    return judged.ok ? judged.value : refused(instruction, judged.error, []);
  });
}

/** The rules of severity `error` that each transaction breaks, under the rules of its sender and of its corridor. */
function brokenRules(
  posted: PostedCreditTransfer,
  instructions: readonly PaymentInstruction[],
  sender: RoutedParticipant,
  context: JudgementContext,
): (instruction: PaymentInstruction) => readonly LocatedViolation[] {
  const bySender = context.corridors.filter(({ source }) => source === sender.ledger);
  const corridorOf = ({ creditorAgent }: PaymentInstruction): CorridorConfig | null => {
    const destination = creditorAgent === null ? undefined : context.participant(creditorAgent as Bic)?.ledger;
    return bySender.find((corridor) => corridor.destination === destination) ?? null;
  };
  const check = (corridor: CorridorConfig | null): readonly LocatedViolation[] => {
    const found = checkRules(posted.message, {
      profiles: rulesOf(sender, corridor),
      instructions,
      context: {
        sourceCurrency: context.jurisdiction(sender.ledger).currency,
        allowedInstructedAgents: [context.operator, ...bySender.map(({ provider }) => provider)],
        isParticipant: (bic) => context.participant(bic as Bic) !== undefined,
        localDate: context.localDate(sender.ledger, posted.receivedAt),
        now: posted.receivedAt,
        ...(corridor?.characters !== undefined && { characters: corridor.characters }),
      },
    });
    return withLines(
      posted.body,
      found.filter(({ severity }) => severity === 'error'),
    );
  };
  // Most messages are of one corridor: its rules are asked once.
  const known = new Map<CorridorConfig | null, readonly LocatedViolation[]>();
  return (instruction) => {
    const corridor = corridorOf(instruction);
    const all = known.get(corridor) ?? check(corridor);
    known.set(corridor, all);
    return all.filter(({ index }) => index === null || index === instruction.index);
  };
}

/** The profiles that a payment must satisfy: its sender's and its corridor's. */
const rulesOf = (sender: RoutedParticipant, corridor: CorridorConfig | null): readonly RuleProfile[] => [
  ...new Set([sender.rules, corridor?.rules ?? 'base']),
];

function judgeTransaction(
  posted: PostedCreditTransfer,
  instruction: PaymentInstruction,
  count: number,
  context: JudgementContext,
): Result<RoutedTransaction, Refusal> {
  const route = routePayment(
    {
      sender: posted.sender,
      instructingAgent: instruction.instructingAgent as Bic | null,
      debtorAgent: instruction.debtorAgent as Bic | null,
      creditorAgent: instruction.creditorAgent as Bic | null,
      debtorAccount: instruction.debtorAccount,
      creditorAccount: instruction.creditorAccount,
    },
    context.participant,
    context.corridors,
  );
  if (!route.ok) return route;
  const { corridor } = route.value;
  const providers = providersOf({ corridors: [corridor] });
  if (intermediaryContradicts(instruction, [...providers, context.operator]))
    return err(refusal('INTERMEDIARY_CONTRADICTS'));
  const amount = parseAmount(instruction.settlementAmount.text, instruction.settlementAmount.currency);
  if (!amount.ok) return err(refusal(AMOUNT_ERRORS[amount.error]));
  if (amount.value.minor > BigInt(corridor.amountMaxMinor)) return err(refusal('AMOUNT_TOO_LARGE'));
  const quoteId = namedQuote(instruction, posted.headerQuoteId, count);
  if (!quoteId.ok) return quoteId;
  return ok({
    kind: 'routed',
    instruction,
    route: route.value,
    amountMinor: amount.value.minor,
    quoteId: quoteId.value,
  });
}

const AMOUNT_ERRORS = {
  NOT_A_DECIMAL: 'AMOUNT_DECIMALS',
  TOO_MANY_DECIMALS: 'AMOUNT_DECIMALS',
  UNKNOWN_CURRENCY: 'CURRENCY_WRONG',
  TOO_LARGE: 'AMOUNT_TOO_LARGE',
} as const satisfies Record<string, ErrorCode>;

function namedQuote(
  instruction: PaymentInstruction,
  header: string | null,
  count: number,
): Result<QuoteId | null, Refusal> {
  // Passing over it would settle at a rate that the payer did not agree to.
  if (header !== null && count > 1)
    return err(refusal('QUOTE_MISMATCH', 'otkel-quote-id is for messages of one transaction'));
  if (header !== null && !isUuidV4(header)) return err(refusal('QUOTE_UNKNOWN', 'otkel-quote-id is not a UUIDv4'));
  if (header !== null && instruction.quoteId !== null && header !== instruction.quoteId)
    return err(refusal('QUOTE_MISMATCH', 'the message and otkel-quote-id name different quotes'));
  return ok(instruction.quoteId ?? (header as QuoteId | null));
}

const refused = (
  instruction: PaymentInstruction,
  why: Refusal,
  violations: readonly LocatedViolation[],
): RefusedTransaction => ({ kind: 'refused', instruction, refusal: why, violations });

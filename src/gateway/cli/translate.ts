import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { BATCH_LIMITS } from '../../iso20022/gate.js';
import { type PaymentInstruction, readInstructions } from '../../iso20022/instruction.js';
import { createMessageReader } from '../../iso20022/reader.js';
import { businessServiceOf } from '../../iso20022/rules/header.js';
import { type TranslationOrder, translateCreditTransfer } from '../../iso20022/translate.js';
import { type Difference, isLoss } from '../../iso20022/translation/difference.js';
import type { CharacterProfile } from '../../iso20022/translation/transliterate.js';
import { CREDIT_TRANSFER_VERSIONS } from '../../iso20022/translation/version-steps.js';
import type { CheckedMessage, MessageId } from '../../iso20022/types.js';
import { isoTime } from '../../kernel/clock.js';
import { ERRORS, type Refusal, refusal } from '../../kernel/errors.js';
import { err, ok, type Result } from '../../kernel/result.js';
import { shortId } from '../short-id.js';
import { type CommandContext, command, UsageError } from './command.js';

/** What a receiver takes, besides a bare version. */
interface Receiver {
  readonly targetMessageId: MessageId;
  readonly withHeader: boolean;
  readonly businessService?: string | undefined;
  readonly characters: CharacterProfile | null;
}

const RECEIVERS: Readonly<Record<string, Receiver>> = {
  'cbpr-plus': {
    targetMessageId: 'pacs.008.001.08',
    withHeader: true,
    businessService: businessServiceOf('cbpr-plus'),
    characters: { set: 'z', han: 'refuse' },
  },
  'hvps-plus': { targetMessageId: 'pacs.008.001.08', withHeader: true, characters: null },
  nexus: { targetMessageId: 'pacs.008.001.13', withHeader: false, characters: null },
};

const USAGE = `Usage: otkel translate FILE --to PROFILE [--quote FILE] [--json]

Shows how a pacs.008 arrives at another institution: each transaction as a message of its own on stdout, and on stderr what
is otherwise than in the source. Exit code 1 when it can't be translated, or only with a loss of data that screening needs.

  --to PROFILE   ${Object.keys(RECEIVERS).join(', ')}, or a version: ${CREDIT_TRANSFER_VERSIONS.join(', ')}
  --quote FILE   the answer of POST /v1/fx/quotes: rate, amounts and provider of the destination leg. Without it the amount
                 stays as it is and the source's instructed agent is the provider
  --json         one object per transaction: file, to, message, header, document, differences[] with loss true or false`;

/** The parts of a quote's JSON that a translation needs. */
interface QuoteFile {
  readonly quoteId: string;
  readonly sourceCurrency: string;
  readonly targetCurrency: string;
  readonly targetAmount: string;
  readonly rate: string;
  readonly provider: string;
}

/** `otkel translate`. */
export const translate = command(USAGE, async (context) => {
  const { values, positionals } = parseArgs({
    args: [...context.argv],
    options: { to: { type: 'string' }, quote: { type: 'string' }, json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError('one file is needed');
  const receiver = receiverOf(values.to);
  const quote = values.quote === undefined ? null : readQuote(await readFile(values.quote, 'utf8'));
  const read = createMessageReader({ limits: BATCH_LIMITS }).read(await readFile(file));
  if (!read.ok) return fail(context, file, read.error);
  const { messageId } = read.value.document;
  if (!CREDIT_TRANSFER_VERSIONS.includes(messageId))
    return fail(context, file, { code: 'MESSAGE_UNSUPPORTED', detail: messageId });
  let code = 0;
  for (const instruction of readInstructions(read.value)) {
    const order = orderOf(context, instruction, receiver, quote);
    const translated = order.ok ? translateCreditTransfer(read.value, instruction.index, order.value) : order;
    if (!translated.ok) code = fail(context, file, translated.error);
    else {
      const document = Buffer.from(translated.value.bytes).toString('utf8');
      const { differences } = translated.value;
      if (values.json)
        context.stdout(`${JSON.stringify(reportOf(file, values.to, read.value, document, differences))}\n`);
      else {
        context.stdout(document.endsWith('\n') ? document : `${document}\n`);
        context.stderr(differences.map((row) => `${lineOf(row)}\n`).join(''));
      }
    }
  }
  return code;
});

function receiverOf(name: string | undefined): Receiver {
  if (name !== undefined && Object.hasOwn(RECEIVERS, name)) return RECEIVERS[name]!;
  if (name !== undefined && CREDIT_TRANSFER_VERSIONS.includes(name))
    return { targetMessageId: name, withHeader: false, characters: null };
  throw new UsageError(`--to is ${Object.keys(RECEIVERS).join(', ')} or a version of pacs.008`);
}

function readQuote(text: string): QuoteFile {
  let quote: Partial<QuoteFile> | null = null;
  try {
    quote = JSON.parse(text) as Partial<QuoteFile> | null;
  } catch {
    // Told below, like any other file that is no quote.
  }
  const names = ['quoteId', 'sourceCurrency', 'targetCurrency', 'targetAmount', 'rate', 'provider'] as const;
  const missing = names.find((name) => typeof quote?.[name] !== 'string');
  if (missing !== undefined)
    throw new UsageError(`the quote's file is no answer of /v1/fx/quotes: ${missing} is missing`);
  return quote as QuoteFile;
}

function orderOf(
  { clock }: CommandContext,
  instruction: PaymentInstruction,
  receiver: Receiver,
  quote: QuoteFile | null,
): Result<TranslationOrder, Refusal> {
  const { settlementAmount, creditorAgent, debtorAgent } = instruction;
  const sender = instruction.instructingAgent ?? debtorAgent;
  const provider = quote?.provider ?? instruction.instructedAgent ?? creditorAgent;
  if (creditorAgent === null || sender === null || provider === null)
    return err(refusal('RULE_BROKEN', `transaction ${instruction.index + 1} names an agent otherwise than by BIC`));
  const { uetr } = instruction;
  return ok({
    ...receiver,
    msgId: shortId('C', uetr),
    creDtTm: isoTime(clock.now()),
    uetr,
    instructingAgent: provider,
    instructedAgent: creditorAgent,
    sourceInstructingAgent: sender,
    amountText: quote?.targetAmount ?? settlementAmount.text,
    currency: quote?.targetCurrency ?? settlementAmount.currency,
    rate: quote?.rate ?? '1',
    quoteId: quote?.quoteId ?? null,
    providerBic: provider,
    sourceCurrency: quote?.sourceCurrency ?? settlementAmount.currency,
    settlementDate: instruction.settlementDate ?? isoTime(clock.now()).slice(0, 10),
  });
}

function reportOf(
  file: string,
  to: string | undefined,
  source: CheckedMessage,
  document: string,
  differences: readonly Difference[],
) {
  return {
    file,
    to,
    message: source.document.messageId,
    header: source.header?.messageId ?? null,
    document,
    differences: differences.map((row) => ({ ...row, loss: isLoss(row) })),
  };
}

function lineOf({ kind, from, to, before, after }: Difference): string {
  const places = [...new Set([from, to])].filter((path) => path !== null).join(' -> ');
  return `${kind.padEnd(14)} ${places}: ${before ?? '-'} -> ${after ?? '-'}`;
}

function fail({ stderr }: CommandContext, file: string, { code, detail }: Refusal): number {
  stderr(`${file}: ${code} ${detail ?? ERRORS[code].title}\n`);
  return 1;
}

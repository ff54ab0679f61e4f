/** What must be true of the reader's answer to any bytes at all. */
import { isDeepStrictEqual } from 'node:util';
import { readPlain } from '../src/iso20022/codec/codec.js';
import { BATCH_LIMITS, passGate } from '../src/iso20022/gate.js';
import { createMessageReader } from '../src/iso20022/reader.js';
import type { CheckedMessage, MessageReader, ReadRefusal } from '../src/iso20022/types.js';
import { writeEnvelope } from '../src/iso20022/writer.js';
import { ERRORS } from '../src/kernel/errors.js';

/** The two ways of reading that are held against each other. */
export interface Lanes {
  /** Gate, libxml2 and the parser. */
  readonly slow: MessageReader;
  /** What the codec makes of bytes that passed the gate; null when it declines. */
  readonly fast: (bytes: Buffer) => Pick<CheckedMessage, 'header' | 'document'> | null;
}

const LANES: Lanes = { slow: createMessageReader({ limits: BATCH_LIMITS, codec: false }), fast: readPlain };

export interface Judgement {
  /** What was broken, the same for the same fault; null when nothing was. */
  readonly fault: string | null;
  /** How the message was answered: a way that was not seen before is as good as a block that never ran. */
  readonly way: string;
}

const withoutValues = (message: string): string => message.replace(/'[^']*'|\d+/g, '#').slice(0, 120);

const unnamed = ({ code, findings }: ReadRefusal, lines: number): string | null => {
  if (!(code in ERRORS)) return `a refusal with an unknown code ${code}`;
  if (findings.length === 0) return `${code} without a finding`;
  for (const { ruleId, message, path, line } of findings) {
    if (ruleId === '' || message === '' || !path.startsWith('/')) return `${code} with a finding that says nothing`;
    if (line !== null && (line < 1 || line > lines)) return `${ruleId} in a line that is not there`;
  }
  return null;
};

const sameTree = (a: CheckedMessage, b: Pick<CheckedMessage, 'header' | 'document'>): boolean =>
  isDeepStrictEqual(a.header, b.header) && isDeepStrictEqual(a.document, b.document);

const linesOf = (bytes: Buffer): number => bytes.toString('latin1').split(/\r\n?|\n/).length;

const rewritten = (message: CheckedMessage, slow: MessageReader): string | null => {
  const { header, document } = message;
  const again = slow.read(writeEnvelope(header, document.messageId, document.root));
  if (!again.ok) return `${document.messageId} written anew is refused: ${again.error.code}`;
  return sameTree(message, again.value) ? null : `${document.messageId} written anew reads otherwise`;
};

const faultOf = (bytes: Buffer, { slow, fast: readFast }: Lanes): Judgement => {
  const answer = slow.read(bytes);
  const gate = passGate(bytes, BATCH_LIMITS);
  const fast = gate.ok ? readFast(gate.value) : null;
  if (!answer.ok) {
    const { code, findings } = answer.error;
    const way = `${code} ${withoutValues(findings[0]?.message ?? '')}`;
    if (fast !== null) return { fault: `the codec reads what is refused as ${code}`, way };
    return { fault: unnamed(answer.error, linesOf(bytes)), way };
  }
  const way = `${answer.value.header?.messageId} ${answer.value.document.messageId} ${fast !== null}`;
  if (fast !== null && !sameTree(answer.value, fast)) return { fault: 'the codec reads another tree', way };
  return { fault: rewritten(answer.value, slow), way };
};

/** Judges one input. Never throws: that the reader threw is a fault too. */
export const judge = (bytes: Buffer, lanes: Lanes = LANES): Judgement => {
  try {
    return faultOf(bytes, lanes);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { fault: `thrown: ${withoutValues(message)}`, way: 'thrown' };
  }
};

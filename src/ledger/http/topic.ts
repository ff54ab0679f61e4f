import type { Request } from 'express';
import { isoTime } from '../../kernel/clock.js';
import { decodeTransaction } from '../canonical.js';
import { spendDetailOf } from '../domestic/marks.js';
import type { LedgerReads } from '../reads.js';
import type { StatementCursor, TopicEntry } from '../store.js';
import { countOf } from './body.js';
import { amountJson, hex } from './json.js';
import { badRequest } from './refusal.js';

export const PAGE_MAX = 500;
export const PAGE = 100;

/** `after=<block sequence>.<position>`, as the page before gave it in `next`. */
export function afterOf(req: Request): StatementCursor | null {
  const { after } = req.query;
  if (after === undefined) return null;
  const match = typeof after === 'string' ? /^(\d{1,18})\.(\d{1,9})$/.exec(after) : null;
  return match ? { blockSequence: BigInt(match[1]!), position: Number(match[2]) } : badRequest('after');
}

/** Where the page after this one starts; null when this one is the last. */
export function nextOf(page: readonly StatementCursor[], limit: number): string | null {
  const last = page.length === limit ? page.at(-1) : undefined;
  return last ? `${last.blockSequence}.${last.position}` : null;
}

/** A transaction as reports and trees show it, read from its bytes: whoever may see it there sees its parties. */
export function topicJson({ time, transaction, blockSequence, position }: TopicEntry, currency: string) {
  const { kind, debitWallet, creditWallet, amountMinor, detail, ...more } = decodeTransaction(transaction.body);
  const said = kind === 'spend' ? spendDetailOf(detail) : null;
  const marked = [...more.inputs, ...more.outputs].find((token) => token.markId !== null);
  return {
    time: isoTime(time),
    transactionId: hex(transaction.transactionId),
    blockSequence: blockSequence.toString(),
    position,
    kind,
    debitWallet,
    creditWallet,
    ...amountJson(amountMinor, currency),
    markId: marked?.markId ?? null,
    markLevel: marked?.markLevel ?? null,
    agreementId: said?.agreementId ?? null,
    purpose: said?.purpose ?? null,
    entries: more.entries.map((entry) => ({ kind: entry.kind, entryId: entry.entryId })),
  };
}

/** The page of a topic that the request asks for, oldest first. */
export async function topicPage(req: Request, reads: Pick<LedgerReads, 'topic'>, topic: string) {
  const limit = countOf(req, 'limit', PAGE, PAGE_MAX);
  const entries = await reads.topic(topic, afterOf(req), limit);
  return { entries, next: nextOf(entries, limit) };
}

export async function reportJson(req: Request, reads: Pick<LedgerReads, 'topic'>, topic: string, currency: string) {
  const { entries, next } = await topicPage(req, reads, topic);
  return { entries: entries.map((entry) => topicJson(entry, currency)), next };
}

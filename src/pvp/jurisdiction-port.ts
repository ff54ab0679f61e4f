import type { Refusal } from '../kernel/errors.js';
import type { Bic, LedgerCode, Uetr } from '../kernel/ids.js';
import type { Result } from '../kernel/result.js';
import type { MarkQuestion, Wallet } from '../ledger/types.js';
import type { Attestation } from './attestation.js';
import type { PvpTerms } from './terms.js';

/** What X says about one payment: its leg, and every statement that helps the others to decide. */
export interface LegReport {
  readonly pvpId: Uetr;
  /** Terms that X holds or has voted on; null when it has none. */
  readonly termsHash: Uint8Array | null;
  readonly state: 'NONE' | 'HELD' | 'VOTED' | 'SETTLED' | 'RELEASED';
  readonly receipt: Attestation | null;
  readonly vote: Attestation | null;
  /** Votes of peers that X has stored. */
  readonly peerVotes: readonly Attestation[];
  readonly applied: Attestation | null;
  /** Why X refused or aborted, or why it could not do what was asked. */
  readonly refusal: Refusal | null;
  readonly holdId: string | null;
  /** Milliseconds: when X's vote was journalled. */
  readonly decidedAt: number | null;
}

export interface PrepareItem {
  readonly pvpId: Uetr;
  readonly termsBytes: Uint8Array;
  /** Receipts of the legs prepared so far. */
  readonly receipts: readonly Attestation[];
  /** Payer's side: the source message's bytes; the others: the destination message's. Dropped after the check. */
  readonly documentBytes: Uint8Array;
  /** The debtor agent's signature over the document, as the leg check of X understands it. */
  readonly authorisation: unknown;
  /** Canonical bytes of every quote of the terms, in their order: the terms hold the providers' signatures over them. */
  readonly quotes: readonly Uint8Array[];
}

export interface DeliverItem {
  readonly pvpId: Uetr;
  readonly receipts: readonly Attestation[];
  readonly votes: readonly Attestation[];
}

export interface CancelItem {
  readonly pvpId: Uetr;
}

export interface QueryItem extends DeliverItem {
  /**
   * The deadline in the asker's terms; null when it knows none. After it, or without it, an id that X never saw is
   * answered with an ABORT that is durable first.
   */
  readonly prepareBy: number | null;
}

/** An agent's account on X's register; `accountId` null asks for the agent's own settlement wallet. */
export interface AccountQuestion {
  readonly agentBic: Bic;
  readonly accountId: string | null;
}

/**
 * A jurisdiction as the gateway and the peers reach it, in process or over HTTP. Every method takes a batch and
 * answers one result per item, in order; each item succeeds or fails alone, and may be sent again unchanged. A method
 * rejects when the outcome is unknown or the jurisdiction refuses traffic: ask again.
 */
export interface JurisdictionPort {
  readonly ledger: LedgerCode;
  resolveAccounts(questions: readonly AccountQuestion[]): Promise<(Wallet | null)[]>;
  /** Why marks of legs would refuse them, asked before terms are formed; null where they would not. The hold decides. */
  markFaults(questions: readonly MarkQuestion[]): Promise<(Refusal | null)[]>;
  /** PREPARE: hold; the last leg votes in the same step. */
  prepare(items: readonly PrepareItem[]): Promise<LegReport[]>;
  /** Receipts and votes of others: vote, and settle when they complete the certificate. */
  deliver(items: readonly DeliverItem[]): Promise<LegReport[]>;
  /** CANCEL: abort what has not been voted on. */
  cancel(items: readonly CancelItem[]): Promise<LegReport[]>;
  /** QUERY: the answer carries X's own vote and every peer vote it has stored. */
  query(items: readonly QueryItem[]): Promise<LegReport[]>;
}

/** What jurisdictions ask each other directly, without a gateway. */
export type PeerPort = Pick<JurisdictionPort, 'query'>;

/** Thrown by a jurisdiction that refuses traffic: it has not reconciled yet, or lost its ledger. */
export class JurisdictionClosedError extends Error {
  override readonly name = 'JurisdictionClosedError';
}

export interface LegCheckItem {
  readonly terms: PvpTerms;
  readonly termsBytes: Uint8Array;
  readonly legIndex: number;
  readonly documentBytes: Uint8Array;
  readonly authorisation: unknown;
  readonly quotes: readonly Uint8Array[];
}

/**
 * Decides before any hold whether the payer's bank, or the provider by its quote, authorised exactly this leg:
 * signatures against X's own register, account -> wallet, amount, currency, quote (with `voteBy` no later than one
 * second before it ends), and that the document is the one whose hash the terms carry.
 */
export interface LegCheck {
  check(items: readonly LegCheckItem[]): Promise<Result<true, Refusal>[]>;
}

/** Whether officers of the FX desk halted a trade: asked at each step before this jurisdiction's COMMIT. */
export interface HaltCheck {
  /** No halt stands: nothing needs to be asked. */
  readonly isQuiet: () => boolean;
  /** One answer per payment, in order: `TRADING_HALTED`, or null. */
  check(terms: readonly PvpTerms[]): Promise<(Refusal | null)[]>;
}

/** What an alarm is about; docs/operations.md says what each means and what to do. */
export const ALARM_CODES = [
  'IN_DOUBT',
  'EQUIVOCATION',
  'FUNDS_GONE',
  'REBUILD_FAILED',
  'LEDGER_CONTRADICTS',
  'RECORD_CORRUPT',
  'LEDGER_INCONSISTENT',
  'KEY_MISSING',
  'CLOCK_UNTRUSTED',
  'LEDGER_LOST',
  'FENCED',
] as const;

/** `alarm`: somebody should look; `page`: somebody must. */
export interface PvpAlarm {
  readonly level: 'alarm' | 'page';
  readonly code: (typeof ALARM_CODES)[number];
  readonly ledger: LedgerCode;
  readonly pvpId: Uetr | null;
  readonly detail: string;
}

export interface Alarm {
  raise(alarm: PvpAlarm): void;
}

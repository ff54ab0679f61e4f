/** A jurisdiction in another process: the port's client over signed HTTP. */
import type { Timers } from '../../kernel/clock.js';
import { RefusalError, refusal } from '../../kernel/errors.js';
import type { LedgerCode } from '../../kernel/ids.js';
import type { JurisdictionPort, LegReport, PrepareItem } from '../../pvp/jurisdiction-port.js';
import type { EvidencePort } from '../../pvp/leg-evidence.js';
import type { BalancePort } from '../balance-port.js';
import type { EventPort } from '../event-port.js';
import type { HaltPort } from '../halts.js';
import type { SignedFetch } from '../identity/signed-fetch.js';
import { balanceQuestionsCodec, balancesCodec } from './balance-codec.js';
import {
  accountsCodec,
  type Codec,
  cancelCodec,
  deliverCodec,
  evidenceCodec,
  evidenceIdsCodec,
  marksCodec,
  PVP_BODY_MAX_BYTES,
  PVP_CONTENT_TYPE,
  PVP_ITEMS_MAX,
  prepareCodec,
  prepareParts,
  queryCodec,
  refusalsCodec,
  reportsCodec,
  walletsCodec,
} from './codec.js';
import { eventHoldsCodec, eventQuestionsCodec, eventReportsCodec, eventReturnsCodec } from './event-codec.js';
import { haltsCodec } from './halt-codec.js';

export interface JurisdictionClientOptions {
  readonly ledger: LedgerCode;
  /** Signs as this party; its base URL is the jurisdiction's. */
  readonly send: SignedFetch;
  readonly timers: Timers;
  /** After it a call's outcome is unknown, milliseconds. */
  readonly callMaxMs: number;
}

/** Bodies of prepare are kept near this: several small requests rather than one that takes long to read and sign. */
const PREPARE_BYTES = 4 * 1024 * 1024;

/**
 * The port of a jurisdiction elsewhere. A call that is refused, not answered in time, or answered with anything but one
 * well-formed result per item rejects with `UNAVAILABLE`: its outcome is unknown, and it may be sent again.
 */
export function createJurisdictionClient(
  options: JurisdictionClientOptions,
): JurisdictionPort & EvidencePort & EventPort & HaltPort & BalancePort {
  const call = async <I, O>(method: string, items: readonly I[], request: Codec<I>, answer: Codec<O>): Promise<O[]> => {
    const body = await post(options, `/v1/pvp/${method}`, request.encode(items));
    const found = answer.decode(body);
    if (found.length !== items.length) throw new RangeError('an answer has one result per item');
    return found;
  };
  const inParts = async <I, O>(
    method: string,
    parts: readonly (readonly I[])[],
    request: Codec<I>,
    answer: Codec<O>,
  ): Promise<O[]> => {
    const found: O[] = [];
    try {
      for (const part of parts) found.push(...(await call(method, part, request, answer)));
    } catch (error) {
      throw unreachable(options.ledger, error);
    }
    return found;
  };
  const reports = async <I extends { readonly pvpId: string }>(
    method: string,
    parts: readonly (readonly I[])[],
    request: Codec<I>,
  ): Promise<LegReport[]> => {
    const found = await inParts(method, parts, request, reportsCodec);
    const inOrder = parts.flat().every(({ pvpId }, i) => found[i]!.pvpId === pvpId);
    if (!inOrder) throw unreachable(options.ledger, new RangeError('the answers are of other payments'));
    return found;
  };
  return {
    ledger: options.ledger,
    resolveAccounts: (questions) => inParts('accounts', slices(questions), accountsCodec, walletsCodec),
    markFaults: (questions) => inParts('marks', slices(questions), marksCodec, refusalsCodec),
    prepare: (items: readonly PrepareItem[]) => reports('prepare', prepareParts(items, PREPARE_BYTES), prepareCodec),
    deliver: (items) => reports('deliver', slices(items), deliverCodec),
    cancel: (items) => reports('cancel', slices(items), cancelCodec),
    query: (items) => reports('query', slices(items), queryCodec),
    holdForEvents: (items) => inParts('events/hold', slices(items, HOLDS_AT_ONCE), eventHoldsCodec, eventReportsCodec),
    eventReports: (items) => inParts('events', slices(items), eventQuestionsCodec, eventReportsCodec),
    returnFromEvents: (items) => inParts('events/return', slices(items), eventReturnsCodec, eventReportsCodec),
    obey: (orders) => inParts('halts', slices(orders), haltsCodec, refusalsCodec),
    providerBalances: (walletIds) => inParts('balances', slices(walletIds), balanceQuestionsCodec, balancesCodec),
    evidence: (pvpIds) => inParts('evidence', slices(pvpIds), evidenceIdsCodec, evidenceCodec),
  };
}

/** Each with a message of its own: a few at a time. */
const HOLDS_AT_ONCE = 16;

function slices<T>(items: readonly T[], countMax = PVP_ITEMS_MAX): T[][] {
  const count = Math.ceil(items.length / countMax);
  return Array.from({ length: count }, (_, i) => items.slice(i * countMax, (i + 1) * countMax));
}

async function post(options: JurisdictionClientOptions, path: string, body: Buffer): Promise<Buffer> {
  const controller = new AbortController();
  const cancel = options.timers.after(options.callMaxMs, () => controller.abort());
  try {
    const response = await options.send(path, {
      method: 'POST',
      headers: { 'content-type': PVP_CONTENT_TYPE, accept: PVP_CONTENT_TYPE },
      body,
      signal: controller.signal,
    });
    const bytes = await boundedBody(response, PVP_BODY_MAX_BYTES);
    if (response.status !== 200 || response.headers.get('content-type') !== PVP_CONTENT_TYPE)
      throw new RangeError(`it answered ${response.status}`);
    return bytes;
  } finally {
    cancel();
  }
}

/** The body of an answer; throws `RangeError`, and reads no further, where it is longer than `bytesMax`. */
export async function boundedBody(response: Response, bytesMax: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > bytesMax) throw new RangeError('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** What went wrong on the way, without anything of the payments in it. */
function unreachable(ledger: LedgerCode, error: unknown): RefusalError {
  const why = error instanceof RangeError ? error.message : 'it can not be reached or does not answer in time';
  return new RefusalError(refusal('UNAVAILABLE', `jurisdiction ${ledger}: ${why}`));
}

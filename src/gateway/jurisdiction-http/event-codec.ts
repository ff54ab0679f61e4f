/** The port of money that waits for events, as bytes. */
import type { ByteReader, ByteWriter } from '../../kernel/bytes.js';
import type { EventHold, EventQuestion, EventReport, EventReturn } from '../event-port.js';
import { type Codec, codec, readErrorCode, readOneOf, readPvpId, readRefusal } from './codec.js';

const PHASES = [
  ...(['none', 'held', 'confirmed', 'passedOn', 'refused', 'expired', 'returned'] as const),
] as const satisfies readonly EventReport['phase'][];
const EVENT_ID_MAX = 128;
const PROVIDERS_MAX = 16;

const writeQuestion = (writer: ByteWriter, { uetr, eventId }: EventQuestion): ByteWriter =>
  writer.text(uetr).text(eventId);

function readQuestion(reader: ByteReader): EventQuestion {
  const uetr = readPvpId(reader);
  const eventId = reader.text();
  if (eventId.length > EVENT_ID_MAX) throw new RangeError('the id of an event is too long');
  return { uetr, eventId };
}

export const eventQuestionsCodec: Codec<EventQuestion> = codec('eventsOf', writeQuestion, readQuestion);

export const eventHoldsCodec: Codec<EventHold> = codec(
  'holdForEvents',
  (writer, item) => writeQuestion(writer, item).bytes(item.documentBytes).bytes(item.record),
  (reader) => ({ ...readQuestion(reader), documentBytes: reader.bytes(), record: reader.bytes() }),
);

export const eventReturnsCodec: Codec<EventReturn> = codec(
  'returnFromEvents',
  (writer, item) => writeQuestion(writer, item).text(item.reason),
  (reader) => ({ ...readQuestion(reader), reason: readErrorCode(reader) }),
);

export const eventReportsCodec: Codec<EventReport> = codec(
  'eventReports',
  (writer, { phase, refusal, providerIds, expiresAt, heldAt }) =>
    writer
      .text(phase)
      .optional(refusal, (w, { code, detail }) => w.text(code).optional(detail, (inner, text) => inner.text(text)))
      .list(providerIds, (w, providerId) => w.text(providerId))
      .optional(expiresAt, (w, at) => w.integer(at))
      .optional(heldAt, (w, at) => w.integer(at)),
  (reader) => ({
    phase: readOneOf(reader, PHASES),
    refusal: reader.optional(readRefusal),
    providerIds: reader.list((r) => r.text(), PROVIDERS_MAX),
    expiresAt: reader.optional((r) => r.integer()),
    heldAt: reader.optional((r) => r.integer()),
  }),
);

/** Officers' orders about halts, as bytes between gateway and jurisdiction. */
import { HALT_ACTIONS } from '../../pvp/halts.js';
import type { ShownOrder } from '../halts.js';
import { type Codec, codec, readOneOf, readPvpId } from './codec.js';

export const haltsCodec: Codec<ShownOrder> = codec(
  'halts',
  (writer, { haltId, action, body, authorisation }) =>
    writer.text(haltId).text(action).bytes(body).bytes(authorisation),
  (reader) => ({
    haltId: readPvpId(reader),
    action: readOneOf(reader, HALT_ACTIONS),
    body: Buffer.from(reader.bytes()),
    authorisation: Buffer.from(reader.bytes()),
  }),
);

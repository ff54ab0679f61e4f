/** Balances of providers' wallets, as bytes between gateway and jurisdiction. */
import type { ByteReader } from '../../kernel/bytes.js';
import { isWalletId, type WalletId } from '../../kernel/ids.js';
import type { Balance } from '../../ledger/types.js';
import { type Codec, codec } from './codec.js';

function readWalletId(reader: ByteReader): WalletId {
  const text = reader.text();
  if (!isWalletId(text)) throw new RangeError('the id of a wallet is malformed');
  return text;
}

export const balanceQuestionsCodec: Codec<WalletId> = codec(
  'balancesOf',
  (writer, walletId) => writer.text(walletId),
  readWalletId,
);

export const balancesCodec: Codec<Balance | null> = codec(
  'balances',
  (writer, balance) =>
    writer.optional(balance, (w, { walletId, availableMinor, heldMinor, markedMinor }) =>
      w.text(walletId).integer(availableMinor).integer(heldMinor).integer(markedMinor),
    ),
  (reader) =>
    reader.optional((r) => ({
      walletId: readWalletId(r),
      availableMinor: r.bigint(),
      heldMinor: r.bigint(),
      markedMinor: r.bigint(),
    })),
);

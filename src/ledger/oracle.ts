import { ByteWriter } from '../kernel/bytes.js';
import type { Clock } from '../kernel/clock.js';
import { equalBytes } from '../kernel/hash.js';
import type { Signer } from '../kernel/signature.js';
import type { LedgerContext } from './block.js';
import { type DecodedTransaction, decodeTransaction } from './canonical.js';
import { bodiesForOracle, confirmationBytes } from './confirmation.js';
import { formFunded } from './form.js';
import { type LedgerHead, type LedgerIdentity, pocketKey, type TransactionToken } from './model.js';
import type { LedgerStore } from './store.js';
import type { LedgerCommand } from './types.js';
import { viewRequest } from './view-request.js';
import { createWorkingSet, isSameHead } from './working-set.js';

/**
 * The oracle as the writer of a ledger asks it, before the notary certifies a block: a party with a key of its own,
 * which believes nothing that it has not worked out from its own reading of the ledger.
 */
export interface Oracle {
  /** The signature over {@link confirmationBytes}. Rejects with {@link OracleRefusedError} where it finds otherwise. */
  confirm(block: OracleBlock): Promise<Uint8Array>;
}

/** A block that is being formed, as far as it concerns the oracle. */
export interface OracleBlock {
  /** The block before it. */
  readonly previous: LedgerHead;
  /** Its time, milliseconds. */
  readonly time: number;
  /** What was asked of the ledger, in order; without accounts, whose numbers are none of the oracle's business. */
  readonly commands: readonly LedgerCommand[];
  /** Bodies of the transactions that rest on the oracle, in order. */
  readonly bodies: readonly Uint8Array[];
}

export class OracleRefusedError extends Error {
  override readonly name = 'OracleRefusedError';
}

const refuse = (why: string): never => {
  throw new OracleRefusedError(why);
};

/** A ledger without an oracle moves neither marked money nor money held for an event. */
export const NO_ORACLE: Oracle = { confirm: async () => refuse('this ledger has no oracle') };

export interface OracleOptions {
  readonly ledger: LedgerIdentity & Pick<LedgerContext, 'openBlock'>;
  /** Its own reading: of the ledger's store, over a connection of its own. */
  readonly store: Pick<LedgerStore, 'head' | 'loadView' | 'loadTokens'>;
  readonly signer: Signer;
  readonly clock: Clock;
}

/** How far a block's time may be from the oracle's own clock, milliseconds: expiries go by it. */
const CLOCK_DIFFERENCE_MS_MAX = 30_000;
const NO_ACCOUNTS = new Uint8Array(32);

/**
 * Applies the same commands by the same rules to what it reads itself, and signs when all that rests on it comes out as
 * the writer has it: the same movements between the same pockets and holds, and the same entries. Which tokens of a
 * pocket are spent makes no difference here; that each is spent once is the notary's to see.
 */
export function createOracle({ ledger, store, signer, clock }: OracleOptions): Oracle {
  const context = { ...ledger, accountKey: NO_ACCOUNTS };
  return {
    async confirm({ previous, time, commands, bodies }) {
      if (Math.abs(time - clock.now()) > CLOCK_DIFFERENCE_MS_MAX) refuse('the time of the block is not now');
      if (!isSameHead(previous, await store.head())) refuse('the block does not follow the last one');
      const view = await createWorkingSet(store).load(previous, viewRequest(NO_ACCOUNTS, commands));
      const { loadTokens } = store;
      const { mutations } = await formFunded({ loadTokens, context, view, now: time }, commands);
      if (bodies.length === 0) refuse('nothing of the block rests on the oracle');
      const told = bodies.map(decodeTransaction);
      const own = bodiesForOracle(mutations).map(decodeTransaction).filter(isDeed);
      const deeds = told.filter(isDeed);
      if (!told.every((transaction) => isDeed(transaction) || isMerge(transaction)))
        refuse('a consolidation does more');
      if (own.length !== deeds.length) refuse('other transactions come of the commands');
      own.forEach((transaction, i) => {
        if (!equalBytes(deed(transaction), deed(deeds[i]!))) refuse(`transaction ${i} differs`);
      });
      return signer.sign(confirmationBytes(ledger, previous.sequence + 1n, bodies));
    },
  };
}

/** How many small tokens are merged depends on how many the writer has loaded; what merging may do does not. */
const isDeed = ({ kind }: DecodedTransaction): boolean => kind !== 'consolidate';
const isMerge = (transaction: DecodedTransaction): boolean =>
  transaction.entries.length === 0 && transaction.outputs.length === 1 && movements(transaction).length === 0;

/** What a transaction does, whichever tokens it takes and wherever in its block it stands. */
function deed(transaction: DecodedTransaction): Buffer {
  const { ledger, blockSequence, kind, reference, debitWallet, creditWallet } = transaction;
  return new ByteWriter()
    .text(ledger.code)
    .text(ledger.currency)
    .integer(blockSequence)
    .text(kind)
    .optional(reference, (w, v) => w.text(v))
    .optional(debitWallet, (w, v) => w.text(v))
    .optional(creditWallet, (w, v) => w.text(v))
    .integer(transaction.amountMinor)
    .bytes(transaction.detail)
    .list(movements(transaction), (w, [place, amountMinor]) => w.text(place).integer(amountMinor))
    .list(transaction.entries, (w, { kind: of, entryId, ownerBic, body, state, open, dueAt }) =>
      w
        .text(of)
        .text(entryId)
        .text(ownerBic)
        .bytes(body)
        .bytes(state)
        .integer(open ? 1 : 0)
        .optional(dueAt, (inner, v) => inner.integer(v)),
    )
    .finish();
}

/** What comes to each pocket and hold; negative for what goes. */
function movements({ inputs, outputs }: DecodedTransaction): [place: string, amountMinor: bigint][] {
  const sums = new Map<string, bigint>();
  const add = (token: TransactionToken, amountMinor: bigint) => {
    const place = `${pocketKey(token)}\n${token.conditionRef ?? ''}`;
    sums.set(place, (sums.get(place) ?? 0n) + amountMinor);
  };
  for (const token of inputs) add(token, -token.amountMinor);
  for (const token of outputs) add(token, token.amountMinor);
  return [...sums].filter(([, sum]) => sum !== 0n).sort(([a], [b]) => (a < b ? -1 : 1));
}

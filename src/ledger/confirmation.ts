import { ByteWriter } from '../kernel/bytes.js';
import { merkleTreeOfHashes } from '../kernel/merkle.js';
import { type DecodedTransaction, decodeTransaction, transactionIdOf } from './canonical.js';
import type { NotaryKey, VerifySignature } from './chain.js';
import { isHoldOfEvent } from './domestic/event.js';
import { creditMarkOf } from './hold-detail.js';
import type { BlockMutations, CommittedBlock, EntryKind, LedgerIdentity, TokenDraft } from './model.js';

/**
 * The oracle's confirmation of a block: its signature over the transactions that move marked money or money held for an
 * event, hold money that is to be marked, or write one of its registries. A block without such transactions has none and needs none.
 */
const CONFIRMATION_DOMAIN = 'otkel/ledger/confirmation/v1';

/** Registries that are not the oracle's: what banks ask of the issuer. */
const NOT_THE_ORACLES: ReadonlySet<EntryKind> = new Set(['request', 'conversion']);

const isConditional = ({ markId, conditionRef }: TokenDraft): boolean =>
  markId !== null || (conditionRef !== null && isHoldOfEvent(conditionRef));

/** Whether a transaction counts only with the oracle's confirmation. */
export const restsOnOracle = (
  transaction: Pick<DecodedTransaction, 'kind' | 'detail' | 'inputs' | 'outputs' | 'entries'>,
): boolean =>
  transaction.inputs.some(isConditional) ||
  transaction.outputs.some(isConditional) ||
  transaction.entries.some(({ kind }) => !NOT_THE_ORACLES.has(kind)) ||
  (transaction.kind === 'hold' && creditMarkOf(transaction) !== null);

/** Bodies of a block's transactions that rest on the oracle, in order. Each of them has a topic, so most blocks end here. */
export function bodiesForOracle({ transactions, topics }: BlockMutations): Uint8Array[] {
  if (topics.length === 0) return [];
  const positions = [...new Set(topics.map(({ position }) => position))].sort((a, b) => a - b);
  return positions.map((at) => transactions[at]!.body).filter((body) => restsOnOracle(decodeTransaction(body)));
}

/** What the oracle signs: which transactions it confirms, by the Merkle root over their ids in order. */
export function confirmationBytes(ledger: LedgerIdentity, sequence: bigint, bodies: readonly Uint8Array[]): Buffer {
  return new ByteWriter()
    .text(CONFIRMATION_DOMAIN)
    .text(ledger.code)
    .text(ledger.currency)
    .integer(sequence)
    .integer(bodies.length)
    .bytes(merkleTreeOfHashes(bodies.map(transactionIdOf)).root)
    .finish();
}

/** Missing where something rests on the oracle, there where nothing does, or signed by no key that is good. */
export type ConfirmationFault = 'MISSING' | 'NEEDLESS' | 'SIGNATURE';

/** Whether the oracle has confirmed what it had to of a block; `bodies` are those of all its transactions, in order. */
export function verifyConfirmation(
  ledger: LedgerIdentity,
  block: Pick<CommittedBlock, 'header' | 'confirmation'>,
  bodies: readonly Uint8Array[],
  keys: readonly NotaryKey[],
  verify: VerifySignature,
): ConfirmationFault | null {
  const confirmed = bodies.filter((body) => restsOnOracle(decodeTransaction(body)));
  const { confirmation } = block;
  if (confirmed.length === 0) return confirmation === null ? null : 'NEEDLESS';
  if (confirmation === null) return 'MISSING';
  const bytes = confirmationBytes(ledger, block.header.sequence, confirmed);
  return keys.some(({ suite, publicKey }) => verify(suite, publicKey, bytes, confirmation)) ? null : 'SIGNATURE';
}

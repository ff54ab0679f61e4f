import { refusal } from '../kernel/errors.js';
import { err, invariant } from '../kernel/result.js';
import type { FormedBlock } from './block.js';
import { transactionIdOf } from './canonical.js';
import { bodiesForOracle } from './confirmation.js';
import type { BlockView, LedgerHead } from './model.js';
import type { Oracle } from './oracle.js';
import type { CommandResult, LedgerCommand } from './types.js';

/** A block as it was formed on a view. */
export interface Formed {
  readonly view: BlockView;
  readonly formed: FormedBlock;
}

export interface ConfirmedBlock extends Formed {
  /** The oracle's signature; null where nothing rests on it. */
  readonly confirmation: Uint8Array | null;
}

export interface Confirming {
  readonly form: (on: LedgerHead, commands: readonly LedgerCommand[], now: number) => Promise<Formed>;
  readonly oracle: Oracle;
  /** Told why the oracle has not confirmed a block. */
  readonly onUnconfirmed: (error: unknown) => void;
}

const UNCONFIRMED: CommandResult = err(refusal('UNAVAILABLE', 'the oracle has not confirmed it'));

/**
 * Forms a block and has the oracle confirm what rests on it. Where it does not, the block is formed without that: an
 * oracle that is away, or finds otherwise, stops nobody else.
 */
export async function formConfirmed(
  confirming: Confirming,
  on: LedgerHead,
  commands: readonly LedgerCommand[],
  now: number,
): Promise<ConfirmedBlock> {
  const block = await confirming.form(on, commands, now);
  const { outcomes, mutations } = block.formed;
  const bodies = bodiesForOracle(mutations);
  if (bodies.length === 0) return { confirmation: null, ...block };
  try {
    const asked = { previous: on, time: now, commands: commands.filter((_, i) => isShown(commands[i]!, outcomes[i]!)) };
    return { confirmation: await confirming.oracle.confirm({ bodies, ...asked }), ...block };
  } catch (error) {
    confirming.onUnconfirmed(error);
    const resting = new Set(bodies.map((body) => hex(transactionIdOf(body))));
    const isLeft = outcomes.map((outcome) => !resting.has(hex(outcome.ok ? outcome.value.transactionId : null)));
    const left = commands.filter((_, i) => isLeft[i]);
    invariant(left.length < commands.length, 'whatever rests on the oracle is the outcome of a command');
    const without = await formConfirmed(confirming, on, left, now);
    const rest = without.formed.outcomes.values();
    const all = commands.map((_, i) => (isLeft[i] ? rest.next().value! : UNCONFIRMED));
    return { ...without, formed: { ...without.formed, outcomes: all } };
  }
}

/** Accounts are shown to nobody; a command that broke an invariant was left out of the block. */
const isShown = ({ kind }: LedgerCommand, outcome: CommandResult): boolean =>
  kind !== 'registerAccount' && (outcome.ok || outcome.error.code !== 'LEDGER_INCONSISTENT');

const hex = (bytes: Uint8Array | null): string => (bytes ? Buffer.from(bytes).toString('hex') : '');

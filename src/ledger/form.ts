import { refusal } from '../kernel/errors.js';
import { err, invariant } from '../kernel/result.js';
import { type FormedBlock, formBlock, type LedgerContext } from './block.js';
import { type BlockView, pocketKey } from './model.js';
import type { LedgerStore, TokenPage } from './store.js';
import type { LedgerCommand } from './types.js';
import { byAmountDescending, type Shortage } from './working.js';

/** An invariant broke while a block was formed: what the ledger stores contradicts itself, or the code is wrong. */
export class FormingError extends Error {
  override readonly name = 'FormingError';
}

/** What a block is formed on. */
export interface FormedOn {
  readonly loadTokens: LedgerStore['loadTokens'];
  readonly context: LedgerContext;
  readonly view: BlockView;
  readonly now: number;
}

export type OnBroken = (command: LedgerCommand, error: FormingError) => void;

const PAGE_COUNT_MIN = 256;
const PAGE_COUNT_MAX = 4096;

function whole<T>(step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw new FormingError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/**
 * Forms the block; where the view has too few tokens, reads on in keyset pages and forms it again. Throws
 * {@link FormingError} when an invariant breaks.
 */
export async function formFunded(on: FormedOn, commands: readonly LedgerCommand[]): Promise<FormedBlock> {
  const { loadTokens, context, view, now } = on;
  for (;;) {
    const formed = whole(() => formBlock(context, view, commands, now));
    if (formed.shortages.size === 0) return formed;
    for (const shortage of formed.shortages.values()) await readOn(loadTokens, view, shortage);
  }
}

async function readOn(
  loadTokens: LedgerStore['loadTokens'],
  view: BlockView,
  { pocket, missingMinor }: Shortage,
): Promise<void> {
  const key = pocketKey(pocket);
  const tokens = view.tokens.get(key) ?? [];
  const loaded = new Set(tokens.map((token) => Buffer.from(token.tokenId).toString('hex')));
  let after = view.cursors.get(key) ?? null;
  let missing = missingMinor;
  for (let limit = PAGE_COUNT_MIN; missing > 0n; limit = Math.min(limit * 2, PAGE_COUNT_MAX)) {
    const page: TokenPage = { ...pocket, from: 'largest', after, limit };
    const next = await loadTokens([page]);
    whole(() => invariant(next.length > 0, "a pocket's tokens have its sum"));
    for (const token of next) {
      if (loaded.has(Buffer.from(token.tokenId).toString('hex'))) continue;
      missing -= token.amountMinor;
      tokens.push(token);
    }
    after = next.at(-1)!;
  }
  if (after) view.cursors.set(key, after);
  view.tokens.set(key, tokens.sort(byAmountDescending));
}

/**
 * Forms a block of the commands that can be formed; each one that breaks an invariant, alone or after those before it, is
 * refused with `LEDGER_INCONSISTENT`, so that it stops nobody else.
 */
export async function formSound(
  on: FormedOn,
  commands: readonly LedgerCommand[],
  onBroken: OnBroken,
): Promise<FormedBlock> {
  const broken = new Map<number, FormingError>();
  const keep = async (sound: readonly number[], rest: readonly number[]): Promise<readonly number[]> => {
    const both = [...sound, ...rest];
    try {
      await formFunded(on, commandsAt(commands, both));
      return both;
    } catch (error) {
      if (!(error instanceof FormingError)) throw error;
      const [only, ...more] = rest;
      if (only !== undefined && more.length === 0) broken.set(only, error);
      if (rest.length < 2) return sound;
      const half = rest.length >> 1;
      return keep(await keep(sound, rest.slice(0, half)), rest.slice(half));
    }
  };
  const sound = await keep([], [...commands.keys()]);
  const formed = await formFunded(on, commandsAt(commands, sound));
  for (const [at, error] of broken) onBroken(commands[at]!, error);
  const outcomes = new Map(sound.map((at, i) => [at, formed.outcomes[i]!]));
  const refused = (at: number) => err(refusal('LEDGER_INCONSISTENT', broken.get(at)?.message));
  return { ...formed, outcomes: commands.map((_, at) => outcomes.get(at) ?? refused(at)) };
}

const commandsAt = (commands: readonly LedgerCommand[], places: readonly number[]): LedgerCommand[] =>
  places.map((at) => commands[at]!);

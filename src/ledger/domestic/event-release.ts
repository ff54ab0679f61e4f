import { type Refusal, refusal } from '../../kernel/errors.js';
import { err, invariant, ok, type Result } from '../../kernel/result.js';
import { freed, payOut, standOn, tokensOf } from '../holds.js';
import type { Entry, Pocket } from '../model.js';
import { type Applied, unmarked } from '../movement.js';
import type { Hold } from '../types.js';
import type { WorkingState } from '../working.js';
import type { EventTerms } from './event.js';
import { FIRST_LEVEL, markOf, routed } from './mark.js';

/**
 * The pockets that a release pays into; a release of marked money is a spend under the rule of its mark. Where agreements
 * pay, they have been judged when the money was held.
 */
export function receivers(state: WorkingState, terms: EventTerms): Result<readonly Pocket[], Refusal> {
  const { markId, markLevel } = terms;
  const wallets = terms.receivers.map(({ walletId }) => walletId);
  if (markId === null || markLevel === null) return ok(wallets.map(unmarked));
  const entry = state.entry('mark', markId);
  if (!entry) return err(refusal('MARK_UNKNOWN', markId));
  const mark = markOf(entry);
  const pockets: Pocket[] = [];
  for (const { walletId, agreementId } of terms.receivers) {
    const level = agreementId === undefined ? routed(mark, markLevel, walletId) : ok(FIRST_LEVEL);
    if (!level.ok) return level;
    pockets.push(level.value === null ? unmarked(walletId) : { walletId, markId, markLevel: level.value });
  }
  return ok(pockets);
}

/**
 * Pays a decided amount to the receivers in one transaction. What it leaves stays held where the event goes on, else
 * it goes back to the sender.
 */
export function paysOut(
  state: WorkingState,
  terms: EventTerms,
  hold: Hold,
  paid: {
    readonly amountMinor: bigint;
    /** What of it each receiver gets. */
    readonly shares: readonly bigint[];
    readonly goesOn: boolean;
    readonly evidence: Uint8Array;
    readonly entries: readonly Entry[];
  },
): Applied {
  const { amountMinor, shares, goesOn, evidence, entries } = paid;
  const pockets = receivers(state, terms);
  if (!pockets.ok) return pockets;
  const inputs = tokensOf(state, hold);
  const [held] = inputs;
  invariant(held && inputs.length === 1, 'held money is one token');
  const given = pockets.value.map((pocket, i) => ({ ...pocket, amountMinor: shares[i]!, conditionRef: null }));
  const outputs = given.filter((token) => token.amountMinor > 0n);
  const restMinor = held.amountMinor - amountMinor;
  const rest = { ...freed(held, held.walletId), amountMinor: restMinor };
  if (!goesOn) {
    const all = restMinor > 0n ? [...outputs, rest] : outputs;
    return payOut(state, hold, { amountMinor, evidence, inputs, outputs: all, entries });
  }
  const kept = { ...rest, conditionRef: hold.conditionRef };
  const drawn = { kind: 'draw', posted: true, amountMinor, evidence, inputs, outputs: [kept, ...outputs] } as const;
  return standOn(state, { ...hold, amountMinor: restMinor }, { ...drawn, entries });
}

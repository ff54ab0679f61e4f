/** What the fault matrix promises of a cell, beyond that both sides end as one. */
import type { Cell, Outcome } from './cell.js';
import type { Look } from './look.pg.js';
import type { Step } from './points.js';

/** How far the payment was when the fault came; null where it does not settle by itself. */
export const stepOf = ({ point, moment }: Cell): Step | null =>
  point.steps ? point.steps[moment === 'before' ? 0 : 1] : null;

const SIGNED_BY_BOTH: ReadonlySet<Step> = new Set(['S5', 'S6', 'S7', 'end']);
const IN_DOUBT: ReadonlySet<Step> = new Set(['S4', 'S5', 'S6']);

/** The payer's side is cut off from everybody after the other one signed: the bank must hear that nobody knows. */
export function mustBeTold(cell: Cell): boolean {
  const { fault } = cell;
  const step = stepOf(cell);
  const isCutOff = fault.kind === 'partition' && fault.links.includes('gateway-KZ') && fault.links.includes('CN-KZ');
  return isCutOff && cell.heals === 'late' && step !== null && IN_DOUBT.has(step);
}

/** In words, what is not as promised. */
export function broken(
  cell: Cell,
  outcome: Outcome | null,
  meanwhile: Look | null,
  said: ReadonlySet<string>,
): string[] {
  const step = stepOf(cell);
  const wrong: string[] = [];
  const promise = (isKept: boolean, what: string): void => {
    if (!isKept) wrong.push(what);
  };
  promise(outcome !== null, 'the sides did not end as one');
  const { path } = cell.point;
  if (path === 'undelivered') promise(outcome === 'SETTLED', `both signed, and it ended ${outcome}`);
  else if (step === null) promise(outcome !== 'SETTLED' || path === 'too late', 'what was refused settled');
  else if (SIGNED_BY_BOTH.has(step)) promise(outcome === 'SETTLED', `both signed, and it ended ${outcome}`);
  if (meanwhile === null || step === null) return wrong;

  const { fault } = cell;
  const isDead = (victim: string) => fault.kind === 'dies' && fault.victim === victim;
  const { kz, cn } = meanwhile;
  if (isDead('gateway'))
    promise(kz.hold !== 'HELD' && cn.hold !== 'HELD', `a dead gateway blocks ${kz.hold}/${cn.hold}`);
  // The payee's side has signed, and the payer's journal is out of reach: nothing may end its hold.
  if (step === 'S4' && isDead('KZ')) promise(cn.hold === 'HELD', `in doubt, and its hold is ${cn.hold}`);
  if (mustBeTold(cell)) {
    promise(cn.hold === 'HELD', `in doubt, and its hold is ${cn.hold}`);
    promise(said.has('PDNG'), `in doubt, and the bank was told ${[...said].join(', ')}`);
  }
  return wrong;
}

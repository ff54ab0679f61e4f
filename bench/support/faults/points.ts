/**
 * Where a payment can be interrupted: every write after which something else is durable. P1, P2, P4, P5 and P6 are the
 * persistence points of a leg, the others the gateway's. The payer's side is KZ, the payee's CN.
 */
import type { DatabaseRole } from '../../../src/gateway/platform/databases.js';
import type { PgStatement, PgUnit } from './pg-proxy.js';

/**
 * How far a payment has come. S0 nothing is stored; S1 accepted, nothing sent; S2 the payer's side holds; S3 both hold;
 * S4 the payee's side signed COMMIT; S5 both signed; S6 the payer's side settled; S7 both settled, not reported.
 */
export type Step = 'S0' | 'S1' | 'S2' | 'S3' | 'S4' | 'S5' | 'S6' | 'S7' | 'end';

/**
 * What becomes of a payment that nobody interrupts. `settles`; `undelivered`: settles too, but the gateway can't tell the
 * payee's side at once, so that its log hears of the COMMIT before the end; `no funds`: the payer's side refuses it, both sides get a
 * tombstone; `blocked`: the payee's side refuses it after the payer's side held; `too late`: the payee's side signed
 * COMMIT, and the payer's side hears of it after `voteBy`.
 */
export type Path = 'settles' | 'undelivered' | 'no funds' | 'blocked' | 'too late';

export interface KillPoint {
  readonly id: string;
  readonly path: Path;
  /** The database that is written. */
  readonly role: DatabaseRole;
  readonly matches: (unit: PgUnit) => boolean;
  /** How far the payment is until this is durable, and from then on; where it settles. */
  readonly steps?: readonly [until: Step, from: Step];
}

const isNamed = (statement: PgStatement, ...names: string[]): boolean => names.includes(statement.name);
const has =
  (...names: string[]) =>
  (unit: PgUnit): boolean =>
    names.every((name) => unit.some((statement) => isNamed(statement, name)));
const hasValue = ({ values }: PgStatement, text: string): boolean =>
  values.some((value) => value?.toString('latin1').replaceAll(/[{}"]/g, '').split(/[\n,]/).includes(text));

/** What a block does to holds; null when it does nothing to any. */
const holdPart = ({ name, text }: PgStatement): string | null =>
  name.startsWith('ledger-block-') ? (/\b(placed|ended) AS \(/.exec(text)?.[1] ?? null) : null;

/** A block that puts a hold into this state. A column of texts travels as lines or as an array. */
const block = (state: 'HELD' | 'SETTLED' | 'RELEASED', isNew: boolean) => (unit: PgUnit) =>
  unit.some((statement) => holdPart(statement) === (isNew ? 'placed' : 'ended') && hasValue(statement, state));
const vote = (decision: 'COMMIT' | 'ABORT') => (unit: PgUnit) =>
  unit.some((statement) => isNamed(statement, 'signer-vote', 'signer-insert-entries') && hasValue(statement, decision));

const P1 = block('HELD', true);
const P2 = block('RELEASED', true);
const P4 = block('RELEASED', false);
const P5_COMMIT = vote('COMMIT');
const P5_ABORT = vote('ABORT');
const P6 = block('SETTLED', false);

const point = (
  path: Path,
  id: string,
  role: DatabaseRole,
  matches: KillPoint['matches'],
  steps?: KillPoint['steps'],
): KillPoint => ({ path, id, role, matches, ...(steps ? { steps } : {}) });

const isAborted = (unit: PgUnit) => has('finalise')(unit) && has('mark-decided')(unit);

export const KILL_POINTS: readonly KillPoint[] = [
  point('settles', 'nonce', 'gateway', has('request_nonce_insert'), ['S0', 'S0']),
  point('settles', 'accept', 'gateway', has('insert-messages', 'insert-payments', 'fx-insert-quotes'), ['S0', 'S1']),
  point('settles', 'nonce KZ', 'ledger-kz', has('request_nonce_insert'), ['S0', 'S0']),
  point('settles', 'P1 KZ', 'ledger-kz', P1, ['S1', 'S2']),
  point('settles', 'P1 CN', 'ledger-cn', P1, ['S2', 'S3']),
  point('settles', 'P5 COMMIT CN', 'signer-cn', P5_COMMIT, ['S3', 'S4']),
  point('settles', 'P5 COMMIT KZ', 'signer-kz', P5_COMMIT, ['S4', 'S5']),
  point('settles', 'P6 KZ', 'ledger-kz', P6, ['S5', 'S6']),
  point('settles', 'P6 CN', 'ledger-cn', P6, ['S6', 'S7']),
  point('settles', 'closed', 'gateway', has('finalise', 'end-transactions', 'deliver'), ['S7', 'end']),

  point('undelivered', 'decided', 'gateway', (unit) => has('mark-decided')(unit) && !has('finalise')(unit)),
  point('undelivered', 'closed', 'gateway', has('finalise', 'end-transactions', 'deliver')),

  point('no funds', 'P5 ABORT KZ', 'signer-kz', P5_ABORT),
  point('no funds', 'P2 KZ', 'ledger-kz', P2),
  point('no funds', 'decided', 'gateway', isAborted),
  point('no funds', 'P5 ABORT CN', 'signer-cn', P5_ABORT),
  point('no funds', 'P2 CN', 'ledger-cn', P2),
  point('no funds', 'closed', 'gateway', has('close-payments')),

  point('blocked', 'P5 ABORT CN', 'signer-cn', P5_ABORT),
  point('blocked', 'P2 CN', 'ledger-cn', P2),
  point('blocked', 'decided', 'gateway', isAborted),
  point('blocked', 'P5 ABORT KZ', 'signer-kz', P5_ABORT),
  point('blocked', 'P4 KZ', 'ledger-kz', P4),
  point('blocked', 'closed', 'gateway', has('close-payments')),

  point('too late', 'pending', 'gateway', has('mark-pending')),
  point('too late', 'P5 ABORT KZ', 'signer-kz', P5_ABORT),
  point('too late', 'P4 KZ', 'ledger-kz', P4),
  point('too late', "peer's vote CN", 'signer-cn', has('signer-record-peer-votes')),
  point('too late', 'P4 CN', 'ledger-cn', P4),
  point('too late', 'decided', 'gateway', isAborted),
  point('too late', 'closed', 'gateway', has('close-payments')),
];

/**
 * Writes that are no payment's: of a process for itself; at its start, some of them without a name; of the operator. And
 * `finalise` alone: closing again, after an unknown outcome, what is closed already. What the desk remembers of wallets, and
 * counters that it makes at zero, are read again where they are lost.
 */
const UPKEEP =
  /^(?:finalise|renew-lease|claim-abandoned|request_nonce_\w+|participant_\w+|fx-set-covered|fx-open-counters|signer-(?:keep|drop)-checkpoints?|)$/;

const isUpkeep = (statement: PgStatement): boolean =>
  UPKEEP.test(statement.name) || (statement.name.startsWith('ledger-block-') && holdPart(statement) === null);

/** Whether a unit writes, and is neither a kill point of its database nor upkeep: then a point is missing. */
export function isUnlisted(role: DatabaseRole, unit: PgUnit): boolean {
  const writes = unit.filter(
    ({ text }) => /\b(?:INSERT INTO|UPDATE|DELETE FROM)\s+\w/.test(text) && !/FOR UPDATE/.test(text),
  );
  if (writes.length === 0) return false;
  return !writes.every(isUpkeep) && !KILL_POINTS.some((one) => one.role === role && one.matches(unit));
}

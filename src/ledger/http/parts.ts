import type { Request } from 'express';
import { RefusalError } from '../../kernel/errors.js';
import type { Bic, LedgerCode } from '../../kernel/ids.js';
import { type LedgerCaller, type Operation, roleFault } from '../domestic/roles.js';
import type { LedgerReads } from '../reads.js';
import type { Ledger, LedgerCommand, LedgerOutcome } from '../types.js';
import { hex } from './json.js';

/**
 * Who asks, if the table of roles lets them; else the request ends in FORBIDDEN. `ownerBic` is whose what is touched is;
 * absent where that is nobody's or isn't there.
 */
export type Authorise = (req: Request, operation: Operation, ownerBic: Bic | null | undefined) => LedgerCaller;

/** What the routes of every family are given. */
export interface RouteParts {
  readonly ledger: Ledger;
  readonly reads: LedgerReads;
  /** Who asks, whether or not they may. */
  readonly callerOf: (req: Request) => LedgerCaller;
  readonly authorise: Authorise;
  /** What the command did; a refused one ends the request. */
  readonly submit: (command: LedgerCommand) => Promise<LedgerOutcome>;
}

export const createAuthorise =
  (ledger: LedgerCode, callerOf: (req: Request) => LedgerCaller): Authorise =>
  (req, operation, ownerBic) => {
    const caller = callerOf(req);
    const fault = roleFault(ledger, caller, operation, ownerBic);
    if (fault) throw new RefusalError(fault);
    return caller;
  };

export const createSubmit =
  (ledger: Ledger): RouteParts['submit'] =>
  async (command) => {
    const result = await ledger.submit(command);
    if (!result.ok) throw new RefusalError(result.error);
    return result.value;
  };

export const outcomeJson = (outcome: LedgerOutcome) => ({
  blockSequence: outcome.blockSequence.toString(),
  transactionId: outcome.transactionId && hex(outcome.transactionId),
});

import type { RequestHandler } from 'express';
import { refusal } from '../kernel/errors.js';
import { HttpProblem } from './problem.js';

/** The end of a process in good order: requests under way are answered, new ones are sent elsewhere. */
export interface Drain {
  /** Counts the requests that pass it; once draining began new ones are `UNAVAILABLE`, and their connections end. */
  readonly gate: RequestHandler;
  readonly isDraining: () => boolean;
  /** Resolves when draining begins: what never ends by itself ends then. */
  readonly begun: Promise<void>;
  /** Resolves when no request is under way. */
  begin(): Promise<void>;
}

export function createDrain(): Drain {
  let isDraining = false;
  let underWay = 0;
  let tellBegun = () => {};
  const begun = new Promise<void>((resolve) => {
    tellBegun = resolve;
  });
  let tellEnded = () => {};
  const ended = new Promise<void>((resolve) => {
    tellEnded = resolve;
  });
  const look = () => {
    if (isDraining && underWay === 0) tellEnded();
  };
  return {
    gate: (_req, res, next) => {
      if (isDraining) {
        res.set('Connection', 'close');
        next(new HttpProblem(refusal('UNAVAILABLE', 'the process is stopping')));
        return;
      }
      underWay += 1;
      res.once('close', () => {
        underWay -= 1;
        look();
      });
      next();
    },
    isDraining: () => isDraining,
    begun,
    begin: () => {
      isDraining = true;
      tellBegun();
      look();
      return ended;
    },
  };
}

import type { RequestHandler } from 'express';
import { type Refusal, refusal } from '../../kernel/errors.js';

/** A refusal on its way to the application's error handler, which writes the problem document. */
export class HttpRefusal extends Error {
  override readonly name = 'HttpRefusal';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

/** Throws the refusal, if there is one. */
export function orRefuse(found: Refusal | null): void {
  if (found) throw new HttpRefusal(found);
}

export const badRequest = (field: string): never => {
  throw new HttpRefusal(refusal('BAD_REQUEST', field));
};

/** A handler whose rejection goes to the error handler. */
export const route =
  (handle: (...args: Parameters<RequestHandler>) => Promise<void>): RequestHandler =>
  (req, res, next) => {
    handle(req, res, next).catch(next);
  };

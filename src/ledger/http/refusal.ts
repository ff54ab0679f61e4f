import type { RequestHandler } from 'express';
import { RefusalError, refusal } from '../../kernel/errors.js';

export const badRequest = (field: string): never => {
  throw new RefusalError(refusal('BAD_REQUEST', field));
};

/** A handler whose rejection goes to the error handler. */
export const route =
  (handle: (...args: Parameters<RequestHandler>) => Promise<void>): RequestHandler =>
  (req, res, next) => {
    handle(req, res, next).catch(next);
  };

import express, { type RequestHandler } from 'express';
import { refusal } from '../kernel/errors.js';
import { PVP_BODY_MAX_BYTES } from './jurisdiction-http/codec.js';
import { HttpProblem } from './problem.js';

const MESSAGE_MAX_BYTES = 8 * 1024 * 1024;
const OTHER_MAX_BYTES = 256 * 1024;

/** Whether a path is between gateways and jurisdictions. */
export const isPartyPath = (path: string): boolean => path.startsWith('/v1/pvp/');

const rawReader = (limit: number): RequestHandler => express.raw({ type: () => true, limit, inflate: false });

/**
 * Leaves the bytes of the body in `req.body` as they came. `BODY_TOO_LARGE` above 8 MiB for a posted message, 16 MiB
 * between gateway and jurisdiction, 256 KiB elsewhere; `UNSUPPORTED_ENCODING` for a compressed body, so that nothing is ever inflated. A body that says
 * itself that it is too large is not read; the surplus of one that doesn't is dropped as it arrives. `judge` looks at a
 * request whose body may be above 256 KiB before anything of it is read: strangers must not fill the memory.
 */
export function createBodyReader(judge: RequestHandler): RequestHandler {
  const messages = { limit: MESSAGE_MAX_BYTES, read: rawReader(MESSAGE_MAX_BYTES) };
  const parties = { limit: PVP_BODY_MAX_BYTES, read: rawReader(PVP_BODY_MAX_BYTES) };
  const others = { limit: OTHER_MAX_BYTES, read: rawReader(OTHER_MAX_BYTES) };
  return (req, res, next) => {
    const isMessage = req.method === 'POST' && req.path === '/v1/messages';
    const { limit, read } = isMessage ? messages : isPartyPath(req.path) ? parties : others;
    const declared = Number(req.headers['content-length'] ?? 0);
    if (declared > limit) {
      next(new HttpProblem(refusal('BODY_TOO_LARGE')));
      return;
    }
    const isSmall =
      limit <= OTHER_MAX_BYTES || (req.headers['transfer-encoding'] === undefined && declared <= OTHER_MAX_BYTES);
    if (isSmall) read(req, res, next);
    else judge(req, res, (error?: unknown) => (error === undefined ? read(req, res, next) : next(error)));
  };
}

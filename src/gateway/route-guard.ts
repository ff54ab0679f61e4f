import type { RequestHandler } from 'express';
import { refusal } from '../kernel/errors.js';
import type { Api } from './openapi.js';
import { HttpProblem } from './problem.js';

/**
 * Lets pass only what the OpenAPI document names: another path is `NOT_FOUND`, another method of a path
 * `METHOD_NOT_ALLOWED` with `Allow`. The guard of public paths leaves its router for all others: the one behind the
 * authenticator judges them, so that strangers are told nothing.
 */
export const createRouteGuard =
  ({ pathTemplateOf, isPublicPath, methodsOf }: Api, paths: 'public' | 'all'): RequestHandler =>
  (req, res, next) => {
    const template = pathTemplateOf(req.path);
    if (paths === 'public' && (template === null || !isPublicPath(template))) {
      next('router');
      return;
    }
    if (template === null) throw new HttpProblem(refusal('NOT_FOUND'));
    const allowed = methodsOf(template);
    if (allowed.includes(req.method)) {
      next();
      return;
    }
    res.set('Allow', allowed.join(', '));
    throw new HttpProblem(refusal('METHOD_NOT_ALLOWED'));
  };

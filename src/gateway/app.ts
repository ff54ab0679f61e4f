/** The HTTP application: in which order a request meets what. The process entry gives it a server and its time-outs. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { refusal } from '../kernel/errors.js';
import { type AccessLogOptions, createAccessLog, requestIdOf } from './access-log.js';
import { limitFailures } from './failed-authentications.js';
import { createProblemHandler, HttpProblem } from './problem.js';
import { createBodyReader } from './request-body.js';
import { createRouteGuard } from './route-guard.js';
import { createDocsRouter } from './routes/docs.js';
import { createHealthRouter } from './routes/health.js';
import { createLandingRouter, LANDING_STYLE_SOURCE } from './routes/landing.js';

export interface AppOptions extends AccessLogOptions {
  /** Everything but probes, documentation and static pages passes it. */
  readonly authenticator: RequestHandler;
  /** Routes behind the authenticator; each is in the OpenAPI document, or it is not reached. */
  readonly routers: readonly Router[];
  readonly isReady: () => Promise<boolean>;
  /** Gets what was answered as `INTERNAL`. Must not throw. */
  readonly report: (error: unknown, requestId: string) => void;
  /** Failed authentications of a client per minute before it is refused; default 1,000. */
  readonly failuresMax?: number;
}

const FAILURES_MAX = 1_000;

/** Pages get everything from this host, and nothing in them asks another one. */
const securityHeaders = (): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", LANDING_STYLE_SOURCE],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
  });

/** What a signer is told is for the signer. */
const notStored: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

const notFound: RequestHandler = () => {
  throw new HttpProblem(refusal('NOT_FOUND'));
};

/** Probes, documentation and static pages: all that is answered without a signature. */
function createPublicRouter(isReady: AppOptions['isReady']): Router {
  const router = express.Router();
  router.use(createRouteGuard('public'));
  router.use(createHealthRouter(isReady));
  router.use(createDocsRouter());
  router.use(createLandingRouter());
  return router;
}

const createErrorHandler =
  (report: AppOptions['report']): ErrorRequestHandler =>
  (error: unknown, req, res, next) =>
    createProblemHandler((unknown) => report(unknown, requestIdOf(res)))(error, req, res, next);

/** The application over its parts. Proxies are not trusted: a client is whoever holds the connection. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', false);

  app.use(createAccessLog(options));
  app.use(securityHeaders());

  app.use(createPublicRouter(options.isReady));

  app.use(notStored);
  app.use(createBodyReader());
  app.use(limitFailures(options.authenticator, options.clock, options.failuresMax ?? FAILURES_MAX));
  app.use(createRouteGuard('all'));
  for (const router of options.routers) app.use(router);
  app.use(notFound);
  app.use(createErrorHandler(options.report));
  return app;
}

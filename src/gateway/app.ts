/** The HTTP application: in which order a request meets what. The process entry gives it a server and its time-outs. */
import express, { type ErrorRequestHandler, type Express, type RequestHandler, type Router } from 'express';
import helmet from 'helmet';
import { refusal } from '../kernel/errors.js';
import { type AccessLogOptions, createAccessLog, requestIdOf } from './access-log.js';
import type { Drain } from './drain.js';
import { limitFailures } from './failed-authentications.js';
import { beforeBody } from './identity/authenticator.js';
import type { Api } from './openapi.js';
import { createProblemHandler, HttpProblem } from './problem.js';
import { createBodyReader, isPartyPath } from './request-body.js';
import { createRouteGuard } from './route-guard.js';
import { createConsoleRouter } from './routes/console.js';
import { createDocsRouter } from './routes/docs.js';
import { createHealthRouter } from './routes/health.js';

export interface AppOptions extends AccessLogOptions {
  /** What the routes are; another path or method is not reached. */
  readonly api: Api;
  /** Everything but probes, documentation and static pages passes it. */
  readonly authenticator: RequestHandler;
  /** In its place for the routes between gateways and jurisdictions; without it nobody passes there. */
  readonly partyAuthenticator?: RequestHandler;
  /** Routes behind the authenticator; each is in the OpenAPI document, or it is not reached. */
  readonly routers: readonly Router[];
  /** What the process waits for before it is ready, in words; empty when it is. */
  readonly waitingFor: () => Promise<readonly string[]>;
  readonly drain: Drain;
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
        styleSrc: ["'self'"],
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
function createPublicRouter({ api, waitingFor }: AppOptions): Router {
  const router = express.Router();
  router.use(createRouteGuard(api, 'public'));
  router.use(createHealthRouter(waitingFor));
  router.use(createDocsRouter(api));
  router.use(createConsoleRouter());
  return router;
}

const createErrorHandler =
  (report: AppOptions['report']): ErrorRequestHandler =>
  (error: unknown, req, res, next) =>
    createProblemHandler((unknown) => report(unknown, requestIdOf(res)))(error, req, res, next);

/** Each with a limit of its own: a stranger's failures must not close the way between gateway and jurisdiction. */
function authenticators({ authenticator, partyAuthenticator, clock, failuresMax }: AppOptions): RequestHandler {
  const limited = (one: RequestHandler) => limitFailures(one, clock, failuresMax ?? FAILURES_MAX);
  const ofParticipants = limited(authenticator);
  const ofParties = partyAuthenticator && limited(partyAuthenticator);
  return (req, res, next) => (ofParties && isPartyPath(req.path) ? ofParties : ofParticipants)(req, res, next);
}

/** The application over its parts. Proxies are not trusted: a client is whoever holds the connection. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('trust proxy', false);

  app.use(createAccessLog(options));
  app.use(securityHeaders());

  app.use(createPublicRouter(options));
  app.use(options.drain.gate);

  app.use(notStored);
  const authenticator = authenticators(options);
  app.use(createBodyReader(beforeBody(authenticator)));
  app.use(authenticator);
  app.use(createRouteGuard(options.api, 'all'));
  for (const router of options.routers) app.use(router);
  app.use(notFound);
  app.use(createErrorHandler(options.report));
  return app;
}

import { Router } from 'express';

/**
 * Liveness (the process answers) and readiness (recovery is done, and whom it needs answers); `waitingFor` names what is
 * missing. Unsigned by design.
 */
export function createHealthRouter(waitingFor: () => Promise<readonly string[]>): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const missing = await waitingFor();
    if (missing.length === 0) response.json({ status: 'ready' });
    else response.status(503).json({ status: 'not ready', waitingFor: missing });
  });
  return router;
}

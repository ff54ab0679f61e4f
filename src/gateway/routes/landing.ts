import { createHash } from 'node:crypto';
import { Router } from 'express';

const DEFAULT_PORT = 8080;

const STYLE = `
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 42rem; margin: 4rem auto; padding: 0 1rem; color: #1c2733; }
  h1 { font-size: 1.6rem; margin-bottom: 0.25rem; }
  pre { background: #f0f3f6; padding: 0.75rem 1rem; border-radius: 6px; overflow-x: auto; }
  a { color: #0b5cad; }
`;

const page = (variables: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Otkel</title>
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" sizes="32x32">
    <style>${STYLE}</style>
  </head>
  <body>
    <h1>Otkel</h1>
    <p>A payment gateway between two central-bank digital currencies. A bank posts a pacs.008, the FX quote is bound,
      both jurisdictions sign, and both ledgers move or neither does. The answer is a pacs.002.</p>
    <p>Send the bundled example as a demo bank, and see both wallets before and after:</p>
    <pre>${variables}npm run -s otkel -- send</pre>
    <ul>
      <li><a href="/docs">The API, page by page</a></li>
      <li><a href="/openapi.json">The same as an OpenAPI document</a></li>
      <li><a href="/docs/messages">The messages, element by element</a></li>
      <li><a href="/healthz">Is it alive</a>, <a href="/readyz">is it ready</a></li>
    </ul>
    <p>Every other request is signed (RFC 9421). <code>${variables}npm run -s otkel -- curl /v1/inbox</code> signs one.</p>
  </body>
</html>
`;

/** Source expression of the page's own style, for the content security policy (CSP 3, 2.3.1). */
export const LANDING_STYLE_SOURCE = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** `GET /`: what this is and what to do next, with the port where it isn't the default one. Unsigned by design. */
export function createLandingRouter(): Router {
  const router = Router();
  router.get('/', ({ socket }, response) => {
    response.type('text/html').send(page(socket.localPort === DEFAULT_PORT ? '' : `PORT=${socket.localPort} `));
  });
  return router;
}

import { createRequire } from 'node:module';
import { Router } from 'express';
import { describeMessage } from '../../iso20022/reference.js';
import { generateXsd } from '../../iso20022/xsd.js';
import { refusal } from '../../kernel/errors.js';
import { MESSAGE_STYLE, messageListPage, messagePage } from '../message-pages.js';
import type { Api } from '../openapi.js';
import { HttpProblem } from '../problem.js';

/** Files of swagger-ui-dist that the page uses; the others of the package are not served. */
const FILES: ReadonlySet<string> = new Set([
  'swagger-ui.css',
  'index.css',
  'swagger-ui-bundle.js',
  'favicon-32x32.png',
]);

const START_FILE = 'start.js';
const STYLE_FILE = 'messages.css';
const SCHEMA = '.xsd';

/**
 * Nothing can be sent from the page: requests are signed, and a page has no key. XML examples are shown as they are;
 * Swagger UI would take their text for the content of one element.
 */
const START = `const xmlAsWritten = () => ({
  afterLoad(system) {
    const sampleOf = system.fn.getSampleSchema;
    system.fn.getSampleSchema = (schema, contentType, config, example) =>
      /xml/.test(contentType) && typeof example === 'string' ? example : sampleOf(schema, contentType, config, example);
  },
});

window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  validatorUrl: null,
  supportedSubmitMethods: [],
  defaultModelsExpandDepth: 0,
  plugins: [xmlAsWritten],
});
`;

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>Otkel API</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/index.css">
    <link rel="icon" type="image/png" href="/docs/favicon-32x32.png" sizes="32x32">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/${START_FILE}"></script>
  </body>
</html>
`;

const swaggerFolder = (): string => {
  const folder = createRequire(import.meta.url)('swagger-ui-dist/absolute-path.js') as () => string;
  return folder();
};

/**
 * `GET /openapi.json`, `GET /docs`: the document as pages, and `GET /docs/messages`: the reference of the messages with
 * their schemas. From this host only. Unsigned by design.
 */
export function createDocsRouter({ document: described }: Pick<Api, 'document'>): Router {
  const root = swaggerFolder();
  const document = Buffer.from(JSON.stringify(described));
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.type('application/json').send(document);
  });
  router.get('/docs', (_request, response) => {
    response.type('text/html').send(PAGE);
  });
  router.get('/docs/messages', (_request, response) => {
    response.type('text/html').send(messageListPage());
  });
  router.get('/docs/messages/:message', (request, response) => {
    const { message } = request.params;
    const id = message.endsWith(SCHEMA) ? message.slice(0, -SCHEMA.length) : message;
    const reference = describeMessage(id);
    if (!reference) throw new HttpProblem(refusal('NOT_FOUND'));
    if (id === message) response.type('text/html').send(messagePage(reference));
    else response.type('application/xml').send(generateXsd(id));
  });
  router.get('/docs/:file', (request, response) => {
    const { file } = request.params;
    if (file === START_FILE) response.type('text/javascript').send(START);
    else if (file === STYLE_FILE) response.type('text/css').send(MESSAGE_STYLE);
    else if (FILES.has(file)) response.sendFile(file, { root });
    else throw new HttpProblem(refusal('NOT_FOUND'));
  });
  return router;
}

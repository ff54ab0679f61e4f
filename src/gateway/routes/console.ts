import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Router } from 'express';
import { refusal } from '../../kernel/errors.js';
import { HttpProblem } from '../problem.js';

/** The folder that the console is built into: beside the compiled sources, or beside the sources themselves. */
const BUILT = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../dist/console/' : '../../../console/', import.meta.url),
);

const NOT_BUILT = `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>Otkel</title></head>
  <body><h1>Otkel</h1><p>The console is not built: <code>npm run build</code> does it. The API is at <a href="/docs">/docs</a>.</p></body>
</html>
`;

interface Built {
  readonly page: Buffer;
  /** Their names change with their content. */
  readonly files: ReadonlyMap<string, Buffer>;
}

function readBuilt(folder: string): Built {
  try {
    const names = readdirSync(`${folder}console`);
    return {
      page: readFileSync(`${folder}index.html`),
      files: new Map(names.map((name) => [name, readFileSync(`${folder}console/${name}`)])),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return { page: Buffer.from(NOT_BUILT), files: new Map() };
  }
}

const YEAR_SECONDS = 31_536_000;

/** `GET /`: the console, and `GET /console/{file}`: what it is made of, from memory. Unsigned by design. */
export function createConsoleRouter(folder = BUILT): Router {
  const { page, files } = readBuilt(folder);
  const router = Router();
  router.get('/', (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('text/html').send(page);
  });
  router.get('/console/:file', (request, response) => {
    const { file } = request.params;
    const content = files.get(file);
    if (!content) throw new HttpProblem(refusal('NOT_FOUND'));
    response.set('Cache-Control', `public, max-age=${YEAR_SECONDS}, immutable`);
    response.type(file.slice(file.lastIndexOf('.'))).send(content);
  });
  return router;
}

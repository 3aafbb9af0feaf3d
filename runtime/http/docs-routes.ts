import type { OpenAPIHono } from '@hono/zod-openapi';
import { docsFiles, type DocsFile, type DocsFiles } from './docs-files.ts';
import { Problem } from './problem.ts';

/** `/docs` and the files of its page. @param title name of the API */
export function registerDocsRoutes(app: OpenAPIHono, title: string): void {
  let known: DocsFiles | undefined;
  // Looked for again until it is there: it may be installed while the server runs.
  const docs = (): DocsFiles => {
    known ??= docsFiles(title);
    if (known === undefined)
      throw new Problem(404, {
        detail: 'The page needs swagger-ui-dist: run "npm install" in the folder of the backend.',
      });
    return known;
  };
  app.get('/docs', () => new Response(docs().page, { headers: PAGE_HEADERS }));
  // Relative, as the page's own addresses are.
  app.get('/docs/', () => new Response(null, { status: 308, headers: { location: '../docs' } }));
  app.get('/docs/:file', async (context) => {
    const file = docs().files.get(context.req.param('file'));
    if (file === undefined) throw new Problem(404, { detail: 'There is nothing at this path.' });
    return answerFile(file);
  });
}

/**
 * Scripts and styles of this server alone, requests to this server alone; `data:` for the small
 * pictures in the style sheet, and inline style attributes, which Swagger UI writes.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'public, no-cache',
  'content-security-policy': PAGE_POLICY,
};

async function answerFile({ type, read }: DocsFile): Promise<Response> {
  const headers = { 'content-type': type, 'cache-control': 'public, max-age=31536000, immutable' };
  return new Response(new Uint8Array(await read()), { headers });
}

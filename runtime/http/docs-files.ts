import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** One file of the page, as it is answered. */
export interface DocsFile {
  readonly type: string;
  readonly read: () => Promise<Uint8Array>;
}

/** The page and its files, by name; a name changes with what is in the file. */
export interface DocsFiles {
  readonly page: string;
  readonly files: ReadonlyMap<string, DocsFile>;
}

/** The page that shows `openapi.json`, over the files of `swagger-ui-dist`; `undefined` where that is not installed. */
export function docsFiles(title: string): DocsFiles | undefined {
  const folder = packageFolder();
  if (folder === undefined) return undefined;
  const { version } = folder;
  const packaged = (name: string, type: string): readonly [string, DocsFile] => [
    `${version}-${name}`,
    { type, read: () => readFile(join(folder.path, name)) },
  ];
  const [style, styleFile] = packaged('swagger-ui.css', 'text/css; charset=utf-8');
  const [bundle, bundleFile] = packaged('swagger-ui-bundle.js', JAVASCRIPT);
  const [icon, iconFile] = packaged('favicon-32x32.png', 'image/png');
  const start = `${createHash('sha256').update(START).digest('hex').slice(0, 8)}-start.js`;
  const startFile: DocsFile = { type: JAVASCRIPT, read: async () => new TextEncoder().encode(START) };
  return {
    page: page(title, { style, bundle, icon, start }),
    files: new Map([
      [style, styleFile],
      [bundle, bundleFile],
      [icon, iconFile],
      [start, startFile],
    ]),
  };
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';

function packageFolder(): { readonly path: string; readonly version: string } | undefined {
  const require = createRequire(import.meta.url);
  try {
    const path = require.resolve('swagger-ui-dist/package.json');
    const { version }: { readonly version: string } = require(path);
    return { path: dirname(path), version };
  } catch {
    return undefined;
  }
}

/** Everything relative to the page, so that it works behind whatever prefix a proxy takes away. */
const START = `SwaggerUIBundle({
  url: 'openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  displayRequestDuration: true,
  // The badge would send the document's address to another host.
  validatorUrl: null,
});
`;

interface FileNames {
  readonly style: string;
  readonly bundle: string;
  readonly icon: string;
  readonly start: string;
}

function page(title: string, { style, bundle, icon, start }: FileNames): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${escapeHtml(title)}</title>
    <link rel="icon" href="docs/${icon}">
    <link rel="stylesheet" href="docs/${style}">
  </head>
  <body>
    <div id="docs"></div>
    <noscript>The API is described in <a href="openapi.json">openapi.json</a>.</noscript>
    <script src="docs/${bundle}"></script>
    <script src="docs/${start}"></script>
  </body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

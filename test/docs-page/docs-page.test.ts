import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../runtime/http/http-settings.ts';
import { buildBackend, startBackend, type RunningBackend } from '../end-to-end/compiled-backend.ts';
import { serveRoutes } from '../runtime/http/serve-routes.ts';
import { hasBrowser, launchBrowser } from './browser.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

let folder = '';
let backend: RunningBackend;
beforeAll(async () => {
  folder = createFolder('docs-page');
  await buildBackend('examples/lead-tracker/app.yaml', folder);
  backend = await startBackend(folder);
});
afterAll(async () => {
  await backend.stop();
  removeFolder(folder);
});

test('the page names files of this server alone, and they may be kept for ever', async () => {
  const response = await fetch(`${backend.url}/docs`);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  const page = await response.text();
  expect(page).toContain('<title>lead-tracker</title>');
  const names = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  expect(names).toHaveLength(5);
  const answers = await Promise.all(names.map((name) => fetch(new URL(name, `${backend.url}/docs`))));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  expect(answers.map(({ headers }) => headers.get('content-type'))).toEqual([
    'image/png',
    'text/css; charset=utf-8',
    'application/json',
    'text/javascript; charset=utf-8',
    'text/javascript; charset=utf-8',
  ]);
  const kept = answers.filter(({ url }) => url.includes('/docs/'));
  expect(kept.map(({ headers }) => headers.get('cache-control'))).toEqual(
    kept.map(() => 'public, max-age=31536000, immutable'),
  );
});

test('only the files of the page are answered', async () => {
  const paths = ['x.js', 'package.json', '..%2Fpackage.json', '5.35.0-index.js', 'constructor'];
  for (const path of paths) expect([path, (await fetch(`${backend.url}/docs/${path}`)).status]).toEqual([path, 404]);
  const slash = await fetch(`${backend.url}/docs/`);
  expect(new URL(slash.url).pathname).toBe('/docs');
});

test('DOCS=off answers neither the page nor the document', async () => {
  const served = await serveRoutes(() => {}, { settings: { ...DEFAULT_SETTINGS, docs: false } });
  try {
    for (const path of ['/docs', '/docs/', '/openapi.json']) expect((await fetch(served.url + path)).status).toBe(404);
  } finally {
    await served.close();
  }
});

test('installing what the page needs sends no analytics', () => {
  const ours = JSON.parse(readFileSync('package.json', 'utf8'));
  const theirs = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const { allowScripts, scarfSettings } of [ours, theirs]) {
    expect(allowScripts).toMatchObject({ '@scarf/scarf': false });
    expect(scarfSettings).toEqual({ enabled: false });
  }
});

/** Passes `/prefix/...` on as `/...`, as a reverse proxy does. */
async function startProxy(target: string): Promise<Server> {
  const proxy = createServer((incoming, outgoing) => {
    const url = new URL((incoming.url ?? '').replace(/^\/prefix/, ''), target);
    const passed = request(url, { method: incoming.method, headers: incoming.headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return proxy;
}

describe.runIf(hasBrowser)('in Chromium', () => {
  let browser: Browser;
  let screenshots = '';
  beforeAll(async () => {
    browser = await launchBrowser();
    screenshots = mkdtempSync(join(tmpdir(), 'supercompile-screenshots-'));
  });
  afterAll(async () => {
    await browser.close();
    // Kept for people who ask for it.
    if (process.env['KEEP_SCREENSHOTS'] === undefined) rmSync(screenshots, { recursive: true });
    else console.log(`screenshots in ${screenshots}`);
  });

  interface Visit {
    readonly page: Page;
    /** Hosts asked for anything. */
    readonly hosts: ReadonlySet<string>;
    /** What the console complained of, blocked content included. */
    readonly complaints: readonly string[];
  }

  async function visit(url: string): Promise<Visit> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    const hosts = new Set<string>();
    const complaints: string[] = [];
    page.on('request', (asked) => {
      if (!asked.url().startsWith('data:')) hosts.add(new URL(asked.url()).host);
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(url);
    await page.locator('.opblock').first().waitFor();
    return { page, hosts, complaints };
  }

  test('the page shows the API, runs a request, and asks no other host', async () => {
    const { page, hosts, complaints } = await visit(`${backend.url}/docs`);
    expect(await page.title()).toBe('lead-tracker');
    const operations = await page.locator('.opblock-summary-path').allInnerTexts();
    expect(operations.map((text) => text.replaceAll('\u200b', ''))).toContain('/leads/{id}');

    await page.locator('#operations-Account-createAccount .opblock-summary').click();
    await page.getByRole('button', { name: 'Try it out' }).click();
    const answered = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.getByRole('button', { name: 'Execute' }).click();
    expect((await answered).status()).toBe(201);
    await page.locator('.live-responses-table .response-col_status', { hasText: '201' }).first().waitFor();
    expect((await page.screenshot({ path: join(screenshots, 'docs.png') })).length).toBeGreaterThan(20_000);

    expect([...hosts]).toEqual([new URL(backend.url).host]);
    expect(complaints).toEqual([]);
    const { data } = JSON.parse(await (await fetch(`${backend.url}/accounts`)).text());
    expect(data).toHaveLength(1);
    await page.close();
  });

  test('the page works behind a prefix that a proxy takes away', async () => {
    const proxy = await startProxy(backend.url);
    try {
      const address = proxy.address();
      const port = typeof address === 'object' ? address?.port : 0;
      const { page, hosts, complaints } = await visit(`http://127.0.0.1:${port}/prefix/docs`);
      expect([[...hosts], complaints]).toEqual([[`127.0.0.1:${port}`], []]);
      await page.close();
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});

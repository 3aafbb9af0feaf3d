import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseDependencies } from '../../compiler/cli/read-dependencies.ts';
import { ROOT } from '../architecture/read-sources.ts';
import { runCommand } from '../cli/run-command.ts';
import { typeErrors } from '../end-to-end/type-errors.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const SPEC = `supercompile: 1
name: shop
auth: { provider: none }
entities:
  Order:
    fields:
      note: { type: text }
    access:
      everyone: { roles: [anonymous], allow: [create, read], rows: all }
`;

let folder: string;
let overview: string;

beforeAll(async () => {
  folder = createFolder('overview');
  writeFileSync(join(folder, 'app.yaml'), SPEC);
  await runCommand({ cwd: folder });
  overview = readFileSync(join(folder, 'backend/backend_overview.md'), 'utf8');
});

afterAll(() => removeFolder(folder));

function blocks(language: string): readonly string[] {
  return [...overview.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text = '']) => text);
}

test('the hooks and routes it shows satisfy the types of a compiled backend', async () => {
  const examples = blocks('ts').filter((text) => text.startsWith('// custom/'));
  const paths = examples.map((text) => /^\/\/ (custom\/\w+\.ts)$/m.exec(text)?.[1] ?? '');
  expect(paths).toEqual(['custom/hooks.ts', 'custom/routes.ts']);
  for (const [index, path] of paths.entries()) writeFileSync(join(folder, 'backend', path), examples[index] ?? '');
  const withKey = blocks('ts').find((text) => !text.startsWith('// custom/')) ?? '';
  expect(withKey).toContain('once(');
  writeFileSync(join(folder, 'backend/custom/with-key.ts'), routesWith(withKey));
  writeFileSync(join(folder, 'backend/custom/wrong-routes.ts'), (examples[1] ?? '').replace("'orders'", "'order'"));
  writeFileSync(join(folder, 'backend/custom/wrong-key.ts'), routesWith(withKey.replace('once(', 'twice(')));
  const errors = await typeErrors(join(folder, 'backend'));
  expect(errors).toMatch(/^custom\/wrong-key\.ts\(\d+,.*twice[^]*^custom\/wrong-routes\.ts\(8,/m);
  expect(errors).not.toMatch(/(?:hooks|\/routes|with-key)\.ts\(/);
}, 60_000);

/** A module around a route that is shown without one. */
function routesWith(route: string): string {
  return [
    "import { readJsonBody } from '#runtime/http/json-body.ts';",
    "import type { CustomRoutes } from '#runtime/server/create-backend.ts';",
    "import type { DB } from '../app/database.ts';",
    'declare function importOrders(db: unknown, body: unknown): Promise<{ imported: number }>;',
    `export const routes: CustomRoutes<DB> = (app, { once }) => {\n${route}};\n`,
  ].join('\n');
}

test('it lists every hook there is', () => {
  const source = readFileSync(join(ROOT, 'runtime/crud/hooks.ts'), 'utf8');
  const hooks = [...source.matchAll(/readonly ((?:before|after)\w+)\?:/g)].map(([, name]) => name);
  expect(hooks).toHaveLength(6);
  expect([...overview.matchAll(/^\| `((?:before|after)\w+)` \|/gm)].map(([, name]) => name)).toEqual(hooks);
});

test('the packages it shows are named as a build reads them', () => {
  const [example = ''] = blocks('json');
  expect(parseDependencies(example, 'dependencies.json')).toEqual({
    dependencies: [{ kind: 'dependencies', name: 'nanoid', version: '5.1.6' }],
    diagnostics: [],
  });
});

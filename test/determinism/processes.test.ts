import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { runCompiler } from '../end-to-end/compiled-backend.ts';
import { readTree } from './read-tree.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const SPEC = 'test/specs/aarhus-zoo/app.yaml';
const DANISH = { LC_ALL: 'da_DK.UTF-8', LANG: 'da_DK.UTF-8', TZ: 'Asia/Kathmandu' };
const PLAIN = { LC_ALL: 'C', LANG: 'C', TZ: 'UTC' };

const folders: string[] = [];
let built: string;
beforeAll(async () => {
  built = createFolder('built');
  await build(built);
});
afterAll(() => removeFolder(built));

/** A folder with what was built, to be changed. */
function copyOfBuilt(name: string): string {
  const out = folder(name);
  cpSync(built, out, { recursive: true, preserveTimestamps: true });
  return out;
}

function folder(name: string): string {
  const made = createFolder(name);
  folders.push(made);
  return made;
}

afterEach(() => {
  for (const made of folders.splice(0)) removeFolder(made);
});

test('two processes of different locale, time zone and folder write the same bytes', async () => {
  // The test is worth nothing where both processes sort alike.
  const sorted = (environment: Record<string, string>): string =>
    execFileSync(process.execPath, ['-p', "['Zebra', 'Aarhus'].sort((a, b) => a.localeCompare(b)).join()"], {
      env: environment,
      encoding: 'utf8',
    });
  expect(sorted(DANISH)).not.toBe(sorted(PLAIN));

  const [danish, plain] = [folder('danish'), join(folder('plain'), 'a', 'deeper', 'folder')];
  const outcomes = await Promise.all([
    runCompiler(['build', SPEC, '--out', danish], DANISH),
    runCompiler(['build', join(process.cwd(), SPEC), '--out', plain], PLAIN, tmpdir()),
  ]);
  expect(
    outcomes.map(({ code }) => code),
    outcomes[0].stderr + outcomes[1].stderr,
  ).toEqual([0, 0]);
  const [one, other] = [readTree(danish), readTree(plain)];
  expect([...one.keys()]).toEqual([...other.keys()]);
  for (const [path, text] of one) expect(other.get(path) === text, path).toBe(true);
});

test('what is deleted but for migrations and custom comes back as it was', async () => {
  const out = copyOfBuilt('rebuilt');
  writeFileSync(join(out, 'custom/hooks.ts'), '// mine\nexport const hooks = {};\n');
  const before = readTree(out);
  for (const name of readdirSync(out).filter((entry) => !['migrations', 'custom'].includes(entry)))
    rmSync(join(out, name), { recursive: true });
  rmSync(join(out, 'migrations/snapshot.json'));
  await build(out);
  expect(readTree(out)).toEqual(before);
});

test('a second build writes nothing', async () => {
  const out = copyOfBuilt('twice');
  const { stdout, code } = await runCompiler(['build', SPEC, '--out', out, '--format', 'json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, written: [], deleted: [] });
});

test('a file edited by hand stops the build, which names it and writes nothing', async () => {
  const out = copyOfBuilt('edited');
  appendFileSync(join(out, 'app/crud/zebra/routes.ts'), '// by hand\n');
  rmSync(join(out, 'app/crud/abel/routes.ts'));
  const before = readTree(out);
  const { code, stdout, stderr } = await runCompiler(['build', SPEC, '--out', out]);
  expect(code).toBe(3);
  expect(stdout + stderr).toContain('app/crud/zebra/routes.ts');
  expect(stdout + stderr).toMatch(/custom\//);
  expect(stdout + stderr).toMatch(/--force/);
  expect(readTree(out)).toEqual(before);
});

test('--check is 0 where nothing differs, and 3 with a unified diff where something does', async () => {
  const out = copyOfBuilt('checked');
  const changed = folder('changed');
  mkdirSync(changed, { recursive: true });
  const text = readTree(join(process.cwd(), 'test/specs/aarhus-zoo')).get('app.yaml') ?? '';
  writeFileSync(
    join(changed, 'app.yaml'),
    text.replace('    fields:\n      icon:', '    fields:\n      extra: { type: date, optional: true }\n      icon:'),
  );
  const { code, stdout } = await runCompiler(['build', join(changed, 'app.yaml'), '--out', out, '--check']);
  expect(code).toBe(3);
  expect(stdout).toMatch(/^--- .*app\/database\.ts\b/m);
  expect(stdout).toMatch(/^\+\s+extra: Timestamp \| null;$/m);
  expect((await runCompiler(['build', SPEC, '--out', out, '--check'])).code).toBe(0);
});

async function build(out: string): Promise<void> {
  const { code, stderr, stdout } = await runCompiler(['build', SPEC, '--out', out]);
  expect(code, stderr + stdout).toBe(0);
}

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');

let checkout: string;

beforeAll(() => {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  checkout = mkdtempSync(join(ROOT, '.cache/demo-'));
  for (const name of ['compiler', 'runtime', 'schemas', 'package.json'])
    cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  cpSync(join(ROOT, 'examples/demo.ts'), join(checkout, 'examples/demo.ts'));
  cpSync(join(ROOT, 'examples/lead-tracker/app.yaml'), join(checkout, 'examples/lead-tracker/app.yaml'));
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
});

afterAll(() => rmSync(checkout, { recursive: true, force: true }));

function demo(): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  return spawnSync(process.execPath, ['examples/demo.ts'], {
    cwd: checkout,
    env: { ...process.env, NODE_COMPILE_CACHE: join(checkout, '.cache') },
    encoding: 'utf8',
    timeout: 60_000,
  });
}

test('the demo compiles, asks every route and finds every answer as expected', () => {
  const { status, stdout } = demo();
  expect(stdout).toContain('All answers are as expected.');
  expect(status).toBe(0);
}, 60_000);

test('the demo fails when a route is broken', () => {
  const runtime = join(checkout, 'runtime/crud/guarded-change.ts');
  const sound = readFileSync(runtime, 'utf8');
  const broken = sound.replace(
    'if (errors.length > 0) throw transitionProblem(errors);',
    'if (errors.length > 0) return present;',
  );
  expect(broken).not.toBe(sound);
  writeFileSync(runtime, broken);
  const { status, stderr } = demo();
  expect(stderr).toMatch(/the status of PATCH \/leads\/\S+ is \[200\], not \[409\]/);
  expect(status).toBe(1);
}, 60_000);

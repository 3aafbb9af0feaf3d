import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderWith, runCommand, spawnCommand } from './run-command.ts';

const SPEC = `supercompile: 1
name: shop
auth: { provider: none }
entities:
  Lead:
    fields:
      title: { type: string, maxLength: 100 }
    access: {}
`;

test('a rename of what is migrated is told by check as by build, and once', async () => {
  const cwd = folderWith({ 'app.yaml': SPEC });
  expect((await runCommand({ cwd }, 'build')).status).toBe(0);
  expect((await runCommand({ cwd }, 'migrate', 'seal')).status).toBe(0);
  expect(await runCommand({ cwd }, 'check')).toMatchObject({ status: 0, stdout: '' });
  writeFileSync(join(cwd, 'app.yaml'), SPEC.replace('title', 'headline'));
  const check = await runCommand({ cwd }, 'check');
  expect(check.status).toBe(4);
  expect(check.stdout.match(/SC\d{4}/g)).toEqual(['SC4215']);
  expect((await runCommand({ cwd }, 'build')).stdout).toBe(check.stdout);
  const input = readFileSync(join(cwd, 'app.yaml'));
  expect(spawnCommand({ cwd, input }, 'check', '-').status).toBe(0);
  rmSync(join(cwd, 'backend'), { recursive: true });
  expect((await runCommand({ cwd }, 'check')).status).toBe(0);
});

test('a file that was edited by hand is told with both ways out', async () => {
  const cwd = folderWith({ 'app.yaml': SPEC });
  expect((await runCommand({ cwd }, 'build')).status).toBe(0);
  writeFileSync(join(cwd, 'backend/app/app.ts'), '// mine\n');
  expect(await runCommand({ cwd }, 'build', '--check')).toMatchObject({
    status: 3,
    stdout: expect.stringMatching(
      /SC5008 "app\/app\.ts" was edited by hand; move the change to custom\/ .* or run build --force/,
    ),
  });
});

test('without a spec, the advice names the command that was run', async () => {
  const cwd = folderWith({});
  for (const command of ['build', 'check', 'fix']) {
    expect((await runCommand({ cwd }, command)).stdout).toContain(`supercompile ${command} path/to/app.yaml`);
  }
});

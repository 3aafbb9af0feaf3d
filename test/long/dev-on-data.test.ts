import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { leftovers, SERVED, withField, workersIn } from '../cli/dev-traces.ts';
import { GOOD_SPEC, runCommand } from '../cli/run-command.ts';
import { projectFolder, startDev } from '../cli/start-dev.ts';
import { removeFolder } from '../work-folder.ts';

let cwd: string;
beforeAll(async () => {
  cwd = projectFolder({ 'app.yaml': GOOD_SPEC });
  await runCommand({ cwd }, 'build');
  await runCommand({ cwd, env: { DATABASE_URL: '' } }, 'migrate', 'up');
});
afterAll(() => removeFolder(cwd));

test('works on a copy of .data/, keeps the drafts, and leaves nothing when it is killed', async () => {
  const drafts = readdirSync(join(cwd, 'backend/migrations')).toSorted();
  writeFileSync(join(cwd, 'app.yaml'), withField('light'));
  const dev = await startDev(cwd);
  onTestFinished(() => void dev.end('SIGKILL'));
  expect(await dev.until(SERVED)).toContain('0002_add_plants_light_');
  expect(readdirSync(join(cwd, 'backend/migrations')).toSorted()).toEqual(drafts);
  await dev.end('SIGKILL');
  await vi.waitFor(() => expect(workersIn(cwd)).toEqual([]), { timeout: 10_000 });
  const next = await startDev(cwd);
  onTestFinished(() => void next.end('SIGKILL'));
  expect(leftovers(dev.pid)).toEqual([]);
  await next.until(SERVED);
  expect(await next.end('SIGTERM')).toBe(0);
  expect((await runCommand({ cwd }, 'build')).status).toBe(0);
  expect(readdirSync(join(cwd, 'backend/migrations')).filter((name) => name.endsWith('.sql'))).toHaveLength(1);
});

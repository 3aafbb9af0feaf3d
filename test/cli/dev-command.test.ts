import { createServer } from 'node:http';
import { existsSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { GOOD_SPEC, runCommand, spawnCommand } from './run-command.ts';
import { leftovers, SERVED, withField, workersIn } from './dev-traces.ts';
import { projectFolder, startDev } from './start-dev.ts';
import type { DevRun } from './start-dev.ts';
import { removeFolder } from '../work-folder.ts';

describe('supercompile dev', () => {
  let cwd: string;
  let dev: DevRun;

  const save = (text: string): void => writeFileSync(join(cwd, 'app.yaml'), text);
  const plants = async (): Promise<readonly object[]> => {
    const response = await fetch(`${dev.url}/plants`);
    expect(response.status).toBe(200);
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null && 'data' in body && Array.isArray(body.data) ? body.data : [];
  };
  const plant = async (body: object): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(`${dev.url}/plants`, { method: 'POST', headers, body: JSON.stringify(body) })).status;
  };

  beforeAll(async () => {
    cwd = projectFolder({ 'app.yaml': GOOD_SPEC });
    dev = await startDev(cwd);
  });

  afterAll(async () => {
    await dev.end('SIGKILL').catch(() => undefined);
    removeFolder(cwd);
  });

  test('a request that comes before the first build is answered by it', async () => {
    expect(await plants()).toEqual([]);
    expect(await dev.until(SERVED)).toContain('0001_create_plants_');
    expect(await plant({ name: 'Fern' })).toBe(201);
  });

  test('an edit is served, the rows stay, and migrations/ and .data/ are not touched', async () => {
    save(withField('light'));
    expect(await dev.until(SERVED)).toMatch(/app\.yaml: \d+ written, 0002_add_plants_light_\w+ applied to the copy, /);
    expect(await plants()).toMatchObject([{ name: 'Fern', light: null }]);
    expect(existsSync(join(cwd, 'backend/migrations'))).toBe(false);
    expect(existsSync(join(cwd, 'backend/.data'))).toBe(false);
  });

  test('a mistake is told as check tells it, and what was served is still served', async () => {
    save(GOOD_SPEC.replace('string', 'varchar'));
    await dev.until(/1 error; what was served before is still served\n/);
    const { stdout } = await runCommand({ cwd }, 'check');
    await vi.waitFor(() => expect(dev.output()).toContain(stdout));
    expect(await plants()).toHaveLength(1);
    save(withField('light'));
    await dev.until(/as it is served\n/);
    expect(await plants()).toHaveLength(1);
  });

  test('a spec that is removed, and put back as editors do it by renaming, is served again', async () => {
    rmSync(join(cwd, 'app.yaml'));
    await dev.until(/still served\n/);
    await vi.waitFor(() => expect(dev.output()).toContain('SC6101'));
    writeFileSync(join(cwd, '.app.yaml.swp'), withField('light'));
    renameSync(join(cwd, '.app.yaml.swp'), join(cwd, 'app.yaml'));
    await dev.until(/as it is served\n/);
    expect(await plants()).toMatchObject([{ name: 'Fern', light: null }]);
  });

  test('what is no addition begins again without the rows of this run, and says so', async () => {
    save(GOOD_SPEC.replace('maxLength: 80', 'maxLength: 79'));
    expect(await dev.until(SERVED)).toMatch(/SC4\d{3} .*\n.*no migration takes the rows of this run along/);
    expect(await plants()).toEqual([]);
    expect(await plant({ name: 'x'.repeat(80) })).toBe(422);
    expect(await plant({ name: 'x'.repeat(8_000_000) })).toBe(413);
  });

  test('code in custom/ is watched; while it does not load, the last that did is served', async () => {
    const routes = join(cwd, 'backend/custom/routes.ts');
    writeFileSync(routes, 'export const routes = undefined_name;\n');
    expect(await dev.until(/still served\n/)).toContain('undefined_name is not defined');
    expect((await fetch(`${dev.url}/plants`)).status).toBe(200);
    const hello = "app.get('/hello', (c: any) => c.text('hello')); app.get('/crash', () => process.exit(3));";
    writeFileSync(routes, `export const routes = (app: any) => { ${hello} };\n`);
    await dev.until(SERVED);
    expect(await (await fetch(`${dev.url}/hello`)).text()).toBe('hello');
  });

  test('a server that crashes is told, and many edits in a row end with the last one served, one round at a time', async () => {
    await fetch(`${dev.url}/crash`).catch(() => undefined);
    expect(await dev.until(/the server ended \(exit 3\)/)).not.toContain('    at ');
    for (const name of ['a', 'ab', 'abc', 'abcd']) save(withField(name));
    // Strict bodies refuse what the spec does not have.
    await vi.waitFor(async () => expect(await plant({ name: 'Ivy', abcd: 'x' })).toBe(201), { timeout: 15_000 });
    expect(dev.output().match(/served after/g)?.length).toBeLessThan(10);
  });

  test('Ctrl+C ends everything, and the next build carries on from there', async () => {
    expect(leftovers(dev.pid)).toHaveLength(1);
    expect(await dev.end('SIGINT')).toBe(0);
    expect(leftovers(dev.pid)).toEqual([]);
    expect(workersIn(cwd)).toEqual([]);
    expect(await runCommand({ cwd }, 'build')).toMatchObject({ status: 0, stdout: '' });
    expect(readdirSync(join(cwd, 'backend/migrations'))).toHaveLength(3);
    expect(await runCommand({ cwd }, 'build', '--check')).toMatchObject({ status: 0, stdout: '' });
  });
});

describe('supercompile dev that cannot begin', () => {
  let cwd: string;

  beforeAll(() => {
    cwd = projectFolder({ 'app.yaml': GOOD_SPEC });
  });

  afterAll(() => removeFolder(cwd));

  test('a port in use is told, unless nobody asked for it', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address: AddressInfo | string | null = other.address();
    const port = typeof address === 'object' ? String(address?.port) : '';
    const run = spawnCommand({ cwd }, 'dev', '--port', port);
    expect(run).toMatchObject({ status: 78, stdout: expect.stringMatching(/SC6004 .* is in use/) });
    other.close();
  });

  test('says why', () => {
    expect(spawnCommand({ cwd }, 'dev', 'absent.yaml')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('SC6101'),
    });
    expect(spawnCommand({ cwd }, 'dev', '--port', 'x').status).toBe(2);
    expect(spawnCommand({ cwd, env: { PORT: 'x' } }, 'dev').status).toBe(2);
  });
});

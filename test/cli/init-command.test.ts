import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../compiler/analyze.ts';
import { readTree } from '../output/temporary-folder.ts';
import { COMMAND, folderWith, runCommand } from './run-command.ts';

describe('supercompile init', () => {
  test('writes a spec that compiles, named as told, and says what to run next', async () => {
    const cwd = folderWith({});
    const run = await runCommand({ cwd }, 'init', 'my-app', '--name', 'tide-tables', '--entity', 'TideGauge');
    expect(run).toMatchObject({ status: 0, stdout: '' });
    expect(run.stderr).toMatch(/^wrote my-app\/app\.yaml and my-app\/\.gitignore\nnext:\n {2}cd my-app\n/);
    expect(Object.keys(readTree(cwd)).toSorted()).toEqual(['my-app/.gitignore', 'my-app/app.yaml']);
    const text = readFileSync(join(cwd, 'my-app/app.yaml'), 'utf8');
    expect(text).toMatch(
      /^# yaml-language-server: \$schema=\.\/node_modules\/supercompile\/schemas\/app\.schema\.json\n/,
    );
    expect(text).toContain('/tide-gauges/{id}');
    expect(analyze(text, 'app.yaml')).toMatchObject({
      diagnostics: [],
      app: { name: 'tide-tables', entities: [{ name: 'TideGauge' }] },
    });
    expect(await runCommand({ cwd: join(cwd, 'my-app') })).toMatchObject({ status: 0 });
  });

  test('every entity name that the language takes makes a spec without problems', async () => {
    const cwd = folderWith({});
    for (const entity of ['Select', 'HTTPLog2', `L${'ong'.repeat(15)}`]) {
      const folder = join(cwd, entity);
      expect(await runCommand({ cwd }, 'init', folder, '--entity', entity), entity).toMatchObject({ status: 0 });
      const text = readFileSync(join(folder, 'app.yaml'), 'utf8');
      expect(analyze(text, 'app.yaml').diagnostics).toEqual([]);
    }
  });

  test('without a terminal the name is that of the folder, and nobody is asked', async () => {
    const cwd = folderWith({});
    mkdirSync(join(cwd, 'My Second App!'));
    expect((await runCommand({ cwd: join(cwd, 'My Second App!') }, 'init')).status).toBe(0);
    expect(readFileSync(join(cwd, 'My Second App!/app.yaml'), 'utf8')).toContain('\nname: my-second-app\n');
    expect((await runCommand({ cwd }, 'init', '42')).status).toBe(0);
    expect(readFileSync(join(cwd, '42/app.yaml'), 'utf8')).toContain('\nname: app\n');
  });

  test('overwrites nothing', async () => {
    const cwd = folderWith({ 'app.yaml': 'mine', 'other/.gitignore': 'mine' });
    expect(await runCommand({ cwd }, 'init')).toMatchObject({
      status: 2,
      stdout: expect.stringMatching(/SC6108 "app\.yaml" is already there/),
    });
    expect((await runCommand({ cwd }, 'init', 'other')).stderr).toMatch(/^wrote other\/app\.yaml\n/);
    expect(readTree(cwd)).toMatchObject({ 'app.yaml': 'mine', 'other/.gitignore': 'mine' });
  });

  test('names of the wrong form are refused, and so is a folder that cannot be', async () => {
    const cwd = folderWith({ file: '' });
    const wrong = await runCommand({ cwd }, 'init', '--name', 'My App: x', '--entity', 'purchase order');
    expect(wrong.status).toBe(2);
    expect(wrong.stdout.match(/SC6109/g)).toHaveLength(2);
    expect(await runCommand({ cwd }, 'init', 'file/app')).toMatchObject({
      status: 2,
      stdout: expect.stringContaining('SC6110'),
    });
    expect(Object.keys(readTree(cwd))).toEqual(['file']);
  });

  test('on a terminal it asks, again where an answer will not do', () => {
    const cwd = folderWith({});
    const run = onTerminal(cwd, 'Bad Name\\ngood-name\\n\\n');
    expect(run).toContain(`Name of the app (${kebab(basename(cwd))}): `);
    expect(run).toContain('"Bad Name" cannot be used as --name');
    expect(run).toContain('First entity, singular (Task): ');
    expect(readFileSync(join(cwd, 'app.yaml'), 'utf8')).toMatch(/\nname: good-name\n[^]*\n {2}Task:\n/);
  });

  test('who leaves at a question leaves nothing behind', () => {
    const cwd = folderWith({});
    expect(onTerminal(cwd, '\\003')).toContain('nothing was written');
    expect(readTree(cwd)).toEqual({});
  });
});

/** What the command prints on a pseudo terminal where these keys are typed. */
function onTerminal(cwd: string, keys: string): string {
  const command = `script -qec '"${process.execPath}" "${COMMAND}" init' /dev/null`;
  // The keys wait for the question, as a person would: a Ctrl+C before it would end the process itself.
  const typist = `while ! grep -q 'Name of the app' screen 2>/dev/null; do sleep 0.02; done; printf '${keys}'; while [ ! -e done ]; do sleep 0.02; done`;
  const line = `mkfifo keys; (${typist}) > keys & ${command} < keys > screen; touch done; wait; cat screen; rm keys screen done`;
  return spawnSync('bash', ['-c', line], { cwd, encoding: 'utf8', timeout: 20_000 }).stdout;
}

function kebab(name: string): string {
  return (
    name
      .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  ).join('-');
}

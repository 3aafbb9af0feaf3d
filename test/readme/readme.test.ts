import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { structuredPatch } from 'diff';
import { runCommand, type CommandRun } from '../cli/run-command.ts';
import { typeErrors } from '../end-to-end/type-errors.ts';
import { createFolder, removeFolder } from '../work-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const BLOCKS = [...README.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', text = '']) => ({
  language,
  text,
}));

function blocks(language: string): readonly string[] {
  return BLOCKS.filter((block) => block.language === language).map(({ text }) => text);
}

const [spec = '', mistake = ''] = blocks('yaml');
const [addition = '', difference = ''] = blocks('diff');

let folder: string;

beforeAll(() => {
  folder = createFolder('readme');
});

afterAll(() => removeFolder(folder));

function supercompile(...args: readonly string[]): Promise<CommandRun> {
  return runCommand({ cwd: folder }, ...args);
}

/** Text of every file below a folder but the runtime's copy. */
function readFolder(root: string): ReadonlyMap<string, string> {
  const names = readdirSync(root, { recursive: true, withFileTypes: true });
  const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const own = paths.filter((path) => !relative(root, path).startsWith('runtime'));
  return new Map(own.map((path) => [relative(folder, path), readFileSync(path, 'utf8')]));
}

/** What README leaves to the reader's tools: derived files and the new migration. */
const UNTOLD = /openapi\.json|model\.json|manifest\.json|migrations\//;

function changedLines(before: string, after: string): readonly string[] {
  return structuredPatch('', '', before, after, '', '', { context: 0 }).hunks.flatMap(({ lines }) => lines);
}

describe('README', () => {
  test('one more line in the spec yields the difference and the migration that are printed', async () => {
    writeFileSync(join(folder, 'app.yaml'), spec);
    expect((await supercompile('build')).status).toBe(0);
    expect((await supercompile('migrate', 'seal')).status).toBe(0);
    const before = readFolder(join(folder, 'backend'));
    const added = addition.replace(/^\+/, '');
    writeFileSync(join(folder, 'app.yaml'), spec.replace(/^ {6}isbn:/m, `${added}      isbn:`));
    expect((await supercompile()).status).toBe(0);
    const after = readFolder(join(folder, 'backend'));
    const changed = [...after].filter(([path, text]) => before.get(path) !== text && !UNTOLD.test(path));
    const printed = changed
      .toSorted(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([path, text]) => [` ${path}`, ...changedLines(before.get(path) ?? '', text)]);
    expect(`${printed.join('\n')}\n`).toBe(difference);
    const migration = [...after].find(([path]) => /0002_[a-z0-9_]+\.sql$/.test(path))?.[1] ?? '';
    expect(migration.slice(migration.indexOf('-- step 1'))).toBe(blocks('sql')[0]);
  });

  test('the hook it shows satisfies the types of the compiled backend, and a renamed field fails at its line', async () => {
    const [hooks = ''] = blocks('ts');
    writeFileSync(join(folder, 'backend/custom/hooks.ts'), hooks);
    writeFileSync(join(folder, 'backend/custom/renamed.ts'), hooks.replaceAll('title', 'heading'));
    const errors = await typeErrors(join(folder, 'backend'));
    expect(errors).toMatch(/^custom\/renamed\.ts\(5,/);
    expect(errors).not.toContain('hooks.ts(');
  }, 60_000);

  test('the mistakes it shows are told as it says', async () => {
    writeFileSync(join(folder, 'wrong.yaml'), mistake);
    const { status, stdout } = await supercompile('check', 'wrong.yaml');
    expect(status).toBe(1);
    expect(stdout.trim()).toBe(blocks('text')[0]?.trim());
  });

  test('the commands of the table are those of the command line, and the exit codes its own', async () => {
    const help = (await supercompile('--help')).stdout;
    const named = [...README.matchAll(/^\| .*?`supercompile (\w+)/gm)].map(([, verb]) => verb);
    const listed = [...help.matchAll(/^ {2}(\w+) /gm)].map(([, verb]) => verb);
    expect(new Set(named)).toEqual(new Set(listed.filter((verb) => verb !== 'help')));
    expect((await supercompile('migrate', '--help')).stdout).toMatch(
      /seal[^]*status[^]*up|status[^]*seal|up[^]*status[^]*seal/,
    );
    expect((await supercompile('explain')).status).toBe(0);
    expect((await supercompile('explain', 'SC2104')).stdout).toContain('unknown-field-type');
    expect((await supercompile('build', '--check')).status).toBe(0);
    expect((await supercompile('nonsense')).status).toBe(2);
  });

  test('every shell command it gives is run by a test', () => {
    const commands = blocks('sh').flatMap((text) => text.trim().split('\n'));
    expect(new Set(commands)).toEqual(new Set(Object.keys(RUN_BY)));
    for (const file of Object.values(RUN_BY)) expect(readdirSync(join(ROOT, 'test'))).toContain(file.split('/')[0]);
  });

  test('its links lead somewhere', () => {
    const targets = [...README.matchAll(/\]\((?!http)([^)]+)\)/g)].map(([, target = '']) => target);
    expect(targets.length).toBeGreaterThan(2);
    for (const target of targets) expect(() => readFileSync(join(ROOT, target))).not.toThrow();
  });
});

/** Which test runs a command of README, below `test/`. */
const RUN_BY: Readonly<Record<string, string>> = {
  'npm ci && npm run demo': 'demo.test.ts',
  'npm ci && npm test': 'readme',
  'npm install ./supercompile-0.1.0.tgz': 'package',
  'npx supercompile check': 'package',
  'npx supercompile': 'package',
  'cd backend': 'package',
  'npm install': 'package',
  'npm test': 'package',
  'APP_ENV=development npm start': 'package',
};

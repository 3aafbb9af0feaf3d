import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../architecture/read-sources.ts';
import { folderWith, runCommand } from './run-command.ts';

describe('supercompile completion', () => {
  const cwd = ROOT;
  let script: string;
  beforeAll(async () => {
    script = (await runCommand({ cwd }, 'completion', 'bash')).stdout;
  });

  test.each([
    ['', ['init', 'build', 'check', 'fix', 'schema', 'completion', 'migrate']],
    ['bui', ['build']],
    ['migrate ', ['up', 'status', 'seal']],
    ['migrate up --', ['--out', '--format']],
    ['build --for', ['--force', '--format']],
    ['check --format s', ['sarif']],
    ['completion ', ['bash', 'zsh', 'fish']],
    ['build app', ['app.yaml']],
    ['migrate up --out back', ['backend']],
  ])('bash offers after "supercompile %s" what fits', (line, expected) => {
    expect(completeInBash(script, line)).toEqual(expect.arrayContaining(expected));
  });

  test('bash offers nothing that cannot stand there', () => {
    expect(completeInBash(script, 'migrate ')).not.toContain('build');
    expect(completeInBash(script, 'check --format ')).not.toContain('--format');
    expect(completeInBash(script, 'explain --fix')).toEqual([]);
  });

  test.each(['zsh', 'fish'])('%s gets every command and option too', async (shell) => {
    const { status, stdout } = await runCommand({ cwd }, 'completion', shell);
    expect(status).toBe(0);
    for (const word of ['seal', 'dry-run', 'sarif', 'completion']) expect(stdout).toContain(word);
    const { error, status: parsed } = spawnSync(shell, ['-n'], { input: stdout, encoding: 'utf8' });
    if (error === undefined) expect(parsed).toBe(0);
  });

  test('a shell that is not known is wrong usage', async () => {
    expect(await runCommand({ cwd }, 'completion', 'tcsh')).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('supercompile schema', () => {
  test('prints the schema as it is in the package, or inside a json document', async () => {
    const schema = readFileSync(join(ROOT, 'schemas/app.schema.json'), 'utf8');
    expect(await runCommand({ cwd: ROOT }, 'schema')).toEqual({ status: 0, stdout: schema, stderr: '' });
    const json = (await runCommand({ cwd: ROOT }, 'schema', '--format', 'json')).stdout;
    expect(JSON.parse(json)).toEqual({ ok: true, diagnostics: [], schema: JSON.parse(schema) });
  });
});

/** What bash would offer at the end of a line. */
function completeInBash(script: string, line: string): readonly string[] {
  const cwd = folderWith({ 'app.yaml': '', 'backend/x': '' });
  const words = ['supercompile', ...line.split(' ')].map((word) => `'${word}'`);
  const call = `COMP_WORDS=(${words.join(' ')}); COMP_CWORD=${words.length - 1}; _supercompile; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['-c', `${script}\n${call}`], { cwd, encoding: 'utf8' });
  return stdout.split('\n').filter((word) => word !== '');
}

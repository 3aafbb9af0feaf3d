/** Compiles every example; with `--check` only says whether its committed output is what its spec compiles to. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const command = join(root, 'compiler/cli/supercompile.js');
const specs = readdirSync(join(root, 'examples'))
  .map((name) => `examples/${name}/app.yaml`)
  .filter((spec) => existsSync(join(root, spec)));

for (const spec of specs.toSorted()) {
  const { status } = spawnSync(process.execPath, [command, 'build', spec, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}

#!/usr/bin/env node
// The command, in JavaScript that a Node as old as 12 can parse. It finds a Node that can run the
// compiler, then hands over to main.ts (in a checkout, by type stripping) or to its build in dist/.
import { spawn, spawnSync } from 'child_process';
import { existsSync } from 'fs';
import module from 'module';
import { dirname, join } from 'path';
import { fileURLToPath, pathToFileURL } from 'url';

const NEEDED = [22, 18];
const here = dirname(fileURLToPath(import.meta.url));

if (isNewEnough(process.versions.node)) {
  // Compiled code is kept beside our own dependencies, where nobody else can write. It makes `check` three times
  // as fast, is checked against the sources, and is simply not used where the folder is read-only.
  module.enableCompileCache(join(here, '../../node_modules/.cache/supercompile'));
  const sources = join(here, 'main.ts');
  const main = existsSync(sources) ? sources : join(here, '../../dist/main.js');
  import(pathToFileURL(main).href).then((cli) => cli.main(process.argv.slice(2)));
} else {
  const node = findNode(process.cwd()) || findNode(here);
  if (node) runWith(node);
  else complain();
}

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1]);
}

/** The nearest project's own Node, when it is new enough. */
function findNode(start) {
  for (let folder = start; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', 'node');
    if (existsSync(candidate)) {
      const answer = spawnSync(candidate, ['--version'], { encoding: 'utf8' });
      if (answer.status === 0 && isNewEnough(answer.stdout.trim().replace(/^v/, ''))) return candidate;
    }
    if (dirname(folder) === folder) return undefined;
  }
}

function runWith(node) {
  const child = spawn(node, [fileURLToPath(import.meta.url)].concat(process.argv.slice(2)), { stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  signals.forEach((signal) => process.on(signal, forward));
  child.on('error', (error) => {
    process.stderr.write('supercompile: cannot start ' + node + ': ' + error.message + '\n');
    process.exitCode = 78;
  });
  child.on('exit', (code, signal) => {
    signals.forEach((name) => process.removeListener(name, forward));
    if (signal) process.kill(process.pid, signal);
    else process.exitCode = code;
  });
}

function complain() {
  process.stderr.write(
    'supercompile needs Node ' +
      NEEDED.join('.') +
      ' or later and this is ' +
      process.versions.node +
      ': install one from https://nodejs.org, or give this project its own with "npm install --save-dev node@26".\n',
  );
  process.exitCode = 78;
}

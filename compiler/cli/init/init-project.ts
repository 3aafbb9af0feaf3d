import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { makeFolder } from '../../../runtime/environment/make-folder.ts';
import { analyze } from '../../analyze.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { createDiagnostic } from '../../diagnostics/reporter.ts';
import { unlocated } from '../../diagnostics/span.ts';
import { refusal } from '../command-result.ts';
import type { CommandResult } from '../command-result.ts';
import { FIRST_GITIGNORE, writeFirstSpec } from './first-spec.ts';
import type { FirstSpec } from './first-spec.ts';

/** Writes the first spec of a project into a folder, made if absent; what is there stays as it is. */
export function initProject(folder: string, wanted: FirstSpec): CommandResult {
  const path = join(folder, 'app.yaml');
  const text = writeFirstSpec(wanted, schemaPath(folder));
  const { diagnostics } = analyze(text, path);
  // A name of the right form that the language has taken, as an entity Hooks would be.
  if (diagnostics.length > 0) return refusal(diagnostics, new Map([[path, text]]));
  try {
    makeFolder(folder);
    writeFileSync(path, text, { flag: 'wx' });
    const ignore = join(folder, '.gitignore');
    const written = existsSync(ignore) ? [path] : [path, ignore];
    for (const file of written.slice(1)) writeFileSync(file, FIRST_GITIGNORE, { flag: 'wx' });
    return { ...refusal([]), data: { written }, summary: `wrote ${written.join(' and ')}\n${nextSteps(folder)}` };
  } catch (error) {
    return refusal([explain(error, folder, path)]);
  }
}

const SCHEMA = 'node_modules/supercompile/schemas/app.schema.json';

/** From the folder to the schema, where one above it has the package; else to where the package is usually installed. */
function schemaPath(folder: string): string {
  for (let above = resolve(folder); ; above = dirname(above)) {
    if (existsSync(join(above, SCHEMA))) {
      const path = relative(resolve(folder), join(above, SCHEMA)).split(sep).join('/');
      return path.startsWith('.') ? path : `./${path}`;
    }
    if (dirname(above) === above) return `./${SCHEMA}`;
  }
}

/** Refused before anyone is asked anything. */
export function findExisting(folder: string): readonly Diagnostic[] {
  const path = join(folder, 'app.yaml');
  return existsSync(path) ? [createDiagnostic(unlocated(path), 'already-there', '', { path })] : [];
}

function explain(error: unknown, folder: string, path: string): Diagnostic {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === '') throw error;
  if (code === 'EEXIST' && existsSync(path)) return createDiagnostic(unlocated(path), 'already-there', '', { path });
  return createDiagnostic(unlocated(folder), 'folder-unwritable', '', { path: folder, reason: code });
}

/** As a shell takes it for one word. */
function shellWord(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function nextSteps(folder: string): string {
  // npm sets it for what npx runs.
  const command = process.env['npm_command'] === 'exec' ? 'npx supercompile' : 'supercompile';
  const steps = [
    ...(folder === '.' ? [] : [[`cd ${shellWord(folder)}`, '']]),
    [`${command} check`, 'says what is wrong with it'],
    [`${command} dev`, 'compiles and serves it, again at every change'],
    [command, 'compiles it into backend/'],
  ];
  const width = Math.max(...steps.map(([step = '']) => step.length));
  return ['next:', ...steps.map(([step = '', about = '']) => `  ${step.padEnd(width)}  ${about}`.trimEnd())].join('\n');
}

import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.ts';
import { createReporter } from '../../compiler/diagnostics/reporter.ts';
import { buildApp } from '../../compiler/model/build-app.ts';
import type { App } from '../../compiler/model/app.ts';
import { readSpec } from '../../compiler/spec/read-spec.ts';

const HEAD = 'supercompile: 1\nname: test-app\nauth: { provider: none }\n';
const ACCESS = '{ all: { roles: [anonymous], allow: [create, read, update, delete], rows: all } }';

/** A whole spec around `entities`, two spaces deep; `ACCESS` in it stands for a grant of everything. */
export function specOf(entities: string, top = ''): string {
  return `${HEAD}${top}entities:\n${entities.replaceAll('ACCESS', ACCESS)}\n`;
}

/** A spec with one entity `Lead` whose fields are given, each on lines of its own. */
export function leadWith(fields: string, rest = ''): string {
  const indented = fields.trim().replaceAll(/^/gm, '      ');
  return specOf(`  Lead:\n    fields:\n${indented}\n    access: ACCESS\n${rest.replaceAll(/^(?=.)/gm, '    ')}`);
}

/** What the model says of a spec that has no problem of syntax or shape. */
export function buildText(text: string): { readonly app: App; readonly diagnostics: readonly Diagnostic[] } {
  const { spec, document, diagnostics } = readSpec(text, 'app.yaml');
  if (spec === undefined || diagnostics.some(({ severity }) => severity === 'error')) {
    throw new Error(diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n'));
  }
  const reporter = createReporter(document);
  return { app: buildApp(spec, document, reporter), diagnostics: reporter.diagnostics() };
}

/** `name path` of each problem of meaning. */
export function problemsOf(text: string): readonly string[] {
  return buildText(text).diagnostics.map(({ name, path }) => `${name} ${path}`);
}

/** The text after all fixes were applied, from the last to the first. */
export function applyFixes(text: string): string {
  const lines = text.split('\n');
  const edits = buildText(text).diagnostics.flatMap(({ fix }) => fix?.edits ?? []);
  const ordered = edits.toSorted((a, b) => b.line - a.line || b.column - a.column);
  for (const edit of ordered) {
    const line = lines[edit.line - 1] ?? '';
    lines[edit.line - 1] = line.slice(0, edit.column - 1) + edit.text + line.slice(edit.endColumn - 1);
  }
  return lines.join('\n');
}

import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { createReporter } from './diagnostics/reporter.ts';
import { sortDiagnostics } from './diagnostics/sort-diagnostics.ts';
import type { App } from './model/app.ts';
import { buildApp } from './model/build-app.ts';
import { checkMixins, withMixins } from './model/mixins.ts';
import { readSpec } from './spec/read-spec.ts';
import type { LocatedDocument } from './spec/located-document.ts';

/** What a spec means, or why it means nothing. */
export interface Analysis {
  readonly document: LocatedDocument;
  /** Absent when the spec has an error. */
  readonly app?: App;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and checks a spec, without planning or printing anything; pure. */
export function analyze(text: string, file: string): Analysis {
  const read = readSpec(text, file);
  if (read.spec === undefined) return read;
  const { spec, document } = withMixins(read.spec, read.document);
  const reporter = createReporter(document);
  checkMixins(read.spec, document, reporter);
  const app = buildApp(spec, document, reporter);
  const all = distinct(sortDiagnostics([...read.diagnostics, ...reporter.diagnostics()]));
  return all.some(({ severity }) => severity === 'error')
    ? { document, diagnostics: all }
    : { document, app, diagnostics: all };
}

/** A mistake in a mixin is told once, however many entities have its fields. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const told = diagnostics.map(({ code, line, column, message }) => `${code} ${line} ${column} ${message}`);
  return diagnostics.filter((_, index) => told.indexOf(told[index] ?? '') === index);
}

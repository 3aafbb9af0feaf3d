import type { Diagnostic } from './diagnostics/diagnostic.ts';
import { createReporter } from './diagnostics/reporter.ts';
import { sortDiagnostics } from './diagnostics/sort-diagnostics.ts';
import type { App } from './model/app.ts';
import { buildApp } from './model/build-app.ts';
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
  const { spec, document, diagnostics } = readSpec(text, file);
  if (spec === undefined) return { document, diagnostics };
  const reporter = createReporter(document);
  const app = buildApp(spec, document, reporter);
  const all = sortDiagnostics([...diagnostics, ...reporter.diagnostics()]);
  return all.some(({ severity }) => severity === 'error')
    ? { document, diagnostics: all }
    : { document, app, diagnostics: all };
}

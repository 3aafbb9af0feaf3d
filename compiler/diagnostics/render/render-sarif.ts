import { findCatalogueEntry } from '../catalogue.ts';
import type { Diagnostic, Fix } from '../diagnostic.ts';
import type { Span } from '../span.ts';

/** Prints a SARIF 2.1.0 log of one run, as code-scanning services take it. */
export function renderSarif(diagnostics: readonly Diagnostic[]): string {
  const rules = listRules(diagnostics);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'supercompile', rules: rules.map(renderRule) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((one) => renderResult(one, rules.indexOf(one.code))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function listRules(diagnostics: readonly Diagnostic[]): readonly string[] {
  return [...new Set(diagnostics.map((one) => one.code))].toSorted((a, b) => (a < b ? -1 : 1));
}

function renderRule(code: string): object {
  const entry = findCatalogueEntry(code);
  if (entry === undefined) return { id: code };
  return {
    id: code,
    name: entry.name,
    shortDescription: { text: entry.explanation.what },
    help: { text: entry.explanation.mend },
    defaultConfiguration: { level: entry.severity },
  };
}

function renderResult(one: Diagnostic, ruleIndex: number): object {
  return {
    ruleId: one.code,
    ruleIndex,
    level: one.severity,
    message: { text: one.message },
    locations: [renderLocation(one.file, one)],
    ...(one.related.length === 0
      ? {}
      : {
          relatedLocations: one.related.map((place, id) => ({
            id,
            message: { text: place.message },
            ...renderLocation(place.file, place),
          })),
        }),
    ...(one.fix === undefined ? {} : { fixes: [renderFix(one.file, one.fix)] }),
  };
}

function renderLocation(file: string, span: Span): object {
  return { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: renderRegion(span) } };
}

function renderRegion({ line, column, endLine, endColumn }: Span): object {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function renderFix(file: string, fix: Fix): object {
  const replacements = fix.edits.map((edit) => ({
    deletedRegion: renderRegion(edit),
    insertedContent: { text: edit.text },
  }));
  const change = { artifactLocation: { uri: encodeURI(file) }, replacements };
  return { description: { text: fix.description }, artifactChanges: [change] };
}

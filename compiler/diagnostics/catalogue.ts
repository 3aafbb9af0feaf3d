import type { CatalogueRow } from './catalogue-row.ts';
import { environment } from './catalogue/environment.ts';
import { meaning } from './catalogue/meaning.ts';
import { migration } from './catalogue/migration.ts';
import { migrationChanges } from './catalogue/migration-changes.ts';
import { migrationNotes } from './catalogue/migration-notes.ts';
import { output } from './catalogue/output.ts';
import { runner } from './catalogue/runner.ts';
import { quoting } from './catalogue/quoting.ts';
import { shape } from './catalogue/shape.ts';
import { syntax } from './catalogue/syntax.ts';

const rows = {
  ...syntax,
  ...quoting,
  ...shape,
  ...meaning,
  ...migration,
  ...migrationChanges,
  ...migrationNotes,
  ...runner,
  ...output,
  ...environment,
};

type Rows = typeof rows;

/** Name of a catalogue row, such as `unknown-key`. */
export type DiagnosticName = keyof Rows;

/** What each row's message needs to know. */
export type DiagnosticParams = {
  readonly [Name in DiagnosticName]: Parameters<Rows[Name]['message']> extends [infer Params]
    ? Params
    : Readonly<Record<string, never>>;
};

/** Every diagnostic there is, by name. */
export const catalogue: { readonly [Name in DiagnosticName]: CatalogueRow<DiagnosticParams[Name]> } = rows;

/** A row without the type of its parameters, for listing and explaining. */
export interface CatalogueEntry extends CatalogueRow {
  readonly name: string;
}

/** Every row, in the order of its code. */
export function listCatalogue(): readonly CatalogueEntry[] {
  const untyped: Readonly<Record<string, CatalogueRow>> = rows;
  const entries = Object.entries(untyped).map(([name, row]) => ({ name, ...row }));
  return entries.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

/** Finds a row by code (`SC2104`, in any case) or by name. */
export function findCatalogueEntry(codeOrName: string): CatalogueEntry | undefined {
  const wanted = codeOrName.toUpperCase();
  return listCatalogue().find((entry) => entry.code === wanted || entry.name === codeOrName);
}

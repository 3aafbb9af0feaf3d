import type { Diagnostic } from '../../../diagnostics/diagnostic.ts';
import { pointer } from '../../../diagnostics/json-pointer.ts';
import { createReporter, type Reporter } from '../../../diagnostics/reporter.ts';
import type { Located } from '../../../diagnostics/span.ts';
import type { App } from '../../../model/app.ts';
import type { DatabaseSchema } from '../../database/database-schema.ts';
import type { SchemaDiff } from '../diff/diff-schemas.ts';
import { pairTableName } from '../../../model/naming.ts';
import { columnSoFar } from './column-renames.ts';
import { declaredCasts } from './declared-casts.ts';
import type { Intents } from './intents.ts';
import type { Lineage } from './lineage.ts';
import { enumOfTexts, reportIdleCasts, reportUndeclaredCast, reportUnfitCasts } from './report-casts.ts';
import { describe, lookAlikeLine, reportRefusal } from './report-refusals.ts';
import { reportRisks } from './report-risks.ts';
import type { SpecNames } from './spec-names.ts';

export interface ChangeReport {
  readonly app: App;
  readonly document: Located;
  readonly from: DatabaseSchema;
  readonly lineage: Lineage;
  readonly diff: SchemaDiff;
  readonly intents: Intents;
  readonly names: SpecNames;
}

/** Everything that keeps a change from becoming a migration, then lines under `migration` that nothing uses. */
export function reportChanges({
  app,
  document,
  from,
  lineage,
  diff,
  intents,
  names,
}: ChangeReport): readonly Diagnostic[] {
  const reporter = createReporter(document);
  const settled = new Set<string>();
  const casts = declaredCasts(app, from, lineage);
  const unfit = reportUnfitCasts(casts, reporter);
  const needed = neededFields(diff, names);
  for (const refusal of diff.refusals) {
    if (refusal.kind === 'castUndeclared') {
      const subject = names.field(refusal.table, refusal.column);
      const line = names.line({ kind: 'rewriteTable', table: refusal.table });
      if (!unfit.has(subject)) reportUndeclaredCast({ app, from, lineage }, { ...refusal, subject, line }, reporter);
      continue;
    }
    reportRefusal(refusal, { names, needed }, reporter);
    if (!('gone' in refusal)) continue;
    // Either way out settles what else is said of the two.
    settled.add(lookAlikeLine(refusal, names));
    settled.add(describe(refusal, names).come);
  }
  reportNewLinks(app, lineage, reporter);
  const mappable = (subject: string): readonly string[] => enumOfTexts({ app, from, lineage }, subject);
  // Of an entity that may be another renamed, nothing more is known until that is told.
  const isTold = diff.refusals.every(({ kind }) => kind !== 'ambiguousTable');
  if (isTold) reportRisks(diff.unconsented, { names, mappable }, settled, reporter);
  if (diff.refusals.length === 0) {
    reportUnused(app, diff, intents, names, reporter);
    reportIdleCasts(casts, reporter);
  }
  return reporter.diagnostics();
}

/** Fields for which rows that exist have no value. */
function neededFields({ unconsented }: SchemaDiff, names: SpecNames): ReadonlySet<string> {
  const consents = unconsented.flatMap((hazard) => hazard.consents ?? []);
  return new Set(
    consents.flatMap((consent) => (consent.kind === 'require' ? [names.field(consent.table, consent.column)] : [])),
  );
}

/** Lists of values that become links: there would be no pairs of them. */
function reportNewLinks(app: App, lineage: Lineage, reporter: Reporter): void {
  for (const entity of app.entities) {
    const old = lineage.formerTable(entity.names.table);
    for (const field of entity.fields.filter(({ links }) => links !== undefined)) {
      const isLinked = lineage.formerTable(pairTableName(entity.names.table, field.name)) !== undefined;
      if (old === undefined || isLinked || columnSoFar(entity, field, old) === undefined) continue;
      const at = pointer('entities', entity.name, 'fields', field.name);
      reporter.report('values-become-links', at, { subject: `${entity.name}.${field.name}` }, { at: 'key' });
    }
  }
}

function reportUnused(app: App, diff: SchemaDiff, intents: Intents, names: SpecNames, reporter: Reporter): void {
  const { allow = [], backfills = [], values = [] } = app.migration ?? {};
  const used = new Set(diff.hazards.flatMap(({ consents = [] }) => consents).map(names.line));
  allow.forEach((line, index) => {
    if (!used.has(line)) reporter.report('unused-migration-line', pointer('migration', 'allow', index), { line });
  });
  for (const { field } of backfills) {
    const place = `${field.entity}.${field.field}`;
    const intent = intents.backfills.find(({ table, column }) => names.field(table, column) === place);
    const isCast = intents.casts.some(
      (cast) => cast.isFilled === true && cast.table === intent?.table && cast.column === intent.column,
    );
    const isFilled = diff.operations.some(
      (operation) =>
        operation.kind === 'backfill' &&
        operation.table === intent?.table &&
        operation.set.some(({ column }) => column === intent.column),
    );
    if (!isCast && !isFilled) reportUnusedKey(pointer('migration', 'backfill', place), `backfill ${place}`, reporter);
  }
  for (const { field, from } of values) {
    const place = `${field.entity}.${field.field}`;
    const isUsed = diff.hazards.some(({ consents = [] }) =>
      consents.some((consent) => names.line(consent) === `drop value ${place}.${from}`),
    );
    if (!isUsed) reportUnusedKey(pointer('migration', 'values', place, from), `values ${place}: ${from}`, reporter);
  }
}

function reportUnusedKey(at: string, line: string, reporter: Reporter): void {
  reporter.report('unused-migration-line', at, { line }, { at: 'key' });
}

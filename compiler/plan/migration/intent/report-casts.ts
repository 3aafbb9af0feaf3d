import type { Allowable, Types } from '../../../diagnostics/catalogue/migration-changes.ts';
import { pointer } from '../../../diagnostics/json-pointer.ts';
import type { Reporter } from '../../../diagnostics/reporter.ts';
import type { App, Entity, Field } from '../../../model/app.ts';
import type { ColumnType } from '../../database/database-schema.ts';
import { fittingCasts, type CastEnds } from './cast-sql.ts';
import { castEnds, type DeclaredCast } from './declared-casts.ts';
import type { DeclaredChange } from './declared-change.ts';
import { fieldPointer } from './report-refusals.ts';

/** Casts that do not say how the one type becomes the other; the fields that they are about. */
export function reportUnfitCasts(casts: readonly DeclaredCast[], reporter: Reporter): ReadonlySet<string> {
  const unfit = new Set<string>();
  for (const item of casts) {
    if (item.kind !== 'unfit') continue;
    const subject = subjectOf(item);
    const { said, ends, fitting } = item;
    const types = { from: typeText(ends.from.type), to: typeText(ends.to.type) };
    reporter.report('cast-unfit', castPointer(subject), { subject, said, ...types, casts: fitting }, { at: 'key' });
    unfit.add(subject);
  }
  return unfit;
}

/** Casts of fields whose type stays. */
export function reportIdleCasts(casts: readonly DeclaredCast[], reporter: Reporter): void {
  for (const item of casts) {
    if (item.kind !== 'idle') continue;
    const subject = subjectOf(item);
    reporter.report('unused-migration-line', castPointer(subject), { line: `cast ${subject}` }, { at: 'key' });
  }
}

/** A change of type that says nothing of what the stored values mean. */
export function reportUndeclaredCast(
  before: Omit<DeclaredChange, 'to'>,
  { subject, from, to, line }: Allowable & Types,
  reporter: Reporter,
): void {
  const ends = endsOf(before, subject);
  const casts = ends === undefined ? [] : fittingCasts(ends);
  reporter.report('cast-unknown', `${fieldPointer(subject)}/type`, { subject, from, to, casts, line });
}

/** The values of the enum that texts are to be of, where no cast says yet what they become. */
export function enumOfTexts(before: Omit<DeclaredChange, 'to'>, subject: string): readonly string[] {
  const ends = endsOf(before, subject);
  const isCast = before.app.migration?.casts?.some(({ field: { entity, field } }) => `${entity}.${field}` === subject);
  if (ends === undefined || ends.to.type.enum !== true || ends.from.type.enum === true || isCast === true) return [];
  return fieldOf(before.app, subject)?.field.enum?.values ?? [];
}

function endsOf(before: Omit<DeclaredChange, 'to'>, subject: string): CastEnds | undefined {
  const found = fieldOf(before.app, subject);
  return found && castEnds(before, found.entity, found.field);
}

function fieldOf(app: App, subject: string): { readonly entity: Entity; readonly field: Field } | undefined {
  const [entityName, fieldName] = subject.split('.');
  const entity = app.entities.find(({ name }) => name === entityName);
  const field = entity?.fields.find(({ name }) => name === fieldName);
  return entity && field && { entity, field };
}

function subjectOf({ field: { entity, field } }: DeclaredCast): string {
  return `${entity}.${field}`;
}

function castPointer(subject: string): string {
  return pointer('migration', 'cast', subject);
}

function typeText({ name, array }: ColumnType): string {
  return `${name}${array === true ? '[]' : ''}`;
}

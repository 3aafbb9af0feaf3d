import { pointer } from '../../../diagnostics/json-pointer.ts';
import type { Reporter } from '../../../diagnostics/reporter.ts';
import type { Refusal } from '../diff/refusal.ts';
import type { Rename } from './intents.ts';
import type { SpecNames } from './spec-names.ts';

/** One diagnostic a refusal, at the line of the spec that says it or lacks it. */
export function reportRefusal(
  refusal: Exclude<Refusal, { readonly kind: 'castUndeclared' }>,
  { names, needed }: { readonly names: SpecNames; readonly needed: ReadonlySet<string> },
  reporter: Reporter,
): void {
  switch (refusal.kind) {
    case 'schemaRenamed':
      return reporter.report('database-schema-changed', pointer('database', 'schema'), refusal);
    case 'ambiguousTable':
    case 'ambiguousColumn':
    case 'ambiguousValue':
      return reportLookAlike(refusal, names, needed, reporter);
    case 'renameClaimedTwice':
    case 'renameSourcePresent':
      return reportRename(refusal, names, reporter);
    case 'mappedToNothing': {
      const subject = names.enumField(refusal.enum);
      const at = pointer('migration', 'values', subject, refusal.from);
      return reporter.report('unknown-new-value', at, { subject, value: refusal.to });
    }
    default:
      throw new Error(`the compiled schema cannot be made: ${JSON.stringify(refusal)}`);
  }
}

/** `/entities/Order/fields/note` of `Order.note`. */
export function fieldPointer(subject: string): string {
  const [entity = '', field = ''] = subject.split('.');
  return pointer('entities', entity, 'fields', field);
}

type LookAlike = Extract<Refusal, { readonly gone: string }>;

function reportLookAlike(refusal: LookAlike, names: SpecNames, needed: ReadonlySet<string>, reporter: Reporter): void {
  const { gone, come } = describe(refusal, names);
  const line = lookAlikeLine(refusal, names);
  const others = refusal.others.map((other) => describe({ ...refusal, come: other }, names).come);
  const renames = [come, ...others].map((name) => renameOf(refusal, gone, name));
  const params = { gone, come, others, renames, line };
  if (refusal.kind === 'ambiguousTable') {
    return reporter.report('rename-or-loss', pointer('entities', come), params, { at: 'key' });
  }
  if (refusal.kind === 'ambiguousColumn') {
    const isNeeded = needed.has(come);
    return reporter.report('rename-or-loss', fieldPointer(come), { ...params, isNeeded }, { at: 'key' });
  }
  const mapped = names.enumField(refusal.enum);
  return reporter.report('rename-or-loss', `${fieldPointer(mapped)}/values`, { ...params, mapped });
}

/** What the spec says of something that has another name now. */
function renameOf({ kind }: LookAlike, gone: string, come: string): string {
  if (kind === 'ambiguousTable') return `${come}: { was: ${gone}, ... }`;
  if (kind === 'ambiguousColumn') return `${fieldName(come)}: { was: ${fieldName(gone)}, ... }`;
  return `valuesWere: { ${come}: ${gone} }`;
}

function fieldName(subject: string): string {
  return subject.slice(subject.lastIndexOf('.') + 1);
}

/** The line that says that what is gone is lost. */
export function lookAlikeLine(refusal: LookAlike, names: SpecNames): string {
  if (refusal.kind === 'ambiguousTable') return names.line({ kind: 'dropTable', table: refusal.gone });
  if (refusal.kind === 'ambiguousColumn') {
    return names.line({ kind: 'dropColumn', table: refusal.table, column: refusal.gone });
  }
  return names.line({ kind: 'dropValue', enum: refusal.enum, value: refusal.gone });
}

/** Both sides in the names of the spec. */
export function describe(refusal: LookAlike, names: SpecNames): { readonly gone: string; readonly come: string } {
  const { gone, come } = refusal;
  if (refusal.kind === 'ambiguousTable') return { gone: names.entity(gone), come: names.entity(come) };
  if (refusal.kind === 'ambiguousColumn') {
    return { gone: names.field(refusal.table, gone), come: names.field(refusal.table, come) };
  }
  return { gone, come };
}

type RenameRefusal = Extract<Refusal, { readonly rename: Rename }>;

function reportRename(refusal: RenameRefusal, names: SpecNames, reporter: Reporter): void {
  const { rename } = refusal;
  const [subject, was] = [subjectOf(rename, names), formerOf(rename, names)];
  const at = renamePointer(rename, names);
  if (refusal.kind === 'renameClaimedTwice') {
    const other = subjectOf(refusal.other, names);
    return reporter.report('rename-claimed-twice', at, { subject, was, other });
  }
  return reporter.report('rename-source-present', at, { subject, was });
}

function subjectOf(rename: Rename, names: SpecNames): string {
  if (rename.kind === 'table') return names.entity(rename.to);
  return rename.kind === 'column' ? names.field(rename.table, rename.to) : rename.to;
}

function formerOf(rename: Rename, names: SpecNames): string {
  if (rename.kind === 'table') return names.entity(rename.name);
  return rename.kind === 'column' ? names.field(rename.table, rename.name) : rename.name;
}

function renamePointer(rename: Rename, names: SpecNames): string {
  if (rename.kind === 'table') return pointer('entities', names.entity(rename.to), 'was');
  if (rename.kind === 'column') return `${fieldPointer(names.field(rename.table, rename.to))}/was`;
  return rename.kind === 'value' ? `${fieldPointer(names.enumField(rename.enum))}/valuesWere${pointer(rename.to)}` : '';
}

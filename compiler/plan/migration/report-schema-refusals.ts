import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { pointer } from '../../diagnostics/json-pointer.ts';
import { createReporter, type Reporter } from '../../diagnostics/reporter.ts';
import type { Located } from '../../diagnostics/span.ts';
import type { App, Entity, Field } from '../../model/app.ts';
import { derivedName, snakeCase } from '../../model/naming.ts';
import type { SchemaRefusal } from './schema-refusal.ts';

/** One diagnostic a refused change, at the line of the spec that says it (or that lacks it). */
export function reportSchemaRefusals(
  app: App,
  document: Located,
  refusals: readonly SchemaRefusal[],
): readonly Diagnostic[] {
  const reporter = createReporter(document);
  for (const refusal of refusals) if (!follows(refusal, refusals)) report(app, reporter, refusal);
  return reporter.diagnostics();
}

/** What explains all else that changed in the same column. */
const ROOTS: readonly SchemaRefusal['kind'][] = ['columnRemoved', 'typeChanged', 'valuesChanged', 'requiredAdded'];

/** Whether another refusal explains this one: of the same column, or of the table that a link points to. */
function follows(refusal: SchemaRefusal, all: readonly SchemaRefusal[]): boolean {
  if (refusal.kind === 'requiredAdded') return refusal.lookAlike !== undefined;
  if (ROOTS.includes(refusal.kind)) return false;
  const broken = all.filter(({ kind }) => ROOTS.includes(kind)).flatMap(placesOf);
  if (placesOf(refusal).some((place) => broken.includes(place))) return true;
  const isLink = refusal.kind === 'ruleChanged' && refusal.rule === 'reference';
  return isLink && all.some(({ kind }) => kind === 'tableRemoved');
}

function placesOf(refusal: SchemaRefusal): readonly string[] {
  if ('column' in refusal) return [`${refusal.table}.${refusal.column}`];
  return 'columns' in refusal ? refusal.columns.map((column) => `${refusal.table}.${column}`) : [];
}

function report(app: App, reporter: Reporter, refusal: SchemaRefusal): void {
  switch (refusal.kind) {
    case 'schemaRenamed':
      return reporter.report('database-schema-changed', pointer('database', 'schema'), refusal);
    case 'tableRemoved':
      return reporter.report('entity-removed', pointer('entities'), refusal, { at: 'key' });
    case 'ruleChanged':
      return reportRule(app, reporter, refusal);
    case 'indexChanged': {
      const entity = entityOf(app, refusal.table);
      const at = indexPointer(entity, refusal.name);
      return reporter.report('index-changed', at, { name: refusal.name, subject: entity?.name ?? refusal.table });
    }
    case 'objectChanged':
      return reporter.report('database-object-changed', '', refusal);
    default:
      return reportColumn(placeOf(app, refusal.table, refusal.column), reporter, refusal);
  }
}

/** Where a column stands in the spec, and how to call it. */
interface ColumnPlace {
  readonly pointer: string;
  readonly subject: string;
}

type ColumnRefusal = Extract<SchemaRefusal, { readonly column: string }>;

function reportColumn({ pointer: at, subject }: ColumnPlace, reporter: Reporter, refusal: ColumnRefusal): void {
  switch (refusal.kind) {
    case 'columnRemoved':
      return reporter.report('field-removed', at, { subject }, { at: 'key' });
    case 'typeChanged': {
      const sized = /^(character varying|numeric)/.exec(refusal.from)?.[1];
      const attribute = sized !== undefined && refusal.to.startsWith(sized) ? SIZES[sized] : 'type';
      const { from, to } = refusal;
      return reporter.report('field-type-changed', `${at}/${attribute ?? 'type'}`, { subject, from, to });
    }
    case 'requiredAdded':
      return reporter.report('required-field-added', at, { subject }, { at: 'key' });
    case 'madeRequired':
      return reporter.report('field-made-required', at, { subject }, { at: 'key' });
    case 'madeOptional':
      return reporter.report('field-made-optional', `${at}/optional`, { subject });
    case 'defaultChanged':
      return reporter.report('default-changed', `${at}/default`, { subject });
    case 'valuesChanged':
      return reporter.report('enum-values-changed', `${at}/values`, { subject, from: refusal.from });
    case 'transitionsChanged':
      return reporter.report('transitions-changed', `${at}/transitions`, { subject });
    default:
      return refusal satisfies never;
  }
}

const SIZES: Readonly<Record<string, string>> = { 'character varying': 'maxLength', numeric: 'precision' };

function reportRule(
  app: App,
  reporter: Reporter,
  refusal: Extract<SchemaRefusal, { readonly kind: 'ruleChanged' }>,
): void {
  const { table, name, rule, change, columns } = refusal;
  const entity = entityOf(app, table);
  const named = entity?.uniques.find((unique) => derivedName(table, [snakeCase(unique.name)], 'key') === name);
  const place = placeOf(app, table, columns[0] ?? '');
  const params = { subject: named === undefined ? place.subject : (entity?.name ?? table), rule, change, name };
  if (named !== undefined)
    return reporter.report('rule-changed', pointer('entities', entity?.name ?? '', 'unique', named.name), params);
  reporter.report('rule-changed', place.pointer + attributeOf(name, rule), params, { at: 'key' });
}

/** The attribute that a rule comes from, by the end of its name. */
function attributeOf(name: string, rule: string): string {
  if (rule === 'unique') return '/unique';
  if (rule === 'reference') return '/onDelete';
  const [, end = ''] = /_(min|max|min_length|max_length|max_items)$/.exec(name) ?? [];
  return end === '' ? '' : `/${end.replace(/_(.)/, (_, letter: string) => letter.toUpperCase())}`;
}

function indexPointer(entity: Entity | undefined, name: string): string {
  if (entity === undefined) return pointer('entities');
  const index = entity.indexes.find((item) => derivedName(entity.names.table, [snakeCase(item.name)], 'idx') === name);
  return index === undefined
    ? pointer('entities', entity.name, 'list')
    : pointer('entities', entity.name, 'indexes', index.name);
}

function placeOf(app: App, table: string, column: string): ColumnPlace {
  const entity = entityOf(app, table);
  if (entity === undefined) return { pointer: pointer('entities'), subject: `${table}.${column}` };
  const field = fieldOf(entity, column);
  const fields = pointer('entities', entity.name, 'fields');
  if (field === undefined) return { pointer: fields, subject: `${table}.${column}` };
  return { pointer: fields + pointer(field.name), subject: `${entity.name}.${field.name}` };
}

function entityOf(app: App, table: string): Entity | undefined {
  return app.entities.find((entity) => entity.names.table === table);
}

function fieldOf(entity: Entity, column: string): Field | undefined {
  return entity.fields.find((field) => field.column === column);
}

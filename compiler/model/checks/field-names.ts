import type { Field } from '../app.ts';
import { allFields, type Check, type EntityField, fieldPointer } from './check.ts';
import { SYSTEM_FIELDS } from './system-fields.ts';

const SYSTEM_COLUMNS: readonly string[] = ['id', 'created_at', 'updated_at', 'version'];
const KEPT_BY_POSTGRES = 'Postgres keeps for itself';
/** Columns that exist already, and where. */
const TAKEN_COLUMNS: ReadonlyMap<string, string> = new Map([
  ...['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid'].map((column) => [column, KEPT_BY_POSTGRES] as const),
  // A row type without the column would not fit one with it: the inherited one is a function.
  ['constructor', 'every object of TypeScript has already'],
]);

/** No field takes a name that every entity, every Postgres table or every object of TypeScript has already. */
export const checkReservedFieldNames: Check = ({ app, reporter }) => {
  for (const at of allFields(app)) {
    const { name, key, column } = at.field;
    if (SYSTEM_FIELDS.includes(name) || SYSTEM_FIELDS.includes(key) || SYSTEM_COLUMNS.includes(column)) {
      reporter.report('reserved-field-name', fieldPointer(at), { name }, { at: 'key' });
      continue;
    }
    const owner = TAKEN_COLUMNS.get(column);
    if (owner !== undefined)
      reporter.report('reserved-column', fieldPointer(at), { name, column, owner }, { at: 'key' });
  }
};

/** What every object of JavaScript inherits, but for `constructor`, which is refused. */
const INHERITED: readonly string[] = [
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'toString',
  'valueOf',
];

/** Whoever reads a field or a list of such a name may take it for something else. */
export const checkInheritedNames: Check = ({ app, reporter }) => {
  for (const at of allFields(app)) {
    const { name, reference, links } = at.field;
    const inverse = (reference ?? links)?.inverse;
    if (INHERITED.includes(name)) reporter.report('inherited-name', fieldPointer(at), { name }, { at: 'key' });
    if (inverse !== undefined && INHERITED.includes(inverse))
      reporter.report('inherited-name', fieldPointer(at, 'inverse'), { name: inverse });
  }
};

/** No two fields of an entity share a key of the API or a column. */
export const checkFieldNameClashes: Check = ({ app, reporter }) => {
  for (const entity of app.entities) {
    const byKey = new Map<string, Field>();
    const byColumn = new Map<string, Field>();
    for (const field of entity.fields) {
      const earlier = byKey.get(field.key) ?? byColumn.get(field.column);
      if (!byKey.has(field.key)) byKey.set(field.key, field);
      if (!byColumn.has(field.column)) byColumn.set(field.column, field);
      if (earlier === undefined) continue;
      const at: EntityField = { entity, field };
      reporter.report(
        'field-name-clash',
        fieldPointer(at),
        { name: field.name, other: earlier.name, shared: sharedName(field, earlier) },
        {
          at: 'key',
          related: [
            { pointer: fieldPointer({ entity, field: earlier }), at: 'key', message: `"${earlier.name}" is here` },
          ],
        },
      );
    }
  }
};

function sharedName(field: Field, other: Field): string {
  return field.key === other.key ? `the key "${field.key}"` : `the column "${field.column}"`;
}

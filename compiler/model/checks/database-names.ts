import type { Entity } from '../app.ts';
import { derivedName, snakeCase } from '../naming.ts';
import { type Check, entitiesInFileOrder, entityPointer } from './check.ts';

/** A name that Postgres keeps in the one namespace of tables, indexes and types. */
interface DatabaseName {
  readonly name: string;
  /** `the index of "byDay"`. */
  readonly what: string;
  readonly pointer: string;
}

/** Tables, enum types and the indexes behind keys never share a name. */
export const checkDatabaseNames: Check = (input) => {
  const taken = new Map<string, DatabaseName>();
  for (const found of ownTables(entitiesInFileOrder(input)).flatMap(databaseNames)) {
    const other = taken.get(found.name);
    if (other === undefined) taken.set(found.name, found);
    else {
      input.reporter.report(
        'database-name-clash',
        found.pointer,
        { name: found.name, kind: other.what, other: found.what },
        { at: 'key', related: [{ pointer: other.pointer, at: 'key', message: `${other.what} is here` }] },
      );
    }
  }
};

/** Two entities of one table are another diagnostic, from which all clashes of the second follow. */
function ownTables(entities: readonly Entity[]): readonly Entity[] {
  const tables = entities.map((entity) => entity.names.table);
  return entities.filter((entity, index) => tables.indexOf(entity.names.table) === index);
}

function databaseNames(entity: Entity): readonly DatabaseName[] {
  const { table } = entity.names;
  const field = (name: string): string => entityPointer(entity, 'fields', name);
  return [
    { name: table, what: `the table of "${entity.name}"`, pointer: entityPointer(entity) },
    {
      name: derivedName(table, [], 'pkey'),
      what: `the primary key of "${entity.name}"`,
      pointer: entityPointer(entity),
    },
    ...entity.fields.flatMap(({ name, enum: enumeration }) =>
      enumeration === undefined
        ? []
        : [{ name: enumeration.typeName, what: `the type of "${entity.name}.${name}"`, pointer: field(name) }],
    ),
    ...entity.fields
      .filter(({ unique }) => unique)
      .map(({ name, column }) => ({
        name: derivedName(table, [column], 'key'),
        what: `the unique "${entity.name}.${name}"`,
        pointer: field(name),
      })),
    ...entity.uniques.map(({ name }) => ({
      name: derivedName(table, [snakeCase(name)], 'key'),
      what: `the unique "${name}" of "${entity.name}"`,
      pointer: entityPointer(entity, 'unique', name),
    })),
    ...entity.indexes.map(({ name }) => ({
      name: derivedName(table, [snakeCase(name)], 'idx'),
      what: `the index "${name}" of "${entity.name}"`,
      pointer: entityPointer(entity, 'indexes', name),
    })),
    ...linkIndexes(entity),
  ];
}

/** A link has an index of its own unless another one begins with it. */
function linkIndexes(entity: Entity): readonly DatabaseName[] {
  const leading = [...entity.uniques, ...entity.indexes].map((list) => list.fields[0]);
  return entity.fields
    .filter((field) => field.reference !== undefined && !field.unique && !leading.includes(field.name))
    .map(({ name, column }) => ({
      name: derivedName(entity.names.table, [column], 'idx'),
      what: `the index of the link "${entity.name}.${name}"`,
      pointer: entityPointer(entity, 'fields', name),
    }));
}

import type { DatabaseSchema, Table } from './database-schema.ts';

/** Puts everything that has no order of its own into code-unit order of its name. Columns keep theirs. */
export function canonicalSchema(schema: DatabaseSchema): DatabaseSchema {
  return {
    name: schema.name,
    extensions: byName(schema.extensions),
    enums: byName(schema.enums),
    functions: byName(schema.functions),
    tables: byName(schema.tables.map(canonicalTable)),
    views: byName(schema.views),
  };
}

/** The part of a schema that two databases must share to be equal: canonical, and blind to the order of columns. */
export function schemaState(schema: DatabaseSchema): DatabaseSchema {
  const canonical = canonicalSchema(schema);
  return { ...canonical, tables: canonical.tables.map((table) => ({ ...table, columns: byName(table.columns) })) };
}

function canonicalTable(table: Table): Table {
  return {
    ...table,
    constraints: byName(table.constraints),
    indexes: byName(table.indexes),
    triggers: byName(table.triggers),
    policies: byName(table.policies),
  };
}

/** In code-unit order of their names. */
export function byName<Item extends { readonly name: string }>(items: readonly Item[]): readonly Item[] {
  return items.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

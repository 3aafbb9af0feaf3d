import type { Column, DatabaseSchema, EnumType, ForeignKey, Index, Table } from '../../database/database-schema.ts';
import { MAX_IDENTIFIER } from '../../../model/naming.ts';
import { find } from '../named-list.ts';
import { literalCast } from '../../sql/canonical-expression.ts';
import { parseTypeName } from '../../sql/type-name.ts';

/** Something that no database could be: names that are not there, names that are there twice. */
export type SchemaProblem =
  | { readonly kind: 'unknownTarget'; readonly object: string; readonly name: string }
  | { readonly kind: 'unknownColumn'; readonly where: ColumnPlace; readonly object: string; readonly name: string }
  | { readonly kind: 'unknownType' | 'unknownFunction'; readonly object: string; readonly name: string }
  | { readonly kind: 'duplicate'; readonly what: NamedKind; readonly object: string; readonly name: string }
  | { readonly kind: 'nameTooLong'; readonly what: NamedKind; readonly name: string }
  | { readonly kind: 'severalPrimaryKeys'; readonly object: string }
  | { readonly kind: 'typeMismatch' | 'notUnique' | 'setNullOnRequired'; readonly object: string }
  | { readonly kind: 'defaultNotAValue'; readonly object: string; readonly value: string };

type ColumnPlace = 'primaryKey' | 'unique' | 'check' | 'foreignKey' | 'exclusion' | 'index' | 'trigger';
type NamedKind = 'table' | 'column' | 'enum' | 'value' | 'index' | 'constraint' | 'policy' | 'trigger' | 'view';

/** Everything that keeps a schema from being made. What the language says is free of all of it. */
export function schemaProblems(schema: DatabaseSchema): readonly SchemaProblem[] {
  const tables = new Map(schema.tables.map((table) => [table.name, table]));
  return [
    ...names('table', schema.name, schema.tables),
    ...names('enum', schema.name, schema.enums),
    ...names('view', schema.name, schema.views),
    ...names('index', schema.name, relations(schema)),
    ...schema.enums.flatMap(enumProblems),
    ...schema.tables.flatMap((table) => tableProblems(schema, table, tables)),
  ];
}

/** Indexes share one space of names, those of keys included. */
function relations(schema: DatabaseSchema): readonly { readonly name: string }[] {
  return schema.tables.flatMap((table) => [
    ...table.indexes,
    ...table.constraints.filter(({ kind }) => kind === 'primaryKey' || kind === 'unique' || kind === 'exclusion'),
  ]);
}

function names(what: NamedKind, object: string, items: readonly { readonly name: string }[]): readonly SchemaProblem[] {
  const seen = new Set<string>();
  return items.flatMap(({ name }): readonly SchemaProblem[] => {
    const isTwice = seen.has(name);
    seen.add(name);
    if (isTwice) return [{ kind: 'duplicate', what, object, name }];
    return tooLong(name) ? [{ kind: 'nameTooLong', what, name }] : [];
  });
}

function tooLong(name: string): boolean {
  return name.length * 4 > MAX_IDENTIFIER && new TextEncoder().encode(name).length > MAX_IDENTIFIER;
}

function enumProblems({ name, values }: EnumType): readonly SchemaProblem[] {
  return names(
    'value',
    name,
    values.map((value) => ({ name: value })),
  );
}

function tableProblems(
  schema: DatabaseSchema,
  table: Table,
  tables: ReadonlyMap<string, Table>,
): readonly SchemaProblem[] {
  const keys = table.constraints.filter(({ kind }) => kind === 'primaryKey');
  return [
    ...names('column', table.name, table.columns),
    ...names('constraint', table.name, table.constraints),
    ...names('policy', table.name, table.policies),
    ...names('trigger', table.name, table.triggers),
    ...(keys.length > 1 ? [{ kind: 'severalPrimaryKeys', object: table.name } as const] : []),
    ...table.columns.flatMap((column) => columnProblems(schema, table, column)),
    ...table.constraints.flatMap((constraint) => {
      const columns = constraint.kind === 'exclusion' ? constraint.elements.map(({ key }) => key.column ?? '') : [];
      const used = constraint.kind === 'exclusion' ? columns.filter((name) => name !== '') : constraint.columns;
      return unknownColumns(table, constraint.kind, constraint.name, used);
    }),
    ...table.indexes.flatMap((index) => unknownColumns(table, 'index', index.name, indexColumns(index))),
    ...table.constraints.flatMap((item) => (item.kind === 'foreignKey' ? linkProblems(table, item, tables) : [])),
    ...table.triggers.flatMap((trigger): readonly SchemaProblem[] => {
      const columns = trigger.events.flatMap((event) => event.columns ?? []);
      const isKnown = find(schema.functions, trigger.function) !== undefined;
      const unknown = { kind: 'unknownFunction', object: trigger.name, name: trigger.function } as const;
      return [...unknownColumns(table, 'trigger', trigger.name, columns), ...(isKnown ? [] : [unknown])];
    }),
  ];
}

function indexColumns(index: Index): readonly string[] {
  return [...index.keys.flatMap(({ column }) => column ?? []), ...(index.include ?? [])];
}

function unknownColumns(
  table: Table,
  where: ColumnPlace,
  object: string,
  columns: readonly string[],
): readonly SchemaProblem[] {
  return columns
    .filter((name) => find(table.columns, name) === undefined)
    .map((name) => ({ kind: 'unknownColumn', where, object, name }));
}

function columnProblems(schema: DatabaseSchema, table: Table, column: Column): readonly SchemaProblem[] {
  if (column.type.enum !== true) return [];
  const object = `${table.name}.${column.name}`;
  const type = find(schema.enums, column.type.name);
  if (type === undefined) return [{ kind: 'unknownType', object, name: column.type.name }];
  const value = column.type.array === true ? undefined : literalText(column.default);
  return value === undefined || type.values.includes(value) ? [] : [{ kind: 'defaultNotAValue', object, value }];
}

/** The text of a default that is one string. */
function literalText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const literal = literalCast(text)?.literal ?? text.trim();
  return /^'(?:[^']|'')*'$/.test(literal) ? literal.slice(1, -1).replaceAll("''", "'") : undefined;
}

function linkProblems(table: Table, key: ForeignKey, tables: ReadonlyMap<string, Table>): readonly SchemaProblem[] {
  const target = tables.get(key.references.table);
  if (target === undefined) return [{ kind: 'unknownTarget', object: key.name, name: key.references.table }];
  const unknown = unknownColumns(target, 'foreignKey', key.name, key.references.columns);
  if (unknown.length > 0) return unknown;
  const own = key.columns.map((name) => find(table.columns, name));
  const other = key.references.columns.map((name) => find(target.columns, name));
  const isMatch = own.length === other.length && own.every((column, index) => comparable(column, other[index]));
  const isRequired = own.some((column) => column?.notNull === true);
  const setsNull = key.onDelete === 'setNull' || key.onUpdate === 'setNull';
  return [
    ...(isMatch ? [] : [{ kind: 'typeMismatch', object: key.name } as const]),
    ...(isUnique(target, key.references.columns) ? [] : [{ kind: 'notUnique', object: key.name } as const]),
    ...(setsNull && isRequired ? [{ kind: 'setNullOnRequired', object: key.name } as const] : []),
  ];
}

const FAMILIES: Readonly<Record<string, string>> = {
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  text: 'text',
  'character varying': 'text',
  character: 'text',
};

function comparable(a: Column | undefined, b: Column | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  const [left, right] = [parseTypeName(a.type.name).base, parseTypeName(b.type.name).base];
  return (FAMILIES[left] ?? left) === (FAMILIES[right] ?? right) && a.type.array === b.type.array;
}

function isUnique(table: Table, columns: readonly string[]): boolean {
  const wanted = columns.toSorted().join('\n');
  const isSame = (list: readonly string[]): boolean => list.toSorted().join('\n') === wanted;
  return (
    table.constraints.some((item) => (item.kind === 'primaryKey' || item.kind === 'unique') && isSame(item.columns)) ||
    table.indexes.some(
      (index) =>
        index.unique === true && index.where === undefined && isSame(index.keys.map((key) => key.column ?? '')),
    )
  );
}

import type {
  Column,
  Constraint,
  DatabaseSchema,
  Index,
  IndexKey,
  Policy,
  Table,
  Trigger,
} from '../database/database-schema.ts';
import { replaceComparisons, replaceTexts } from './compared-values.ts';
import { change, rename } from './named-list.ts';
import type { OperationOf } from './operations.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/sql-text.ts';

/** A renamed column: Postgres keeps keys and expressions pointing at it, bodies of functions and views' lines it does not. */
export function renameColumnEverywhere(
  schema: DatabaseSchema,
  { table, name, to }: OperationOf<'renameColumn'>,
): DatabaseSchema {
  const tables = change(schema.tables, table, (item) => renameWithin(item, name, to)).map((item) => ({
    ...item,
    constraints: item.constraints.map((constraint) => renameReferenced(constraint, table, name, to)),
  }));
  return { ...schema, tables };
}

/** A renamed enum type, with the columns of that type. */
export function renameEnumEverywhere(schema: DatabaseSchema, name: string, to: string): DatabaseSchema {
  const edit = (column: Column): Column =>
    column.type.enum === true && column.type.name === name ? { ...column, type: { ...column.type, name: to } } : column;
  return { ...schema, tables: schema.tables.map(editColumns(edit)), enums: rename(schema.enums, name, to) };
}

/** A renamed enum value, with the defaults that are it and the comparisons with it, which Postgres keeps as values. */
export function renameEnumValueEverywhere(
  schema: DatabaseSchema,
  { enum: type, value, to }: OperationOf<'renameEnumValue'>,
): DatabaseSchema {
  const enums = change(schema.enums, type, (item) => ({
    ...item,
    values: item.values.map((one) => (one === value ? to : one)),
  }));
  const texts = new Map([[quoteLiteral(value), quoteLiteral(to)]]);
  return { ...schema, enums, tables: schema.tables.map((table) => renameValueWithin(table, type, texts)) };
}

function renameValueWithin(table: Table, type: string, texts: ReadonlyMap<string, string>): Table {
  const own = table.columns.filter((column) => column.type.enum === true && column.type.name === type);
  if (own.length === 0) return table;
  const names = new Set(own.map(({ name }) => name));
  // Of another table's rows a column may be called alike.
  const text = (expression: string): string =>
    /\bselect\b/i.test(expression)
      ? expression
      : replaceComparisons(expression, names, (comparison) => replaceTexts(comparison, texts));
  const columns = table.columns.map((column) => {
    const { default: value, generated } = column;
    const isOwn = names.has(column.name) && value !== undefined;
    return {
      ...column,
      ...(isOwn && { default: texts.get(value) ?? value }),
      ...(generated && { generated: { ...generated, expression: text(generated.expression) } }),
    };
  });
  return { ...textsWithin(table, (list) => list, text), columns };
}

function editColumns(edit: (column: Column) => Column): (table: Table) => Table {
  return (table) => ({ ...table, columns: table.columns.map(edit) });
}

function renameWithin(table: Table, name: string, to: string): Table {
  const names = (list: readonly string[]): readonly string[] => list.map((item) => (item === name ? to : item));
  const text = (expression: string): string => renameInExpression(expression, name, to);
  return {
    ...textsWithin(table, names, text),
    columns: rename(table.columns, name, to).map((column) =>
      column.generated === undefined
        ? column
        : { ...column, generated: { ...column.generated, expression: text(column.generated.expression) } },
    ),
  };
}

/** What hangs on a table, with other names of columns and other expressions. */
function textsWithin(table: Table, names: RenameNames, text: RenameText): Table {
  return {
    ...table,
    constraints: table.constraints.map((constraint) => renameInConstraint(constraint, names, text)),
    indexes: table.indexes.map((index) => renameInIndex(index, names, text)),
    triggers: table.triggers.map((trigger) => renameInTrigger(trigger, names, text)),
    policies: table.policies.map((policy) => renameInPolicy(policy, text)),
  };
}

type RenameNames = (names: readonly string[]) => readonly string[];
type RenameText = (expression: string) => string;

function renameInConstraint(constraint: Constraint, names: RenameNames, text: RenameText): Constraint {
  if (constraint.kind === 'exclusion') {
    const elements = constraint.elements.map((element) => ({ ...element, key: renameInKey(element.key, names, text) }));
    return { ...constraint, elements, ...(constraint.where === undefined ? {} : { where: text(constraint.where) }) };
  }
  if (constraint.kind !== 'check') return { ...constraint, columns: names(constraint.columns) };
  // In code-unit order, as a check lists what it reads.
  return { ...constraint, columns: names(constraint.columns).toSorted(), expression: text(constraint.expression) };
}

function renameInIndex(index: Index, names: RenameNames, text: RenameText): Index {
  return {
    ...index,
    keys: index.keys.map((key) => renameInKey(key, names, text)),
    ...(index.include === undefined ? {} : { include: names(index.include) }),
    ...(index.where === undefined ? {} : { where: text(index.where) }),
  };
}

function renameInKey(key: IndexKey, names: RenameNames, text: RenameText): IndexKey {
  const [column] = key.column === undefined ? [] : names([key.column]);
  if (column !== undefined) return { ...key, column };
  return key.expression === undefined ? key : { ...key, expression: text(key.expression) };
}

function renameInTrigger(trigger: Trigger, names: RenameNames, text: RenameText): Trigger {
  const events = trigger.events.map((event) =>
    event.columns === undefined ? event : { ...event, columns: names(event.columns) },
  );
  return { ...trigger, events, ...(trigger.when === undefined ? {} : { when: text(trigger.when) }) };
}

function renameInPolicy(policy: Policy, text: RenameText): Policy {
  return {
    ...policy,
    ...(policy.using === undefined ? {} : { using: text(policy.using) }),
    ...(policy.check === undefined ? {} : { check: text(policy.check) }),
  };
}

function renameReferenced(constraint: Constraint, table: string, name: string, to: string): Constraint {
  if (constraint.kind !== 'foreignKey' || constraint.references.table !== table) return constraint;
  const columns = constraint.references.columns.map((column) => (column === name ? to : column));
  return { ...constraint, references: { table, columns } };
}

/** Literals, quoted identifiers and words; only the last two can be the column. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_$]*/g;

/** A column's name in an expression, by another; literals stay. */
export function renameInExpression(expression: string, name: string, to: string): string {
  return replaceName(expression, name, quoteIdentifier(to));
}

/** An expression with other SQL in the place of a name. */
export function replaceName(expression: string, name: string, sql: string): string {
  return replaceNames(expression, new Map([[name, sql]]));
}

/** An expression with other SQL in the place of names, all at once: one may stand where another stood. */
export function replaceNames(expression: string, names: ReadonlyMap<string, string>): string {
  const written = new Map([...names].map(([name, sql]) => [quoteIdentifier(name), sql]));
  return expression.replace(TOKEN, (token) => written.get(token) ?? token);
}

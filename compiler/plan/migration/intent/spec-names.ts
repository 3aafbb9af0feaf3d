import type { Entity, Field } from '../../../model/app.ts';
import { entityOfTable, fieldOfColumn } from '../../../model/former-names.ts';
import { derivedName, snakeCase } from '../../../model/naming.ts';
import { archiveName } from '../../database/archive.ts';
import type { Constraint, DatabaseSchema, Index } from '../../database/database-schema.ts';
import { sqlNames } from '../../sql/sql-tokens.ts';
import { find } from '../named-list.ts';
import type { Consent } from './consent.ts';
import type { DeclaredChange } from './declared-change.ts';
import { pairFields, type PairField } from './pair-fields.ts';

/** What the spec calls the objects of the database, those too that it no longer has. */
export interface SpecNames {
  readonly entity: (table: string) => string;
  readonly field: (table: string, column: string) => string;
  /** `Order.state`, of the field that has the enum type. */
  readonly enumField: (type: string) => string;
  /** `drop field Order.note`: the line of `migration.allow` that gives a consent. */
  readonly line: (consent: Consent) => string;
  /** What the author consents to: a table of pairs goes with the list that made them. */
  readonly meant: (consent: Consent) => Consent;
  readonly entityOf: (table: string) => Entity | undefined;
  readonly fieldOf: (table: string, column: string) => Field | undefined;
  /** The entity that goes on without its deleted rows, which a table has kept so far. */
  readonly archived: (table: string) => Entity | undefined;
  /** Columns of a rule or index. */
  readonly columnsOf: (table: string, rule: string) => readonly string[];
}

/** Names for both sides of a migration: of the app, and of what its history holds beyond that. */
export function createSpecNames({ app, from, to, lineage }: DeclaredChange): SpecNames {
  const byTable = new Map(
    app.entities.flatMap((entity) => [
      [entity.names.table, entity] as const,
      ...(entity.softDelete ? [[archiveName(entity.names.table), entity] as const] : []),
    ]),
  );
  const entityOf = (table: string): Entity | undefined => byTable.get(table);
  const fieldOf = (table: string, column: string): Field | undefined =>
    entityOf(table)?.fields.find((item) => item.column === column);
  const pairs = pairFields(app, from, lineage);
  const listOf = (table: string): PairField | undefined => pairs.get(table) ?? pairs.get(lineage.formerName(table));
  const entity = (table: string): string =>
    entityOf(table)?.name ?? lineage.ownerOf(lineage.formerName(table)) ?? entityOfTable(table);
  const field = (name: string, column: string): string => {
    // Deleted rows are kept without the links and pairs that tell what a column is called.
    const table = entityOf(name)?.names.table ?? name;
    const list = listOf(table) ?? [...pairs.values()].find((one) => one.table === table && one.column === column);
    const known = fieldOf(table, column)?.name ?? list?.field;
    return `${entity(list?.table ?? table)}.${known ?? fieldOfColumn(column, isLink(from, lineage.formerName(table), column))}`;
  };
  const meant = (consent: Consent): Consent => {
    const list = consent.kind === 'dropTable' ? listOf(consent.table) : undefined;
    if (list === undefined) return consent;
    const { table, column } = list;
    return entityOf(table) === undefined ? { kind: 'dropTable', table } : { kind: 'dropColumn', table, column };
  };
  const columnsOf = (table: string, rule: string): readonly string[] => {
    const item = find(to.tables, table);
    const found = find<Constraint | Index>([...(item?.constraints ?? []), ...(item?.indexes ?? [])], rule);
    if (found === undefined) return [];
    if ('columns' in found) return found.columns;
    const keys = 'keys' in found ? found.keys : found.elements.map(({ key }) => key);
    const names = new Set(keys.flatMap((key) => key.column ?? [...sqlNames(key.expression ?? '')]));
    return (item?.columns ?? []).map(({ name }) => name).filter((name) => names.has(name));
  };
  const enumField = (type: string): string => {
    for (const { name, fields } of app.entities) {
      const own = fields.find((item) => item.enum?.typeName === type);
      if (own !== undefined) return `${name}.${own.name}`;
    }
    for (const table of from.tables) {
      const column = table.columns.find((item) => item.type.enum === true && item.type.name === type);
      if (column !== undefined) return field(table.name, column.name);
    }
    return type;
  };
  const archived = (table: string): Entity | undefined => {
    const archive = find(from.tables, lineage.formerName(table));
    if (archive?.internal !== true || archive.origin?.holds === 'pairs') return undefined;
    const owner = lineage.ownerOf(archive.name);
    const heldBy = ({ names: { table: next } }: Entity): string | undefined =>
      lineage.ownerOf(lineage.formerTable(next)?.name ?? '');
    return owner === undefined ? undefined : app.entities.find((item) => heldBy(item) === owner);
  };
  const names = { entity, field, enumField, entityOf, fieldOf, columnsOf, archived };
  return { ...names, meant, line: (consent) => lineOf(meant(consent), names) };
}

function isLink(schema: DatabaseSchema, table: string, column: string): boolean {
  const constraints = find(schema.tables, table)?.constraints;
  if (constraints === undefined) return column.endsWith('_id');
  return constraints.some((item) => item.kind === 'foreignKey' && item.columns.includes(column));
}

function lineOf(consent: Consent, names: Omit<SpecNames, 'line' | 'meant'>): string {
  switch (consent.kind) {
    case 'dropTable': {
      const owner = names.archived(consent.table);
      return owner === undefined ? `drop entity ${names.entity(consent.table)}` : `drop deleted rows of ${owner.name}`;
    }
    case 'rewriteTable':
    case 'changeKey':
      return `rewrite entity ${names.entity(consent.table)}`;
    case 'changeAccess':
      return `change access ${names.entity(consent.table)}`;
    case 'dropColumn':
      return `drop field ${names.field(consent.table, consent.column)}`;
    case 'retype':
    case 'dropIdentity':
    case 'dropExpression':
      return `change field ${names.field(consent.table, consent.column)}`;
    case 'require':
      return `require field ${names.field(consent.table, consent.column)}`;
    case 'dropValue':
      return `drop value ${names.enumField(consent.enum)}.${consent.value}`;
    case 'reorderValues':
      return `change field ${names.enumField(consent.enum)}`;
    case 'validate':
      return consent.column === undefined
        ? ruleLine('check', consent.table, consent.name, names)
        : `check field ${names.field(consent.table, consent.column)}`;
    case 'cascade':
      return ruleLine('cascade', consent.table, consent.name, names);
    case 'dropExtension':
      return `drop extension ${consent.name}`;
    default:
      return consent satisfies never;
  }
}

function ruleLine(verb: string, table: string, rule: string, names: Omit<SpecNames, 'line' | 'meant'>): string {
  const entity = names.entityOf(table);
  const named = entity?.uniques.find(({ name }) => derivedName(table, [snakeCase(name)], 'key') === rule);
  if (named !== undefined) return `${verb} unique ${names.entity(table)}.${named.name}`;
  const columns = names.columnsOf(table, rule);
  const column = columns.find((name) => names.fieldOf(table, name) !== undefined) ?? columns[0] ?? rule;
  return `${verb} field ${names.field(table, column)}`;
}

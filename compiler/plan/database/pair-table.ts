import type { App, Entity, Field } from '../../model/app.ts';
import { derivedName, PAIR_COLUMNS, pairTableName } from '../../model/naming.ts';
import { qualify, quoteIdentifier, quoteLiteral } from '../sql/sql-text.ts';
import type { Column, Constraint, Table, Trigger } from './database-schema.ts';
import type { Guards } from './guards.ts';
import { foreignKeyRule } from './late-holds.ts';
import { isNewId, unknownIds } from './named-ids.ts';
import { pairKeyName, pairTargetName } from './pair-names.ts';
import { indented } from './raise-refusal.ts';
import { idColumnType } from './id-column.ts';
import { triggerFunction } from './trigger-function.ts';

const { source, target } = PAIR_COLUMNS;

/** A field that is a list of ids, and the table that has each of them as a pair with its row. */
export interface Pairs {
  readonly field: Field;
  readonly table: Table;
  /** What keeps the list and the pairs equal, whichever of them is written. */
  readonly guards: Guards;
}

/**
 * The tables of pairs of an entity's links to many rows: they have the foreign keys that a list cannot have, and
 * lead back from a row to those that name it.
 */
export function pairsOf(app: App, entity: Entity): readonly Pairs[] {
  return entity.fields.flatMap((field) => {
    if (field.links === undefined) return [];
    const to = app.entities.find(({ name }) => name === field.links?.entity);
    return to === undefined
      ? []
      : [{ field, table: pairTable(app, entity, field, to), guards: pairGuards(app, entity, field, to) }];
  });
}

function id(column: string, of: Entity): Column {
  return { name: column, type: idColumnType(of), notNull: true };
}

function pairTable(app: App, from: Entity, field: Field, to: Entity): Table {
  const { name: entity, names } = from;
  const name = pairTableName(names.table, field.name);
  const key = (constraint: string, column: string, of: string, onDelete: 'cascade' | 'restrict'): Constraint => ({
    kind: 'foreignKey',
    name: constraint,
    columns: [column],
    references: { table: of, columns: ['id'] },
    ...foreignKeyRule(app, constraint, onDelete),
  });
  const held = pairTargetName(names.table, field);
  return {
    name,
    columns: [id(source, from), id(target, to)],
    constraints: [
      { kind: 'primaryKey', name: pairKeyName(names.table, field), columns: [source, target] },
      key(derivedName(name, [source], 'fkey'), source, names.table, 'cascade'),
      key(held, target, to.names.table, field.links?.onDelete === 'unlink' ? 'cascade' : 'restrict'),
    ],
    indexes: [{ name: derivedName(name, [target, source], 'idx'), keys: [{ column: target }, { column: source }] }],
    triggers: [],
    policies: [],
    internal: true,
    origin: { entity, holds: 'pairs', field: field.name },
  };
}

/** Before all other triggers after a change, which may read the pairs: an underscore comes before letters. */
function keepName(table: string, { name }: Field): string {
  return derivedName('', [pairTableName(table, name)], 'pairs');
}

function pairGuards(app: App, { names }: Entity, field: Field, to: Entity): Guards {
  const pairs = pairTableName(names.table, field.name);
  const keep = keepName(names.table, field);
  const unknown: Unknown = {
    rows: qualify(app.database.schema, to.names.table),
    ids: quoteIdentifier(field.column),
    pairs,
    constraint: pairTargetName(names.table, field),
    target: to.names.table,
  };
  const follow = derivedName(pairs, [], 'follow');
  const places: Places = {
    rows: qualify(app.database.schema, names.table),
    pairs: qualify(app.database.schema, pairs),
    ids: quoteIdentifier(field.column),
  };
  return {
    functions: [
      triggerFunction(keep, [...unknownLines(unknown), ...keepLines(places)], 'null'),
      triggerFunction(follow, followLines(places), 'null'),
    ],
    triggers: [
      {
        table: names.table,
        trigger: afterRow(keep, [{ on: 'insert' }, { on: 'update', columns: [field.column] }]),
      },
      { table: pairs, trigger: afterRow(follow, [{ on: 'insert' }, { on: 'update' }, { on: 'delete' }]) },
    ],
  };
}

function afterRow(name: string, events: Trigger['events']): Trigger {
  return { name, timing: 'after', events, level: 'row', function: name, arguments: [] };
}

interface Places {
  readonly rows: string;
  readonly pairs: string;
  readonly ids: string;
}

interface Unknown {
  /** Table of the rows that the list names. */
  readonly rows: string;
  readonly ids: string;
  readonly pairs: string;
  readonly constraint: string;
  readonly target: string;
}

/** Tells all ids that lead to no row, where the foreign key of the pairs would tell the first. */
function unknownLines({ rows, ids, pairs, constraint, target: to }: Unknown): readonly string[] {
  const unknown = unknownIds(rows, ids);
  return [
    `if exists (select 1 from ${unknown}) then`,
    '  raise exception using',
    // Each look is one of its own: what was not there a moment ago may be there by the next.
    `    errcode = case when exists (select 1 from ${unknown}) then '23503' else '40001' end,`,
    '    schema = tg_table_schema,',
    `    table = ${quoteLiteral(pairs)},`,
    `    constraint = ${quoteLiteral(constraint)},`,
    `    detail = coalesce((select string_agg(named.id::text, ',') from ${unknown}), ''),`,
    `    message = ${quoteLiteral(`a list of ${pairs} names rows that are not in ${to}`)};`,
    'end if;',
  ];
}

/** The pairs follow the list. */
function keepLines({ pairs, ids }: Places): readonly string[] {
  return [
    `delete from ${pairs} pair where pair.${source} = new.id and pair.${target} <> all (new.${ids});`,
    `insert into ${pairs} (${source}, ${target})`,
    `  select new.id, named.id from unnest(new.${ids}) named(id)`,
    `  where ${isNewId(ids)} and not exists (select 1 from ${pairs} pair where pair.${source} = new.id and pair.${target} = named.id);`,
  ];
}

/** The list follows the pairs, which go with a row that is deleted; where they follow the list nothing is left to do. */
function followLines({ rows, ids }: Places): readonly string[] {
  const change = (event: string, value: string, where: string): readonly string[] => [
    `if tg_op <> '${event}' then`,
    ...indented([`update ${rows} record set ${ids} = ${value}`, `  where ${where};`], 2),
    'end if;',
  ];
  return [
    ...change(
      'INSERT',
      `array_remove(record.${ids}, old.${target})`,
      `record.id = old.${source} and old.${target} = any (record.${ids})`,
    ),
    ...change(
      'DELETE',
      `record.${ids} || new.${target}`,
      `record.id = new.${source} and new.${target} <> all (record.${ids})`,
    ),
  ];
}

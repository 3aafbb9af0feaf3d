import type { App, Computed, Entity, Field } from '../../model/app.ts';
import { derivedName, snakeCase } from '../../model/naming.ts';
import { columnsRead } from '../expression/columns-read.ts';
import { valueSql } from '../expression/expression-sql.ts';
import { sqlPlace } from '../expression/sql-place.ts';
import { enclose } from '../expression/sql-writer.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';
import { lockAffected } from './check-triggers.ts';
import type { DatabaseFunction, Trigger } from './database-schema.ts';
import { dependenciesOf, type Dependency } from './dependents.ts';
import type { Guards } from './guards.ts';
import { triggerFunction } from './trigger-function.ts';

/**
 * What keeps computed columns that read other rows: a trigger of the row computes the value whenever the row
 * is written, and triggers of the tables it reads write the rows that a change concerns. `row-locks.ts` sees to
 * it that concurrent changes come one after the other.
 */
export function maintainedColumns(app: App, entity: Entity): readonly Guards[] {
  return entity.fields.flatMap((field) =>
    field.computed?.reads === 'others' ? [guardsOf(app, entity, field, field.computed)] : [],
  );
}

function guardsOf(app: App, entity: Entity, field: Field, computed: Computed): Guards {
  const { table } = entity.names;
  const name = derivedName(table, [field.column], 'computed');
  const others = dependenciesOf(app, computed.expression).map((dependency) => withOwnInserts(table, dependency));
  const nameOf = (dependency: Dependency): string =>
    derivedName(table, [field.column, ...dependency.name.split('.').map(snakeCase)], 'computed');
  // Its own column is named by those who find that it is no longer right.
  const own = [field.column, ...columnsRead(computed.expression).filter((column) => column !== 'id')];
  return {
    functions: [
      computeFunction(app, name, field, computed),
      ...others.map((dependency) => touchFunction(app, entity, field, computed, dependency, nameOf(dependency))),
    ],
    triggers: [
      {
        table,
        trigger: rowTrigger(name, 'before', [
          { on: 'insert' },
          { on: 'update', columns: [...new Set(own)].toSorted() },
        ]),
      },
      ...others.map((dependency) => ({
        table: dependency.table,
        trigger: rowTrigger(nameOf(dependency), 'after', dependency.events),
      })),
    ],
  };
}

/** A new row may link to itself, and is not there yet while its own trigger computes the value. */
function withOwnInserts(table: string, dependency: Dependency): Dependency {
  const { events, isFar } = dependency;
  if (isFar || dependency.table !== table || events.some(({ on }) => on === 'insert')) return dependency;
  return { ...dependency, events: [{ on: 'insert' }, ...events] };
}

function rowTrigger(name: string, timing: 'before' | 'after', events: Trigger['events']): Trigger {
  return { name, timing, events, level: 'row', function: name, arguments: [] };
}

/**
 * The id of a row by which others link to it: none while it is inserted. What linked to one of the same id can still be
 * seen while another transaction deletes that one, which the insert waits for only after its triggers.
 */
export const LINKED_ID = `(case tg_op when 'UPDATE' then new.id end)`;

function computeFunction(app: App, name: string, { column }: Field, { expression }: Computed): DatabaseFunction {
  const value = valueSql(expression, { ...sqlPlace(app, 'new'), linkedId: LINKED_ID });
  return triggerFunction(name, [`new.${quoteIdentifier(column)} := ${value};`], 'new');
}

/** The row's own trigger computes the value; here it is only found that there is another. */
function touchFunction(
  app: App,
  { names }: Entity,
  { column }: Field,
  { expression }: Computed,
  { affected }: Dependency,
  name: string,
): DatabaseFunction {
  const table = qualify(app.database.schema, names.table);
  const target = quoteIdentifier(column);
  const value = valueSql(expression, sqlPlace(app, 'record'));
  const lines = [
    lockAffected(table, affected),
    `update ${table} record set ${target} = record.${target}`,
    `  where ${affected}`,
    `    and record.${target} is distinct from ${enclose(value)};`,
  ];
  return triggerFunction(name, lines, 'null');
}

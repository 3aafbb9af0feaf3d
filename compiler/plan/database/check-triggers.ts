import type { App, Entity, RowCheck } from '../../model/app.ts';
import { derivedName, snakeCase } from '../../model/naming.ts';
import { columnsRead } from '../expression/columns-read.ts';
import { checkSql } from '../expression/expression-sql.ts';
import { sqlPlace } from '../expression/sql-place.ts';
import { qualify, quoteLiteral } from '../sql/sql-text.ts';
import { changeEvents } from './change-events.ts';
import type { DatabaseFunction, Trigger } from './database-schema.ts';
import { dependenciesOf, readsOwnLists, type Dependency } from './dependents.ts';
import { idParameter } from './id-column.ts';
import type { Guards } from './guards.ts';
import { rowCheckName } from './row-checks.ts';
import { triggerFunction } from './trigger-function.ts';

/**
 * What holds the checks that look at other rows: constraint triggers on every table they read, which run
 * when the transaction commits. One that reads what a concurrent transaction changes waits for its end.
 */
export function checkTriggers(app: App, entity: Entity): readonly Guards[] {
  return entity.checks.filter(({ reads }) => reads === 'others').map((check) => guardsOf(app, entity, check));
}

function guardsOf(app: App, entity: Entity, check: RowCheck): Guards {
  const name = rowCheckName(entity.names.table, check);
  const verify = qualify(app.database.schema, name);
  const own = derivedName(entity.names.table, [snakeCase(check.name)], 'check_self');
  const others = dependenciesOf(app, check.expression);
  return {
    functions: [
      verifyFunction(app, entity, check, name),
      triggerFunction(own, [`perform ${verify}(new.id);`], 'null'),
      ...others.map((dependency) =>
        triggerFunction(
          dependencyName(entity, check, dependency),
          verifyAffected(app, entity, check, dependency, verify),
          'null',
        ),
      ),
    ],
    triggers: [
      {
        table: entity.names.table,
        trigger: deferred(own, [{ on: 'insert' }, ...changeEvents(app, entity.name, columnsRead(check.expression))]),
      },
      ...others.map((dependency) => ({
        table: dependency.table,
        trigger: deferred(dependencyName(entity, check, dependency), dependency.events),
      })),
    ],
  };
}

/** `tasks_same_project_parent_check`. */
function dependencyName({ names }: Entity, { name }: RowCheck, dependency: Dependency): string {
  const path = dependency.name.split('.').map(snakeCase);
  return derivedName(names.table, [snakeCase(name), ...path], 'check');
}

function deferred(name: string, events: Trigger['events']): Trigger {
  return {
    name,
    timing: 'after',
    events,
    level: 'row',
    function: name,
    arguments: [],
    deferrable: 'initiallyDeferred',
  };
}

/** The locks of `row-locks.ts` are held by now; each statement sees what was committed before it began. */
function verifyFunction(app: App, entity: Entity, check: RowCheck, name: string): DatabaseFunction {
  const { names } = entity;
  const table = qualify(app.database.schema, names.table);
  return {
    name,
    parameters: `row_id ${idParameter(entity)}`,
    returns: 'void',
    language: 'plpgsql',
    securityDefiner: true,
    settings: ["search_path = ''"],
    body: [
      'begin',
      `  if exists (select 1 from ${table} record where record.id = row_id and not (${checkSql(check.expression, sqlPlace(app, 'record'))})) then`,
      '    raise exception using',
      "      errcode = '23514',",
      `      schema = ${quoteLiteral(app.database.schema)},`,
      `      table = ${quoteLiteral(names.table)},`,
      `      constraint = ${quoteLiteral(name)},`,
      // The server tells by it which of many rows it was; it is shown to nobody.
      '      detail = row_id::text,',
      `      message = ${quoteLiteral(`a row of ${names.table} does not meet the check ${check.name}`)};`,
      '  end if;',
      'end',
    ],
  };
}

function verifyAffected(
  app: App,
  { names }: Entity,
  check: RowCheck,
  { affected, isFar }: Dependency,
  verify: string,
): readonly string[] {
  const table = qualify(app.database.schema, names.table);
  // Who changes its list itself has locked the row already.
  const isLocked = isFar && readsOwnLists(check.expression);
  return [
    ...(isLocked ? [lockAffected(table, affected)] : []),
    `perform ${verify}(concerned.id) from (select record.id from ${table} record where ${affected} order by record.id) concerned;`,
  ];
}

/** Holds rows that a change far from them concerns, in the order of their ids. */
export function lockAffected(table: string, affected: string): string {
  return `perform 1 from ${table} record where ${affected} order by record.id for no key update;`;
}

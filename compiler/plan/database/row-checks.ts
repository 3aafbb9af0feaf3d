import type { App, Entity, RowCheck } from '../../model/app.ts';
import { derivedName, snakeCase } from '../../model/naming.ts';
import { columnsRead } from '../expression/columns-read.ts';
import { checkSql } from '../expression/expression-sql.ts';
import { sqlPlace } from '../expression/sql-place.ts';
import type { Check } from './database-schema.ts';

/** Name of a check of the entity, and of the "constraint" that its trigger reports where it has one: `leads_ordered_check`. */
export function rowCheckName(table: string, { name }: Pick<RowCheck, 'name'>): string {
  return derivedName(table, [snakeCase(name)], 'check');
}

/** The entity's checks that Postgres itself can hold: those of the row alone. */
export function rowChecks(app: App, { names: { table }, checks }: Entity): readonly Check[] {
  return checks
    .filter(({ reads }) => reads === 'row')
    .map((check) => ({
      kind: 'check',
      name: rowCheckName(table, check),
      columns: columnsRead(check.expression),
      expression: checkSql(check.expression, sqlPlace(app, '')),
    }));
}

import type { App, Entity } from '../../model/app.ts';
import { derivedName } from '../../model/naming.ts';
import { checkSql } from '../expression/expression-sql.ts';
import { sqlPlace } from '../expression/sql-place.ts';
import { quoteLiteral } from '../sql/sql-text.ts';
import type { DatabaseFunction, Trigger } from './database-schema.ts';
import { indented, raiseRefusal } from './raise-refusal.ts';
import { triggerFunction } from './trigger-function.ts';

/** Name of the trigger that holds frozen rows, and of the "constraint" that its error reports: `leads_frozen`. */
export function frozenName(table: string): string {
  return derivedName(table, [], 'frozen');
}

/** The trigger that refuses to change or delete frozen rows, and its function; undefined where none are ever frozen. */
export function frozenGuard(
  app: App,
  { names: { table }, frozen }: Entity,
): { readonly function: DatabaseFunction; readonly trigger: Trigger } | undefined {
  if (frozen === undefined) return undefined;
  const name = frozenName(table);
  const message = quoteLiteral(`a row of ${table} is frozen`);
  return {
    // It may look at rows that the caller may not read.
    function: triggerFunction(
      name,
      [
        // What the transaction writes beside that makes or freezes the row, such as sums of its parts, is part of that.
        `if old.xmin <> pg_current_xact_id()::xid and (${checkSql(frozen.expression, sqlPlace(app, 'old'))}) then`,
        ...indented(raiseRefusal({ table, constraint: name, message, row: 'old.id::text' }), 2),
        'end if;',
        "if tg_op = 'DELETE' then",
        '  return old;',
        'end if;',
      ],
      'new',
    ),
    trigger: {
      name,
      timing: 'before',
      events: [{ on: 'update' }, { on: 'delete' }],
      level: 'row',
      function: name,
      arguments: [],
    },
  };
}

import { derivedName } from '../../model/naming.ts';
import type { Column, DatabaseFunction, Trigger } from './database-schema.ts';

const FUNCTION_NAME = 'set_row_version';

/** What every table ends with. `version` is a bigint: a busy counter would exhaust an integer in months. */
export const SYSTEM_COLUMNS: readonly Column[] = [
  { name: 'created_at', type: { name: 'timestamp with time zone' }, notNull: true, default: 'now()' },
  { name: 'updated_at', type: { name: 'timestamp with time zone' }, notNull: true, default: 'now()' },
  { name: 'version', type: { name: 'bigint' }, notNull: true, default: '1' },
];

/** Names of the columns that every table has. */
export const SYSTEM_COLUMN_NAMES: readonly string[] = ['id', ...SYSTEM_COLUMNS.map(({ name }) => name)];

/**
 * Raises the version at every update, whoever makes it: the API, a cascade, SQL by hand. So an ETag
 * always tells. Also when no value changed, because "every update" is a rule that needs no reading twice.
 */
export const ROW_VERSION_FUNCTION: DatabaseFunction = {
  name: FUNCTION_NAME,
  parameters: '',
  returns: 'trigger',
  language: 'plpgsql',
  settings: ["search_path = ''"],
  body: ['begin', '  new.version := old.version + 1;', '  new.updated_at := now();', '  return new;', 'end'],
};

/** The trigger that raises the versions of one table. */
export function rowVersionTrigger(table: string): Trigger {
  return {
    name: derivedName(table, [], 'row_version'),
    timing: 'before',
    events: [{ on: 'update' }],
    level: 'row',
    function: FUNCTION_NAME,
    arguments: [],
  };
}

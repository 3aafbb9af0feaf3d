import { replaceNames } from '../fold-renames.ts';
import { qualify, quoteIdentifier } from '../../sql/sql-text.ts';
import { storedExpression } from './stored-expression.ts';
import type { Comparison } from './table-pair.ts';

/** SQL over one table as it is called before the migration. */
export interface FormerNames {
  readonly table: string;
  readonly column: (name: string) => string;
  readonly expression: (text: string) => string;
}

/** How a table and its columns are called in the database that the migration has yet to run on. */
export function formerNames(comparison: Comparison, table: string): FormerNames {
  const { from, renames } = comparison;
  const former = renames.find(({ kind, to }) => kind === 'table' && to === table)?.name ?? table;
  const columns = renames.filter((rename) => rename.kind === 'column' && rename.table === table);
  const column = (name: string): string => columns.find(({ to }) => to === name)?.name ?? name;
  return {
    table: qualify(from.name, former),
    column: (name) => quoteIdentifier(column(name)),
    expression: (text) =>
      replaceNames(
        storedExpression(comparison, table, text),
        new Map(columns.map(({ name, to }) => [to, quoteIdentifier(name)])),
      ),
  };
}

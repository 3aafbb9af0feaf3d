import { replaceName, replaceNames } from '../fold-renames.ts';
import { qualify, quoteIdentifier } from '../../sql/sql-text.ts';
import type { Comparison } from './table-pair.ts';

/** SQL over one table as it is called before the migration. */
export interface FormerNames {
  readonly table: string;
  readonly column: (name: string) => string;
  readonly expression: (text: string) => string;
}

/** How a table and its columns are called in the database that the migration has yet to run on. */
export function formerNames({ from, renames, pairs }: Comparison, table: string): FormerNames {
  const former = renames.find(({ kind, to }) => kind === 'table' && to === table)?.name ?? table;
  const columns = renames.filter((rename) => rename.kind === 'column' && rename.table === table);
  const column = (name: string): string => columns.find(({ to }) => to === name)?.name ?? name;
  return {
    table: qualify(from.name, former),
    column: (name) => quoteIdentifier(column(name)),
    expression: (text) =>
      replaceNames(withCasts(text, pairs, table), new Map(columns.map(({ name, to }) => [to, quoteIdentifier(name)]))),
  };
}

/** What a rule says of the new values, asked of the stored ones. */
function withCasts(text: string, pairs: Comparison['pairs'], table: string): string {
  const retyped = pairs.find(({ next }) => next.name === table)?.retyped ?? new Map<string, never>();
  return [...retyped].reduce((result, [name, change]) => {
    const using = change.kind === 'rewrite' ? change.using?.(quoteIdentifier(name)) : undefined;
    return using === undefined ? result : replaceName(result, name, `(${using})`);
  }, text);
}

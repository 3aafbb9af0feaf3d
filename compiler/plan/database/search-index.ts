import type { App, Entity, Field } from '../../model/app.ts';
import { derivedName } from '../../model/naming.ts';
import { valueSql } from '../expression/expression-sql.ts';
import { immutablePlace } from '../expression/sql-place.ts';
import { quoteIdentifier } from '../sql/sql-text.ts';
import type { Column, Index } from './database-schema.ts';

/** Holds the words of the searched fields; no field has a column of this name. */
export const SEARCH_COLUMN = '_search';

/** Of the first fields to the last: Postgres has four weights. */
const WEIGHTS = ['A', 'B', 'C', 'D'] as const;

/** The generated column of an entity that can be searched. Words stay as they are: no language is known here. */
export function searchColumns(app: App, { search = [], fields }: Entity): readonly Column[] {
  if (search.length === 0) return [];
  const parts = search.map((name, index) => {
    const field = fields.find((item) => item.name === name);
    const text = field === undefined ? quoteIdentifier(name) : textOf(app, field);
    const weight = WEIGHTS[index] ?? 'D';
    return `setweight(to_tsvector('simple'::regconfig, coalesce(${text}, '')), '${weight}')`;
  });
  return [
    {
      name: SEARCH_COLUMN,
      type: { name: 'tsvector' },
      notNull: true,
      generated: { expression: parts.join(' || '), stored: true },
    },
  ];
}

/** Postgres makes no generated column of another: that of a computed field is worked out again. */
function textOf(app: App, { column, computed }: Field): string {
  return computed?.reads === 'row' ? valueSql(computed.expression, immutablePlace(app)) : quoteIdentifier(column);
}

/** Its index: `leads_search_idx`. */
export function searchIndexes({ search = [], names: { table } }: Entity): readonly Index[] {
  if (search.length === 0) return [];
  return [{ name: derivedName(table, ['search'], 'idx'), method: 'gin', keys: [{ column: SEARCH_COLUMN }] }];
}

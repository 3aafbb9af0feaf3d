import type { App } from '../../../model/app.ts';
import { columnName, fieldKey, pairTableName } from '../../../model/naming.ts';
import type { DatabaseSchema } from '../../database/database-schema.ts';
import type { Lineage } from './lineage.ts';

/** A list of links that a table has the pairs of. */
export interface PairField {
  /** Table of the rows that have the list, as it is called from now on if they stay. */
  readonly table: string;
  readonly column: string;
  /** Name of the field. */
  readonly field: string;
}

/** The lists of links of an app, and of a history that may have others, by the table of their pairs. */
export function pairFields(app: App, from: DatabaseSchema, lineage: Lineage): ReadonlyMap<string, PairField> {
  const present = new Map(
    app.entities.map(({ names: { table } }) => [lineage.formerTable(table)?.name ?? '', table] as const),
  );
  const former = from.tables.flatMap(({ name, origin }): readonly (readonly [string, PairField])[] => {
    if (origin?.holds !== 'pairs' || origin.field === undefined) return [];
    const { entity, field } = origin;
    const owner = from.tables.find((table) => table.origin?.entity === entity && table.origin.holds === undefined);
    if (owner === undefined) return [];
    const column = columnName(fieldKey(field, 'references'));
    return [[name, { table: present.get(owner.name) ?? owner.name, field, column }]];
  });
  const own = app.entities.flatMap(({ names: { table }, fields }) =>
    fields
      .filter(({ links }) => links !== undefined)
      .map(({ name, column }) => [pairTableName(table, name), { table, field: name, column }] as const),
  );
  return new Map([...former, ...own]);
}

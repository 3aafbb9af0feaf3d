import type { Entity } from '../../model/app.ts';
import type { IdKind } from '../../model/id-kind.ts';
import { idTypeOf } from '../../model/id-types.ts';
import { derivedName } from '../../model/naming.ts';
import { TEXT_ID } from '../../model/text-formats.ts';
import { quoteLiteral } from '../sql/sql-text.ts';
import { parseTypeName } from '../sql/type-name.ts';
import type { Check, Column } from './database-schema.ts';

/** Where ids that nobody brings come from. The API sends UUIDs of version 7; the default serves rows inserted by hand. */
const GIVEN: Readonly<Record<IdKind, Partial<Column>>> = {
  uuid: { default: 'gen_random_uuid()' },
  // As a sequence: SQL by hand cannot take a number that comes later.
  bigint: { identity: { generation: 'always' } },
  string: {},
};

/** The key of a table. */
export function idColumn(entity: Pick<Entity, 'id'>): Column {
  return { name: 'id', type: idColumnType(entity), notNull: true, ...GIVEN[entity.id ?? 'uuid'] };
}

/** What the column of a link to the entity is of, too. */
export function idColumnType(entity: Pick<Entity, 'id'>): Column['type'] {
  return { name: idTypeOf(entity).postgres };
}

/** Functions take values of any length. */
export function idParameter(entity: Pick<Entity, 'id'>): string {
  return parseTypeName(idTypeOf(entity).postgres).base;
}

/** What a text must be to be an id, whoever inserts the row: paths name rows by it. */
export function idChecks({ id, names }: Pick<Entity, 'id' | 'names'>): readonly Check[] {
  if (id !== 'string') return [];
  const name = derivedName(names.table, ['id'], 'format');
  return [{ kind: 'check', name, columns: ['id'], expression: `id ~ ${quoteLiteral(TEXT_ID)}` }];
}

import { byName } from '../database/canonical-schema.ts';
import type { DatabaseSchema, Table } from '../database/database-schema.ts';
import { diffTable } from './diff-table.ts';
import { find } from './named-list.ts';
import type { Operation } from './operations.ts';
import type { TableChanges } from './table-changes.ts';

/** New tables, and what was added to those that stay. */
export function diffTables(from: DatabaseSchema, to: DatabaseSchema): TableChanges {
  const added = byName(to.tables).filter(({ name }) => find(from.tables, name) === undefined);
  const removed = byName(from.tables).filter(({ name }) => find(to.tables, name) === undefined);
  const kept = byName(to.tables).flatMap((next) => {
    const old = find(from.tables, next.name);
    return old === undefined ? [] : [diffTable(old, next)];
  });
  return {
    created: added.flatMap(createTable),
    columns: kept.flatMap(({ columns }) => columns),
    // After all tables, because they may point at each other.
    constraints: [...added.flatMap(foreignKeys), ...kept.flatMap(({ constraints }) => constraints)],
    triggers: kept.flatMap(({ triggers }) => triggers),
    built: kept.flatMap(({ built }) => built),
    swapped: kept.flatMap(({ swapped }) => swapped),
    validated: kept.flatMap(({ validated }) => validated),
    dropped: kept.flatMap(({ dropped }) => dropped),
    refusals: [
      ...removed.map(({ name }) => ({ kind: 'tableRemoved', table: name }) as const),
      ...added.filter(isUnspoken).map(({ name }) => ({ kind: 'objectChanged', object: 'policies of', name }) as const),
      ...kept.flatMap(({ refusals }) => refusals),
    ],
  };
}

function createTable(table: Table): readonly Operation[] {
  const { name, columns, internal } = table;
  const constraints = table.constraints.filter(({ kind }) => kind !== 'foreignKey');
  return [
    { kind: 'createTable', table: { name, columns, constraints, ...(internal && { internal }) } },
    ...byName(table.indexes).map((index) => ({ kind: 'createIndex', table: name, index }) as const),
    ...byName(table.triggers).map((trigger) => ({ kind: 'createTrigger', table: name, trigger }) as const),
  ];
}

function foreignKeys(table: Table): readonly Operation[] {
  const keys = byName(table.constraints).filter(({ kind }) => kind === 'foreignKey');
  return keys.map((constraint) => ({ kind: 'addConstraint', table: table.name, constraint }));
}

/** Row security cannot be said yet. */
function isUnspoken(table: Table): boolean {
  return table.rowSecurity !== undefined || table.policies.length > 0;
}

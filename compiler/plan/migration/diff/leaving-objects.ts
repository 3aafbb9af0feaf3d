import type { DatabaseSchema, Table } from '../../database/database-schema.ts';
import type { Rename } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import type { Operation } from '../operations.ts';
import { hasIndex, relationNames } from './relation-names.ts';
import { temporaryName } from './temporary-name.ts';

/** Tables that go while others take their names, with the indexes and enum types that only they have. */
export interface LeavingObjects {
  /** All of it steps aside until it is dropped. */
  readonly enums: readonly Operation[];
  readonly tables: readonly Operation[];
  readonly renames: readonly Rename[];
}

/** Frees the names of what goes, as far as they are needed. */
export function leavingObjects(from: DatabaseSchema, to: DatabaseSchema, leaving: readonly string[]): LeavingObjects {
  const gone = from.tables.filter(({ name }) => leaving.includes(name));
  if (gone.length === 0) return { enums: [], tables: [], renames: [] };
  const kept = enumsOf(from.tables.filter((table) => !gone.includes(table)));
  const enums = [...enumsOf(gone)].filter((name) => !kept.has(name) && find(to.enums, name) !== undefined);
  const needed = new Set(to.tables.flatMap(relationNames));
  return {
    enums: enums.toSorted().map((name) => ({ kind: 'renameEnum', name, to: temporaryName(name, 'old') })),
    tables: gone.flatMap((table): readonly Operation[] => [
      { kind: 'renameTable', name: table.name, to: temporaryName(table.name, 'old') },
      ...relationsAside(table, needed),
    ]),
    renames: gone.map(({ name }) => ({ kind: 'table', name, to: temporaryName(name, 'old') })),
  };
}

function relationsAside({ name, constraints, indexes }: Table, needed: ReadonlySet<string>): readonly Operation[] {
  const table = temporaryName(name, 'old');
  const aside = (relation: string): { readonly table: string; readonly name: string; readonly to: string } => ({
    table,
    name: relation,
    to: temporaryName(relation, 'old'),
  });
  return [
    ...constraints
      .filter((item) => hasIndex(item) && needed.has(item.name))
      .map((item) => ({ kind: 'renameConstraint', ...aside(item.name) }) as const),
    ...indexes
      .filter((index) => needed.has(index.name))
      .map((index) => ({ kind: 'renameIndex', ...aside(index.name) }) as const),
  ];
}

function enumsOf(tables: DatabaseSchema['tables']): ReadonlySet<string> {
  return new Set(tables.flatMap(({ columns }) => columns.flatMap(({ type }) => (type.enum === true ? type.name : []))));
}

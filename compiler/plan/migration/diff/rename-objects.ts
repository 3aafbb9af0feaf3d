import type { DatabaseSchema } from '../../database/database-schema.ts';
import { foldOperations } from '../fold-operations.ts';
import type { Intents, Rename } from '../intent/intents.ts';
import type { Operation } from '../operations.ts';
import { activeRenames, activeValueRenames } from './active-renames.ts';
import type { Draft } from './draft.ts';
import { followingEnums, followingNames } from './following-names.ts';
import { leavingObjects } from './leaving-objects.ts';
import { renamingSteps } from './renaming-steps.ts';
import type { NameChange } from './sort-out-renames.ts';

/** A name before and after; a `table` is one that nothing but a table has. */
type RenamedWord = readonly [name: string, to: string, kind: 'table' | 'other'];

/** The old schema under its new names, and which names changed. */
export interface Renamed {
  readonly schema: DatabaseSchema;
  /** The declared ones, for what must be asked of a database that has the old names. */
  readonly renames: readonly Rename[];
  /** Old words and new ones but for values, for bodies of functions, which Postgres does not rewrite. */
  readonly words: readonly RenamedWord[];
}

/** Plans the renames that were declared, and those of everything whose name derives from them. */
export function renameObjects(from: DatabaseSchema, to: DatabaseSchema, intents: Intents, draft: Draft): Renamed {
  const leaving = leavingObjects(from, to, intents.leaving ?? []);
  const stayed = foldOperations(from, [...leaving.enums, ...leaving.tables]);
  const objects = activeRenames(stayed, to, intents);
  const enums = enumOperations(objects.renames.filter(isOfEnum));
  const others = tableOperations(objects.renames);
  const renamed = foldOperations(stayed, [...enums, ...others]);
  const following = followingEnums(renamed, to);
  const types = enumOperations(following);
  const typed = foldOperations(renamed, types);
  // Types have their new names by now, by which values are declared.
  const values = activeValueRenames(typed, to, intents.renames);
  draft.refuse(...objects.refusals, ...values.refusals);
  if (draft.refusals().length > 0) return { schema: from, renames: [], words: [] };
  const renames = [...objects.renames, ...values.renames];
  const valueNames = valueOperations(values.renames);
  const valued = foldOperations(typed, valueNames);
  const names = followingNames(valued, to);
  draft.add('renameEnums', ...leaving.enums, ...enums, ...types, ...valueNames);
  draft.add('rename', ...leaving.tables, ...others, ...names.operations);
  draft.warn(...renames.map((rename) => ({ kind: 'BREAKS_RUNNING_CODE', object: objectOf(rename) }) as const));
  const tables = objects.renames.filter(({ kind }) => kind === 'table');
  const rest = [...objects.renames.filter(({ kind }) => kind !== 'table'), ...following, ...names.changes];
  const words = [
    ...tables.map(({ name, to: next }): RenamedWord => [name, next, 'table']),
    ...rest.map(({ name, to: next }): RenamedWord => [name, next, 'other']),
  ];
  return { schema: foldOperations(valued, names.operations), renames: [...leaving.renames, ...renames], words };
}

function isOfEnum({ kind }: Rename): boolean {
  return kind === 'enum';
}

function enumOperations(changes: readonly NameChange[]): readonly Operation[] {
  return renamingSteps(changes).map(({ name, to }) => ({ kind: 'renameEnum', name, to }));
}

/** Tables before their columns, whose names are a space for each table. */
function tableOperations(renames: readonly Rename[]): readonly Operation[] {
  const tables = renamingSteps(renames.filter(({ kind }) => kind === 'table'));
  const columns = renames.flatMap((rename) => (rename.kind === 'column' ? [rename] : []));
  const places = [...new Set(columns.map(({ table }) => table))].toSorted();
  return [
    ...tables.map(({ name, to }) => ({ kind: 'renameTable', name, to }) as const),
    ...places.flatMap((table) =>
      renamingSteps(columns.filter((rename) => rename.table === table)).map(
        ({ name, to }) => ({ kind: 'renameColumn', table, name, to }) as const,
      ),
    ),
  ];
}

function valueOperations(renames: readonly Rename[]): readonly Operation[] {
  const values = renames.flatMap((rename) => (rename.kind === 'value' ? [rename] : []));
  const types = [...new Set(values.map((rename) => rename.enum))].toSorted();
  return types.flatMap((type) =>
    renamingSteps(values.filter((rename) => rename.enum === type)).map(
      ({ name, to }) => ({ kind: 'renameEnumValue', enum: type, value: name, to }) as const,
    ),
  );
}

function objectOf(rename: Rename): string {
  if (rename.kind === 'column') return `${rename.table}.${rename.name}`;
  if (rename.kind === 'value') return `${rename.enum}.${rename.name}`;
  return rename.name;
}

import type { DatabaseSchema } from '../../database/database-schema.ts';
import { foldOperations } from '../fold-operations.ts';
import type { Intents, Rename } from '../intent/intents.ts';
import type { Operation } from '../operations.ts';
import { activeRenames } from './active-renames.ts';
import type { Draft } from './draft.ts';
import { followingEnums, followingNames } from './following-names.ts';

/** The old schema under its new names, and which names changed. */
export interface Renamed {
  readonly schema: DatabaseSchema;
  /** The declared ones, for what must be asked of a database that has the old names. */
  readonly renames: readonly Rename[];
  /** Old words and new ones, for bodies of functions, which Postgres does not rewrite. */
  readonly words: readonly (readonly [string, string])[];
}

/** Plans the renames that were declared, and those of everything whose name derives from them. */
export function renameObjects(from: DatabaseSchema, to: DatabaseSchema, intents: Intents, draft: Draft): Renamed {
  const objects = activeRenames(
    from,
    to,
    intents.renames.filter((rename) => !isOfValue(rename)),
  );
  const operations = objects.renames.toSorted((a, b) => RANK[a.kind] - RANK[b.kind]).map(toOperation);
  const renamed = foldOperations(from, operations);
  const types = followingEnums(renamed, to);
  const typed = foldOperations(renamed, types);
  // Types have their new names by now, by which values are declared.
  const values = activeRenames(typed, to, intents.renames.filter(isOfValue));
  const renames = [...objects.renames, ...values.renames];
  draft.refuse(...objects.refusals, ...values.refusals);
  if (draft.refusals().length > 0) return { schema: from, renames: [], words: [] };
  const valueNames = values.renames.map(toOperation);
  const valued = foldOperations(typed, valueNames);
  const names = followingNames(valued, to);
  draft.add('renameEnums', ...operations.filter(isOfEnum), ...types, ...valueNames);
  draft.add('rename', ...operations.filter((operation) => !isOfEnum(operation)), ...names);
  draft.warn(...renames.map((rename) => ({ kind: 'BREAKS_RUNNING_CODE', object: objectOf(rename) }) as const));
  const words = [...operations, ...types, ...valueNames, ...names].flatMap(wordsOf);
  return { schema: foldOperations(valued, names), renames, words };
}

function isOfValue({ kind }: Rename): boolean {
  return kind === 'value';
}

function isOfEnum({ kind }: Operation): boolean {
  return kind === 'renameEnum';
}

/** Tables before their columns, types before their values. */
const RANK: Readonly<Record<Rename['kind'], number>> = { table: 0, column: 1, enum: 0, value: 1 };

function toOperation(rename: Rename): Operation {
  const { name, to } = rename;
  switch (rename.kind) {
    case 'table':
      return { kind: 'renameTable', name, to };
    case 'column':
      return { kind: 'renameColumn', table: rename.table, name, to };
    case 'enum':
      return { kind: 'renameEnum', name, to };
    case 'value':
      return { kind: 'renameEnumValue', enum: rename.enum, value: name, to };
    default:
      return rename satisfies never;
  }
}

function objectOf(rename: Rename): string {
  if (rename.kind === 'column') return `${rename.table}.${rename.name}`;
  if (rename.kind === 'value') return `${rename.enum}.${rename.name}`;
  return rename.name;
}

function wordsOf(operation: Operation): readonly (readonly [string, string])[] {
  if (operation.kind === 'renameEnumValue') return [[operation.value, operation.to]];
  return 'to' in operation && 'name' in operation ? [[operation.name, operation.to]] : [];
}

import type { Executor } from '../database/database.ts';
import { treesJson, type CreatedTree } from './created-tree.ts';
import type { Repository } from './repository.ts';
import type { StoredRow } from './repository-definition.ts';
import { rowSerializer } from './serializer.ts';

/** A row that a request has written, with the parts that it brought, if it brought any. */
export interface WrittenRow {
  readonly row: StoredRow;
  readonly tree?: CreatedTree | undefined;
}

/** A row as it is answered. */
export interface FinishedRow {
  readonly row: StoredRow;
  readonly text: string;
}

/** The rows of one request as they are when the last of them is written, since each may have changed those before it. */
export async function finishedRows(
  on: Executor,
  repository: Repository,
  written: readonly WrittenRow[],
): Promise<readonly FinishedRow[]> {
  const { idOf } = repository;
  const serialize = rowSerializer(repository.columns);
  const trees = written.flatMap(({ tree }) => tree ?? []);
  const ids = repository.recomputed || trees.length > 0 ? written.map(({ row }) => idOf(row)) : [];
  const stored = ids.length === 0 ? [] : await repository.getMany(on, ids);
  const rows = new Map(stored.map((row) => [idOf(row), row]));
  const jsons = trees.length === 0 ? [] : await treesJson(on, repository, trees);
  const texts = new Map(trees.map(({ id }, index) => [id, jsons[index]]));
  return written.map(({ row: before }) => {
    const row = rows.get(idOf(before)) ?? before;
    return { row, text: texts.get(idOf(row)) ?? serialize(row) };
  });
}

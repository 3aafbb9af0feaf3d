import type { Executor } from '../database/database.ts';
import { broughtId, taken } from './brought-ids.ts';
import type { CreatedTree } from './created-tree.ts';
import type { PartSpec, Repository } from './repository.ts';
import type { Body } from './repository-definition.ts';

/**
 * The row of a brought id, and the parts that the body brings, if all of them are there with its values: the create
 * was done before. Absent where there is no such row.
 *
 * @throws Problem 409 where the row is another
 */
export async function createdBefore(
  on: Executor,
  repository: Repository,
  id: string,
  body: Body,
): Promise<CreatedTree | undefined> {
  const tree = await sameTree(on, repository, id, body);
  if (tree === undefined && (await repository.get(on, id)) !== undefined) throw taken();
  return tree;
}

async function sameTree(on: Executor, repository: Repository, id: string, body: Body) {
  const [same] = await repository.present.alike(on, [id], body);
  if (same === undefined) return undefined;
  const lists = new Map<string, readonly CreatedTree[]>();
  for (const [key, part] of Object.entries(repository.parts)) {
    const items: unknown = body[key];
    if (!Array.isArray(items)) continue;
    const rows = await sameList(on, part, id, items);
    if (rows === undefined) return undefined;
    lists.set(key, rows);
  }
  return { repository, id, lists };
}

/** A row for each item, and no other; in the order of the items. */
async function sameList(on: Executor, { link, repository }: PartSpec, above: string, items: readonly Body[]) {
  const own = repository();
  const free = new Set(await own.present.holding(on, link, above, items.length + 1));
  if (free.size !== items.length) return undefined;
  const rows = new Map<number, CreatedTree>();
  // What leaves most to the database may be like most rows.
  const order = items.map((item, index) => ({ item, index, given: givenCount(item) }));
  for (const { item, index } of order.toSorted((a, b) => b.given - a.given)) {
    const row = await firstAlike(on, own, free, item);
    if (row === undefined) return undefined;
    free.delete(row.id);
    rows.set(index, row);
  }
  return items.flatMap((_, index) => rows.get(index) ?? []);
}

async function firstAlike(on: Executor, own: Repository, free: ReadonlySet<string>, item: Body) {
  const id = broughtId(item);
  const candidates = id === undefined ? [...free] : free.has(id) ? [id] : [];
  for (const candidate of await own.present.alike(on, candidates, item)) {
    const row: CreatedTree | undefined = await sameTree(on, own, candidate, item);
    if (row !== undefined) return row;
  }
  return undefined;
}

function givenCount(item: Body): number {
  return Object.values(item).filter((value) => value !== undefined).length;
}

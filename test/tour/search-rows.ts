import type { Operation } from './document.ts';
import type { JsonObject } from './json.ts';
import { idsOf, readAll } from './read-lists.ts';
import type { World } from './world.ts';

/** Words of a row that are looked for. */
const MOST_WORDS = 3;
/** In no row of a tour. */
const NOWHERE = 'qzxjvkwq';

/** Looks for words of rows, which the document does not say of which fields they are, and for one that no row has. */
export async function trySearch(world: World, operation: Operation, rows: readonly JsonObject[]): Promise<void> {
  const parameter = operation.parameters.find(({ name }) => name === 'search');
  if (parameter === undefined) return;
  const most = Number(parameter.schema['maxLength']);
  const all = rows.flatMap((row) => JSON.stringify(Object.values(row)).match(/\b[a-z]{4,}\b/gi) ?? []);
  const words = new Set(all.filter((word) => word.length <= most));
  for (const word of [...words].slice(0, MOST_WORDS).concat(NOWHERE)) {
    const found = await readAll(world, { tag: operation.tag, path: operation.path, list: operation }, { search: word });
    const having = rows.filter((row) => JSON.stringify(row).toLowerCase().includes(word.toLowerCase()));
    const strange = idsOf(found).filter((id) => !idsOf(having).includes(id));
    if (strange.length > 0)
      world.fail(`${operation.id}: search=${word} finds ${strange.join()}, which have no such word`);
  }
}

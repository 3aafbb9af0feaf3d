import { propertiesOf, resolve, type Collection } from './document.ts';
import { isObject } from './json.ts';
import { rowsOf, type World } from './world.ts';

/** What is computed may look at rows that came later: it is read again, and nothing else of a row may have changed. */
export async function refreshRows(world: World, collection: Collection): Promise<void> {
  const { tag, get } = collection;
  const schemas = resolve(world.document, resolve(world.document, world.document['components'])['schemas']);
  const computed = [...propertiesOf(world.document, resolve(world.document, schemas[tag]))]
    .filter(([, schema]) => String(schema['description'] ?? '').includes('Computed by the server.'))
    .map(([key]) => key);
  if (get === undefined || computed.length === 0) return;
  const rows = rowsOf(world, collection);
  for (const [id, row] of rows) {
    const { body } = await world.client.send(get, { id });
    if (!isObject(body)) continue;
    const fresh = [...computed, 'updatedAt'].map((key) => [key, body[key] ?? null] as const);
    rows.set(id, { ...row, ...Object.fromEntries(fresh) });
  }
}

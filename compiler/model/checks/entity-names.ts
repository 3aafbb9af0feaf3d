import type { Entity } from '../app.ts';
import { type Check, entitiesInFileOrder, entityPointer } from './check.ts';

/** Names of the compiled text itself. */
const RESERVED_NAMES: readonly string[] = ['DB', 'Database', 'Hooks'];
/** The compiled text declares these types beside each entity's own. */
const DERIVED_SUFFIXES: readonly string[] = ['Create', 'Patch', 'Upsert', 'Hooks'];

/** No entity takes a name that the compiled text declares for itself or for another entity. */
export const checkEntityNames: Check = ({ app, reporter }) => {
  const names = app.entities.map((entity) => entity.name);
  for (const entity of app.entities) {
    if (RESERVED_NAMES.includes(entity.name)) {
      reporter.report('reserved-entity-name', entityPointer(entity), { name: entity.name }, { at: 'key' });
    }
    const owner = DERIVED_SUFFIXES.filter((suffix) => entity.name.endsWith(suffix))
      .map((suffix) => entity.name.slice(0, -suffix.length))
      .find((name) => names.includes(name));
    if (owner === undefined) continue;
    reporter.report(
      'derived-entity-name',
      entityPointer(entity),
      { name: entity.name, owner },
      { at: 'key', related: [{ pointer: `/entities/${owner}`, at: 'key', message: `"${owner}" is here` }] },
    );
  }
};

/** No two entities share a folder, a table or a path. */
export const checkEntityNameClashes: Check = (input) => {
  const entities = entitiesInFileOrder(input);
  entities.forEach((entity, index) => {
    for (const earlier of entities.slice(0, index)) {
      const shared = sharedNames(entity, earlier);
      if (shared === undefined) continue;
      input.reporter.report(
        'entity-name-clash',
        entityPointer(entity),
        { name: entity.name, other: earlier.name, ...shared },
        {
          at: 'key',
          related: [{ pointer: entityPointer(earlier), at: 'key', message: `"${earlier.name}" is here` }],
        },
      );
      return;
    }
  });
};

function sharedNames(entity: Entity, other: Entity): { readonly shared: string; readonly hint: string } | undefined {
  const [own, its] = [entity.names, other.names];
  if (own.folder === its.folder) return { shared: `the folder "${own.folder}"`, hint: 'name one of them otherwise' };
  const tables = own.table === its.table;
  const paths = own.path === its.path;
  if (tables && paths) {
    return {
      shared: `the table "${own.table}" and the path "${own.path}"`,
      hint: 'give one of them its own "table" and "path"',
    };
  }
  if (tables) return { shared: `the table "${own.table}"`, hint: 'give one of them another "table"' };
  return paths ? { shared: `the path "${own.path}"`, hint: 'give one of them another "path"' } : undefined;
}

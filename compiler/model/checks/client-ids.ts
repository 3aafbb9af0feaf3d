import type { App, Entity } from '../app.ts';
import { bringsId } from '../brings-id.ts';
import { type Check, entityPointer } from './check.ts';

/** Ids are brought by creates, which then tell of the row that has one already whether it is the same. */
export const checkClientIds: Check = ({ app, document, reporter }) => {
  for (const entity of app.entities) {
    const brings = bringsId(entity);
    if (entity.clientId && entity.id !== undefined) {
      reporter.report('client-id-of-kind', entityPointer(entity, 'clientId'), { kind: entity.id }, { at: 'key' });
      continue;
    }
    if (brings === undefined) continue;
    const where = entityPointer(entity, brings === 'always' ? 'id' : 'clientId');
    const key = brings === 'always' ? 'id: string' : 'clientId';
    if (
      brings === 'maybe' &&
      !entity.operations.includes('create') &&
      !document.isIncomplete(entityPointer(entity, 'access'))
    )
      reporter.report('client-id-without-create', where, { entity: entity.name }, { at: 'key' });
    const [hidden] = hiddenFields(app, entity);
    if (hidden !== undefined) reporter.report('client-id-tells-hidden', where, { field: hidden, key }, { at: 'key' });
  }
};

/** Of the entity and of its parts, in the words of a message. */
function hiddenFields(app: App, entity: Entity, seen: readonly Entity[] = []): readonly string[] {
  if (seen.includes(entity)) return [];
  const own = entity.fields.filter(({ writeOnly, readOnly }) => writeOnly && !readOnly).map(({ name }) => name);
  const parts = app.entities.filter(({ partOf }) => partOf?.entity === entity.name);
  return [
    ...own.map((name) => (seen.length === 0 ? name : `${entity.name}.${name}`)),
    ...parts.flatMap((part) => hiddenFields(app, part, [...seen, entity])),
  ];
}

import type { App, Entity } from '../app.ts';
import { allFields, type Check, entityPointer, fieldPointer } from './check.ts';

/** Only rows that were kept can be restored, and those that go with a kept row are kept too. */
export const checkSoftDelete: Check = ({ app, reporter }) => {
  for (const entity of app.entities.filter(({ softDelete }) => softDelete !== true)) {
    // A part has the grants of what it is part of, where they are told.
    if (entity.partOf !== undefined) continue;
    for (const { name, allow } of entity.grants) {
      const index = allow.indexOf('restore');
      if (index < 0) continue;
      const at = entityPointer(entity, 'access', name, 'allow', index);
      reporter.report('restore-without-soft-delete', at, { entity: entity.name });
    }
  }
  for (const entity of app.entities.filter(({ softDelete, grants }) => softDelete && grants.length > 0)) {
    if (!comesBack(app, entity))
      reporter.report('soft-delete-without-restore', entityPointer(entity, 'softDelete'), { entity: entity.name });
  }
  for (const at of allFields(app)) {
    const { reference } = at.field;
    if (reference?.onDelete !== 'cascade') continue;
    const target = app.entities.find(({ name }) => name === reference.entity);
    if (target?.softDelete !== true || at.entity.softDelete === true) continue;
    reporter.report('cascade-past-soft-delete', fieldPointer(at, 'onDelete'), {
      entity: at.entity.name,
      target: target.name,
    });
  }
};

/** Whether deleted rows can be restored: by themselves, or with what they go with. */
function comesBack(app: App, entity: Entity, seen: ReadonlySet<Entity> = new Set()): boolean {
  if (seen.has(entity)) return false;
  if (entity.operations.includes('restore')) return true;
  const owners = entity.fields.flatMap(({ reference }) =>
    reference?.onDelete === 'cascade' ? [reference.entity] : [],
  );
  return app.entities.some(
    (owner) => owners.includes(owner.name) && owner.softDelete && comesBack(app, owner, new Set([...seen, entity])),
  );
}

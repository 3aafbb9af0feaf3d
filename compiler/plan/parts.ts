import type { App, Entity, Field } from '../model/app.ts';
import { linkStep } from '../model/link-step.ts';

/** Most parts that a create brings in one list: as many as an expanded list shows. */
export const MAX_PARTS = 100;

/** A list of rows that may be created together with the row they are parts of. */
export interface PartList {
  /** Key in the body of a create: the name of the inverse. */
  readonly key: string;
  readonly to: Entity;
  /** The reference of the parts; no body of a part within another has it. */
  readonly link: Field;
}

/** The lists that a create of the entity may bring, in the order of its inverses. */
export function planParts(app: App, entity: Entity): readonly PartList[] {
  return entity.inverses.flatMap(({ name }) => {
    const step = linkStep(app, entity, name);
    return step?.kind === 'many' && isPartOf(step.to, entity, step.field)
      ? [{ key: name, to: step.to, link: step.field }]
      : [];
  });
}

/** The fields that a part has in the body of what it belongs to. */
export function withinFields(fields: readonly Field[], { partOf }: Entity): readonly Field[] {
  return fields.filter(({ name }) => name !== partOf?.field);
}

/** Whether creates of another entity may bring rows of this one. */
export function isBroughtAlong(app: App, { partOf, fields, operations }: Entity): boolean {
  const link = fields.find(({ name }) => name === partOf?.field);
  return (
    operations.includes('create') &&
    link?.reference?.inverse !== undefined &&
    app.entities.some(({ name }) => name === partOf?.entity)
  );
}

function isPartOf({ partOf }: Entity, entity: Entity, link: Field): boolean {
  return partOf?.entity === entity.name && partOf.field === link.name;
}

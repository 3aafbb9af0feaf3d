import type { App, Entity } from '../../model/app.ts';
import type { TableOrigin } from './database-schema.ts';
import { exchangedNames } from './exchanged-names.ts';

/** What the history keeps of an entity's own table, so that its rows go on being the entity's whatever either is called. */
export function tableOrigin(app: App, { name, fields, ...entity }: Entity): TableOrigin {
  const was = entity.was && exchangedNames(app.entities).find((item) => item.name === name)?.was;
  const exchanged = exchangedNames(fields);
  return { entity: name, ...(was !== undefined && { was }), ...(exchanged.length > 0 && { exchanged }) };
}

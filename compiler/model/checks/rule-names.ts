import type { RelatedNode } from '../../diagnostics/reporter.ts';
import type { Entity } from '../app.ts';
import { allFields, type Check, type EntityField, entityPointer, fieldPointer } from './check.ts';
import { SYSTEM_TIMES } from './system-fields.ts';

/** No rule has the name of what `record` has already: expressions would never come to it. */
export const checkRuleNames: Check = ({ spec, app, reporter }) => {
  const lists = listsByName(allFields(app));
  for (const entity of app.entities) {
    for (const name of Object.keys(spec.entities[entity.name]?.rules ?? {})) {
      const clash = clashOf(entity, name, lists.get(`${entity.name} ${name}`));
      if (clash === undefined) continue;
      const { taken, related } = clash;
      const params = { name, entity: entity.name, taken };
      reporter.report('rule-name-clash', entityPointer(entity, 'rules', name), params, { at: 'key', related });
    }
  }
};

/** The links whose inverses are lists, by the entity and the name of the list. */
function listsByName(fields: readonly EntityField[]): ReadonlyMap<string, EntityField> {
  return new Map(
    fields.flatMap((at) => {
      const { entity, inverse } = at.field.reference ?? at.field.links ?? {};
      return inverse === undefined ? [] : [[`${entity} ${inverse}`, at] as const];
    }),
  );
}

interface Clash {
  /** Finishes the sentence `"record.n" is ... already`. */
  readonly taken: string;
  readonly related: readonly RelatedNode[];
}

function clashOf(entity: Entity, name: string, list: EntityField | undefined): Clash | undefined {
  if (name === 'id' || SYSTEM_TIMES.includes(name)) return { taken: 'what every row has', related: [] };
  const field = entity.fields.find((one) => one.name === name || one.key === name);
  if (field !== undefined) {
    const pointer = fieldPointer({ entity, field });
    return { taken: 'a field', related: [{ pointer, at: 'key', message: `"${field.name}" is here` }] };
  }
  if (list === undefined) return undefined;
  const pointer = fieldPointer(list, 'inverse');
  return { taken: 'a list', related: [{ pointer, at: 'value', message: 'the list is named here' }] };
}

import type { RelatedNode } from '../../diagnostics/reporter.ts';
import type { Entity } from '../app.ts';
import { type Check, type CheckInput, entitiesInFileOrder, type EntityField, fieldPointer } from './check.ts';
import { SYSTEM_FIELDS } from './system-fields.ts';

/** No list on an entity has the name of one of its fields, of what every entity has, or of another list there. */
export const checkInverses: Check = (input) => {
  const entities = entitiesInFileOrder(input);
  const targets = new Map(entities.map((entity) => [entity.name, entity]));
  const named = new Map<string, EntityField>();
  for (const entity of entities) {
    for (const field of entity.fields) {
      const { entity: to = '', inverse } = field.reference ?? field.links ?? {};
      const target = targets.get(to);
      if (target === undefined || inverse === undefined) continue;
      const at = { entity, field };
      const key = `${target.name} ${inverse}`;
      const clash = clashOnTarget(target, inverse) ?? clashOfInverses(named.get(key));
      if (!named.has(key)) named.set(key, at);
      if (clash !== undefined) report(input, at, target, inverse, clash);
    }
  }
};

interface Clash {
  /** Finishes the sentence `"leads" is already ...`. */
  readonly taken: string;
  readonly related: readonly RelatedNode[];
}

function clashOnTarget(target: Entity, inverse: string): Clash | undefined {
  if (SYSTEM_FIELDS.includes(inverse)) return { taken: 'what every entity has', related: [] };
  const field = target.fields.find(({ name, key }) => name === inverse || key === inverse);
  if (field === undefined) return undefined;
  const pointer = fieldPointer({ entity: target, field });
  return { taken: 'a field there', related: [{ pointer, at: 'key', message: `"${field.name}" is here` }] };
}

function clashOfInverses(earlier: EntityField | undefined): Clash | undefined {
  if (earlier === undefined) return undefined;
  const { entity, field } = earlier;
  return {
    taken: `the inverse of "${entity.name}.${field.name}"`,
    related: [{ pointer: fieldPointer(earlier, 'inverse'), at: 'value', message: 'the other inverse is here' }],
  };
}

function report({ reporter }: CheckInput, at: EntityField, target: Entity, name: string, clash: Clash): void {
  const params = { name, target: target.name, taken: clash.taken };
  reporter.report('inverse-name-clash', fieldPointer(at, 'inverse'), params, { related: clash.related });
}

import { spec } from '../migrations/plan-spec.ts';
import type { Named, World, WorldEntity, WorldField } from './world.ts';

/** The spec of a world, with the former names that it declares. */
export function worldSpec(world: World): string {
  const lines = world.dropped.map((name) => `drop entity ${name}`);
  const head = lines.length === 0 ? '' : `migration:\n  allow: [${lines.join(', ')}]\n`;
  return spec(Object.fromEntries(world.entities.map((entity) => [entity.name, entityBody(world, entity)])), head);
}

function entityBody(world: World, entity: WorldEntity): string {
  return [
    ...(entity.was === undefined ? [] : [`was: ${entity.was}`]),
    ...(entity.table === undefined ? [] : [`table: ${entity.table}`]),
    ...(entity.softDelete ? ['softDelete: true'] : []),
    'fields:',
    ...entity.fields.map((field) => `  ${field.name}: { ${fieldBody(world, field)} }`),
  ].join('\n');
}

function fieldBody(world: World, field: WorldField): string {
  const parts = [
    typeOf(world, field),
    'optional: true',
    ...(field.isUnique ? ['unique: true'] : []),
    ...(field.was === undefined ? [] : [`was: ${field.was}`]),
  ];
  return parts.join(', ');
}

function typeOf({ entities }: World, { kind, values, target }: WorldField): string {
  switch (kind) {
    case 'string':
      return 'type: string, maxLength: 40';
    case 'integer':
      return 'type: integer, min: 0, max: 100000';
    case 'enum':
      return `type: enum, values: [${values.map(({ name }) => name).join(', ')}]${formerValues(values)}`;
    case 'link':
      return `type: reference, to: ${entities.find(({ key }) => key === target)?.name}, onDelete: setNull`;
    default:
      return kind satisfies never;
  }
}

function formerValues(values: readonly Named[]): string {
  const were = values.flatMap(({ name, was }) => (was === undefined ? [] : [`${name}: ${was}`]));
  return were.length === 0 ? '' : `, valuesWere: { ${were.join(', ')} }`;
}

import type { Spec } from '../spec/spec.ts';
import type { Entity, Field, Grant, Operation, PartOf } from './app.ts';
import { operationsOf } from './build-entity.ts';

type Unlinked = Omit<Entity, 'inverses'>;

/**
 * Gives the parts of others what they have from those: their grants, and a link that neither changes nor outlives
 * its row. Where only the parts of an entity can change, a grant of "update" is of them alone.
 */
export function withParts(spec: Spec, entities: readonly Unlinked[]): readonly Unlinked[] {
  const linked = entities.map((entity) => withParent(entity, spec.entities[entity.name]?.partOf));
  const byName = new Map(linked.map((entity) => [entity.name, entity]));
  return linked.map((entity) => {
    const lent = entity.partOf === undefined ? entity.grants : lentGrants(byName, entity);
    const grants = isChangeable(entity) || !isChangedInParts(linked, entity) ? lent : without(lent, 'update');
    return { ...entity, grants, operations: operationsOf(grants) };
  });
}

function withParent(entity: Unlinked, name: string | undefined): Unlinked {
  const link = entity.fields.find((field) => field.name === name);
  if (link?.reference === undefined) return entity;
  const fields = entity.fields.map((field) => (field === link ? asPartLink(field) : field));
  return { ...entity, fields, partOf: { field: link.name, entity: link.reference.entity } };
}

function asPartLink(field: Field): Field {
  return {
    ...field,
    immutable: true,
    ...(field.reference && { reference: { ...field.reference, onDelete: 'cascade' } }),
  };
}

/** The grants of what an entity is part of in the end, but for what cannot be done with it; a circle of parts, which is an error, lends none. */
function lentGrants(entities: ReadonlyMap<string, Unlinked>, part: Unlinked): readonly Grant[] {
  const seen = new Set<string>();
  let owner: Unlinked | undefined = part;
  while (owner?.partOf !== undefined && !seen.has(owner.name)) {
    seen.add(owner.name);
    owner = entities.get(owner.partOf.entity);
  }
  const lent = owner?.partOf === undefined ? (owner?.grants ?? []) : [];
  const kept = part.softDelete ? lent : without(lent, 'restore');
  return isChangeable(part) ? kept : without(kept, 'update');
}

function without(grants: readonly Grant[], left: Operation): readonly Grant[] {
  return grants
    .map((grant) => ({ ...grant, allow: grant.allow.filter((operation) => operation !== left) }))
    .filter(({ allow }) => allow.length > 0);
}

/** Whether a patch can change anything of a row. */
function isChangeable({ fields }: Unlinked): boolean {
  return fields.some((field) => !field.readOnly && !field.immutable);
}

function isChangedInParts(entities: readonly Unlinked[], { name }: Unlinked): boolean {
  return entities.some((entity) => isOf(entity.partOf, name) && isChangeable(entity));
}

function isOf(partOf: PartOf | undefined, name: string): boolean {
  return partOf?.entity === name;
}

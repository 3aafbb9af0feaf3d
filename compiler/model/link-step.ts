import type { App, Entity, Field } from './app.ts';

/** One step from an entity to another: to the row that its reference names, or to the rows whose reference names it. */
export interface LinkStep {
  readonly kind: 'one' | 'many';
  /** Name of the reference, or of the inverse. */
  readonly name: string;
  /** The reference; of `from` where the step is to one row, of `to` where it is to many. */
  readonly field: Field;
  readonly from: Entity;
  readonly to: Entity;
}

/** The step of a name; undefined where the entity has neither a reference nor an inverse of that name. */
export function linkStep(app: App, from: Entity, name: string): LinkStep | undefined {
  const own = from.fields.find((field) => field.name === name && field.reference !== undefined);
  const inverse = from.inverses.find((candidate) => candidate.name === name);
  const target = own?.reference?.entity ?? inverse?.entity;
  const to = target === undefined ? undefined : app.entities.find((entity) => entity.name === target);
  if (to === undefined) return undefined;
  if (own !== undefined) return { kind: 'one', name, field: own, from, to };
  const field = to.fields.find((candidate) => candidate.name === inverse?.field);
  return field === undefined ? undefined : { kind: 'many', name, field, from, to };
}

/** The steps of a path with dots; those before the first that is none. */
export function linkSteps(app: App, entity: Entity, path: string): readonly LinkStep[] {
  const steps: LinkStep[] = [];
  for (const name of path.split('.')) {
    const step = linkStep(app, steps.at(-1)?.to ?? entity, name);
    if (step === undefined) break;
    steps.push(step);
  }
  return steps;
}

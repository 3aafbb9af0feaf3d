import type { App, Entity, Field } from './app.ts';

/**
 * One step from an entity to another: to the row, or the rows, that its link names, or to the rows whose link names
 * it.
 */
export interface LinkStep {
  readonly kind: 'one' | 'many';
  /** What holds the link: a column with one id, the row's own list of ids, or the pairs that lists of other rows make. */
  readonly via: LinkVia;
  /** Name of the link, or of the inverse. */
  readonly name: string;
  /** The link; of `to` where the step is to rows that name this one, of `from` else. */
  readonly field: Field;
  readonly from: Entity;
  readonly to: Entity;
}

export type LinkVia = 'column' | 'ids' | 'pairs';

/** The step of a name; undefined where the entity has neither a link nor an inverse of that name. */
export function linkStep(app: App, from: Entity, name: string): LinkStep | undefined {
  const own = from.fields.find((field) => field.name === name && isLink(field));
  const inverse = from.inverses.find((candidate) => candidate.name === name);
  const target = (own?.reference ?? own?.links)?.entity ?? inverse?.entity;
  const to = target === undefined ? undefined : app.entities.find((entity) => entity.name === target);
  if (to === undefined) return undefined;
  const base = { name, from, to };
  if (own?.links !== undefined) return { ...base, kind: 'many', via: 'ids', field: own };
  if (own !== undefined) return { ...base, kind: 'one', via: 'column', field: own };
  const field = to.fields.find((candidate) => candidate.name === inverse?.field);
  if (field === undefined) return undefined;
  return { ...base, kind: 'many', via: field.links === undefined ? 'column' : 'pairs', field };
}

/** Whether the values of a field are ids of rows. */
export function isLink({ reference, links }: Pick<Field, 'reference' | 'links'>): boolean {
  return reference !== undefined || links !== undefined;
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

import type { App, Entity } from '../../model/app.ts';
import { incomingLinks } from '../incoming-links.ts';
import type { ConstraintFact } from './constraint-fact.ts';
import { foreignKeyName } from './foreign-key-name.ts';
import { pairTargetName } from './pair-table.ts';

/** Whether a row of the entity can keep another one from being deleted, as long as both do not go together. */
export function isSelfHeld(app: App, { name }: Entity): boolean {
  return incomingLinks(app, name).some(
    ({ from, field }) => from.name === name && field.reference?.onDelete === 'restrict',
  );
}

/** What can keep a row of the entity from being deleted: links to it that restrict, and those to rows that go with it. */
export function holderFacts(app: App, entity: Entity): readonly ConstraintFact[] {
  const facts = new Map<string, ConstraintFact>();
  const gone = new Set([entity.name]);
  for (const name of gone) {
    for (const { from, field } of incomingLinks(app, name)) {
      const { onDelete } = field.reference ?? field.links ?? {};
      if (onDelete === 'cascade') gone.add(from.name);
      if (onDelete !== 'restrict') continue;
      const nameOf = field.links === undefined ? foreignKeyName : pairTargetName;
      const constraint = nameOf(from.names.table, field);
      facts.set(constraint, { name: constraint, kind: 'held', keys: [field.key], code: from.name });
    }
  }
  return [...facts.values()];
}

import type { App, Entity } from '../../model/app.ts';
import { incomingLinks } from '../incoming-links.ts';
import type { ConstraintFact } from './constraint-fact.ts';
import { foreignKeyName } from './foreign-key-name.ts';

/** What can keep a row of the entity from being deleted: links to it that restrict, and those to rows that go with it. */
export function holderFacts(app: App, entity: Entity): readonly ConstraintFact[] {
  const facts = new Map<string, ConstraintFact>();
  const gone = new Set([entity.name]);
  for (const name of gone) {
    for (const { from, field } of incomingLinks(app, name)) {
      if (field.reference?.onDelete === 'cascade') gone.add(from.name);
      if (field.reference?.onDelete !== 'restrict') continue;
      const constraint = foreignKeyName(from.names.table, field);
      facts.set(constraint, { name: constraint, kind: 'held', keys: [field.key], code: from.name });
    }
  }
  return [...facts.values()];
}

import type { App, Entity } from '../../model/app.ts';
import { incomingLinks } from '../incoming-links.ts';
import type { ConstraintFact } from './constraint-fact.ts';
import { goesWith, onDeleteOf } from './going-together.ts';
import { holdName } from './late-holds.ts';

/**
 * Whether rows of the entity that are deleted at one time can matter to each other: one takes another one with it, or
 * rows that go with them link to each other, and hold each other or are emptied.
 */
export function goesTogether(app: App, { name }: Entity): boolean {
  const gone = goesWith(app, name);
  const isTaken = (gone.get(name)?.most ?? 0) > 0;
  const links = [...gone.keys()].flatMap((one) => incomingLinks(app, one));
  return isTaken || links.some(({ from, field }) => gone.has(from.name) && onDeleteOf(field) !== 'cascade');
}

/** What can keep a row of the entity from being deleted: links to it that restrict, and those to rows that go with it. */
export function holderFacts(app: App, entity: Entity): readonly ConstraintFact[] {
  const links = [...goesWith(app, entity.name).keys()].flatMap((name) => incomingLinks(app, name));
  const facts = links
    .filter(({ field }) => onDeleteOf(field) === 'restrict')
    .map((link): ConstraintFact => {
      const { from, field } = link;
      return { name: holdName(link), kind: 'held', keys: [field.key], code: from.name };
    });
  return [...new Map(facts.map((fact) => [fact.name, fact])).values()];
}

import type { Entity, Field, NoOverlap } from '../../model/app.ts';
import { code } from '../text/markdown.ts';

/** What a rule of ranges means: `no two rows with the same ... have ranges ... that overlap`, and what it leaves out. */
export function describeNoOverlap({ fields }: Pick<Entity, 'fields'>, rule: NoOverlap): string {
  const named = (names: readonly string[]): readonly Field[] =>
    names.flatMap((name) => fields.find((field) => field.name === name) ?? []);
  const per = named(rule.per);
  const [from, to] = named([rule.from, rule.to]);
  const alike = per.length === 0 ? '' : ` with the same ${per.map(({ key }) => code(key)).join(' and ')}`;
  const ends = named([rule.from, rule.to]).filter(({ optional }) => optional);
  const empty = per.filter(({ optional }) => optional).map(({ key }) => code(key));
  return [
    `no two rows${alike} have ranges from ${code(from?.key ?? '')} to ${code(to?.key ?? '')} that overlap`,
    `one may begin where another ends`,
    ...(ends.length === 0 ? [] : [`without ${ends.map(({ key }) => code(key)).join(' or ')} a range is open there`]),
    ...(rule.where === undefined ? [] : [`only rows are compared for which ${code(rule.where.text)}`]),
    ...(empty.length === 0 ? [] : [`rows whose ${empty.join(' or ')} is null are not compared`]),
  ].join('; ');
}

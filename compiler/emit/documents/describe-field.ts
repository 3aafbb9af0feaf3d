import type { Field, Literal } from '../../model/app.ts';
import { code } from '../text/markdown.ts';

/** Type of a field in a few words: `string`, `list of string`, `id of Account`. */
export function describeType(field: Field): string {
  const target = field.reference ?? field.links;
  const element = target === undefined ? field.type : `id of ${target.entity}`;
  return field.many ? `list of ${element}` : element;
}

/** Every limit a value must keep, each as a phrase. */
export function describeLimits(field: Field): readonly string[] {
  return [
    ...lengths(field),
    ...bounds(field),
    ...digits(field),
    ...(field.limits.pattern === undefined ? [] : [`matches ${code(field.limits.pattern)}`]),
    ...(field.enum === undefined ? [] : [`one of ${field.enum.values.map(code).join(', ')}`]),
    ...(field.enum?.initial === undefined ? [] : [`starts as ${field.enum.initial.map(code).join(' or ')}`]),
    ...(field.many && field.limits.maxItems !== undefined ? [`at most ${plural(field.limits.maxItems, 'item')}`] : []),
    ...(field.links === undefined ? [] : ['none twice']),
    ...(field.schema === undefined ? [] : ['of a JSON schema']),
  ];
}

/** From which value to which a state machine goes. */
export function describeMoves({ enum: values }: Field): readonly string[] {
  return (values?.transitions ?? []).map(({ from, to }) =>
    to.length === 0 ? `${code(from)} is final` : `from ${code(from)} to ${to.map(code).join(' or ')}`,
  );
}

/** What a field is computed from, where it is. */
export function describeComputed({ computed, sequence }: Field): readonly string[] {
  if (sequence) return ['numbered from 1 by the database'];
  return computed === undefined ? [] : [`computed: ${code(computed.text)}`];
}

/** A literal of the spec as JSON, in code. */
export function describeLiteral(literal: Literal): string {
  return code(JSON.stringify(literal));
}

function lengths({ type, limits: { minLength, maxLength } }: Field): readonly string[] {
  if (type !== 'string' && type !== 'text') return [];
  if (minLength === undefined) return maxLength === undefined ? [] : [`at most ${plural(maxLength, 'character')}`];
  return [
    maxLength === undefined
      ? `at least ${plural(minLength, 'character')}`
      : `${minLength} to ${plural(maxLength, 'character')}`,
  ];
}

function bounds({ limits: { min, max } }: Field): readonly string[] {
  if (min === undefined) return max === undefined ? [] : [`at most ${code(String(max))}`];
  return [max === undefined ? `at least ${code(String(min))}` : `${code(String(min))} to ${code(String(max))}`];
}

function digits({ type, limits: { precision, scale } }: Field): readonly string[] {
  if (type !== 'decimal' || precision === undefined || scale === undefined) return [];
  return [`at most ${plural(precision, 'digit')}, ${scale} of them after the point`];
}

function plural(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

import type { Entity, Field, Literal } from '../../model/app.ts';
import { fromInstant, instant } from '../../model/calendar.ts';
import { canonicalLiteral } from '../../model/canonical-literal.ts';
import { perKind } from '../../model/field-kinds.ts';
import type { InvalidSample } from '../../model/invalid-samples.ts';
import { pairTableName, words } from '../../model/naming.ts';
import { literalProblem } from '../../model/literal.ts';
import { samples } from '../../model/samples.ts';
import type { ShiftSample } from '../../plan/samples/sample-shifts.ts';
import { valueFunction } from '../expression/predicate-type.ts';
import { flatten, joined, raw, ts, type Fragment } from '../text/fragment.ts';
import { literal, num, prop, str } from '../text/quote.ts';
import { edgeValues, refusedItems, refusedValues } from './edge-values.ts';

/** One line about a field: what it is, values to try, values that are refused. */
export function fieldCase({ names }: Entity, field: Field, shift: ShiftSample): Fragment {
  const values = samples(field).map((sample) => shift(field, sample));
  const spelled = otherSpelling(field, values[0]);
  const members = [
    member('key', str(field.key)),
    member('column', str(field.column)),
    member('type', str(field.type)),
    ...FLAGS.filter((flag) => field[flag]).map((flag) => member(flag, raw('true'))),
    ...(field.computed === undefined && !field.sequence ? [] : [member('computed', raw('true'))]),
    ...(field.sequence ? [member('sequence', raw('true'))] : []),
    ...(field.default === undefined ? [] : [member('default', value(canonicalLiteral(field, field.default)))]),
    ...(field.preset === undefined ? [] : [member('preset', valueFunction(field.preset.expression))]),
    ...(field.enum === undefined ? [] : [member('enum', literal(field.enum.values))]),
    ...referenceMembers(names.table, field),
    member('values', list(values.map(value))),
    ...(spelled === undefined ? [] : [member('spelled', value(spelled))]),
    ...optionalList('edges', edgeValues(field).map(value)),
    refusals(field),
  ];
  return ts`{ ${joined(members, ', ')} },`;
}

const FLAGS = ['optional', 'many', 'immutable', 'readOnly', 'writeOnly'] as const;

function member(name: string, content: Fragment): Fragment {
  return ts`${prop(name)}: ${content}`;
}

function optionalList(name: string, items: readonly Fragment[]): readonly Fragment[] {
  return items.length === 0 ? [] : [member(name, list(items))];
}

const refusals = perKind((field) => {
  const items = optionalList('invalidItems', refusedItems(field).map(refusal));
  const members = [member('invalid', list(refusedValues(field).map(refusal))), ...items];
  return raw(flatten(joined(members, ', ')).text);
});

function refusal({ value: refused, code, at = '' }: InvalidSample): Fragment {
  return list([value(refused), str(code), ...(at === '' ? [] : [str(at)])]);
}

function referenceMembers(table: string, { name, reference, links, limits, writeOnly }: Field): readonly Fragment[] {
  if (links !== undefined)
    return [
      member('links', str(links.entity)),
      ...(writeOnly ? [] : [member('path', str(words(name).join('-')))]),
      member('pairs', str(pairTableName(table, name))),
      ...(limits.maxItems === 1 ? [member('single', raw('true'))] : []),
      member('onDelete', str(links.onDelete)),
    ];
  return reference === undefined
    ? []
    : [member('to', str(reference.entity)), member('onDelete', str(reference.onDelete))];
}

function list(items: readonly Fragment[]): Fragment {
  return ts`[${joined(items, ', ')}]`;
}

/** Longer runs of one character are counted, not written. */
const LONG = 40;

/** A value as TypeScript; the texts and lists that test a limit stay short to read. */
function value(given: Literal): Fragment {
  const [first = ''] = typeof given === 'string' ? given : [];
  if (typeof given === 'string' && given.length > LONG && given === first.repeat([...given].length)) {
    return ts`${str(first)}.repeat(${num([...given].length)})`;
  }
  if (
    Array.isArray(given) &&
    given.length > 3 &&
    typeof given[0] !== 'object' &&
    given.every((item) => item === given[0])
  ) {
    return ts`Array.from({ length: ${num(given.length)} }, () => ${value(given[0])})`;
  }
  return literal(given);
}

const HOUR = 3_600_000_000n;

/** Another way to write the first sample, where a type has several. */
function otherSpelling(field: Field, first: Literal | undefined): Literal | undefined {
  if (typeof first !== 'string' || field.readOnly) return undefined;
  const other = respell(field, first);
  return other === first || literalProblem(field, other) !== undefined ? undefined : other;
}

function respell({ type }: Field, text: string): string {
  switch (type) {
    case 'decimal':
      return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
    case 'datetime':
      return fromInstant((instant(text) ?? 0n) + HOUR).replace('Z', '+01:00');
    case 'uuid':
      return text.toUpperCase();
    default:
      return text;
  }
}

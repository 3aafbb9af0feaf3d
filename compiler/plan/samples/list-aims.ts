import type { Expression } from '../../expression/expression.ts';
import type { Field, Literal } from '../../model/app.ts';
import { canonicalLiteral } from '../../model/canonical-literal.ts';
import { literalProblem } from '../../model/literal.ts';
import { elementSamples } from '../../model/samples.ts';
import { lengthsAsked } from './asked-of-text.ts';
import { countReads } from './solve-for.ts';

/** Lists that a `many` field may hold and that conditions ask for: of so many items, or with such items. */
export function listAims(field: Field, parts: readonly Expression[]): readonly Literal[] {
  const isList = (part: Expression): boolean => part.kind === 'value' && countReads(part, field.column) === 1;
  const items = itemsAsked(field, parts, isList);
  const samples = [...items, ...elementSamples(field)];
  const lengths = lengthsAsked(parts, isList).flatMap((length) => [length, length + 1, length - 1]);
  const lists = [
    ...items.map((item) => [item]),
    ...lengths.flatMap((length) => {
      const list = Array.from({ length: Math.max(0, length) }, (_, place) => samples[place % samples.length] ?? '');
      return samples.length === 0 ? [] : [list];
    }),
  ];
  return lists
    .filter((list) => literalProblem(field, list) === undefined)
    .map((list) => canonicalLiteral(field, list))
    .slice(0, MOST);
}

const MOST = 12;

/** Items that are looked for by `in`. */
function itemsAsked(
  field: Field,
  parts: readonly Expression[],
  isList: (part: Expression) => boolean,
): readonly Literal[] {
  return parts.flatMap((part) =>
    part.kind === 'in' && isList(part.list) && part.item.kind === 'literal' ? [typed(field, part.item.value)] : [],
  );
}

/** A constant of a condition as a value of the field. */
function typed({ type }: Field, text: string): Literal {
  if (type === 'boolean') return text === 'true';
  return type === 'integer' || type === 'number' ? Number(text) : text;
}

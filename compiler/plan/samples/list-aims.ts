import type { Aggregate, Expression } from '../../expression/expression.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import type { Field, Literal } from '../../model/app.ts';
import { canonicalLiteral } from '../../model/canonical-literal.ts';
import { literalProblem } from '../../model/literal.ts';
import { elementSamples } from '../../model/samples.ts';
import { askedOfText, lengthsAsked } from './asked-of-text.ts';
import { countReads } from './solve-for.ts';
import { aimedTexts } from './text-aims.ts';

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

/** Items that are looked for, by `in` or one by one. */
function itemsAsked(
  field: Field,
  parts: readonly Expression[],
  isList: (part: Expression) => boolean,
): readonly Literal[] {
  const looked = parts.flatMap((part) =>
    part.kind === 'in' && isList(part.list) && part.item.kind === 'literal' ? [typed(field, part.item.value)] : [],
  );
  const bodies = parts.filter((part): part is Aggregate => part.kind === 'aggregate' && isList(part.list));
  const texts = bodies.flatMap(({ body, variable }) => askedTexts(field, [...walkExpression(body)], variable));
  return [...looked, ...texts];
}

function askedTexts(field: Field, parts: readonly Expression[], variable: string): readonly Literal[] {
  const isItem = (part: Expression): boolean => part.kind === 'element' && part.name === variable;
  const asked = askedOfText(parts, isItem);
  const isText = field.type === 'string' || field.type === 'text' || field.type === 'email' || field.type === 'url';
  return isText ? aimedTexts({ ...field, many: false }, asked) : asked.constants.map((text) => typed(field, text));
}

/** A constant of a condition as a value of the field. */
function typed({ type }: Field, text: string): Literal {
  if (type === 'boolean') return text === 'true';
  return type === 'integer' || type === 'number' ? Number(text) : text;
}

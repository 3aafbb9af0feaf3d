import type { Expression } from '../../expression/expression.ts';
import type { ExpressionType } from '../../expression/expression-type.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import { joined, raw, ts, type Fragment } from '../text/fragment.ts';
import { prop } from '../text/quote.ts';
import { functions } from './predicate-writer.ts';
import { predicate, value } from './predicate.ts';

/** `(record: { readonly score: number | string }) => ...`: a condition over the row's own fields as a function. */
export function predicateFunction(expression: Expression): Fragment {
  return ts`(${parameter(expression)}) => ${predicate(expression)}`;
}

/** `(record: { readonly startsAt: string }) => ...`: a value over the row's own fields, as conditions compute with it. */
export function recordFunction(expression: Expression): Fragment {
  return ts`(${parameter(expression)}) => ${value(expression)}`;
}

function parameter(expression: Expression): Fragment {
  const members = ownValues(expression).map(([key, type]) => ts`readonly ${prop(key)}: ${raw(type)}`);
  if (members.length === 0) return raw('_record: object');
  return ts`record: { ${joined(members, '; ')} }`;
}

/** `(now: bigint) => ...`: a value that no row is needed for, as the API spells it. */
export function valueFunction(expression: Expression): Fragment {
  return ts`(now: bigint) => ${spelled(expression.type, value(expression))}`;
}

function spelled({ kind }: ExpressionType, text: Fragment): Fragment {
  return kind === 'datetime' ? ts`${functions.momentText}(${text})` : text;
}

function ownValues(expression: Expression): readonly (readonly [key: string, type: string])[] {
  const found = new Map<string, string>();
  for (const part of walkExpression(expression)) {
    if (part.kind === 'link') found.set(`${part.link.name}Id`, `string${part.nullable ? ' | null' : ''}`);
    if (part.kind === 'value' && part.of.kind === 'row')
      found.set(part.value.key, typeName(part.type) + (part.nullable ? ' | null' : ''));
  }
  return [...found];
}

function typeName(type: ExpressionType): string {
  switch (type.kind) {
    case 'boolean':
      return 'boolean';
    case 'integer':
      return 'number | string';
    case 'number':
      return 'number';
    case 'list':
      return `readonly ${/\|/.test(typeName(type.of)) ? `(${typeName(type.of)})` : typeName(type.of)}[]`;
    case 'json':
      return 'unknown';
    default:
      return 'string';
  }
}

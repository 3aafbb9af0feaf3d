import type { Check, Column } from '../../database/database-schema.ts';
import { quoteIdentifier } from '../../sql/sql-text.ts';
import { parseTypeName } from '../../sql/type-name.ts';
import { find } from '../named-list.ts';
import { boundOf, subjectOf } from './implied-rules.ts';
import { WHOLE } from './readable-text.ts';
import type { Comparison, TablePair } from './table-pair.ts';

/** Whether rows keep a check by what their column was before: by its type, or by a rule over the list that it was part of. */
export function isCheckKnown({ from }: Comparison, pair: TablePair, check: Check): boolean {
  const [name = '', ...others] = check.columns;
  const old = find(pair.old.columns, name);
  if (old === undefined || others.length > 0 || pair.recomputed.has(name)) return false;
  const change = pair.retyped.get(name);
  const isElement = change?.kind === 'rewrite' && change.isElement === true;
  if (change?.kind === 'rewrite' && change.isDeclared === true && !isElement) return false;
  if (isFiniteness(check, name)) return old.type.name in WHOLE && old.type.array !== true;
  return (
    isLengthKnown(check, old, from.enums) ||
    (isElement &&
      pair.old.constraints.some((rule) => rule.kind === 'check' && ofEach(rule.expression) === check.expression))
  );
}

function isLengthKnown({ expression }: Check, old: Column, enums: Comparison['from']['enums']): boolean {
  const bound = boundOf(expression);
  const longest = longestText(old, enums);
  const isLength =
    bound?.subject === subjectOf(`char_length(${quoteIdentifier(old.name)})`) && bound?.operator === '<=';
  return isLength && longest !== undefined && bound !== undefined && longest <= bound.limit;
}

/** Whether a check keeps out what is no finite number, which nothing computed is. */
export function isFiniteness({ expression }: Check, name: string): boolean {
  const column = quoteIdentifier(name);
  return expression === `${column} > '-Infinity' and ${column} < 'Infinity'`;
}

/** Characters of the longest value that a column can hold. */
function longestText({ type }: Column, enums: Comparison['from']['enums']): number | undefined {
  if (type.enum === true) {
    return Math.max(0, ...(find(enums, type.name)?.values ?? []).map((value) => [...value].length));
  }
  const { base, modifiers } = parseTypeName(type.name);
  return base === 'character varying' || base === 'character' ? modifiers[0] : undefined;
}

const FLIPPED: Readonly<Record<string, string>> = { '<=': '>=', '>=': '<=', '<': '>', '>': '<' };

/** `0 <= all (x)` as it is of each item: `x >= 0`. */
function ofEach(expression: string): string | undefined {
  const parts = expression.split(' and ').map((part) => {
    const [, limit, operator = '', name] = /^(\S+) (<=|>=|<|>) all \((\S+)\)$/.exec(part) ?? [];
    return limit === undefined ? undefined : `${name} ${FLIPPED[operator]} ${limit}`;
  });
  return parts.includes(undefined) ? undefined : parts.join(' and ');
}

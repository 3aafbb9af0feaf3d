import { findSpelling } from '../../spec/shape/suggest-word.ts';
import type { ReportOptions } from '../../diagnostics/reporter.ts';
import type { Field, Literal } from '../app.ts';
import { presetText } from '../build-field.ts';
import { soundLimits } from '../limit-problems.ts';
import { type LiteralProblem, literalProblem } from '../literal.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';
import { findDanglingValues } from './dangling-values.ts';
import { isSoundSchema } from './json-schemas.ts';
import { replaceNode } from './replace-node.ts';
import { relatedIdle } from './report-dangling.ts';

type Attribute = 'default' | 'example';

/** `default` and `example` are values of their field, within all its limits. */
export const checkLiterals: Check = (input) => {
  for (const at of allFields(input.app)) {
    if (input.reporter.isFull()) return;
    checkLiteral(input, at, 'default');
    checkLiteral(input, at, 'example');
  }
};

function checkLiteral(input: CheckInput, at: EntityField, attribute: Attribute): void {
  const written = input.spec.entities[at.entity.name]?.fields[at.field.name]?.[attribute];
  if (written === undefined || (attribute === 'default' && isWorkedOut(input, at))) return;
  const wrong = findProblem(at.field, written, attribute);
  if (wrong === undefined) return;
  const { index, problem, value } = wrong;
  const where = fieldPointer(at, attribute, ...(index === undefined ? [] : [index]));
  const found = isUnknownValue(at, value) ? findIntended(input, at, String(value), where) : {};
  if (found === undefined) return;
  const { instead, ...options } = found;
  const hint = instead === undefined ? problem.hint : `write "${instead}"`;
  input.reporter.report(
    attribute === 'default' ? 'invalid-default' : 'invalid-example',
    where,
    { value: JSON.stringify(value), field: at.field.name, detail: problem.detail, hint },
    options,
  );
}

function isWorkedOut({ spec }: CheckInput, { entity, field }: EntityField): boolean {
  const written = spec.entities[entity.name]?.fields[field.name];
  return written !== undefined && presetText(written) !== undefined;
}

function isUnknownValue({ field }: EntityField, value: Literal): boolean {
  return field.enum !== undefined && typeof value === 'string' && !field.enum.values.includes(value);
}

interface Intended extends ReportOptions {
  readonly instead?: string;
}

/** What may stand for an unknown value of an enum; undefined where the list of values is to blame, which is told there. */
function findIntended(input: CheckInput, at: EntityField, value: string, where: string): Intended | undefined {
  const values = at.field.enum?.values ?? [];
  const dangling = findDanglingValues(input, at);
  const culprit = dangling?.culprits.get(value);
  if (culprit !== undefined && culprit.kind !== 'use') return undefined;
  const instead = findSpelling(value, values);
  return {
    allowed: values,
    ...(dangling !== undefined && { related: relatedIdle(dangling.declarations, culprit) }),
    ...(instead !== undefined && { instead, fix: replaceNode(input.document, where, instead) }),
  };
}

interface Wrong {
  readonly value: Literal;
  readonly problem: LiteralProblem;
  /** Of the item, where one item of a list is wrong. */
  readonly index?: number;
}

/** An example of a state machine may be any of its states, a default only one that rows may start with. */
function findProblem(field: Field, value: Literal, attribute: Attribute): Wrong | undefined {
  const rules = {
    type: field.type,
    limits: soundLimits(field),
    ...(field.schema && isSoundSchema(field.schema) && { schema: field.schema }),
    ...(field.enum && { enum: attribute === 'default' && !field.many ? field.enum : withoutInitial(field.enum) }),
  };
  if (field.many && Array.isArray(value)) {
    const items: readonly Literal[] = value;
    for (const [index, item] of items.entries()) {
      const problem = literalProblem({ ...rules, many: false }, item);
      if (problem !== undefined) return { value: item, problem, index };
    }
  }
  const problem = literalProblem({ ...rules, many: field.many }, value);
  return problem && { value, problem };
}

function withoutInitial({ typeName, values }: NonNullable<Field['enum']>): NonNullable<Field['enum']> {
  return { typeName, values };
}

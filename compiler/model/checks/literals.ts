import { findSpelling } from '../../spec/shape/suggest-word.ts';
import type { Field, Literal } from '../app.ts';
import { soundLimits } from '../limit-problems.ts';
import { type LiteralProblem, literalProblem } from '../literal.ts';
import { allFields, type Check, type CheckInput, type EntityField, fieldPointer } from './check.ts';
import { replaceNode } from './replace-node.ts';

type Attribute = 'default' | 'example';

/** `default` and `example` are values of their field, within all its limits. */
export const checkLiterals: Check = (input) => {
  for (const at of allFields(input.app)) {
    checkLiteral(input, at, 'default');
    checkLiteral(input, at, 'example');
  }
};

function checkLiteral({ spec, document, reporter }: CheckInput, at: EntityField, attribute: Attribute): void {
  const written = spec.entities[at.entity.name]?.fields[at.field.name]?.[attribute];
  if (written === undefined) return;
  const wrong = findProblem(at.field, written);
  if (wrong === undefined) return;
  const { index, problem, value } = wrong;
  const where = fieldPointer(at, attribute, ...(index === undefined ? [] : [index]));
  const values = problem.code === 'enum' ? at.field.enum?.values : undefined;
  const instead = findSpelling(String(value), values ?? []);
  const hint = instead === undefined ? problem.hint : `write "${instead}"`;
  reporter.report(
    attribute === 'default' ? 'invalid-default' : 'invalid-example',
    where,
    { value: JSON.stringify(value), field: at.field.name, detail: problem.detail, hint },
    {
      ...(values !== undefined && { allowed: values }),
      ...(instead !== undefined && { fix: replaceNode(document, where, instead) }),
    },
  );
}

interface Wrong {
  readonly value: Literal;
  readonly problem: LiteralProblem;
  /** Of the item, where one item of a list is wrong. */
  readonly index?: number;
}

/** An example of a state machine may be any of its states. */
function findProblem(field: Field, value: Literal): Wrong | undefined {
  const rules = {
    type: field.type,
    limits: soundLimits(field),
    ...(field.enum && { enum: { ...withoutInitial(field.enum) } }),
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

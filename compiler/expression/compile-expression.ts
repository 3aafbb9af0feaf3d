import { checkNode } from './check-expression.ts';
import type { CheckContext } from './check-context.ts';
import type { Expression } from './expression.ts';
import { describeType, isExact, isTextual, type ExpressionType } from './expression-type.ts';
import { isProblem, parseCel, type CelNode } from './parse-cel.ts';
import type { ExpressionProblem } from './problem.ts';
import type { EntityShape, ExpressionScope } from './scope.ts';
import { walkExpression } from './walk-expression.ts';

/** What an expression means, or all that is wrong with it. */
export interface CompiledExpression {
  /** Absent where there is a problem. */
  readonly expression?: Expression;
  readonly problems: readonly ExpressionProblem[];
}

/** Most parts of one expression, rules written out: SQL grows with them. */
const MAX_PARTS = 2000;

const CONDITION: ExpressionType = { kind: 'boolean' };

/** Reads a condition, or an expression that must yield a value of the type. */
export function compileExpression(
  text: string,
  scope: ExpressionScope,
  wanted: ExpressionType = CONDITION,
): CompiledExpression {
  const problems: ExpressionProblem[] = [];
  const report = (problem: ExpressionProblem): undefined => void problems.push(problem);
  const node = parseCel(text);
  if (isProblem(node)) return { problems: [node] };
  const expression = checkWhole(node, { scope, report, inside: [], rules: new Map() }, wanted);
  if (expression === undefined || problems.length > 0) return { problems };
  const size = sizeOf(expression);
  if (size <= MAX_PARTS) return { expression, problems };
  const what = `the expression has more than ${MAX_PARTS} parts, rules written out`;
  return { problems: [{ fault: 'expression-types', start: 0, end: text.length, what, hint: 'make it shorter' }] };
}

type Report = CheckContext['report'];

interface Session {
  readonly scope: ExpressionScope;
  readonly report: Report;
  /** Rules that are being read, the outermost first. */
  readonly inside: readonly string[];
  /** Rules that were read already. */
  readonly rules: Map<string, Expression>;
}

function checkWhole(node: CelNode, session: Session, wanted: ExpressionType): Expression | undefined {
  const { record } = session.scope;
  const bound = new Map<string, ExpressionType>(
    record === undefined ? [] : [['record', { kind: 'entity', entity: record }]],
  );
  const expression = contextOf(session, bound).check(node, wanted);
  if (expression === undefined || isAssignable(expression, wanted)) return expression;
  return session.report({
    fault: 'expression-types',
    start: expression.start,
    end: expression.end,
    what: `the expression is ${describeType(expression.type)}, and ${describeType(wanted)} is needed`,
    hint: wanted.kind === 'boolean' ? 'compare it with something' : `write one that yields ${describeType(wanted)}`,
  });
}

function contextOf(session: Session, bound: ReadonlyMap<string, ExpressionType>): CheckContext {
  const context: CheckContext = {
    scope: session.scope,
    bound,
    report: session.report,
    check: (node, expected) => checkNode(context, node, expected),
    bind: (name, type) => contextOf(session, new Map([...bound, [name, type]])),
    rule: (entity, name, at) => readRule(session, entity, name, at),
  };
  return context;
}

/** A rule's own mistakes are told where it stands; here it is only unusable. */
function readRule(session: Session, entity: EntityShape, name: string, at: CelNode): Expression | undefined {
  const title = `${entity.name}.${name}`;
  const { start, end } = at;
  if (session.inside.includes(title)) {
    const circle = [...session.inside.slice(session.inside.indexOf(title)), title].join(' asks ');
    const what = `the rule "${name}" asks for itself: ${circle}`;
    return session.report({ fault: 'rule-cycle', start, end, what, hint: 'write out what one of them means' });
  }
  const known = session.rules.get(title);
  if (known !== undefined) return known;
  const node = parseCel(entity.rules.get(name) ?? '');
  if (isProblem(node)) return undefined;
  const rule = checkWhole(
    node,
    {
      scope: { ...session.scope, record: entity.name },
      report: (problem) => (problem.fault === 'rule-cycle' ? session.report({ ...problem, start, end }) : undefined),
      inside: [...session.inside, title],
      rules: session.rules,
    },
    CONDITION,
  );
  if (rule !== undefined) session.rules.set(title, rule);
  return rule;
}

/** Whether its values can be kept in a column of the type. */
function isAssignable({ type }: Expression, wanted: ExpressionType): boolean {
  if (wanted.kind === 'number') return type.kind === 'number' || isExact(type);
  if (wanted.kind === 'decimal') return isExact(type);
  if (isTextual(wanted)) return isTextual(type);
  if (wanted.kind === 'enum') return type.kind === 'enum' && type.name === wanted.name;
  return type.kind === wanted.kind && type.kind !== 'list' && type.kind !== 'entity';
}

function sizeOf(expression: Expression): number {
  let count = 0;
  for (const _ of walkExpression(expression)) {
    count += 1;
    if (count > MAX_PARTS) break;
  }
  return count;
}

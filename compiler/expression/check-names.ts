import type { CheckContext } from './check-context.ts';
import { placeOf, sourceOf } from './check-context.ts';
import type { Expression } from './expression.ts';
import { describeType, type ExpressionType } from './expression-type.ts';
import type { CelNode } from './parse-cel.ts';
import type { EntityShape } from './scope.ts';

type NameNode = Extract<CelNode, { op: 'id' }>;
type AccessNode = Extract<CelNode, { op: '.' }>;

/** Names of the language that mean something elsewhere. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  auth: 'who calls is not yet known to conditions',
  before: 'only automations know the row before its change',
  config: 'conditions do not know the configuration',
  event: 'only automations of inbound events know it',
  input: 'only actions have an input',
  record: 'there is no row yet',
};

/** `record`, `now`, or a name that a macro binds. */
export function checkName(
  context: CheckContext,
  node: NameNode,
  expected: ExpressionType | undefined,
): Expression | undefined {
  const name = node.args;
  const place = placeOf(node);
  const type = context.bound.get(name);
  if (type?.kind === 'entity') return { kind: 'row', name, entity: type.entity, type, nullable: false, ...place };
  if (type !== undefined) return { kind: 'element', name, type, nullable: false, ...place };
  if (name === 'now') return { kind: 'now', type: { kind: 'datetime' }, nullable: false, ...place };
  const known = Object.hasOwn(ELSEWHERE, name) ? ELSEWHERE[name] : undefined;
  if (known !== undefined)
    return context.report({
      fault: 'expression-name',
      ...place,
      what: `"${name}" is not known here`,
      hint: `${known}: use ${context.scope.record === undefined ? '"now"' : '"record"'}`,
    });
  return unknownName(context, node, expected);
}

function unknownName(context: CheckContext, node: NameNode, expected: ExpressionType | undefined): undefined {
  const name = node.args;
  const what = `"${name}" is no name that conditions know`;
  const at = { fault: 'expression-name', ...placeOf(node), what } as const;
  if (expected?.kind === 'enum' && expected.values.includes(name))
    return context.report({ ...at, hint: `write '${name}'`, replacement: `'${name}'` });
  if (name === 'today') return context.report({ ...at, hint: "write today('UTC'), or the time zone that is meant" });
  const record = context.scope.entities.get(context.scope.record ?? '');
  const isField = record !== undefined && memberNames(record).includes(name);
  const allowed = [...context.bound.keys(), 'now'];
  return context.report({
    ...at,
    ...(isField
      ? { hint: `write "record.${name}"`, replacement: `record.${name}` }
      : {
          hint: context.scope.record === undefined ? 'use "now"' : 'begin with "record" and a point',
          word: name,
          allowed,
        }),
  });
}

/** `record.score`, `record.account.name`, `record.items`, `record.mine`. */
export function checkAccess(context: CheckContext, node: AccessNode): Expression | undefined {
  const [left, name] = node.args;
  const of = context.check(left);
  if (of === undefined) return undefined;
  if (of.type.kind === 'entity') {
    const shape = context.scope.entities.get(of.type.entity);
    // That there is no such entity is told where the link says it.
    return shape === undefined ? undefined : memberOf(context, node, of, shape);
  }
  return context.report({
    fault: 'expression-types',
    ...memberPlace(node, name),
    what: `"${sourceOf(left)}" is ${describeType(of.type)}, which has no "${name}"`,
    hint: of.type.kind === 'list' ? 'ask with exists, all, count, sum, min or max' : `remove ".${name}"`,
  });
}

function memberOf(context: CheckContext, node: AccessNode, of: Expression, shape: EntityShape): Expression | undefined {
  const [, name] = node.args;
  const at = { of, ...placeOf(node) };
  const value = shape.values.get(name);
  if (value !== undefined)
    return { kind: 'value', value, type: value.type, nullable: value.nullable || of.nullable, ...at };
  const link = shape.links.get(name);
  if (link !== undefined) {
    const { entity } = link;
    return {
      kind: 'link',
      link,
      entity,
      type: { kind: 'entity', entity },
      nullable: link.nullable || of.nullable,
      ...at,
    };
  }
  const list = shape.lists.get(name);
  if (list !== undefined)
    return {
      kind: 'children',
      list,
      type: { kind: 'list', of: { kind: 'entity', entity: list.entity } },
      nullable: false,
      ...at,
    };
  if (shape.rules.has(name)) {
    const condition = context.rule(shape, name, node);
    if (condition === undefined) return undefined;
    return { kind: 'rule', entity: shape.name, name, condition, type: { kind: 'boolean' }, nullable: false, ...at };
  }
  return unknownMember(context, node, shape);
}

function unknownMember(context: CheckContext, node: AccessNode, shape: EntityShape): undefined {
  const [, name] = node.args;
  if (shape.isRefused(name)) return undefined;
  const what = `"${name}" is no field, list or rule of ${shape.name}`;
  const place = memberPlace(node, name);
  const renamed = shape.renamed.get(name);
  if (renamed !== undefined) {
    const hint = `it is now "${renamed}"`;
    return context.report({ fault: 'expression-name', ...place, what, hint, replacement: renamed });
  }
  const [link] = shape.unnamedLists;
  return context.report({
    fault: 'expression-name',
    ...place,
    what,
    hint: link === undefined ? 'write one of its names' : `write one of its names, or "inverse: ${name}" at ${link}`,
    word: name,
    allowed: memberNames(shape),
  });
}

/** The name behind the last point. */
function memberPlace({ end }: AccessNode, name: string): { readonly start: number; readonly end: number } {
  return { start: end - name.length, end };
}

/** Whatever may stand behind the point of a row, in the order of the spec, each name once. */
function memberNames({ values, links, lists, rules }: EntityShape): readonly string[] {
  return [...new Set([...values.keys(), ...links.keys(), ...lists.keys(), ...rules.keys()])];
}

import { checkCall, checkMethod } from './check-calls.ts';
import { placeOf, sourceOf, type CheckContext } from './check-context.ts';
import { checkLiteral } from './check-literals.ts';
import { checkAccess, checkName } from './check-names.ts';
import { checkBinary, checkChoice, checkLogical, checkUnary } from './check-operators.ts';
import type { Expression } from './expression.ts';
import type { ExpressionType } from './expression-type.ts';
import type { CelNode } from './parse-cel.ts';

/** The type of one node, by its operator; all operators of CEL stand here. */
export function checkNode(
  context: CheckContext,
  node: CelNode,
  expected: ExpressionType | undefined,
): Expression | undefined {
  switch (node.op) {
    case 'value':
      return checkLiteral(context, node, expected);
    case 'id':
      return checkName(context, node, expected);
    case '.':
      return checkAccess(context, node);
    case 'call':
      return checkCall(context, node);
    case 'rcall':
      return checkMethod(context, node);
    case '?:':
      return checkChoice(context, node, expected);
    case '&&':
    case '||':
      return checkLogical(context, node);
    case '!_':
    case '-_':
      return checkUnary(context, node);
    case 'list':
    case 'map':
    case '[]':
    case '.?':
    case '[?]':
      return refuse(context, node);
    default:
      return checkBinary(context, node);
  }
}

const REFUSED: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  list: ['is a list, which may stand behind "in" only', "write record.status in ['new', 'won']"],
  map: ['is a map, which conditions cannot use', 'remove it'],
  '[]': ['picks an item by its place, and lists have no order', 'ask with exists, all, count, sum, min or max'],
};

function refuse(context: CheckContext, node: CelNode): undefined {
  const [what, hint] = REFUSED[node.op] ?? ['is CEL that conditions cannot use', 'write "." alone'];
  return context.report({ fault: 'expression-types', ...placeOf(node), what: `"${sourceOf(node)}" ${what}`, hint });
}

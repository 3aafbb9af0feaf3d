import {
  BinaryOperationNode,
  OperationNodeTransformer,
  OperatorNode,
  sql,
  ValueNode,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely';
import { isParam, param } from './statements.ts';

/** Name of the hole for the ids, as an array. */
export const IDS = 'ids';

/**
 * Turns the statement that reads one row into the one that reads several: its `id = <id>` becomes
 * `id = any(<ids>)`, and all its other conditions stay. So compiled text has to spell only the first.
 */
export class ManyIds implements KyselyPlugin {
  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    const transformer = new ManyIdsTransformer();
    const transformed = transformer.transformNode(node);
    if (transformer.found !== 1) throw new TypeError('A statement that reads one row must compare its id once.');
    return transformed;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}

class ManyIdsTransformer extends OperationNodeTransformer {
  found = 0;

  protected override transformBinaryOperation(node: BinaryOperationNode): BinaryOperationNode {
    const { leftOperand, operator, rightOperand } = node;
    const isEqual = OperatorNode.is(operator) && operator.operator === '=';
    if (!isEqual || !ValueNode.is(rightOperand) || !isParam(rightOperand.value, 'id')) {
      return super.transformBinaryOperation(node);
    }
    this.found += 1;
    const any = sql`any(${param(IDS)})`.toOperationNode();
    return BinaryOperationNode.create(this.transformNode(leftOperand), operator, any);
  }
}

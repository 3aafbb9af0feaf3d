import {
  BinaryOperationNode,
  OperationNodeTransformer,
  OperatorNode,
  ValueNode,
  type Expression,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely';
import { isParam } from './statements.ts';

/**
 * Turns the statement about the row of an id into one about other rows: another equation stands in the place of its
 * `id = <id>`, and all its other conditions stay. So compiled text has to spell only the first.
 */
export class InPlaceOfId implements KyselyPlugin {
  readonly #left: OperationNode;
  readonly #right: OperationNode;

  constructor(left: Expression<unknown>, right: Expression<unknown>) {
    this.#left = left.toOperationNode();
    this.#right = right.toOperationNode();
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    const transformer = new IdTransformer(this.#left, this.#right);
    const transformed = transformer.transformNode(node);
    if (transformer.found !== 1) throw new TypeError('A statement about one row must compare its id once.');
    return transformed;
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}

class IdTransformer extends OperationNodeTransformer {
  readonly #left: OperationNode;
  readonly #right: OperationNode;
  found = 0;

  constructor(left: OperationNode, right: OperationNode) {
    super();
    this.#left = left;
    this.#right = right;
  }

  protected override transformBinaryOperation(node: BinaryOperationNode): BinaryOperationNode {
    const { operator, rightOperand } = node;
    const isEqual = OperatorNode.is(operator) && operator.operator === '=';
    if (!isEqual || !ValueNode.is(rightOperand) || !isParam(rightOperand.value, 'id')) {
      return super.transformBinaryOperation(node);
    }
    this.found += 1;
    return BinaryOperationNode.create(this.#left, operator, this.#right);
  }
}

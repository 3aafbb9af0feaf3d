import {
  InsertQueryNode,
  OnConflictNode,
  sql,
  ValueNode,
  ValuesNode,
  type Expression,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type SqlBool,
  type UnknownRow,
} from 'kysely';

/**
 * Turns an insert of values into one of the same values under a condition.
 *
 * @param conflict what a unique rule compares: where another row has the same of it, nothing is inserted
 */
export class InsertWhere implements KyselyPlugin {
  readonly #condition: Expression<SqlBool>;
  readonly #conflict: Expression<unknown> | undefined;

  constructor(condition: Expression<SqlBool>, conflict?: Expression<unknown>) {
    this.#condition = condition;
    this.#conflict = conflict;
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (!InsertQueryNode.is(node) || node.values === undefined || !ValuesNode.is(node.values)) throw noInsert();
    const [list, ...more] = node.values.values;
    if (list === undefined || more.length > 0) throw noInsert();
    const values = sql.join(list.values.map(asExpression));
    const select = sql`select ${values} where ${this.#condition}`;
    return { ...node, values: select.toOperationNode(), ...this.#onConflict() };
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }

  #onConflict(): { readonly onConflict?: OnConflictNode } {
    if (this.#conflict === undefined) return {};
    const indexExpression = this.#conflict.toOperationNode();
    return { onConflict: OnConflictNode.cloneWith(OnConflictNode.create(), { indexExpression, doNothing: true }) };
  }
}

/** Values stand in a list as they are, or as nodes where they are not all plain. */
function asExpression(value: unknown): Expression<unknown> {
  const node = isNode(value) ? value : ValueNode.create(value);
  return { expressionType: undefined, toOperationNode: () => node };
}

function isNode(value: unknown): value is OperationNode {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

function noInsert(): TypeError {
  return new TypeError('A statement that creates a row must insert the values of one.');
}

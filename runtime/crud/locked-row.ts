import {
  QueryNode,
  SelectModifierNode,
  SelectQueryNode,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely';

/** Turns the statement that reads one row into the one that also holds it, as an update of it would. */
export class LockedRow implements KyselyPlugin {
  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    if (!SelectQueryNode.is(node)) throw new TypeError('Only a row that is read can be held.');
    return QueryNode.cloneWithEndModifier(node, SelectModifierNode.create('ForNoKeyUpdate'));
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }
}

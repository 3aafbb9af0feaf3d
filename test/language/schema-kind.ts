import { appSchema, isPlanned, resolveSchema, type SchemaNode } from '../../compiler/spec/shape/schema-node.ts';

/** A key of the language with what the schema says of it. */
export interface LanguageKey {
  readonly name: string;
  /** Its definition, where several places share one. */
  readonly ref: string | undefined;
  readonly node: SchemaNode & { readonly default?: unknown };
  readonly required: boolean;
}

/** A map with keys of its own: the app, an entity, a grant. */
export interface LanguageMap {
  readonly kind: string;
  readonly node: SchemaNode;
}

/** Every map of the language but the fields, in the order of the schema, each once. */
export function languageMaps(): readonly LanguageMap[] {
  const found = new Map<string, SchemaNode>();
  const visit = (unresolved: SchemaNode): void => {
    const node = resolveSchema(unresolved);
    const kind = node['x-kind'];
    if (isPlanned(node) || kind === 'field' || (kind !== undefined && found.has(kind))) return;
    if (kind !== undefined && node.properties !== undefined) found.set(kind, node);
    for (const property of Object.values(node.properties ?? {})) visit(property);
    if (typeof node.additionalProperties === 'object') visit(node.additionalProperties);
  };
  visit(appSchema);
  visit({ $ref: '#/definitions/jsonSchema' });
  return [...found].map(([kind, node]) => ({ kind, node }));
}

/** The keys of a map, those that are not supported left out. */
export function supportedKeys(node: SchemaNode): readonly LanguageKey[] {
  return keysOf(node).filter((key) => !isPlanned(key.node));
}

/** Names of the keys of a map that this version refuses. */
export function plannedKeys(node: SchemaNode): readonly string[] {
  return keysOf(node)
    .filter((key) => isPlanned(key.node))
    .map(({ name }) => name);
}

function keysOf({ properties = {}, required = [] }: SchemaNode): readonly LanguageKey[] {
  return Object.entries(properties).map(([name, property]) => ({
    name,
    ref: property.$ref,
    node: resolveSchema(property),
    required: required.includes(name),
  }));
}

/** The branches of a field, by type. */
export function fieldBranches(): ReadonlyMap<string, SchemaNode> {
  const branches = resolveSchema({ $ref: '#/definitions/field' }).oneOf ?? [];
  return new Map(branches.map(resolveSchema).map((node) => [String(node.properties?.['type']?.const), node]));
}

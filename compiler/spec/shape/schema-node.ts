import schema from '../../../schemas/app.schema.json' with { type: 'json' };

/** The part of JSON Schema (draft-07) that `schemas/app.schema.json` uses, with its own `x-` annotations. */
export interface SchemaNode {
  readonly $ref?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  /** With `else`: what is required without these keys. */
  readonly if?: { readonly required: readonly string[] };
  readonly else?: { readonly required: readonly string[] };
  readonly propertyNames?: SchemaNode;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly discriminator?: { readonly propertyName: string };
  readonly oneOf?: readonly SchemaNode[];
  readonly not?: object;
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
  /** Part of the language that this version cannot compile. */
  readonly 'x-status'?: string;
  /** Which words people write here out of habit: the context of the alias table. */
  readonly 'x-kind'?: string;
  /** What the node is, as a message names it: `an entity`. */
  readonly 'x-noun'?: string;
  /** Words of the language that this version cannot compile. */
  readonly 'x-planned'?: readonly string[];
  /** What a text of this pattern looks like, as a message says it. */
  readonly 'x-form'?: string;
}

/** The schema of a spec. */
export const appSchema: SchemaNode = schema;

/** Follows a reference into the schema's definitions. */
export function resolveSchema(node: SchemaNode): SchemaNode {
  if (node.$ref === undefined) return node;
  return appSchema.definitions?.[node.$ref.slice('#/definitions/'.length)] ?? {};
}

/** The keys that a map must have beside those it has. */
export function requiredKeys({ required = [], if: when, else: otherwise }: SchemaNode, map: object): readonly string[] {
  const isMet = when?.required.every((key) => Object.hasOwn(map, key)) ?? true;
  return isMet ? required : [...required, ...(otherwise?.required ?? [])];
}

/** Whether the node is part of the language that this version refuses. */
export function isPlanned(node: SchemaNode): boolean {
  return node['x-status'] === 'planned';
}

/** The branches of a node that is told apart by one key, by that key's word. */
export function branchesOf(node: SchemaNode): ReadonlyMap<string, SchemaNode> {
  const known = branches.get(node);
  if (known !== undefined) return known;
  const key = node.discriminator?.propertyName ?? '';
  const resolved = (node.oneOf ?? []).map(resolveSchema);
  const found = new Map(resolved.map((branch) => [String(branch.properties?.[key]?.const), branch]));
  branches.set(node, found);
  return found;
}

const branches = new WeakMap<SchemaNode, ReadonlyMap<string, SchemaNode>>();

/** The properties that are the same in every branch that has them, so that they can be checked without knowing the branch. */
export function sharedProperties(node: SchemaNode): Readonly<Record<string, SchemaNode>> {
  const known = shared.get(node);
  if (known !== undefined) return known;
  const all = [...branchesOf(node).values()].flatMap((branch) => Object.entries(branch.properties ?? {}));
  const first = new Map(all.toReversed());
  const isShared = ([key]: readonly [string, SchemaNode]): boolean =>
    all.every(([name, property]) => name !== key || property.$ref === first.get(key)?.$ref);
  const found = Object.fromEntries([...first].filter(([, { $ref }]) => $ref !== undefined).filter(isShared));
  shared.set(node, found);
  return found;
}

const shared = new WeakMap<SchemaNode, Readonly<Record<string, SchemaNode>>>();

/** Every property that some branch has; one that a branch supports is supported. */
export function unionOfBranches(node: SchemaNode): Readonly<Record<string, SchemaNode>> {
  const entries = [...branchesOf(node).values()].flatMap((branch) => Object.entries(branch.properties ?? {}));
  const isRefused = ([, property]: readonly [string, SchemaNode]): boolean => isPlanned(resolveSchema(property));
  const supported = Object.fromEntries(entries.filter((entry) => !isRefused(entry)));
  return { ...supported, ...Object.fromEntries(entries.filter(([key]) => !Object.hasOwn(supported, key))) };
}

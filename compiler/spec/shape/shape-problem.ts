import type { SpecMapValue, SpecValue } from '../spec-value.ts';
import type { SchemaNode } from './schema-node.ts';

/** One place where a value is not what the schema says; `pointer` is the node that is wrong or, for a missing key, lacks it. */
export type ShapeProblem =
  | Problem<'unknown-key', { readonly key: string; readonly owner: SchemaNode; readonly map: SpecMapValue }>
  | Problem<'missing-key', { readonly key: string; readonly owner: SchemaNode; readonly map: SpecMapValue }>
  | Problem<'planned-key', { readonly key: string; readonly owner: SchemaNode }>
  | Problem<'unknown-branch', { readonly owner: SchemaNode; readonly value: SpecValue }>
  | Problem<'unknown-word', { readonly schema: SchemaNode; readonly value: SpecValue }>
  | Problem<'wrong-type', { readonly schema: SchemaNode; readonly value: SpecValue }>
  | Problem<'out-of-bounds', { readonly schema: SchemaNode; readonly value: number }>
  | Problem<'wrong-length', { readonly schema: SchemaNode; readonly value: string }>
  | Problem<'wrong-form', { readonly schema: SchemaNode; readonly value: string }>
  | Problem<'wrong-count', { readonly schema: SchemaNode; readonly count: number }>
  | Problem<'duplicate-item', { readonly value: SpecValue }>
  /** A map of named things that holds the insides of one. */
  | Problem<'unnamed-entry', { readonly schema: SchemaNode; readonly entry: SchemaNode; readonly value: SpecMapValue }>
  /** The insides of a named thing, beside its name instead of under it. */
  | Problem<'misplaced-key', { readonly key: string; readonly under: string }>
  | Problem<'bad-name', { readonly schema: SchemaNode; readonly key: string }>;

type Problem<Kind extends string, Detail> = { readonly kind: Kind; readonly pointer: string } & Detail;

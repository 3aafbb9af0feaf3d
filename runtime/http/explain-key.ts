import type { ProblemError } from './problem.ts';

/** What to say of a key or parameter that a schema does not know; `undefined` where there is no more to say. */
export type ExplainKey = (key: string) => Pick<ProblemError, 'code' | 'detail'> | undefined;

const explanations = new WeakMap<object, ExplainKey>();

/** Remembers what can be said of keys that a schema refuses, and answers the schema. */
export function explaining<Schema extends object>(schema: Schema, explain: ExplainKey): Schema {
  explanations.set(schema, explain);
  return schema;
}

/** What is known of the keys that a schema refuses. */
export function explanationOf(schema: object): ExplainKey | undefined {
  return explanations.get(schema);
}

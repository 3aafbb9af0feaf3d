import { z } from '@hono/zod-openapi';
import { explaining, explanationOf } from '../http/explain-key.ts';

/** Why a body may not have a field of the row. */
export type FixedReason = 'readOnly' | 'computed' | 'immutable';

/** A field of the row, and why it is not among the keys; no map, since a field may be called `toString`. */
type Fixed = readonly [key: string, reason: FixedReason];

const DETAILS: Readonly<Record<FixedReason, string>> = {
  readOnly: 'is set by the server and cannot be sent',
  computed: 'is computed by the server and cannot be sent',
  immutable: 'cannot be changed once the row is there',
};

/** What the server gives every row. */
const GIVEN: readonly Fixed[] = [
  ['id', 'readOnly'],
  ['createdAt', 'readOnly'],
  ['updatedAt', 'readOnly'],
];

/** The schema of a body, closed; `fixed` says why fields of the row are not among its keys. */
export function body<Shape extends z.core.$ZodLooseShape>(shape: Shape, fixed: readonly Fixed[]) {
  const reasons = new Map<string, FixedReason>([...GIVEN, ...fixed]);
  return explaining(z.strictObject(shape), (key) => {
    const reason = reasons.get(key);
    return reason && { code: reason === 'immutable' ? 'immutable' : 'readOnly', detail: DETAILS[reason] };
  });
}

/** A schema made of that of another body: its refused keys are explained as there. */
export function likeBody<Schema extends object>(original: object, schema: Schema): Schema {
  const explain = explanationOf(original);
  return explain === undefined ? schema : explaining(schema, explain);
}

import type { z } from '@hono/zod-openapi';
import { assume } from '../assume.ts';

/**
 * Whether a schema may look for a key under which every object inherits something, as a field called `constructor`:
 * that would be found where nothing was sent. Of a schema of a kind that is not known here: yes.
 */
export function hasInheritedKey(schema: z.core.$ZodType, seen = new Set<z.core.$ZodType>()): boolean {
  if (seen.has(schema)) return false;
  seen.add(schema);
  const { def } = assume<z.core.$ZodTypes>(schema)._zod;
  if (def.type === 'object' && Object.keys(def.shape).some((key) => key in Object.prototype)) return true;
  return schemasIn(def)?.some((member) => hasInheritedKey(member, seen)) ?? true;
}

/** The schemas that a schema reads parts of its input by. */
function schemasIn(def: z.core.$ZodTypes['_zod']['def']): readonly z.core.$ZodType[] | undefined {
  switch (def.type) {
    case 'object':
      return Object.values(def.shape);
    case 'array':
      return [def.element];
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return [def.innerType];
    case 'pipe':
      return [def.in, def.out];
    case 'transform':
    case 'string':
    case 'number':
    case 'boolean':
    case 'enum':
    case 'unknown':
      return [];
    default:
      return undefined;
  }
}

/**
 * The input without what it inherits. Lists may hold bodies of rows: those of bulk requests, and of parts, which bring
 * parts of their own.
 */
export function withoutPrototype(input: unknown): unknown {
  if (Array.isArray(input)) return input.map(withoutPrototype);
  if (typeof input !== 'object' || input === null) return input;
  const own: Record<string, unknown> = Object.assign(Object.create(null), input);
  for (const [key, value] of Object.entries(own)) {
    if (Array.isArray(value) || key === CHANGES) own[key] = withoutPrototype(value);
  }
  return own;
}

/** Where each of a bulk request says what becomes of its row. */
const CHANGES = 'set';

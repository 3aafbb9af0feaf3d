import { z } from '@hono/zod-openapi';
import type { Field } from '../../compiler/model/app.ts';
import { field as factory } from '../../runtime/crud/fields.ts';

/** What the compiled backend would validate the field with: the compiler's literals are judged by it, not by itself. */
export function runtimeSchema(field: Field): z.ZodType {
  if (field.links !== undefined) return factory.references({ maxItems: field.limits.maxItems ?? 0 });
  const element = elementSchema(field);
  return field.many ? factory.many(element, { maxItems: field.limits.maxItems ?? 0 }) : element;
}

function elementSchema({ type, limits, enum: enumeration }: Field): z.ZodType {
  const { min, max, minLength, maxLength, precision, scale, pattern } = limits;
  const numbers = { ...(min !== undefined && { min: Number(min) }), ...(max !== undefined && { max: Number(max) }) };
  const strings = { ...(min !== undefined && { min: String(min) }), ...(max !== undefined && { max: String(max) }) };
  const lengths = { ...(minLength !== undefined && { minLength }), ...(maxLength !== undefined && { maxLength }) };
  const digits = { ...(precision !== undefined && { precision }), ...(scale !== undefined && { scale }) };
  switch (type) {
    case 'string':
    case 'text':
      return factory.string({ ...lengths, ...(pattern !== undefined && { pattern: new RegExp(pattern, 'u') }) });
    case 'integer':
      return factory.integer(numbers);
    case 'number':
      return factory.number(numbers);
    case 'bigint':
      return factory.bigint(strings);
    case 'decimal':
      return factory.decimal({ ...digits, ...strings });
    case 'date':
    case 'time':
    case 'datetime':
      return factory[type](strings);
    case 'enum':
      return z.enum([...(enumeration?.values ?? [])]);
    case 'references':
      return factory.reference();
    default:
      return factory[type]();
  }
}

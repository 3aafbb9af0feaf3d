import { z } from '@hono/zod-openapi';

export interface TextLimits {
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: RegExp;
}

/** Lengths count Unicode code points, as Postgres and JSON Schema do; zod's own count UTF-16 units. */
export function boundedText({ minLength = 0, maxLength, pattern }: TextLimits): z.ZodString {
  const bounded = storableText().check((context) => {
    const length = codePoints(context.value);
    if (length < minLength) {
      context.issues.push({
        code: 'too_small',
        origin: 'string',
        minimum: minLength,
        inclusive: true,
        input: context.value,
      });
    }
    if (maxLength !== undefined && length > maxLength) {
      context.issues.push({
        code: 'too_big',
        origin: 'string',
        maximum: maxLength,
        inclusive: true,
        input: context.value,
      });
    }
  });
  return pattern === undefined ? bounded : bounded.regex(pattern);
}

/** Text in a fixed form; `form` finishes the sentence "must be ...". */
export function formatted(form: string, isValid: (text: string) => boolean): z.ZodString {
  return z.string().check((context) => {
    if (!isValid(context.value)) {
      context.issues.push({ code: 'invalid_format', format: form, input: context.value, message: `must be ${form}` });
    }
  });
}

/** Adds inclusive bounds to text whose order is not that of its characters. */
export function compared(
  schema: z.ZodString,
  { min, max }: { readonly min?: string; readonly max?: string },
  order: (left: string, right: string) => number,
): z.ZodString {
  if (min === undefined && max === undefined) return schema;
  return schema.check((context) => {
    if (context.issues.length > 0) return;
    if (min !== undefined && order(context.value, min) < 0) {
      context.issues.push(outOfRange('min', `must not be less than ${min}`, context.value));
    }
    if (max !== undefined && order(context.value, max) > 0) {
      context.issues.push(outOfRange('max', `must not be more than ${max}`, context.value));
    }
  });
}

function outOfRange(code: 'min' | 'max', message: string, input: string): z.core.$ZodRawIssue {
  return { code: 'custom', params: { code }, message, input };
}

/** Postgres stores no NUL, and UTF-8 has no lone surrogate. */
function storableText(): z.ZodString {
  return z.string().check((context) => {
    if (context.value.includes('\u0000') || !context.value.isWellFormed()) {
      context.issues.push({
        code: 'invalid_format',
        format: 'text',
        input: context.value,
        message: 'must not contain NUL or unpaired surrogates',
      });
    }
  });
}

function codePoints(text: string): number {
  let count = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff) count--;
  }
  return count;
}

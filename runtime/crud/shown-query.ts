import { z } from '@hono/zod-openapi';

/** The names that `expand=` or `fields=` asks for, `account,account.owner`: each at most once, none that is not offered. */
export function chosenNames(offered: readonly string[], code: 'expand' | 'fields') {
  return z
    .string()
    .check((context) => {
      const asked = context.value.split(',');
      if (new Set(asked).size === asked.length && asked.every((name) => offered.includes(name))) return;
      context.issues.push({
        code: 'custom',
        params: { code },
        input: context.value,
        message: `must name different ${code === 'expand' ? 'links' : 'fields'} of ${offered.join(', ')}`,
      });
    })
    .transform((text): readonly string[] => offered.filter((name) => text.split(',').includes(name)));
}

/** What a read can show of a row, as compiled text declares it. */
export interface ShownOptions {
  /** Schema of a row: `fields=` takes its keys. */
  readonly row: z.ZodObject;
  /** Paths that `expand=` accepts. */
  readonly expand?: readonly string[];
}

/** What a request wants to be shown of each row. */
export interface Shown {
  /** Links to follow, in the order in which they are offered. */
  readonly expand: readonly string[];
  /** Keys of the row, in its order; none means all. */
  readonly fields: readonly string[];
}

/** The parameters that choose what is shown. */
export function shownParameters({ row, expand }: ShownOptions) {
  return {
    fields: chosenNames(Object.keys(row.shape), 'fields').optional(),
    ...(expand && { expand: chosenNames(expand, 'expand').optional() }),
  };
}

/** What a query chose by those parameters. */
export function shownBy(query: object): Shown {
  const values = new Map<string, unknown>(Object.entries(query));
  return { expand: namesIn(values.get('expand')), fields: namesIn(values.get('fields')) };
}

function namesIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

/** The query of a get. */
export function getQuery(options: ShownOptions) {
  return z.strictObject(shownParameters(options)).transform(shownBy);
}

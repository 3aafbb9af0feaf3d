import { z } from '@hono/zod-openapi';

/** The links that `expand=` asks for, `account,account.owner`: each at most once, none that is not offered. */
export function expandSchema(offered: readonly string[]) {
  return z
    .string()
    .check((context) => {
      const asked = context.value.split(',');
      if (new Set(asked).size === asked.length && asked.every((path) => offered.includes(path))) return;
      context.issues.push({
        code: 'custom',
        params: { code: 'expand' },
        input: context.value,
        message: `must name different links of ${offered.join(', ')}`,
      });
    })
    .transform((text): readonly string[] => offered.filter((path) => text.split(',').includes(path)));
}

/** The query of a get whose row has links to expand. */
export function getQuery(options: { readonly expand: readonly string[] }) {
  return z.strictObject({ expand: expandSchema(options.expand).optional() });
}

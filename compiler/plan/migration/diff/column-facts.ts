/** Functions that give one value to all rows of a statement, so that adding a column with them rewrites nothing. */
const STABLE: readonly string[] = [
  'now',
  'current_timestamp',
  'current_date',
  'current_time',
  'localtimestamp',
  'localtime',
  'transaction_timestamp',
  'statement_timestamp',
  'current_user',
  'current_setting',
  'coalesce',
  'lower',
  'upper',
  'concat',
  'abs',
  'round',
  'to_jsonb',
  'jsonb_build_object',
  'jsonb_build_array',
  'make_interval',
  'make_date',
  'to_timestamp',
  'date_trunc',
];

/** Whether a default may have another value in each row; an unknown function is taken to. */
export function isVolatile(expression: string): boolean {
  const plain = expression.replace(/'(?:[^']|'')*'/g, "''");
  const calls = [...plain.matchAll(/([a-z_][\w.]*)\s*\(/gi)].map((match) => (match[1] ?? '').toLowerCase());
  return calls.some((name) => !STABLE.includes(name) && !TYPES.includes(name));
}

/** Types with sizes look like calls. */
const TYPES: readonly string[] = [
  'numeric',
  'varchar',
  'varying',
  'character',
  'char',
  'timestamp',
  'time',
  'in',
  'any',
];

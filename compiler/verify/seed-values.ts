import type { Column, DatabaseSchema, Table } from '../plan/database/database-schema.ts';
import { quoteLiteral } from '../plan/sql/sql-text.ts';
import { parseTypeName } from '../plan/sql/type-name.ts';

/** SQL values that a column may take, the likeliest first, other ones in each row. */
export function seedValues(schema: DatabaseSchema, table: Table, column: Column, row: number): readonly string[] {
  const single = singleValues(schema, table, column, row);
  if (column.type.array !== true) return column.notNull ? single : [...single, 'null'];
  return [`array[${single[0]}]::${typeText(schema, column)}`, `'{}'`];
}

function typeText(schema: DatabaseSchema, { type }: Column): string {
  return type.enum === true ? `${schema.name}.${type.name}[]` : `${type.name}[]`;
}

function singleValues(schema: DatabaseSchema, table: Table, column: Column, row: number): readonly string[] {
  if (column.type.enum === true) {
    const values = schema.enums.find(({ name }) => name === column.type.name)?.values ?? [];
    return [values.at(row % Math.max(values.length, 1)) ?? '', ...values].map(quoteLiteral);
  }
  const { base, modifiers } = parseTypeName(column.type.name);
  const known = KINDS[base];
  if (known === 'number') return numbers(table, column, row);
  if (known === 'text') return texts(row, modifiers[0]);
  return known === undefined ? ['null'] : known(row).map(quoteLiteral);
}

type Values = (row: number) => readonly string[];

const two = (row: number): string => String((row % 27) + 1).padStart(2, '0');

const KINDS: Readonly<Record<string, 'number' | 'text' | Values>> = {
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  text: 'text',
  'character varying': 'text',
  character: 'text',
  citext: 'text',
  boolean: (row) => [row % 2 === 0 ? 'true' : 'false', 'true', 'false'],
  uuid: (row) => [`00000000-0000-7000-8000-0000000000${two(row)}`],
  json: (row) => [`{"row": ${row}}`],
  jsonb: (row) => [`{"row": ${row}}`],
  date: (row) => [`2026-01-${two(row)}`],
  'timestamp without time zone': (row) => [`2026-01-${two(row)} 08:00:00`],
  'timestamp with time zone': (row) => [`2026-01-${two(row)} 08:00:00+00`],
  'time without time zone': (row) => [`08:${two(row)}:00`],
  interval: (row) => [`${row + 1} days`],
  bytea: (row) => [`\\x${two(row)}`],
  inet: (row) => [`10.0.0.${row + 1}`],
};

/** Limits are in the checks, so their numbers and those beside them are worth a try. */
function numbers({ constraints }: Table, { name }: Column, row: number): readonly string[] {
  const limits = constraints.flatMap((item) =>
    item.kind === 'check' && item.columns.includes(name)
      ? [...item.expression.matchAll(/-?\d+(?:\.\d+)?/g)].map(([text]) => Number(text))
      : [],
  );
  const near = limits.flatMap((limit) => [limit + row, limit - row, limit]);
  return [row + 1, ...near, 0, -1 - row].map(String);
}

function texts(row: number, limit: number | undefined): readonly string[] {
  const values = [
    `seed-${row}`,
    `seed${row}@example.com`,
    `+1555000000${row % 10}`,
    `https://example.com/${row}`,
    row % 2 === 0 ? 'UTC' : 'Asia/Tokyo',
    `${'seed'.repeat(20)}${row}`,
    String(row),
    '',
  ];
  return values.filter((value) => limit === undefined || value.length <= limit).map(quoteLiteral);
}

/** A type's name in its parts: `numeric(10,2)` is `numeric` with `[10, 2]`. */
export interface TypeName {
  readonly base: string;
  readonly modifiers: readonly number[];
}

/** Postgres' short names, by what `format_type()` writes. */
const ALIASES: Readonly<Record<string, string>> = {
  bool: 'boolean',
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  float: 'double precision',
  decimal: 'numeric',
  varchar: 'character varying',
  char: 'character',
  bpchar: 'character',
  timestamp: 'timestamp without time zone',
  timestamptz: 'timestamp with time zone',
  time: 'time without time zone',
  timetz: 'time with time zone',
  varbit: 'bit varying',
};

/** Splits a type's name, short names spelled out. */
export function parseTypeName(name: string): TypeName {
  const text = name.trim().toLowerCase().replace(/\s+/g, ' ');
  const modifiers = /\(([^)]*)\)/.exec(text)?.[1]?.split(',').map(Number) ?? [];
  const base = text.replace(/\s*\([^)]*\)/, '');
  return { base: ALIASES[base] ?? base, modifiers };
}

/** The name as `format_type()` spells it: `varchar(9)` is `character varying(9)`, `timestamptz(3)` is `timestamp(3) with time zone`. */
export function formatTypeName(name: string): string {
  const { base, modifiers } = parseTypeName(name);
  if (modifiers.length === 0) return base;
  const [first = '', ...rest] = base.split(' ');
  const suffix = `(${modifiers.join(',')})`;
  const isTime = first === 'timestamp' || first === 'time';
  return isTime ? [`${first}${suffix}`, ...rest].join(' ') : `${base}${suffix}`;
}

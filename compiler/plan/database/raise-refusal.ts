import { quoteLiteral } from '../sql/sql-text.ts';

/** What a trigger refuses, told as a violated check or a broken link, so that callers need not know it was a trigger. */
export interface Refusal {
  readonly kind?: 'check' | 'foreignKey';
  readonly table: string;
  readonly column?: string;
  /** Name that the error gives for a constraint. */
  readonly constraint: string;
  /** SQL expression. */
  readonly message: string;
}

/** `raise exception ...;` in PL/pgSQL, one attribute a line. */
export function raiseRefusal({ kind = 'check', table, column, constraint, message }: Refusal): readonly string[] {
  return [
    'raise exception using',
    `  errcode = '${STATES[kind]}',`,
    '  schema = tg_table_schema,',
    `  table = ${quoteLiteral(table)},`,
    ...(column === undefined ? [] : [`  column = ${quoteLiteral(column)},`]),
    `  constraint = ${quoteLiteral(constraint)},`,
    `  message = ${message};`,
  ];
}

const STATES = { check: '23514', foreignKey: '23503' } as const;

/** Lines, so much further in. */
export function indented(lines: readonly string[], spaces: number): readonly string[] {
  return lines.map((line) => ' '.repeat(spaces) + line);
}

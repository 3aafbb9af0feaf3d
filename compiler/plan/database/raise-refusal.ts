import { quoteLiteral } from '../sql/sql-text.ts';

/** What a trigger refuses, told as a violated check, so that callers need not know it was a trigger. */
export interface Refusal {
  readonly table: string;
  readonly column?: string;
  /** Name that the error gives for a constraint. */
  readonly constraint: string;
  /** SQL expression. */
  readonly message: string;
  /** SQL expression: the id of the row. */
  readonly row?: string;
}

/** `raise exception ...;` in PL/pgSQL, one attribute a line. */
export function raiseRefusal({ table, column, constraint, message, row }: Refusal): readonly string[] {
  return [
    'raise exception using',
    "  errcode = '23514',",
    '  schema = tg_table_schema,',
    `  table = ${quoteLiteral(table)},`,
    ...(column === undefined ? [] : [`  column = ${quoteLiteral(column)},`]),
    `  constraint = ${quoteLiteral(constraint)},`,
    ...(row === undefined ? [] : [`  detail = ${row},`]),
    `  message = ${message};`,
  ];
}

/** Lines, so much further in. */
export function indented(lines: readonly string[], spaces: number): readonly string[] {
  return lines.map((line) => ' '.repeat(spaces) + line);
}

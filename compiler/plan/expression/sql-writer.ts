import type { Expression } from '../../expression/expression.ts';

/** Where an expression becomes SQL. */
export interface SqlPlace {
  readonly schema: string;
  /** Table of each entity by its name. */
  readonly tables: ReadonlyMap<string, string>;
  /** How the row called `record` is spelled: `new`, an alias; empty for bare columns. */
  readonly record: string;
  /** How the id of that row is spelled where the rows are looked for that link to it; as a column of it unless told. */
  readonly linkedId?: string;
  /** Where Postgres takes immutable functions only: generated columns and predicates of indexes. */
  readonly immutable?: boolean;
}

/** Writes the parts of an expression; what a name is spelled as changes from part to part. */
export interface SqlWriter {
  readonly place: SqlPlace;
  /** A value; conditions yield true or false, never null. */
  readonly value: (expression: Expression) => string;
  /** A condition for `where`: null may stand for false, so that an index can serve it. */
  readonly condition: (expression: Expression) => string;
  /** A condition that is never null. */
  readonly strict: (expression: Expression) => string;
  /** A column of the row that an entity's expression yields. */
  readonly column: (of: Expression, column: string) => string;
  /** `crm.leads`. */
  readonly table: (entity: string) => string;
  /** A new alias, like the name where that is free. */
  readonly alias: (name: string) => string;
  /** The same, where a name stands for a row or a value. */
  readonly bind: (name: string, spelling: string) => SqlWriter;
  /** For the text of a rule: only `record` means something. */
  readonly bindRecord: (spelling: string) => SqlWriter;
}

/** The text as an operand: in parentheses unless it holds together by itself. */
export function enclose(text: string): string {
  return isAtomic(text) ? text : `(${text})`;
}

/** The text as a list for `any`, which takes a query for rows that are items: one of a linked row is empty where the link is. */
export function listOperand(text: string): string {
  return text.startsWith('(select ') ? `coalesce(${text}, '{}')` : text;
}

/** A name, a number, a quoted text with its type, or a call. */
function isAtomic(text: string): boolean {
  if (/^(?:[\w."]+(?:::[\w."]+)?|(?:\w+ )?E?'(?:[^']|'')*'(?:::[\w."]+)?)$/.test(text)) return true;
  return /^\w*\(/.test(text) && closesAtEnd(text);
}

function closesAtEnd(text: string): boolean {
  let depth = 0;
  let quote = '';
  for (const [index, character] of [...text].entries()) {
    if (quote !== '') {
      if (character === quote) quote = '';
      continue;
    }
    if (character === "'" || character === '"') quote = character;
    if (character === '(') depth += 1;
    if (character === ')') depth -= 1;
    if (character === ')' && depth === 0) return index === [...text].length - 1;
  }
  return false;
}

/**
 * What a statement does, in words that hold no value: `select leads`. Names of tables come from the
 * spec or from code; the text itself is not shown, because user code may write values into it.
 */
export function summarizeStatement(text: string): string {
  const [verb] = VERB.exec(text) ?? ['statement'];
  const table = TABLE.exec(text.replace(LITERAL, ''))?.[1];
  return table === undefined ? verb.trim().toLowerCase() : `${verb.trim().toLowerCase()} ${table}`;
}

const VERB = /^\s*(?:select|insert|update|delete|with|merge|begin|commit|rollback)\b/i;
const LITERAL = /'[^']*'/g;
/** The first table named after a keyword, as Kysely quotes it, with or without its schema. */
const TABLE = /\b(?:from|into|update) "(?:\w+"\.")?(\w+)"/i;

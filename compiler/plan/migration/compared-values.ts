import { unquoteIdentifier } from '../sql/sql-text.ts';

const WORD = '(?:"(?:[^"]|"")*"|[A-Za-z_][\\w$]*)';
const TEXT = "'(?:[^']|'')*'";
const COMPARES = '(?:=|<>|is (?:not )?distinct from)';

/** A column compared with a text or some, either way round; texts and names that are no such thing are passed over. */
const COMPARISONS = new RegExp(
  [
    `(?<column>(?:(?:new|old)\\.)?${WORD})(?: ${COMPARES} ${TEXT}| (?:not )?in \\(${TEXT}(?:, ${TEXT})*\\))`,
    `${TEXT} ${COMPARES} (?<other>(?:(?:new|old)\\.)?${WORD})(?![\\w$.(])`,
    `${TEXT} = any \\((?<list>${WORD})\\)`,
    TEXT,
    WORD,
  ].join('|'),
  'g',
);

/** Whatever else may stand beside a comparison would bind tighter, or make a text of the column. */
const BEFORE = /(?:^|[(,]|\b(?:and|or|not|when|then|else))$/;
const AFTER = /^(?:$|[),]|(?:and|or|then|else|end|when|is)\b)/;

/**
 * An expression over the columns of one table with other SQL in the place of each comparison of one of these columns, all
 * of one enum type, with its values as texts: what Postgres keeps as values and not as texts.
 */
export function replaceComparisons(
  expression: string,
  columns: ReadonlySet<string>,
  replace: (comparison: string) => string,
): string {
  return expression.replace(COMPARISONS, (found: string, ...rest) => {
    const groups: Readonly<Record<string, string | undefined>> = rest.at(-1);
    const column = groups['column'] ?? groups['other'] ?? groups['list'];
    if (column === undefined || !columns.has(plainName(column))) return found;
    const offset: number = rest.at(-3);
    const [before, after] = [expression.slice(0, offset), expression.slice(offset + found.length)];
    return BEFORE.test(before.trimEnd()) && AFTER.test(after.trimStart()) ? replace(found) : found;
  });
}

function plainName(column: string): string {
  return unquoteIdentifier(column.replace(/^(?:new|old)\./, ''));
}

/** The texts of a comparison, by others. */
export function replaceTexts(comparison: string, texts: ReadonlyMap<string, string>): string {
  return comparison.replace(new RegExp(TEXT, 'g'), (text) => texts.get(text) ?? text);
}

/** The texts of a comparison, as SQL. */
export function textsOf(comparison: string): readonly string[] {
  return comparison.match(new RegExp(TEXT, 'g')) ?? [];
}

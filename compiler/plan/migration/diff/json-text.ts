import { quoteLiteral } from '../../sql/sql-text.ts';

const BLANKS = '[ \\t\\n\\r]*';
const HEX = '[0-9a-fA-F]';
const PLAIN = '[^"\\\\\\u0001-\\u001f]|\\\\["\\\\/bfnrt]';
/** One character inside a string: `jsonb` decodes it, `json` keeps it as it was written. */
const CHARACTER: Readonly<Record<'json' | 'jsonb', string>> = {
  json: `${PLAIN}|\\\\u${HEX}{4}`,
  jsonb: `${PLAIN}|\\\\u(?!0000|[dD][89a-fA-F])${HEX}{4}|\\\\u[dD][89abAB]${HEX}{2}\\\\u[dD][c-fC-F]${HEX}{2}`,
};
const SCALAR = '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?0*[0-9]{1,4})?(?![0-9.a-zA-Z])|true|false|null';
const VALUE = `${BLANKS}[SV]${BLANKS}`;
const MEMBER = `${BLANKS}S${BLANKS}:${VALUE}`;
const INNERMOST = `\\[(${BLANKS}|${VALUE}(,${VALUE})*)\\]|[{](${BLANKS}|${MEMBER}(,${MEMBER})*)[}]`;

/**
 * Of a text: true where it is no JSON. Postgres has a predicate for that only from version 16 on, so strings become
 * `S` and other values `V`, and the innermost lists and objects become `V` until none is left.
 */
export function isNoJson(value: string, type: 'json' | 'jsonb'): string {
  const strings = `regexp_replace(regexp_replace(${value}, '[SV]', '?', 'g'), ${quoteLiteral(`"(${CHARACTER[type]})*"`)}, 'S', 'g')`;
  const scalars = `regexp_replace(${strings}, ${quoteLiteral(SCALAR)}, 'V', 'g')`;
  const innermost = quoteLiteral(INNERMOST);
  const rounds = `select ${scalars} as json_text union all select regexp_replace(json_text, ${innermost}, 'V', 'g') from json_folded where json_text ~ ${innermost}`;
  return `${value} is not null and not exists (with recursive json_folded as (${rounds}) select from json_folded where json_text ~ ${quoteLiteral(`^${VALUE}$`)})`;
}

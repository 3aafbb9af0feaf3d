import { SQL_KEYWORDS } from './sql-keywords.ts';

/** An identifier as SQL, quoted only where it must be. */
export function quoteIdentifier(name: string): string {
  const plain = /^[a-z_][a-z0-9_]*$/.test(name) && !SQL_KEYWORDS.has(name);
  return plain ? name : `"${name.replaceAll('"', '""')}"`;
}

/** The name that an identifier stands for, quoted or not. */
export function unquoteIdentifier(identifier: string): string {
  return identifier.startsWith('"') ? identifier.slice(1, -1).replaceAll('""', '"') : identifier;
}

/** A list of identifiers: `account_id, "order"`. */
export function quoteIdentifiers(names: readonly string[]): string {
  return names.map(quoteIdentifier).join(', ');
}

/** `public.leads`: objects are always named with their schema, so that no `search_path` can redirect them. */
export function qualify(schema: string, name: string): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/**
 * A text as a SQL literal on one line: with `E'...'` where it holds control characters, so that no text
 * of a spec can begin a line of a migration and be taken for a step marker.
 */
export function quoteLiteral(text: string): string {
  const quoted = text.replaceAll("'", "''");
  if (!/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(text)) return `'${quoted}'`;
  return `E'${quoted.replace(/[\\\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, escapeControl)}'`;
}

function escapeControl(character: string): string {
  return ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Lines between dollar quotes whose tag does not occur in them. */
export function dollarQuote(lines: readonly string[]): string {
  const body = lines.join('\n');
  let tag = '$$';
  for (let count = 1; body.includes(tag) || body.endsWith('$'); count += 1) {
    tag = `$body${count === 1 ? '' : count}$`;
    if (!body.includes(tag)) break;
  }
  return `${tag}\n${body}\n${tag}`;
}

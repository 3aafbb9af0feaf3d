import { raw, type Fragment } from './fragment.ts';

/** A TypeScript string literal in single quotes. */
export function str(text: string): Fragment {
  return raw(quoted(text));
}

/** @throws TypeError when the name is no identifier: names are checked long before they are printed. */
export function ident(name: string): Fragment {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) throw new TypeError(`"${name}" is no identifier.`);
  return raw(name);
}

/** A property name of an object literal or type. */
export function prop(name: string): Fragment {
  // As a plain or quoted key it would set the object's prototype.
  if (name === '__proto__') return raw("['__proto__']");
  return raw(/^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name));
}

/** A number as TypeScript spells it. */
export function num(value: number): Fragment {
  return raw(Object.is(value, -0) ? '0' : String(value));
}

/** A JSON value as a TypeScript literal, on one line. */
export function literal(value: unknown): Fragment {
  return raw(literalText(value));
}

/** A regular expression literal with the `u` flag. */
export function regex(pattern: string): Fragment {
  const source = new RegExp(pattern, 'u').source;
  return raw(`/${source.replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029')}/u`);
}

/** A JSDoc comment of one or more paragraphs. */
export function doc(text: string): Fragment {
  const body = text
    .replaceAll('*/', '*\\/')
    .split(/\r?\n/)
    .map((line) => line.trim());
  if (body.length === 1) return raw(`/** ${body[0]} */`);
  return raw(['/**', ...body.map((line) => (line === '' ? ' *' : ` * ${line}`)), ' */'].join('\n'));
}

/** Nothing in it needs an escape. */
const PLAIN = /^[ -&(-[\]-~]*$/;

function quoted(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const escaped = JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\"', '"')
    .replaceAll("'", "\\'")
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
  return `'${escaped}'`;
}

function literalText(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literalText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${prop(key).parts.join('')}: ${literalText(item)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return Object.is(value, -0) ? '0' : String(value);
}

import pluralize from 'pluralize';
import type { EntityNames, FieldTypeName } from './app.ts';

/** Longest identifier Postgres keeps, in bytes. */
export const MAX_IDENTIFIER = 63;

/** Splits PascalCase or camelCase into lower-case words: `HTTPRequest2` is `http request2`. */
export function words(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(' ');
}

/** `smsConsent` to `sms_consent`. */
export function snakeCase(name: string): string {
  return words(name).join('_');
}

/** `lead note` words to `leadNote`. */
function camelCase(parts: readonly string[]): string {
  return parts.map((part, index) => (index === 0 ? part : capitalised(part))).join('');
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** Every spelling of an entity's name; `table` and `path` are the spec's overrides. */
export function entityNames(
  name: string,
  overrides: { readonly table?: string; readonly path?: string } = {},
): EntityNames {
  const singular = words(name);
  const plural = [...singular.slice(0, -1), pluralize(singular.at(-1) ?? '')];
  return {
    table: overrides.table ?? boundIdentifier(plural, ''),
    path: overrides.path ?? plural.join('-'),
    folder: folderName(singular.join('-')),
    camel: camelCase(singular),
    camelPlural: camelCase(plural),
    words: singular.join(' '),
    wordsPlural: plural.join(' '),
  };
}

/** Windows opens a device of that name instead of a file. */
const DEVICES = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;

function folderName(name: string): string {
  return DEVICES.test(name) ? `${name}-entity` : name;
}

/** Key in bodies and queries: links carry the id, or the ids, of what they point to. */
export function fieldKey(name: string, type: FieldTypeName): string {
  if (type === 'references') return `${singular(name)}Ids`;
  return type === 'reference' ? `${name}Id` : name;
}

/** `relatedTasks` to `relatedTask`. */
export function singular(name: string): string {
  return name.replace(LAST_WORD, (word) => pluralize.singular(word));
}

/** `relatedTask` to `relatedTasks`. */
export function plural(name: string): string {
  return name.replace(LAST_WORD, (word) => pluralize(word));
}

const LAST_WORD = /[A-Z]?[a-z0-9]+$/;

/** SQL table of the pairs that a list of links makes: `tasks_labels`. */
export function pairTableName(table: string, field: string): string {
  return derivedName(table, [snakeCase(field)], '');
}

/** Columns of such a table: the row that has the list, and the row that it names. */
export const PAIR_COLUMNS = { source: 'source_id', target: 'target_id' } as const;

/** SQL column of a field key, shortened where Postgres would cut it. */
export function columnName(key: string): string {
  return boundIdentifier(words(key), '');
}

/** SQL type of an enum field: `lead_status`. */
export function enumTypeName(entity: string, field: string): string {
  return boundIdentifier([snakeCase(entity), snakeCase(field)], '');
}

/**
 * Name of a constraint, index or trigger derived from a table: `leads_email_key`. Past 63 bytes
 * the middle gives way to a hash of the whole, so that names stay unique and never change by chance.
 */
export function derivedName(table: string, parts: readonly string[], suffix: string): string {
  return boundIdentifier([table, ...parts], suffix);
}

function boundIdentifier(parts: readonly string[], suffix: string): string {
  const tail = suffix === '' ? '' : `_${suffix}`;
  const full = parts.join('_') + tail;
  if (full.length <= MAX_IDENTIFIER) return full;
  const hash = fnv1a(full);
  return `${parts.join('_').slice(0, MAX_IDENTIFIER - tail.length - hash.length - 1)}_${hash}${tail}`;
}

/** 64-bit FNV-1a, 13 base-36 digits: enough to keep shortened names apart, and pure. */
function fnv1a(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(36).padStart(13, '0');
}

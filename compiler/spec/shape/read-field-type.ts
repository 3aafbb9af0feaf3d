import { findAlias } from './aliases.ts';
import { suggestWord } from './suggest-word.ts';
import { appSchema, branchesOf } from './schema-node.ts';
import type { SpecValue } from '../spec-value.ts';

/** The type that was meant by a word of another language. */
export interface FieldTypeMeant {
  readonly type: string;
  /** What its arguments say: `decimal(10, 2)` has a precision and a scale. */
  readonly attributes: Readonly<Record<string, SpecValue>>;
  /** Whether it is no guess: a habitual word with one meaning, or arguments that say the rest. */
  readonly isCertain: boolean;
}

/** The names of all field types, planned ones too. */
export function fieldTypes(): readonly string[] {
  return [...branchesOf(appSchema.definitions?.['field'] ?? {}).keys()];
}

/** Reads `varchar(20)`, `DECIMAL(10,2)` or `enum(a, b)`; undefined where no type is near. */
export function readFieldType(written: string): FieldTypeMeant | undefined {
  const [, word = written, list] = /^([^()]*?)\s*\(([^()]*)\)$/.exec(written) ?? [];
  const alias = findAlias('field-type', word);
  const type = suggestWord('field-type', word, fieldTypes()).replacement ?? alias?.word;
  if (type === undefined) return undefined;
  const attributes = list === undefined ? {} : readArguments(type, list.split(',').map(unquote));
  const isHabit = alias?.isCertain === true || word.toLowerCase() === type.toLowerCase();
  const isTold = alias !== undefined && Object.keys(attributes ?? {}).length > 0;
  return { type, attributes: attributes ?? {}, isCertain: (isHabit || isTold) && attributes !== undefined };
}

function unquote(argument: string): string {
  return argument.trim().replace(/^(["'])(.*)\1$/, '$2');
}

function readArguments(type: string, list: readonly string[]): Readonly<Record<string, SpecValue>> | undefined {
  if (type === 'enum') return { values: [...list] };
  if (list.length > 2 || !list.every((one) => /^\d{1,6}$/.test(one))) return undefined;
  const [first = 0, second = 0] = list.map(Number);
  switch (type) {
    case 'decimal':
      return { precision: first, scale: second };
    case 'string':
    case 'text':
      return list.length === 1 ? { maxLength: first } : undefined;
    default:
      return UNSIZED.has(type) ? {} : undefined;
  }
}

/** Their arguments say how to display or store them, which no one sees. */
const UNSIZED: ReadonlySet<string> = new Set(['integer', 'bigint', 'number', 'time', 'datetime']);

import type { Operation } from './document.ts';
import type { JsonObject } from './json.ts';

const TEXT_ID = '^[A-Za-z0-9_~:@|+=-][A-Za-z0-9_~:@|+=.-]*$';

/** Kinds of ids, each with one that no row has and with texts that are none. */
const KINDS = [
  {
    isOf: ({ format }: JsonObject) => format === 'uuid',
    nobody: '00000000-0000-4000-8000-00000000dead',
    none: ['17', 'x', '00000000-0000-4000-8000-00000000dead0', '0000000-0000-4000-8000-00000000deadg'],
  },
  {
    isOf: ({ format }: JsonObject) => format === 'int64',
    nobody: '9100000000000000000',
    none: ['x', '1.5', '007', '9223372036854775808'],
  },
  {
    isOf: ({ pattern }: JsonObject) => pattern === TEXT_ID,
    nobody: 'no|row:has-this',
    none: ['a,b', '.x', 'é', 'a b', 'a'.repeat(256)],
  },
] as const;

/** An id that no row has, of the kind of the schema; `undefined` where values of it are no ids. */
export function nobodyOf(schema: JsonObject): string | undefined {
  return KINDS.find(({ isOf }) => isOf(schema))?.nobody;
}

/** The same for the row that a path names. */
export function nobodyAt({ parameters }: Operation, name: string): string {
  return kindAt(parameters, name).nobody;
}

/** Texts in its place that are no ids. */
export function noIdsAt({ parameters }: Operation): readonly string[] {
  return kindAt(parameters, 'id').none;
}

function kindAt(parameters: Operation['parameters'], name: string): (typeof KINDS)[number] {
  const parameter = parameters.find((candidate) => candidate.in === 'path' && candidate.name === name);
  return KINDS.find(({ isOf }) => isOf(parameter?.schema ?? {})) ?? KINDS[0];
}

/** A text that is an id of no kind. */
export const NO_ID = 'a,b';

import { boundaryCandidates } from './boundary-values.ts';
import { candidate } from './candidates.ts';
import { comparable, isTime } from './compare.ts';
import { list, proseBounds } from './document.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { refusedCandidates, type RefusedValue } from './refused-values.ts';
import type { SchemaCheck } from './schema-check.ts';
import { MAX_BYTES, size } from './value-size.ts';

/** Makes values that a schema admits. */
export interface Values {
  /** Whether the schema, its prose included, admits the value. */
  readonly admits: (schema: JsonObject, value: Json) => boolean;
  /** A value not given for this property before, as long as the schema has one. */
  readonly fresh: (property: string, schema: JsonObject) => Json;
  /** The limits of the schema and other values that are easily lost. */
  readonly boundaries: (schema: JsonObject) => readonly Json[];
  /** Values the schema refuses, each with what is wrong with it. */
  readonly refused: (schema: JsonObject) => readonly RefusedValue[];
}

const ATTEMPTS = 400;

export function createValues(check: SchemaCheck): Values {
  const used = new Map<string, Set<string>>();
  const isValid = (schema: JsonObject, value: Json): boolean =>
    check.against(schema, value) === undefined && isWithinProse(schema, value);

  const fresh = (property: string, schema: JsonObject): Json => {
    const given = used.get(property) ?? new Set<string>();
    used.set(property, given);
    let first: Json | undefined;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const value = candidate(schema, given.size + attempt);
      if (value === undefined || !isValid(schema, value)) continue;
      first ??= value;
      if (given.has(JSON.stringify(value))) continue;
      given.add(JSON.stringify(value));
      return value;
    }
    first ??= list(schema['examples']).find((value) => isValid(schema, value));
    if (first === undefined) throw new Error(`no value is known for ${property}: ${JSON.stringify(schema)}`);
    return first;
  };

  return {
    admits: isValid,
    fresh,
    boundaries: (schema) =>
      distinct(boundaryCandidates(schema)).filter((value) => isValid(schema, value) && size(value) <= MAX_BYTES),
    refused: (schema) => refusedCandidates(schema).filter(({ value }) => !isValid(schema, value)),
  };
}

function distinct(values: readonly Json[]): readonly Json[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** Formats whose bounds JSON Schema has no word for. */
const TOLD_IN_PROSE: readonly Json[] = ['int64', 'decimal', 'date', 'date-time'];

function isWithinProse(schema: JsonObject, value: Json): boolean {
  const { items, description } = schema;
  if (Array.isArray(value) && isObject(items)) {
    return value.every((item) => isWithinProse({ ...items, description: description ?? '' }, item));
  }
  if (typeof value !== 'string' || !(TOLD_IN_PROSE.includes(schema['format'] ?? null) || isTime(schema))) return true;
  const { least, most } = proseBounds(schema);
  const at = ordered(schema, value);
  return (least === undefined || at >= ordered(schema, least)) && (most === undefined || at <= ordered(schema, most));
}

function ordered(schema: JsonObject, value: string): string | bigint {
  return comparable(schema, value) as string | bigint;
}

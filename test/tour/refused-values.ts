import { candidate, itemsOf } from './candidates.ts';
import { proseBounds, typesOf } from './document.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { MAX_BYTES, size } from './value-size.ts';

/** A value and what is wrong with it. */
export interface RefusedValue {
  readonly value: Json;
  readonly why: string;
}

/** Values that schemas of this kind refuse; not all of them refused by this one. */
export function refusedCandidates(schema: JsonObject): readonly RefusedValue[] {
  const types = typesOf(schema);
  const wrong: readonly RefusedValue[] = [
    { value: null, why: 'null' },
    ...(types.length === 1
      ? ([1.5, 'text', true, [], ['text'], {}, { a: 1 }] as const).map((value) => ({ value, why: 'another type' }))
      : []),
  ];
  const { least, most } = proseBounds(schema);
  const numbers: readonly Json[] = [Number(schema['minimum']) - 1, Number(schema['maximum']) + 1].filter(
    Number.isFinite,
  );
  const long = Number(schema['maxLength'] ?? 0);
  const short = Number(schema['minLength'] ?? 0);
  return [
    ...wrong,
    ...numbers.map((value) => ({ value, why: 'beyond a bound' })),
    ...(types[0] === 'integer'
      ? [
          { value: 0.5, why: 'a fraction' },
          { value: 2 ** 31, why: 'no int32' },
          { value: '1', why: 'a number as text' },
        ]
      : []),
    ...(types[0] === 'boolean'
      ? [
          { value: 'true', why: 'a boolean as text' },
          { value: 0, why: 'a boolean as number' },
        ]
      : []),
    ...(long > 0 && long < MAX_BYTES ? [{ value: 'm'.repeat(long + 1), why: 'too long' }] : []),
    ...(short > 0 ? [{ value: 's'.repeat(short - 1), why: 'too short' }] : []),
    ...(schema['enum'] === undefined
      ? []
      : [
          { value: 'no such member', why: 'no member' },
          { value: '', why: 'no member' },
        ]),
    ...(typeof schema['format'] === 'string' && types[0] === 'string'
      ? [
          { value: 'no such format', why: 'the format' },
          { value: '', why: 'the format' },
        ]
      : []),
    ...(schema['pattern'] === undefined ? [] : [{ value: '\u{1F4A5}', why: 'the pattern' }]),
    ...[stepBeyond(schema, least, -1), stepBeyond(schema, most, 1)].flatMap((value) =>
      value === undefined ? [] : [{ value, why: 'beyond a bound told in prose' }],
    ),
    ...refusedItems(schema),
  ];
}

/** A value just outside a bound that is told in prose. */
function stepBeyond(schema: JsonObject, bound: string | undefined, step: number): string | undefined {
  if (bound === undefined) return undefined;
  switch (schema['format']) {
    case 'int64':
      return String(BigInt(bound) + BigInt(step));
    case 'date':
      return new Date(Date.parse(bound) + step * 86_400_000).toISOString().slice(0, 10);
    case 'date-time':
      return new Date(Date.parse(bound) + step).toISOString();
    case 'decimal':
      return String(Number(bound) + step);
    default:
      return undefined;
  }
}

function refusedItems(schema: JsonObject): readonly RefusedValue[] {
  if (!isObject(schema['items'])) return [];
  const items = itemsOf(schema);
  const one = candidate(items, 0) ?? null;
  const tooMany = Array.from({ length: Number(schema['maxItems']) + 1 }, () => one);
  const single = refusedCandidates(items).slice(0, 4);
  return [
    ...(size(tooMany) <= MAX_BYTES ? [{ value: tooMany, why: 'too many items' }] : []),
    ...single.map(({ value, why }) => ({ value: [value], why: `an item: ${why}` })),
  ];
}

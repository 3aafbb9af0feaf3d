import fc, { type Arbitrary } from 'fast-check';
import { list, resolve, typesOf, type Operation, type Parameter } from '../../tour/document.ts';
import type { Json, JsonObject } from '../../tour/json.ts';
import { admitted, basePlan, type Makers, type RequestFamily } from './makers.ts';

/** Requests that the document admits. */
export const documentedRequests: RequestFamily = {
  name: 'as documented',
  weight: 10,
  plans: (operation, makers) =>
    fc
      .tuple(basePlan(operation, makers), admittedQuery(operation, makers))
      .map(([plan, query]) => ({ ...plan, query })),
};

/** Up to three parameters of the query, each as its schema has it. */
export function admittedQuery(operation: Operation, makers: Makers): Arbitrary<readonly (readonly [string, string])[]> {
  const parameters = operation.parameters.filter(({ in: place, name }) => place === 'query' && name !== 'cursor');
  if (parameters.length === 0) return fc.constant([]);
  const pairs = parameters.map((parameter) => admittedParameter(parameter, makers));
  return fc.subarray(pairs, { maxLength: Math.min(3, pairs.length) }).chain((chosen) => fc.tuple(...chosen));
}

function admittedParameter({ name, schema }: Parameter, makers: Makers): Arbitrary<readonly [string, string]> {
  const items = resolve(makers.document, schema['items']);
  if (!typesOf(schema).includes('array'))
    return admitted(schema, makers).map((value) => [name, textOf(value)] as const);
  const single = name === 'sort' ? fc.constantFrom(...list(items['enum']).map(String)) : listItem(items, makers);
  // A sort names each key once, whatever its direction.
  const selector = (item: string): string => (name === 'sort' ? item.replace(/^-/, '') : item);
  return fc
    .uniqueArray(single, { minLength: 1, maxLength: Math.min(Number(schema['maxItems'] ?? 3), 3), selector })
    .map((values) => [name, values.join(',')] as const);
}

/** Lists are split at commas. */
function listItem(items: JsonObject, makers: Makers): Arbitrary<string> {
  return admitted(items, makers)
    .map(textOf)
    .filter((text) => !text.includes(',') && text !== '');
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

import fc from 'fast-check';
import { itemTargetOf, list, propertiesOf, targetOf, type Operation } from '../../tour/document.ts';
import { isObject, type Json, type JsonObject } from '../../tour/json.ts';
import type { Given, Plan } from '../fuzz-request.ts';
import { basePlan, type Makers, type RequestFamily } from './makers.ts';

/** RESTler's Examples: the examples of the document itself; ids of rows in them are those of rows that are there. */
export const examples: RequestFamily = {
  name: 'Examples',
  weight: 1,
  plans: (operation, makers) => {
    const bodies = operation.examples.filter(isObject);
    const queries = exampleQueries(operation);
    const base = basePlan(operation, makers);
    if (bodies.length > 0) {
      return fc.tuple(base, fc.constantFrom(...bodies)).map(([plan, body]): Plan => ({
        ...plan,
        kind: 'Examples',
        body: { kind: 'members', members: membersOf(operation, makers, body) },
      }));
    }
    if (queries.length === 0) return undefined;
    return fc
      .tuple(base, fc.constantFrom(...queries))
      .map(([plan, pair]): Plan => ({ ...plan, kind: 'Examples', query: [pair] }));
  },
};

function exampleQueries({ parameters }: Operation): readonly (readonly [string, string])[] {
  return parameters
    .filter((parameter) => parameter.in === 'query')
    .flatMap(({ name, schema }) => list(schema['examples']).map((value) => [name, textOf(value)] as const));
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function membersOf(
  { body }: Operation,
  { document }: Makers,
  example: JsonObject,
): readonly (readonly [string, Given])[] {
  const properties = propertiesOf(document, body);
  return Object.entries(example).map(([key, value]) => {
    const schema = properties.get(key) ?? {};
    const tag = targetOf(schema);
    const listed = itemTargetOf(schema);
    if (listed !== undefined) return [key, { kind: 'rows', tag: listed, index: 0, count: 1 }] as const;
    return [key, tag === undefined ? { kind: 'value', value } : { kind: 'row', tag, index: 0 }] as const;
  });
}

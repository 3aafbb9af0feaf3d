import fc from 'fast-check';
import { itemTargetOf, list, partBodyOf, propertiesOf, targetOf, type Operation } from '../../tour/document.ts';
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
        body: { kind: 'members', members: membersOf(operation.body, makers, body) },
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
  schema: JsonObject | undefined,
  makers: Makers,
  example: JsonObject,
): readonly (readonly [string, Given])[] {
  const properties = propertiesOf(makers.document, schema);
  return Object.entries(example).map(([key, value]) => [key, givenFor(properties.get(key) ?? {}, makers, value)]);
}

function givenFor(schema: JsonObject, makers: Makers, value: Json): Given {
  const part = partBodyOf(makers.document, schema);
  if (part !== undefined)
    return {
      kind: 'bodies',
      bodies: list(value)
        .filter(isObject)
        .map((body) => membersOf(part, makers, body)),
    };
  const listed = itemTargetOf(schema);
  if (listed !== undefined) return { kind: 'rows', tag: listed, index: 0, count: 1 };
  const tag = targetOf(schema);
  return tag === undefined ? { kind: 'value', value } : { kind: 'row', tag, index: 0 };
}

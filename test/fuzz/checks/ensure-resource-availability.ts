import { isDeepStrictEqual } from 'node:util';
import { parseBody } from '../../tour/answer.ts';
import { sameValue } from '../../tour/compare.ts';
import { list, partBodyOf, propertiesOf, withoutParts } from '../../tour/document.ts';
import { isObject, type Json, type JsonObject } from '../../tour/json.ts';
import type { Check } from '../check.ts';
import type { FuzzExchange } from '../exchange.ts';
import { ask, collectionOf, type FuzzWorld } from '../fuzz-world.ts';

/** Schemathesis' `ensure_resource_availability`: a created row is there, where `Location` says, with the values that were sent. */
export const ensureResourceAvailability: Check = {
  name: 'ensure_resource_availability',
  judge: async (exchange, world) => {
    const { operation, request, answer } = exchange;
    if (!request.isOwnTarget || answer.status >= 300 || !isObject(answer.body)) return [];
    const lost = lostValues(exchange, operation.body, parseBody(request.body ?? 'null'), answer.body);
    const { get } = collectionOf(world, operation) ?? {};
    if (operation.method !== 'post' || answer.status !== 201 || get === undefined) return lost;
    return [...lost, ...(await unavailable(exchange, answer.body, world))];
  },
};

async function unavailable(
  { document, operation, answer }: FuzzExchange,
  row: JsonObject,
  world: FuzzWorld,
): Promise<readonly string[]> {
  const location = answer.headers.get('location') ?? '';
  const found = await ask(world, 'GET', location);
  if (found.status !== 200) return [`the new row at ${location} was answered ${found.status}`];
  return isDeepStrictEqual(found.body, withoutParts(document, operation, row))
    ? []
    : [`at ${location} is another row: ${found.raw.slice(0, 300)}`];
}

/** Values of an accepted body, and of the rows that it brought, which the answer shows otherwise. */
function lostValues(
  exchange: FuzzExchange,
  schema: JsonObject | undefined,
  sent: Json | undefined,
  row: Json | undefined,
): readonly string[] {
  const { document, request } = exchange;
  if (!isObject(sent) || !isObject(row)) return [];
  return [...propertiesOf(document, schema)].flatMap(([key, property]) => {
    if (!Object.hasOwn(sent, key) || !Object.hasOwn(row, key)) return [];
    const value = sent[key] ?? null;
    const part = partBodyOf(document, property);
    if (part !== undefined && Array.isArray(value)) {
      const shown = list(row[key]);
      if (shown.length !== value.length) return [`${key} has ${shown.length} rows after ${value.length} were sent`];
      return value.flatMap((body, index) => lostValues(exchange, part, body, shown[index]));
    }
    if (sameValue(property, value, row[key])) return [];
    // Numbers as only JSON writes them are another matter.
    if (request.expectation !== 'accepted' && typeof value !== 'string') return [];
    return [`${key} is ${JSON.stringify(row[key])} after ${JSON.stringify(value)} was sent`];
  });
}

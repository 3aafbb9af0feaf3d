import { isDeepStrictEqual } from 'node:util';
import { parseBody } from '../../tour/answer.ts';
import { sameValue } from '../../tour/compare.ts';
import { propertiesOf } from '../../tour/document.ts';
import { isObject, type JsonObject } from '../../tour/json.ts';
import type { Check } from '../check.ts';
import type { FuzzExchange } from '../exchange.ts';
import { ask, collectionOf, type FuzzWorld } from '../fuzz-world.ts';

/** Schemathesis' `ensure_resource_availability`: a created row is there, where `Location` says, with the values that were sent. */
export const ensureResourceAvailability: Check = {
  name: 'ensure_resource_availability',
  judge: async (exchange, world) => {
    const { operation, request, answer } = exchange;
    if (!request.isOwnTarget || answer.status >= 300 || !isObject(answer.body)) return [];
    const lost = lostValues(exchange, answer.body);
    const { get } = collectionOf(world, operation) ?? {};
    if (operation.method !== 'post' || answer.status !== 201 || get === undefined) return lost;
    return [...lost, ...(await unavailable(exchange, world))];
  },
};

async function unavailable({ answer }: FuzzExchange, world: FuzzWorld): Promise<readonly string[]> {
  const location = answer.headers.get('location') ?? '';
  const found = await ask(world, 'GET', location);
  if (found.status !== 200) return [`the new row at ${location} was answered ${found.status}`];
  return isDeepStrictEqual(found.body, answer.body)
    ? []
    : [`at ${location} is another row: ${found.raw.slice(0, 300)}`];
}

/** Values of an accepted body that the answer shows otherwise. */
function lostValues({ document, operation, request }: FuzzExchange, row: JsonObject): readonly string[] {
  const sent = parseBody(request.body ?? 'null');
  if (!isObject(sent)) return [];
  return [...propertiesOf(document, operation.body)].flatMap(([key, schema]) => {
    if (!Object.hasOwn(sent, key) || !Object.hasOwn(row, key)) return [];
    const value = sent[key] ?? null;
    if (sameValue(schema, value, row[key])) return [];
    // Numbers as only JSON writes them are another matter.
    if (request.expectation !== 'accepted' && typeof value !== 'string') return [];
    return [`${key} is ${JSON.stringify(row[key])} after ${JSON.stringify(value)} was sent`];
  });
}

import { createClient } from './client.ts';
import { operationsOf, propertiesOf, requiredOf, targetOf, type Document } from './document.ts';
import { createSchemaCheck } from './schema-check.ts';
import type { TourReport } from './tour.ts';
import { createValues } from './values.ts';

const SOME_ID = '00000000-0000-4000-8000-00000000dead';

/** Calls every operation while the database is gone: each answers 503 and says when to try again. */
export async function tourOutage(base: string, document: Document): Promise<TourReport> {
  const failures: string[] = [];
  const check = createSchemaCheck(document);
  const client = createClient(base, document, check, (failure) => failures.push(failure));
  const values = createValues(check);
  for (const operation of operationsOf(document)) {
    const properties = propertiesOf(document, operation.body);
    // An empty patch reads the row, any other writes it; both need the database.
    const keys = operation.method === 'post' ? requiredOf(operation.body) : [...properties.keys()].slice(0, 1);
    const body = Object.fromEntries(
      keys.map((key) => {
        const schema = properties.get(key) ?? {};
        return [
          key,
          targetOf(schema) === undefined ? values.fresh(`${operation.id}.${key}`, schema) : SOME_ID,
        ] as const;
      }),
    );
    const answer = await client.send(operation, { id: SOME_ID, ...(operation.body && { body }) });
    if (answer.status !== 503) failures.push(`${operation.id} answered ${answer.status} without its database`);
  }
  client.close();
  return { failures, seen: client.seen };
}

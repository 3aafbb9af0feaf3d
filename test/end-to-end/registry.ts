import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { list, operationsOf, requiredOf, resolve, type Document, type Operation } from '../tour/document.ts';
import type { JsonObject } from '../tour/json.ts';
import { runNode } from './compiled-backend.ts';

/** Prints what the routes of a backend themselves declare; nothing is asked of the database. */
const SCRIPT = `
import { createBackend } from '#runtime/server/create-backend.ts';
import { createLog } from '#runtime/observability/log.ts';
import { api, resources } from '../app/app.ts';
const services = { database: {}, secret: new Uint8Array(32), log: createLog('silent'), openapi: '{}' };
const app = createBackend({ api, resources, hooks: {}, routes: () => {} }, services);
console.log(JSON.stringify(app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: 'routes', version: '1' } })));
`;

/** The document that zod-openapi makes of the compiled routes. */
export async function readRegistry(folder: string): Promise<Document> {
  writeFileSync(join(folder, 'test/registry.ts'), SCRIPT);
  const { code, stdout, stderr } = await runNode(folder, ['test/registry.ts']);
  if (code !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Document;
}

/** What a client must know of an operation, in a form that two documents can be compared by. */
export function contractsOf(document: Document): Readonly<Record<string, object>> {
  return Object.fromEntries(
    operationsOf(document).map((operation) => [
      `${operation.method} ${operation.path}`,
      contractOf(document, operation),
    ]),
  );
}

function contractOf(document: Document, { id, parameters, body, responses }: Operation): object {
  return {
    operationId: id,
    // Headers are read by the runtime for all routes alike, and no route declares them.
    parameters: parameters
      .filter((parameter) => parameter.in !== 'header')
      .map(({ name, in: place }) => `${place} ${name}`)
      .toSorted(),
    statuses: Object.keys(responses).toSorted(),
    properties: Object.keys(resolve(document, body?.['properties'])).toSorted(),
    required: requiredOf(body).toSorted(),
    answers: Object.entries(responses)
      .flatMap(([status, response]) => {
        const content = resolve(document, resolve(document, response)['content']);
        return Object.entries(content).map(([type, media]) => {
          const schema = wholeOf(document, resolve(document, resolve(document, media)['schema']));
          return `${status} ${type} ${Object.keys(resolve(document, schema['properties'])).toSorted().join()} (${list(schema['required']).toSorted().join()})`;
        });
      })
      .toSorted(),
  };
}

/** Of a row or its part the row. */
function wholeOf(document: Document, schema: JsonObject): JsonObject {
  const [whole] = list(schema['anyOf']);
  return whole === undefined ? schema : resolve(document, whole);
}

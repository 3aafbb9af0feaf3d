import type { App, Entity } from '../../model/app.ts';
import type { JsonSchema } from '../../model/field-types.ts';
import type { Resource } from '../../plan/resource.ts';
import type { Emitter } from '../emitter.ts';
import { jsonText } from '../json-text.ts';
import { prose } from '../text/markdown.ts';
import { componentNames, type ComponentNames } from './component-names.ts';
import { entitySchemas } from './entity-schemas.ts';
import { resourcePaths } from './operations.ts';
import { sharedParameters } from './parameters.ts';
import { problemResponses, problemSchema } from './problem.ts';
import { createdSchema, sharedHeaders } from './responses.ts';
import { usedComponents, type Components } from './used-components.ts';

/** Prints `app/docs/openapi.json`, OpenAPI 3.1. */
export const emitOpenApi: Emitter = ({ app, resources }) => [
  { path: 'app/docs/openapi.json', text: jsonText(openApiDocument(app, resources)), owner: 'compiler' },
];

function openApiDocument(app: App, resources: readonly Resource[]): JsonSchema {
  const names = componentNames(resources);
  const offered = resources.filter(({ routes }) => routes.length > 0);
  const paths = Object.assign({}, ...offered.map((resource) => resourcePaths(resource, names)));
  return {
    openapi: '3.1.0',
    info: infoOf(app),
    servers: [
      { url: '/', description: 'Wherever the server listens: local, staging or production.', 'x-internal': false },
    ],
    tags: offered.map(({ entity }) => tagOf(entity)),
    paths,
    components: usedComponents(paths, allComponents(offered, names)),
    security: [],
  };
}

function infoOf({ name, description }: App): JsonSchema {
  return {
    title: name,
    ...(description !== undefined && { description: prose(description) }),
    version: '1.0.0',
    license: { name: 'All rights reserved', identifier: 'LicenseRef-AllRightsReserved' },
  };
}

function tagOf({ name, names, description }: Entity): JsonSchema {
  return { name, description: description === undefined ? `All about ${names.wordsPlural}.` : prose(description) };
}

function allComponents(resources: readonly Resource[], names: ComponentNames): Components {
  const entities = resources.map((resource) => entitySchemas(resource, names));
  const shared = { [names.created]: createdSchema, [names.problem]: problemSchema };
  return {
    schemas: Object.assign({}, ...entities, shared),
    parameters: sharedParameters,
    headers: sharedHeaders,
    responses: problemResponses(names.problem),
  };
}

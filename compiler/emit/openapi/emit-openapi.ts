import type { App, Entity } from '../../model/app.ts';
import type { JsonSchema } from '../../model/field-types.ts';
import { jsonLines } from '../../model/json-lines.ts';
import type { Resource } from '../../plan/resource.ts';
import type { Emitter } from '../emitter.ts';
import { jsonObject } from '../json-text.ts';
import { prose } from '../text/markdown.ts';
import { componentNames, type ComponentNames } from './component-names.ts';
import { entitySchemas } from './entity-schemas.ts';
import { resourcePaths } from './operations.ts';
import { sharedParameters } from './parameters.ts';
import { problemResponses, problemSchema } from './problem.ts';
import { printAll, printedObject } from './printed-schema.ts';
import { createdSchema, sharedHeaders } from './responses.ts';
import { usedComponents, type Components } from './used-components.ts';

/** Prints `app/docs/openapi.json`, OpenAPI 3.1. */
export const emitOpenApi: Emitter = ({ app, resources }) => [
  { path: 'app/docs/openapi.json', text: `${openApiText(app, resources)}\n`, owner: 'compiler' },
];

/** What is said of one entity is printed before the next is looked at: thousands of them would be a large tree. */
function openApiText(app: App, resources: readonly Resource[]): string {
  const names = componentNames(resources);
  const offered = resources.filter(({ routes }) => routes.length > 0);
  const paths = new Map(offered.flatMap((resource) => printAll(resourcePaths(resource, names), 2)));
  const components = usedComponents([...paths.values()], allComponents(offered, names));
  const servers = [
    { url: '/', description: 'Wherever the server listens: local, staging or production.', 'x-internal': false },
  ];
  return jsonObject(
    [
      ['openapi', jsonLines('3.1.0')],
      ['info', jsonLines(infoOf(app), { depth: 1 })],
      ['servers', jsonLines(servers, { depth: 1 })],
      [
        'tags',
        jsonLines(
          offered.map(({ entity }) => tagOf(entity)),
          { depth: 1 },
        ),
      ],
      ['paths', printedObject(paths, 1)],
      [
        'components',
        jsonObject(
          [...components].map(([kind, members]) => [kind, printedObject(members, 2)]),
          1,
        ),
      ],
      ['security', jsonLines([])],
    ],
    0,
  );
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
  const entities = resources.flatMap((resource) => printAll(entitySchemas(resource, names), 3));
  const { uuid, bigint, string } = names.created;
  const created = {
    [uuid]: createdSchema('uuid'),
    [bigint]: createdSchema('bigint'),
    [string]: createdSchema('string'),
  };
  const shared = printAll({ ...created, [names.problem]: problemSchema }, 3);
  return new Map([
    ['schemas', new Map([...entities, ...shared])],
    ['parameters', new Map(printAll(sharedParameters, 3))],
    ['headers', new Map(printAll(sharedHeaders, 3))],
    ['responses', new Map(printAll(problemResponses(names.problem), 3))],
  ]);
}

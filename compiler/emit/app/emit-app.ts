import { entityFolder, entityIdentifiers } from '../crud/entity-symbols.ts';
import type { Emitter } from '../emitter.ts';
import { lines, nothing, symbol, ts, typeSymbol } from '../text/fragment.ts';
import { num, prop, str } from '../text/quote.ts';
import { sourceFile } from '../text/source-file.ts';

/** `app.ts`: the registry of resources, one line an entity, and the constants of the API. */
export const emitApp: Emitter = ({ app, resources }) => {
  const served = resources.filter(({ routes }) => routes.length > 0);
  const members = served.map(({ entity }) => {
    const resource = symbol(
      entityIdentifiers(entity).resource,
      `./${entityFolder(entity).slice('app/'.length)}/routes.ts`,
    );
    return ts`${prop(entity.names.camel)}: ${resource},`;
  });
  return [
    sourceFile(
      'app/app.ts',
      ts`/** Every resource of the API, one line an entity. */
export const resources = {
  ${members.length === 0 ? nothing : lines(members)}
};

/** User code around the operations, by resource; see custom/hooks.ts. */
export type Hooks = ${typeSymbol('HooksOf', '#runtime/crud/hooks.ts')}<typeof resources>;

/** What the API is called, how much it takes, where its tables are. */
export const api: ${typeSymbol('ApiOptions', '#runtime/server/create-backend.ts')} = {
  name: ${str(app.name)},
  basePath: ${str(app.api.basePath)},
  bodyLimit: ${num(app.api.bodyLimit)},
  schema: ${str(app.database.schema)},
};`,
    ),
  ];
};

import { constraintFacts } from '../../plan/database/constraints.ts';
import { archivedColumns } from '../../plan/database/archive.ts';
import type { Emitter } from '../emitter.ts';
import { emitHooks } from './emit-hooks.ts';
import { emitRepository } from './emit-repository.ts';
import { emitRoutes } from './emit-routes.ts';
import { emitSchema } from './emit-schema.ts';

/** The four files of each entity that has a route. */
export const emitCrud: Emitter = ({ app, resources, schema }) =>
  resources
    .filter(({ routes }) => routes.length > 0)
    .flatMap((resource) => [
      emitSchema(resource),
      emitRepository(
        app,
        resource,
        constraintFacts(app, resource.entity, schema),
        archivedColumns(resource.entity, schema),
      ),
      emitRoutes(resource),
      emitHooks(resource),
    ]);

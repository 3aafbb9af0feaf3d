import type { App } from '../../compiler/model/app.ts';
import type { EmitInput, Emitter } from '../../compiler/emit/emitter.ts';
import { buildDatabaseSchema } from '../../compiler/plan/database/build-database-schema.ts';
import { planResources } from '../../compiler/plan/resource.ts';

/** What emitters get for an app. */
export function emitInput(app: App, options: Partial<EmitInput> = {}): EmitInput {
  return {
    app,
    resources: planResources(app),
    schema: buildDatabaseSchema(app),
    migrations: ['0001_create_all_00000000'],
    ticks: {},
    dependencies: [],
    ...options,
  };
}

/** Texts by path. */
export function emitAll(emitters: readonly Emitter[], input: EmitInput): ReadonlyMap<string, string> {
  return new Map(emitters.flatMap((emit) => emit(input)).map(({ path, text }) => [path, text]));
}

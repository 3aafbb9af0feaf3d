import type { App } from '../model/app.ts';
import type { CustomDependency } from '../plan/custom-dependencies.ts';
import type { DatabaseSchema } from '../plan/database/database-schema.ts';
import type { Resource } from '../plan/resource.ts';
import type { OutputFile } from './file.ts';

/** Everything an emitter may print: the model and what was planned from it. */
export interface EmitInput {
  readonly app: App;
  /** One for each entity, in code-unit order of the entity's name. */
  readonly resources: readonly Resource[];
  readonly schema: DatabaseSchema;
  /** Ids of all migrations in the order of the parent chain, the new draft last. */
  readonly migrations: readonly string[];
  /** A person's ticks of the checklist, `custom/todos.yaml`: item id to note. */
  readonly ticks: Readonly<Record<string, string>>;
  /** Packages of the user's code, `custom/dependencies.json`. */
  readonly dependencies: readonly CustomDependency[];
}

/** Prints files and decides nothing; it cannot fail on user input. */
export type Emitter = (input: EmitInput) => readonly OutputFile[];

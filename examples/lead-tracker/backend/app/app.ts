// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import type { HooksOf } from '#runtime/crud/hooks.ts';
import type { ApiOptions } from '#runtime/server/create-backend.ts';
import { accountResource } from './crud/account/routes.ts';
import { leadNoteResource } from './crud/lead-note/routes.ts';
import { leadResource } from './crud/lead/routes.ts';

/** Every resource of the API, one line an entity. */
export const resources = {
  account: accountResource,
  lead: leadResource,
  leadNote: leadNoteResource,
};

/** User code around the operations, by resource; see custom/hooks.ts. */
export type Hooks = HooksOf<typeof resources>;

/** What the API is called, how much it takes, where its tables are. */
export const api: ApiOptions = {
  name: 'lead-tracker',
  basePath: '',
  bodyLimit: 1048576,
  schema: 'public',
};

// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import { testApi } from '#runtime/testing/test-api.ts';
import { api, resources } from '../app/app.ts';

await testApi(
  {
    api,
    resources,
    backend: new URL('..', import.meta.url),
  },
  [
    import('./crud/account.ts'),
    import('./crud/lead.ts'),
    import('./crud/lead-note.ts'),
  ],
);

// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import type { z } from '@hono/zod-openapi';
import type { HooksAround } from '#runtime/crud/hooks.ts';
import type { DB } from '../../database.ts';
import type { LeadCreate, LeadPatch, LeadRow } from './schema.ts';

/** User code around the operations of this entity; see custom/hooks.ts. */
export type LeadHooks = HooksAround<
  DB,
  z.output<typeof LeadRow>,
  z.output<typeof LeadCreate>,
  z.output<typeof LeadPatch>
>;

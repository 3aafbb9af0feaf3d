// Compiled by supercompile from app.yaml. Edit the spec, not this file: the next build replaces it.
// Your own code and notes live in custom/.
import type { z } from '@hono/zod-openapi';
import type { HooksAround } from '#runtime/crud/hooks.ts';
import type { DB } from '../../database.ts';
import type { LeadNoteCreate, LeadNoteRow } from './schema.ts';

/** User code around the operations of this entity; see custom/hooks.ts. */
export type LeadNoteHooks = HooksAround<
  DB,
  z.output<typeof LeadNoteRow>,
  z.output<typeof LeadNoteCreate>,
  never
>;

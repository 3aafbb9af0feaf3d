import type { Emitter } from '../emitter.ts';
import { emitOpenApi } from '../openapi/emit-openapi.ts';
import { emitAccessDocument } from './access-document.ts';
import { emitApiDocument } from './api-document.ts';
import { emitChecklist } from './checklist-document.ts';
import { emitErdDocument } from './erd-document.ts';
import { emitOverview } from './overview-document.ts';
import { emitRulesDocument } from './rules-document.ts';
import { emitServerLoginSql } from './server-login-sql.ts';
import { emitSupabaseDocument } from './supabase-document.ts';

/** Everything in `app/docs/`, and the overview. */
export const documentEmitters: readonly Emitter[] = [
  emitAccessDocument,
  emitApiDocument,
  emitChecklist,
  emitErdDocument,
  emitOpenApi,
  emitOverview,
  emitRulesDocument,
  emitServerLoginSql,
  emitSupabaseDocument,
];

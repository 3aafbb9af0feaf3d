import type { DatabaseSchema } from '../../database/database-schema.ts';
import { unconsented, type Hazard } from '../hazards.ts';
import { NO_INTENTS, type Intents } from '../intent/intents.ts';
import type { Operation } from '../operations.ts';
import { compareTables } from './compare-tables.ts';
import { contestedNames } from './contested-names.ts';
import { warnOfDeferredChecks } from './deferred-checks.ts';
import { diffColumns } from './diff-columns.ts';
import { diffConstraints } from './diff-constraints.ts';
import { diffEnums } from './diff-enums.ts';
import { diffExtensions } from './diff-extensions.ts';
import { diffFunctions } from './diff-functions.ts';
import { diffIndexes } from './diff-indexes.ts';
import { diffOrigins } from './diff-origins.ts';
import { diffSecurity } from './diff-security.ts';
import { diffTables } from './diff-tables.ts';
import { diffTriggers } from './diff-triggers.ts';
import { diffViews } from './diff-views.ts';
import { createDraft, type Draft } from './draft.ts';
import { lookAlikes } from './look-alikes.ts';
import { warnOfMergedValues } from './merged-values.ts';
import type { Refusal } from './refusal.ts';
import { renameObjects } from './rename-objects.ts';
import { schemaProblems } from './schema-problem.ts';
import { standAside } from './stand-aside.ts';
import type { Comparison } from './table-pair.ts';
import { untouchedTables } from './untouched.ts';

export interface SchemaDiff {
  /** In the order to run. Folded into the old schema they give the new one. */
  readonly operations: readonly Operation[];
  readonly hazards: readonly Hazard[];
  /** Hazards that the author has yet to consent to. */
  readonly unconsented: readonly Hazard[];
  /** With any, the operations are nothing to go by. */
  readonly refusals: readonly Refusal[];
}

/** What leads from one schema to another, and what it may do on the way. */
export function diffSchemas(from: DatabaseSchema, to: DatabaseSchema, intents: Intents = NO_INTENTS): SchemaDiff {
  if (from.name !== to.name) return refused([{ kind: 'schemaRenamed', from: from.name, to: to.name }]);
  const problems = schemaProblems(to);
  if (problems.length > 0) return refused(problems);
  const draft = createDraft();
  const renamed = renameObjects(from, to, intents, draft);
  if (draft.refusals().length > 0) return refused(draft.refusals());
  draft.refuse(...lookAlikes(renamed.schema, to, intents));
  const comparison = compareTables(renamed, to, intents);
  diffObjects(comparison, draft);
  diffOrigins(comparison, draft);
  const hazards = draft.hazards();
  return {
    operations: draft.operations(),
    hazards,
    unconsented: unconsented(hazards, intents.isAllowed),
    refusals: draft.refusals(),
  };
}

function refused(refusals: readonly Refusal[]): SchemaDiff {
  return { operations: [], hazards: [], unconsented: [], refusals };
}

function diffObjects(comparison: Comparison, draft: Draft): void {
  const contested = contestedNames(comparison.from, comparison.to);
  diffExtensions(comparison, draft);
  diffViews(comparison, draft);
  diffEnums(comparison, draft);
  diffTables(comparison, contested, draft);
  const untouched = untouchedTables(comparison);
  for (const pair of comparison.pairs.filter((item) => !untouched.has(item))) {
    diffColumns(comparison, pair, draft);
    diffConstraints(comparison, pair, contested, draft);
    diffIndexes(comparison, pair, contested, draft);
    warnOfMergedValues(comparison, pair, draft);
    diffTriggers(comparison, pair, draft);
    warnOfDeferredChecks(comparison, pair, draft);
    standAside(comparison, pair, draft);
    diffSecurity(comparison, pair, draft);
  }
  diffFunctions(comparison, draft);
}

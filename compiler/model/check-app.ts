import { checkContradictions, checkReadOnlyValues, checkSetNull } from './checks/attributes.ts';
import { checkBounds } from './checks/bounds.ts';
import type { Check, CheckInput } from './checks/check.ts';
import { checkComputed } from './checks/computed.ts';
import { checkClientIds } from './checks/client-ids.ts';
import { checkDatabaseNames } from './checks/database-names.ts';
import { checkDanglingValues } from './checks/dangling-values.ts';
import { checkDuplicateLists } from './checks/duplicate-lists.ts';
import { checkEntityNameClashes, checkEntityNames } from './checks/entity-names.ts';
import { checkFieldLists } from './checks/field-lists.ts';
import { checkFieldNameClashes, checkInheritedNames, checkReservedFieldNames } from './checks/field-names.ts';
import { checkExpand } from './checks/followed-links.ts';
import { checkBulk, checkDuplicateGrants, checkUpdateGrants } from './checks/grants.ts';
import { checkFrozenTotals } from './checks/frozen-totals.ts';
import { checkIndexSizes } from './checks/index-size.ts';
import { checkFilterPaths } from './checks/filter-paths.ts';
import { checkInverses } from './checks/inverses.ts';
import { checkRuleNames } from './checks/rule-names.ts';
import { checkJsonSchemas } from './checks/json-schemas.ts';
import { checkLinkNames } from './checks/link-names.ts';
import { checkLiterals } from './checks/literals.ts';
import { checkFormerValues, checkMigrationNotes } from './checks/migration-notes.ts';
import { checkNoOverlaps } from './checks/no-overlaps.ts';
import { checkPageSizes } from './checks/page-sizes.ts';
import { checkParts } from './checks/parts.ts';
import { checkPatterns } from './checks/patterns.ts';
import { checkReferenceCycles } from './checks/reference-cycles.ts';
import { checkReferenceTargets } from './checks/reference-targets.ts';
import { checkBodyLimit, checkRoutes, checkTables } from './checks/routes.ts';
import { checkRounding } from './checks/rounding.ts';
import { checkSearchSizes } from './checks/search-size.ts';
import { checkSoftDelete } from './checks/soft-delete.ts';
import { checkTransitions } from './checks/transitions.ts';
import { checkUpserts } from './checks/upserts.ts';

/** Everything that makes a well-formed spec meaningless; a new rule is a new file and a new line. */
const checks: readonly Check[] = [
  checkEntityNames,
  checkEntityNameClashes,
  checkRoutes,
  checkTables,
  checkBodyLimit,
  checkReservedFieldNames,
  checkInheritedNames,
  checkFieldNameClashes,
  checkLinkNames,
  checkContradictions,
  checkReadOnlyValues,
  checkComputed,
  checkRounding,
  checkReferenceTargets,
  checkInverses,
  checkRuleNames,
  checkParts,
  checkSetNull,
  checkReferenceCycles,
  checkBounds,
  checkPatterns,
  checkJsonSchemas,
  checkTransitions,
  checkDanglingValues,
  checkLiterals,
  checkFieldLists,
  checkFilterPaths,
  checkExpand,
  checkIndexSizes,
  checkNoOverlaps,
  checkSearchSizes,
  checkDuplicateLists,
  checkDatabaseNames,
  checkPageSizes,
  checkDuplicateGrants,
  checkUpdateGrants,
  checkBulk,
  checkClientIds,
  checkUpserts,
  checkSoftDelete,
  checkFrozenTotals,
  checkMigrationNotes,
  checkFormerValues,
];

/** Reports every problem of meaning, all in one run. */
export function checkApp(input: CheckInput): void {
  for (const check of checks) check(input);
}

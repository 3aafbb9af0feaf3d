import type { ConformanceCheck } from './check.ts';
import { contentTypeConformance } from './checks/content-type-conformance.ts';
import { responseHeadersConformance } from './checks/response-headers-conformance.ts';
import { responseSchemaConformance } from './checks/response-schema-conformance.ts';
import { statusCodeConformance } from './checks/status-code-conformance.ts';

/** What every answer to an operation of the document is held to; an undeclared status comes first. */
export const CONFORMANCE_CHECKS: readonly ConformanceCheck[] = [
  statusCodeConformance,
  contentTypeConformance,
  responseHeadersConformance,
  responseSchemaConformance,
];

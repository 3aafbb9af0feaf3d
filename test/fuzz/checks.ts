import type { Check } from './check.ts';
import { allowHeaderConformance } from './checks/allow-header-conformance.ts';
import { ensureResourceAvailability } from './checks/ensure-resource-availability.ts';
import { idempotentReplay } from './checks/idempotent-replay.ts';
import { ignoredAuth } from './checks/ignored-auth.ts';
import { leakageRule } from './checks/leakage-rule.ts';
import { maxResponseTime } from './checks/max-response-time.ts';
import { missingRequiredHeader } from './checks/missing-required-header.ts';
import { nameSpaceRule } from './checks/name-space-rule.ts';
import { negativeDataRejection } from './checks/negative-data-rejection.ts';
import { notAServerError } from './checks/not-a-server-error.ts';
import { positiveDataAcceptance } from './checks/positive-data-acceptance.ts';
import { problemDetails } from './checks/problem-details.ts';
import { resourceHierarchy } from './checks/resource-hierarchy.ts';
import { unsupportedMethod } from './checks/unsupported-method.ts';
import { useAfterFree } from './checks/use-after-free.ts';
import { CONFORMANCE_CHECKS } from './conformance-checks.ts';

/** Everything the fuzzer checks. What asks nothing of the server comes first, and what is stored is looked at before more is sent. */
export const CHECKS: readonly Check[] = [
  notAServerError,
  ...CONFORMANCE_CHECKS,
  problemDetails,
  negativeDataRejection,
  positiveDataAcceptance,
  maxResponseTime,
  leakageRule,
  idempotentReplay,
  ensureResourceAvailability,
  useAfterFree,
  resourceHierarchy,
  missingRequiredHeader,
  unsupportedMethod,
  allowHeaderConformance,
  ignoredAuth,
  nameSpaceRule,
];

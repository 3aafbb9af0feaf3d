import { resolve } from '../../tour/document.ts';
import type { ConformanceCheck } from '../check.ts';

/** Schemathesis' `status_code_conformance`: the operation declares the status. */
export const statusCodeConformance: ConformanceCheck = {
  name: 'status_code_conformance',
  judge: ({ document, operation, answer }) => {
    const response = resolve(document, operation.responses[String(answer.status)]);
    return Object.keys(response).length === 0 ? ['the status is not declared'] : [];
  },
};

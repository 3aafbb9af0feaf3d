import type { ConformanceCheck } from '../check.ts';

/** Schemathesis' `not_a_server_error`: whatever a client sends, the answer is no 5xx. */
export const notAServerError: ConformanceCheck = {
  name: 'not_a_server_error',
  judge: ({ answer }) => (answer.status >= 500 ? [`the answer is ${answer.status}`] : []),
};

import type { Check } from '../check.ts';

const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404, 409]);

/** Schemathesis' `positive_data_acceptance`: what the document admits is 2xx, 401, 403, 404 or 409. */
export const positiveDataAcceptance: Check = {
  name: 'positive_data_acceptance',
  judge: ({ request, answer }) =>
    request.expectation === 'accepted' && answer.status >= 300 && !REFUSALS.has(answer.status)
      ? [`what the document admits was answered ${answer.status}`]
      : [],
};

import type { Check } from '../check.ts';

/** Schemathesis has 400, 401, 403, 404, 422 and 428; content of another type or size is refused by its own status. */
const REFUSALS: ReadonlySet<number> = new Set([400, 401, 403, 404, 413, 415, 422, 428]);

/** Schemathesis' `negative_data_rejection`: what the document does not admit is refused. */
export const negativeDataRejection: Check = {
  name: 'negative_data_rejection',
  judge: ({ request: { expectation }, answer: { status } }) => {
    if (expectation !== 'refused' && expectation !== 'unlinked') return [];
    const isRefused = REFUSALS.has(status) || (expectation === 'unlinked' && status === 409);
    return isRefused ? [] : [`what the document does not admit was answered ${status}`];
  },
};

import { errorsOf, type Answer } from '../../tour/answer.ts';
import { breaksCheck } from '../../tour/world.ts';
import type { Check } from '../check.ts';

const REFUSALS: ReadonlySet<number> = new Set([401, 403, 404, 409]);

/** Schemathesis' `positive_data_acceptance`: what the document admits is 2xx, 401, 403, 404 or 409. */
export const positiveDataAcceptance: Check = {
  name: 'positive_data_acceptance',
  judge: ({ request, answer }) =>
    request.expectation === 'accepted' &&
    answer.status >= 300 &&
    !REFUSALS.has(answer.status) &&
    !breaksCheck(answer) &&
    !overflows(answer)
      ? [`what the document admits was answered ${answer.status}`]
      : [],
};

/** Whether something that is computed would get out of range, which no schema tells. */
function overflows(answer: Answer): boolean {
  const errors = errorsOf(answer);
  return answer.status === 422 && errors.length > 0 && errors.every(({ code }) => code === 'overflow');
}

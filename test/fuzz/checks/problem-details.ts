import { isObject } from '../../tour/json.ts';
import type { Check } from '../check.ts';
import { mediaTypeOf } from './content-type-conformance.ts';

/** Whatever is refused, by a route or before there is one, is told as RFC 9457 has it, with the status it has. */
export const problemDetails: Check = {
  name: 'problem_details',
  judge: ({ answer: { status, headers, body, raw } }) => {
    if (status < 400) return [];
    const type = mediaTypeOf(headers);
    if (type !== 'application/problem+json') return [`a refusal is of type "${type}": ${raw.slice(0, 100)}`];
    return isObject(body) && body['status'] === status ? [] : ['the problem names another status'];
  },
};

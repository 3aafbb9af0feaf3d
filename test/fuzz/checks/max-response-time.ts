import type { Check } from '../check.ts';

/** Of a request that nothing was queued before, in milliseconds; a busy machine has its share of it. */
const LIMIT = 5_000;

/** Schemathesis' `max_response_time`: no request keeps the server busy for long. */
export const maxResponseTime: Check = {
  name: 'max_response_time',
  judge: ({ milliseconds }) => (milliseconds > LIMIT ? [`the answer took ${Math.round(milliseconds)} ms`] : []),
};

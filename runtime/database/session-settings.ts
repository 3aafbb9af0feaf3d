/**
 * What every session of either database is set to, so that the same value always has the same text:
 * timestamps in UTC, ISO dates and intervals.
 */
export const SESSION_SETTINGS: readonly (readonly [name: string, value: string])[] = [
  ['TimeZone', 'UTC'],
  ['DateStyle', 'ISO'],
  ['IntervalStyle', 'iso_8601'],
];

import type { Consent } from './intent/consent.ts';

/** What a migration may do to a running system or to data. */
export const HAZARD_KINDS = [
  'DATA_LOSS',
  'MAY_FAIL_ON_DATA',
  'TABLE_REWRITE',
  'BLOCKING_LOCK',
  'INDEX_BUILD',
  'INDEX_DROPPED',
  'BREAKS_RUNNING_CODE',
  'BREAKS_READERS',
  'BACKFILL',
  'AUTHZ_CHANGE',
  'CASCADE_DELETES',
  'INTEGRITY_LOOSENED',
  'BEHAVIOUR_CHANGE',
  'UNTRACKED_DEPENDENCIES',
] as const;

export type HazardKind = (typeof HAZARD_KINDS)[number];

export interface HazardCause {
  readonly column: string;
  readonly change: 'added' | 'computed' | 'retyped' | 'reordered';
}

export interface Hazard {
  readonly kind: HazardKind;
  /** The object it is about: `leads_score_idx`, `leads.score`. */
  readonly object: string;
  /** Counts the rows that would make the migration fail. */
  readonly query?: string;
  /** Columns whose change brings it, where the object is their table. */
  readonly causes?: readonly HazardCause[];
  /** Of a unique rule: all rows that are there get one value. */
  readonly isOneValue?: true;
  /** Any one of these lets it pass; absent: it needs none. */
  readonly consents?: readonly Consent[];
  /** The line of the spec that did. */
  readonly allowed?: string;
}

/** Those that the author has not let pass. */
export function unconsented(hazards: readonly Hazard[], isAllowed: (consent: Consent) => boolean): readonly Hazard[] {
  return hazards.filter(({ consents }) => consents?.some(isAllowed) === false);
}

import type { Operation } from './operations.ts';

/** What a migration may do to a running system or to data. */
export type HazardKind =
  | 'DATA_LOSS'
  | 'MAY_FAIL_ON_DATA'
  | 'TABLE_REWRITE'
  | 'BLOCKING_LOCK'
  | 'INDEX_BUILD'
  | 'INDEX_DROPPED'
  | 'BREAKS_RUNNING_CODE'
  | 'BREAKS_READERS'
  | 'BACKFILL'
  | 'AUTHZ_CHANGE'
  | 'CASCADE_DELETES'
  | 'INTEGRITY_LOOSENED'
  | 'BEHAVIOUR_CHANGE'
  | 'UNTRACKED_DEPENDENCIES';

export interface Hazard {
  readonly kind: HazardKind;
  /** The object it is about: `leads_score_idx`. */
  readonly object: string;
}

/** The hazards of some operations, in their order. */
export function findHazards(operations: readonly Operation[]): readonly Hazard[] {
  return operations.flatMap((operation): readonly Hazard[] => {
    if (operation.kind === 'createIndex' && operation.concurrently === true) {
      return [{ kind: 'INDEX_BUILD', object: operation.index.name }];
    }
    return operation.kind === 'dropIndex' ? [{ kind: 'INDEX_DROPPED', object: operation.name }] : [];
  });
}

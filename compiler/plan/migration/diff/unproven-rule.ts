import type { Check, ForeignKey } from '../../database/database-schema.ts';
import type { Draft } from './draft.ts';

export interface RuleFacts {
  /** Every row is known to keep the rule. */
  readonly isProven: boolean;
}

/** Binds new rows at once, and the old ones once they are read. */
export function addUnproven(table: string, constraint: Check | ForeignKey, draft: Draft, isLate = false): void {
  const { name } = constraint;
  const unproven = { ...constraint, notValid: true } as const;
  draft.add(isLate ? 'lateRules' : 'rules', { kind: 'addConstraint', table, constraint: unproven });
  draft.add(isLate ? 'lateValidate' : 'validate', { kind: 'validateConstraint', table, name });
}

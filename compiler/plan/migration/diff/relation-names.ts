import type { Constraint, Table } from '../../database/database-schema.ts';

/** Names of a table's indexes, those of keys too: one space for all tables. */
export function relationNames({ constraints, indexes }: Table): readonly string[] {
  return [...constraints.filter(hasIndex), ...indexes].map(({ name }) => name);
}

/** Whether a rule is held by an index of its name. */
export function hasIndex(constraint: Constraint | undefined): boolean {
  return constraint?.kind === 'primaryKey' || constraint?.kind === 'unique' || constraint?.kind === 'exclusion';
}

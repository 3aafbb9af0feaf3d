/** Rows in whose lists the rows of an entity are, as compiled text declares them. */
export interface OwnerSpec {
  readonly table: string;
  /** Table of the rows, and their column that leads to the owners. */
  readonly of: string;
  readonly column: string;
  /** The column is a list. */
  readonly many?: true;
}

/** What an error that names a constraint means to the caller, in the words of the API. */
export interface ConstraintFact {
  /** Of the constraint; where Postgres names none the column that lacks a value (`members.rest`), or else the SQLSTATE. */
  readonly name: string;
  readonly kind:
    | 'unique'
    | 'taken'
    | 'overflow'
    | 'overlap'
    | 'range'
    | 'reference'
    | 'nowhere'
    | 'repeated'
    | 'transition'
    | 'check'
    | 'frozen'
    | 'conflict'
    | 'farOverflow'
    | 'held';
  /**
   * Keys of the fields concerned; of a conflict with rows of others the entity of those, where it may be named, and
   * then the link that leads to them, where one does. What gets out of range is named, and in rows of others with its entity.
   */
  readonly keys: readonly string[];
  /**
   * For a named unique, a check, an overlap, and a conflict with rows of others: the code of the error, a name in the
   * spec. For what holds on to a row: the entity whose fields `keys` name.
   */
  readonly code?: string;
}

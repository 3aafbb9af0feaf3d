/** What a conflict, a broken reference or a check means to the caller, by the name of the constraint, or, where Postgres names none, the column that lacks a value (`members.rest`) or the SQLSTATE. */
export type ConstraintMeaning =
  | readonly [
      kind:
        | 'unique'
        | 'overflow'
        | 'farOverflow'
        | 'range'
        | 'reference'
        | 'nowhere'
        | 'repeated'
        | 'transition'
        | 'frozen',
      ...keys: readonly string[],
    ]
  | readonly [kind: 'taken' | 'check' | 'overlap' | 'conflict', code: string, ...keys: readonly string[]]
  | readonly [kind: 'held', entity: string, ...keys: readonly string[]];

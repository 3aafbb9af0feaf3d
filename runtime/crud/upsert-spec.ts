/** By what an upsert finds its row, as compiled text declares it. */
export interface UpsertSpec {
  /** What the unique rule compares, by key. */
  readonly by: Readonly<Record<string, KeyColumn>>;
  /** Other fields that never change, by key. */
  readonly fixed: Readonly<Record<string, { readonly column: string }>>;
}

/** One field of a key; a key may be called `toString`, where TypeScript takes no `true` for a constant. */
export interface KeyColumn {
  readonly column: string;
  /** Compared in any case of letters. */
  readonly lower?: boolean;
  /** Stays as it was spelled first. */
  readonly fixed?: boolean;
}

/** A change that no migration is planned for, in the database's names. */
export type SchemaRefusal =
  | { readonly kind: 'schemaRenamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'tableRemoved'; readonly table: string }
  | { readonly kind: 'columnRemoved'; readonly table: string; readonly column: string }
  | {
      readonly kind: 'typeChanged';
      readonly table: string;
      readonly column: string;
      readonly from: string;
      readonly to: string;
    }
  | {
      readonly kind: 'requiredAdded';
      readonly table: string;
      readonly column: string;
      /** A removed column of the same type: this one may be its new name. */
      readonly lookAlike?: string;
    }
  | { readonly kind: 'madeRequired'; readonly table: string; readonly column: string }
  | { readonly kind: 'madeOptional'; readonly table: string; readonly column: string }
  | { readonly kind: 'defaultChanged'; readonly table: string; readonly column: string }
  | {
      readonly kind: 'valuesChanged';
      readonly table: string;
      readonly column: string;
      readonly from: readonly string[];
      readonly to: readonly string[];
    }
  | { readonly kind: 'transitionsChanged'; readonly table: string; readonly column: string }
  | {
      readonly kind: 'ruleChanged';
      readonly change: 'added' | 'removed' | 'changed';
      readonly rule: 'unique' | 'check' | 'reference' | 'other';
      readonly table: string;
      readonly name: string;
      readonly columns: readonly string[];
    }
  | {
      readonly kind: 'indexChanged';
      readonly table: string;
      readonly name: string;
      /** Of the old index. */
      readonly columns: readonly string[];
    }
  /** Objects that the language cannot say yet. */
  | { readonly kind: 'objectChanged'; readonly object: string; readonly name: string };

import { parse } from 'yaml';
import type { HazardKind } from '../../../compiler/plan/migration/hazards.ts';

/** A change of a schema in no tool's words, and what a migration engine should do about it. */
export interface NeutralCase {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly before: NeutralSchema;
  readonly after: NeutralSchema;
  readonly hints?: NeutralHints;
  readonly expect: {
    readonly outcome: 'noop' | 'plan' | 'hazard' | 'refuse';
    readonly hazards?: readonly HazardKind[];
    readonly approve?: readonly string[];
    readonly error?: string;
    readonly rewrite?: boolean;
    readonly fails_sqlstate?: string;
    readonly sql_must_match?: readonly string[];
    readonly sql_must_not_match?: readonly string[];
    readonly note?: string;
  };
  readonly seed?: readonly string[];
  readonly fails_with_seed?: boolean;
  readonly check_after?: readonly { readonly sql: string; readonly rows: readonly (readonly unknown[])[] }[];
}

export interface NeutralSchema {
  readonly tables?: Readonly<Record<string, NeutralTable>>;
  readonly enums?: Readonly<Record<string, readonly string[]>>;
  readonly views?: Readonly<Record<string, string | NeutralView>>;
  /** Whole statements. */
  readonly functions?: readonly string[];
  readonly extensions?: readonly string[];
}

export interface NeutralView {
  readonly sql?: string;
  readonly query?: string;
  readonly materialized?: boolean;
}

export interface NeutralTable {
  readonly columns: Readonly<Record<string, NeutralColumn>>;
  readonly primary_key?: readonly string[];
  readonly uniques?: readonly (readonly string[] | NeutralUnique)[];
  readonly foreign_keys?: readonly NeutralForeignKey[];
  readonly indexes?: readonly NeutralIndex[];
  readonly checks?: readonly { readonly name: string; readonly expr: string }[];
  readonly exclusions?: readonly NeutralExclusion[];
  readonly rls?: boolean | 'force';
  readonly policies?: readonly NeutralPolicy[];
  readonly triggers?: readonly { readonly name: string; readonly def: string }[];
}

export interface NeutralColumn {
  readonly type: string;
  readonly null?: boolean;
  readonly default?: string | number | boolean;
  readonly unique?: boolean;
  readonly identity?: 'always' | 'by default';
  readonly generated?: string;
  readonly collation?: string;
  readonly collate?: string;
}

export interface NeutralUnique {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly nulls_not_distinct?: boolean;
  readonly deferrable?: boolean;
  readonly initially_deferred?: boolean;
}

export interface NeutralForeignKey {
  readonly name?: string;
  readonly columns: readonly string[];
  readonly references: { readonly table: string; readonly columns: readonly string[] };
  readonly on_delete?: string;
  readonly on_update?: string;
  readonly deferrable?: boolean;
  readonly initially_deferred?: boolean;
}

export interface NeutralIndex {
  readonly name?: string;
  readonly columns?: readonly string[];
  readonly expression?: string;
  readonly unique?: boolean;
  readonly method?: string;
  readonly where?: string;
  readonly include?: readonly string[];
  readonly nulls_not_distinct?: boolean;
}

export interface NeutralExclusion {
  readonly name: string;
  readonly method?: string;
  readonly elements: readonly { readonly column: string; readonly with: string }[];
  readonly where?: string;
}

export interface NeutralPolicy {
  readonly name: string;
  readonly for?: string;
  readonly to?: readonly string[];
  readonly using?: string;
  readonly check?: string;
  readonly with_check?: string;
  readonly restrictive?: boolean;
}

export interface NeutralHints {
  readonly renames?: readonly Readonly<Record<string, string>>[];
  readonly backfill?: readonly { readonly table: string; readonly column: string; readonly expr: string }[];
  readonly casts?: readonly { readonly column: string; readonly using: string }[];
  readonly enum_values?: readonly { readonly enum: string; readonly from: string; readonly to: string }[];
}

/** The cases of a YAML text; a word that no one here knows is an error, or a case would pass unread. */
export function readCases(text: string): readonly NeutralCase[] {
  const document: { readonly cases: readonly NeutralCase[] } = parse(text);
  for (const item of document.cases) checkWords(item);
  return document.cases;
}

const WORDS: Readonly<Record<string, readonly string[]>> = {
  schema: ['tables', 'enums', 'views', 'functions', 'extensions'],
  table: [
    'columns',
    'primary_key',
    'uniques',
    'foreign_keys',
    'indexes',
    'checks',
    'exclusions',
    'rls',
    'policies',
    'triggers',
  ],
  column: ['type', 'null', 'default', 'unique', 'identity', 'generated', 'collation', 'collate'],
  uniques: ['name', 'columns', 'nulls_not_distinct', 'deferrable', 'initially_deferred'],
  foreign_keys: ['name', 'columns', 'references', 'on_delete', 'on_update', 'deferrable', 'initially_deferred'],
  indexes: ['name', 'columns', 'expression', 'unique', 'method', 'where', 'include', 'nulls_not_distinct'],
  checks: ['name', 'expr'],
  exclusions: ['name', 'method', 'elements', 'where'],
  policies: ['name', 'for', 'to', 'using', 'check', 'with_check', 'restrictive'],
  triggers: ['name', 'def'],
  hints: ['renames', 'backfill', 'casts', 'enum_values'],
  renames: ['table', 'column', 'enum', 'enum_value', 'value', 'to'],
};

function checkWords(item: NeutralCase): void {
  const check = (kind: string, value: object): void => {
    for (const word of Object.keys(value)) {
      if (!WORDS[kind]?.includes(word)) throw new Error(`${item.id}: unknown word "${word}" of ${kind}`);
    }
  };
  check('hints', item.hints ?? {});
  for (const rename of item.hints?.renames ?? []) check('renames', rename);
  for (const schema of [item.before, item.after]) {
    check('schema', schema);
    for (const table of Object.values(schema.tables ?? {})) {
      check('table', table);
      for (const column of Object.values(table.columns)) check('column', column);
      const lists = Object.entries(table).filter(([kind, list]) => Array.isArray(list) && kind !== 'primary_key');
      const entries = lists.flatMap(([kind, list]) => list.map((entry: object) => [kind, entry] as const));
      for (const [kind, entry] of entries) if (!Array.isArray(entry)) check(kind, entry);
    }
  }
}

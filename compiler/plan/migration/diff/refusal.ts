import type { Rename } from '../intent/intents.ts';
import type { SchemaProblem } from './schema-problem.ts';

/** What is gone, and what came. */
interface LookAlike {
  readonly gone: string;
  readonly come: string;
  readonly others: readonly string[];
}

/** A change that no migration is planned for whatever is allowed, in the database's names. */
export type Refusal =
  | { readonly kind: 'schemaRenamed'; readonly from: string; readonly to: string }
  | { readonly kind: 'renameClaimedTwice'; readonly rename: Rename; readonly other: Rename }
  /** The former name is still in use. */
  | { readonly kind: 'renameSourcePresent'; readonly rename: Rename }
  /** Gone, while something that looks like it came; `others` that came look like it too. */
  | ({ readonly kind: 'ambiguousTable' } & LookAlike)
  | ({ readonly kind: 'ambiguousColumn'; readonly table: string } & LookAlike)
  | ({ readonly kind: 'ambiguousValue'; readonly enum: string } & LookAlike)
  | {
      readonly kind: 'castUndeclared';
      readonly table: string;
      readonly column: string;
      readonly from: string;
      readonly to: string;
    }
  /** A mapping to a value that the enum does not keep. */
  | { readonly kind: 'mappedToNothing'; readonly enum: string; readonly from: string; readonly to: string }
  | SchemaProblem;

/** What a refusal is about, in the database's names. */
export function refusedObject(refusal: Refusal): string {
  if ('rename' in refusal) return refusal.rename.name;
  if ('gone' in refusal) return within(refusal, refusal.gone);
  if ('column' in refusal) return within(refusal, refusal.column);
  if ('from' in refusal) return within(refusal, refusal.from);
  return 'object' in refusal ? refusal.object : refusal.name;
}

function within(refusal: Refusal, name: string): string {
  if ('table' in refusal) return `${refusal.table}.${name}`;
  return 'enum' in refusal ? `${refusal.enum}.${name}` : name;
}

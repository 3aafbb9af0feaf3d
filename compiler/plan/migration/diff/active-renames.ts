import type { DatabaseSchema } from '../../database/database-schema.ts';
import type { Rename } from '../intent/intents.ts';
import { find } from '../named-list.ts';
import type { Refusal } from './refusal.ts';

/** The renames that there is something to do for, each after the one that frees its new name. */
export interface ActiveRenames {
  readonly renames: readonly Rename[];
  readonly refusals: readonly Refusal[];
}

/** Sorts out declared renames: those applied long ago are inert, those that contradict each other are refused. */
export function activeRenames(from: DatabaseSchema, to: DatabaseSchema, declared: readonly Rename[]): ActiveRenames {
  const scopes = new Map<string, Rename[]>();
  for (const rename of declared) {
    const scope = scopeOf(rename);
    scopes.set(scope, [...(scopes.get(scope) ?? []), rename]);
  }
  const parts = [...scopes.values()].map((renames) => sortOut(renames, namesIn(from, to, declared, renames[0])));
  return { renames: parts.flatMap(({ renames }) => renames), refusals: parts.flatMap(({ refusals }) => refusals) };
}

function scopeOf(rename: Rename): string {
  if (rename.kind === 'column') return `column ${rename.table}`;
  return rename.kind === 'value' ? `value ${rename.enum}` : rename.kind;
}

interface Names {
  readonly old: ReadonlySet<string>;
  readonly next: ReadonlySet<string>;
}

/** What bears a name of the scope before and after; a table or enum may itself be renamed. */
function namesIn(
  from: DatabaseSchema,
  to: DatabaseSchema,
  declared: readonly Rename[],
  sample: Rename | undefined,
): Names {
  const former = (kind: 'table' | 'enum', name: string, exists: boolean): string =>
    (exists ? undefined : declared.find((item) => item.kind === kind && item.to === name)?.name) ?? name;
  if (sample?.kind === 'column') {
    const before = former('table', sample.table, find(from.tables, sample.table) !== undefined);
    return { old: nameSet(find(from.tables, before)?.columns), next: nameSet(find(to.tables, sample.table)?.columns) };
  }
  if (sample?.kind === 'value') {
    const before = former('enum', sample.enum, find(from.enums, sample.enum) !== undefined);
    return { old: new Set(find(from.enums, before)?.values), next: new Set(find(to.enums, sample.enum)?.values) };
  }
  return sample?.kind === 'enum'
    ? { old: nameSet(from.enums), next: nameSet(to.enums) }
    : { old: nameSet(from.tables), next: nameSet(to.tables) };
}

function nameSet(items: readonly { readonly name: string }[] = []): ReadonlySet<string> {
  return new Set(items.map(({ name }) => name));
}

function sortOut(declared: readonly Rename[], { old, next }: Names): ActiveRenames {
  const present = declared.filter(({ name, to }) => old.has(name) && next.has(to));
  const freed = new Set(present.map(({ name }) => name));
  const active = present.filter(({ to }) => !old.has(to) || freed.has(to));
  const refusals: Refusal[] = [];
  const byName = new Map<string, Rename>();
  for (const rename of active) {
    const other = byName.get(rename.name) ?? active.find((item) => item !== rename && item.to === rename.to);
    if (other !== undefined && byName.size > 0) refusals.push({ kind: 'renameClaimedTwice', rename, other });
    byName.set(rename.name, rename);
  }
  if (refusals.length > 0) return { renames: [], refusals };
  const cycle = active.find((rename) => leadsBack(rename, byName));
  if (cycle !== undefined) {
    const others = active.filter((rename) => rename !== cycle && leadsBack(rename, byName));
    return { renames: [], refusals: [{ kind: 'renameCycle', rename: cycle, others }] };
  }
  const targets = new Set(active.map(({ to }) => to));
  const kept = active.filter(({ name }) => next.has(name) && !targets.has(name));
  if (kept.length > 0) {
    return { renames: [], refusals: kept.map((rename) => ({ kind: 'renameSourcePresent', rename })) };
  }
  return { renames: freeingFirst(active, byName), refusals: [] };
}

function leadsBack(start: Rename, byName: ReadonlyMap<string, Rename>): boolean {
  const seen = new Set<string>();
  for (let next = byName.get(start.to); next !== undefined; next = byName.get(next.to)) {
    if (next === start) return true;
    if (seen.has(next.name)) return false;
    seen.add(next.name);
  }
  return false;
}

/** `b` to `c` before `a` to `b`. */
function freeingFirst(renames: readonly Rename[], byName: ReadonlyMap<string, Rename>): readonly Rename[] {
  const ordered = new Set<Rename>();
  const visit = (rename: Rename): void => {
    const blocker = byName.get(rename.to);
    if (blocker !== undefined && !ordered.has(blocker)) visit(blocker);
    ordered.add(rename);
  };
  for (const rename of renames.toSorted((a, b) => (a.name < b.name ? -1 : 1))) visit(rename);
  return [...ordered];
}

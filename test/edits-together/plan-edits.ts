import { parse, stringify } from 'yaml';
import { analyze } from '../../compiler/analyze.ts';
import type { History } from '../../compiler/plan/migration/history.ts';
import type { MigrationPlan } from '../../compiler/plan/migration/plan-migration.ts';
import { planSpec } from '../migrations/plan-spec.ts';
import type { Value } from '../random-specs/spec-draft.ts';
import { BASE_SPEC } from './base-spec.ts';
import type { Edit } from './edits.ts';

export interface PlannedEdits {
  readonly kind: 'planned';
  readonly text: string;
  readonly plan: MigrationPlan;
}

/** What came of edits: a migration, codes that refuse them, or what the compiler should never do. */
type Planned =
  | PlannedEdits
  | { readonly kind: 'refused'; readonly codes: readonly string[]; readonly message: string; readonly text: string }
  | { readonly kind: 'thrown'; readonly message: string; readonly text: string };

/** The base, or what edits make of it, with lines that allow what is asked for. */
export function specOf(edits: readonly Edit[], allow: readonly string[] = []): string {
  const spec: Tree = parse(BASE_SPEC);
  for (const { drop = [], set = {} } of edits) {
    for (const path of drop) put(spec, path.split('.'), undefined);
    for (const [path, value] of Object.entries(set)) put(spec, path.split('.'), structuredClone(value));
  }
  const migration = migrationOf(edits, allow);
  const names = new Map(edits.flatMap(({ renames = {} }) => Object.entries(renames)));
  return stringify(
    { ...spec, ...migration },
    { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' },
  ).replace(/\$(\w+)/g, (_, name: string) => names.get(name) ?? name);
}

interface Tree {
  [key: string]: Tree;
}

/** What another edit has dropped stays so. */
function put(tree: Tree, path: readonly string[], value: Value | undefined): void {
  const [key = '', ...rest] = path;
  const next = tree[key];
  if (rest.length > 0) {
    if (next !== undefined || isMade(key)) put((tree[key] ??= {}), rest, value);
  } else if (value === undefined) delete tree[key];
  else Object.assign(tree, { [key]: value });
}

function isMade(key: string): boolean {
  return ['checks', 'unique', 'indexes', 'noOverlap'].includes(key);
}

function migrationOf(edits: readonly Edit[], allow: readonly string[]): Readonly<Record<string, unknown>> {
  const kinds = ['backfill', 'cast', 'values'] as const;
  const given = kinds.map((kind) => [
    kind,
    Object.assign({}, ...edits.map(({ migration }) => migration?.[kind] ?? {})),
  ]);
  const all = [...given, ['allow', allow]];
  const lines = all.filter(([, line]) => Object.keys(line).length > 0);
  return lines.length === 0 ? {} : { migration: Object.fromEntries(lines) };
}

/** Plans the edits on what was sealed, with every consent that is asked for. */
export function planEdits(edits: readonly Edit[], history: History): Planned {
  const allow = new Set<string>();
  for (;;) {
    const text = specOf(edits, [...allow]);
    const { app, diagnostics } = analyze(text, 'app.yaml');
    if (app === undefined) return refused(text, diagnostics);
    const plan = tryPlan(text, history);
    if (typeof plan === 'string') return { kind: 'thrown', message: plan, text };
    const errors = plan.diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return { kind: 'planned', text, plan };
    const asked = errors.flatMap(({ message }) => /allow: \[([^\]]+)\]/.exec(message)?.[1]?.split(', ') ?? []);
    if (asked.every((line) => allow.has(line))) return refused(text, errors);
    for (const line of asked) allow.add(line);
  }
}

function tryPlan(text: string, history: History): MigrationPlan | string {
  try {
    return planSpec(text, history);
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

type Diagnostics = ReturnType<typeof analyze>['diagnostics'];

function refused(text: string, diagnostics: Diagnostics): Planned {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const unplaced = errors.filter(({ line }) => line < 1);
  if (errors.length === 0 || unplaced.length > 0) return { kind: 'thrown', message: 'refused without a place', text };
  const codes = [...new Set(errors.map(({ code }) => code))].toSorted();
  return { kind: 'refused', codes, message: errors.map(({ message }) => message).join('\n'), text };
}

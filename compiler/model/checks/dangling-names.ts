import type { Place } from '../../diagnostics/span.ts';
import { findSpelling } from '../../spec/shape/suggest-word.ts';

/** A place that names something declared elsewhere. */
export interface Use {
  readonly name: string;
  readonly pointer: string;
  readonly at?: Place;
}

/** What one map or list declares, and every place that names something of it. */
export interface Names {
  readonly declared: readonly string[];
  readonly uses: readonly Use[];
  /** Whether something of this name could be declared at all. */
  readonly isDeclarable: (name: string) => boolean;
  /** Whether the rest of the spec speaks for a name against the declared one that is near it, or against having none. */
  readonly isMeant: (name: string, near: string | undefined) => boolean;
}

/** The line that a person would change for a name that is used and not declared. */
export type Culprit =
  /** What uses the name; `idle` is a declared name that is near and used nowhere. */
  | { readonly kind: 'use'; readonly idle: string | undefined }
  /** This declared name, which nothing uses. */
  | { readonly kind: 'declaration'; readonly declared: string }
  /** The map or list that lacks the name; `near` is another of its names, itself in use. */
  | { readonly kind: 'map'; readonly near: string | undefined };

/**
 * For each name that is used and not declared, what is likelier wrong. One use alone against a
 * declaration is the slip; two that agree, or one with a witness, outweigh it.
 */
export function findCulprits(names: Names): ReadonlyMap<string, Culprit> {
  const declared = new Set(names.declared);
  const used = new Map<string, number>();
  for (const { name } of names.uses) used.set(name, (used.get(name) ?? 0) + 1);
  const idle = names.declared.filter((name) => !used.has(name));
  const dangling = [...used].filter(([name]) => !declared.has(name));
  return new Map(
    dangling.slice(0, MOST_DANGLING).map(([name, count]) => [name, findCulprit(names, idle, name, count)]),
  );
}

/** Most unknown names of one map or list that are told: each is compared with every declared one. */
const MOST_DANGLING = 200;

function findCulprit(names: Names, idle: readonly string[], name: string, count: number): Culprit {
  const near = findSpelling(name, names.declared) ?? findExtended(name, idle);
  const isIdle = near !== undefined && idle.includes(near);
  const isRight = names.isDeclarable(name) && (count > 1 || names.isMeant(name, near));
  if (near === undefined || !isIdle) return isRight ? { kind: 'map', near } : { kind: 'use', idle: undefined };
  return isRight ? { kind: 'declaration', declared: near } : { kind: 'use', idle: near };
}

/** The one name that is this one with letters before or after it, such as `xstatus`; another word makes another name. */
function findExtended(name: string, idle: readonly string[]): string | undefined {
  const found = idle.filter((one) => isExtension(one, name) || isExtension(name, one));
  return found.length === 1 ? found[0] : undefined;
}

function isExtension(longer: string, shorter: string): boolean {
  if (shorter.length < 3) return false;
  return longer.endsWith(shorter) || (longer.startsWith(shorter) && /[a-z_-]/.test(longer.charAt(shorter.length)));
}

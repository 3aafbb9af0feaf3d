import type { RelatedNode, Reporter } from '../../diagnostics/reporter.ts';
import type { Located } from '../../diagnostics/span.ts';
import type { Culprit, Use } from './dangling-names.ts';
import { replaceNode } from './replace-node.ts';

/** Where names of one kind are declared, and how a message speaks of them. */
export interface Declarations {
  /** `a field of "Lead"`. */
  readonly what: string;
  /** Pointer of the map or list. */
  readonly pointer: string;
  readonly uses: readonly Use[];
  /** Where one of its names is declared. */
  readonly place: (name: string) => Omit<Use, 'name'>;
}

/** Most uses told beside a declaration that fails them all. */
const MOST_RELATED = 5;

/** Reports, once for all their uses, the names whose declaration is missing or called otherwise. */
export function reportDangling(
  document: Located,
  reporter: Reporter,
  declarations: Declarations,
  culprits: ReadonlyMap<string, Culprit>,
): void {
  for (const [name, culprit] of culprits) {
    if (culprit.kind === 'use') continue;
    const uses = declarations.uses.filter((use) => use.name === name);
    const related = uses
      .slice(0, MOST_RELATED)
      .map((use) => ({ ...use, at: use.at ?? 'value', message: 'it is named here' }));
    const params = { name, what: declarations.what, count: uses.length };
    if (culprit.kind === 'map') {
      const hint = culprit.near === undefined ? 'name another there' : `write "${culprit.near}" there`;
      reporter.report('undeclared-name', declarations.pointer, { ...params, hint }, { at: 'key', related });
      continue;
    }
    const { pointer, at = 'value' } = declarations.place(culprit.declared);
    const fix = replaceNode(document, pointer, name, at);
    reporter.report('misnamed-declaration', pointer, { ...params, declared: culprit.declared }, { at, related, fix });
  }
}

/** The declared name that a use may have meant and that nothing names, to show beside the use. */
export function relatedIdle(declarations: Declarations, culprit: Culprit | undefined): readonly RelatedNode[] {
  if (culprit?.kind !== 'use' || culprit.idle === undefined) return [];
  const { pointer, at = 'value' } = declarations.place(culprit.idle);
  return [{ pointer, at, message: `"${culprit.idle}" is declared here` }];
}

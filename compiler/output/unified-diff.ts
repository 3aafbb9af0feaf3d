import { createTwoFilesPatch } from 'diff';

/** One file as it is and as it would be; undefined where it is absent. */
export interface FileChange {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Work the diff may spend on one file before it gives up and shows the whole of both. */
const MAX_EDITS = 20_000;

/** A unified diff, as `git apply` reads it, from what is on disk to what a build would write. */
export function formatUnifiedDiff(changes: readonly FileChange[]): string {
  return changes.map(formatChange).join('');
}

function formatChange({ path, before, after }: FileChange): string {
  const patch = createTwoFilesPatch(
    before === undefined ? '/dev/null' : `a/${path}`,
    after === undefined ? '/dev/null' : `b/${path}`,
    before ?? '',
    after ?? '',
    undefined,
    undefined,
    { context: 3, maxEditLength: MAX_EDITS },
  );
  return patch === undefined ? `--- a/${path}\n+++ b/${path}\n(too different to show)\n` : patch.replace(/^=+\n/, '');
}

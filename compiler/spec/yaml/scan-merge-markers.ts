import type { SyntaxReporter } from './syntax-reporter.ts';

/** As git leaves them: seven of a kind at the start of a line. */
const BEGIN = /^<{7}(?= |\r?$)/gm;
const END = /^>{7}(?= |\r?$)/m;

/** Tells each conflict of a merge once: both of its sides, read as one, would be wrong in many places. */
export function scanMergeMarkers(reporter: SyntaxReporter): void {
  const { text } = reporter.source;
  if (!END.test(text)) return;
  for (const { 0: marker, index } of text.matchAll(BEGIN)) {
    if (reporter.isFull()) return;
    reporter.report('merge-conflict', index, index + marker.length, {});
  }
}

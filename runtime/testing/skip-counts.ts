/** Tests that have skipped themselves, by the reason that they gave. */
const counts = new Map<string, number>();

/** One more test has skipped itself. */
export function countSkip(reason: string): void {
  counts.set(reason, (counts.get(reason) ?? 0) + 1);
}

/** One line about the tests that skipped themselves, those of the commonest reason first; nothing where none did. */
export function skipSummary(): string | undefined {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const reasons = [...counts].toSorted(([, one], [, other]) => other - one);
  return total === 0
    ? undefined
    : `skipped ${total} test${total === 1 ? '' : 's'} that could not tell: ${reasons.map(([reason, count]) => `${count} for ${reason}`).join(', ')}`;
}

/** Whether a merge left its markers in a text: an opening and a closing one, each at the start of a line. */
export function hasConflictMarkers(text: string): boolean {
  return /^<{7}(?: .*)?\r?$/m.test(text) && /^>{7}(?: .*)?\r?$/m.test(text);
}

import { hasConflictMarkers } from './conflict-markers.ts';

/**
 * Whether nobody means to keep the text of a compiled file: a merge left its markers in it, or a power cut
 * took it, which leaves a file that was not forced to the disk empty or ending in NULs.
 */
export function isRuined(bytes: Buffer): boolean {
  if (bytes.length === 0 || bytes.at(-1) === 0) return true;
  return bytes.includes('<<<<<<<') && hasConflictMarkers(bytes.toString('utf8'));
}

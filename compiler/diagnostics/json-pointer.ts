/** Builds a JSON pointer (RFC 6901) from unescaped segments: `pointer('entities', 'Lead')`. */
export function pointer(...segments: readonly (string | number)[]): string {
  let text = '';
  for (const segment of segments) text = childPointer(text, segment);
  return text;
}

/** Extends a JSON pointer by one unescaped segment. */
export function childPointer(parent: string, segment: string | number): string {
  return typeof segment === 'number' ? `${parent}/${segment}` : `${parent}/${escapeSegment(segment)}`;
}

/** The pointer of the enclosing node; the root is its own parent. */
export function parentPointer(child: string): string {
  return child.slice(0, Math.max(0, child.lastIndexOf('/')));
}

/** The unescaped segments of a JSON pointer. */
export function pointerSegments(text: string): readonly string[] {
  return text === '' ? [] : text.slice(1).split('/').map(unescapeSegment);
}

/** The unescaped last segment of a JSON pointer, empty for the root. */
export function lastSegment(text: string): string {
  return unescapeSegment(text.slice(text.lastIndexOf('/') + 1));
}

function escapeSegment(segment: string): string {
  return segment.includes('/') || segment.includes('~') ? segment.replaceAll('~', '~0').replaceAll('/', '~1') : segment;
}

function unescapeSegment(segment: string): string {
  return segment.replaceAll('~1', '/').replaceAll('~0', '~');
}

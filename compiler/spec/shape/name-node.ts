import { lastSegment, parentPointer } from '../../diagnostics/json-pointer.ts';
import { clip } from '../spec-value.ts';

/** A value is named by its key; a list's item by the key of its list. */
export function nameNode(pointer: string): string {
  const name = lastSegment(pointer);
  if (pointer === '') return 'The spec';
  return /^\d+$/.test(name) ? `An item of "${lastSegment(parentPointer(pointer))}"` : `"${clip(name)}"`;
}

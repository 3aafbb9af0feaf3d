import { pointerSegments } from '../../diagnostics/json-pointer.ts';
import { isList, isMap, type SpecValue } from '../spec-value.ts';

/** The value that a pointer names, if there is one. */
export function nodeAt(root: SpecValue, pointer: string): SpecValue | undefined {
  let value: SpecValue | undefined = root;
  for (const segment of pointerSegments(pointer)) {
    if (isList(value)) value = value[Number(segment)];
    else value = isMap(value) ? value[segment] : undefined;
  }
  return value;
}

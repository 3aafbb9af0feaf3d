import { isMap, type SpecValue } from '../spec-value.ts';

/** Whether an entry of an entity is a field that is not indented under "fields". */
export function looksLikeField(key: string, value: SpecValue): boolean {
  return key !== 'fields' && key !== 'access' && isMap(value) && typeof value['type'] === 'string';
}

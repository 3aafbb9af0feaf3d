import type { DatabaseSchema } from '../database/database-schema.ts';
import { isMappedBy } from './diff/diff-enums.ts';
import type { Operation } from './operations.ts';

/** A change of the schema, as operations. */
interface Done {
  readonly from: DatabaseSchema;
  readonly operations: readonly Operation[];
}

/** Values of enums that rows have others in the place of, once it is done: which rows had which is not known any more. */
export function replacedValues({ from, operations }: Done): readonly string[] {
  return from.enums.flatMap((type) => {
    const names = new Set([type.name]);
    const casts: string[] = [];
    let values = type.values.map((value) => ({ value, now: value }));
    for (const operation of operations) {
      if (operation.kind === 'renameEnum' && names.has(operation.name)) names.add(operation.to);
      if (operation.kind === 'setColumnType' && names.has(operation.type.name)) casts.push(operation.using ?? '');
      if (operation.kind === 'renameEnumValue' && names.has(operation.enum))
        values = values.map((item) => (item.now === operation.value ? { ...item, now: operation.to } : item));
    }
    const replaced = values.filter(({ now }) => casts.some((using) => isMappedBy(using, now)));
    return replaced.map(({ value }) => `${type.name}.${value}`);
  });
}

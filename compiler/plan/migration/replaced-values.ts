import type { DatabaseSchema } from '../database/database-schema.ts';
import { quoteLiteral } from '../sql/sql-text.ts';
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
    const mappings: string[] = [];
    let values = type.values.map((value) => ({ value, now: value }));
    for (const operation of operations) {
      if (operation.kind === 'renameEnum' && names.has(operation.name)) names.add(operation.to);
      if (operation.kind === 'setColumnType' && names.has(operation.type.name)) mappings.push(operation.using ?? '');
      if (operation.kind === 'renameEnumValue' && names.has(operation.enum))
        values = values.map((item) => (item.now === operation.value ? { ...item, now: operation.to } : item));
    }
    const isReplaced = (value: string): boolean =>
      mappings.some(
        (using) => using.includes(`when ${quoteLiteral(value)} then`) || using.includes(`${quoteLiteral(value)}, `),
      );
    return values.filter(({ now }) => isReplaced(now)).map(({ value }) => `${type.name}.${value}`);
  });
}

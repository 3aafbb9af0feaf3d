import type { Condition, Entity } from '../../model/app.ts';
import { columnsRead } from '../../plan/expression/columns-read.ts';

/** Whether it looks at what only the database knows before a row is there. */
export function readsMade({ fields }: Entity, { expression }: Condition): boolean {
  const read = columnsRead(expression);
  return fields.some(({ column, computed, sequence }) => (computed || sequence) && read.includes(column));
}

/** Keys of the fields that it reads. */
export function keysRead({ fields }: Entity, { expression }: Condition): readonly string[] {
  const read = columnsRead(expression);
  return fields.filter(({ column }) => read.includes(column)).map(({ key }) => key);
}

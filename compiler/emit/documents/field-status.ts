import type { Field } from '../../model/app.ts';
import { canOverflow } from '../../plan/database/out-of-range.ts';

/** What a request is answered with that breaks a rule of the field. */
export function fieldStatus(field: Field): string {
  const body = field.readOnly ? '422: `readOnly`' : '422';
  if (!canOverflow(field)) return body;
  const far = field.computed?.reads === 'others' ? ', 409 where the change is one of other rows' : '';
  return `${body}; 422 with the code \`overflow\` for a value out of range${far}`;
}

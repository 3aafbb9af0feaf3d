import { RANGE_TYPES } from '../ranges.ts';
import { type Check, entityPointer } from './check.ts';

/** A range lies between two fields of one type. */
export const checkNoOverlaps: Check = ({ app, reporter }) => {
  for (const entity of app.entities) {
    for (const { name, from, to } of entity.noOverlaps) {
      const [first, last] = [from, to].map((end) => entity.fields.find((field) => field.name === end));
      if (first === undefined || last === undefined) continue;
      if ([first, last].some(({ type }) => RANGE_TYPES[type] === undefined)) continue;
      const isSame = first === last;
      if (!isSame && first.type === last.type) continue;
      const what = isSame
        ? `"${from}" is both ends`
        : `"${from}" is of type ${first.type} and "${to}" of type ${last.type}`;
      reporter.report('range-ends-differ', entityPointer(entity, 'noOverlap', name, 'to'), { what });
    }
  }
};

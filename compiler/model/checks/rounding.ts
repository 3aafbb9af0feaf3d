import type { App } from '../app.ts';
import { DEFAULT_DECIMAL, wholeDigits } from '../decimals.ts';
import { placesOf } from '../expressions/places-of.ts';
import { allFields, type Check, fieldPointer } from './check.ts';

/** A computed decimal is kept with all places that it can have, or rounded because its author says so. */
export const checkRounding: Check = ({ app, reporter }) => {
  for (const at of allFields(app)) {
    const { name, type, computed, limits } = at.field;
    if (type !== 'decimal' || computed === undefined) continue;
    const { scale = DEFAULT_DECIMAL.scale } = limits;
    const { places, isProduct } = placesOf(computed.expression, (entity, key) => scaleOf(app, entity, key));
    if (places <= scale) continue;
    const rounded = `computed: "round(${computed.text}, ${scale})"`;
    const exact = `scale: ${places} with precision: ${wholeDigits(limits) + places}`;
    const values = `${isProduct ? 'products' : 'values'} of "${name}" can have ${places} places`;
    const pointer = fieldPointer(at, 'computed');
    if (isProduct) {
      const params = {
        what: `${values}, and are rounded to ${scale}`,
        hint: `write ${rounded} if that is meant, or ${exact}`,
      };
      reporter.report('computed-rounded', pointer, params);
    } else {
      const params = { what: `${values}, and its scale keeps ${scale}`, hint: `write ${exact}, or ${rounded}` };
      reporter.report('computed-cut', pointer, params);
    }
  }
};

function scaleOf({ entities }: App, entity: string, key: string): number {
  const field = entities.find(({ name }) => name === entity)?.fields.find((one) => one.key === key);
  return field?.type === 'decimal' ? (field.limits.scale ?? DEFAULT_DECIMAL.scale) : 0;
}

import type { Expression } from '../../expression/expression.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import type { App, Entity } from '../../model/app.ts';
import { columnsRead } from '../expression/columns-read.ts';
import { planParts } from '../parts.ts';

/**
 * Keys of a body that decide what a condition over the row comes to: never those of what is computed, but those that
 * it is computed from. Where no field of the row decides it, the lists of parts that it looks at.
 */
export function placesOf(app: App, entity: Entity, expression: Expression): readonly string[] {
  const columns = columnsRead(expression);
  const given = givenKeys(entity, columns);
  return given.length > 0 ? given : partKeys(app, entity, expression);
}

/** Keys of the fields of these columns; for computed ones those of the fields that they are computed from. */
export function givenKeys(entity: Entity, columns: readonly string[]): readonly string[] {
  const keys = columns.flatMap((column) => {
    const field = entity.fields.find((one) => one.column === column);
    if (field === undefined || field.sequence) return [];
    return field.computed === undefined ? [field.key] : givenKeys(entity, columnsRead(field.computed.expression));
  });
  return [...new Set(keys)];
}

function partKeys(app: App, entity: Entity, expression: Expression): readonly string[] {
  const read = new Set(linksRead(entity, expression));
  return planParts(app, entity).flatMap(({ key, to, link }) => (read.has(`${to.name}.${link.column}`) ? [key] : []));
}

/** By which columns of which entities an expression, or what it reads that is computed, finds rows that lead to this one. */
function linksRead(entity: Entity, expression: Expression): readonly string[] {
  return [...walkExpression(expression)].flatMap((part) => {
    if (part.kind === 'children') {
      const { entity: of, via } = part.list;
      return isRecord(part.of) && via.kind === 'column' ? [`${of}.${via.column}`] : [];
    }
    if (part.kind !== 'value' || !isRecord(part.of)) return [];
    const { computed } = entity.fields.find(({ column }) => column === part.value.column) ?? {};
    return computed === undefined ? [] : linksRead(entity, computed.expression);
  });
}

function isRecord(expression: Expression): boolean {
  return expression.kind === 'row' && expression.name === 'record';
}

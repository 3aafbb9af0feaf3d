import type { Expression } from '../../expression/expression.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import type { App, Entity } from '../app.ts';
import { type Check, entityPointer } from './check.ts';

/** What is computed in a frozen row from rows that are no parts of it holds those rows too, which few authors mean. */
export const checkFrozenTotals: Check = ({ app, reporter }) => {
  for (const entity of app.entities) {
    if (entity.frozen === undefined) continue;
    const held = new Set(
      entity.fields.flatMap(({ computed }) =>
        computed?.reads === 'others' ? heldBy(app, entity, computed.expression) : [],
      ),
    );
    if (held.size === 0) continue;
    const fields = [...held].toSorted((a, b) => (a < b ? -1 : 1)).join(', ');
    reporter.report('frozen-holds-others', entityPointer(entity, 'frozen'), { entity: entity.name, fields });
  }
};

/** Fields that may change, of entities that are neither this one nor part of it. */
function heldBy(app: App, frozen: Entity, expression: Expression): readonly string[] {
  return [...walkExpression(expression)].flatMap((part) => {
    const owner = part.kind === 'value' ? entityOf(app, part.of) : undefined;
    if (part.kind !== 'value' || owner === undefined || isWithin(app, owner, frozen)) return [];
    const field = owner.fields.find(({ key }) => key === part.value.key);
    return field === undefined || field.immutable || field.sequence ? [] : [`${owner.name}.${field.name}`];
  });
}

function entityOf(app: App, of: Expression): Entity | undefined {
  return of.kind === 'row' || of.kind === 'link' ? app.entities.find(({ name }) => name === of.entity) : undefined;
}

function isWithin(app: App, entity: Entity, whole: Entity): boolean {
  if (entity === whole) return true;
  const above = app.entities.find(({ name }) => name === entity.partOf?.entity);
  return above !== undefined && isWithin(app, above, whole);
}

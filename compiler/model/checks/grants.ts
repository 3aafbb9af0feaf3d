import type { Grant } from '../app.ts';
import { type Check, entityPointer } from './check.ts';

/** Each grant gives something that no other grant gives already. */
export const checkDuplicateGrants: Check = ({ app, reporter }) => {
  for (const entity of app.entities) {
    if (reporter.isFull()) return;
    // Those of a part are what it is part of says.
    if (entity.partOf !== undefined) continue;
    entity.grants.forEach((grant, index) => {
      const earlier = entity.grants.slice(0, index).find((other) => sayTheSame(grant, other));
      if (earlier === undefined) return;
      reporter.report(
        'duplicate-grant',
        entityPointer(entity, 'access', grant.name),
        { name: grant.name, other: earlier.name },
        {
          at: 'key',
          related: [
            { pointer: entityPointer(entity, 'access', earlier.name), at: 'key', message: `"${earlier.name}" is here` },
          ],
        },
      );
    });
  }
};

function sayTheSame(one: Grant, other: Grant): boolean {
  return sameSet(one.roles, other.roles) && sameSet(one.allow, other.allow) && one.rows === other.rows;
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.toSorted().join() === other.toSorted().join();
}

/** An update can change something. */
export const checkUpdateGrants: Check = ({ app, document, reporter }) => {
  for (const entity of app.entities) {
    if (document.isIncomplete(entityPointer(entity, 'fields'))) continue;
    if (entity.fields.some((field) => !field.readOnly && !field.immutable)) continue;
    for (const grant of entity.grants) {
      const index = grant.allow.indexOf('update');
      if (index < 0) continue;
      reporter.report('nothing-to-update', entityPointer(entity, 'access', grant.name, 'allow', index), {
        entity: entity.name,
      });
    }
  }
};

/** Bulk requests write. */
export const checkBulk: Check = ({ app, reporter }) => {
  for (const entity of app.entities) {
    const writes = entity.operations.some((operation) => BULK.includes(operation));
    if (entity.bulk === undefined || writes) continue;
    reporter.report('bulk-without-writes', entityPointer(entity, 'bulk'), { entity: entity.name }, { at: 'key' });
  }
};

const BULK: readonly string[] = ['create', 'update', 'delete'];

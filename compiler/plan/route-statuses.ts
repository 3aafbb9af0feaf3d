import type { App, Entity, Field } from '../model/app.ts';
import { bringsId } from '../model/brings-id.ts';
import { conflictFacts } from './database/conflicts.ts';
import { incomingLinks } from './incoming-links.ts';
import { planParts } from './parts.ts';
import type { RouteKind } from './route-kinds.ts';

/** Every status that an operation declares, ascending. */
export function statusesOf(app: App, entity: Entity, kind: RouteKind): readonly number[] {
  const readable = entity.operations.includes('read');
  const conflict = (): readonly number[] => (conflictsOf(app, entity, kind) === 'none' ? [] : [409]);
  switch (kind) {
    case 'create':
    case 'bulkCreate':
      return [...(bringsId(entity) ? [200] : []), 201, 400, 409, 413, 415, 422, 503];
    case 'upsert':
      return [readable ? 200 : 204, 201, 400, 409, 412, 413, 415, 422, 503].toSorted((a, b) => a - b);
    case 'list':
      return [200, 422, 503];
    case 'get':
      return [200, 304, 400, 404, 422, 503];
    case 'update':
      return [readable ? 200 : 204, 400, 404, ...conflict(), 412, 413, 415, 422, 503];
    case 'bulkUpdate':
      return [readable ? 200 : 204, 400, 404, 409, 412, 413, 415, 422, 503];
    case 'bulkDelete':
      return [204, 400, 404, 409, 412, 413, 415, 422, 503];
    case 'restore':
      return [readable ? 200 : 204, 400, 404, 409, 422, 503];
    case 'link':
    case 'unlink':
      return [readable ? 200 : 204, 400, 404, ...conflict(), 412, 422, 503];
    case 'delete':
      return [204, 400, 404, ...conflict(), 412, 422, 503];
    default:
      return kind satisfies never;
  }
}

/**
 * What stands against an operation: rows of its kind, rows that hold on to it or the state it is in; only rules, its own
 * `frozen` and those over rows that depend on it; or nothing but an `Idempotency-Key` in use.
 */
export type Conflicts = 'rows' | 'rules' | 'none';

/** The strongest of them that an operation can meet. */
export function conflictsOf(app: App, entity: Entity, kind: RouteKind): Conflicts {
  if (kind === 'list' || kind === 'get') return 'none';
  if (meetsRows(app, entity, kind)) return 'rows';
  const isFrozen = entity.frozen !== undefined && kind !== 'create' && kind !== 'bulkCreate';
  return isFrozen || conflictFacts(app, entity).length > 0 ? 'rules' : 'none';
}

/** Whether an operation can meet rows that stand against it. */
function meetsRows(app: App, entity: Entity, kind: Exclude<RouteKind, 'list' | 'get'>): boolean {
  switch (kind) {
    case 'create':
    case 'bulkCreate':
      return (
        bringsId(entity) !== undefined ||
        hasUniques(entity) ||
        entity.noOverlaps.length > 0 ||
        planParts(app, entity).some(({ to }) => meetsRows(app, to, kind))
      );
    case 'upsert':
      return upsertConflicts(entity);
    case 'update':
    case 'bulkUpdate':
      return updateConflicts(entity);
    case 'link':
      // A list may be full.
      return true;
    case 'unlink':
      return false;
    case 'restore':
      return true;
    case 'delete':
    case 'bulkDelete':
      return isRestricted(app, entity);
    default:
      return kind satisfies never;
  }
}

/** Whether an upsert can meet a conflict beside that of its key. */
function upsertConflicts(entity: Entity): boolean {
  const { upsert = [], fields, uniques, noOverlaps } = entity;
  const isOther = (names: readonly string[]): boolean => names.toSorted().join() !== upsert.toSorted().join();
  const sent = fields.filter(({ readOnly }) => !readOnly);
  return (
    bringsId(entity) === 'always' ||
    noOverlaps.length > 0 ||
    uniques.some((unique) => isOther(unique.fields)) ||
    sent.some(({ name, unique }) => unique && isOther([name])) ||
    sent.some((field) => field.enum?.transitions !== undefined) ||
    sent.some(({ name, immutable }) => immutable && !upsert.includes(name))
  );
}

/** Whether a new row can have what another has: it never has a number of a sequence, nor what a create leaves empty. */
function hasUniques({ uniques, fields }: Entity): boolean {
  const settled = new Set(fields.filter(isSettled).map(({ name }) => name));
  return (
    fields.some(({ name, unique }) => unique && settled.has(name)) ||
    uniques.some((unique) => unique.fields.every((name) => settled.has(name)))
  );
}

/** Whether a create gives the field a value that another row may have too. */
function isSettled({ readOnly, sequence, computed, preset, default: fallback }: Field): boolean {
  if (!readOnly || computed !== undefined) return true;
  return sequence === undefined && (preset !== undefined || (fallback !== undefined && fallback !== null));
}

/** Whether a patch can meet a conflict: a unique or a range it can touch, or a state machine. */
function updateConflicts(entity: Entity): boolean {
  const writable = entity.fields.filter((field) => !field.readOnly && !field.immutable);
  const alone = new Set(entity.fields.filter(({ unique }) => unique).map(({ name }) => name));
  return writable.some(
    (field) =>
      field.unique ||
      field.enum?.transitions !== undefined ||
      entity.uniques.some((unique) => unique.fields.includes(field.name) && !isIdle(unique.fields, alone)) ||
      entity.noOverlaps.some(({ per, from, to }) => [...per, from, to].includes(field.name)),
  );
}

/** Whether rows differ in one of the fields already, so that no two can have the same of all. */
function isIdle(fields: readonly string[], alone: ReadonlySet<string>): boolean {
  return fields.some((name) => alone.has(name));
}

/** Whether some row may hold on to a row of this entity, or to one that goes with it. */
function isRestricted(app: App, entity: Entity, seen: readonly string[] = []): boolean {
  if (seen.includes(entity.name)) return false;
  return incomingLinks(app, entity.name).some(({ from, field }) => {
    const onDelete = field.reference?.onDelete;
    // A list that loses an item may break a rule about it.
    if (field.links !== undefined || onDelete === 'restrict' || from.frozen !== undefined) return true;
    return onDelete === 'cascade' && isRestricted(app, from, [...seen, entity.name]);
  });
}

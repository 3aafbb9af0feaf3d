import type { App, Entity } from '../../model/app.ts';
import type { Expression } from '../../expression/expression.ts';
import { derivedName } from '../../model/naming.ts';
import { atPathEnd, tableOf } from '../expression/path-sql.ts';
import { isOwnStep, pathName, rowPaths, type PathStep, type RowPath } from '../expression/row-paths.ts';
import { sqlPlace } from '../expression/sql-place.ts';
import { quoteIdentifier } from '../sql/sql-text.ts';
import { changeEvents } from './change-events.ts';
import type { Guards } from './guards.ts';
import { lateLinks, noteLateLinks, type FollowedLink } from './late-links.ts';
import { triggerFunction } from './trigger-function.ts';

/** Rows that whoever writes a row of `entity` holds until the transaction ends. */
interface RowLock {
  readonly entity: string;
  /** Columns whose change asks for it. */
  readonly columns: readonly string[];
  /** Qualified table of the rows that are locked, and a condition on `locked`. */
  readonly target: string;
  readonly where: string;
  /** The rows whose list the written row is in: one writer of a list at a time. */
  readonly isOwner: boolean;
  /** What leads there from the written row itself. */
  readonly link?: FollowedLink;
}

/**
 * What lets rules over several rows hold beside each other. Whoever writes a row that such a rule reads first holds
 * the rows that meet there: what the row links to (shared), then the rows whose list it is in (alone). So of two
 * transactions that could break a rule together the second waits, and then sees what the first has done. All of
 * them lock in one order, and each row at once as strongly as it will need it.
 */
export function rowLocks(app: App): readonly Guards[] {
  const locks = Map.groupBy(
    app.entities.flatMap((entity) => rulesOf(entity).flatMap((rule) => locksOf(app, entity, rule))),
    (lock) => lock.entity,
  );
  return app.entities.flatMap((entity) => {
    const all = merged(locks.get(entity.name) ?? []);
    if (all.length === 0) return [];
    const links = followed(all);
    return [lockGuards(app, entity, all, links), ...(links.length === 0 ? [] : [lateLinks(app, entity, links)])];
  });
}

/** Expressions that read other rows. */
function rulesOf({ checks, fields }: Entity): readonly Expression[] {
  return [...checks, ...fields.flatMap(({ computed }) => computed ?? [])]
    .filter(({ reads }) => reads === 'others')
    .map(({ expression }) => expression);
}

function locksOf(app: App, entity: Entity, expression: Expression): readonly RowLock[] {
  const paths = rowPaths(expression);
  return paths.flatMap((path) => [...linkLocks(app, entity, path, paths), ...ownerLocks(app, entity, path)]);
}

/** Rows that links lead to, one after the other, from a row that is written. */
function linkLocks(app: App, entity: Entity, from: RowPath, paths: readonly RowPath[]): readonly RowLock[] {
  const place = sqlPlace(app, '');
  const start = pathName(from.steps);
  return paths.flatMap(({ steps }): readonly RowLock[] => {
    const further = steps.slice(from.steps.length);
    const isBehind = pathName(steps.slice(0, from.steps.length)) === start;
    if (!isBehind || further.length === 0 || !further.every(isOwnStep)) return [];
    const target = tableOf(place, steps.at(-1)?.entity ?? '');
    const link = further.length === 1 ? linkOf(further[0], target) : undefined;
    return [
      {
        entity: from.steps.at(-1)?.entity ?? entity.name,
        columns: from.columns,
        target,
        where: atPathEnd(place, further, 'locked', ofWritten),
        isOwner: false,
        ...(link !== undefined && { link }),
      },
    ];
  });
}

function linkOf(step: PathStep | undefined, target: string): FollowedLink | undefined {
  if (step?.kind === 'link') return { column: step.column, isList: false, target };
  return step?.via.kind === 'ids' ? { column: step.via.column, isList: true, target } : undefined;
}

/** Compares with a column of the written row. */
function ofWritten(column: string, isList = false): string {
  const value = `new.${quoteIdentifier(column)}`;
  return isList ? `= any (${value})` : `= ${value}`;
}

function ownerLocks(app: App, entity: Entity, path: RowPath): readonly RowLock[] {
  return listAtEnd(entity, path).map(({ listed, owner, column, isList }) => {
    const target = tableOf(sqlPlace(app, ''), owner);
    return {
      entity: listed,
      columns: path.columns,
      target,
      where: `locked.id ${isList ? anyOf(quoteIdentifier(column)) : oneOf(quoteIdentifier(column))}`,
      isOwner: true,
      link: { column, isList, target },
    };
  });
}

function anyOf(column: string): string {
  return `= any (new.${column} || old.${column})`;
}

function oneOf(column: string): string {
  return `in (new.${column}, old.${column})`;
}

/** A list whose rows say by a column of theirs who has them. */
interface OwnedList {
  /** Entity of its rows. */
  readonly listed: string;
  /** Entity of who has it. */
  readonly owner: string;
  readonly column: string;
  /** Whether the column has several ids. */
  readonly isList: boolean;
}

/** That which a path of the entity ends in, if it does. */
function listAtEnd(entity: Entity, { steps }: RowPath): readonly OwnedList[] {
  const step = steps.at(-1);
  if (step?.kind !== 'list' || step.via.kind === 'ids') return [];
  const owner = steps.at(-2)?.entity ?? entity.name;
  return [{ listed: step.entity, owner, column: step.via.column, isList: step.via.kind === 'pairs' }];
}

/** Rows that writers of a list's rows hold alone: their table, and the column of the list's rows that leads to them. */
export interface ListOwner {
  readonly table: string;
  readonly column: string;
  readonly isList: boolean;
}

/** In whose lists the rows of an entity are, wherever a rule over several rows reads such a list; in one order. */
export function listOwners(app: App, entity: Entity): readonly ListOwner[] {
  const { tables } = sqlPlace(app, '');
  const owners = (ownedLists(app).get(entity.name) ?? []).map(({ owner, column, isList }): ListOwner => ({
    table: tables.get(owner) ?? owner,
    column,
    isList,
  }));
  const distinct = new Map(owners.map((owner) => [`${owner.table} ${owner.column}`, owner]));
  return [...distinct].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, owner]) => owner);
}

/** The lists that rules over several rows read, by the entity of their rows. */
function ownedLists(app: App): ReadonlyMap<string, readonly OwnedList[]> {
  const known = listsOfApp.get(app) ?? Map.groupBy(app.entities.flatMap(listsReadBy), ({ listed }) => listed);
  listsOfApp.set(app, known);
  return known;
}

const listsOfApp = new WeakMap<App, ReadonlyMap<string, readonly OwnedList[]>>();

function listsReadBy(reader: Entity): readonly OwnedList[] {
  return rulesOf(reader).flatMap((rule) => rowPaths(rule).flatMap((path) => listAtEnd(reader, path)));
}

/** Each once, links before owners. A table that is locked as an owner is nowhere locked more weakly: two that hold a row together could not both go on. */
function merged(locks: readonly RowLock[]): readonly RowLock[] {
  const owners = new Set(locks.filter(({ isOwner }) => isOwner).map(({ target }) => target));
  const distinct = new Map<string, RowLock>();
  for (const lock of locks) {
    const key = `${lock.isOwner ? 2 : 1} ${lock.target} ${lock.where}`;
    const columns = [...new Set([...(distinct.get(key)?.columns ?? []), ...lock.columns])];
    distinct.set(key, { ...lock, columns });
  }
  return [...distinct]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, lock]) => ({ ...lock, isOwner: lock.isOwner || owners.has(lock.target) }));
}

function followed(locks: readonly RowLock[]): readonly FollowedLink[] {
  const links = new Map(locks.flatMap(({ link }) => (link === undefined ? [] : [[link.column, link]])));
  return [...links.values()];
}

function lockGuards(
  app: App,
  { name: entity, names: { table } }: Entity,
  locks: readonly RowLock[],
  links: readonly FollowedLink[],
): Guards {
  // Triggers run in the order of their names, and those that compute need the locks.
  const name = derivedName(table, [], 'a_locks');
  const columns = [...new Set(locks.flatMap((lock) => lock.columns))];
  const isListed = locks.some(({ where }) => where.includes('old.'));
  const lines = [
    ...locks.map(
      ({ target, where, isOwner }) =>
        `perform 1 from ${target} locked where ${where} order by locked.id for ${isOwner ? 'no key update' : 'share'};`,
    ),
    ...(isListed ? ["if tg_op = 'DELETE' then", '  return old;', 'end if;'] : []),
    ...(links.length === 0 ? [] : noteLateLinks(tableOf(sqlPlace(app, ''), entity), links)),
  ];
  return {
    functions: [triggerFunction(name, lines, 'new')],
    triggers: [
      {
        table,
        trigger: {
          name,
          timing: 'before',
          events: [
            { on: 'insert' },
            ...(isListed ? [{ on: 'delete' } as const] : []),
            ...changeEvents(app, entity, columns),
          ],
          level: 'row',
          function: name,
          arguments: [],
        },
      },
    ],
  };
}

import { derivedName } from '../../model/naming.ts';
import { qualify, quoteIdentifier } from '../sql/sql-text.ts';
import { changeEvents } from './change-events.ts';
import type { App, Entity } from '../../model/app.ts';
import type { Guards } from './guards.ts';
import { indented } from './raise-refusal.ts';
import { isNewId, unknownIds } from './named-ids.ts';
import { triggerFunction } from './trigger-function.ts';

/** A column by which a row is found that rules over several rows read. */
export interface FollowedLink {
  readonly column: string;
  /** Whether it has several ids. */
  readonly isList: boolean;
  /** Qualified table of what it leads to. */
  readonly target: string;
}

/** Known until the transaction ends: that a link led nowhere when its row was written. */
const IS_LATE = `'supercompile.late_links'`;

/**
 * Lines of a trigger that has locked what the links of the written row lead to: whether all of it is there. What is
 * not may be by the time that the foreign key is looked at, since another transaction, or this statement, puts it there:
 * a row of an id that was deleted a moment ago, or the next of many. It was neither locked nor read.
 */
export function noteLateLinks(table: string, links: readonly FollowedLink[]): readonly string[] {
  const [first = '', ...others] = links.map((link) => leadsNowhere(table, link));
  return [
    `if ${first}`,
    ...others.map((other) => `  or ${other}`),
    'then',
    `  perform set_config(${IS_LATE}, 'on', true);`,
    'end if;',
  ];
}

function leadsNowhere(table: string, { column, isList, target }: FollowedLink): string {
  const name = quoteIdentifier(column);
  // A row that links to itself is computed again once it is there.
  const unlessItself = (id: string): string => (target === table ? ` and ${id} <> new.id` : '');
  if (isList) return `exists (select 1 from ${unknownIds(target, name)}${unlessItself('named.id')})`;
  const id = `new.${name}`;
  return `${isChanged(name)} and ${id} is not null${unlessItself(id)} and not exists (select 1 from ${target} other where other.id = ${id})`;
}

function isChanged(name: string): string {
  return `(tg_op = 'INSERT' or new.${name} is distinct from old.${name})`;
}

/** What follows such links once more when the foreign keys have been looked at: the row's triggers lock and compute as they always do. */
export function lateLinks(app: App, { name: entity, names }: Entity, links: readonly FollowedLink[]): Guards {
  // After those that write pairs, which begin with an underscore.
  const name = derivedName(names.table, [], 'late_links');
  const columns = links.map(({ column }) => quoteIdentifier(column));
  const isNew = links.map(({ column, isList }) =>
    isList
      ? `exists (select 1 from unnest(new.${quoteIdentifier(column)}) named(id) where ${isNewId(quoteIdentifier(column))})`
      : isChanged(quoteIdentifier(column)),
  );
  return {
    functions: [
      triggerFunction(
        name,
        [
          `if current_setting(${IS_LATE}, true) = 'on' and (${isNew.join(' or ')}) then`,
          ...indented(
            [
              `update ${qualify(app.database.schema, names.table)} record`,
              `  set ${columns.map((column) => `${column} = record.${column}`).join(', ')}`,
              '  where record.id = new.id;',
            ],
            2,
          ),
          'end if;',
        ],
        'null',
      ),
    ],
    triggers: [
      {
        table: names.table,
        trigger: {
          name,
          timing: 'after',
          events: [
            { on: 'insert' },
            ...changeEvents(
              app,
              entity,
              links.map(({ column }) => column),
            ),
          ],
          level: 'row',
          function: name,
          arguments: [],
        },
      },
    ],
  };
}

import { derivedName } from '../../model/naming.ts';
import { qualify, quoteIdentifier, quoteLiteral } from '../sql/sql-text.ts';
import { changeEvents } from './change-events.ts';
import type { App, Entity } from '../../model/app.ts';
import type { Guards } from './guards.ts';
import { indented } from './raise-refusal.ts';
import { isNewId } from './named-ids.ts';
import { triggerFunction } from './trigger-function.ts';

/** A column by which a row is found that rules over several rows read. */
export interface FollowedLink {
  readonly column: string;
  /** Whether it has several ids. */
  readonly isList: boolean;
  /** Qualified table of what it leads to. */
  readonly target: string;
}

/** Setting of a transaction: which links led nowhere when their rows were written. */
const LATE = `'supercompile.late_links'`;

/**
 * Lines of a trigger that has locked what the links of the written row lead to: which of it is not there. It may be by
 * the time that the foreign key is looked at, since another transaction, or this statement, puts it there: a row of an id
 * that was deleted a moment ago, or the next of many. It was neither locked nor read.
 */
export function noteLateLinks(table: string, links: readonly FollowedLink[]): readonly string[] {
  return links.flatMap((link) => {
    const missing = `${idsOf(link)} where ${isNew(link)} and named.id is not null${unlessItself(table, link)} and not exists (select 1 from ${link.target} other where other.id = named.id)`;
    return [
      `if exists (select 1 from ${missing}) then`,
      `  perform set_config(${LATE}, concat_ws(',', current_setting(${LATE}, true), (select string_agg(${keyOf(link)}, ',') from ${missing})), true);`,
      'end if;',
    ];
  });
}

/** A row that links to itself is computed again once it is there. */
function unlessItself(table: string, { target }: FollowedLink): string {
  return target === table ? ' and named.id <> new.id' : '';
}

function idsOf({ column, isList }: FollowedLink): string {
  const ids = `new.${quoteIdentifier(column)}`;
  return `unnest(${isList ? ids : `array[${ids}]`}) named(id)`;
}

function isNew({ column, isList }: FollowedLink): string {
  const name = quoteIdentifier(column);
  return isList ? isNewId(name) : `(tg_op = 'INSERT' or new.${name} is distinct from old.${name})`;
}

/** What is noted of a link: ids have neither slashes nor commas. */
function keyOf({ column }: FollowedLink): string {
  return `concat_ws('/', tg_relid, new.id, ${quoteLiteral(column)}, named.id)`;
}

/**
 * What follows such links once their foreign keys have been looked at. What this transaction has put there leads to the
 * row's triggers, which lock and compute as they always do; what another one has put there, to another try.
 */
export function lateLinks(app: App, { name: entity, names }: Entity, links: readonly FollowedLink[]): Guards {
  // After those that write pairs, which begin with an underscore, and before those that write what it leads to.
  const name = derivedName('a_', [names.table], 'late_links');
  const found = (link: FollowedLink, also = ''): string =>
    `exists (select 1 from ${idsOf(link)} join ${link.target} other on other.id = named.id where ${isNew(link)} and ${keyOf(link)} = any (string_to_array(current_setting(${LATE}, true), ','))${also})`;
  const columns = links.map(({ column }) => column);
  const lines = [
    `if coalesce(current_setting(${LATE}, true), '') = '' then`,
    '  return null;',
    'end if;',
    ...whereAny(links.map((link) => found(link, ' and other.xmin <> pg_current_xact_id()::xid'))),
    ...indented(
      [
        'raise exception using',
        "  errcode = '40001',",
        `  message = ${quoteLiteral(`what a row of ${names.table} links to was put there while the row was written`)};`,
      ],
      2,
    ),
    'end if;',
    ...whereAny(links.map((link) => found(link))),
    `  update ${qualify(app.database.schema, names.table)} record`,
    `    set ${columns.map((column) => `${quoteIdentifier(column)} = record.${quoteIdentifier(column)}`).join(', ')}`,
    '    where record.id = new.id;',
    'end if;',
  ];
  return {
    functions: [triggerFunction(name, lines, 'null')],
    triggers: [
      {
        table: names.table,
        trigger: {
          name,
          timing: 'after',
          events: [{ on: 'insert' }, ...changeEvents(app, entity, columns)],
          level: 'row',
          function: name,
          arguments: [],
        },
      },
    ],
  };
}

/** Opens an `if`, one condition a line. */
function whereAny(conditions: readonly string[]): readonly string[] {
  return [...conditions.map((condition, index) => `${index === 0 ? 'if' : '  or'} ${condition}`), 'then'];
}

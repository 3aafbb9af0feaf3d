import type { App, Entity, Field } from '../../model/app.ts';
import { derivedName, PAIR_COLUMNS, pairTableName } from '../../model/naming.ts';
import { qualify, quoteIdentifier, quoteLiteral } from '../sql/sql-text.ts';
import { find } from '../migration/named-list.ts';
import { entitiesTogether, onDeleteOf, type Gone } from './going-together.ts';
import type { Guards } from './guards.ts';
import { idParameter } from './id-column.ts';
import { indented } from './raise-refusal.ts';
import { triggerFunction } from './trigger-function.ts';

/**
 * Lets rows that go with another one keep their links to what goes too. Postgres works off the actions of foreign
 * keys in an order that nobody chooses: it may empty such a link first, and the archive would have the row without it,
 * or a check refuse what is to be deleted. A row goes if one that it goes with is not there any more.
 */
export function keptLinks(app: App, entity: Entity): readonly Guards[] {
  const together = entity.fields.map((field) => ({ field, gone: goneWithTarget(app, entity, field) }));
  const kept = together.filter(({ gone }) => gone.length > 0).map(({ field }) => field);
  if (kept.length === 0) return [];
  const name = keepName(entity.names.table);
  const above = linksAbove(app, new Set(together.flatMap(({ gone }) => gone.flatMap((one) => [...one.keys()]))));
  const keep: Guards = {
    functions: [triggerFunction(name, keepLines(app, entity, kept, above), 'new')],
    triggers: [
      {
        table: entity.names.table,
        trigger: {
          name,
          timing: 'before',
          events: [{ on: 'update', columns: kept.map(({ column }) => column) }],
          level: 'row',
          function: name,
          arguments: [],
        },
      },
    ],
  };
  return [keep, ...kept.map((field) => leftLinks(app, entity, field))];
}

/** Empties the links of a row that did not go after all: what was above it may have been moved away at the same time. */
function leftLinks(app: App, { names }: Entity, { name: field, column, reference, links }: Field): Guards {
  const to = find(app.entities, (reference ?? links)?.entity ?? '');
  if (to === undefined) throw new Error(`field ${field} links to no entity`);
  const name = derivedName(names.table, [column], 'left');
  const rows = `${qualify(app.database.schema, names.table)} record`;
  const link = `record.${quoteIdentifier(column)}`;
  const pairs = pairTableName(names.table, field);
  const lines =
    links === undefined
      ? [
          `update ${rows} set ${quoteIdentifier(column)} = null where ${link} = old.id`,
          `  and not exists (select 1 from ${qualify(app.database.schema, to.names.table)} other where other.id = old.id);`,
        ]
      : [
          `update ${rows} set ${quoteIdentifier(column)} = array_remove(${link}, old.${PAIR_COLUMNS.target})`,
          `  where record.id = old.${PAIR_COLUMNS.source} and old.${PAIR_COLUMNS.target} = any (${link})`,
          `  and not exists (select 1 from ${qualify(app.database.schema, pairs)} pair where pair.${PAIR_COLUMNS.source} = record.id and pair.${PAIR_COLUMNS.target} = old.${PAIR_COLUMNS.target});`,
        ];
  return {
    functions: [triggerFunction(name, lines, 'null')],
    triggers: [
      {
        table: links === undefined ? to.names.table : pairs,
        trigger: {
          name,
          timing: 'after',
          events: [{ on: 'delete' }],
          level: 'row',
          function: name,
          arguments: [],
          deferrable: 'initiallyDeferred',
        },
      },
    ],
  };
}

/** Before the other triggers, which may refuse the change: an underscore comes before letters. */
function keepName(table: string): string {
  return derivedName('', [table], 'keep_links');
}

/** What goes with a row that takes both a row of the entity and what its link leads to, which empties the link. */
function goneWithTarget(app: App, { name }: Entity, field: Field): readonly Gone[] {
  const onDelete = onDeleteOf(field);
  const target = (field.reference ?? field.links)?.entity;
  if (target === undefined || (onDelete !== 'setNull' && onDelete !== 'unlink')) return [];
  return entitiesTogether(app, name, target).filter((gone) => (gone.get(name)?.most ?? 0) > 0);
}

/** A link by which rows go with what it leads to. */
interface LinkAbove {
  readonly from: Entity;
  readonly column: string;
  readonly to: Entity;
}

function linksAbove(app: App, names: ReadonlySet<string>): readonly LinkAbove[] {
  return app.entities.flatMap((from) =>
    from.fields.flatMap(({ column, reference }) => {
      const to = find(app.entities, reference?.entity ?? '');
      const isAbove = reference?.onDelete === 'cascade' && names.has(from.name) && names.has(reference.entity);
      return isAbove && to !== undefined ? [{ from, column, to }] : [];
    }),
  );
}

/** What the actions of foreign keys change is changed by a trigger. */
function keepLines(app: App, entity: Entity, kept: readonly Field[], above: readonly LinkAbove[]): readonly string[] {
  const isEmptied = kept.map(({ column, links }) => {
    const name = quoteIdentifier(column);
    return links === undefined ? `old.${name} is not null and new.${name} is null` : `old.${name} <> new.${name}`;
  });
  return [
    `if pg_trigger_depth() > 1 and (${isEmptied.join(' or ')}) and exists (`,
    ...indented(goesLines(app, entity, above), 2),
    ') then',
    '  return null;',
    'end if;',
  ];
}

/** A query that finds a row which is not there, with which the old row goes, if in many steps. */
function goesLines(app: App, entity: Entity, above: readonly LinkAbove[]): readonly string[] {
  const own = above.filter(({ from }) => from === entity);
  const start = own.map(({ column, to }) => `(${place(to)}, old.${quoteIdentifier(column)}::text)`);
  const reached = reachedFrom(entity, above);
  const rowOf = (to: Entity): string => {
    const id = `case above.place when ${place(to)} then above.id::${idParameter(to)} end`;
    return `${qualify(app.database.schema, to.names.table)} record where record.id = ${id}`;
  };
  const steps = above
    .filter(({ from }) => reached.has(from))
    .map(
      ({ from, column, to }, index) =>
        `${index === 0 ? '' : 'union all '}select ${place(to)}, record.${quoteIdentifier(column)}::text from ${rowOf(from)}`,
    );
  const missing = [...reached].map(
    (to, index) =>
      `${index === 0 ? 'where' : 'or'} above.place = ${place(to)} and not exists (select 1 from ${rowOf(to)})`,
  );
  return [
    'with recursive above(place, id) as (',
    `  select place, id from (values ${start.join(', ')}) link(place, id) where id is not null`,
    ...(steps.length === 0
      ? []
      : [
          '  union',
          '  select link.place, link.id from above cross join lateral (',
          ...indented(steps, 4),
          '  ) link(place, id) where link.id is not null',
        ]),
    ')',
    'select 1 from above',
    ...indented(missing, 2),
  ];
}

/** What the query calls an entity. */
function place({ names }: Entity): string {
  return quoteLiteral(names.table);
}

/** The entities above one, which may be one of them. */
function reachedFrom(entity: Entity, above: readonly LinkAbove[]): ReadonlySet<Entity> {
  const all = new Set<Entity>();
  const visit = (from: Entity): void => {
    for (const link of above.filter((one) => one.from === from && !all.has(one.to))) {
      all.add(link.to);
      visit(link.to);
    }
  };
  visit(entity);
  return all;
}

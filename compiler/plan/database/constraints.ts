import { bringsId } from '../../model/brings-id.ts';
import type { App, Entity, Field } from '../../model/app.ts';
import { rowPaths } from '../expression/row-paths.ts';
import { conflictFacts } from './conflicts.ts';
import type { ConstraintFact } from './constraint-fact.ts';
import type { DatabaseSchema, Index, Table } from './database-schema.ts';
import { checkName } from './field-checks.ts';
import { frozenName } from './frozen-guard.ts';
import { givenKeys, placesOf } from './given-keys.ts';
import { holderFacts } from './holders.ts';
import { exclusionName, rangeOrderName } from './no-overlap.ts';
import { pairKeyName, pairTargetName } from './pair-names.ts';
import { overflowFacts } from './out-of-range.ts';
import { rowCheckName } from './row-checks.ts';
import { namedUniqueName } from './table-indexes.ts';
import { transitionName } from './transition-guard.ts';
import { tableNamed } from './table-named.ts';

/** The constraints of an entity's table that a well-formed request can violate, by kind and then in the table's order. */
export function constraintFacts(app: App, entity: Entity, schema: DatabaseSchema): readonly ConstraintFact[] {
  const table = tableNamed(schema.tables, entity.names.table);
  if (table === undefined) return [];
  const own = [
    ...takenIds(entity, table),
    ...uniques(entity, table),
    ...ranges(entity),
    ...references(entity, table),
    ...missingValues(entity),
    ...lists(entity),
    ...stateMachines(entity),
    ...checks(app, entity),
    ...frozen(entity),
    ...limits(entity, table),
    ...overflowFacts(app, entity),
  ];
  const names = new Set(own.map(({ name }) => name));
  const others = [
    ...conflictFacts(app, entity),
    ...(entity.operations.includes('delete') ? holderFacts(app, entity) : []),
  ];
  return [...own, ...others.filter(({ name }) => !names.has(name))];
}

/** Where a create may bring the id of its row. */
function takenIds(entity: Entity, { constraints }: Table): readonly ConstraintFact[] {
  const key = constraints.find(({ kind }) => kind === 'primaryKey');
  return bringsId(entity) === undefined || key === undefined ? [] : [{ name: key.name, kind: 'unique', keys: ['id'] }];
}

function uniques(entity: Entity, table: Table): readonly ConstraintFact[] {
  const constraints = table.constraints.flatMap((constraint) => (constraint.kind === 'unique' ? [constraint] : []));
  const indexes = table.indexes.filter(({ unique }) => unique === true);
  const all = [...constraints, ...indexes.map((index) => ({ name: index.name, columns: indexColumns(index) }))];
  return all.map(({ name, columns }): ConstraintFact => {
    const keys = keysOf(entity, columns);
    const rule = entity.uniques.find((unique) => namedUniqueName(entity, unique) === name);
    return rule === undefined ? { name, kind: 'unique', keys } : { name, kind: 'taken', keys, code: rule.name };
  });
}

/** Limits of what Postgres makes of the row: those of what triggers keep are checks of the entity. */
function limits(entity: Entity, { constraints }: Table): readonly ConstraintFact[] {
  const made = entity.fields.flatMap((field) => (field.computed?.reads === 'row' ? [field] : []));
  return made
    .flatMap((field) =>
      LIMITS.map(([rule, suffix]): ConstraintFact => ({
        name: checkName(entity.names.table, field, rule),
        kind: 'check',
        keys: givenKeys(entity, [field.column]),
        code: field.name + suffix,
      })),
    )
    .filter(({ name }) => constraints.some((constraint) => constraint.name === name));
}

const LIMITS = [
  ['min', 'Min'],
  ['max', 'Max'],
] as const;

/** Columns of an index, those inside `lower(...)` too. */
function indexColumns({ keys }: Index): readonly string[] {
  return keys.map(({ column, expression }) => column ?? /^lower\("?(.+?)"?\)$/.exec(expression ?? '')?.[1] ?? '');
}

function references(entity: Entity, table: Table): readonly ConstraintFact[] {
  return table.constraints.flatMap((constraint) =>
    constraint.kind === 'foreignKey'
      ? [{ name: constraint.name, kind: 'reference' as const, keys: keysOf(entity, constraint.columns) }]
      : [],
  );
}

/**
 * A computed value that is always there is missing where a link that it is made of leads to no row: Postgres finds that
 * before it looks at the foreign key.
 */
function missingValues({ names, fields }: Entity): readonly ConstraintFact[] {
  return fields.flatMap(({ column, computed, optional }): readonly ConstraintFact[] => {
    if (computed?.reads !== 'others' || optional) return [];
    const first = rowPaths(computed.expression).flatMap(({ steps: [step] }) =>
      step?.kind === 'link' ? step.column : [],
    );
    const keys = fields.filter((link) => first.includes(link.column)).map(({ key }) => key);
    return keys.length === 0 ? [] : [{ name: `${names.table}.${column}`, kind: 'nowhere', keys }];
  });
}

/** Links to many rows, whose rules stand on the table of their pairs. */
function lists({ names, fields }: Entity): readonly ConstraintFact[] {
  return fields
    .filter(({ links }) => links !== undefined)
    .flatMap((field): readonly ConstraintFact[] => [
      { name: pairTargetName(names.table, field), kind: 'reference', keys: [field.key] },
      { name: pairKeyName(names.table, field), kind: 'repeated', keys: [field.key] },
    ]);
}

function ranges(entity: Entity): readonly ConstraintFact[] {
  const { table } = entity.names;
  return entity.noOverlaps.flatMap((rule) => {
    const ends = [rule.from, rule.to].flatMap((name) => entity.fields.find((field) => field.name === name)?.key ?? []);
    return [
      { name: exclusionName(table, rule), kind: 'overlap' as const, keys: ends, code: rule.name },
      { name: rangeOrderName(table, rule), kind: 'range' as const, keys: ends },
    ];
  });
}

function stateMachines({ fields, names }: Entity): readonly ConstraintFact[] {
  return fields
    .filter((field) => field.enum?.transitions)
    .map((field) => ({ name: transitionName(names.table, field), kind: 'transition' as const, keys: [field.key] }));
}

function checks(app: App, entity: Entity): readonly ConstraintFact[] {
  return entity.checks.map((check) => ({
    name: rowCheckName(entity.names.table, check),
    kind: 'check' as const,
    keys: placesOf(app, entity, check.expression),
    code: check.name,
  }));
}

function frozen({ names, frozen: condition }: Entity): readonly ConstraintFact[] {
  return condition === undefined ? [] : [{ name: frozenName(names.table), kind: 'frozen', keys: [] }];
}

function keysOf({ fields }: Entity, columns: readonly string[]): readonly string[] {
  return columns.flatMap((column) => fields.find((field: Field) => field.column === column)?.key ?? []);
}

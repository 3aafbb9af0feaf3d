import type { App, Condition, Entity, Field, Literal, NamedCondition, NoOverlap } from '../../model/app.ts';
import { archiveName } from '../../plan/database/archive.ts';
import { conflictFacts } from '../../plan/database/conflicts.ts';
import { isRecomputed } from '../../plan/database/effects.ts';
import { rangeOrderName } from '../../plan/database/no-overlap.ts';
import { rowCheckName } from '../../plan/database/row-checks.ts';
import { planFilters, type ResourceFilter } from '../../plan/filters.ts';
import { MAX_PARTS, planParts } from '../../plan/parts.ts';
import { rangeSamples } from '../../plan/range-samples.ts';
import { linkWishes, loneWishes } from '../../plan/samples/link-wishes.ts';
import type { ShiftSample } from '../../plan/samples/sample-shifts.ts';
import { walkExpression } from '../../expression/walk-expression.ts';
import { needsClock, readsRows } from '../../model/expressions/expression-place.ts';
import { linkSteps, type LinkStep } from '../../model/link-step.ts';
import type { OutputFile } from '../file.ts';
import { joined, lines, nothing, raw, ts, typeSymbol, type Fragment } from '../text/fragment.ts';
import { doc, literal, num, prop, str } from '../text/quote.ts';
import { predicateFunction } from '../expression/predicate-type.ts';
import { sourceFile } from '../text/source-file.ts';
import { aimCases, aloneCases, wishCases } from './aim-cases.ts';
import { keysRead, readsMade } from './condition-keys.ts';
import { fieldCase } from './field-case.ts';

/** `test/crud/lead.ts`: what the API of one entity must do. It is printed from the entity alone, so that no other emitter's mistake is in it. */
export function emitResourceCase(app: App, entity: Entity, shift: ShiftSample): OutputFile {
  const { api } = app;
  const { list, names } = entity;
  const isKnown = (wish: Condition): boolean => !readsMade(entity, wish);
  const alone = loneWishes(entity).filter(isKnown);
  const wishes = linkWishes(app, entity).filter(isKnown);
  return sourceFile(
    `test/crud/${names.folder}.ts`,
    ts`${doc(`What the API must do with ${names.wordsPlural}; test/all.test.ts tries it.`)}
export const resource: ${typeSymbol('ResourceCase', '#runtime/testing/resource-case.ts')} = {
  name: ${str(entity.name)},
  table: ${str(names.table)},
  ${isRecomputed(app, entity) ? raw('recomputed: true,') : nothing}
  ${entity.bulk === undefined ? nothing : ts`bulk: ${num(entity.bulk)},`}
  ${entity.upsert === undefined ? nothing : ts`upsert: ${literal(entity.upsert.map((name) => keyOf(entity, name)))},`}
  ${entity.softDelete ? ts`archive: ${str(archiveName(names.table))},` : nothing}
  path: ${str(`${api.basePath}/${names.path}`)},
  operations: ${literal(entity.operations)},
  fields: [
    ${rows(entity.fields.map((field) => fieldCase(entity, field, shift)))}
  ],
  ${partCases(app, entity)}
  ${entity.id === undefined ? nothing : ts`id: ${str(entity.id)},`}
  ${entity.clientId ? raw('clientId: true,') : nothing}
  uniques: [
    ${rows(uniquesOf(entity))}
  ],
  ${uniqueNames(entity)}
  ${partialUniques(entity)}
  ${noOverlaps(entity, shift)}
  ${checks(entity)}
  ${farRules(app, entity)}
  ${frozen(entity)}
  ${aloneCases(entity, alone)}
  ${wishCases(entity, wishes)}
  ${aimCases(
    entity,
    [...heldChecks(entity), ...plainFrozen(entity), ...alone, ...wishes].map(({ expression }) => expression),
  )}
  transitions: {
    ${rows(entity.fields.flatMap(stateMachine))}
  },
  filters: {
    ${rows(planFilters(app, entity).map(filterMember))}
  } as const,
  followed: {
    ${rows(list.filter.filter((path) => path.includes('.')).map((path) => followed(app, entity, path)))}
  },
  sorts: [
    ${rows(list.sort.map((name) => ts`${str(keyOf(entity, name))},`))}
  ],
  search: ${literal((entity.search ?? []).map((name) => keyOf(entity, name)))},
  expansions: {
    ${rows(expandPaths(entity).map((path) => expansion(app, entity, path)))}
  },
  defaultSort: ${str(defaultSort(entity))},
  pageSize: ${num(list.pageSize)},
  maxPageSize: ${num(list.maxPageSize)},
};`,
  );
}

/** One item a line; none leave no line. */
function rows(items: readonly Fragment[]): Fragment {
  return items.length === 0 ? nothing : lines(items);
}

function partCases(app: App, entity: Entity): Fragment {
  const parts = entity.operations.includes('create') ? planParts(app, entity) : [];
  if (parts.length === 0) return nothing;
  const cases = parts.map(({ key, to, link }) => ({ key, resource: to.name, link: link.key, maxItems: MAX_PARTS }));
  return ts`parts: [
  ${rows(cases.map((one) => ts`${literal(one)},`))}
],`;
}

function uniquesOf(entity: Entity): readonly Fragment[] {
  const single = entity.fields.filter(({ unique, sequence }) => unique && !sequence).map(({ key }) => [key]);
  const named = entity.uniques
    .filter(({ where }) => where === undefined)
    .map(({ fields }) => fields.map((name) => keyOf(entity, name)));
  return [...single, ...named].map((keys) => ts`${literal(keys)},`);
}

function uniqueNames(entity: Entity): Fragment {
  const whole = entity.uniques.filter(({ where }) => where === undefined);
  if (whole.length === 0) return nothing;
  const members = whole.map(({ name, fields }) => {
    const keys = fields.map((field) => keyOf(entity, field)).join(', ');
    return ts`${prop(keys)}: ${str(name)},`;
  });
  return ts`uniqueNames: {
  ${rows(members)}
},`;
}

function partialUniques(entity: Entity): Fragment {
  const partial = entity.uniques.filter(({ where }) => where !== undefined);
  if (partial.length === 0) return nothing;
  return ts`partialUniques: [
  ${rows(partial.map(({ fields }) => ts`${literal(fields.map((name) => keyOf(entity, name)))},`))}
],`;
}

function noOverlaps(entity: Entity, shift: ShiftSample): Fragment {
  if (entity.noOverlaps.length === 0) return nothing;
  return ts`noOverlaps: [
  ${rows(entity.noOverlaps.map((rule) => ts`${literal(noOverlapCase(entity, rule, shift))},`))}
],`;
}

function noOverlapCase(entity: Entity, rule: NoOverlap, shift: ShiftSample): Literal {
  const [first, last] = [fieldNamed(entity, rule.from), fieldNamed(entity, rule.to)];
  const [from, to, ...per] = [rule.from, rule.to, ...rule.per].map((name) => keyOf(entity, name));
  return {
    name: rule.name,
    per,
    from: from ?? '',
    to: to ?? '',
    keys: [...per, from ?? '', to ?? ''],
    ranges: rangeSamples(entity, rule).map(([start, end]) => [
      first === undefined ? start : shift(first, start),
      last === undefined ? end : shift(last, end),
    ]),
    ...(rule.where !== undefined && { isPartial: true }),
  };
}

/** What Postgres checks of a row, in its order: by name. */
function heldChecks(entity: Entity): readonly NamedCondition[] {
  const { names, checks: own, noOverlaps: ranges } = entity;
  const named = own
    .filter((check) => check.reads === 'row' && !readsMade(entity, check))
    .map((check) => ({ constraint: rowCheckName(names.table, check), check }));
  const orders = ranges.flatMap((rule) =>
    rule.ordered === undefined
      ? []
      : [{ constraint: rangeOrderName(names.table, rule), check: { name: 'range', ...rule.ordered } }],
  );
  return [...named, ...orders]
    .toSorted((a, b) => (a.constraint < b.constraint ? -1 : 1))
    .map(({ check }): NamedCondition => check);
}

function checks(entity: Entity): Fragment {
  const own = heldChecks(entity);
  if (own.length === 0) return nothing;
  return ts`checks: [
  ${rows(
    own.map((check) => {
      const { name, expression } = check;
      const keys = literal(keysRead(entity, check));
      return ts`{ name: ${str(name)}, keys: ${keys}, holds: ${predicateFunction(expression)} },`;
    }),
  )}
],`;
}

/** Rules over other rows that a row here can break. */
function farRules(app: App, entity: Entity): Fragment {
  const own = entity.checks
    .filter((check) => check.reads === 'others' || readsMade(entity, check))
    .map((check) => ({ constraint: rowCheckName(entity.names.table, check), code: check.name }));
  const others = conflictFacts(app, entity).map(({ name, code = '' }) => ({ constraint: name, code }));
  const all = new Map([...own, ...others].map((rule) => [rule.constraint, rule]));
  if (all.size === 0) return nothing;
  return ts`farRules: [
  ${rows([...all.values()].map((rule) => ts`${literal(rule)},`))}
],`;
}

/** A condition that looks at other rows or at the clock is none that a row tells by itself. */
function plainFrozen(entity: Entity): readonly Condition[] {
  const { frozen: condition } = entity;
  const isPlain =
    condition !== undefined &&
    !readsMade(entity, condition) &&
    ![...walkExpression(condition.expression)].some((part) => readsRows(part) || needsClock(part));
  return isPlain ? [condition] : [];
}

function frozen(entity: Entity): Fragment {
  if (entity.frozen === undefined) return nothing;
  const [condition] = plainFrozen(entity);
  return condition === undefined
    ? ts`freezes: true,`
    : ts`freezes: true,
frozen: ${predicateFunction(condition.expression)},
frozenKeys: ${literal(keysRead(entity, condition))},`;
}

function stateMachine({ key, enum: enumeration }: Field): readonly Fragment[] {
  if (enumeration?.transitions === undefined) return [];
  const states = enumeration.transitions.map(({ from, to }) => ts`${prop(from)}: ${literal(to)},`);
  return [
    ts`${prop(key)}: {
  initial: ${literal(enumeration.initial ?? [])},
  next: {
    ${rows(states)}
  },
},`,
  ];
}

/** What goes on from a link can be asked for up to there, too. */
function expandPaths({ list }: Entity): readonly string[] {
  const paths = list.expand.flatMap((path) => {
    const names = path.split('.');
    return names.map((_, index) => names.slice(0, index + 1).join('.'));
  });
  return [...new Set(paths)];
}

function expansion(app: App, entity: Entity, path: string): Fragment {
  const links = linkSteps(app, entity, path).map(linkCase);
  return ts`${prop(path)}: [${joined(links, ', ')}],`;
}

function linkCase({ name, to, kind, via, field }: LinkStep): Fragment {
  return ts`{ name: ${str(name)}, to: ${str(to.name)}, kind: ${str(LINK_KINDS[via] ?? kind)}, key: ${str(field.key)} }`;
}

/** Of lists that columns of ids make. */
const LINK_KINDS: Readonly<Partial<Record<LinkStep['via'], string>>> = { ids: 'named', pairs: 'naming' };

function keyOf(entity: Entity, name: string): string {
  return fieldNamed(entity, name)?.key ?? name;
}

/** Undefined for the times that every row has. */
function fieldNamed({ fields }: Entity, name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}

/** What a filter's path leads to: the links on its way, and the last of its entities. */
function wayOf(app: App, entity: Entity, path: string) {
  const names = path.split('.');
  const links = linkSteps(app, entity, names.slice(0, -1).join('.'));
  const owner = links.at(-1)?.to ?? entity;
  const name = names.at(-1) ?? '';
  return { links, key: [...names.slice(0, -1), keyOf(owner, name)].join('.') };
}

function filterMember({ key, operators }: ResourceFilter): Fragment {
  return ts`${prop(key)}: ${literal(operators)},`;
}

function followed(app: App, entity: Entity, path: string): Fragment {
  const { links, key } = wayOf(app, entity, path);
  return ts`${prop(key)}: [${joined(links.map(linkCase), ', ')}],`;
}

/** The first sort; times newest first. */
function defaultSort(entity: Entity): string {
  const [name = 'createdAt'] = entity.list.sort;
  return fieldNamed(entity, name) === undefined ? `-${name}` : keyOf(entity, name);
}

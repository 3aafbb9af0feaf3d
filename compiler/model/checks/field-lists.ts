import { findSpelling } from '../../spec/shape/suggest-word.ts';
import type { Fix } from '../../diagnostics/diagnostic.ts';
import type { Entity, Field, NoOverlap } from '../app.ts';
import { fieldTypes } from '../field-types.ts';
import { RANGE_TYPES } from '../ranges.ts';
import { type Check, type CheckInput, entityPointer } from './check.ts';
import { type DanglingFields, findDanglingFields } from './dangling-fields.ts';
import { nameHint } from './name-hint.ts';
import { replaceNode } from './replace-node.ts';
import { relatedIdle, reportDangling } from './report-dangling.ts';
import { SYSTEM_TIMES } from './system-fields.ts';

/** Places of an entity that name fields, and which fields may stand there. */
interface FieldList {
  /** Below the entity. */
  readonly path: readonly string[];
  readonly names: readonly string[];
  readonly systemTimes: boolean;
  /** Paths over references may stand here too; they have their own check. */
  readonly isDotted?: boolean;
  /** One name that stands at the path itself. */
  readonly single?: true;
  /** Why the field cannot stand here; finishes the sentence `"notes" ...`. */
  readonly refusal: (field: Field) => string | undefined;
}

/** A path of the list that has its own check. */
function isPath({ isDotted }: FieldList, name: string): boolean {
  return isDotted === true && name.includes('.');
}

/** `list`, `unique` and `indexes` name fields that exist and that an index can hold. */
export const checkFieldLists: Check = (input) => {
  for (const entity of input.app.entities) {
    if (input.reporter.isFull()) return;
    const lists = writtenLists(input, entity);
    const fields = new Map(entity.fields.map((field) => [field.name, field]));
    const dangling = findDanglingFields(input, entity, lists);
    for (const list of lists) {
      list.names.forEach((name, index) => {
        if (!isPath(list, name)) checkName(input, entity, list, index, fields.get(name), dangling);
      });
    }
    if (dangling !== undefined)
      reportDangling(input.document, input.reporter, dangling.declarations, dangling.culprits);
  }
};

function writtenLists({ spec }: CheckInput, entity: Entity): readonly FieldList[] {
  const written = spec.entities[entity.name];
  const { filter = [], sort = [] } = written?.list ?? {};
  return [
    { path: ['list', 'filter'], names: filter, isDotted: true, systemTimes: true, refusal: filterRefusal },
    { path: ['list', 'sort'], names: sort, systemTimes: true, refusal: sortRefusal },
    { path: ['search'], names: written?.search ?? [], systemTimes: false, refusal: searchRefusal },
    { path: ['upsert'], names: entity.upsert ?? [], systemTimes: false, refusal: upsertRefusal },
    ...entity.uniques.map(({ name, fields }) => ({
      path: ['unique', name, 'fields'],
      names: fields,
      systemTimes: false,
      refusal: indexRefusal,
    })),
    ...entity.indexes.map(({ name, fields }) => ({
      path: ['indexes', name, 'fields'],
      names: fields,
      systemTimes: true,
      refusal: indexRefusal,
    })),
    ...entity.noOverlaps.flatMap((rule) => rangeLists(written?.noOverlap?.[rule.name]?.per ?? [], rule)),
  ];
}

function rangeLists(per: readonly string[], { name, from, to }: NoOverlap): readonly FieldList[] {
  const end = { systemTimes: false, single: true, refusal: rangeRefusal } as const;
  return [
    { path: ['noOverlap', name, 'per'], names: per, systemTimes: false, refusal: indexRefusal },
    { path: ['noOverlap', name, 'from'], names: [from], ...end },
    { path: ['noOverlap', name, 'to'], names: [to], ...end },
  ];
}

function rangeRefusal(field: Field): string | undefined {
  if (field.many) return 'is an array, and arrays have no order';
  return RANGE_TYPES[field.type] === undefined ? `is of type ${field.type}, which has no ranges` : undefined;
}

/** Why a list cannot filter by a field; undefined where it can. */
export function filterRefusal(field: Field): string | undefined {
  if (field.writeOnly) return 'is writeOnly, and a filter would give it away';
  const { filters, caseInsensitive } = fieldTypes[field.type];
  if (field.many && caseInsensitive)
    return `is an array of type ${field.type}, whose items no index compares in any case of letters`;
  return filters.length > 0 ? undefined : `is of type ${field.type}, which has no filters`;
}

const SEARCHED: readonly Field['type'][] = ['string', 'text', 'email', 'phone', 'url'];

function searchRefusal(field: Field): string | undefined {
  if (field.writeOnly) return 'is writeOnly, and a search would give it away';
  if (field.many) return 'is an array, and a search looks at text alone';
  return SEARCHED.includes(field.type) ? undefined : `is of type ${field.type}, and a search looks at text alone`;
}

/** A body has all of the key, and no two rows may be without it. */
function upsertRefusal(field: Field): string | undefined {
  if (field.readOnly) return 'is readOnly, and a body must have it to be found by it';
  if (field.writeOnly) return 'is writeOnly, and whoever cannot read it cannot know which row is meant';
  if (field.optional) return 'is optional, and a unique takes many rows without it';
  return indexRefusal(field);
}

function sortRefusal(field: Field): string | undefined {
  if (field.writeOnly) return 'is writeOnly, and a sort would give it away';
  if (field.many) return 'is an array, and arrays have no order';
  return fieldTypes[field.type].sortable ? undefined : `is of type ${field.type}, which has no order`;
}

function indexRefusal(field: Field): string | undefined {
  if (field.many) return 'is an array, and arrays are not compared as a whole';
  return fieldTypes[field.type].sortable ? undefined : `is of type ${field.type}, which has no order`;
}

function checkName(
  input: CheckInput,
  entity: Entity,
  list: FieldList,
  index: number,
  field: Field | undefined,
  dangling: DanglingFields | undefined,
): void {
  const where = entityPointer(entity, ...list.path, ...(list.single ? [] : [index]));
  const name = list.names[index] ?? '';
  if (field === undefined) {
    if (!(list.systemTimes && SYSTEM_TIMES.includes(name))) reportUnknown(input, entity, list, name, where, dangling);
    return;
  }
  const reason = list.refusal(field);
  if (reason === undefined) return;
  input.reporter.report(
    'unlistable-field',
    where,
    { field: name, reason, list: list.path[0] ?? '' },
    { allowed: allowed(entity, list) },
  );
}

function reportUnknown(
  { document, reporter }: CheckInput,
  entity: Entity,
  list: FieldList,
  name: string,
  where: string,
  dangling: DanglingFields | undefined,
): void {
  const renamed = entity.fields.find(({ was }) => was === name);
  if (renamed !== undefined) {
    const hint = `it is now "${renamed.name}"`;
    const fix = replaceNode(document, where, renamed.name);
    return reporter.report('unknown-field', where, { name, entity: entity.name, hint }, { fix });
  }
  const culprit = dangling?.culprits.get(name);
  if (dangling === undefined || culprit?.kind !== 'use') return;
  const names = allowed(entity, list);
  const link = entity.fields.find((field) => field.reference !== undefined && field.key === name);
  const closest = link?.name ?? findSpelling(name, names);
  const fix: { readonly fix?: Fix } = closest === undefined ? {} : { fix: replaceNode(document, where, closest) };
  const hint =
    link === undefined
      ? nameHint(closest, 'write one of its fields')
      : `a link is written without "Id": "${link.name}"`;
  reporter.report(
    'unknown-field',
    where,
    { name, entity: entity.name, hint },
    { allowed: names, related: relatedIdle(dangling.declarations, culprit), ...fix },
  );
}

function allowed(entity: Entity, list: FieldList): readonly string[] {
  const own = entity.fields.filter((field) => list.refusal(field) === undefined).map((field) => field.name);
  return list.systemTimes ? [...own, ...SYSTEM_TIMES] : own;
}

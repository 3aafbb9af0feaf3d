import type { Construct, Draw, EntityPlace } from './construct.ts';
import { FIELD_NAMES, PROSE } from './names.ts';
import { pick, pickNumber, pickSome } from './pick.ts';
import { entityOf, type EntityDraft } from './spec-draft.ts';

const TIMES = ['createdAt', 'updatedAt'];
const OPERATIONS = ['create', 'read', 'update', 'delete'];

/** What an entity may have besides plain fields, in an order in which each can build on those before. */
export const ENTITY_CONSTRUCTS: readonly Construct<EntityPlace>[] = [
  { name: 'a link', share: 60, add: addLink },
  { name: 'a second link', share: 35, add: addLink },
  { name: 'a link to itself', share: 25, add: (place) => addLink(place, place.entityName) },
  { name: 'a part', share: 25, add: addPart },
  { name: 'narrow grants', share: 35, add: addGrants },
  { name: 'no grant', share: 4, add: ({ entity }) => clear(entity.access) },
  { name: 'a unique of several', share: 40, add: addFieldList('unique') },
  { name: 'indexes', share: 30, add: addFieldList('indexes') },
  { name: 'rules', share: 20, add: ({ draw, entity }) => void (entity.more['rules'] = { odd: rareRow(draw, entity) }) },
  {
    name: 'checks',
    share: 20,
    add: ({ draw, entity }) => void (entity.more['checks'] = { usual: `!(${rareRow(draw, entity)})` }),
  },
  { name: 'frozen', share: 15, add: ({ draw, entity }) => void (entity.more['frozen'] = rareRow(draw, entity)) },
  { name: 'unique where', share: 40, add: addWhere('unique') },
  { name: 'indexes where', share: 40, add: addWhere('indexes') },
  { name: 'noOverlap', share: 15, add: addNoOverlap },
  { name: 'a sequence', share: 25, add: addSequence },
  { name: 'computed', share: 30, add: addComputed },
  { name: 'bulk', share: 30, add: ({ draw, entity }) => void (entity.more['bulk'] = pick(draw, [1, 3, 1000])) },
  { name: 'soft delete', share: 30, add: addSoftDelete },
  { name: 'computed over a list', share: 30, add: addTotal },
  { name: 'a check over a list', share: 30, add: addFarCheck },
  { name: 'list', share: 60, add: addList },
  { name: 'expand', share: 40, add: addExpand },
  { name: 'search', share: 30, add: addSearch },
  { name: 'page sizes', share: 30, add: addPageSizes },
  { name: 'an entity description', share: 20, add: ({ entity }) => void (entity.more['description'] = PROSE) },
  { name: 'table', share: 15, add: ({ draw, entity }) => void (entity.more['table'] = `t_${pickNumber(draw, 1, 99)}`) },
  { name: 'path', share: 15, add: ({ draw, entity }) => void (entity.more['path'] = `p-${pickNumber(draw, 1, 99)}`) },
  { name: 'links to many', share: 35, add: addLinks },
  { name: 'links to many of its own', share: 15, add: (place) => addLinks(place, place.entityName) },
  { name: 'expand links to many', share: 50, add: addExpandOfLinks },
  { name: 'computed over links', share: 50, add: addCountOfLinks },
  { name: 'upsert', share: 60, add: addUpsert },
  { name: 'a check of what triggers keep', share: 50, add: addKeptCheck },
  { name: 'ids that are numbers', share: 15, add: ({ entity }) => void (entity.more['id'] = 'bigint') },
  { name: 'ids that are texts', share: 15, add: ({ entity }) => void (entity.more['id'] = 'string') },
  { name: 'ids of clients', share: 35, add: ({ entity }) => void (entity.more['clientId'] = true) },
  { name: 'an upserted whole that its parts show', share: 60, add: addUpsertedWhole },
  { name: 'computed over a list behind a link', share: 40, add: addFarTotal },
  { name: 'computed from two rows', share: 40, add: addFarCondition },
  { name: 'computed from values behind a link', share: 60, add: addFarValues },
];

function addLink({ draw, spec, entity }: EntityPlace, to = pick(draw, Object.keys(spec.entities))): void {
  const field = {
    type: 'reference',
    to,
    ...pick(draw, [{}, { optional: true }, { optional: true }]),
    ...pick(draw, [{}, { onDelete: 'restrict' }, { onDelete: 'cascade' }, { onDelete: 'setNull' }]),
    ...pick(draw, [{}, {}, {}, { unique: true }, { immutable: true }, { readOnly: true, optional: true }]),
    ...pick(draw, [{}, {}, {}, {}, { writeOnly: true }, { description: 'Where it points.' }]),
    ...pick(draw, [{}, { inverse: pick(draw, ['children', 'others', 'class']) }]),
  };
  entity.fields[pick(draw, FIELD_NAMES)] ??= field;
}

function addLinks({ draw, spec, entity }: EntityPlace, to = pick(draw, Object.keys(spec.entities))): void {
  entity.fields[pick(draw, FIELD_NAMES)] ??= {
    type: 'references',
    to,
    ...pick(draw, [{}, { onDelete: 'restrict' }, { onDelete: 'unlink' }]),
    ...pick(draw, [{}, {}, {}, { immutable: true }, { readOnly: true }, { writeOnly: true }]),
    ...pick(draw, [{}, {}, { maxItems: 1 }, { maxItems: 3 }]),
    ...pick(draw, [{}, { inverse: pick(draw, ['children', 'others', 'class']) }]),
  };
}

/** A part of any other entity; its link has no attributes that take that back. */
function addPart({ draw, spec, entity, entityName }: EntityPlace): void {
  const others = Object.keys(spec.entities).filter((name) => name !== entityName);
  if (others.length === 0) return;
  const inverse = pick(draw, [{}, { inverse: 'parts' }, { inverse: 'parts' }]);
  entity.fields['whole'] = { type: 'reference', to: pick(draw, others), ...inverse };
  entity.more['partOf'] = 'whole';
}

function addGrants({ draw, entity }: EntityPlace): void {
  clear(entity.access);
  for (const name of pickSome(draw, ['readers', 'constructor', 'default'], 2)) {
    entity.access[name] = { roles: ['anonymous'], allow: pickSome(draw, OPERATIONS), rows: 'all' };
  }
}

function addFieldList(key: 'unique' | 'indexes'): (place: EntityPlace) => void {
  return ({ draw, entity }) => {
    const names = pickSome(draw, ['first', 'second', 'constructor'], 2);
    const lists = names.map((name) => [name, { fields: pickSome(draw, Object.keys(entity.fields), 3) }] as const);
    entity.more[key] = Object.fromEntries(lists);
  };
}

/** A condition that few rows meet, so that rows can be made without knowing it. */
function rareRow(draw: Draw, { fields }: EntityDraft): string {
  const known = Object.entries(fields).filter(([, { type, many }]) => RARE[type] !== undefined && many !== true);
  // A row that must point to another of its kind could never be the first.
  const others = Object.entries(fields).filter(([, { type }]) => type !== 'reference' && type !== 'references');
  const found = known.length === 0 ? others : known;
  if (found.length === 0) {
    fields['rare'] = { type: 'string', maxLength: 60 };
    return "record.rare == 'rarely'";
  }
  const [name, field] = pick(draw, found);
  return `record.${name} == ${RARE[field.type] ?? 'null'}`;
}

const RARE: Readonly<Record<string, string>> = { integer: '12345678', string: "'rarely'", text: "'rarely'" };

function addWhere(key: 'unique' | 'indexes'): (place: EntityPlace) => void {
  return ({ draw, entity }) => {
    const [first, ...others] = Object.entries(Object(entity.more[key]));
    if (first === undefined) return;
    const where = `!(${rareRow(draw, entity)})`;
    entity.more[key] = Object.fromEntries([[first[0], { ...Object(first[1]), where }], ...others]);
  };
}

/** Every range has the numbers from 100 to 200 in it, so that rows are told apart by a text. */
function addNoOverlap({ draw, entity }: EntityPlace): void {
  const type = pick(draw, ['integer', 'bigint']);
  const bound = (value: number): number | string => (type === 'integer' ? value : String(value));
  const where = pick(draw, [{}, {}, { where: "record.rangeKey != 'rarely'" }]);
  entity.fields['rangeKey'] = { type: 'string', maxLength: 60 };
  entity.fields['rangeStart'] = { type, max: bound(100) };
  entity.fields['rangeEnd'] = { type, min: bound(200), ...pick(draw, [{}, { optional: true }]) };
  entity.more['noOverlap'] = { apart: { per: ['rangeKey'], from: 'rangeStart', to: 'rangeEnd', ...where } };
}

function addSequence({ draw, entity }: EntityPlace): void {
  entity.fields[pick(draw, FIELD_NAMES)] ??= { type: pick(draw, ['integer', 'bigint']), sequence: true };
}

/** Half of the time with a grant that restores. */
function addSoftDelete({ draw, entity }: EntityPlace): void {
  entity.more['softDelete'] = true;
  if (pickNumber(draw, 1, 2) === 1)
    entity.access['keepers'] = { roles: ['anonymous'], allow: ['restore'], rows: 'all' };
}

function addComputed({ draw, entity }: EntityPlace): void {
  entity.fields[pick(draw, FIELD_NAMES)] ??= { type: 'boolean', computed: rareRow(draw, entity) };
}

/** The first list of rows that refer to the entity. */
function listOf({ spec, entityName }: EntityPlace): string | undefined {
  const fields = Object.values(spec.entities).flatMap((other) => Object.values(other.fields));
  const name = fields.find(({ to, inverse }) => to === entityName && inverse !== undefined)?.['inverse'];
  return name === undefined ? undefined : String(name);
}

function addTotal(place: EntityPlace): void {
  const list = listOf(place);
  if (list === undefined) return;
  place.entity.fields['howMany'] ??= { type: 'integer', computed: `size(record.${list})` };
}

/** A link of the entity that is not to itself, and what it leads to. */
function linkOf({ draw, spec, entity, entityName }: EntityPlace): FarPlace | undefined {
  const links = Object.entries(entity.fields).filter(([, { type, to }]) => type === 'reference' && to !== entityName);
  if (links.length === 0) return undefined;
  const [name, { to, optional }] = pick(draw, links);
  const target = String(to);
  return {
    name,
    isOptional: optional === true,
    place: { draw, spec, entityName: target, entity: entityOf(spec, target) },
  };
}

interface FarPlace {
  /** Of the link. */
  readonly name: string;
  readonly isOptional: boolean;
  readonly place: EntityPlace;
}

/** What is computed behind a link, where there is one. */
function guarded({ name, isOptional }: FarPlace, value: string, otherwise: string): string {
  return isOptional ? `record.${name} == null ? ${otherwise} : ${value}` : value;
}

function addFarTotal(place: EntityPlace): void {
  const link = linkOf(place);
  const list = link && listOf(link.place);
  if (link === undefined || list === undefined) return;
  const computed = guarded(link, `size(record.${link.name}.${list})`, '0');
  place.entity.fields['howManyBeside'] ??= { type: 'integer', computed };
}

function addFarCondition(place: EntityPlace): void {
  const link = linkOf(place);
  if (link === undefined) return;
  const far = rareRow(place.draw, link.place.entity).replace('record.', `record.${link.name}.`);
  const either = `${rareRow(place.draw, place.entity)} || ${far}`;
  place.entity.fields['isEither'] ??= { type: 'boolean', computed: guarded(link, either, 'false') };
}

/** Whether a text is one of those of the other row. */
function addFarValues(place: EntityPlace): void {
  const link = linkOf(place);
  if (link === undefined) return;
  link.place.entity.fields['tags'] ??= { type: 'string', maxLength: 60, many: true };
  place.entity.fields['tag'] ??= { type: 'string', maxLength: 60 };
  const isAmong = guarded(link, `record.tag in record.${link.name}.tags`, 'false');
  place.entity.fields['isAmong'] ??= { type: 'boolean', computed: isAmong };
}

/** A check that no test comes near to. */
function addFarCheck(place: EntityPlace): void {
  const list = listOf(place);
  if (list === undefined) return;
  place.entity.more['checks'] = { ...Object(place.entity.more['checks']), few: `size(record.${list}) < 1000000` };
}

const KEPT_FROM_KEYS = ['optional', 'readOnly', 'writeOnly', 'many', 'computed', 'sequence'];

/** By a unique that every row has a value for, where rows may be both made and changed. */
function addUpsert({ draw, entity }: EntityPlace): void {
  const allowed = Object.values(entity.access).flatMap((grant) => Object(grant).allow ?? []);
  const fields = Object.values(entity.fields);
  const isHidden = ({ writeOnly, immutable }: Readonly<Record<string, unknown>>): boolean =>
    Boolean(writeOnly && immutable);
  if (!allowed.includes('create') || !allowed.includes('update') || fields.some(isHidden)) return;
  const isKey = (name: string): boolean => KEPT_FROM_KEYS.every((key) => entity.fields[name]?.[key] === undefined);
  const single = Object.keys(entity.fields).filter((name) => entity.fields[name]?.['unique'] === true);
  const named = Object.values(Object(entity.more['unique'])).filter((list) => Object(list).where === undefined);
  const lists = [...single.map((name) => [name]), ...named.map((list): readonly string[] => Object(list).fields)];
  const usable = lists.filter((names) => names.every(isKey));
  if (usable.length > 0) entity.more['upsert'] = pick(draw, usable);
}

/** Files of both load each other. */
function addUpsertedWhole({ spec, entity }: EntityPlace): void {
  const link = entity.fields['whole'];
  const whole = spec.entities[String(link?.['to'])];
  if (link === undefined || whole === undefined || entity.more['partOf'] !== 'whole') return;
  link['inverse'] ??= 'parts';
  whole.fields['code'] ??= { type: 'string', maxLength: 60, unique: true };
  whole.more['upsert'] ??= ['code'];
  entity.more['list'] = { ...Object(entity.more['list']), expand: ['whole'] };
}

/** Another that none comes near to. */
function addKeptCheck({ entity }: EntityPlace): void {
  if (entity.fields['howMany'] === undefined) return;
  entity.more['checks'] = { ...Object(entity.more['checks']), countable: 'record.howMany < 1000000' };
}

function addList({ draw, entity }: EntityPlace): void {
  const names = [...Object.keys(entity.fields), ...TIMES];
  entity.more['list'] = {
    ...pick(draw, [{}, { filter: pickSome(draw, names) }]),
    ...pick(draw, [{}, { sort: pickSome(draw, names, 4) }]),
    pageSize: pickNumber(draw, 1, 30),
  };
}

function addExpand({ draw, entity }: EntityPlace): void {
  const links = Object.keys(entity.fields).filter((name) => entity.fields[name]?.type === 'reference');
  if (links.length > 0) entity.more['list'] = { ...Object(entity.more['list']), expand: pickSome(draw, links, 2) };
}

function addExpandOfLinks({ draw, spec, entityName, entity }: EntityPlace): void {
  const own = Object.keys(entity.fields).filter((name) => entity.fields[name]?.type === 'references');
  const others = Object.values(spec.entities).flatMap((other) => Object.values(other.fields));
  const inverses = others.flatMap(({ type, to, inverse }) =>
    type === 'references' && to === entityName && inverse !== undefined ? [String(inverse)] : [],
  );
  const links = [...own, ...inverses];
  if (links.length > 0) entity.more['list'] = { ...Object(entity.more['list']), expand: pickSome(draw, links, 2) };
}

function addCountOfLinks({ entity }: EntityPlace): void {
  const name = Object.keys(entity.fields).find((field) => entity.fields[field]?.type === 'references');
  if (name !== undefined) entity.fields['howManyLinks'] ??= { type: 'integer', computed: `size(record.${name})` };
}

function addSearch({ draw, entity }: EntityPlace): void {
  const texts = Object.keys(entity.fields).filter((name) => entity.fields[name]?.type === 'string');
  if (texts.length > 0) entity.more['search'] = pickSome(draw, texts, 3);
}

function addPageSizes({ draw, entity }: EntityPlace): void {
  const maxPageSize = pick(draw, [1, 2, 3, 25, 1000]);
  entity.more['list'] = {
    ...Object(entity.more['list']),
    maxPageSize,
    pageSize: pickNumber(draw, 1, maxPageSize),
  };
}

function clear(map: Record<string, unknown>): void {
  for (const key of Object.keys(map)) delete map[key];
}

import type { App, Entity, Field } from '../../model/app.ts';
import { bringsId } from '../../model/brings-id.ts';
import { fieldTypeOf, fieldTypes } from '../../model/field-types.ts';
import type { ConstraintFact } from '../../plan/database/constraint-fact.ts';
import { archiveName, cascades, linksBeside, restoredRow } from '../../plan/database/archive.ts';
import type { Column } from '../../plan/database/database-schema.ts';
import { isRecomputed } from '../../plan/database/effects.ts';
import { goesTogether } from '../../plan/database/holders.ts';
import { lateHolds } from '../../plan/database/late-holds.ts';
import { listOwners } from '../../plan/database/row-locks.ts';
import { presetExpression } from '../../plan/database/field-column.ts';
import { SEARCH_COLUMN } from '../../plan/database/search-index.ts';
import { isLink } from '../../model/link-step.ts';
import type { ResourceFilter } from '../../plan/filters.ts';
import type { Resource, ResourceSort } from '../../plan/resource.ts';
import type { OutputFile } from '../file.ts';
import { joined, lines, nothing, raw, ts, type Fragment } from '../text/fragment.ts';
import { ident, literal, prop, str } from '../text/quote.ts';
import { sourceFile } from '../text/source-file.ts';
import { entityFolder, entityIdentifiers, entitySymbol, runtime } from './entity-symbols.ts';

const { param, selection, repository, database } = runtime;

/** `repository.ts`: the SQL of an entity as Kysely expressions, compiled once at start. */
export function emitRepository(
  app: App,
  resource: Resource,
  constraints: readonly ConstraintFact[],
  columns: readonly Column[],
): OutputFile {
  const { entity } = resource;
  const names = entityIdentifiers(entity);
  const table = str(entity.names.table);
  return sourceFile(
    `${entityFolder(entity)}/repository.ts`,
    ts`/** Columns of a row in the order of an answer: key in JSON, column, codec. */
export const ${ident(names.columns)} = [
  ${lines(resource.columns.map(({ key, column, codec, many }) => columnTuple(key, column, codec, many)))}
] as const;

const selected = ${selection}(${ident(names.columns)});

${archiveSpec(app, entity, columns)}

export const ${ident(names.repository)}: ${runtime.repositoryType} = ${repository}<${database}>({
  schema: ${str(app.database.schema)},
  columns: ${ident(names.columns)},
  ${writeOnly(entity.fields.filter((field) => field.writeOnly))}
  ${entity.id === 'bigint' ? raw('numbered: true,') : nothing}
  ${isRecomputed(app, entity) ? raw('recomputed: true,') : nothing}
  ${ownerSpecs(app, entity)}
  ${deletes(app, entity)}
  ${presetKeys(resource.createFields)}
  get: (db) => db.selectFrom(${table}).select(selected).where('id', '=', ${param}('id')),
  list: (db, { where, order, limit${raw(entity.search ? ', rank' : '')} }) =>
    db.selectFrom(${table}).select(selected)${raw(entity.search ? '.select(rank)' : '')}.where(where).orderBy(order).limit(limit),
  create: (db) =>
    db
      .insertInto(${table})
      .values({
        ${createAssignments(app, resource)}
      })
      .returning(selected),
  update: (db, { pick, guard }) =>
    db
      .updateTable(${table})
      .set(
        pick({
          ${resource.updateFields.length === 0 ? nothing : lines(resource.updateFields.map(assignment))}
        }),
      )
      .where('id', '=', ${param}('id'))
      .where(guard)
      .returning(selected),
  delete: (db, { guard }) => db.deleteFrom(${table}).where('id', '=', ${param}('id')).where(guard),
  filters: {
    ${resource.filters.length === 0 ? nothing : lines(resource.filters.map(filterColumn))}
  },
  sorts: {
    ${lines(resource.sorts.map(sortColumn))}
  },
  ${entity.search ? ts`search: ${str(SEARCH_COLUMN)},` : nothing}
  ${expandSpecs(resource)}
  ${partSpecs(resource)}
  ${upsertSpec(resource)}
  ${entity.softDelete ? ts`archive: ${ident(names.archive)},` : nothing}
  ${transitions(entity.fields.filter((field) => field.enum?.transitions))}
  ${constraintMeanings(constraints)}
});`,
  );
}

/** What a delete must know of rows that go together. */
function deletes(app: App, entity: Entity): Fragment {
  if (!entity.operations.includes('delete')) return nothing;
  const late = lateHolds(app, entity);
  const isTogether = entity.bulk !== undefined && goesTogether(app, entity);
  return lines([
    ...(isTogether ? [raw('together: true,')] : []),
    ...(late.length > 0 ? [ts`lateHolds: ${literal(late)},`] : []),
  ]);
}

function ownerSpecs(app: App, entity: Entity): Fragment {
  const owners = listOwners(app, entity);
  if (owners.length === 0) return nothing;
  return ts`owners: [
  ${lines(owners.map(({ table, column, isList }) => ts`{ table: ${str(table)}, of: ${str(entity.names.table)}, column: ${str(column)}${raw(isList ? ', many: true' : '')} },`))}
],`;
}

function columnTuple(key: string, column: string, codec: string, many: boolean): Fragment {
  const parts = [str(key), str(column), str(codec), ...(many ? [str('many')] : [])];
  return ts`[${joined(parts, ', ')}],`;
}

function writeOnly(fields: readonly Field[]): Fragment {
  if (fields.length === 0) return nothing;
  const tuples = fields.map((field) => columnTuple(field.key, field.column, fieldTypeOf(field).codec, field.many));
  return ts`writeOnly: [
  ${lines(tuples)}
],`;
}

function assignment(field: Field): Fragment {
  return ts`${prop(field.column)}: ${param}(${str(field.key)}),`;
}

/** Rows that the database numbers are inserted without an id. */
function createAssignments(app: App, { entity, createFields }: Resource): Fragment {
  const id = entity.id === 'bigint' ? [] : [ts`id: ${param}('id'),`];
  const all = [...id, ...createFields.map((field) => createAssignment(app, field))];
  return all.length === 0 ? nothing : lines(all);
}

/** What a request leaves out is worked out by the column's own default. */
function createAssignment(app: App, field: Field): Fragment {
  if (field.preset === undefined) return assignment(field);
  const expression = presetExpression(app, field.preset);
  return ts`${prop(field.column)}: ${runtime.preset}(${str(field.key)}, ${str(expression)}),`;
}

function presetKeys(fields: readonly Field[]): Fragment {
  const keys = fields.filter(({ preset }) => preset !== undefined).map(({ key }) => key);
  return keys.length === 0 ? nothing : ts`presets: ${literal(keys)},`;
}

function filterColumn({ key, column, caseInsensitive, through, field }: ResourceFilter): Fragment {
  const links = through.map((link) => ts`[${str(link.column)}, ${str(link.target.names.table)}]`);
  const members = [
    ts`column: ${str(column)}`,
    ...(caseInsensitive ? [raw('lower: true')] : []),
    ...(field?.many ? [raw('isArray: true')] : []),
    ...(links.length > 0 ? [ts`through: [${joined(links, ', ')}]`] : []),
  ];
  return ts`${prop(key)}: { ${joined(members, ', ')} },`;
}

function sortColumn({ key, column, type, nullable, caseInsensitive }: ResourceSort): Fragment {
  const flags = [...(nullable ? ['nullable: true'] : []), ...(caseInsensitive ? ['lower: true'] : [])];
  const members = [ts`column: ${str(column)}`, ts`type: ${str(type)}`, ...flags.map(raw)];
  return ts`${prop(key)}: { ${joined(members, ', ')} },`;
}

function upsertSpec({ entity, upsertKey, createFields, routes }: Resource): Fragment {
  if (!routes.some(({ kind }) => kind === 'upsert')) return nothing;
  const own = createFields.filter((field) => field.immutable && !upsertKey.includes(field));
  const fixed = [...(bringsId(entity) === 'always' ? [{ key: 'id', column: 'id' }] : []), ...own];
  const members = fixed.map(({ key, column }) => ts`${prop(key)}: { column: ${str(column)} },`);
  return ts`upsert: {
  by: {
    ${lines(upsertKey.map(keyColumn))}
  },
  fixed: {
    ${members.length === 0 ? nothing : lines(members)}
  },
},`;
}

function keyColumn({ key, column, type, immutable }: Field): Fragment {
  const isFolded = fieldTypes[type].caseInsensitive;
  const flags = isFolded ? ['lower: true', ...(immutable ? ['fixed: true'] : [])] : [];
  return ts`${prop(key)}: { ${joined([ts`column: ${str(column)}`, ...flags.map(raw)], ', ')} },`;
}

/** What a restore puts back: kept columns but the version, which goes on, and the time of the last change. */
function archiveSpec(app: App, entity: Entity, columns: readonly Column[]): Fragment {
  if (!entity.softDelete) return nothing;
  const { table } = entity.names;
  const { columns: kept, emptied, unlinked, ...restored } = restoredRow(app, entity, columns);
  const defaults = Object.entries(restored.defaults).map(([name, value]) => ts`${prop(name)}: ${str(value)},`);
  const archiveOf = (other: Entity) => entitySymbol(entity, other, entityIdentifiers(other).archive, 'repository.ts');
  const below = cascades(app, entity).map(({ from, column }) => ts`[${str(column)}, () => ${archiveOf(from)}],`);
  const beside = linksBeside(app, entity);
  const linkTuple = (to: Entity, column: string, kind: string | undefined): Fragment =>
    ts`[${str(column)}, () => ${archiveOf(to)}${raw(kind === undefined ? '' : `, '${kind}'`)}],`;
  const links = beside.filter(({ to }) => to !== entity).map(({ to, column, kind }) => linkTuple(to, column, kind));
  const needs = beside
    .filter(({ onDelete }) => onDelete === 'restrict' || onDelete === 'cascade')
    .map(({ to, column, kind, onDelete }) =>
      linkTuple(to, column, onDelete === 'cascade' ? 'above' : kind === 'list' ? kind : undefined),
    );
  return ts`/** Where deleted rows are kept. */
export const ${ident(entityIdentifiers(entity).archive)}: ${runtime.archiveSpec} = {
  table: ${str(table)},
  archive: ${str(archiveName(table))},
  columns: [
    ${lines(kept.map((name) => ts`${str(name)},`))}
  ],
  defaults: {
    ${defaults.length === 0 ? nothing : lines(defaults)}
  },
  ${Object.keys(emptied).length === 0 ? nothing : ts`emptied: ${literal(emptied)},`}
  ${Object.keys(unlinked).length === 0 ? nothing : ts`unlinked: ${literal(unlinked)},`}
  ${listOf('below', below)}
  ${listOf('links', links)}
  ${listOf('needs', needs)}
  entity: ${str(entity.name)},
  constraints: () => ${ident(entityIdentifiers(entity).repository)}.constraints,
};`;
}

function listOf(name: string, tuples: readonly Fragment[]): Fragment {
  if (tuples.length === 0) return nothing;
  return ts`${raw(name)}: [
  ${lines(tuples)}
],`;
}

function expandSpecs({ entity, expansions }: Resource): Fragment {
  if (expansions.length === 0) return nothing;
  const members = expansions.map(({ path, from, to, kind, via, column }) => {
    const columns = entitySymbol(entity, to, entityIdentifiers(to).columns, 'repository.ts');
    const many = ts`${raw(HOLDERS[via])}: ${str(column)}, of: ${str(from.names.table)}`;
    const link = kind === 'one' ? ts`on: ${str(column)}` : many;
    return ts`${prop(path)}: { table: ${str(to.names.table)}, ${link}, columns: () => ${columns} },`;
  });
  return ts`expand: {
  ${lines(members)}
},`;
}

/** How the runtime calls what holds the links of a list. */
const HOLDERS = { column: 'by', ids: 'ids', pairs: 'pairs' } as const;

function partSpecs({ entity, parts }: Resource): Fragment {
  if (!entity.operations.includes('create') || parts.length === 0) return nothing;
  const members = parts.map(({ key, to, link }) => {
    const symbol = entitySymbol(entity, to, entityIdentifiers(to).repository, 'repository.ts');
    const others = to.fields.filter((field) => isLink(field) && field !== link).map((field) => field.key);
    return ts`${prop(key)}: { link: ${str(link.key)}, others: ${literal(others)}, resource: ${str(to.names.camel)}, repository: () => ${symbol} },`;
  });
  return ts`parts: {
  ${lines(members)}
},`;
}

function transitions(fields: readonly Field[]): Fragment {
  if (fields.length === 0) return nothing;
  return ts`transitions: {
  ${lines(fields.map(stateMachine))}
},`;
}

function stateMachine(field: Field): Fragment {
  const states = (field.enum?.transitions ?? []).map(({ from, to }) => ts`${prop(from)}: ${literal(to)},`);
  return ts`${prop(field.key)}: {
  column: ${str(field.column)},
  next: {
    ${lines(states)}
  },
},`;
}

function constraintMeanings(constraints: readonly ConstraintFact[]): Fragment {
  if (constraints.length === 0) return nothing;
  const members = constraints.map(
    ({ name, kind, keys, code }) =>
      ts`${prop(name)}: ${literal([kind, ...(code === undefined ? [] : [code]), ...keys])},`,
  );
  return ts`constraints: {
  ${lines(members)}
},`;
}

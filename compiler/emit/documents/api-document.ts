import type { Entity, Field } from '../../model/app.ts';
import { bringsId } from '../../model/brings-id.ts';
import { idTypeOf } from '../../model/id-types.ts';
import { MAX_ID, TEXT_ID } from '../../model/text-formats.ts';
import { isRequiredOnCreate, planExamples } from '../../plan/examples.ts';
import { rowsShown } from '../../plan/expansions.ts';
import { MAX_PARTS } from '../../plan/parts.ts';
import type { Resource, ResourceColumn } from '../../plan/resource.ts';
import { isBulk, type RouteKind } from '../../plan/route-kinds.ts';
import type { Emitter } from '../emitter.ts';
import { MARKDOWN_HEADER } from '../header.ts';
import { filterParameterName } from '../openapi/filter-parameters.ts';
import { code, document, prose, row, table } from '../text/markdown.ts';
import { API_CONVENTIONS } from './api-conventions.ts';
import { curlExample } from './curl-example.ts';
import { describeComputed, describeLimits, describeLiteral, describeMoves, describeType } from './describe-field.ts';
import { describeNoOverlap } from './describe-no-overlap.ts';
import { describeOwnUnique, describeUnique } from './describe-unique.ts';

/** Prints `app/docs/api.md`. */
export const emitApiDocument: Emitter = ({ app, resources }) => {
  const sections = resources.filter(({ routes }) => routes.length > 0).flatMap(resourceSection);
  const intro = [...MARKDOWN_HEADER, '', `# API of ${prose(app.name)}`, '', ...API_CONVENTIONS, ''];
  return [{ path: 'app/docs/api.md', text: document([...intro, ...sections]), owner: 'compiler' }];
};

function resourceSection(resource: Resource): readonly string[] {
  const { entity } = resource;
  return [
    `## ${entity.name}`,
    '',
    ...(entity.description === undefined ? [] : [prose(entity.description), '']),
    ...partLines(entity),
    ...table(['Request', 'Operation', 'Allowed by the grants', 'Statuses'], routeRows(resource)),
    ...table(['Field', 'Type', 'In create', 'In change', 'In answers', 'About'], fieldRows(resource)),
    ...schemaLines(resource),
    ...rowRules(resource),
    ...bulkLines(resource),
    ...(entity.operations.includes('read') ? listLines(resource) : []),
    ...curlExample(resource, planExamples(resource)),
    '',
  ];
}

function routeRows({ routes }: Resource): readonly string[] {
  return routes.map(({ method, path, operationId, grants, statuses }) => {
    const allowed = grants.map(({ name, roles }) => `${code(name)} (${roles.join(', ')})`).join(', ');
    return row(code(`${method.toUpperCase()} ${path}`), code(operationId), allowed, statuses.join(', '));
  });
}

function fieldRows(resource: Resource): readonly string[] {
  const { entity, createFields, updateFields, columns } = resource;
  const shown = entity.operations.includes('read');
  const own = entity.fields.map((field) =>
    row(
      code(field.key),
      describeType(field),
      has(resource, 'create') && createFields.includes(field) ? createCell(field) : '',
      has(resource, 'update') && updateFields.includes(field) ? 'yes' : '',
      shown && !field.writeOnly ? answerCell(field) : '',
      about(field),
    ),
  );
  const system = shown ? columns : columns.filter(({ key }) => key === 'id' && has(resource, 'create'));
  return [
    ...(system.some(({ key }) => key === 'id') ? [idRow(resource)] : []),
    ...own,
    ...partRows(resource),
    ...systemRows(system, 'createdAt'),
    ...systemRows(system, 'updatedAt'),
  ];
}

/** What a row of another entity lends the rows here. */
function partLines({ partOf, fields }: Entity): readonly string[] {
  if (partOf === undefined) return [];
  const key = fields.find(({ name }) => name === partOf.field)?.key ?? '';
  const parent = partOf.entity;
  return [
    `Each is part of the ${parent} that ${code(key)} names: it has the access of that, stays with it, and is deleted with it.`,
    '',
  ];
}

/** Lists that a create may bring. */
function partRows(resource: Resource): readonly string[] {
  if (!has(resource, 'create')) return [];
  const shown = has(resource, 'get') ? 'after a create that brings them' : '';
  return resource.parts.map(({ key, to, link }) => {
    const about = `up to ${MAX_PARTS}, as creates of ${to.name} have them without ${code(link.key)}; all rows are made, or none`;
    return row(code(key), `list of ${to.name}`, 'none if absent', '', shown, about);
  });
}

/** What the values of json fields are held to. */
function schemaLines({ entity }: Resource): readonly string[] {
  return entity.fields.flatMap(({ key, schema }) =>
    schema === undefined
      ? []
      : [
          `${code(key)} is JSON of this schema:`,
          '',
          '```json',
          ...JSON.stringify(schema, null, 2).split('\n'),
          '```',
          '',
        ],
  );
}

function bulkLines({ entity, routes }: Resource): readonly string[] {
  if (entity.bulk === undefined || !routes.some(({ kind }) => isBulk(kind))) return [];
  return [`A bulk request has up to ${entity.bulk} ${entity.bulk === 1 ? 'row' : 'rows'}.`, ''];
}

/** Uniques of several fields (those of one stand beside it), checks, and what freezes a row. */
function rowRules({ entity }: Resource): readonly string[] {
  const sentences = entity.uniques.map(({ fields, where }) => {
    const named = fields.flatMap((name) => entity.fields.find((field) => field.name === name) ?? []);
    return `- N${describeUnique(named, where).slice(1)}.`;
  });
  const checks = entity.checks.map(
    ({ name, text }) => `- ${code(name)}: every row meets ${code(text)}, or the answer is 422 with that code.`,
  );
  const frozen =
    entity.frozen === undefined
      ? []
      : [`- A row for which ${code(entity.frozen.text)} is frozen: a change or delete of it is 409.`];
  const ranges = entity.noOverlaps.map(
    (rule) => `- ${code(rule.name)}: ${describeNoOverlap(entity, rule)}; one that would is 409 with that code.`,
  );
  sentences.push(...ranges, ...checks, ...frozen, ...upsertLine(entity));
  return sentences.length === 0 ? [] : [...sentences, ''];
}

/** How a row is found, and what a body without a field means there. */
function upsertLine({ upsert, fields, operations, names }: Entity): readonly string[] {
  if (upsert === undefined || !operations.includes('create') || !operations.includes('update')) return [];
  const keys = fields.filter(({ name }) => upsert.includes(name)).map(({ key }) => code(key));
  return [
    `- The ${names.words} of an upsert is the one that has its ${keys.join(', ')}, which must be in the body. Of a row that is there it changes the fields that the body has; what is not for changes must be in it as it is in the row, else 409.`,
  ];
}

function has({ routes }: Resource, kind: RouteKind): boolean {
  return routes.some((route) => route.kind === kind);
}

function answerCell({ optional, many }: Field): string {
  return optional && !many ? 'yes, or null' : 'yes';
}

function createCell(field: Field): string {
  if (isRequiredOnCreate(field)) return 'required';
  if (field.preset !== undefined) return `${code(field.preset.text)} if absent`;
  if (field.default !== undefined) return `${describeLiteral(field.default)} if absent`;
  return field.many ? '`[]` if absent' : 'null if absent';
}

function about(field: Field): string {
  const facts = [
    ...describeComputed(field),
    ...describeLimits(field),
    ...describeMoves(field),
    ...describeOwnUnique(field),
  ].join('; ');
  return [field.description === undefined ? '' : prose(field.description), facts]
    .filter((part) => part !== '')
    .join(' ');
}

const SYSTEM: Readonly<Record<string, readonly [type: string, about: string]>> = {
  createdAt: ['datetime', 'when the row was created'],
  updatedAt: ['datetime', 'when the row was last changed'],
};

const TEXT_IDS = `at most ${MAX_ID} characters, matches ${code(TEXT_ID)}`;

function idRow(resource: Resource): string {
  const { entity } = resource;
  const [brings, { word }] = [bringsId(entity), idTypeOf(entity)];
  if (brings === undefined) return row(code('id'), word, '', '', 'yes', 'given by the server');
  const own = brings === 'always' ? TEXT_IDS : 'a new UUID of the client';
  const about = `${own}: the same create again answers 200 with the row, another with this id 409`;
  const inBody = brings === 'always' ? 'required' : 'given by the server if absent';
  return row(code('id'), word, has(resource, 'create') ? inBody : '', '', 'yes', about);
}

function systemRows(columns: readonly ResourceColumn[], wanted: string): readonly string[] {
  const found = columns.filter(({ key, field }) => key === wanted && field === undefined);
  return found.map(({ key }) => row(code(key), SYSTEM[key]?.[0] ?? '', '', '', 'yes', SYSTEM[key]?.[1] ?? ''));
}

function listLines(resource: Resource): readonly string[] {
  const { entity, filters, sorts, defaultSort } = resource;
  const filterRows = filters.map((filter) => {
    const parameters = filter.operators.map((operator) => code(filterParameterName(filter, operator)));
    return row(code(filter.key), parameters.join(', '));
  });
  const sortRows = sorts.map(({ key, nullable }) => row(code(key), nullable ? 'rows without it come last' : ''));
  const first = `${defaultSort.descending ? '-' : ''}${defaultSort.key}`;
  return [
    `A page has ${entity.list.pageSize} rows unless \`limit\` says otherwise, at most ${entity.list.maxPageSize}. Without \`sort\` the order is ${code(first)}.`,
    '',
    ...table(['Filter', 'Parameters'], filterRows),
    ...table(['Sort key', 'Note'], sortRows),
    ...searchLines(resource),
    ...expandLines(resource),
  ];
}

function searchLines({ entity }: Resource): readonly string[] {
  if (entity.search === undefined) return [];
  const keys = entity.search.map(code).join(', ');
  return [`\`search\` looks at ${keys}; what comes first weighs more.`, ''];
}

function expandLines({ expansions }: Resource): readonly string[] {
  if (expansions.length === 0) return [];
  const rows = expansions.map((expansion) => {
    const { path, to, kind, nullable } = expansion;
    const one = nullable ? `the ${to.name}, or null` : `the ${to.name}`;
    return row(code(path), kind === 'many' ? `a list: ${rowsShown(expansion, `${to.name} rows`)}` : one);
  });
  return table(['`expand=`', 'Adds'], rows);
}

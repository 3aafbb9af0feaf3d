import { isRequiredOnCreate } from '../../plan/examples.ts';
import type { Entity, Field } from '../../model/app.ts';
import { bringsId } from '../../model/brings-id.ts';
import { pairTableName } from '../../model/naming.ts';
import { idChecks } from '../../plan/database/id-column.ts';
import { frozenName } from '../../plan/database/frozen-guard.ts';
import { exclusionName, rangeOrderName } from '../../plan/database/no-overlap.ts';
import { archiveName } from '../../plan/database/archive.ts';
import type { ConstraintFact } from '../../plan/database/constraint-fact.ts';
import { constraintFacts } from '../../plan/database/constraints.ts';
import { IDEMPOTENCY_TABLE } from '../../plan/database/idempotency-table.ts';
import type { Column, Table } from '../../plan/database/database-schema.ts';
import { MAX_PARTS, type PartList } from '../../plan/parts.ts';
import type { Resource } from '../../plan/resource.ts';
import type { Emitter, EmitInput } from '../emitter.ts';
import { MARKDOWN_HEADER } from '../header.ts';
import { code, document, prose, row, table } from '../text/markdown.ts';
import { apiOnlyRules } from './api-only-rules.ts';
import { describeComputed, describeLimits, describeType } from './describe-field.ts';
import { describeNoOverlap } from './describe-no-overlap.ts';
import { describeUnique } from './describe-unique.ts';
import { fieldStatus } from './field-status.ts';
import { tableNamed } from '../../plan/database/table-named.ts';

/** Prints `app/docs/backend_rules.md`: every rule, and who enforces it. */
export const emitRulesDocument: Emitter = (input) => {
  const { app, resources } = input;
  const lines = [
    ...MARKDOWN_HEADER,
    '',
    `# Rules of ${prose(app.name)}`,
    '',
    'What the backend enforces, and where. The API column has the status that a request gets which breaks the rule. The Database',
    'column has what Postgres itself refuses, whoever writes: the API, SQL by hand, and your hooks and routes in `custom/`, which',
    'write past the API. What stands there as `-`, or after "API alone", the database does not know.',
    '',
    '## Everywhere',
    '',
    ...table(['Rule', 'API', 'Database'], generalRules(input)),
    ...resources.flatMap((resource) => entitySection(input, resource)),
  ];
  return [{ path: 'app/docs/backend_rules.md', text: document(lines), owner: 'compiler' }];
};

function generalRules({ app, schema }: EmitInput): readonly string[] {
  const hasDecimals = app.entities.some(({ fields }) => fields.some(({ type }) => type === 'decimal'));
  return [
    row(
      'what no grant allows cannot be done',
      '404 or 405: there is no route',
      "the server's login has no more rights than the grants need, see [server_login.sql](server_login.sql)",
    ),
    row('a body has no unknown keys, a query no unknown parameters', '422', ''),
    row(`a body has at most ${app.api.bodyLimit} bytes`, '413, before it is read', ''),
    row('a body is JSON, sent as `application/json`', '400, 415', ''),
    row(
      'a change carries the version it was made from, if `If-Match` says so',
      '412',
      '`version` is raised by a trigger with every update',
    ),
    row(
      'what is sent twice with one `Idempotency-Key` is done once',
      'the first answer again; 409 while it is being done, 422 with another path or body',
      `${code(IDEMPOTENCY_TABLE)}: the key of each caller, written in the transaction of the change`,
    ),
    row('a page has a largest size', '422', ''),
    row(
      'ids (unless an entity says otherwise below), `createdAt` and `updatedAt` are given by the server',
      '422: `readOnly`',
      'defaults and a trigger',
    ),
    ...(hasDecimals ? [row('a decimal has no more digits after the point than told', '422', 'rounded')] : []),
    row('all objects live in one schema', '', code(schema.name)),
  ];
}

const ID = 'id';

/** Ids come from the server unless the entity says so. */
function idRules(entity: Entity, facts: readonly ConstraintFact[]): readonly string[] {
  const brings = bringsId(entity);
  if (brings === undefined)
    return entity.id === 'bigint' ? [row('`id` is a number of the database', '422: `readOnly`', 'identity')] : [];
  const answers = '200 where the row is there as the body says; 409 where it is another, or a deleted one';
  const format =
    brings === 'always'
      ? [row('an `id` is a text that paths can hold', '422: `format`', code(idChecks(entity)[0]?.name ?? ''))]
      : [];
  const verb = brings === 'always' ? 'brings' : 'may bring';
  return [
    row(`a create ${verb} the \`id\` of its row, which no other has`, answers, factNames(facts, 'unique', ID)),
    ...format,
  ];
}

function entitySection({ app, schema }: EmitInput, resource: Resource): readonly string[] {
  const { entity } = resource;
  const stored = tableNamed(schema.tables, entity.names.table);
  const facts = constraintFacts(app, entity, schema);
  return [
    `## ${entity.name}`,
    '',
    ...table(
      ['Rule', 'API', 'Database'],
      [
        ...grantRules(entity),
        ...idRules(entity, facts),
        ...resource.parts.filter(() => entity.operations.includes('create')).map(partRule),
        ...entity.fields.map((field) => fieldRule(field, resource, databaseRules(field, stored, facts))),
        ...facts.filter(isUnique).map((fact) => uniqueRule(fact, entity)),
        ...upsertRules(resource, facts),
        ...rangeRules(entity),
        ...entity.fields.flatMap((field) => [...referenceRules(field, facts), ...listRules(field, entity, facts)]),
        ...entity.fields.flatMap((field) => transitionRules(field, facts)),
        ...checkRules(entity, facts),
        ...frozenRules(entity),
        ...softDeleteRules(entity),
      ],
    ),
  ];
}

function grantRules({ grants, partOf }: Entity): readonly string[] {
  if (grants.length === 0)
    return [row('no grant: nobody may do anything', '404: no route', "the server's login has no rights")];
  const owner = partOf === undefined ? '' : ` of ${partOf.entity}, of which this is a part,`;
  return grants.map(({ name, roles, allow, rows }) => {
    const rule = `the grant ${code(name)}${owner} allows ${roles.join(', ')}: ${allow.join(', ')}; ${rows} rows`;
    return row(rule, 'a route each', "rights of the server's login");
  });
}

function upsertRules({ entity, routes, upsertKey }: Resource, facts: readonly ConstraintFact[]): readonly string[] {
  if (!routes.some(({ kind }) => kind === 'upsert')) return [];
  const keys = upsertKey.map(({ key }) => key);
  const unique = facts.filter((fact) => fact.keys.toSorted().join() === keys.toSorted().join());
  const held = unique.filter(({ kind }) => kind === 'unique' || kind === 'taken').map(({ name }) => code(name));
  const fixed = entity.fields.filter(({ name, immutable }) => immutable && entity.upsert?.includes(name) === false);
  const rule = `an upsert changes the row that has its ${keys.map(code).join(', ')}, or creates it: never two rows of one key`;
  return [
    row(rule, '200 or 201; 412 against `If-Match` or `If-None-Match: *`', held.join(', ')),
    ...fixed.map(({ key }) =>
      row(`an upsert has ${code(key)} as it is in the row that is there`, '409: `immutable`', ''),
    ),
  ];
}

function partRule({ key, to }: PartList): string {
  const rule = `a create may bring up to ${MAX_PARTS} ${code(key)}, rows of ${to.name}: all are made, or none`;
  return row(rule, `422 and 409, at ${code(`/${key}/0/...`)}`, 'one transaction');
}

function fieldRule(field: Field, { createFields, updateFields }: Resource, held: string): string {
  const presence = field.readOnly ? ['never in a body'] : !isRequiredOnCreate(field) ? [] : ['required'];
  const frozen = createFields.includes(field) && !updateFields.includes(field) ? ['set on create only'] : [];
  const shown = field.writeOnly ? ['never in an answer'] : [];
  const phrases = [
    describeType(field),
    ...describeComputed(field),
    ...presence,
    ...frozen,
    ...shown,
    ...describeLimits(field),
  ];
  return row(`${code(field.key)}: ${phrases.join('; ')}`, fieldStatus(field), held);
}

/** What of a field's rules the database holds, and by name what it does not. */
function databaseRules(field: Field, stored: Table | undefined, facts: readonly ConstraintFact[]): string {
  const kept = field.computed?.reads === 'others' ? ['kept up to date by triggers'] : [];
  const column = stored?.columns.find(({ name }) => name === field.column);
  const held = [
    column === undefined ? '' : columnRule(column, stored),
    factNames(facts, 'transition', field.key),
    ...kept,
  ];
  const missing = apiOnlyRules(field);
  const text = held.filter((part) => part !== '').join(', ');
  return missing.length === 0 ? text : `${text}; API alone: ${missing.join(', ')}`;
}

/** Type, presence and the names of the checks that read the column. */
function columnRule(column: Column, stored: Table | undefined): string {
  const checks = (stored?.constraints ?? []).filter(
    (constraint) => constraint.kind === 'check' && constraint.columns.includes(column.name),
  );
  const type = `${column.type.name}${column.type.array ? '[]' : ''}${column.notNull ? ' not null' : ''}`;
  return [code(type), ...checks.map(({ name }) => code(name))].join(', ');
}

/** What only the id has is told with it. */
function isUnique({ kind, keys }: ConstraintFact): boolean {
  return (kind === 'unique' || kind === 'taken') && !keys.includes(ID);
}

function uniqueRule({ name, keys, code: own }: ConstraintFact, { fields, uniques }: Entity): string {
  const named = keys.flatMap((key) => fields.find((field) => field.key === key) ?? []);
  const rule = uniques.find((unique) => unique.name === own);
  return row(
    describeUnique(named, rule?.where),
    `409${own === undefined ? '' : ` with the code ${code(own)}`}`,
    code(name),
  );
}

function rangeRules(entity: Entity): readonly string[] {
  const { table: name } = entity.names;
  return entity.noOverlaps.flatMap((rule) => [
    row(
      `${code(rule.name)}: ${describeNoOverlap(entity, rule)}`,
      `409 with the code ${code(rule.name)}`,
      code(exclusionName(name, rule)),
    ),
    row(`${code(rule.name)}: a range ends after it begins`, '422', code(rangeOrderName(name, rule))),
  ]);
}

function checkRules({ checks }: Entity, facts: readonly ConstraintFact[]): readonly string[] {
  return checks.map(({ name, text, reads }) => {
    const fact = facts.find(({ kind, code: known }) => kind === 'check' && known === name);
    const isLate = reads === 'others';
    const held = `${code(fact?.name ?? '')}${isLate ? ', triggers that run when the transaction commits' : ''}`;
    const status = `422 with the code ${code(name)}${isLate ? '; 409 for a change of the rows it looks at' : ''}`;
    return row(`${code(name)}: every row meets ${code(text)}`, status, held);
  });
}

function frozenRules({ frozen, names }: Entity): readonly string[] {
  if (frozen === undefined) return [];
  const held = `${code(frozenName(names.table))}, a trigger`;
  return [row(`a row for which ${code(frozen.text)} is neither changed nor deleted`, '409', held)];
}

function softDeleteRules({ softDelete, names }: Entity): readonly string[] {
  if (!softDelete) return [];
  const kept = `the table ${code(archiveName(names.table))}, filled by a trigger`;
  return [
    row(
      'a deleted row is kept, and nothing sees it until it is restored',
      '404; 409 for a restore in whose way something is',
      kept,
    ),
  ];
}

const ON_DELETE = {
  restrict: 'which cannot be deleted while it is referred to',
  cascade: 'and goes with it when that is deleted',
  setNull: 'and is emptied when that is deleted',
} as const;

function referenceRules({ key, reference }: Field, facts: readonly ConstraintFact[]): readonly string[] {
  if (reference === undefined) return [];
  const status = reference.onDelete === 'restrict' ? '422; 409 on delete' : '422';
  return [
    row(
      `${code(key)} names an existing ${reference.entity}, ${ON_DELETE[reference.onDelete]}`,
      status,
      factNames(facts, 'reference', key),
    ),
  ];
}

/** The pairs have the foreign keys that a list cannot have. */
function listRules(
  { key, name, links }: Field,
  { names }: Entity,
  facts: readonly ConstraintFact[],
): readonly string[] {
  if (links === undefined) return [];
  const pairs = `the table ${code(pairTableName(names.table, name))}, which triggers keep equal to the list`;
  return [
    row(
      `${code(key)} names existing rows of ${links.entity}, ${ON_DELETE_OF_MANY[links.onDelete]}`,
      `422 at ${code(`/${key}/0`)}${links.onDelete === 'restrict' ? '; 409 on delete' : ''}`,
      `${factNames(facts, 'reference', key)} on ${pairs}`,
    ),
    row(`${code(key)} names no row twice`, '422', factNames(facts, 'repeated', key)),
  ];
}

const ON_DELETE_OF_MANY = {
  restrict: 'which cannot be deleted while they are named',
  unlink: 'and a row that is deleted goes from the list',
} as const;

function transitionRules(field: Field, facts: readonly ConstraintFact[]): readonly string[] {
  const guard = factNames(facts, 'transition', field.key);
  return (field.enum?.transitions ?? []).map(({ from, to }) => {
    const next = to.length === 0 ? 'is final' : `goes to ${to.map(code).join(' or ')} only`;
    return row(`${code(field.key)}: ${code(from)} ${next}`, '409', guard);
  });
}

function factNames(facts: readonly ConstraintFact[], kind: ConstraintFact['kind'], key: string): string {
  const found = facts.filter((fact) => fact.kind === kind && fact.keys.includes(key));
  return found.map(({ name }) => code(name)).join(', ');
}

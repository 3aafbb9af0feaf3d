import { createHash } from 'node:crypto';
import type { Field, Literal } from '../model/app.ts';
import type { IdKind } from '../model/id-kind.ts';
import { bringsId } from '../model/brings-id.ts';
import { canonicalLiteral } from '../model/canonical-literal.ts';
import { snakeCase } from '../model/naming.ts';
import { samples } from '../model/samples.ts';
import { rangeSamples } from './range-samples.ts';
import { ownOrders, rangeOrders } from './samples/field-orders.ts';
import { orderedBody } from './samples/ordered-body.ts';
import type { Resource, ResourceColumn } from './resource.ts';

/** A JSON object of an example, keys in the order they are printed. */
export type ExampleBody = Readonly<Record<string, Literal>>;

/** Example bodies of one entity that tell one story: created, read back, changed. */
export interface ResourceExamples {
  /** Every field a create body may have, and one part in each list of those. */
  readonly create: ExampleBody;
  /** The same without parts, which an upsert cannot bring. */
  readonly upsert: ExampleBody;
  /** Only those it must have. */
  readonly minimalCreate: ExampleBody;
  /** The row after `create`. */
  readonly row: ExampleBody;
  /** One change; empty when nothing may be changed. */
  readonly patch: ExampleBody;
  /** The row after `patch`. */
  readonly patchedRow: ExampleBody;
}

const CREATED_AT = '2026-03-14T09:26:53.589793Z';
const UPDATED_AT = '2026-03-14T10:02:11.340218Z';

/** The example bodies that documents print; several print those of each resource, which is frozen. */
export function planExamples(resource: Resource): ResourceExamples {
  const known = OF_RESOURCE.get(resource) ?? makeExamples(resource);
  OF_RESOURCE.set(resource, known);
  return known;
}

const OF_RESOURCE = new WeakMap<Resource, ResourceExamples>();

function makeExamples(resource: Resource): ResourceExamples {
  const own = { ...givenId(resource), ...withRanges(resource, bodyOf(resource.createFields)) };
  const row = exampleRow(resource, own);
  const patch = examplePatch(resource);
  return {
    create: { ...own, ...exampleParts(resource) },
    upsert: own,
    minimalCreate: {
      ...givenId(resource),
      ...withRanges(resource, bodyOf(resource.createFields.filter(isRequiredOnCreate))),
    },
    row,
    patch,
    patchedRow: { ...row, ...visible(resource, patch), updatedAt: UPDATED_AT },
  };
}

/** Where a create has to name its row. */
function givenId({ entity }: Pick<Resource, 'entity'>): ExampleBody {
  return bringsId(entity) === 'always' ? { id: exampleId(entity.name, entity.id) } : {};
}

/** Whether a create body without the field is refused. */
export function isRequiredOnCreate(field: Field): boolean {
  return !field.optional && !field.many && field.default === undefined && field.preset === undefined;
}

/** One valid value of a field, as the API gives it back; `undefined` when none is known. */
export function fieldExample(field: Field): Literal | undefined {
  return fieldExamples(field)[0];
}

/** The example id of an entity's rows: the same in its own row and in every reference to it. */
export function exampleId(entity: string, kind: IdKind = 'uuid'): string {
  const hex = createHash('sha256').update(entity).digest('hex');
  if (kind === 'bigint') return String(1000 + (Number.parseInt(hex.slice(0, 6), 16) % 9000));
  if (kind === 'string') return `${snakeCase(entity).replaceAll('_', '-')}-1`;
  return `018f4d2e-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-9${hex.slice(7, 10)}-${hex.slice(10, 22)}`;
}

/** Values a create body may hold; the samples of a state machine are its initial states. */
function fieldExamples(field: Field): readonly Literal[] {
  const known = EXAMPLES.get(field);
  if (known !== undefined) return known;
  const found = findExamples(field);
  EXAMPLES.set(field, found);
  return found;
}

/** Fields are frozen, and several documents show each. */
const EXAMPLES = new WeakMap<Field, readonly Literal[]>();

function findExamples(field: Field): readonly Literal[] {
  if (field.reference !== undefined) return [exampleId(field.reference.entity, field.reference.id)];
  if (field.links !== undefined) return [[exampleId(field.links.entity, field.links.id)], []];
  const initial = field.enum?.initial;
  return samples(field).filter((value) => initial === undefined || initial.some((state) => state === value));
}

function bodyOf(fields: readonly Field[]): ExampleBody {
  const entries = fields.map((field) => [field.key, fieldExample(field) ?? null] as const);
  return Object.fromEntries(entries);
}

function exampleParts({ parts }: Resource): ExampleBody {
  const lists = parts.map(({ key, to, link }) => {
    const fields = to.fields.filter((field) => !field.readOnly && field !== link);
    return [key, [{ ...givenId({ entity: to }), ...withRanges({ entity: to }, bodyOf(fields)) }]] as const;
  });
  return Object.fromEntries(lists);
}

/** Ranges end after they begin, and so does whatever checks want in an order. */
function withRanges({ entity }: Pick<Resource, 'entity'>, body: ExampleBody): ExampleBody {
  const ends = entity.noOverlaps.flatMap((rule) => {
    const [range] = rangeSamples(entity, rule);
    const keys = [rule.from, rule.to].map((name) => entity.fields.find((field) => field.name === name)?.key ?? '');
    return range === undefined ? [] : keys.map((key, index) => [key, range[index] ?? null] as const);
  });
  return orderedBody(entity, { ...body, ...Object.fromEntries(ends.filter(([key]) => Object.hasOwn(body, key))) });
}

function exampleRow(resource: Resource, create: ExampleBody): ExampleBody {
  const entries = resource.columns.map((column) => [column.key, columnExample(resource, column, create)] as const);
  return Object.fromEntries(entries);
}

function columnExample(resource: Resource, { key, field }: ResourceColumn, create: ExampleBody): Literal {
  if (field === undefined) return key === 'id' ? exampleId(resource.entity.name, resource.entity.id) : CREATED_AT;
  if (Object.hasOwn(create, key)) return create[key] ?? null;
  if (field.default !== undefined) return canonicalLiteral(field, field.default);
  if (field.many) return [];
  return field.optional ? null : (fieldExample(field) ?? null);
}

/** The first allowed step of a state machine; else the first field with a second value to show. */
function examplePatch(resource: Resource): ExampleBody {
  const machine = resource.updateFields.find((field) => nextState(field) !== undefined);
  if (machine !== undefined) return { [machine.key]: nextState(machine) ?? null };
  const orders = [...rangeOrders(resource.entity), ...ownOrders(resource.entity)];
  const tied = new Set(orders.flatMap(({ low, high }) => [low.field, high.field]));
  const changeable = resource.updateFields.find((field) => fieldExamples(field).length > 1 && !tied.has(field));
  if (changeable !== undefined) return { [changeable.key]: fieldExamples(changeable)[1] ?? null };
  return bodyOf(resource.updateFields.slice(0, 1));
}

function nextState(field: Field): string | undefined {
  const state = fieldExample(field);
  return field.enum?.transitions?.find(({ from }) => from === state)?.to[0];
}

function visible(resource: Resource, body: ExampleBody): ExampleBody {
  const shown = resource.columns.filter(({ key }) => Object.hasOwn(body, key));
  return Object.fromEntries(shown.map(({ key }) => [key, body[key] ?? null] as const));
}
